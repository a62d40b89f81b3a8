"""What becomes of a row: rights, people known elsewhere or by name alone, supervisors, history."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django.utils.timezone import localdate

from accounts.models import AuditEvent, User
from accounts.tests.factories import PersonFactory
from certification.models import Candidacy, Certificate, StepRecord
from coaches.models import EarlierSession, Placement
from notices.models import Notice
from onboarding.actions.import_forget import forget_read
from onboarding.actions.import_read import Look, answer_questions, look_at, store_preview
from onboarding.actions.import_steer import start_import
from onboarding.actions.import_work import work_through
from onboarding.findings import sentence
from onboarding.models import ImportRow, ImportRun
from onboarding.tests.sheets import csv_bytes, member, network, top
from programmes.actions.organisations import add_organisation
from programmes.models import Membership, MembershipRequest, Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.usefixtures("fjordnett")]
WITH_HISTORY = (
    "name,email,organisation,role,phone,since,last session,workshop date,certificate title,certificate variant,"
    "certificate number,certificate date"
)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def home() -> Organisation:
    return network()


@pytest.fixture
def by(home) -> User:
    return top(home)


def look(home: Organisation, by: User, *rows: str, **more: str) -> Look:
    return look_at(content=csv_bytes(*rows, **more), home=home, by=by)


def bring_in(home: Organisation, by: User, *rows: str, answers=None, **more: str) -> ImportRun:
    run = store_preview(look=look(home, by, *rows, **more), filename="list.csv", home=home, by=by)
    if answers:
        answer_questions(run=run, answers=answers, by=by)
    start_import(run=run, by=by)
    work_through()
    run.refresh_from_db()
    return run


def said(found: Look) -> list[str]:
    return [f"{finding.cell} {sentence(finding)}" for row in found.rows for finding in row.findings]


def test_a_coordinator_gives_roles_only_in_the_own_branch(home, by) -> None:
    alta, bodo = (add_organisation(by=by, parent=home, name=name) for name in ("Alta", "Bodø"))
    below = add_organisation(by=by, parent=alta, name="Alta sør")
    coordinator = member(alta, "local_coordinator")
    found = look(
        alta,
        coordinator,
        "A A,a@example.org,Alta,dua,mentor,",
        f"B B,b@example.org,{bodo.name},dua,mentor,",
        "C C,c@example.org,Alta,dua,local_coordinator,",
        f"D D,d@example.org,{below.name},dua,local_coordinator,",
        "E E,e@example.org,Ny enhet,dua,local_coordinator,",
        "F F,f@example.org,Alta,kollegaveiledning,veileder,",
    )
    assert [row.state for row in found.rows] == ["ready", "refused", "refused", "ready", "ready", "refused"]
    lines = said(found)
    assert (
        "C3 Bodø lies outside your own part of the network. Ask the coordinator there, or the one above you." in lines
    )
    assert (
        "E4 You can make somebody a coordinator only below your own organisation. Ask the coordinator above you."
        in lines
    )
    assert "C6 Ny enhet is not there yet. It is made with the import, under Alta." in lines
    assert "D7 “kollegaveiledning” is no programme of this network. Write one of: Incredible Years (DUÅ)." in lines


def test_an_address_of_another_network_becomes_a_request(home, by) -> None:
    stranger = member(network("Elvenett", "peer_coaching"), "trainer", name="Name On File", email="s@example.org")
    row = "Written Name,S@example.org,Alta,dua,mentor,"
    found = look(home, by, row)
    assert "Name On File" not in str([row.findings for row in found.rows])

    run = bring_in(home, by, row)

    assert run.rows.get().state == "done"
    assert MembershipRequest.objects.get().written_name == "Written Name"
    assert not Membership.objects.filter(person=stranger, role__programme__network=home).exists()
    assert Notice.objects.filter(kind="membership_request", recipient=stranger).count() == 1
    again = look(home, by, row)
    assert again.rows[0].state == "same"
    assert any("has been asked already" in line for line in said(again))


def test_without_an_address_a_person_is_known_by_name_role_and_organisation(home, by) -> None:
    row = "Per Uten,,Alta,dua,mentor,"
    bring_in(home, by, row)
    assert look(home, by, row).rows[0].state == "same"
    found = look(home, by, "Per Uten,per@example.org,Alta,dua,mentor,")
    assert found.rows[0].state == "question"
    person = User.objects.get(name="Per Uten")

    bring_in(
        home,
        by,
        "Per Uten,per@example.org,Alta,dua,mentor,",
        answers={"person": {"2": f"person:{person.pk}"}},
    )

    person.refresh_from_db()
    assert person.email == "per@example.org"
    assert User.objects.filter(name="Per Uten").count() == 1


@pytest.mark.parametrize(
    "second",
    [
        "Åse Dahl,,Alta,dua,mentor,",  # twice in one sheet: one row too many, or two people
        "Ase Dahl,,Alta,dua,mentor,",  # another name, that search finds too
        "Åse Dahl,,Alta,dua,group_leader,",
        "Åse Dahl,aase@example.org,Alta,dua,group_leader,",
    ],
)
@pytest.mark.parametrize("there", [False, True])
def test_two_of_one_name_in_one_organisation_are_asked_about(home, by, second, there) -> None:
    """In one sheet, and where the first came with an earlier one."""
    first = "Åse Dahl,,Alta,dua,mentor,"
    if there:
        bring_in(home, by, first)
    rows = [first, second]
    assert [row.state for row in look(home, by, *rows).rows] == ["same" if there else "ready", "question"]
    run = bring_in(home, by, *rows)
    assert User.objects.filter(search_name="ase dahl").count() == 1
    assert run.rows.get(number=3).state == "question"


def test_the_answer_makes_them_one_or_two(home, by) -> None:
    rows = ["Åse Dahl,,Alta,dua,mentor,", "Åse Dahl,aase@example.org,Alta,dua,group_leader,"]
    bring_in(home, by, *rows, answers={"person": {"3": "row:2"}})
    person = User.objects.get(search_name="ase dahl")
    assert (person.email, person.memberships.count()) == ("aase@example.org", 2)
    bring_in(home, by, "Åse Dahl,,Alta,dua,mentor,", answers={"person": {"2": "new"}})
    assert User.objects.filter(search_name="ase dahl").count() == 2


def test_two_roles_without_an_address_are_there_the_second_time(home, by) -> None:
    rows = ["Åse Dahl,,Alta,dua,mentor,", "Åse Dahl,,Alta,dua,group_leader,"]
    bring_in(home, by, *rows, answers={"person": {"3": "row:2"}})
    assert User.objects.get(search_name="ase dahl").memberships.count() == 2
    assert [row.state for row in look(home, by, *rows).rows] == ["same", "same"]


def test_a_namesake_with_an_address_is_not_who_has_none(home, by) -> None:
    bring_in(home, by, "Åse Dahl,aase@example.org,Alta,dua,mentor,")
    found = look(home, by, "Åse Dahl,,Alta,dua,mentor,")
    assert found.rows[0].state == "question"
    assert any("Åse Dahl (aase@example.org) has the same name." in line for line in said(found))


def test_an_answer_holds_when_the_organisation_was_made_meanwhile(home, by) -> None:
    rows = ["A A,a@x.no,Drammen kommune,dua,mentor,", "B B,b@x.no,Dramen kommune,dua,mentor,"]
    rows.append("C C,c@x.no,Drammen kommune,dua,mentor,")
    add_organisation(by=by, parent=home, name="Drammen kommune")
    bring_in(home, by, *rows, answers={"organisation": {"dramen kommune": "name:drammen kommune"}})
    assert set(Organisation.objects.values_list("name", flat=True)) == {"Fjordnett", "Drammen kommune"}
    assert User.objects.get(email="b@x.no").memberships.get().organisation.name == "Drammen kommune"


def test_without_the_column_everybody_comes_to_the_own_organisation(home, by) -> None:
    bring_in(home, by, "A A,mentor", "B B,lokal koordinator", headings="navn,rolle")
    assert User.objects.get(name="A A").memberships.get().organisation == home
    assert not User.objects.filter(name="B B").exists()


def test_two_people_cannot_share_an_address_and_one_may_have_two_roles(home, by) -> None:
    found = look(
        home,
        by,
        "A A,a@example.org,Alta,dua,peer_coach,",
        "B B,a@example.org,Alta,dua,mentor,",
        "A A,a@example.org,Alta,dua,group_leader,",
    )
    assert [row.state for row in found.rows] == ["ready", "refused", "ready"]
    assert any(line.startswith("B3 A A in row 2 has this address too.") for line in said(found))
    bring_in(home, by, "A A,a@example.org,Alta,dua,peer_coach,", "A A,a@example.org,Alta,dua,group_leader,")
    assert User.objects.get(email="a@example.org").memberships.count() == 2


@pytest.mark.parametrize("supervisor", ["oda@example.org", "ODA@example.org", "Oda Lie", "Oda Lie <oda@example.org>"])
def test_a_supervisor_by_address_or_name(home, by, supervisor) -> None:
    oda = member(home, "peer_coach", name="Oda Lie", email="oda@example.org")
    bring_in(home, by, f"A A,a@example.org,Alta,DUÅ,gruppeledere,{supervisor}")
    assert Placement.objects.get().coach == oda


def test_of_two_namesakes_the_one_who_can_is_meant_else_it_is_asked(home, by) -> None:
    row = "A A,a@example.org,Alta,dua,group_leader,Oda Lie"
    member(home, "group_leader", name="Oda Lie", email="no@example.org")
    coach = member(home, "peer_coach", name="Oda Lie", email="yes@example.org")
    assert look(home, by, row).rows[0].supervisor == f"person:{coach.pk}"
    other = member(home, "peer_coach", name="Oda Lie", email="also@example.org")
    assert look(home, by, row).rows[0].state == "question"
    bring_in(home, by, row, answers={"supervisor": {"2": f"person:{other.pk}"}})
    assert Placement.objects.get().coach == other


def test_somebody_with_a_supervisor_is_not_moved(home, by) -> None:
    member(home, "peer_coach", name="Oda Lie", email="oda@example.org")
    member(home, "peer_coach", name="Per Bø", email="per@example.org")
    bring_in(home, by, "A A,a@example.org,Alta,dua,group_leader,oda@example.org")
    found = look(home, by, "A A,a@example.org,Alta,dua,group_leader,per@example.org")
    assert "F2 A A has Oda Lie as supervisor already. Move or end that place first." in said(found)


def test_a_pair_named_by_both_is_placed_once(by) -> None:
    home = network("Parnett", "peer_coaching")
    run = bring_in(
        home,
        top(home),
        "A A,a@example.org,Alta,peer_coaching,deltaker,b@example.org",
        "B B,b@example.org,Alta,peer_coaching,participant,a@example.org",
    )
    assert [row.state for row in run.rows.all()] == ["done", "done"]
    assert not any(finding["level"] == "stop" for row in run.rows.all() for finding in row.findings)
    assert Placement.objects.count() == 2


def test_history_comes_in_as_from_before_and_starts_no_notice(home, by) -> None:
    rows = "Per A,p@example.org,Alta,peer coach,+47 400 00 000,1.2.2020,2026-10-01,03.03.2019,,,K-7,04.04.2020"
    before = Notice.objects.count()
    run = bring_in(home, by, rows, headings=WITH_HISTORY)

    person = User.objects.get(email="p@example.org")
    assert person.phone == "+47 400 00 000"
    assert person.memberships.get().started_on.isoformat() == "2020-02-01"
    record = StepRecord.objects.get()
    assert (record.step.key, record.decided_on.isoformat()) == ("basic_training", "2019-03-03")
    assert record.source == "list.csv, 2"
    certificate = Certificate.objects.get()
    assert (certificate.origin, certificate.number, certificate.person) == ("before", "K-7", person)
    assert certificate.issued_on.isoformat() == "2020-04-04"
    assert Candidacy.objects.get().state == "certified"
    assert AuditEvent.objects.get(verb="session.from_before").facts["held_on"] == "2026-10-01"
    before_us = EarlierSession.objects.get()
    assert (before_us.person, localdate(before_us.held_at).isoformat()) == (person, "2026-10-01")
    assert before_us.source == "list.csv, 2"
    assert Notice.objects.count() == before
    assert run.rows.get().state == "done"
    assert look(home, by, rows, headings=WITH_HISTORY).rows[0].state == "same"


TRIO = "name,email,organisation,programme,role,supervisor,rule"


def trio_row(name: str, supervisor: str = "") -> str:
    return f"{name},{name[0].lower()}@example.org,Alta,peer_coaching,participant,{supervisor},trio"


def test_three_who_name_each_other_are_placed_in_a_ring() -> None:
    home = network("Trioer", "peer_coaching")
    by = top(home)
    rows = [trio_row("A A", "b@example.org"), trio_row("B B", "c@example.org"), trio_row("C C")]

    run = bring_in(home, by, *rows, headings=TRIO)

    placed = set(Placement.objects.values_list("coach__name", "supervisee__name"))
    assert placed == {("B B", "A A"), ("C C", "B B"), ("A A", "C C")}
    assert not any(finding["level"] == "stop" for row in run.rows.all() for finding in row.findings)
    assert {row.state for row in look(home, by, *rows, headings=TRIO).rows} == {"same"}


def test_what_is_no_ring_of_three_asks() -> None:
    home = network("Trioer", "peer_coaching")
    by = top(home)
    pair = [trio_row("A A", "b@example.org"), trio_row("B B", "a@example.org"), trio_row("C C")]
    found = look(home, by, *pair, headings=TRIO)
    assert [row.state for row in found.rows] == ["question", "question", "ready"]
    assert any("three people supervise each other" in line for line in said(found))


def test_a_rule_within_one_organisation_asks_about_another() -> None:
    home = network("Parvis", "peer_coaching")
    by = top(home)
    rows = (
        "A A,a@example.org,Alta,peer_coaching,participant,b@example.org",
        ("B B,b@example.org,Bergen,peer_coaching,participant,"),
    )
    found = look(home, by, *rows)
    assert [row.state for row in found.rows] == ["question", "ready"]
    assert any("stays within one organisation, and B B belongs to another than A A" in line for line in said(found))


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"since": "1.13.2020"}, "F2 There is no month 13."),
        ({"last session": "1.1.2199"}, "G2 1.1.2199 lies too far ahead or back to be right."),
        ({"certificate number": "K-7"}, "L2 A certificate needs both its number and its date."),
        ({"certificate date": "1.1.2020"}, "K2 A certificate needs both its number and its date."),
        ({"certificate variant": "ufo"}, "J2 “ufo” is no delivery model of this programme. Write one of: "),
        ({"phone": "=1+1"}, "E2 This is a formula"),
        ({"phone": "1" * 41}, "E2 This has 41 letters, 1 more than the 40 that fit."),
    ],
)
def test_history_that_cannot_be_read_names_the_cell(home, by, cells, words) -> None:
    first = {"name": "Per A", "email": "p@example.org", "organisation": "Alta", "role": "peer coach"} | cells
    row = ",".join(first.get(heading, "") for heading in WITH_HISTORY.split(","))
    found = look(home, by, row, headings=WITH_HISTORY)
    assert any(line.startswith(words) for line in said(found)), said(found)


def test_names_that_forge_are_refused_or_made_plain(home, by) -> None:
    found = look(
        home,
        by,
        '"Eve\r\nBcc: x@example.org",e@example.org,Alta,dua,mentor,',
        "\u202eevE,f@example.org,Alta,dua,mentor,",
        "@SUM(A1),g@example.org,Alta,dua,mentor,",
        "-2+3,h@example.org,Alta,dua,mentor,",
    )
    assert [row.state for row in found.rows] == ["ready", "refused", "refused", "ready"]
    assert found.rows[0].name == "Eve Bcc: x@example.org"


def test_what_was_read_is_forgotten_after_a_month(home, by) -> None:
    run = bring_in(home, by, "A A,a@example.org,Alta,dua,mentor,")
    assert forget_read(timezone.now()) == 0
    assert forget_read(timezone.now() + timedelta(days=31)) == 1
    row = ImportRow.objects.get(run=run)
    assert (row.cells, row.plan, row.membership_id is not None) == ({}, {}, True)


def test_erased_and_system_users_are_nobody(home, by) -> None:
    PersonFactory(name="Erased", email=None, erased_at=timezone.now(), erased_by=by)
    assert look(home, by, "Erased,,Alta,dua,mentor,").rows[0].state == "ready"


@pytest.mark.parametrize(
    "rows",
    [
        ["C C,c@x.no,Alta,dua,peer_coach,", *(f"P {n},p{n}@x.no,Alta,dua,group_leader,c@x.no" for n in range(1999))],
        [f"Per Hansen,p{n}@x.no,Alta,dua,peer_coach,Per Hansen" for n in range(2000)],
        [f"P {n},p{n}@x.no,Sted {'abcdefghij'[n % 10]}{n // 10 % 40},dua,group_leader," for n in range(2000)],
    ],
    ids=["one coach for all", "one name for all", "names nearly the same"],
)
def test_a_long_sheet_full_of_questions_is_checked_in_seconds(home, by, rows) -> None:
    started = time.process_time()
    look(home, by, *rows)
    assert time.process_time() - started < 8
