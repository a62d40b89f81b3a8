"""Beginning and closing a candidacy, and handing in what a step asks for."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from certification.actions.checks import locked_climb
from certification.actions.trail import note
from certification.counting import Way
from certification.models import Candidacy, Evidence, Step, Track, TrackVersion
from certification.policies.acts import may_hand_in, may_manage, starting_programmes
from certification.progress import OPEN_STATES
from certification.readers.climbs import with_all
from certification.readers.variants import variants_of
from common.errors import Conflict, DomainError, NotAllowed
from common.text import clean_line
from programmes.models import Organisation


def start_candidacy(
    *, track: Track, by: User, person: User | None = None, organisation: Organisation | None = None, variant: str = ""
) -> Candidacy:
    """Begin on the track's current version. `variant` is a key of the pack's delivery models where the track has one
    certificate for each.

    Raises `NotAllowed` (who may: coordinator or mentor, not oneself), `DomainError` (kind of candidate, variant) and
    `Conflict` when the candidate is on the way already.
    """
    version = TrackVersion.objects.filter(track=track, is_current=True).first()
    if version is None:
        raise DomainError(_("This ladder takes no new candidates."), field="track")
    candidacy = Candidacy(
        track=track,
        track_version=version,
        person=person,
        organisation=organisation,
        variant=_checked_variant(version, variant),
        started_at=timezone.now(),
        started_by=by,
    )
    _check_candidate(candidacy, by)
    try:
        with transaction.atomic():
            candidacy.save()
            note(candidacy, by=by, verb="candidacy.started", variant=candidacy.variant)
    except IntegrityError:
        raise _on_the_way(candidacy) from None
    return candidacy


def _checked_variant(version: TrackVersion, variant: str) -> str:
    known = variants_of(version.track.programme) if version.per_variant else {}
    if known and variant not in known:
        raise DomainError(_("Choose the delivery model that the certificate is for."), field="variant")
    if not known and variant:
        raise DomainError(_("This ladder has one certificate for all delivery models."), field="variant")
    return variant


def _check_candidate(candidacy: Candidacy, by: User) -> None:
    wants_person = candidacy.track_version.candidate == TrackVersion.Candidate.PERSON
    if wants_person != (candidacy.person is not None) or wants_person == (candidacy.organisation is not None):
        raise DomainError(
            _("This ladder is for people.") if wants_person else _("This ladder is for organisations."),
            field="candidate",
        )
    if not starting_programmes(by).filter(pk=candidacy.track.programme_id).exists() or not may_manage(by, candidacy):
        raise NotAllowed(
            _("A coordinator or a mentor can begin this, for somebody else in their part of the network."), code="role"
        )
    if Candidacy.objects.filter(
        person=candidacy.person,
        organisation=candidacy.organisation,
        track=candidacy.track,
        variant=candidacy.variant,
        state=Candidacy.State.OPEN,
    ).exists():
        raise _on_the_way(candidacy)


def _on_the_way(candidacy: Candidacy) -> Conflict:
    if candidacy.person:
        return Conflict(
            _("%(name)s is on the way up this ladder already.") % {"name": candidacy.person.name}, field="candidate"
        )
    return Conflict(_("This organisation is on the way up this ladder already."), field="candidate")


def check_may_close(candidacy: Candidacy, by: User) -> None:
    """Refuse whoever may not close it: raises `NotAllowed`. The page that asks and the act itself both check."""
    if not may_manage(by, candidacy):
        raise NotAllowed(_("A coordinator or a mentor can close this, for somebody else."), code="role")


@transaction.atomic
def close_candidacy(*, candidacy: Candidacy, by: User) -> Candidacy:
    """Close it without a certificate; what was decided stays. Raises `NotAllowed` and `Conflict`."""
    candidacy = with_all(Candidacy.objects.filter(pk=candidacy.pk)).get()
    check_may_close(candidacy, by)
    open_one = Candidacy.objects.filter(pk=candidacy.pk, state=Candidacy.State.OPEN)
    if not open_one.update(state=Candidacy.State.CLOSED, closed_at=timezone.now(), closed_by=by):
        raise Conflict(_("This candidacy is closed already."), code="closed")
    note(candidacy, by=by, verb="candidacy.closed")
    candidacy.refresh_from_db()
    return candidacy


@transaction.atomic
def hand_in(*, candidacy: Candidacy, step: Step, reference: str, by: User) -> Evidence:
    """Say where the paper for a decided step is, in words; answers a step that was sent back.

    The candidate does, or a coordinator or mentor for an organisation. Raises `NotAllowed`, `DomainError`, `Conflict`.
    """
    climb = locked_climb(candidacy.pk)
    if not may_hand_in(by, climb.candidacy):
        raise NotAllowed(_("Only the candidate hands this in."), code="role")
    rung = climb.rung_of(step.pk)
    if rung is None or rung.way is not Way.DECIDED or rung.state not in OPEN_STATES:
        raise DomainError(_("Nothing can be handed in for this step now."), code="shut")
    reference = clean_line(reference, max_length=300, field="reference")
    if not reference:
        raise DomainError(_("Write where the paper is, so that it can be found."), field="reference")
    same = Evidence.objects.filter(candidacy=climb.candidacy, step=step, reference=reference, added_by=by)
    sent_back = climb.live_record(step.pk)
    if there := same.filter(added_at__gt=sent_back.decided_at).first() if sent_back else same.first():
        return there  # the same form sent twice
    evidence = Evidence.objects.create(
        candidacy=climb.candidacy, step=step, reference=reference, added_at=timezone.now(), added_by=by
    )
    note(climb.candidacy, by=by, verb="evidence.added", step=step.key)
    return evidence
