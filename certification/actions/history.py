"""History that an import brings in: steps decided "from before" and certificates from before. No notice is started."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.actions.audit import AT_ONCE
from accounts.models import User
from certification.actions.trail import note, note_all, paths_of
from certification.certificate_text import months_after
from certification.models import Candidacy, Certificate, Step, StepRecord, Track, TrackVersion
from certification.readers.variants import variants_by_programme
from common.codes import new_code
from common.errors import DomainError
from common.text import clean_line
from common.texts import in_language


@dataclass(frozen=True)
class TrainingBefore:
    """That somebody attended the training of a ladder on a day, and where that is written (file and row)."""

    person: User
    track: Track
    on: dt.date
    source: str


@dataclass(frozen=True)
class CertificateBefore:
    """A certificate that somebody has from before; the ladder's own title where none is given."""

    person: User
    track: Track
    number: str
    issued_on: dt.date
    source: str
    title: str = ""
    variant: str = ""


def note_training_before(*, person: User, track: Track, on: dt.date, source: str, by: User) -> StepRecord | None:
    """A training attended before: the track's first training step, decided on that day, with file and row as source.

    Begins the candidacy where there is none. None when the track has no training, or the step stands already.
    """
    return note_trainings_before(by=by, wanted=[TrainingBefore(person, track, on, source)])[0]


@transaction.atomic
def note_trainings_before(*, by: User, wanted: Sequence[TrainingBefore]) -> list[StepRecord | None]:
    """The same for many people at once; the queries do not grow."""
    tracks = {one.track.pk for one in wanted}
    versions = {
        version.track_id: version for version in TrackVersion.objects.filter(track__in=tracks, is_current=True)
    }
    steps = _first_trainings(tracks)
    trained = [one for one in wanted if one.track.pk in versions and versions[one.track.pk].pk in steps]
    climbs = _candidacies(trained, versions, by)
    there = set(
        StepRecord.objects.filter(
            candidacy__in=climbs.values(), outcome=StepRecord.Outcome.APPROVED, withdrawn_at__isnull=True
        ).values_list("candidacy_id", "step_id")
    )
    made: dict[int, StepRecord] = {}
    for place, one in enumerate(wanted):
        candidacy = climbs.get((one.person.pk, one.track.pk))
        step = steps.get(candidacy.track_version_id) if candidacy else None
        if candidacy is None or step is None or (candidacy.pk, step.pk) in there:
            continue
        there.add((candidacy.pk, step.pk))
        made[place] = StepRecord(
            candidacy=candidacy,
            step=step,
            outcome=StepRecord.Outcome.APPROVED,
            decided_at=timezone.now(),
            decided_by=by,
            decided_on=one.on,
            source=clean_line(one.source, max_length=300),
        )
    StepRecord.objects.bulk_create(made.values(), batch_size=AT_ONCE)
    acts = [
        (record.candidacy, "step.from_before", {"step": record.step.key, "decided_on": record.decided_on.isoformat()})
        for record in made.values()
    ]
    note_all(acts, by=by)
    return [made.get(place) for place in range(len(wanted))]


def _first_trainings(tracks: Collection[int]) -> dict[int, Step]:
    """By track version, the first step that is a training; of every version, since a ladder keeps the one it has."""
    steps = Step.objects.filter(version__track__in=tracks, kind=Step.Kind.TRAINING).order_by("-order")
    return {step.version_id: step for step in steps}


def _candidacies(
    wanted: Sequence[TrainingBefore], versions: Mapping[int, TrackVersion], by: User
) -> dict[tuple[int, int], Candidacy]:
    """By person and track: the oldest open candidacy, begun where there is none."""
    tracks = {one.track.pk: one.track for one in wanted}
    people = {one.person.pk for one in wanted}
    opened = Candidacy.objects.filter(person__in=people, track__in=tracks, state=Candidacy.State.OPEN).order_by("-id")
    found = {(one.person_id or 0, one.track_id): one for one in opened}
    for (_person, track), candidacy in found.items():
        candidacy.track = tracks[track]
    variants = variants_by_programme({track.programme for track in tracks.values()})
    new: dict[tuple[int, int], Candidacy] = {}
    for one in wanted:
        key, version = (one.person.pk, one.track.pk), versions[one.track.pk]
        if key not in found and key not in new:
            own = variants.get(one.track.programme_id, {}) if version.per_variant else {}
            new[key] = Candidacy(
                person=one.person,
                track=one.track,
                track_version=version,
                variant=next(iter(own), ""),
                started_at=timezone.now(),
                started_by=by,
            )
    Candidacy.objects.bulk_create(new.values(), batch_size=AT_ONCE)
    return found | new


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
    wanted = CertificateBefore(person, track, number, issued_on, source, title, variant)
    return note_certificates_before(by=by, wanted=[wanted])[0]


@transaction.atomic
def note_certificates_before(*, by: User, wanted: Sequence[CertificateBefore]) -> list[Certificate | None]:
    """The same for many people at once, all or none; the queries do not grow."""
    numbers = [clean_line(one.number, max_length=60, field="number") for one in wanted]
    programmes = {one.track.programme_id: one.track.programme for one in wanted}
    tracks = {one.track.pk for one in wanted}
    versions = {one.track_id: one for one in TrackVersion.objects.filter(track__in=tracks).order_by("number")}
    variants = variants_by_programme(programmes.values())
    known = Certificate.objects.filter(programme__in=programmes, number__in=numbers)
    holders = {(programme, number): pk for programme, number, pk in known.values_list(*_HOLDER)}
    made: dict[int, Certificate] = {}
    for place, (one, number) in enumerate(zip(wanted, numbers, strict=True)):
        key = (one.track.programme_id, number)
        if key not in holders:
            holders[key] = one.person.pk
            own = one.variant if one.variant in variants.get(one.track.programme_id, {}) else ""
            made[place] = _certificate(one, number, versions[one.track.pk], own, by)
        elif holders[key] != one.person.pk:
            raise DomainError(_("Another certificate in this programme has this number."), field="number")
    Certificate.objects.bulk_create(made.values(), batch_size=AT_ONCE)
    _close([wanted[place] for place in made], by)
    _record(made.values(), by=by)
    return [made.get(place) for place in range(len(wanted))]


_HOLDER = ("programme_id", "number", "person_id")


def _certificate(one: CertificateBefore, number: str, version: TrackVersion, variant: str, by: User) -> Certificate:
    programme = one.track.programme
    language, months = programme.language, version.validity_months
    text = {
        "programme": in_language(programme.names, language),
        "source": one.source,
        "track_key": one.track.key,
    }
    return Certificate(
        programme=programme,
        person=one.person,
        origin=Certificate.Origin.BEFORE,
        number=number,
        title=clean_line(one.title, field="title") or in_language(version.title, language),
        variant=variant,
        holder_name=one.person.name,
        language=language,
        text=text,
        code=new_code(),
        issued_on=one.issued_on,
        valid_until=months_after(one.issued_on, months) if months else None,
        issued_at=timezone.now(),
        issued_by=by,
    )


def _record(certificates: Collection[Certificate], *, by: User) -> None:
    """One row for each certificate, filed where its holder belongs."""
    paths = paths_of({one.person_id for one in certificates if one.person_id})
    entries = [
        audit.Entry(
            "certificate.from_before",
            subject=f"certificate:{one.pk}",
            programme_id=one.programme_id,
            organisation_path=paths.get((one.person_id or 0, one.programme_id), ""),
            people=[one.person_id] if one.person_id else [],
            facts={"number": one.number, "track": one.text["track_key"]},
        )
        for one in certificates
    ]
    audit.record_all(by=by, entries=entries)


def _close(certified: Sequence[CertificateBefore], by: User) -> None:
    """Whoever has the certificate is no longer on the way to it."""
    tracks = {one.track.pk: one.track for one in certified}
    pairs = {(one.person.pk, one.track.pk) for one in certified}
    people = {person for person, _track in pairs}
    opened = Candidacy.objects.filter(person__in=people, track__in=tracks, state=Candidacy.State.OPEN)
    done = [candidacy for candidacy in opened if (candidacy.person_id, candidacy.track_id) in pairs]
    for candidacy in done:
        candidacy.track = tracks[candidacy.track_id]
        candidacy.state = Candidacy.State.CERTIFIED
        candidacy.closed_at, candidacy.closed_by = timezone.now(), by
    Candidacy.objects.bulk_update(done, ["state", "closed_at", "closed_by"], batch_size=AT_ONCE)


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
