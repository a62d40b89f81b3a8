"""Every supervision rule of every pack: formed, planned, held with its seats, the goal taken up next time, counted.

What is special about some of them is in `test_packs.py`.
"""

from dataclasses import dataclass

import pytest

from programmes.models import SupervisionRuleVersion
from programmes.shipped import load_pack, pack_path
from supervision.models import Goal, SupervisionSession
from supervision.readers.counts import finished_sessions
from supervision.readers.goals import frame_of
from supervision.tests.factories import stage_of
from supervision.tests.pages import hold, plan, record_form

pytestmark = [pytest.mark.django_db]


@dataclass(frozen=True)
class Case:
    """Who leads, who is supervised, on which rule's places it rests, and what is chosen when planning."""

    lead: str
    supervised: tuple[str, ...]
    places: str = ""
    third: str = ""
    turns: bool | None = None


CASES = {
    ("dua", "peer_coach_group"): Case("peer_coach", ("group_leader", "group_leader"), "peer_coach_group"),
    ("dua", "mentor_group"): Case("mentor", ("group_leader", "group_leader"), "mentor_group"),
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


def test_every_rule_of_every_pack_has_its_case():
    keys = {(key, rule["key"]) for key in ("dua", "kollegaveiledning", "peer_training", "peer_coaching")
            for rule in load_pack(pack_path(key))["supervision_rules"]}  # fmt: skip
    assert keys == set(CASES)


def form_relation(stage, case):
    """The lead and everybody supervised, with places where the rule rests on them; and the third, if any."""
    lead = stage.member(case.lead, name="Lead")
    supervised = [stage.member(role, name=f"Supervised {number}") for number, role in enumerate(case.supervised)]
    third = stage.member(case.third, name="Third") if case.third else None
    if case.places:
        stage.place(lead, *supervised, rule=case.places)
    return lead, supervised, third


def plan_it(app, case, rule_id, lead, supervised, third, day):
    version = SupervisionRuleVersion.objects.get(rule_id=rule_id, is_current=True)
    keys = [str(person.pk) for person in supervised]
    fields = {"supervisees": keys[0] if version.max_supervisees == 1 else keys}
    if version.reciprocal or version.rotates_roles:
        fields["lead"] = str(lead.pk)
    if third:
        fields["observer"] = str(third.pk)
    if case.turns is not None:
        fields["turns"] = case.turns
    return plan(app, lead, rule_id, day=day, **fields)


def answers_for(app, lead, session, people, words):
    """A goal for each who is supervised, in the programme's first field of one; all other steps are ticked."""
    first = (frame_of(session.agenda.goals, "en").fields or [("text", "")])[0][0]
    names = [name for name in record_form(app, lead, session).fields if name]
    found = {}
    for person in people:
        wanted = [name for name in names if name.endswith(f"-{person.pk}-{first}")]
        found |= dict.fromkeys(wanted, f"{words} of {person.name}")
    return found


@pytest.mark.parametrize(("pack", "rule"), CASES, ids=lambda value: value)
def test_a_rule_from_the_relation_to_the_count(django_app, pack, rule):
    case, stage = CASES[pack, rule], stage_of(pack)
    lead, supervised, third = form_relation(stage, case)
    rule_id = stage.version(rule).rule_id
    everybody = [lead, *supervised, *([third] if third else [])]

    session = plan_it(django_app, case, rule_id, lead, supervised, third, "26.11.2026")
    turns = len(everybody) if case.turns else 1
    assert sorted(session.attendances.values_list("seat", flat=True)) == sorted(
        ["lead", "supervisee", *(["observer"] if third else [])] * turns
        if case.turns
        else ["lead", *["supervisee"] * len(supervised), *(["observer"] if third else [])]
    )
    people = everybody if case.turns else supervised
    hold(django_app, lead, session, answers_for(django_app, lead, session, people, "First"))
    assert session.state == SupervisionSession.State.FINISHED
    assert not session.attendances.exclude(present=True).exists()
    goals = {goal.person: goal for goal in Goal.objects.filter(set_in=session)}
    assert set(goals) == set(people)

    following = plan_it(django_app, case, rule_id, lead, supervised, third, "10.12.2026")
    again = answers_for(django_app, lead, following, people, "Next")
    again |= {f"-{goal.pk}-status": "reached" for goal in goals.values()}
    hold(django_app, lead, following, again)
    assert {Goal.objects.get(pk=goal.pk).status for goal in goals.values()} == {"reached"}
    assert Goal.objects.filter(status="new", set_in=following).count() == len(people)

    for person in supervised:
        assert finished_sessions(person, rule_id, "supervisee") == 2
        assert finished_sessions(person, rule_id, "lead") == (2 if case.turns else 0)
    assert finished_sessions(lead, rule_id, "lead") == 2
    if third:
        assert finished_sessions(third, rule_id, "observer") == 2
