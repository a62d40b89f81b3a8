"""Every step of every ladder of every pack: counted or decided, by whom, and the sentence that says so.

The table is written down, not computed: a changed pack or a changed rule shows here, line by line.
"""

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from certification import wording
from certification.actions.checks import check_may_decide
from certification.actions.decide import Ruling, approve_step
from certification.actions.issue import issue_certificate
from certification.actions.papers import make_waiting_papers
from certification.counting import Way
from certification.models import Candidacy, Certificate, Step, Track, TrackVersion
from certification.progress import Rung, State
from certification.readers.climbs import Climb
from certification.tests.factories import Hall, fill_computed, fresh, installed, session
from common.errors import DomainError, NotAllowed
from common.texts import in_language

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-22 12:00", tick=False)]

# "key way": counted. "key role": decided by that role; "!" asks for independence, "(outside)" records for outside.
TABLE = {
    ("dua", "group_leader"): [
        "agreement local_coordinator",
        "background manager",
        "workshop days",
        "groups peer_coach",
        "attendance_lists peer_coach",
        "content_checklists peer_coach",
        "process_checklists forms",
        "self_peer_evaluations forms",
        "parent_evaluations peer_coach",
        "supervision sessions",
        "consultation days",
        "recommendation peer_coach",
        "video_review mentor!",
        "application regional_office",
        "decision regional_office (outside)",
    ],
    ("dua", "peer_coach"): [
        "certified mentor",
        "experience mentor",
        "suitability manager",
        "basic_training days",
        "own_sessions sessions",
        "supervised sessions",
        "structure_checklists forms",
        "video mentor!",
        "supervisee_feedback mentor",
        "network days",
        "decision mentor",
    ],
    ("dua", "mentor"): [
        "certificates trainer",
        "extensive_practice trainer",
        "consultation days",
        "nomination trainer",
        "recent_video trainer",
        "apprenticeship events",
        "supervision_practice sessions",
        "reliability trainer",
        "workshop_led trainer",
        "decision regional_office (outside)",
    ],
    ("dua", "trainer"): [
        "mentor regional_office (outside)",
        "record regional_office (outside)",
        "international regional_office (outside)",
        "invitation regional_office (outside)",
    ],
    ("kollegaveiledning", "confident_supervisor"): [
        "role_clarified unit_manager",
        "training days",
        "practice_all_roles sessions",
        "self_before forms",
        "own_sessions sessions",
        "observed forms",
        "supervisee_feedback process_facilitator",
        "competence_plan unit_manager",
        "approval unit_manager",
    ],
    ("kollegaveiledning", "unit_in_operation"): [
        "goals unit_manager",
        "form unit_manager",
        "hour unit_manager",
        "supervisors unit_manager",
        "coverage quality_adviser",
        "review quality_adviser",
    ],
    ("peer_training", "volunteer"): [
        "intro_talk coordinator",
        "introduction events",
        "weekend days",
        "agreement coordinator",
        "first_tasks coordinator",
        "supervision sessions",
        "self_assessment forms",
        "certificate coordinator",
    ],
    ("peer_training", "paid_16_days"): [
        "role_star_before manager",
        "course days",
        "shared_day days",
        "learning_log peer_trainer",
        "story peer_trainer",
        "supervision sessions",
        "competence forms",
        "role_star_after manager",
        "certificate professional_trainer",
    ],
    ("peer_training", "paid_13_weeks"): [
        "admission peer_trainer",
        "course professional_trainer",
        "learning_log peer_trainer",
        "practice practice_guide",
        "follow_up peer_trainer",
        "competence forms",
        "certificate professional_trainer",
    ],
    ("peer_training", "ready_workplace"): [
        "function manager",
        "star manager",
        "colleagues days",
        "readiness forms",
    ],
    ("peer_coaching", "peer_coach_badge"): [
        "intro events",
        "agreement programme_owner",
        "as_coach sessions",
        "as_coachee sessions",
        "goals programme_owner",
        "observation forms",
        "self_reflection forms",
        "partner_feedback forms",
        "badge programme_owner",
    ],
}
PACKS = ("dua", "kollegaveiledning", "peer_training", "peer_coaching")
LANGUAGES = ("nb", "da", "en")


def ladders(hall: Hall) -> list[Climb]:
    """Somebody, or an organisation, at the foot of each ladder of the pack."""
    found = []
    for track in Track.objects.filter(programme=hall.programme).order_by("order"):
        wants = track.versions.get().candidate
        role = next(role.key for role in hall.roles.values() if role.kind == "group_leader")
        who = hall.office if wants == "organisation" else hall.member(role, name=f"Candidate of {track.key}")
        found.append(fresh(hall.candidacy(track.key, who)))
    return found


def holders(hall: Hall) -> dict[str, User]:
    """One person for each role, named after it."""
    return {key: hall.member(key, hall.top, name=f"Holder of {key}") for key in hall.roles}


def decider(step: Step) -> str:
    """The role that decides the step, or records what is decided outside."""
    return step.approver_role.key if step.approver_role else step.version.recorded_by


def decided(climb: Climb) -> list[tuple[Rung, Step]]:
    """The rungs that are decided, with their steps."""
    return [(rung, climb.steps[rung.step.id]) for rung in climb.rungs if rung.way is Way.DECIDED]


def line(rung: Rung, step: Step) -> str:
    """One line of the table."""
    if rung.way is not Way.DECIDED:
        return f"{step.key} {rung.way.value}"
    outside = "" if step.approver_role else " (outside)"
    return f"{step.key} {decider(step)}{outside}{'!' if step.independent else ''}"


@pytest.mark.parametrize("key", PACKS)
def test_counted_or_decided_and_by_whom(key: str) -> None:
    found = {
        (key, climb.candidacy.track.key): [line(rung, climb.steps[rung.step.id]) for rung in climb.rungs]
        for climb in ladders(installed(key))
    }
    assert found == {name: lines for name, lines in TABLE.items() if name[0] == key}


@pytest.mark.parametrize("key", PACKS)
def test_every_step_has_its_sentence_in_every_language(key: str) -> None:
    """What is missing, who must act (the role where nobody holds it, then the person), and what then."""
    hall = installed(key)
    empty = [(climb, "") for climb in ladders(hall)]
    people = holders(hall)
    for climb, after in [*empty, *((fresh(one.candidacy), "Holder of ") for one, _none in empty)]:
        for rung in climb.rungs:
            step = climb.steps[rung.step.id]
            waiting = replace(rung, state=State.WAITS) if rung.way is Way.DECIDED else rung
            for language in LANGUAGES:
                with translation.override(language):
                    said = climb.said(rung, None)
                    text = wording.sentence(waiting, said, "the next step")
                assert "%(" not in text
                assert "the next step" in text
                assert len(text.split()) > 6
                if rung.way is Way.DECIDED:
                    role = hall.roles[decider(step)]
                    named = people[role.key].name if after else in_language(role.names, language)
                    # A ladder for people with the deciding role's own name needs that name, never a key.
                    assert named in text, (step.key, language, text)


@pytest.mark.parametrize("key", PACKS)
def test_nobody_decides_about_themselves_or_without_the_role(key: str) -> None:
    hall = installed(key)
    people = holders(hall)
    for climb in ladders(hall):
        candidate = climb.candidacy.person
        for _rung, step in decided(climb):
            role = decider(step)
            if candidate is not None:
                hall.member(role, hall.top, person=candidate)
                with pytest.raises(NotAllowed) as refused:
                    check_may_decide(fresh(climb.candidacy), step, candidate)
                assert refused.value.code == "oneself"
                assert people[role].name in str(refused.value), "the page says who can"
                candidate.memberships.filter(role=hall.roles[role]).delete()
            other = next(one for name, one in people.items() if name != role)
            with pytest.raises(NotAllowed) as refused:
                check_may_decide(climb, step, other)
            assert refused.value.code == "role"
            check_may_decide(fresh(climb.candidacy), step, people[role])


def test_ones_own_supervisor_is_refused_where_independence_is_asked() -> None:
    hall = installed("dua")
    own, other = hall.member("mentor", name="Own Mentor"), hall.member("mentor", name="Other Mentor")
    for track in ("group_leader", "peer_coach"):
        candidate = hall.member("peer_coach")
        candidacy = hall.candidacy(track, candidate, "toddler")
        session(hall, "supervision_of_peer_coaches", dt.date(2026, 3, 1), {"lead": [own], "supervisee": [candidate]})
        climb = fresh(candidacy)
        for _rung, step in decided(climb):
            if step.independent:
                with pytest.raises(NotAllowed) as refused:
                    check_may_decide(climb, step, own)
                assert refused.value.code == "independence"
                assert "Other Mentor" in str(refused.value)
                assert "Own Mentor" not in str(refused.value)
                check_may_decide(climb, step, other)


def outside(candidacy: Candidacy, by: User, deciders: dict[str, User]) -> Certificate:
    """Each decided step by the role that it names, what is decided outside with the office's number, then the
    certificate with theirs."""
    ruling = Ruling(decided_on=dt.date(2026, 10, 1), ground="Letter from the office.", outside_number="Letter 44")
    climb = fresh(candidacy)
    for _rung, step in decided(climb):
        if climb.final is not None and step.pk == climb.final.pk:
            continue
        inside = step.approver_role is not None
        mine = replace(ruling, outside_number="") if inside else ruling
        record = approve_step(candidacy=candidacy, step=step, ruling=mine, by=deciders[decider(step)])
        assert (record.decided_on, record.outside_number) == (ruling.decided_on, "" if inside else "Letter 44")
        assert record.decided_by == deciders[decider(step)]
    for somebody in {*deciders.values()} - {by}:
        with pytest.raises(NotAllowed):
            issue_certificate(candidacy=candidacy, ruling=replace(ruling, outside_number="IY-778"), by=somebody)
    with pytest.raises(DomainError, match="number"):
        issue_certificate(candidacy=candidacy, ruling=replace(ruling, outside_number=" "), by=by)
    return issue_certificate(candidacy=candidacy, ruling=replace(ruling, outside_number="IY-778"), by=by)


OUTSIDE = sorted({track for (_pack, track), lines in TABLE.items() for line in lines if line.endswith("(outside)")})


def test_three_ladders_end_outside() -> None:
    assert OUTSIDE == ["group_leader", "mentor", "trainer"]


@pytest.mark.parametrize("track", OUTSIDE)
def test_decisions_outside_are_recorded_with_day_and_number(track: str, client: Client, time_machine) -> None:
    """By the role that the ladder names for it; the certificate has their number and no paper of ours."""
    hall = installed("dua", language="en")
    deciders = holders(hall)
    office = deciders["regional_office"]
    candidacy = hall.candidacy(track, hall.member(TrackVersion.objects.get(track__key=track).for_role), "toddler")
    fill_computed(hall, candidacy, hall.member("peer_coach"))
    certificate = outside(candidacy, office, deciders)
    assert (certificate.number, certificate.origin) == ("IY-778", "outside")
    assert (certificate.issued_on, certificate.issued_by) == (dt.date(2026, 10, 1), office)
    assert make_waiting_papers(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)) == 0
    certificate.refresh_from_db()
    assert certificate.pdf is None
    page = client.get(f"/verify/{certificate.code}/", headers={"accept-language": "en"}).content.decode()
    for part in ("The certificate is valid", "IY-778", "1 October 2026", "(outside this service)"):
        assert part in page
