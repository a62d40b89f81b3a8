"""Open an evaluation, save its draft, send it in. What was sent in is never changed; a new one is opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actions import audit
from accounts.models import User
from checklists import policies
from checklists.models import Answer, ChecklistVersion, Evaluation, Item
from checklists.subjects import NEEDS_ROW, SUBJECTS, Target
from common.errors import DomainError, NotAllowed
from common.forms import require_version
from practice.models import DeliveryGroup, GroupMeeting, Recording
from programmes.models import Membership, Organisation, Programme

State = Evaluation.State
#: A second rater joins what the first began about the same person within this time: a role star, learning outcomes.
SAME_TIME = dt.timedelta(days=60)
EARLIEST = dt.date(1990, 1, 1)


@dataclass(frozen=True)
class Given:
    """What was answered to one item: a value of its scale or "does not apply", a number, or words (also a comment)."""

    value: int | None = None
    not_applicable: bool = False
    number: Decimal | None = None
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to keep."""
        return self == Given()


@dataclass(frozen=True)
class Place:
    """Where it was seen: at most one row of ours, or the key of a session or event that its own app vouches for."""

    group: DeliveryGroup | None = None
    meeting: GroupMeeting | None = None
    recording: Recording | None = None
    thing: str = ""

    @property
    def key(self) -> str:
        """The stable key of the thing; empty when there is only a day."""
        for name in ("meeting", "group", "recording"):
            row = getattr(self, name)
            if row is not None:
                return f"{name}:{row.pk}"
        return self.thing


def open_evaluation(
    *,
    by: User,
    version: ChecklistVersion,
    about: User | Organisation | Programme,
    seen_on: dt.date,
    place: Place | None = None,
) -> Evaluation:
    """Open a draft, or give back the one that was begun about the same thing.

    The rater's part follows from what `by` is to the person. A key in `place.thing` says that the calling app knows
    both to have been there. Raises `NotAllowed` when `by` may not rate this with this version, `DomainError` for an
    odd day or a meeting of somebody else.
    """
    place = place or Place()
    part = _part(by, version, about, place)
    if part is None:
        raise NotAllowed(_("You cannot fill in this checklist here. The list shows those that are yours to fill in."))
    if not EARLIEST <= seen_on <= timezone.localdate():
        raise DomainError(_("Give the day on which you saw it; it cannot lie ahead."), field="seen_on", code="day")
    _check_place(version, about, place)
    thing = place.key or _thing_of_day(by, version, about, seen_on)
    evaluation = Evaluation(
        version=version,
        person=about if isinstance(about, User) else None,
        organisation=about if isinstance(about, Organisation) else None,
        programme=about if isinstance(about, Programme) else None,
        group=place.group,
        meeting=place.meeting,
        recording=place.recording,
        rater=by,
        part=part,
        thing=thing,
        seen_on=seen_on,
        begun_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            evaluation.save()
            record(evaluation, "evaluation.begun")
    except IntegrityError:
        return Evaluation.objects.get(
            version=version,
            rater=by,
            thing=thing,
            state=State.DRAFT,
            person=evaluation.person,
            organisation=evaluation.organisation,
            programme=evaluation.programme,
        )
    return evaluation


@transaction.atomic
def save_draft(*, by: User, evaluation: Evaluation, seen: int, answers: Mapping[int, Given]) -> Evaluation:
    """Keep what is answered so far, by item id; returns the row with its new revision.

    `seen` is the revision that the page was opened with. Raises `Conflict` when another window saved meanwhile,
    `DomainError` when it has been sent in, or for an answer that the item does not have.
    """
    return _save(_locked(by, evaluation, seen), answers)


@transaction.atomic
def submit(*, by: User, evaluation: Evaluation, seen: int, answers: Mapping[int, Given]) -> Evaluation:
    """Keep the answers and send them in. From then on nothing in it changes.

    Raises as `save_draft`, `NotAllowed` when `by` has lost the role in which it was begun, and `DomainError` (code
    "unanswered") that says how many items on a scale have neither a value nor "does not apply".
    """
    locked = _locked(by, evaluation, seen)
    if not policies.still_fills_in(by, locked.version):
        raise NotAllowed(
            _(
                "You no longer have a role that fills in this checklist, so it cannot be sent in. The draft is yours "
                "alone: you can read it, or throw it away."
            ),
            code="role",
        )
    draft = _save(locked, answers)
    missing = unanswered(_items(draft), answers)
    if missing:
        raise DomainError(
            ngettext(
                "%(number)d item has no answer yet. Answer it, or say that it does not apply.",
                "%(number)d items have no answer yet. Answer them, or say that they do not apply.",
                len(missing),
            )
            % {"number": len(missing)},
            code="unanswered",
        )
    draft.state, draft.submitted_at = State.SUBMITTED, timezone.now()
    draft.save(update_fields=["state", "submitted_at"])
    record(draft, "evaluation.submitted")
    return draft


def unanswered(items: Sequence[Item], answers: Mapping[int, Given]) -> list[Item]:
    """The items on a scale that have neither a value nor "does not apply"; numbers and words may stay empty."""
    return [
        item
        for item in items
        if item.kind == Item.Kind.SCALE
        and ((given := answers.get(item.pk, Given())).value is None and not given.not_applicable)
    ]


def _part(by: User, version: ChecklistVersion, about: User | Organisation | Programme, place: Place) -> str | None:
    if isinstance(about, User):
        return policies.part_about_person(by, version, about, seen_together=bool(place.thing))
    if isinstance(about, Organisation):
        return Evaluation.Part.SELF if policies.may_rate_organisation(by, version, about) else None
    allowed = about.pk == version.checklist.programme_id and policies.may_rate_programme(by, version)
    return Evaluation.Part.SELF if allowed else None


def _check_place(version: ChecklistVersion, about: User | Organisation | Programme, place: Place) -> None:
    where = SUBJECTS[version.about].where
    rows = [row for row in (place.group, place.meeting, place.recording) if row is not None]
    if len(rows) > 1 or (where in NEEDS_ROW and not rows):
        raise DomainError(_("Choose the group or the meeting that it is about."), field="about", code="place")
    for row in rows:
        group = _group_of(row)
        if group is None:
            continue
        if group.programme_id != version.checklist.programme_id or not _leads(about, group):
            raise DomainError(
                _("That group is led by others. Choose one that the person leads."), field="about", code="group"
            )


def _group_of(row: DeliveryGroup | GroupMeeting | Recording) -> DeliveryGroup | None:
    if isinstance(row, Recording):
        return row.meeting.group if row.meeting else None
    return row.group if isinstance(row, GroupMeeting) else row


def _leads(about: User | Organisation | Programme, group: DeliveryGroup) -> bool:
    return isinstance(about, User) and group.leaders.filter(person=about).exists()


def _thing_of_day(
    by: User, version: ChecklistVersion, about: User | Organisation | Programme, seen_on: dt.date
) -> str:
    """The key of something that has only a day.

    What another rater began with the same instrument about the same person at about the same time is the same thing,
    unless this rater has a rating of it already.
    """
    if isinstance(about, User) and not SUBJECTS[version.about].where:
        near = Evaluation.objects.filter(
            version__checklist=version.checklist,
            person=about,
            seen_on__gt=seen_on - SAME_TIME,
            seen_on__lt=seen_on + SAME_TIME,
        )
        mine = near.filter(rater=by, state=State.SUBMITTED).values("thing")
        begun = near.exclude(thing__in=mine).order_by("-seen_on", "-pk").values_list("thing", flat=True).first()
        if begun:
            return begun
    return f"{Target.PERSON if isinstance(about, User) else 'place'}:{about.pk}:{seen_on.isoformat()}"


def _locked(by: User, evaluation: Evaluation, seen: int) -> Evaluation:
    locked = (
        Evaluation.objects.select_for_update(of=("self",))
        .select_related("version__checklist__programme", "meeting__group__organisation", "group__organisation")
        .get(pk=evaluation.pk)
    )
    if locked.rater_id != by.pk:
        raise NotAllowed(_("Only the one who began this checklist can fill it in."))
    if locked.state != State.DRAFT:
        raise DomainError(_("This checklist has been sent in and stays as it is. Start a new one."), code="submitted")
    require_version(seen=seen, now=locked.revision)
    return locked


def _save(locked: Evaluation, answers: Mapping[int, Given]) -> Evaluation:
    items = {item.pk: item for item in _items(locked)}
    rows = []
    for pk, given in answers.items():
        if given.is_empty:
            continue
        item = items.get(pk)
        if item is None or not _fits(item, given):
            raise DomainError(_("Choose one of the answers that are offered."), field=f"i{pk}", code="answer")
        rows.append(
            Answer(
                evaluation=locked,
                item=item,
                value=given.value,
                not_applicable=given.not_applicable,
                number=given.number,
                text=given.text,
            )
        )
    locked.answers.all().delete()
    Answer.objects.bulk_create(rows)
    locked.revision += 1
    locked.save(update_fields=["revision"])
    return locked


def _items(evaluation: Evaluation) -> list[Item]:
    found = Item.objects.filter(section__version_id=evaluation.version_id).select_related("scale", "section")
    return list(found.order_by("section__order", "order"))


def _fits(item: Item, given: Given) -> bool:
    if item.kind != Item.Kind.SCALE:
        only = given.number is None if item.kind == Item.Kind.TEXT else not given.text
        return only and given.value is None and not given.not_applicable
    assert item.scale is not None
    if given.number is not None or (given.not_applicable and (given.value is not None or not item.scale.allow_na)):
        return False
    return given.value is None or given.value in {option["value"] for option in item.scale.options}


def record(evaluation: Evaluation, verb: str) -> None:
    """The trail: which checklist about whom, never what was answered."""
    assert evaluation.rater is not None
    checklist = evaluation.version.checklist
    people = [pk for pk in (evaluation.person_id, evaluation.rater_id) if pk]
    audit.record(
        by=evaluation.rater,
        verb=verb,
        subject=f"evaluation:{evaluation.pk}",
        programme_id=checklist.programme_id,
        organisation_path=_path(evaluation),
        people=people,
        facts={"checklist": checklist.key, "version": evaluation.version.number, "part": evaluation.part},
    )


def _path(evaluation: Evaluation) -> str:
    """Where it is filed: the group's organisation, the one rated, or where the person belongs."""
    group = evaluation.group or (evaluation.meeting.group if evaluation.meeting else None)
    if group is not None:
        return group.organisation.path
    if evaluation.organisation is not None:
        return evaluation.organisation.path
    if evaluation.programme is not None:
        return evaluation.programme.network.path
    path = (
        Membership.objects.open()
        .filter(person_id=evaluation.person_id, role__programme=evaluation.version.checklist.programme)
        .order_by("pk")
        .values_list("organisation__path", flat=True)
        .first()
    )
    return path or ""
