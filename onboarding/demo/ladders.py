"""Groups, checklists, trainings, candidacies and certificates of the demo, through the same acts as on the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils import timezone

from certification.actions.candidacies import hand_in, start_candidacy
from certification.actions.decide import Ruling, approve_step, send_back_step
from certification.actions.events import EventPlan, add_participants, note_attendance, plan_event
from certification.actions.issue import issue_certificate
from certification.models import Candidacy, Certificate, Step, StepRecord, Track, TrainingEvent
from checklists.actions.evaluate import Given, Place, open_evaluation, save_draft, submit
from checklists.models import ChecklistVersion, Evaluation, Item
from onboarding.demo.network import Made
from practice.actions.groups import note_meeting, start_group
from practice.actions.moments import note_moment
from practice.actions.recordings import note_recording
from practice.models import DeliveryGroup, GroupMeeting, Recording
from supervision.models import SupervisionSession


def run_group(
    made: Made, *, leader: str, co_leader: str, organisation: str, name: str, since: int, meetings: int
) -> list[GroupMeeting]:
    """A parent group that meets once a week from `since` days ago."""
    group: DeliveryGroup = start_group(
        by=made.people[leader],
        programme=made.programmes["dua"],
        organisation=made.organisations[organisation],
        name=name,
        started_on=made.before(since),
        variant="preschool_prevention",
        co_leader=made.people[co_leader] if co_leader else None,
    )
    return [
        note_meeting(
            by=made.people[leader],
            group=group,
            number=number,
            held_on=made.before(since - 7 * (number - 1)),
            attended=7 + number % 4,
        )
        for number in range(1, meetings + 1)
    ]


def film(made: Made, meeting: GroupMeeting, *, by: str, where: str, delete_in: int) -> Recording:
    """A recording of a meeting by reference, with consent to supervision, to be deleted in so many days from today."""
    recording = note_recording(
        by=made.people[by],
        programme=made.programmes["dua"],
        meeting=meeting,
        location=where,
        purposes=["supervision"],
        consents_given=7,
        consents_asked=7,
        papers_place="Perm 4, arkivet",
        valid_until=made.before(-max(delete_in, 1)),
        delete_by=made.before(-delete_in),
    )
    note_moment(by=made.people[by], recording=recording, seconds=760, comment="Jeg stopper klippet og venter.")
    return recording


def published(made: Made, programme: str, key: str) -> ChecklistVersion:
    """The version of a checklist that is filled in now."""
    return ChecklistVersion.objects.select_related("checklist__programme").get(
        checklist__programme=made.programmes[programme], checklist__key=key, state=ChecklistVersion.State.PUBLISHED
    )


def rate(
    made: Made,
    *,
    rater: str,
    about: str,
    version: ChecklistVersion,
    meeting: GroupMeeting | None = None,
    session: SupervisionSession | None = None,
    weak: Sequence[str] = (),
    send: bool = True,
    days_ago: int = 5,
) -> Evaluation:
    """Fill a checklist in: yes or good everywhere but for the items whose keys are in `weak`."""
    place = Place(meeting=meeting, thing=f"session:{session.pk}" if session else "")
    day = meeting.held_on if meeting else timezone.localdate(session.starts_at) if session else made.before(days_ago)
    by = made.people[rater]
    evaluation = open_evaluation(by=by, version=version, about=made.people[about], seen_on=day, place=place)
    items = Item.objects.filter(section__version=version, kind=Item.Kind.SCALE).select_related("scale")
    answers = {item.pk: _given(item, item.key in weak) for item in items}
    if send:
        return submit(by=by, evaluation=evaluation, seen=evaluation.revision, answers=answers)
    half = dict(list(answers.items())[: len(answers) // 2])
    return save_draft(by=by, evaluation=evaluation, seen=evaluation.revision, answers=half)


def _given(item: Item, weak: bool) -> Given:
    values = sorted(option["value"] for option in item.scale.options) if item.scale else [0]
    return Given(value=values[0] if weak and len(values) == 2 else values[-2] if weak else values[-1])


def train(
    made: Made,
    *,
    kind: str,
    title: str,
    leader: str,
    organisation: str,
    days_ago: Iterable[int],
    people: Sequence[str],
    programme: str = "dua",
) -> TrainingEvent:
    """A training where everybody came on all days."""
    by = made.people[leader]
    plan = EventPlan(
        kind=kind,
        title=title,
        organisation=made.organisations[organisation],
        days=[made.before(days) for days in days_ago],
        place=organisation,
        leader=by,
    )
    event = plan_event(programme=made.programmes[programme], plan=plan, by=by)
    add_participants(event=event, people=[made.people[key] for key in people], by=by)
    present = [(one.pk, day.pk) for day in event.days.all() for one in event.participants.all()]
    note_attendance(event=event, present=present, by=by)
    return event


def climb(
    made: Made, *, track: str, by: str, person: str = "", organisation: str = "", programme: str = "dua", since: int
) -> Candidacy:
    """Begin on a ladder so many days ago, for the preventive programme where each delivery model has a certificate."""
    row = Track.objects.get(programme=made.programmes[programme], key=track)
    candidacy = start_candidacy(
        track=row,
        by=made.people[by],
        person=made.people[person] if person else None,
        organisation=made.organisations[organisation] if organisation else None,
        variant="preschool_prevention" if row.versions.get(is_current=True).per_variant else "",
    )
    Candidacy.objects.filter(pk=candidacy.pk).update(started_at=_noon(made, since))
    candidacy.refresh_from_db()
    return candidacy


def approve(made: Made, candidacy: Candidacy, key: str, by: str, ground: str, days_ago: int = 30) -> None:
    """Decide one step."""
    ruling = Ruling(decided_on=made.before(days_ago), ground=ground, reference="Arkiv 26/114")
    record = approve_step(candidacy=candidacy, step=_step(candidacy, key), ruling=ruling, by=made.people[by])
    StepRecord.objects.filter(pk=record.pk).update(decided_at=_noon(made, days_ago))


def certify(made: Made, candidacy: Candidacy, by: str, ground: str, days_ago: int) -> Certificate:
    """Decide the certificate; the worker draws its paper as it does any other."""
    ruling = Ruling(decided_on=made.before(days_ago), ground=ground)
    certificate = issue_certificate(candidacy=candidacy, ruling=ruling, by=made.people[by])
    day = _noon(made, days_ago)
    Certificate.objects.filter(pk=certificate.pk).update(issued_at=day)
    Candidacy.objects.filter(pk=candidacy.pk).update(closed_at=day)
    StepRecord.objects.filter(candidacy=candidacy, decided_on=made.before(days_ago)).update(decided_at=day)
    return certificate


def send_back(made: Made, candidacy: Candidacy, key: str, by: str, ground: str) -> None:
    """Send one step back with a reason."""
    ruling = Ruling(decided_on=made.today, ground=ground)
    send_back_step(candidacy=candidacy, step=_step(candidacy, key), ruling=ruling, by=made.people[by])


def _noon(made: Made, days_ago: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(made.before(days_ago), dt.time(12)))


def hand_in_paper(made: Made, candidacy: Candidacy, key: str, person: str, reference: str) -> None:
    """The candidate says where a paper is."""
    hand_in(candidacy=candidacy, step=_step(candidacy, key), reference=reference, by=made.people[person])


def _step(candidacy: Candidacy, key: str) -> Step:
    return candidacy.track_version.steps.get(key=key)
