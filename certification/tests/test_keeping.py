"""How long certificates hold, what keeps active status, what renewal asks for, and what the coordinator sees end."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import User
from certification.actions.decide import Ruling
from certification.actions.history import note_certificate_before
from certification.actions.issue import issue_certificate
from certification.keeping import Activity, LapseRule, active_status
from certification.models import Certificate, StepRecord
from certification.readers.certificate_list import certificates, running_out
from certification.readers.keeping import asked_of_renewal, kept_by_certificate
from certification.tests.factories import Hall, approve, form, fresh, installed, session
from common.errors import DomainError
from practice.models import DeliveryGroup, GroupLeader, GroupMeeting
from programmes.tests.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.time_machine("2026-11-22 12:00", tick=False)]
TODAY = dt.date(2026, 11, 22)
RULE = LapseRule(12, ("leading_groups",), {}, {})


@pytest.mark.parametrize(
    ("last_on", "since", "state", "until"),
    [
        (dt.date(2026, 11, 1), dt.date(2020, 1, 1), Activity.ACTIVE, dt.date(2027, 11, 1)),
        (dt.date(2026, 2, 20), dt.date(2020, 1, 1), Activity.SOON, dt.date(2027, 2, 20)),
        (dt.date(2025, 11, 23), dt.date(2020, 1, 1), Activity.SOON, dt.date(2026, 11, 23)),
        (dt.date(2025, 11, 22), dt.date(2020, 1, 1), Activity.LAPSED, dt.date(2026, 11, 22)),
        (None, dt.date(2026, 11, 1), Activity.ACTIVE, dt.date(2027, 11, 1)),
        (dt.date(2025, 1, 1), dt.date(2026, 11, 1), Activity.ACTIVE, dt.date(2027, 11, 1)),
    ],
)
def test_active_status_at_its_edges(last_on: dt.date | None, since: dt.date, state: Activity, until: dt.date) -> None:
    active = active_status(RULE, last_on, since, TODAY)
    assert (active.state, active.until) == (state, until)


def before(hall: Hall, person: User, track: str, issued_on: dt.date, number: str = "X-1") -> Certificate:
    """A certificate from before."""
    made = note_certificate_before(
        person=person,
        track=hall.track(track),
        number=number,
        issued_on=issued_on,
        source="list",
        by=User.objects.system(),
    )
    assert made is not None
    return made


def meeting(hall: Hall, leader: User, day: dt.date, until: dt.date | None = None) -> None:
    """A meeting of a group that `leader` led until then."""
    by = User.objects.system()
    noted = {"noted_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "noted_by": by}
    started = {"started_on": dt.date(2024, 1, 1), "started_at": noted["noted_at"], "started_by": by}
    fields = {field.name for field in DeliveryGroup._meta.fields}
    values = {name: value for name, value in {**started, **noted}.items() if name in fields}
    group = DeliveryGroup.objects.create(
        programme=hall.programme, organisation=hall.office, name=f"Group {day}", variant="toddler", **values
    )
    GroupLeader.objects.create(group=group, person=leader, started_on=dt.date(2024, 1, 1), ended_on=until)
    GroupMeeting.objects.create(group=group, number=1, held_on=day, **noted)


def test_practice_is_a_meeting_led_or_a_session(django_assert_max_num_queries) -> None:
    hall = installed("dua", language="en")
    ingrid, coach = hall.member("group_leader", name="Ingrid Moen"), hall.member("peer_coach")
    certificate = before(hall, ingrid, "group_leader", dt.date(2022, 5, 4))
    assert kept_by_certificate(certificate).active.state is Activity.LAPSED
    meeting(hall, ingrid, dt.date(2026, 1, 15))
    assert kept_by_certificate(certificate).active.until == dt.date(2027, 1, 15)
    session(hall, "peer_coach_group", dt.date(2026, 3, 2), {"lead": [coach], "supervisee": [ingrid]})
    kept = kept_by_certificate(certificate)
    assert kept.active.last_on == dt.date(2026, 3, 2)
    assert "Active: the last practice was on 2 March 2026. Without more it lapses on 2 March 2027." in kept.status
    assert "12 months has neither led groups nor had regular supervision loses active status" in kept.rule


def test_meetings_after_leaving_the_group_are_not_ones_own() -> None:
    hall = installed("dua")
    ingrid = hall.member("group_leader")
    certificate = before(hall, ingrid, "group_leader", dt.date(2022, 5, 4))
    meeting(hall, ingrid, dt.date(2026, 9, 1), until=dt.date(2026, 9, 1))
    assert kept_by_certificate(certificate).active.last_on is None


def test_renewal_is_counted_since_the_decision() -> None:
    hall = installed("kollegaveiledning", language="en")
    silje = hall.member("supervisor")
    certificate = before(hall, silje, "confident_supervisor", dt.date(2024, 1, 10))
    assert certificate.valid_until == dt.date(2027, 1, 9)
    for day in (dt.date(2023, 12, 1), dt.date(2024, 2, 1), dt.date(2024, 3, 1)):
        session(hall, "weekly_hour", day, {"lead": [silje]})
    session(hall, "supervision_of_supervisors", dt.date(2024, 4, 1), {"supervisee": [silje]})
    form(hall, "readiness", dt.date(2024, 5, 1), rater=silje, part="self", person=silje)
    words = [one.words for one in kept_by_certificate(certificate).renewal]
    assert words == ["3 of 30 hours", "1 of 6 sessions", "1 of 1 form"], "two sessions of 90 minutes are three hours"


def test_what_ends_is_shown_to_the_coordinator_of_the_branch(django_app) -> None:
    hall = installed("kollegaveiledning", language="en")
    soon, late = hall.member("supervisor", name="Ends Soon"), hall.member("supervisor", name="Just Ended")
    far, followed = hall.member("supervisor", name="Holds Long"), hall.member("supervisor", name="Renewed Already")
    before(hall, soon, "confident_supervisor", dt.date(2023, 12, 10), "S-1")
    before(hall, late, "confident_supervisor", dt.date(2023, 11, 1), "S-2")
    before(hall, far, "confident_supervisor", dt.date(2026, 1, 1), "S-3")
    before(hall, followed, "confident_supervisor", dt.date(2023, 12, 1), "S-4")
    before(hall, followed, "confident_supervisor", dt.date(2026, 10, 1), "S-5")
    found = [row.certificate.holder_name for row in running_out(hall.programme, [hall.top.path], TODAY)]
    assert found == ["Just Ended", "Ends Soon"]
    elsewhere = OrganisationFactory(parent=hall.top)
    assert running_out(hall.programme, [elsewhere.path], TODAY) == []
    coordinator = hall.member("unit_manager", language="en")
    part = django_app.get(reverse("certification:running_out"), user=coordinator, headers={"HX-Request": "true"})
    assert [one.text for one in part.html.select("li a")] == found
    assert "Expired on 31 October 2026" in part.text
    whole = django_app.get(reverse("certification:running_out"), user=coordinator).follow()
    assert [one.text for one in whole.html.select("th[scope=row] a")] == found


def test_lapsing_ends_too(django_assert_max_num_queries) -> None:
    hall = installed("dua", language="en")
    idle, busy = hall.member("group_leader", name="Idle"), hall.member("group_leader", name="Busy")
    for number, person in enumerate((idle, busy)):
        before(hall, person, "group_leader", dt.date(2022, 5, 4), f"G-{number}")
        meeting(hall, person, dt.date(2026, 1, 15) if person == idle else dt.date(2026, 9, 1))
    [row] = running_out(hall.programme, [hall.top.path], TODAY)
    assert (row.certificate.person, row.words) == (idle, ["Active status lapses on 15 January 2027"])


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_asks_the_same_for_one_and_for_many(client, number: int, django_assert_num_queries) -> None:
    hall = installed("dua")
    for one in range(number):
        before(hall, hall.member("group_leader"), "group_leader", dt.date(2022, 5, 4), f"G-{one}")
    client.force_login(hall.member("local_coordinator"))
    with django_assert_num_queries(8):
        assert client.get(reverse("certification:certificates")).status_code == 200
    assert certificates(hall.programme, [hall.top.path]).count() == number


@pytest.mark.parametrize(
    "query", ["state=x&sort=y", "cursor=%22", "q=%C3%86%27%3B--", "state=ending&sort=ends", "format=csv"]
)
def test_odd_questions_are_answered(client, query: str) -> None:
    hall = installed("dua")
    before(hall, hall.member("group_leader", name="=Siv"), "group_leader", dt.date(2022, 5, 4))
    client.force_login(hall.member("local_coordinator"))
    assert client.get(f"{reverse('certification:certificates')}?{query}").status_code in (200, 400)


def test_renewal_is_the_ladder_anew_and_what_the_pack_asks_beside_it(django_app) -> None:
    hall = installed("kollegaveiledning", language="en")
    silje, owner = (
        hall.member("supervisee", name="Silje Vik", language="en"),
        hall.member("unit_manager", language="en"),
    )
    before(hall, silje, "confident_supervisor", dt.date(2023, 12, 1))
    candidacy = hall.candidacy("confident_supervisor", silje, started=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
    for rung in fresh(candidacy).rungs:
        if not rung.is_done:
            approve(candidacy, fresh(candidacy).steps[rung.step.id].key, owner)
    StepRecord.objects.filter(step__key="approval").delete()
    assert fresh(candidacy).is_ready
    shown = django_app.get(reverse("certification:candidacy", args=[candidacy.pk]), user=silje).text
    for words in ("What renewal asks for", "0 of 30 hours", "0 of 6 sessions", "0 of 1 form"):
        assert words in shown
    ruling = Ruling(TODAY, "Everything is there.")
    with pytest.raises(DomainError, match="This renews a certificate.*Hours of supervision held: 0 of 30 hours") as no:
        issue_certificate(candidacy=candidacy, ruling=ruling, by=owner)
    assert no.value.code == "renewal"

    other = hall.member("supervisor")
    for number in range(20):  # of an hour and a half each
        day = dt.date(2024, 1, 8) + dt.timedelta(days=30 * number)
        session(hall, "weekly_hour", day, {"lead": [silje], "supervisee": [other]})
    for number in range(6):
        day = dt.date(2025, 2, 3) + dt.timedelta(days=30 * number)
        session(hall, "supervision_of_supervisors", day, {"lead": [other], "supervisee": [silje]})
    with pytest.raises(DomainError, match="Self-evaluation: 0 of 1 form"):
        issue_certificate(candidacy=candidacy, ruling=ruling, by=owner)
    form(hall, "readiness", dt.date(2023, 11, 1), rater=silje, part="self", person=silje)  # before the last one
    with pytest.raises(DomainError):
        issue_certificate(candidacy=candidacy, ruling=ruling, by=owner)
    form(hall, "readiness", dt.date(2026, 3, 2), rater=silje, part="self", person=silje, thing="person:again")
    certificate = issue_certificate(candidacy=candidacy, ruling=ruling, by=owner)
    assert certificate.valid_until == dt.date(2029, 11, 21)
    assert Certificate.objects.filter(person=silje, withdrawn_at__isnull=True).count() == 2, "the old one runs out"


def test_a_first_certificate_asks_for_no_renewal(django_app) -> None:
    hall = installed("kollegaveiledning", language="en")
    silje = hall.member("supervisee", language="en")
    candidacy = hall.candidacy("confident_supervisor", silje)
    assert asked_of_renewal(candidacy) == []
    withdrawn = before(hall, silje, "confident_supervisor", dt.date(2023, 12, 1))
    other = hall.candidacy("confident_supervisor", silje)
    assert len(asked_of_renewal(other)) == 3
    Certificate.objects.filter(pk=withdrawn.pk).update(
        withdrawn_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), withdrawn_by=silje, withdrawn_reason="By mistake"
    )
    assert asked_of_renewal(other) == []
