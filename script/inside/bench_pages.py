"""The pages that are measured: for each kind of role its main ones, with its budget of queries.

Addresses with a number in them name the first few rows that may be open to the person; the first that answers 200 is
measured. Whoever has a page of their own kind does not see it measured twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from certification.models import Candidacy, TrainingEvent
from checklists.models import ChecklistVersion, Evaluation
from coaches.models import Placement
from practice.models import DeliveryGroup
from programmes.models import Membership
from supervision.models import Attendance, Goal, SupervisionSession

BARE = "overview:help"  # the frame, a session and a person: nothing else
LIST, COMPOSED, RECORD = 8, 12, 15  # queries (design: budgets)
FEW = 30  # rows tried until one is open


@dataclass(frozen=True)
class Page:
    """One page for one person: its name, the addresses to try, and how many queries it may take."""

    name: str
    addresses: list[str]
    budget: int


KINDS = {
    "coordinator": (
        "home ladder_part workbench late coaches coverage people search found person organisations organisation trail "
        "candidates ladder trainings training session done"
    ),
    "mentor": "home ladder_part decisions ladder places sessions session plan record person checklists given "
    "compare about_person",
    "peer_coach": "home ladder_part places sessions session plan record goals goal feedback checklists start fill "
    "compare about_person over_time groups person ladder search",
    "group_leader": "home ladder_part sessions session goals goal feedback checklists about_me compare fill groups "
    "group ladder my_page",
    "observer": "home coverage averages",
}


def people() -> dict[str, Membership]:
    """One person of each kind who can sign in: the first to hold a role of it, if possible not one twice."""
    found: dict[str, Membership] = {}
    for kind in KINDS:
        known = [one.person_id for one in found.values()]
        for rows in (_held(kind).exclude(person__in=known), _held(kind)):
            if first := rows.first():
                found.setdefault(kind, first)
    return found


def others(kind: str, membership: Membership) -> Iterator[Membership]:
    """More people with a role of the kind: for pages of which the first has nothing, such as a form that is begun."""
    yield from _held(kind).exclude(person=membership.person_id)[:FEW]


def _held(kind: str) -> QuerySet[Membership]:
    held = Membership.objects.active(timezone.localdate()).filter(
        in_training=False,
        role__in_training=False,
        person__is_active=True,
        role__kind=kind,
        person__email__isnull=False,
    )
    return held.select_related("person", "role__programme__network", "organisation").order_by("pk")


def pages(kind: str, membership: Membership) -> Iterator[Page]:
    """The pages of one kind of role for the person who holds it."""
    for name in KINDS[kind].split():
        addresses, budget = _named(name, membership.person, membership)
        yield Page(name, addresses, budget)


def _named(name: str, person: object, membership: Membership) -> tuple[list[str], int]:
    """The addresses of a page for a person, and its budget."""
    programme = membership.role.programme
    hat = f"?hat={programme.pk}-{membership.role.key}"
    fixed = {
        "home": ("overview:home", "", COMPOSED),
        "ladder_part": ("overview:home_ladder", "", COMPOSED),
        "workbench": ("overview:workbench", hat, COMPOSED),
        "late": ("overview:workbench", f"{hat}&view=late", COMPOSED),
        "coaches": ("overview:workbench", f"{hat}&view=room", COMPOSED),
        "coverage": ("overview:coverage", hat, COMPOSED),
        "people": ("people:list", hat, LIST),
        "found": ("people:list", f"{hat}&q=an", LIST),
        "search": ("overview:search", "?q=an", COMPOSED),
        "organisations": ("programmes:organisations", "", LIST),
        "trail": ("overview:trail", "", LIST),
        "candidates": ("certification:candidates", hat, LIST),
        "decisions": ("certification:decisions", "", LIST),
        "trainings": ("certification:trainings", hat, LIST),
        "places": ("coaches:my_places", "", LIST),
        "sessions": ("supervision:sessions", "", LIST),
        "plan": ("supervision:plan", "", COMPOSED),
        "goals": ("supervision:goals", "", LIST),
        "feedback": ("supervision:feedback", "", LIST),
        "checklists": ("checklists:checklists", "", LIST),
        "given": ("checklists:given", "", LIST),
        "about_me": ("checklists:about_me", "", LIST),
        "start": ("checklists:start", "", COMPOSED),
        "groups": ("practice:groups", "", LIST),
    }
    if name in fixed:
        view, query, budget = fixed[name]
        return [reverse(view) + query], budget
    if name in ("done", "averages"):
        return [reverse(f"checklists:{name}", args=[programme.pk])], LIST
    return _of_rows(name, person, membership)


def _of_rows(name: str, person: object, membership: Membership) -> tuple[list[str], int]:
    """Pages about one row: the addresses of the rows that are likely to be the person's to read."""
    programme = membership.role.programme
    near = get_user_model().objects.filter(
        pk__in=Placement.objects.filter(coach=person, state=Placement.State.OPEN).values("supervisee")
    )
    if membership.role.kind == "coordinator":
        near = get_user_model().objects.filter(memberships__role__programme=programme).exclude(pk=person.pk).distinct()
    seats = Attendance.objects.filter(person=person) if membership.role.kind != "coordinator" else Attendance.objects
    own = SupervisionSession.objects.filter(pk__in=seats.values("session"), programme=programme)
    submitted = Evaluation.objects.filter(state=Evaluation.State.SUBMITTED)
    people = list(near.order_by("pk").values_list("pk", flat=True)[:FEW])
    asked = {
        "person": ("people:person", ((pk,) for pk in people), COMPOSED),
        "organisation": ("programmes:organisation", [(membership.organisation_id,)], LIST),
        "session": ("supervision:session", _keys(own.filter(state="finished")), COMPOSED),
        "record": ("supervision:record", _keys(own.filter(state__in=("planned", "held"))), RECORD),
        "goal": ("supervision:goal", _keys(Goal.objects.filter(person=person)), COMPOSED),
        "ladder": ("certification:candidacy", _keys(Candidacy.objects.filter(track__programme=programme)), COMPOSED),
        "training": ("certification:training", _keys(TrainingEvent.objects.filter(programme=programme)), COMPOSED),
        "fill": ("checklists:fill", _keys(Evaluation.objects.filter(rater=person, state="draft")), COMPOSED),
        "compare": ("checklists:compare", _keys(submitted.filter(version__checklist__programme=programme)), COMPOSED),
        "about_person": ("checklists:about_person", ((programme.pk, pk) for pk in people), COMPOSED),
        "my_page": ("people:person", [(person.pk,)], COMPOSED),
        "over_time": ("checklists:over_time", _asked_over_time(programme, people), COMPOSED),
        "group": ("practice:group", _keys(DeliveryGroup.objects.filter(leaders__person=person)), COMPOSED),
    }
    view, keys, budget = asked[name]
    return [reverse(view, args=key) for key in islice(keys, FEW)], budget


def _keys(rows: object) -> list[tuple[int]]:
    """The newest rows."""
    return list(rows.order_by("-pk").values_list("pk")[:FEW])


def _asked_over_time(programme: object, people: list[int]) -> list[tuple[int, int]]:
    """Pairs of an instrument of the programme and a person."""
    lists = ChecklistVersion.objects.filter(checklist__programme=programme, state="published")
    return [(one, pk) for pk in people for one in lists.values_list("checklist", flat=True)]
