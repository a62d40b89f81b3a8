"""Who may fill in what about whom, and who may read it afterwards. Asks the rights table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from checklists import sight
from checklists.models import Checklist, ChecklistVersion, Evaluation
from checklists.named import named_by_steps, named_reads, relation_finders
from checklists.raters import PARTS, asks_consent, raters_of, strongest
from checklists.sight import Rating
from checklists.subjects import SUBJECTS, Target, is_offered
from coaches.models import Placement
from common.at_once import read_at_once
from practice.models import GroupLeader
from programmes.leaving import shut_to
from programmes.models import Membership, Organisation, Programme, ProgrammeRole
from programmes.relations import About, relation_reads, relations, relations_from
from programmes.rights import Relation, Sight, Thing, may_see

Part = Evaluation.Part
RoleKind = ProgrammeRole.Kind
State = Evaluation.State
#: What ties a rater of a kind to the person. A group leader looks at colleagues of the own organisation.
TIES = {
    RoleKind.MENTOR: {Relation.PLACEMENT, Relation.DECIDES_STEP, Relation.LED, Relation.PRESENT},
    RoleKind.PEER_COACH: {Relation.PLACEMENT, Relation.LED, Relation.PRESENT},
    RoleKind.COORDINATOR: {Relation.PLACEMENT, Relation.COORDINATOR},
    RoleKind.OBSERVER: {Relation.OBSERVER, Relation.PRESENT},
    RoleKind.GROUP_LEADER: {Relation.PRESENT},
}
#: A new coach reads back a year before the placement began.
READS_BACK = dt.timedelta(days=365)


def roles_in(user: User, programme: Programme) -> dict[str, str]:
    """The roles that the person holds in the programme, key to kind. One query."""
    held = Membership.objects.active(timezone.localdate()).filter(person=user, role__programme=programme)
    return dict(held.values_list("role__key", "role__kind"))


def may_use(version: ChecklistVersion, roles: dict[str, str]) -> bool:
    """Whether these roles fill in this version at all: it is published, not anonymous, and names one of them."""
    return (
        version.state == ChecklistVersion.State.PUBLISHED
        and is_offered(version)
        and bool(set(version.filled_by) & set(roles))
    )


def still_fills_in(rater: User, version: ChecklistVersion) -> bool:
    """Whether the person has one of the roles that the version names today: what was begun in a role is sent in in
    one. A version that was retired meanwhile is finished all the same."""
    return bool(set(version.filled_by) & set(roles_in(rater, version.checklist.programme)))


def part_about_person(
    rater: User, version: ChecklistVersion, person: User, *, seen_together: bool = False
) -> str | None:
    """The part in which `rater` may rate `person` with this version; None when not at all.

    `seen_together` says that both were in the session or event that it is about, as its app knows.
    """
    programme = version.checklist.programme
    roles = roles_in(rater, programme)
    if not may_use(version, roles) or SUBJECTS[version.about].target != Target.PERSON:
        return None
    allowed = raters_of(version)
    if rater.pk == person.pk:
        return Part.SELF if allowed.oneself else None
    if allowed.co_leader and lead_together(rater, person, programme):
        return Part.CO_LEADER
    if allowed.upwards:
        is_supervised = Relation.PLACEMENT in relations(person, About(rater, programme))
        return Part.OBSERVER if is_supervised or seen_together else None
    kinds = strongest(roles, allowed.roles)
    if not kinds:
        return None
    if seen_together:
        return PARTS[kinds[0]]
    found = relations(rater, About(person, programme))
    for kind in kinds:
        if found & TIES[RoleKind(kind)]:
            return PARTS[kind]
    if RoleKind.GROUP_LEADER in kinds and are_colleagues(rater, person, programme):
        return Part.OBSERVER
    return None


def may_rate_organisation(rater: User, version: ChecklistVersion, organisation: Organisation) -> bool:
    """Whether the person fills in this version about the organisation: who answers for it, and its own people."""
    programme = version.checklist.programme
    if not may_use(version, roles_in(rater, programme)) or SUBJECTS[version.about].target != Target.ORGANISATION:
        return False
    return any(organisation.path.startswith(path) for path in own_paths(rater, version))


def may_rate_programme(rater: User, version: ChecklistVersion) -> bool:
    """Whether the person fills in this version about the whole programme."""
    roles = roles_in(rater, version.checklist.programme)
    return may_use(version, roles) and SUBJECTS[version.about].target == Target.PROGRAMME


def own_paths(rater: User, version: ChecklistVersion) -> list[str]:
    """The organisation paths at which the person holds a role that fills in this version."""
    held = Membership.objects.active(timezone.localdate()).filter(
        person=rater, role__programme=version.checklist.programme, role__key__in=version.filled_by
    )
    return list(held.values_list("organisation__path", flat=True).distinct())


def lead_together(one: User, other: User, programme: Programme) -> bool:
    """Whether the two lead, or have led at the same time, a group of the programme."""
    mine = GroupLeader.objects.filter(group__programme=programme, person=one)
    return mine.filter(
        Q(group__leaders__ended_on__isnull=True) | Q(group__leaders__ended_on__gt=F("started_on")),
        Q(ended_on__isnull=True) | Q(ended_on__gt=F("group__leaders__started_on")),
        group__leaders__person=other,
    ).exists()


def are_colleagues(one: User, other: User, programme: Programme) -> bool:
    """Whether both have an open role in the programme at the same organisation."""
    mine = Membership.objects.open().filter(person=one, role__programme=programme).values("organisation_id")
    theirs = Membership.objects.open().filter(person=other, role__programme=programme)
    return theirs.filter(organisation_id__in=mine).exists()


@dataclass(frozen=True)
class Reader:
    """What one viewer is to one person in a programme, found once and used for many evaluations.

    `named` are keys of the checklists that steps name which wait for the viewer.
    """

    viewer: User
    person: User
    programme: Programme
    relations: frozenset[Relation]
    reads_from: dt.date
    roles: frozenset[str]
    leads_with: frozenset[int]
    named: frozenset[str] = frozenset()


def reader_of(viewer: User, person: User, programme: Programme) -> Reader:
    """Gather what `may_read` asks; one query, and one where a step may wait for the viewer.

    Nothing adds to what is about oneself.
    """
    today = timezone.localdate()
    oneself, about = viewer.pk == person.pk, About(person, programme)
    placed = Placement.objects.in_force(today).standing().filter(coach=viewer, supervisee=person, programme=programme)
    held = Membership.objects.active(today).filter(person=viewer, role__programme=programme)
    led = GroupLeader.objects.filter(person=viewer, group__programme=programme)
    # Whoever knows what waiting steps name knows whether a step waits: it is not asked twice.
    known = relation_finders()
    ties = {} if oneself else relation_reads(viewer, [about], leaving_out=known) | named_reads(viewer, about)
    rows = read_at_once(
        began=placed.order_by("started_on").values_list("started_on", flat=True),
        roles=held.values_list("role__key", flat=True),
        led=led.values_list("group_id", flat=True),
        **({"shut": shut_to(viewer)} if oneself else ties),
    )
    found, named = {Relation.SELF}, None
    if oneself and programme.pk in rows["shut"]:
        found = set()
    if not oneself:
        found = set(relations_from(viewer, [about], rows, leaving_out=known)[0])
        named = named_by_steps(viewer, about, rows)
    began = rows["began"][0] if rows["began"] and Relation.PLACEMENT in found else today
    return Reader(
        viewer=viewer,
        person=person,
        programme=programme,
        relations=frozenset(found if named is None else {*found, Relation.DECIDES_STEP}),
        reads_from=began - READS_BACK,
        roles=frozenset() if oneself else frozenset(rows["roles"]),
        leads_with=frozenset(rows["led"]),
        named=named or frozenset(),
    )


def may_read(reader: Reader, evaluation: Evaluation, together: Iterable[Rating]) -> bool:
    """Whether the viewer may read this evaluation about the person, by the row "evaluations about the person".

    `together` are all that were sent in about the same person and thing with the same instrument. A draft is read by
    its rater alone, and what one gave oneself stays readable while one has a role in the programme. Where a pack asks
    the rater's consent, the one rated alone reads it, and only while the consent lasts.
    """
    viewer = reader.viewer
    if evaluation.rater_id == viewer.pk and (reader.roles or Relation.SELF in reader.relations):
        return True
    if evaluation.state != State.SUBMITTED:
        return False
    if asks_consent(evaluation.version):
        return evaluation.shared_at is not None and Relation.SELF in reader.relations
    ratings = list(together)
    if _shared_by_leaders(reader, evaluation):
        return True
    names = evaluation.version.checklist.key in reader.named
    if names and may_see(Thing.EVALUATION, reader.relations, Sight.STEP_NAMES):
        return True
    if not sight.both_in(ratings, oneself=raters_of(evaluation.version).oneself):
        return False
    if viewer.pk == evaluation.person_id:
        return may_see(Thing.EVALUATION, reader.relations, Sight.BOTH_IN)
    rated = any(rating.rater_id == viewer.pk for rating in ratings)
    if evaluation.version.source.get("blind") and not rated and reader.roles & set(evaluation.version.filled_by):
        return False
    if may_see(Thing.EVALUATION, reader.relations, Sight.BOTH_IN, Sight.OWN_THEN_BOTH):
        running = Relation.PLACEMENT in reader.relations and evaluation.seen_on >= reader.reads_from
        return running or Relation.SUPERVISES_LEAD in reader.relations
    by_leaders = evaluation.part in (Part.SELF, Part.CO_LEADER)
    return (
        rated
        and by_leaders
        and any(rating.rater_id == viewer.pk and rating.part == Part.CO_LEADER for rating in ratings)
    )


def _shared_by_leaders(reader: Reader, evaluation: Evaluation) -> bool:
    """Co-leaders of a group share its content checklists."""
    group_id = evaluation.group_id or (evaluation.meeting.group_id if evaluation.meeting else None)
    return evaluation.version.checklist.kind == Checklist.Kind.CONTENT and group_id in reader.leads_with
