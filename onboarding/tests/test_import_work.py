"""The worker's part: chunks that survive a kill, two imports at once, stopping, taking back."""

from collections.abc import Sequence

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.actions.people import NewPerson
from accounts.models import AuditEvent, Invitation, User
from certification.models import Candidacy, Certificate, StepRecord
from coaches.models import EarlierSession, Placement
from common.errors import Conflict, DomainError
from notices.actions.tick import tick
from onboarding.actions import import_many, import_rows, import_work
from onboarding.actions.import_read import look_at, store_preview
from onboarding.actions.import_steer import (
    invite_imported,
    resume_import,
    start_import,
    stop_import,
    take_back_import,
)
from onboarding.actions.import_work import work_on, work_through
from onboarding.models import ImportRow, ImportRun
from onboarding.readers.import_runs import people_to_invite
from onboarding.tests.sheets import PEOPLE, csv_bytes, network, top
from programmes.actions import people
from programmes.models import Membership, Organisation
from supervision.models import Attendance

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _time_is_no_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chunk ends by its rows, however busy the machine is."""
    monkeypatch.setattr(import_work, "CHUNK_SECONDS", 600.0)


def preview(home: Organisation, content: bytes, by: User | None = None) -> ImportRun:
    by = by or User.objects.system()
    return store_preview(look=look_at(content=content, home=home, by=by), filename="list.csv", home=home, by=by)


def few(count: int, prefix: str = "p") -> bytes:
    coach = "Oda Lie,oda@example.org,Alta,dua,peer_coach,"
    return csv_bytes(coach, *(f"Per {n},{prefix}{n}@example.org,Alta,dua,group_leader," for n in range(count)))


def begin(home: Organisation, content: bytes, by: User | None = None) -> ImportRun:
    run = preview(home, content, by)
    return start_import(run=run, by=by or User.objects.system())


@pytest.mark.usefixtures("fjordnett")
def test_a_worker_killed_between_and_inside_chunks_loses_no_row_and_does_none_twice(monkeypatch) -> None:
    run = begin(network(), PEOPLE.read_bytes())
    monkeypatch.setattr(import_work, "CHUNK_ROWS", 20)
    monkeypatch.setattr(import_work, "BATCH", 6)
    act, done = import_work.join_rows, []

    def killed(rows: Sequence[ImportRow], hand: import_rows.Hand) -> None:
        act(rows, hand)
        done.append(rows)
        if len(done) % 7 == 0:
            raise KeyboardInterrupt  # as abrupt as Python knows: nothing of the chunk is committed

    monkeypatch.setattr(import_work, "join_rows", killed)
    kills = 0
    while run.rows.filter(state="ready").exists():
        try:
            work_on(run.pk)
        except KeyboardInterrupt:
            kills += 1
    assert kills >= 3
    for _minute in range(30):
        tick()  # what the clock does without any worker, for some seconds each minute
    run.refresh_from_db()
    assert (run.state, run.rows.filter(state="done").count()) == ("done", 118)
    assert (Membership.objects.count(), Placement.objects.count()) == (119, 90)


@pytest.mark.usefixtures("fjordnett")
def test_stopped_and_gone_on_with(monkeypatch) -> None:
    run, system = begin(network(), few(10)), User.objects.system()
    monkeypatch.setattr(import_work, "CHUNK_ROWS", 4)
    assert work_on(run.pk)
    stop_import(run=run, by=system)
    assert not work_through()
    assert run.rows.filter(state="done").count() == 4
    with pytest.raises(Conflict):
        stop_import(run=run, by=system)
    resume_import(run=run, by=system)
    work_through()
    assert run.rows.filter(state="done").count() == 11


@pytest.mark.usefixtures("fjordnett")
def test_a_batch_costs_the_same_queries_however_many_rows() -> None:
    home = network()
    cost = {}
    for count in (5, 45):
        run = begin(home, few(count, f"n{count}-"))
        with CaptureQueriesContext(connection) as queries:
            work_through()
        cost[count] = len(queries)
        assert run.rows.filter(state="done", person__name__startswith="Per").count() == count
    assert cost[45] - cost[5] <= 3


@pytest.mark.usefixtures("fjordnett")
def test_reading_costs_the_same_queries_however_many_rows(django_assert_max_num_queries) -> None:
    home, system = network(), User.objects.system()
    for count in (3, 300):
        with django_assert_max_num_queries(24):
            look_at(content=few(count), home=home, by=system)


@pytest.mark.usefixtures("fjordnett")
def test_a_row_that_is_refused_meanwhile_keeps_the_others(monkeypatch) -> None:
    home = network()
    run = begin(home, few(3), top(home))
    act = people.create_people

    def refuses(*, by: User, people: Sequence[NewPerson]) -> list[User]:
        if any(one.email == "p1@example.org" for one in people):
            raise DomainError("Not this one.", field="email")
        return act(by=by, people=people)

    monkeypatch.setattr(people, "create_people", refuses)
    work_through()
    assert run.rows.get(number=4).state == "failed"
    assert (
        run.rows.get(number=4).findings[-1] | {"params": {"text": "Not this one."}}
        == run.rows.get(number=4).findings[-1]
    )
    assert run.rows.filter(state="done").count() == 3


SHEET = """name,email,organisation,role,supervisor,phone,since,last session,workshop date,certificate number,\
certificate date
Oda Lie,oda@x.no,Alta,peer coach,m@x.no,+47 400 00 000,1.2.2020,2026-10-01,3.3.2019,K-7,4.4.2020
Oda Lie,oda@x.no,Alta,group leader,,,,,,,
Mai Moe,m@x.no,Alta,mentor,,,,,,,
Per A,a@x.no,Alta,group leader,oda@x.no,,,2026-09-01,5.5.2024,,
Per A,a@x.no,Alta,group leader,oda@x.no,,,2026-09-02,,,
Kari Uten,,Alta sør,group leader,Oda Lie,,,,,,
Ola Ny,o@x.no,Alta,group leader,oda@x.no,,,,,K-8,1.1.2025
"""


def left(home: Organisation) -> dict[str, list[object]]:
    """Everything that an import leaves, by names instead of ids."""
    names = dict(User.objects.values_list("pk", "name"))
    places = {one.path: one.name for one in Organisation.objects.all()}
    trail = AuditEvent.objects.exclude(verb__startswith="import.").prefetch_related("people")
    return {
        "roles": sorted(
            Membership.objects.values_list("person__name", "role__key", "started_on", "organisation__name")
        ),
        "places": sorted(Placement.objects.values_list("coach__name", "supervisee__name", "place", "rule__key")),
        "steps": sorted(
            StepRecord.objects.values_list("candidacy__person__name", "step__key", "source", "decided_on")
        ),
        "certificates": sorted(Certificate.objects.values_list("person__name", "number", "title", "valid_until")),
        "ladders": sorted(Candidacy.objects.values_list("person__name", "track__key", "state", "variant")),
        "met": sorted(EarlierSession.objects.values_list("person__name", "held_at", "source")),
        "trail": sorted(
            (
                (
                    event.verb,
                    places[event.organisation_path] if event.organisation_path else "",
                    sorted(names[one.person_id] for one in event.people.all()),
                    {key: value for key, value in event.facts.items() if key != "organisation"},
                )
                for event in trail
                if event.people.all()
            ),
            key=str,
        ),
        "rows": list(ImportRow.objects.order_by("number").values_list("number", "state", "person__name")),
        "made": [sorted(made) for made in ImportRow.objects.order_by("number").values_list("made", flat=True)],
    }


@pytest.mark.usefixtures("fjordnett")
def test_together_leaves_the_same_rows_and_the_same_trail_as_one_by_one(monkeypatch) -> None:
    home = network()
    found = []
    for alone in (False, True):
        with transaction.atomic():
            if alone:
                monkeypatch.setattr(import_many, "_told_apart", lambda rows, hand: ([], list(rows)))
                monkeypatch.setattr(import_many.Hand, "mutual_rules", property(lambda hand: set(hand.rules) | {None}))
            begin(home, SHEET.encode(), top(home))
            work_through()
            found.append(left(home))
            transaction.set_rollback(True)
    together, alone = found
    assert together == alone
    assert len(together["places"]) == 4
    assert [len(together[name]) for name in ("steps", "certificates", "met")] == [2, 2, 3]
    assert {state for _number, state, _name in together["rows"]} == {"done"}


@pytest.mark.usefixtures("fjordnett")
def test_the_right_of_the_one_who_said_yes_is_asked_for_each_row() -> None:
    home = network()
    by = top(home)
    run = begin(home, few(1), by)
    by.memberships.update(ended_on=timezone.localdate(), ended_by=by)
    work_through()
    assert set(run.rows.values_list("state", flat=True)) == {"failed"}
    assert Membership.objects.count() == 1


@pytest.mark.usefixtures("fjordnett")
def test_taking_back_ends_what_nobody_has_used() -> None:
    home, system = network(), User.objects.system()
    content = csv_bytes(
        "Oda Lie,oda@example.org,Alta,dua,peer_coach,",
        "Per A,a@example.org,Alta,dua,group_leader,oda@example.org",
        "Kari B,b@example.org,Alta,dua,group_leader,oda@example.org",
    )
    run = begin(home, content)
    work_through()
    kari = User.objects.get(email="b@example.org")
    kari.set_password("signs in now")
    kari.save()

    take_back_import(run=run, by=system)
    work_through()

    run.refresh_from_db()
    assert run.state == "taken_back"
    assert list(run.rows.values_list("state", flat=True)) == ["taken_back", "taken_back", "kept"]
    assert set(Membership.objects.open().values_list("person", flat=True)) == {home.first_coordinator_id, kari.pk}
    assert not Placement.objects.live().exists()
    assert not User.objects.known().filter(email__in=["oda@example.org", "a@example.org"]).exists()
    assert AuditEvent.objects.filter(verb="person.taken_back").count() == 2
    again = look_at(content=content, home=home, by=system)
    assert [row.state for row in again.rows] == ["ready", "ready", "ready"]
    with pytest.raises(Conflict):
        take_back_import(run=run, by=system)
    assert not Attendance.objects.exists()


@pytest.mark.usefixtures("fjordnett")
def test_the_second_yes_says_how_many() -> None:
    home = network()
    by = top(home)
    run = begin(home, few(3), by)
    with pytest.raises(Conflict, match="not finished"):
        invite_imported(run=run, by=by, expected=4)
    work_through()
    run.refresh_from_db()
    assert len(people_to_invite(run)) == 4
    with pytest.raises(Conflict, match="4 people by now"):
        invite_imported(run=run, by=by, expected=3)
    assert invite_imported(run=run, by=by, expected=4) == 4
    work_through()
    assert Invitation.objects.exclude(person=by).count() == 4
    assert set(run.rows.values_list("invitation", flat=True)) == {"sent"}
    with pytest.raises(DomainError, match="invited already"):
        invite_imported(run=run, by=by, expected=0)
