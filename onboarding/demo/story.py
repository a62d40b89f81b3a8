"""What happens in the demo's networks: one of each situation that a page must show."""

from __future__ import annotations

import datetime as dt

from onboarding.demo.network import Made
from onboarding.demo.sessions import Meeting, hold, plan
from onboarding.demo.talk import COLLEAGUE_NB, DUA_DA, DUA_NB, PAIR_NB, PEERS_DA, Talk
from supervision.actions.replies import answer, bring_question

ROOM = "Solvik familiesenter, rom 2"


def _turned(talks: tuple[Talk, ...], by: int) -> tuple[Talk, ...]:
    """The same talks, one further on: who said what changes from session to session."""
    return talks[by % len(talks) :] + talks[: by % len(talks)]


def _workday(made: Made, days_ago: int) -> int:
    """The same or an earlier day that is no Saturday or Sunday (ahead: a later one)."""
    day = made.before(days_ago)
    step = 1 if days_ago > 0 else -1
    while day.weekday() >= 5:
        day -= dt.timedelta(days=step)
        days_ago += step
    return days_ago


def tell_solvik(made: Made) -> None:
    """The Norwegian network: a coach with a full history, one who has not met for long, a pair, a weekly hour."""
    three = ("ingrid", "jonas", "maret")
    for number, days_ago in enumerate(range(166, 11, -14)):
        meeting = Meeting(
            "dua", "peer_coach_group", "ragnhild", three, _workday(made, days_ago), place=ROOM,
            talks=_turned(DUA_NB, number),
        )  # fmt: skip
        hold(made, meeting, finished=days_ago != 26)
    ahead = plan(made, Meeting("dua", "peer_coach_group", "ragnhild", three, _workday(made, -3), place=ROOM))
    for key, talk in (("ingrid", DUA_NB[0]), ("maret", DUA_NB[2])):
        answer(session=ahead, by=made.people[key], reply="yes")
        bring_question(session=ahead, by=made.people[key], question=talk.question)
    for days_ago in (98, 70, 56):
        meeting = Meeting("dua", "peer_coach_group", "tor", ("per", "thi", "knut"), _workday(made, days_ago), 9)
        hold(made, Meeting(**{**vars(meeting), "talks": DUA_NB}))
    hold(made, Meeting("dua", "peer_coach_group", "laila", ("hege",), _workday(made, 9), 10, talks=DUA_NB[1:2]))
    for days_ago in (170, 105, 40):
        talks = (DUA_NB[1], DUA_NB[2])
        coaches = Meeting(
            "dua", "supervision_of_peer_coaches", "bente", ("ragnhild", "laila"), _workday(made, days_ago), 9,
            talks=talks, co_lead="liv" if days_ago < 110 else "",
        )  # fmt: skip
        hold(made, coaches)
    plan(made, Meeting("dua", "supervision_of_peer_coaches", "bente", ("ragnhild", "laila"), _workday(made, -17), 9))
    for days_ago in (50, 36, 22):
        hour = Meeting("kollegaveiledning", "weekly_hour", "silje", ("mohamed",), _workday(made, days_ago), 14)
        hold(made, Meeting(**{**vars(hour), "talks": COLLEAGUE_NB}))
    plan(made, Meeting("kollegaveiledning", "weekly_hour", "silje", ("grete",), _workday(made, -5), 14))
    for days_ago in (45, 31, 17):
        pair = Meeting("peer_coaching", "pair", "silje", ("mohamed",), _workday(made, days_ago), 15, turns=True)
        hold(made, Meeting(**{**vars(pair), "talks": PAIR_NB}))
    plan(made, Meeting("peer_coaching", "pair", "mohamed", ("silje",), _workday(made, -8), 15, turns=True))


def tell_ostjylland(made: Made) -> None:
    """The Danish network: a coach with two leaders, a coordinator with six peers, a practice guide."""
    for number, days_ago in enumerate((84, 63, 42, 20)):
        meeting = Meeting("dua", "peer_coach_group", "anne", ("jens", "inge"), _workday(made, days_ago), 10)
        hold(made, Meeting(**{**vars(meeting), "talks": _turned(DUA_DA, number)}))
    plan(made, Meeting("dua", "peer_coach_group", "anne", ("jens", "inge"), _workday(made, -4), 10))
    peers = ("mette", "soren", "yasmin", "bo", "lone", "nadia")
    for number, days_ago in enumerate((58, 44, 30, 16)):
        group = Meeting("peer_training", "peer_group", "jytte", peers, _workday(made, days_ago), 16)
        talks = _turned(PEERS_DA, number) * 3
        hold(made, Meeting(**{**vars(group), "talks": talks, "absent": ("bo",) if number == 1 else ()}))
    plan(made, Meeting("peer_training", "peer_group", "jytte", peers, _workday(made, -2), 16))
    hold(made, Meeting("peer_training", "practice_period", "gitte", ("finn",), _workday(made, 8), 9, talks=PEERS_DA))
