"""How long certificates hold and what keeps their holders active, read for many at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from certification import keeping_words
from certification.keeping import SOON as SOON_BEFORE
from certification.keeping import Active, LapseRule, RenewalStep, active_status, idle_since, lapse_rule, renewal_steps
from certification.models import Candidacy, Certificate, TrackVersion
from certification.readers.practice_days import last_practice, practised_since
from checklists.models import Evaluation
from common.texts import for_reader
from programmes.models import Programme
from supervision.models import Attendance, SupervisionSession


@dataclass(frozen=True)
class Renewal:
    """One thing that renewal asks for, and how much of it is there; `have` is None where it is not counted here."""

    name: str
    need: int
    have: int | None
    words: str

    @property
    def is_open(self) -> bool:
        """Whether it is counted here, and is not all there."""
        return self.have is not None and self.have < self.need


@dataclass(frozen=True)
class Kept:
    """What keeps one certificate, or somebody on the way to it."""

    validity: str = ""
    rule: str = ""
    active: Active | None = None
    status: str = ""
    renewal: Sequence[Renewal] = ()


def current_tracks(programme: Programme) -> list[TrackVersion]:
    """The programme's ladders as the pack has them now: their rules of keeping hold for old certificates too."""
    return list(TrackVersion.objects.filter(track__programme=programme, is_current=True).select_related("track"))


def track_of(certificate: Certificate, versions: Iterable[TrackVersion]) -> TrackVersion | None:
    """The ladder of a certificate: that of its candidacy; for one from before, the ladder with its title."""
    candidacy = certificate.candidacy
    for version in versions:
        if candidacy is not None:
            if version.track_id == candidacy.track_id:
                return version
        elif certificate.text.get("track_key") == version.track.key or certificate.title in version.title.values():
            return version
    return None


def kept_by_certificate(certificate: Certificate) -> Kept:
    """The certificate's page: active status from practice since the decision, and what renewal asks for."""
    programme = certificate.programme
    version = track_of(certificate, current_tracks(programme))
    if version is None or certificate.withdrawn_at:
        return Kept()
    rule = lapse_rule(version.source)
    active = _active(rule, certificate.person_id, certificate.issued_on, programme)
    return Kept(
        rule=keeping_words.rule_words(rule, programme.language) if rule else "",
        active=active,
        status=keeping_words.status_words(active) if active else "",
        renewal=[_renewal(step, certificate) for step in renewal_steps(version.source)],
    )


def kept_on_the_way(candidacy: Candidacy) -> Kept:
    """The ladder's page: how long the certificate will hold, and what will keep active status."""
    version, programme = candidacy.track_version, candidacy.track.programme
    rule = lapse_rule(version.source)
    return Kept(
        validity=keeping_words.validity_words(version.validity_months),
        rule=keeping_words.rule_words(rule, programme.language) if rule else "",
        renewal=asked_of_renewal(candidacy),
    )


def asked_of_renewal(candidacy: Candidacy) -> list[Renewal]:
    """What is asked beside the steps where the candidate has the certificate of this ladder already: counted since
    that was decided. Nothing where the ladder asks for nothing, or nobody holds one."""
    steps = renewal_steps(candidacy.track_version.source)
    if not steps or candidacy.person_id is None:
        return []
    held = Certificate.objects.filter(
        programme=candidacy.track.programme_id,
        person=candidacy.person_id,
        variant=candidacy.variant,
        withdrawn_at__isnull=True,
    )
    for certificate in held.exclude(candidacy=candidacy).defer("pdf").select_related("programme", "candidacy"):
        if track_of(certificate, [candidacy.track_version]) is not None:
            return [_renewal(step, certificate) for step in steps]
    return []


def _active(rule: LapseRule | None, person_id: int | None, since: dt.date, programme: Programme) -> Active | None:
    if rule is None or person_id is None:
        return None
    last = last_practice([person_id], programme, rule).get(person_id)
    return active_status(rule, last, since, timezone.localdate())


def _renewal(step: RenewalStep, certificate: Certificate) -> Renewal:
    have = _have(step, certificate)
    return Renewal(
        name=for_reader(step.names, certificate.programme.language),
        need=step.count,
        have=have,
        words=keeping_words.renewal_words(step, have),
    )


def _have(step: RenewalStep, certificate: Certificate) -> int | None:
    """What there is since the decision: finished sessions, whole hours of them, or forms sent in."""
    if step.rules and step.seat:
        sat = Attendance.objects.filter(
            person=certificate.person_id,
            present=True,
            seat=step.seat,
            session__state=SupervisionSession.State.FINISHED,
            session__rule__programme=certificate.programme,
            session__rule__key__in=step.rules,
            session__starts_at__date__gte=certificate.issued_on,
        )
        if step.unit == "hour":
            return int((sat.aggregate(minutes=Sum("session__minutes"))["minutes"] or 0) // 60)
        return sat.values("session").distinct().count()
    if step.checklist:
        return Evaluation.objects.filter(
            person=certificate.person_id,
            version__checklist__programme=certificate.programme,
            version__checklist__key=step.checklist,
            state=Evaluation.State.SUBMITTED,
            seen_on__gte=certificate.issued_on,
        ).count()
    return None


def standing_certificates(programme: Programme) -> QuerySet[Certificate]:
    """Certificates of the programme that were neither withdrawn nor followed by a newer one of the same kind."""
    newer = Certificate.objects.filter(
        Q(person=OuterRef("person")) | Q(organisation=OuterRef("organisation")),
        programme=programme,
        title=OuterRef("title"),
        variant=OuterRef("variant"),
        withdrawn_at__isnull=True,
        issued_on__gt=OuterRef("issued_on"),
    )
    found = Certificate.objects.filter(~Exists(newer), programme=programme, withdrawn_at__isnull=True)
    return found.exclude(holder_name="").defer("pdf", "text")


def ending(programme: Programme, tracks: Iterable[TrackVersion], today: dt.date) -> Q:
    """A condition: validity ends within 90 days, or ended in the last 90; or active status does."""
    condition = Q(valid_until__gte=today - SOON_BEFORE, valid_until__lte=today + SOON_BEFORE)
    for version in tracks:
        if rule := lapse_rule(version.source):
            idle = idle_since(rule, today)
            ours = Q(candidacy__track=version.track_id) | Q(candidacy=None, title__in=list(version.title.values()))
            condition |= ours & Q(person__isnull=False, issued_on__lt=idle) & ~practised_since(programme, rule, idle)
    return condition


def active_by_certificate(
    certificates: Sequence[Certificate], programme: Programme, tracks: Iterable[TrackVersion]
) -> dict[int, Active]:
    """By certificate id the active status of its holder, where the ladder has such a rule. The queries do not grow."""
    today, found = timezone.localdate(), {}
    by_track: dict[int, list[Certificate]] = defaultdict(list)
    versions = {version.pk: version for version in tracks}
    for certificate in certificates:
        version = track_of(certificate, versions.values())
        if version and certificate.person_id and not certificate.withdrawn_at:
            by_track[version.pk].append(certificate)
    for pk, held in by_track.items():
        if rule := lapse_rule(versions[pk].source):
            last = last_practice({one.person_id for one in held if one.person_id}, programme, rule)
            for one in held:
                found[one.pk] = active_status(rule, last.get(one.person_id or 0), one.issued_on, today)
    return found
