"""What is one's own is read and taken out: by who is here, by who has left for a year, by nobody else."""

import datetime as dt
import io
import json
import zipfile

import pytest
from django.utils import translation

from accounts.models import AuditEvent, User
from certification.models import Certificate, Evidence
from certification.tests.factories import approve, installed
from checklists.tests.factories import EvaluationFactory, answer_all, published
from common.tests.queries import COMPOSED, queries_of
from people.readers.own import counted, gathered
from programmes.leaving import open_until, shut_for_those_who_left_by
from programmes.models import Programme
from programmes.tests.factories import small_programme
from supervision.models import Attendance, Feedback, Goal, PrivateNote
from supervision.tests.factories import Stage, stage_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TODAY = dt.date(2026, 5, 4)
NOW = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)


@pytest.fixture
def cast(time_machine) -> Stage:
    time_machine.move_to(NOW, tick=False)
    translation.activate("en")
    return stage_of("dua")


@pytest.fixture
def coach(cast: Stage) -> User:
    return cast.member("peer_coach", name="Astrid Lie", language="en")


@pytest.fixture
def leader(cast: Stage, coach: User) -> User:
    return writes(cast, cast.member("group_leader", name="Jonas Haugland", language="en"), coach, "jonas")


def writes(cast: Stage, person: User, coach: User, word: str) -> User:
    """A session with a question, a note of one's own, a goal and feedback, each with the word in it."""
    session = cast.session("peer_coach_group", coach, [person], at=NOW - dt.timedelta(days=3), state="finished")
    Attendance.objects.filter(session=session, person=person).update(question=f"{word} asks")
    PrivateNote.objects.create(author=person, session=session, text=f"{word} alone", written_at=NOW)
    given = {"programme": cast.programme, "session": session, "given_at": NOW}
    Goal.objects.create(programme=cast.programme, person=person, text=f"{word} will", set_at=NOW, set_by=person)
    both = {"receiver": person, "giver": coach, **given}
    Feedback.objects.create(strength=f"{word} can", released_at=NOW, **both)
    Feedback.objects.create(strength=f"{word} held back", **both)
    return person


def left(person: User, on: dt.date) -> None:
    person.memberships.update(ended_on=on, ended_by=person)


def numbers(person: User) -> dict[str, int]:
    return {one.part.key: one.count for one in counted(person)}


def file_of(client, person: User) -> zipfile.ZipFile:
    client.force_login(person)
    answer = client.post("/profile/own/file/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_the_page_says_what_there_is_and_the_file_holds_it(client, leader) -> None:
    assert {key: count for key, count in numbers(leader).items() if count} == {
        "sessions": 1,
        "notes": 1,
        "goals": 1,
        "feedback": 1,
        "roles": 1,
    }
    client.force_login(leader)
    page = client.get("/profile/own/").content.decode()
    assert "Feedback to you</strong> <span" in page
    with file_of(client, leader) as archive:
        assert archive.namelist() == ["own.html", "own.json"]
        text, data = archive.read("own.html").decode(), json.loads(archive.read("own.json"))
    for words in ("jonas asks", "jonas alone", "jonas will", "jonas can"):
        assert words in text
        assert words in json.dumps(data)
    assert "held back" not in text
    assert [part["key"] for part in data["parts"]] == [one.part.key for one in counted(leader)]
    assert data["person"]["name"] == "Jonas Haugland"


def test_nothing_of_others_is_in_it(cast, client, leader, coach) -> None:
    """The control is their own file, which holds it."""
    other = writes(cast, cast.member("group_leader", name="Other"), coach, "other")
    with file_of(client, leader) as archive:
        assert b"other" not in archive.read("own.json").lower()
    with file_of(client, other) as archive:
        assert b"other asks" in archive.read("own.json")
    with file_of(client, coach) as archive:
        found = archive.read("own.json").decode()
    assert "jonas asks" not in found
    assert "jonas alone" not in found


def test_taking_out_stands_in_the_trail_without_a_word_of_it(client, leader) -> None:
    file_of(client, leader)
    event = AuditEvent.objects.get(verb="person.own_taken_out")
    assert (event.by_id, event.subject) == (leader.pk, f"person:{leader.pk}")
    assert event.facts == {"list": "own", "rows": 5}
    assert [row.person_id for row in event.people.all()] == [leader.pk]


def test_a_checklist_comes_in_once_both_are_in(cast, leader, coach) -> None:
    version = published(cast.programme, filled_by=["group_leader", "peer_coach"], allows_raters=["self", "peer_coach"])
    rated = {"version": version, "person": leader, "thing": "person:1:2026-05-01"}
    answer_all(EvaluationFactory(rater=coach, part="coach", state="submitted", **rated), 1)
    assert numbers(leader)["checklists"] == 0
    answer_all(EvaluationFactory(rater=leader, part="self", state="submitted", **rated), 1)
    assert numbers(leader)["checklists"] == 2
    entries = next(one.entries for one in gathered(leader) if one.part.key == "checklists")
    assert "Yes" in [words for _label, words in entries[0].lines]


@pytest.mark.parametrize(
    ("day", "is_open"),
    [(dt.date(2025, 5, 5), True), (dt.date(2025, 5, 4), False), (dt.date(2020, 1, 1), False), (TODAY, True)],
)
def test_who_has_left_reads_and_takes_out_for_a_year(client, leader, day, is_open) -> None:
    """The whole of it, page by page; the last day is the control of the first day without."""
    left(leader, day)
    client.force_login(leader)
    session, goal = Attendance.objects.get(person=leader).session_id, Goal.objects.get(person=leader)
    assert client.get(f"/sessions/{session}/").status_code == (200 if is_open else 404)
    assert client.get(f"/sessions/{session}/own/").status_code == (200 if is_open else 404)
    assert client.get(f"/goals/{goal.pk}/").status_code == (200 if is_open else 404)
    for address, words in (("/goals/", "jonas will"), ("/feedback/", "jonas can")):
        assert (words in client.get(address).content.decode()) is is_open, address
    assert (f"/sessions/{session}/" in client.get("/sessions/").content.decode()) is is_open
    with file_of(client, leader) as archive:
        assert (b"jonas" in archive.read("own.json").replace(b"jonas@", b"")) is is_open
    page = client.get("/profile/own/").content.decode()
    assert ("is shut since" in page, "You can read and take out what is yours there until" in page) == (
        not is_open,
        is_open,
    )


def test_a_role_somewhere_else_does_not_open_what_is_shut(client, leader) -> None:
    left(leader, dt.date(2024, 1, 1))
    small_programme().member("group_leader", person=leader)
    assert numbers(leader)["goals"] == 0
    again = leader.memberships.order_by("pk")[0]
    again.ended_on = again.ended_by = None
    again.save()
    assert numbers(leader)["goals"] == 1


def test_certificates_stay(cast, leader) -> None:
    Certificate.objects.create(
        programme=cast.programme,
        person=leader,
        number="7",
        title="Group leader",
        holder_name=leader.name,
        language="nb",
        code="0" * 26,
        issued_on=TODAY,
        issued_at=NOW,
        issued_by=leader,
    )
    left(leader, dt.date(2020, 1, 1))
    assert {key for key, count in numbers(leader).items() if count} == {"certificates", "roles"}


def paper_of(person: User, programme: Programme, number: str) -> Certificate:
    given = {"language": "nb", "issued_on": TODAY, "issued_at": NOW, "issued_by": person}
    return Certificate.objects.create(
        programme=programme,
        person=person,
        number=number,
        title="Group leader",
        holder_name=person.name,
        code=f"{programme.pk:026}",
        pdf=b"%PDF-",
        pdf_sha256="0" * 64,
        pdf_made_at=NOW,
        **given,
    )


def test_two_papers_with_one_number_are_two_files(cast, client, leader) -> None:
    """A number is given by one programme; another may have given the same."""
    papers = [paper_of(leader, one, "2026-7") for one in (cast.programme, small_programme().programme)]
    with file_of(client, leader) as archive:
        names = [name for name in archive.namelist() if name.startswith("certificates/")]
    assert sorted(names) == sorted(f"certificates/2026-7-{one.pk}.pdf" for one in papers)


def test_decisions_stay_with_those_taken_back_and_papers_are_shut_after_the_year(time_machine) -> None:
    """What was withdrawn stands with its day, by whom and why; the control is the year in which papers are there."""
    time_machine.move_to(NOW, tick=False)
    translation.activate("en")
    hall = installed("dua")
    person, mentor = hall.member("peer_coach", language="en"), hall.member("mentor", name="Marit Foss")
    candidacy = hall.candidacy("peer_coach", person)
    withdrawn = {"withdrawn_at": NOW, "withdrawn_by": mentor, "withdrawn_reason": "Too early."}
    step = approve(candidacy, "suitability", mentor, **withdrawn).step
    Evidence.objects.create(
        candidacy=candidacy, step=step, reference="In the green folder", added_at=NOW, added_by=person
    )
    left(person, dt.date(2025, 5, 5))
    assert (numbers(person)["decisions"], numbers(person)["papers"]) == (1, 1)
    left(person, dt.date(2025, 5, 4))
    assert (numbers(person)["decisions"], numbers(person)["papers"]) == (1, 0)
    [entry] = next(one.entries for one in gathered(person) if one.part.key == "decisions")
    assert ("Withdrawn", "4 May 2026, Marit Foss") in entry.lines
    assert ("Why it was withdrawn", "Too early.") in entry.lines


def test_somebody_with_nothing_is_told_so(client, cast) -> None:
    nobody = User.objects.create_user("new@example.org", name="New", language="en")
    client.force_login(nobody)
    page = client.get("/profile/own/").content.decode()
    assert "Nothing of yours is here yet" in page
    assert "/profile/own/file/" not in page


def test_a_get_takes_nothing_out(client, leader) -> None:
    client.force_login(leader)
    assert client.get("/profile/own/file/").status_code == 405
    assert not AuditEvent.objects.filter(verb="person.own_taken_out").exists()


def test_as_many_queries_with_much_as_with_little(cast, client, leader, coach) -> None:
    client.force_login(leader)
    few = queries_of(client, "/profile/own/")
    for _more in range(4):
        writes(cast, leader, coach, "more")
    assert queries_of(client, "/profile/own/") == few <= COMPOSED


@pytest.mark.parametrize(
    ("day", "until"),
    [(dt.date(2025, 5, 4), dt.date(2026, 5, 4)), (dt.date(2028, 2, 29), dt.date(2029, 3, 1))],
)
def test_a_year(day, until) -> None:
    assert open_until(day) == until
    before = until - dt.timedelta(days=1)
    assert day <= shut_for_those_who_left_by(until)
    assert day > shut_for_those_who_left_by(before)
