"""How far somebody has come: values in, values out."""

import datetime as dt

import pytest

from certification.counting import EventTaken, Facts, FormIn, Sat, StepSpec, Way, count_of, months_before, way_of
from certification.numbering import next_number, prefix
from certification.progress import Decision, State, climb, next_rungs

TODAY = dt.date(2026, 11, 22)


def day(number: int) -> dt.date:
    """A day of 2026 by its number."""
    return dt.date(2026, 1, 1) + dt.timedelta(days=number)


def sessions(count: int = 3, seat: str = "lead", **more: object) -> StepSpec:
    return StepSpec(
        **{
            "id": 1,
            "order": 1,
            "kind": "sessions",
            "count": count,
            "unit": "session",
            "seat": seat,
            "rule_id": 7,
            **more,
        }
    )


def sat(*days: int, seat: str = "lead", rule: int = 7) -> list[Sat]:
    return [Sat(rule, seat, 100 + number, day(number)) for number in days]


@pytest.mark.parametrize(
    ("step", "way"),
    [
        (sessions(), Way.SESSIONS),
        (sessions(unit="week"), Way.DECIDED),
        (sessions(unit="group"), Way.DECIDED),
        (sessions(rule_id=None), Way.DECIDED),
        (StepSpec(1, 1, "training", 3, "day", training_event="workshop"), Way.DAYS),
        (StepSpec(1, 1, "training", 2, "workshop", training_event="workshop"), Way.EVENTS),
        (StepSpec(1, 1, "training", 1, "event", training_event="intro"), Way.EVENTS),
        (StepSpec(1, 1, "training", 13, "week", training_event="course"), Way.DECIDED),
        (StepSpec(1, 1, "training", 2, "day"), Way.DECIDED),
        (StepSpec(1, 1, "checklist", 4, "checklist", checklist_id=3), Way.FORMS),
        (StepSpec(1, 1, "evaluation", 4, "form", checklist_id=3), Way.FORMS),
        (StepSpec(1, 1, "evaluation", 4, "form", checklist_id=3, checklist_anonymous=True), Way.DECIDED),
        (StepSpec(1, 1, "checklist", 2, "group", checklist_id=3), Way.DECIDED),
        (StepSpec(1, 1, "prerequisite", 3, "form", checklist_id=3), Way.DECIDED),
        (StepSpec(1, 1, "reliability", 4, "video", checklist_id=3), Way.DECIDED),
    ],
)
def test_how_a_step_is_filled(step: StepSpec, way: Way) -> None:
    assert way_of(step) is way


def test_sessions_count_by_rule_and_seat() -> None:
    facts = Facts(seats=sat(1, 2, 3) + sat(4, seat="supervisee") + sat(5, rule=8))
    count = count_of(sessions(3), facts, TODAY)
    assert (count.have, count.need, count.reached_on, count.last_on) == (3, 3, day(3), day(3))
    assert count_of(sessions(4), facts, TODAY).reached_on is None


def test_two_turns_of_one_session_are_one_session() -> None:
    facts = Facts(seats=[Sat(7, "lead", 1, day(1)), Sat(7, "lead", 1, day(1)), Sat(7, "lead", 2, day(2))])
    assert count_of(sessions(3), facts, TODAY).have == 2


def test_each_seat_wants_every_one_of_them() -> None:
    """Three turns of one session in three seats are three times practised; three times in one seat are not enough."""
    turns = [Sat(7, seat, 1, day(1)) for seat in ("lead", "supervisee", "observer")]
    assert count_of(sessions(3, "each"), Facts(seats=turns), TODAY).reached_on == day(1)
    same = count_of(sessions(3, "each"), Facts(seats=sat(1, 2, 3, 4)), TODAY)
    assert (same.have, same.missing, same.reached) == (4, ("seat:supervisee", "seat:observer"), False)
    later = Facts(seats=sat(1, 2, 3) + sat(4, seat="supervisee") + sat(5, seat="observer"))
    assert count_of(sessions(3, "each"), later, TODAY).reached_on == day(5)


def test_different_months() -> None:
    step = sessions(3, different_months=2)
    assert count_of(step, Facts(seats=sat(1, 2, 3)), TODAY).missing == ("months",)
    assert count_of(step, Facts(seats=sat(1, 2, 3, 40)), TODAY).reached_on == day(40)


def test_what_is_too_old_no_longer_counts() -> None:
    step = sessions(2, max_age_months=9)
    edge = months_before(TODAY, 9)
    seats = [Sat(7, "lead", 1, edge), Sat(7, "lead", 2, edge - dt.timedelta(days=1))]
    assert count_of(step, Facts(seats=seats), TODAY).have == 1


def taken(*days: int, of: int = 3, kind: str = "workshop", **more: object) -> EventTaken:
    return EventTaken(**{"kind": kind, "event_id": 1, "days": of, "attended": tuple(map(day, days)), **more})


def test_days_of_trainings() -> None:
    step = StepSpec(1, 1, "training", 3, "day", training_event="workshop")
    facts = Facts(events=[taken(1, 2), taken(2, 9, event_id=2), taken(30, kind="other")])
    count = count_of(step, facts, TODAY)
    assert (count.have, count.reached_on) == (3, day(9))


def test_days_by_percentage() -> None:
    step = StepSpec(1, 1, "training", 16, "day", training_event="course", percent=80)
    assert count_of(step, Facts(events=[taken(*range(12), of=16, kind="course")]), TODAY).need == 13
    assert not count_of(step, Facts(events=[taken(*range(12), of=16, kind="course")]), TODAY).reached
    assert count_of(step, Facts(events=[taken(*range(13), of=16, kind="course")]), TODAY).reached_on == day(12)


@pytest.mark.parametrize(("attended", "percent", "whole"), [(3, None, 1), (2, None, 0), (2, 60, 1), (2, 67, 0)])
def test_whole_trainings(attended: int, percent: int | None, whole: int) -> None:
    step = StepSpec(1, 1, "training", 1, "event", training_event="workshop", percent=percent)
    assert count_of(step, Facts(events=[taken(*range(attended))]), TODAY).have == whole


def test_a_consultation_day_led_by_ones_own_supervisor_does_not_count() -> None:
    step = StepSpec(1, 1, "training", 1, "day", training_event="workshop", independent_leader=True)
    assert count_of(step, Facts(events=[taken(1, independent_leader=False)]), TODAY).have == 0
    assert count_of(step, Facts(events=[taken(1)]), TODAY).reached


def forms(*parts: str) -> Facts:
    return Facts(forms=[FormIn(3, number, part, day(number)) for number, part in enumerate(parts)])


def test_forms_by_part() -> None:
    step = StepSpec(1, 1, "evaluation", 4, "form", checklist_id=3, parts=(("self", 2), ("co_leader", 2)))
    count = count_of(step, forms("self", "self", "self", "co_leader"), TODAY)
    assert (count.have, count.need, count.missing) == (3, 4, ("part:co_leader",))
    assert count_of(step, forms("self", "self", "co_leader", "co_leader"), TODAY).reached_on == day(3)


def test_one_form_from_each_side() -> None:
    step = StepSpec(1, 1, "evaluation", 1, "form", checklist_id=3, parts=(("self", 1), ("other", 1)))
    assert count_of(step, forms("self", "self"), TODAY).missing == ("part:other",)
    assert count_of(step, forms("self", "observer"), TODAY).reached


def test_a_session_counts_once_its_form_is_in() -> None:
    step = sessions(2, checklist_id=3, each_with_form=True)
    seats = [Sat(7, "lead", number, day(number)) for number in (1, 2, 3)]
    filled = [FormIn(3, 90, "self", day(1), "session:1"), FormIn(4, 91, "self", day(2), "session:2")]
    count = count_of(step, Facts(seats=seats, forms=filled), TODAY)
    assert (count.have, count.lacking, count.reached) == (1, 2, False)
    both = [*filled, FormIn(3, 92, "self", day(3), "session:3"), FormIn(3, 93, "self", day(3), "day:3")]
    count = count_of(step, Facts(seats=seats, forms=both), TODAY)
    assert (count.have, count.lacking, count.reached_on) == (2, 1, day(3))


def test_a_form_with_open_points_does_not_count() -> None:
    step = StepSpec(1, 1, "checklist", 1, "checklist", checklist_id=3, no_open_points=True)
    still_open = FormIn(3, 90, "self", day(1), open_points=True)
    count = count_of(step, Facts(forms=[still_open]), TODAY)
    assert (count.have, count.lacking, count.reached) == (0, 1, False)
    settled = FormIn(3, 91, "self", day(5))
    assert count_of(step, Facts(forms=[still_open, settled]), TODAY).reached_on == day(5)


def test_a_training_led_by_another_role_does_not_count() -> None:
    step = StepSpec(1, 1, "training", 1, "day", training_event="workshop", led_by=("trainer",))
    mentor, trainer = frozenset({"mentor"}), frozenset({"mentor", "trainer"})
    assert count_of(step, Facts(events=[taken(1, leader_roles=mentor)]), TODAY).have == 0
    assert count_of(step, Facts(events=[taken(1, leader_roles=trainer)]), TODAY).have == 1


def test_the_same_day_months_before() -> None:
    assert months_before(dt.date(2026, 5, 31), 3) == dt.date(2026, 2, 28)


STEPS = [
    StepSpec(1, 1, "prerequisite", 1, "document"),
    sessions(1, id=2, order=2),
    StepSpec(3, 3, "approval", 1, "statement"),
    StepSpec(4, 4, "video_review", 1, "review"),
    StepSpec(5, 5, "approval", 1, "decision"),
]
YES = Decision(True, day(1))


def states(facts: Facts, decisions: dict[int, Decision]) -> list[State]:
    return [rung.state for rung in climb(STEPS, facts, decisions, TODAY)]


def test_approvals_are_gates() -> None:
    done, waits, shut, on = State.DONE, State.WAITS, State.SHUT, State.GOES_ON
    assert states(Facts(), {}) == [waits, on, shut, shut, shut]
    assert states(Facts(), {1: YES}) == [done, on, shut, shut, shut]
    reached = Facts(seats=sat(1))
    assert states(reached, {1: YES}) == [done, done, waits, shut, shut]
    assert states(reached, {1: YES, 3: YES}) == [done, done, done, waits, shut]
    assert states(reached, {1: YES, 3: YES, 4: YES}) == [done, done, done, done, waits]
    rungs = climb(STEPS, Facts(), {}, TODAY)
    assert [rung.opens_after for rung in rungs] == [(), (), (1, 2), (3,), (1, 2, 3, 4)]
    assert [rung.step.order for rung in next_rungs(rungs)] == [1, 2, 3, 4, 5]


def test_sent_back_until_it_is_answered() -> None:
    assert states(Facts(), {1: Decision(False, day(1))})[0] is State.SENT_BACK
    assert states(Facts(), {1: Decision(False, day(1), answered=True)})[0] is State.WAITS


def test_history_stands_for_a_computed_step() -> None:
    assert states(Facts(), {2: YES})[1] is State.DONE


def test_numbers() -> None:
    assert [prefix(key, 2026) for key in ("dua", "peer_coaching", "kollegaveiledning")] == [
        "DUA-2026-",
        "PC-2026-",
        "KOL-2026-",
    ]
    assert next_number("", "DUA-2026-") == "DUA-2026-0001"
    assert next_number("DUA-2026-0099", "DUA-2026-") == "DUA-2026-0100"
    assert next_number("DUA-2026-9999", "DUA-2026-") == "DUA-2026-10000"
