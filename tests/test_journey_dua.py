"""The main job of `dua` in a real browser, from a spreadsheet to a certificate that is withdrawn."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from certification.models import Candidacy, Certificate
from checklists.models import ChecklistVersion
from onboarding.demo.cast import SOLVIK
from onboarding.demo.ladder_story import climb_in_solvik
from onboarding.demo.network import make_network
from onboarding.demo.story import tell_solvik
from programmes.models import SupervisionRule
from supervision.models import Feedback, Goal, SupervisionSession
from tests.walk import Walker, calendar_of, letters

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHEET = Path(__file__).parent / "data" / "new-leaders.csv"
MONDAY = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
OWN_PASSWORD = "tolv-grader-og-sol-i-vest"
GOAL = "Telle stille til fem før jeg svarer"
STRENGTH = "Du ga foreldrene tid til å tenke."
CONFIDENTIAL = "Hvordan får jeg de stille med?"


@pytest.fixture
def clock() -> Iterator[Any]:
    """Monday at nine in Oslo; the demo's Norwegian network is made that day."""
    with time_machine.travel(MONDAY, tick=True) as traveller:
        solvik = make_network(SOLVIK, timezone.localdate())
        tell_solvik(solvik)
        climb_in_solvik(solvik)
        yield traveller


def test_from_a_spreadsheet_to_a_withdrawn_certificate(open_page: Any, clock: Any) -> None:
    def visitor() -> Walker:
        return Walker(open_page())

    sunniva = spreadsheet_in(visitor())
    first_sign_in(visitor(), sunniva)
    placed_with_kjell(visitor().sign_in("kari@solvik.example"), sunniva)
    session = planned_by_kjell(visitor().sign_in("kjell@solvik.example"), sunniva)
    told_by_mail(clock, session, sunniva)
    recorded(visitor().sign_in("kjell@solvik.example"), session)
    leader = visitor().sign_in(sunniva.email, OWN_PASSWORD)
    assert GOAL in leader.go("/goals/").text
    assert STRENGTH in leader.go("/feedback/").text
    checklists_compared(leader, visitor().sign_in("kjell@solvik.example"))
    certificate = decided_by_ante(visitor().sign_in("ante@solvik.example"))
    verified_then_withdrawn(visitor(), visitor().sign_in("ante@solvik.example"), certificate)


def spreadsheet_in(kari: Walker) -> User:
    """The coordinator reads the sheet, says yes, and says yes once more to the invitations."""
    kari.sign_in("kari@solvik.example").go("/import/")
    kari.send(file=SHEET)
    assert not User.objects.filter(email="sunniva@solvik.example").exists(), "nothing is saved before the yes"
    kari.send("form[action$='/start/'] button")
    call_command("send_due")
    kari.page.reload()
    kari.follow("/invite/").send()
    call_command("send_due")
    return User.objects.get(email="sunniva@solvik.example")


def first_sign_in(visitor: Walker, person: User) -> None:
    """The link in the invitation, and a password of one's own."""
    link = re.search(r"https?://[^/\s]+(/invitation/\S+/)", letters(person.email)[0].body)
    visitor.go(link[1]).send(password=OWN_PASSWORD, again=OWN_PASSWORD)
    assert visitor.page.url.endswith("/")


def placed_with_kjell(kari: Walker, person: User) -> None:
    """A coach who offers two places and has nobody yet."""
    kjell = User.objects.get(email="kjell@solvik.example")
    kari.go(f"/people/{person.pk}/").follow("/placements/new/")
    kari.send(coach=kjell.pk)
    assert kjell.name in kari.go(f"/people/{person.pk}/").text


def planned_by_kjell(kjell: Walker, person: User) -> SupervisionSession:
    """Wednesday at one, with the new group leader."""
    rule = SupervisionRule.objects.get(key="peer_coach_group", programme__network__name=SOLVIK.name)
    kjell.go(f"/sessions/plan/?rule={rule.pk}")
    kjell.send(day="2026-03-04", time="13:00", place="Rom 2", supervisees=[str(person.pk)])
    return SupervisionSession.objects.latest("pk")


def told_by_mail(clock: Any, session: SupervisionSession, person: User) -> None:
    """The invitation now, the reminder a day before, both with the same calendar entry."""
    call_command("send_due")
    invitation = letters(person.email)[-1]
    clock.move_to(session.starts_at - dt.timedelta(hours=23))
    call_command("send_due")
    reminder = letters(person.email)[-1]
    assert reminder is not invitation
    entries = [calendar_of(letter) for letter in (invitation, reminder)]
    assert all("METHOD:REQUEST" in entry and "DTSTART" in entry for entry in entries)
    assert len({re.search(r"UID:(\S+)", entry)[1] for entry in entries}) == 1
    clock.move_to(session.starts_at + dt.timedelta(minutes=90))


def recorded(kjell: Walker, session: SupervisionSession) -> None:
    """All ten steps; nothing of what was said is in any mail."""
    kjell.go(f"/sessions/{session.pk}/").follow("/record/")
    kjell.unfold()
    person = session.attendances.get(seat="supervisee").person_id
    own = {
        "question-question_text": CONFIDENTIAL,
        "reflection-reflection_note": "Jeg svarer for fort selv.",
        "practice-practice_done": "yes",
    }
    for name, value in own.items():
        kjell.fill(**{f"{name}-1-{person}": value})
    kjell.fill(**{f"positive_feedback-strengths-1-{person}-0": STRENGTH})
    kjell.fill(**{f"problem_solving-options-1-{person}-0": "Snakke i par først"})
    kjell.fill(**{f"problem_solving-options-1-{person}-chosen": "0"})
    kjell.fill(**{name: GOAL for name in kjell.names() if name.endswith("behaviour_i_will_try")})
    quiet = ("previous_goal", "video", "checklists", "quality_tools")
    kjell.fill(**{name: True for name in kjell.names() if name.startswith(quiet) and name.endswith("-done")})
    kjell.send(".savebar button[value=finish]")
    session.refresh_from_db()
    assert session.state == SupervisionSession.State.FINISHED
    assert (Goal.objects.get(set_in=session).text, Feedback.objects.get(session=session).strength) == (GOAL, STRENGTH)
    call_command("send_due")
    assert not [one for one in letters(session.attendances.get(seat="supervisee").person.email) if GOAL in one.body]


def checklists_compared(leader: Walker, coach: Walker) -> None:
    """The same meeting, rated by both; seen side by side once both are sent in."""
    leader.go("/groups/").follow("/groups/start/")
    leader.send(name="Torsdagsgruppa", variant="preschool_prevention", started_on="2026-03-03")
    leader.follow("/meetings/note/").send(number=1, held_on="2026-03-03", attended=8)
    for walker in (leader, coach):
        rate(walker)
    assert coach.page.locator("main a[href$='/compare/']").count() == 1
    coach.follow("/compare/")
    leader.page.reload()
    leader.follow("/compare/")
    assert leader.page.locator("main .chart, main figure").count()


def rate(walker: Walker) -> None:
    """The process checklist about the group's first meeting: the first answer everywhere."""
    process = ChecklistVersion.objects.get(
        checklist__key="process", checklist__programme__network__name=SOLVIK.name, state="published"
    )
    walker.go(f"/checklists/start/{process.pk}/")
    meeting = walker.page.locator("main [name=about] option").filter(has_text="Torsdagsgruppa")
    walker.send(about=meeting.first.get_attribute("value"))
    for item in walker.page.locator("main .item[data-scaled]").all():
        item.locator("label").first.click()
    walker.send(".savebar button[value=finish]")


def decided_by_ante(ante: Walker) -> Certificate:
    """The last open step of Ragnhild, decided by a mentor who never supervised her; the clock makes the paper."""
    candidacy = Candidacy.objects.get(person__email="ragnhild@solvik.example")
    ante.go("/ladder/decisions/").follow(f"/ladder/{candidacy.pk}/")
    ante.send(decided_on="2026-03-04", ground="Alle trinn er nådd.")
    certificate = Certificate.objects.get(candidacy=candidacy)
    call_command("send_due")
    ante.go(f"/certificates/{certificate.pk}/")
    paper = ante.page.request.get(f"/certificates/{certificate.pk}/pdf/")
    assert paper.body().startswith(b"%PDF-")
    assert letters("ragnhild@solvik.example")
    return certificate


def verified_then_withdrawn(stranger: Walker, ante: Walker, certificate: Certificate) -> None:
    """Anyone can check it, with nothing but the code."""
    stranger.go("/verify/").send(code=certificate.code)
    assert stranger.page.locator(".verdict-valid").count() == 1
    assert "Ragnhild Sæther" in stranger.text
    ante.go(f"/certificates/{certificate.pk}/").follow("/withdraw/").send(reason="Utstedt ved en feil.")
    stranger.go(f"/verify/{certificate.code}/")
    assert stranger.page.locator(".verdict-withdrawn").count() == 1
    assert "Ragnhild Sæther" not in stranger.text
