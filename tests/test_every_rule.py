"""Every supervision rule of every pack: formed, planned, held with its seats, the goal taken up next time, and counted
on every ladder of the pack: where its steps ask for it, and nowhere else.

What is special about some of them is in `supervision/tests/test_packs.py`.
"""

import datetime as dt
from dataclasses import dataclass

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from certification.actions.install import install_tracks
from certification.counting import Way
from certification.models import Candidacy, TrackVersion
from certification.readers.climbs import climbs, with_all
from certification.tests.factories import bare_checklists
from checklists.models import ChecklistVersion, Evaluation
from programmes.models import SupervisionRuleVersion
from programmes.shipped import load_pack, pack_path
from supervision.models import Goal, SupervisionSession
from supervision.readers.counts import finished_sessions
from supervision.readers.goals import frame_of
from supervision.tests.factories import NOW, stage_of
from supervision.tests.pages import hold, plan, record_form

pytestmark = [pytest.mark.django_db]
AFTERWARDS = dt.datetime(2026, 12, 11, 9, tzinfo=dt.UTC)
PACKS = ("dua", "kollegaveiledning", "peer_training", "peer_coaching")


@pytest.fixture(autouse=True)
def _tuesday():
    """Tuesday 24 November 2026, 10:00 in Oslo."""
    with time_machine.travel(NOW, tick=False):
        yield


@dataclass(frozen=True)
class Case:
    """Who leads, who is supervised, on which rule's places it rests, and what is chosen when planning."""

    lead: str
    supervised: tuple[str, ...]
    places: str = ""
    third: str = ""
    turns: bool | None = None
    co_lead: str = ""


CASES = {
    ("dua", "peer_coach_group"): Case("peer_coach", ("group_leader", "group_leader"), "peer_coach_group"),
    ("dua", "mentor_group"): Case(
        "mentor", ("group_leader", "group_leader"), "mentor_group", co_lead="mentor_in_training"
    ),
    ("dua", "supervision_of_peer_coaches"): Case("mentor", ("peer_coach",), "supervision_of_peer_coaches"),
    ("dua", "apprenticeship"): Case("mentor", ("mentor_in_training",), "apprenticeship"),
    ("dua", "supervision_of_mentors"): Case("trainer", ("mentor", "mentor_in_training"), "supervision_of_mentors"),
    ("kollegaveiledning", "weekly_hour"): Case("supervisor", ("supervisee",)),
    ("kollegaveiledning", "small_group"): Case("supervisor", ("supervisee", "supervisee")),
    ("kollegaveiledning", "practice_triad"): Case("supervisor", ("supervisee",), third="observer", turns=True),
    ("kollegaveiledning", "supervision_of_supervisors"): Case(
        "process_facilitator", ("supervisor", "supervisor"), "supervision_of_supervisors"
    ),
    ("peer_training", "peer_group"): Case("coordinator", ("volunteer_peer", "paid_peer"), "peer_group"),
    ("peer_training", "individual"): Case("coordinator", ("volunteer_peer",), "peer_group"),
    ("peer_training", "practice_period"): Case("practice_guide", ("paid_peer",), "practice_period"),
    ("peer_training", "colleague_meeting"): Case("manager", ("paid_peer", "colleague")),
    ("peer_coaching", "pair"): Case("participant", ("participant",), "pair", turns=True),
    ("peer_coaching", "trio"): Case("participant", ("participant",), "trio", third="participant", turns=True),
    ("peer_coaching", "new_manager"): Case("participant", ("participant",), "new_manager"),
    ("peer_coaching", "check_in"): Case("participant", ("participant",), "pair", turns=False),
}


# What two sessions of a rule count for, by its seat in them: track, step, seat, how many, of how many. "each" counts a
# session once for each seat taken.
COUNTED = {
    ("dua", "peer_coach_group"): [
        ("group_leader", "supervision", "supervisee", 2, 8),
        ("peer_coach", "own_sessions", "lead", 2, 10),
    ],
    ("dua", "mentor_group"): [("mentor", "supervision_practice", "co_lead", 2, 6)],
    ("dua", "supervision_of_peer_coaches"): [("peer_coach", "supervised", "supervisee", 2, 3)],
    ("kollegaveiledning", "weekly_hour"): [("confident_supervisor", "own_sessions", "lead", 2, 6)],
    ("kollegaveiledning", "practice_triad"): [("confident_supervisor", "practice_all_roles", "each", 6, 3)],
    ("peer_training", "peer_group"): [
        ("volunteer", "supervision", "supervisee", 2, 4),
        ("paid_16_days", "supervision", "supervisee", 2, 6),
    ],
    ("peer_coaching", "pair"): [
        ("peer_coach_badge", "as_coach", "lead", 2, 6),
        ("peer_coach_badge", "as_coachee", "supervisee", 2, 6),
    ],
}


def test_every_rule_of_every_pack_has_its_case():
    keys = {(key, rule["key"]) for key in PACKS for rule in load_pack(pack_path(key))["supervision_rules"]}
    assert keys == set(CASES)


def test_every_step_that_counts_sessions_is_asked_for():
    """From the packs' own words: a step of sessions with a rule and a seat."""
    asked = {
        (key, step["supervision_rule"], track["key"], step["key"], step["seat"], step["count"])
        for key in PACKS
        for track in load_pack(pack_path(key))["certification_tracks"]
        for step in track["steps"]
        if step["kind"] == "sessions" and step["unit"] == "session"
    }
    assert asked == {
        (*rule, track, step, seat, need) for rule, rows in COUNTED.items() for track, step, seat, _have, need in rows
    }


@dataclass(frozen=True)
class Company:
    """Who meets: the lead, everybody supervised, and the third and the co-lead, if any."""

    lead: User
    supervised: list[User]
    third: User | None = None
    co_lead: User | None = None

    @property
    def everybody(self) -> list[User]:
        others = [person for person in (self.third, self.co_lead) if person]
        return [self.lead, *self.supervised, *others]

    def in_seat(self, seat: str, *, turns: bool) -> set[User]:
        """Who takes the seat in each session; where roles are switched, everybody takes every seat."""
        if turns:
            return set(self.everybody)
        who = {"lead": [self.lead], "supervisee": self.supervised, "co_lead": [self.co_lead]}
        return {person for person in who.get(seat, []) if person}


def form_relation(stage, case):
    """The people of a case, with places where the rule rests on them."""
    lead = stage.member(case.lead, name="Lead")
    supervised = [stage.member(role, name=f"Supervised {number}") for number, role in enumerate(case.supervised)]
    third = stage.member(case.third, name="Third") if case.third else None
    co_lead = stage.member(case.co_lead, name="Co-lead") if case.co_lead else None
    if case.places:
        stage.place(lead, *supervised, rule=case.places)
    return Company(lead, supervised, third, co_lead)


def on_every_ladder(stage, pack, people):
    """Everybody is a candidate on each of the pack's tracks for people: what counts where it should not, shows."""
    bare_checklists(stage.programme, load_pack(pack_path(pack)))
    install_tracks(programme=stage.programme, pack=load_pack(pack_path(pack)), by=User.objects.system())
    versions = TrackVersion.objects.filter(track__programme=stage.programme, candidate="person")
    started = {"started_at": timezone.now(), "started_by": User.objects.system()}
    Candidacy.objects.bulk_create(
        Candidacy(person=person, track=version.track, track_version=version, **started)
        for version in versions.select_related("track")
        for person in people
    )


def counted_on_ladders(stage):
    """(track, step, person) → (how many, of how many, how many lack their form), for steps that count something."""
    found = {}
    everyone = list(with_all(Candidacy.objects.filter(track__programme=stage.programme)))
    for climb in climbs(everyone).values():
        for rung in climb.rungs:
            if rung.way is Way.SESSIONS and (rung.count.have or rung.count.lacking):
                key = (climb.candidacy.track.key, climb.steps[rung.step.id].key, climb.candidacy.person)
                found[key] = (rung.count.have, rung.count.need, rung.count.lacking)
    return found


def on_the_page(client, stage, track, person):
    """The candidate's own ladder."""
    client.force_login(person)
    one = Candidacy.objects.get(track__programme=stage.programme, track__key=track, person=person)
    return client.get(reverse("certification:candidacy", args=[one.pk])).content.decode()


def said(have, need):
    return (
        f"{have} of {need} sessions are finished." if have <= need else f"{have} sessions are finished, {need} needed."
    )


def fill_in_quality_forms(stage, lead, sessions):
    """The form of each of the sessions, about the one who led."""
    version = ChecklistVersion.objects.get(checklist__programme=stage.programme, checklist__key="form_quality")
    for session in sessions:
        Evaluation.objects.create(
            version=version, person=lead, rater=lead, part="self", thing=f"session:{session.pk}",
            seen_on=session.local_start.date(), state="submitted", begun_at=NOW, submitted_at=NOW,
        )  # fmt: skip


def plan_it(app, case, rule_id, company, day):
    version = SupervisionRuleVersion.objects.get(rule_id=rule_id, is_current=True)
    keys = [str(person.pk) for person in company.supervised]
    fields = {"supervisees": keys[0] if version.max_supervisees == 1 else keys}
    if version.reciprocal or version.rotates_roles:
        fields["lead"] = str(company.lead.pk)
    if company.third:
        fields["observer"] = str(company.third.pk)
    if company.co_lead:
        fields["co_lead"] = str(company.co_lead.pk)
    if case.turns is not None:
        fields["turns"] = case.turns
    return plan(app, company.lead, rule_id, day=day, **fields)


def answers_for(app, lead, session, people, words):
    """A goal for each who is supervised, in the programme's first field of one; all other steps are ticked."""
    first = (frame_of(session.agenda.goals, "en").fields or [("text", "")])[0][0]
    names = [name for name in record_form(app, lead, session).fields if name]
    found = {}
    for person in people:
        wanted = [name for name in names if name.endswith(f"-{person.pk}-{first}")]
        found |= dict.fromkeys(wanted, f"{words} of {person.name}")
    return found


def seats_planned(case, company):
    """The seats of one session, by the case."""
    with_third = ["observer"] if company.third else []
    if case.turns:
        return sorted(["lead", "supervisee", *with_third] * len(company.everybody))
    with_co_lead = ["co_lead"] if company.co_lead else []
    return sorted(["lead", *with_co_lead, *["supervisee"] * len(company.supervised), *with_third])


@pytest.mark.parametrize(("pack", "rule"), CASES, ids=lambda value: value)
def test_a_rule_from_the_relation_to_the_ladder(django_app, client, pack, rule):
    case, stage = CASES[pack, rule], stage_of(pack)
    company = form_relation(stage, case)
    lead, rule_id = company.lead, stage.version(rule).rule_id
    people = company.everybody if case.turns else company.supervised
    on_every_ladder(stage, pack, company.everybody)
    assert counted_on_ladders(stage) == {}

    session = plan_it(django_app, case, rule_id, company, "26.11.2026")
    assert sorted(session.attendances.values_list("seat", flat=True)) == seats_planned(case, company)
    hold(django_app, lead, session, answers_for(django_app, lead, session, people, "First"))
    assert session.state == SupervisionSession.State.FINISHED
    assert not session.attendances.exclude(present=True).exists()
    goals = {goal.person: goal for goal in Goal.objects.filter(set_in=session)}
    assert set(goals) == set(people)

    following = plan_it(django_app, case, rule_id, company, "10.12.2026")
    again = answers_for(django_app, lead, following, people, "Next")
    again |= {f"-{goal.pk}-status": "reached" for goal in goals.values()}
    hold(django_app, lead, following, again)
    assert {Goal.objects.get(pk=goal.pk).status for goal in goals.values()} == {"reached"}
    assert Goal.objects.filter(status="new", set_in=following).count() == len(people)

    for person in company.supervised:
        assert finished_sessions(person, rule_id, "supervisee") == 2
        assert finished_sessions(person, rule_id, "lead") == (2 if case.turns else 0)
    assert finished_sessions(lead, rule_id, "lead") == 2
    if company.third:
        assert finished_sessions(company.third, rule_id, "observer") == 2
    with time_machine.travel(AFTERWARDS, tick=False):
        _is_counted(client, stage, (pack, rule), company, [session, following])


def _is_counted(client, stage, key, company, sessions):
    """On the ladders exactly what the table says, and the candidate reads the figure on the page."""
    wanted = {
        (track, step, person): (have, need, 0)
        for track, step, seat, have, need in COUNTED.get(key, [])
        for person in company.in_seat(seat, turns=bool(CASES[key].turns))
    }
    if key == ("kollegaveiledning", "weekly_hour"):
        assert counted_on_ladders(stage) == {one: (0, need, 2) for one, (_have, need, _lacking) in wanted.items()}
        fill_in_quality_forms(stage, company.lead, sessions)
    assert counted_on_ladders(stage) == wanted
    for (track, _step, person), (have, need, _lacking) in wanted.items():
        assert said(have, need) in on_the_page(client, stage, track, person)
