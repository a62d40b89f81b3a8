"""What a person can start: the checklists of one's roles, and the people and things that one can be about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from checklists.models import ChecklistVersion
from checklists.occasions import occasions
from checklists.raters import Raters, raters_of
from checklists.subjects import NEEDS_ROW, SUBJECTS, Choice, Target, Where, is_offered
from coaches.models import Placement
from common.dates import short_day
from common.texts import for_reader
from practice.consent import CERTIFICATION, SUPERVISION, consent_valid
from practice.models import DeliveryGroup, GroupLeader, GroupMeeting, Recording
from programmes.models import Membership, Organisation, Programme, ProgrammeRole
from programmes.terms import term

RoleKind = ProgrammeRole.Kind
MOST_MEETINGS = 12
MOST_PEOPLE = 100


@dataclass(frozen=True)
class Offered:
    """A checklist that somebody can start."""

    version: ChecklistVersion
    programme: Programme


def offered_to(user: User) -> tuple[list[Offered], list[ChecklistVersion]]:
    """The published checklists that name one of the person's roles, and those that are answered without a name.

    Two queries.
    """
    held = Membership.objects.active(timezone.localdate()).filter(person=user)
    roles: dict[int, set[str]] = {}
    for programme_id, key in held.values_list("role__programme_id", "role__key"):
        roles.setdefault(programme_id, set()).add(key)
    versions = (
        ChecklistVersion.objects.filter(
            state=ChecklistVersion.State.PUBLISHED, checklist__programme_id__in=roles, about__gt=""
        )
        .select_related("checklist__programme")
        .order_by("checklist__programme_id", "checklist__order")
    )
    mine, anonymous = [], []
    for version in versions:
        if version.anonymous:
            anonymous.append(version)
        elif is_offered(version) and roles[version.checklist.programme_id] & set(version.filled_by):
            mine.append(Offered(version, version.checklist.programme))
    return mine, anonymous


def choices(viewer: User, version: ChecklistVersion) -> list[Choice]:
    """What this checklist can be about for this viewer, in the order of the page. At most nine queries."""
    subject = SUBJECTS[version.about]
    programme = version.checklist.programme
    if subject.target == Target.PROGRAMME:
        return [Choice(Target.PROGRAMME, programme.pk, for_reader(programme.names, programme.language))]
    if subject.target == Target.ORGANISATION:
        return [Choice(Target.ORGANISATION, pk, name) for pk, name in _organisations(viewer, version)]
    people = _people(viewer, version)
    names = {person.pk: _("Myself") if person.pk == viewer.pk else person.name for person in people}
    if subject.where in NEEDS_ROW:
        return _groups(names, programme, subject.where)
    found = [Choice(Target.PERSON, pk, name) for pk, name in names.items()]
    if subject.where == Where.RECORDING:
        return _recordings(names, programme) + found
    if subject.where:
        return _occasions(viewer, version, names) + found
    return found


def _organisations(viewer: User, version: ChecklistVersion) -> Iterable[tuple[int, str]]:
    held = Membership.objects.active(timezone.localdate()).filter(
        person=viewer, role__programme=version.checklist.programme, role__key__in=version.filled_by
    )
    inside = Q(pk__in=[])
    for path in held.values_list("organisation__path", flat=True):
        inside |= Q(path__startswith=path)
    return Organisation.objects.filter(inside).order_by("sort_name", "pk").values_list("pk", "name")[:MOST_PEOPLE]


def _people(viewer: User, version: ChecklistVersion) -> list[User]:
    """Whom the viewer may rate, as `policies.part_about_person` will say again for the one chosen: oneself first."""
    programme, allowed = version.checklist.programme, raters_of(version)
    ids = _supervised(viewer, programme, allowed) | _co_leaders(viewer, programme, allowed)
    ids |= _by_membership(viewer, programme, allowed)
    ids.discard(viewer.pk)
    others = list(User.objects.known().filter(pk__in=ids).order_by("sort_name", "pk")[:MOST_PEOPLE])
    return [viewer, *others] if allowed.oneself else others


def _supervised(viewer: User, programme: Programme, allowed: Raters) -> set[int]:
    if not allowed.roles:
        return set()
    in_force = (
        Placement.objects.in_force(timezone.localdate()).standing().filter(programme=programme, covers__isnull=True)
    )
    if allowed.upwards:
        return set(in_force.filter(supervisee=viewer).values_list("coach_id", flat=True))
    return set(in_force.filter(coach=viewer).values_list("supervisee_id", flat=True))


def _co_leaders(viewer: User, programme: Programme, allowed: Raters) -> set[int]:
    if not allowed.co_leader:
        return set()
    mine = GroupLeader.objects.filter(person=viewer, group__programme=programme).values("group_id")
    return set(GroupLeader.objects.filter(group_id__in=mine).values_list("person_id", flat=True))


def _by_membership(viewer: User, programme: Programme, allowed: Raters) -> set[int]:
    """People of one's branch (coordinators, observers) or organisation (colleagues), where those roles rate others."""
    if allowed.upwards or not allowed.roles:
        return set()
    held = Membership.objects.active(timezone.localdate()).filter(
        person=viewer, role__programme=programme, role__key__in=allowed.roles
    )
    inside = Q(pk__in=[])
    for kind, path, pk in held.values_list("role__kind", "organisation__path", "organisation_id"):
        if kind in (RoleKind.COORDINATOR, RoleKind.OBSERVER):
            inside |= Q(organisation__path__startswith=path)
        elif kind == RoleKind.GROUP_LEADER:
            inside |= Q(organisation_id=pk)
    rated = Membership.objects.open().filter(
        inside, role__programme=programme, role__kind__in=(RoleKind.GROUP_LEADER, RoleKind.PEER_COACH)
    )
    return set(rated.order_by("pk").values_list("person_id", flat=True)[: MOST_PEOPLE * 2])


def _groups(names: dict[int, str], programme: Programme, where: Where) -> list[Choice]:
    """The groups that each of these leads, or their latest meetings: one choice for each leader."""
    led = GroupLeader.objects.filter(person_id__in=names, group__programme=programme)
    if where == Where.GROUP:
        groups = {group.pk: group for group in DeliveryGroup.objects.filter(pk__in=led.values("group_id"))}
        return [
            Choice(
                Target.PERSON,
                row.person_id,
                f"{names[row.person_id]}: {groups[row.group_id].name}",
                f"group:{row.group_id}",
            )
            for row in sorted(led, key=lambda row: (list(names).index(row.person_id), -row.group_id))
        ]
    word = term(programme, "delivery_meeting")
    meetings = GroupMeeting.objects.filter(group_id__in=led.values("group_id")).select_related("group")
    by_group: dict[int, list[GroupMeeting]] = {}
    for meeting in meetings.order_by("-held_on", "-number")[: MOST_MEETINGS * len(names) * 2]:
        by_group.setdefault(meeting.group_id, []).append(meeting)
    found = []
    for pk, name in names.items():
        own = [meeting for row in led if row.person_id == pk for meeting in by_group.get(row.group_id, [])]
        for meeting in sorted(own, key=lambda one: one.held_on, reverse=True)[:MOST_MEETINGS]:
            label = f"{name}: {meeting.group.name}, {word} {meeting.number}, {short_day(meeting.held_on)}"
            found.append(Choice(Target.PERSON, pk, label, f"meeting:{meeting.pk}", meeting.held_on))
    return found


def _recordings(names: dict[int, str], programme: Programme) -> list[Choice]:
    """The recordings of meetings that each of these led, while a consent holds."""
    today = timezone.localdate()
    led = GroupLeader.objects.filter(person_id__in=names, group__programme=programme)
    recordings = Recording.objects.filter(meeting__group_id__in=led.values("group_id")).select_related(
        "meeting__group"
    )
    leaders: dict[int, list[int]] = {}
    for row in led:
        leaders.setdefault(row.group_id, []).append(row.person_id)
    found = []
    for recording in recordings.order_by("-meeting__held_on", "-pk")[: MOST_MEETINGS * len(names)]:
        if recording.meeting is None or not any(
            consent_valid(recording, today, purpose) for purpose in (SUPERVISION, CERTIFICATION)
        ):
            continue
        meeting = recording.meeting
        for pk in leaders.get(meeting.group_id, []):
            label = f"{names[pk]}: {meeting.group.name}, {short_day(meeting.held_on)}"
            found.append(Choice(Target.PERSON, pk, label, f"recording:{recording.pk}", meeting.held_on))
    return found


def _occasions(viewer: User, version: ChecklistVersion, names: dict[int, str]) -> list[Choice]:
    """Sessions or events that the viewer took part in, for each person to be looked at there."""
    allowed = raters_of(version)
    known = occasions(SUBJECTS[version.about].where, viewer, version.checklist.programme)
    strangers = {pk for one in known for pk in one.people} - set(names)
    if allowed.roles and strangers - {viewer.pk}:
        more = User.objects.known().filter(pk__in=strangers - {viewer.pk})
        names = names | {person.pk: person.name for person in more}
    return [
        Choice(Target.PERSON, pk, f"{names[pk]}: {one.words}", one.thing, one.day)
        for one in known
        for pk in one.people
        if pk in names
    ]
