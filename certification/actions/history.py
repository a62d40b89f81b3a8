"""History that an import brings in: steps decided "from before" and certificates from before. No notice is started."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from certification.actions.trail import note
from certification.certificate_text import months_after
from certification.models import Candidacy, Certificate, Step, StepRecord, Track, TrackVersion
from certification.readers.variants import variants_of
from common.codes import new_code
from common.errors import DomainError
from common.text import clean_line
from common.texts import in_language
from programmes.models import Programme


def track_for_role(programme: Programme, role_key: str) -> Track | None:
    """The first ladder that people with this role climb."""
    versions = TrackVersion.objects.filter(
        track__programme=programme, is_current=True, for_role=role_key, candidate=TrackVersion.Candidate.PERSON
    )
    version = versions.select_related("track").order_by("track__order").first()
    return version.track if version else None


@transaction.atomic
def note_training_before(*, person: User, track: Track, on: dt.date, source: str, by: User) -> StepRecord | None:
    """A training attended before: the track's first training step, decided on that day, with file and row as source.

    Begins the candidacy where there is none. None when the track has no training, or the step stands already.
    """
    version = TrackVersion.objects.filter(track=track, is_current=True).first()
    step = Step.objects.filter(version=version, kind=Step.Kind.TRAINING).order_by("order").first()
    if version is None or step is None:
        return None
    candidacy = _candidacy(person, version, by)
    step = Step.objects.filter(version=candidacy.track_version, kind=Step.Kind.TRAINING).order_by("order").first()
    if step is None or candidacy.records.filter(step=step, outcome="approved", withdrawn_at__isnull=True).exists():
        return None
    record = StepRecord.objects.create(
        candidacy=candidacy,
        step=step,
        outcome=StepRecord.Outcome.APPROVED,
        decided_at=timezone.now(),
        decided_by=by,
        decided_on=on,
        source=clean_line(source, max_length=300),
    )
    note(candidacy, by=by, verb="step.from_before", step=step.key, decided_on=on.isoformat())
    return record


def _candidacy(person: User, version: TrackVersion, by: User) -> Candidacy:
    variants = variants_of(version.track.programme) if version.per_variant else {}
    found = Candidacy.objects.filter(person=person, track=version.track, state=Candidacy.State.OPEN)
    return found.order_by("id").first() or Candidacy.objects.create(
        person=person,
        track=version.track,
        track_version=version,
        variant=next(iter(variants), ""),
        started_at=timezone.now(),
        started_by=by,
    )


@transaction.atomic
def note_certificate_before(
    *,
    person: User,
    track: Track,
    number: str,
    issued_on: dt.date,
    source: str,
    by: User,
    title: str = "",
    variant: str = "",
) -> Certificate | None:
    """A certificate from before: its own number, no PDF of ours; it holds as long as the ladder's do now.

    None when it is known already.

    Raises `DomainError` when somebody else has the number in this programme.
    """
    number = clean_line(number, max_length=60, field="number")
    programme = track.programme
    same = Certificate.objects.filter(programme=programme, number=number).first()
    if same is not None:
        if same.person_id == person.pk:
            return None
        raise DomainError(_("Another certificate in this programme has this number."), field="number")
    version = TrackVersion.objects.filter(track=track).order_by("-number")[0]
    language = programme.language
    certificate = Certificate.objects.create(
        programme=programme,
        person=person,
        origin=Certificate.Origin.BEFORE,
        number=number,
        title=clean_line(title, field="title") or in_language(version.title, language),
        variant=variant if variant in variants_of(programme) else "",
        holder_name=person.name,
        language=language,
        text={"programme": in_language(programme.names, language), "source": source, "track_key": track.key},
        code=new_code(),
        issued_on=issued_on,
        valid_until=months_after(issued_on, version.validity_months) if version.validity_months else None,
        issued_at=timezone.now(),
        issued_by=by,
    )
    _close(person, track, by)
    return certificate


def _close(person: User, track: Track, by: User) -> None:
    """Whoever has the certificate is no longer on the way to it."""
    for candidacy in Candidacy.objects.filter(person=person, track=track, state=Candidacy.State.OPEN):
        candidacy.state = Candidacy.State.CERTIFIED
        candidacy.closed_at, candidacy.closed_by = timezone.now(), by
        candidacy.save(update_fields=["state", "closed_at", "closed_by"])
        note(candidacy, by=by, verb="certificate.from_before")


@transaction.atomic
def take_back_history(*, records: Iterable[int], certificates: Iterable[int], by: User) -> None:
    """Undo what an import noted by mistake: steps are withdrawn, a candidacy with nothing else on it is closed, a
    certificate from before goes, since its number must be free for the one who really has it."""
    live = StepRecord.objects.filter(pk__in=list(records), withdrawn_at__isnull=True).exclude(source="")
    for record in live.select_related("candidacy__track", "step"):
        record.withdrawn_at, record.withdrawn_by = timezone.now(), by
        record.withdrawn_reason = _("The import was taken back.")
        record.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        candidacy = record.candidacy
        note(candidacy, by=by, verb="step.withdrawn", step=record.step.key)
        used = candidacy.records.filter(withdrawn_at__isnull=True).exists() or candidacy.evidence.exists()
        if candidacy.state == Candidacy.State.OPEN and not used:
            candidacy.state = Candidacy.State.CLOSED
            candidacy.closed_at, candidacy.closed_by = timezone.now(), by
            candidacy.save(update_fields=["state", "closed_at", "closed_by"])
    before = Certificate.objects.filter(pk__in=list(certificates), origin=Certificate.Origin.BEFORE)
    for certificate in before:
        audit.record(
            by=by,
            verb="certificate.taken_back",
            subject=f"certificate:{certificate.pk}",
            programme_id=certificate.programme_id,
            people=[certificate.person_id] if certificate.person_id else [],
            facts={"number": certificate.number},
        )
        certificate.delete()
