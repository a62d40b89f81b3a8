"""What happens in the demo's networks: one of each situation that a page must show."""

from __future__ import annotations

import datetime as dt

from coaches.actions.moves import cover_placement
from coaches.actions.places import place_supervisee
from coaches.actions.profiles import note_absence
from onboarding.demo.network import Made
from onboarding.demo.sessions import Meeting, hold, plan
from onboarding.demo.talk import COLLEAGUE_NB, DUA_DA, DUA_NB, PAIR_NB, PEERS_DA, Talk
from programmes.actions.memberships import add_membership, end_membership
from programmes.actions.organisations import add_organisation, move_organisation
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
    """The Norwegian network: a coach with a full history, one who has not met for long, one away, a pair, a weekly
    hour."""
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
    _groups(made, "tor", ("per", "thi", "knut"), (98, 70, 56), DUA_NB, 9)
    _groups(made, "laila", ("hege", "sigrid", "jan"), (37, 23, 9), DUA_NB, 10)
    _groups(made, "vegard", ("tiril",), (40, 26, 12), DUA_NB[3:], 14)
    _groups(made, "berit", ("biret", "mikkel"), (43, 29, 15), DUA_NB, 11)
    plan(made, Meeting("dua", "peer_coach_group", "laila", ("hege", "sigrid", "jan"), _workday(made, -5), 10))
    _mentors_in_solvik(made)
    _away_in_solvik(made)
    _colleagues_in_solvik(made)
    _moved_in_solvik(made)


def _groups(
    made: Made, coach: str, people: tuple[str, ...], days: tuple[int, ...], talks: tuple[Talk, ...], hour: int
) -> None:
    """A coach's sessions with the same people, so many days ago, each with other words."""
    for number, days_ago in enumerate(days):
        meeting = Meeting(
            "dua", "peer_coach_group", coach, people, _workday(made, days_ago), hour, talks=_turned(talks, number)
        )
        hold(made, meeting)


def _mentors_in_solvik(made: Made) -> None:
    """Each mentor with their peer coaches; Liv, who learns to be one, sits in."""
    rule = "supervision_of_peer_coaches"
    for number, days_ago in enumerate((170, 105, 40)):
        coaches = Meeting(
            "dua", rule, "bente", ("ragnhild", "laila"), _workday(made, days_ago), 9,
            talks=_turned(DUA_NB, number + 1), co_lead="liv" if days_ago < 110 else "",
        )  # fmt: skip
        hold(made, coaches)
    plan(made, Meeting("dua", rule, "bente", ("ragnhild", "laila"), _workday(made, -17), 9))
    for number, days_ago in enumerate((120, 60)):
        hold(
            made,
            Meeting("dua", rule, "gro", ("kjell", "torunn", "tor", "vegard"), _workday(made, days_ago), 13,
                    talks=_turned(DUA_NB, number)),
        )  # fmt: skip
    hold(made, Meeting("dua", rule, "ante", ("berit",), _workday(made, 55), 12, talks=DUA_NB[1:2]))
    plan(made, Meeting("dua", rule, "ante", ("berit",), _workday(made, -12), 12))


def _away_in_solvik(made: Made) -> None:
    """Torunn is away: one of his two has a stand-in, the other waits for one."""
    torunn, rule = made.people["torunn"], made.rule("dua", "peer_coach_group")
    placements = [
        place_supervisee(
            by=made.coordinator, coach=torunn, supervisee=made.people[key], rule=rule, started_on=made.before(180)
        )
        for key in ("oda", "gunnar")
    ]
    _groups(made, "torunn", ("oda", "gunnar"), (54, 40, 26), DUA_NB[2:], 15)
    note_absence(by=torunn, person=torunn, starts_on=made.before(12), ends_on=made.before(-40))
    cover_placement(
        by=made.coordinator, placement=placements[0], stand_in=made.people["laila"], until=made.before(-40)
    )


def _colleagues_in_solvik(made: Made) -> None:
    """A weekly hour that goes round, supervision of those who lead it, and a pair who coach each other."""
    for number, days_ago in enumerate((50, 36, 22)):
        hour = Meeting(
            "kollegaveiledning", "weekly_hour", "silje", ("mohamed",), _workday(made, days_ago), 14,
            talks=_turned(COLLEAGUE_NB, number),
        )  # fmt: skip
        hold(made, hour)
    grete = Meeting("kollegaveiledning", "weekly_hour", "silje", ("grete",), _workday(made, 8), 14)
    hold(made, Meeting(**{**vars(grete), "talks": COLLEAGUE_NB[2:]}))
    plan(made, Meeting("kollegaveiledning", "weekly_hour", "silje", ("grete",), _workday(made, -5), 14))
    hold(
        made,
        Meeting(
            "kollegaveiledning", "supervision_of_supervisors", "siri", ("silje", "yngve"), _workday(made, 47), 10,
            talks=COLLEAGUE_NB[1:],
        ),
    )  # fmt: skip
    for number, days_ago in enumerate((87, 73, 59, 45, 31, 17)):
        pair = Meeting(
            "peer_coaching", "pair", "silje", ("mohamed",), _workday(made, days_ago), 15, turns=True,
            talks=_turned(PAIR_NB, number),
        )  # fmt: skip
        hold(made, pair)
    plan(made, Meeting("peer_coaching", "pair", "mohamed", ("silje",), _workday(made, -8), 15, turns=True))


def _moved_in_solvik(made: Made) -> None:
    """An organisation that came under a municipality, and somebody who came from another organisation."""
    by, jan = made.coordinator, made.people["jan"]
    nursery = add_organisation(by=by, parent=made.network, name="Åpen barnehage Granlia")
    move_organisation(by=by, organisation=nursery, parent=made.organisations["Solvik kommune"])
    earlier = add_membership(
        by=by, person=jan, role=made.role("dua", "group_leader"), started_on=made.before(500),
        organisation=made.organisations["Fjordtun familietjeneste"],
    )  # fmt: skip
    end_membership(by=by, membership=earlier, ended_on=made.before(120))


def tell_ostjylland(made: Made) -> None:
    """The Danish network: a coach with two leaders, a full one who has not met for long, one who is away, a mentor,
    a coordinator with six peers, a practice guide."""
    for number, days_ago in enumerate((84, 63, 42, 20)):
        meeting = Meeting("dua", "peer_coach_group", "anne", ("jens", "inge"), _workday(made, days_ago), 10)
        hold(made, Meeting(**{**vars(meeting), "talks": _turned(DUA_DA, number)}))
    ahead = plan(made, Meeting("dua", "peer_coach_group", "anne", ("jens", "inge"), _workday(made, -4), 10))
    answer(session=ahead, by=made.people["inge"], reply="yes")
    bring_question(session=ahead, by=made.people["inge"], question=DUA_DA[1].question)
    _groups(made, "bent", ("karen", "rasmus", "sofie", "ali"), (75, 54, 33), DUA_DA, 13)
    _groups(made, "ulla", ("henrik",), (61, 40, 19), DUA_DA[2:], 9)
    ulla = made.people["ulla"]
    note_absence(by=ulla, person=ulla, starts_on=made.before(6), ends_on=made.before(-30))
    rule = "supervision_of_peer_coaches"
    for number, days_ago in enumerate((118, 52)):
        coaches = Meeting("dua", rule, "lars", ("anne", "bent", "ulla"), _workday(made, days_ago), 12)
        hold(made, Meeting(**{**vars(coaches), "talks": _turned(DUA_DA, number + 1)}))
    plan(made, Meeting("dua", rule, "lars", ("anne", "bent", "ulla"), _workday(made, -11), 12))
    peers = ("mette", "soren", "yasmin", "bo", "lone", "nadia")
    for number, days_ago in enumerate((58, 44, 30, 16)):
        group = Meeting("peer_training", "peer_group", "jytte", peers, _workday(made, days_ago), 16)
        talks = _turned(PEERS_DA, number) * 3
        hold(made, Meeting(**{**vars(group), "talks": talks, "absent": ("bo",) if number == 1 else ()}))
    plan(made, Meeting("peer_training", "peer_group", "jytte", peers, _workday(made, -2), 16))
    for number, days_ago in enumerate((22, 15, 8)):
        guided = Meeting("peer_training", "practice_period", "gitte", ("finn",), _workday(made, days_ago), 9)
        hold(made, Meeting(**{**vars(guided), "talks": _turned(PEERS_DA, number)}))
    plan(made, Meeting("peer_training", "practice_period", "gitte", ("finn",), _workday(made, -6), 9))
