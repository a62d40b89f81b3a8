"""The page of imports as the top coordinator uses it, and as those whose it is not."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook
from webtest import Upload

from accounts.models import Invitation, User
from coaches.models import Placement
from common.exports import safe_cell
from onboarding.actions.import_work import work_on, work_through
from onboarding.exports import template_rows, template_xlsx
from onboarding.headings import FIELDS, field_of
from onboarding.models import ImportRun
from onboarding.sheet import read_people
from onboarding.tests.sheets import MESSY, PEOPLE, csv_bytes, member, network, top
from programmes.models import Membership, Organisation
from programmes.policies import hats_of

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.usefixtures("fjordnett")]


@pytest.fixture
def home() -> Organisation:
    return network()


@pytest.fixture
def coordinator(home) -> User:
    person = top(home)
    person.language = "en"
    person.save(update_fields=["language"])
    return person


def read(django_app, coordinator: User, content: bytes, name: str = "people.csv", **more):
    page = django_app.get(reverse("onboarding:imports"), user=coordinator)
    form = page.forms[next(key for key, form in page.forms.items() if "file" in form.fields)]
    form["file"] = Upload(name, content)
    answer = form.submit(**more)
    return answer.follow() if answer.status_code == 302 else answer


def press(page, address: str):
    return next(form for form in page.forms.values() if form.action.endswith(f"/{address}/")).submit().follow()


def test_the_clean_sheet_comes_in_whole(django_app, coordinator) -> None:
    page = read(django_app, coordinator, PEOPLE.read_bytes())
    assert "118 rows are new and ready." in page.html.select_one(".lead").text
    assert Membership.objects.count() == 1, "nothing is saved before the yes"

    page = press(page, "start")
    assert "0 of 118 rows" in page.text
    assert [link.text.split() for link in page.html.select(".views a")][1:2] == [["Imported", "0"]]
    run, asks_again = ImportRun.objects.get(), {"HX-Request": "true"}
    work_on(run.pk)
    assert "HX-Refresh" not in django_app.get(page.request.path, user=coordinator, headers=asks_again).headers
    assert "90 more have the role and wait for place and history" in page.click("Look again").text
    work_through()
    assert django_app.get(page.request.path, user=coordinator, headers=asks_again).headers["HX-Refresh"] == "true"
    page = page.click("Look again")

    assert "118 rows were imported." in page.html.select_one(".lead").text
    assert (Membership.objects.count(), Placement.objects.count()) == (119, 90)
    assert not Invitation.objects.exclude(person=coordinator).exists()
    page = page.click("Invite 118 people")
    assert page.html.h1.text == "Send 118 invitations?"
    page = page.forms[max(page.forms, key=lambda key: "count" in page.forms[key].fields)].submit().follow()
    work_through()
    assert Invitation.objects.exclude(person=coordinator).count() == 118


def test_answers_settle_rows(django_app, coordinator) -> None:
    page = read(django_app, coordinator, MESSY.read_bytes(), "nettverk-rotete.xlsx")
    assert "32 rows are new and ready. 31 rows need a look." in page.html.select_one(".lead").text
    form = next(form for form in page.forms.values() if form.action.endswith("/answers/"))
    form["organisation-dramen_kommune"] = "name:drammen kommune"
    form["supervisor-64"].select(text="Bjørn Nilsen (bjorn.nilsen@example.org), who has room")
    form["without"] = True
    page = form.submit().follow()
    assert "59 rows are new and ready. 4 rows need a look." in page.html.select_one(".lead").text

    page = press(page, "start")
    work_through()

    jan = User.objects.get(name="Jan Hansen")
    assert jan.placements_as_supervisee.get().coach.name == "Bjørn Nilsen"
    assert User.objects.get(name="Ánde Dahl").memberships.get().organisation.name == "Drammen kommune"
    assert not User.objects.get(name="Ánde Dahl").placements_as_supervisee.exists()
    assert not Organisation.objects.filter(name="Dramen kommune").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"\xd0\xcf\x11\xe0old", "old Excel file"),
        (b"no headings here\n", "No row with headings"),
        (b"PK\x03\x04", "damaged"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_at_the_field(django_app, coordinator, content, words) -> None:
    page = read(django_app, coordinator, content, status=422)
    assert words in page.html.select_one(".invalid-feedback").text
    assert not ImportRun.objects.exists()


def test_no_file_is_said_at_the_field(django_app, coordinator) -> None:
    page = django_app.get(reverse("onboarding:imports"), user=coordinator)
    form = next(form for form in page.forms.values() if "file" in form.fields)
    assert "Choose the file with your list." in form.submit(status=422).text


ADDRESSES = ["import", "answer", "start", "stop", "resume", "discard", "invite_imported", "take_back"]


@pytest.fixture
def run(home, coordinator, client) -> ImportRun:
    client.force_login(coordinator)
    file = io.BytesIO(csv_bytes("Per A,p@example.org,Alta,dua,mentor,", "Kari B,,Alta,dua,mentor,"))
    file.name = "two.csv"
    client.post(reverse("onboarding:imports"), {"file": file})
    client.logout()
    return ImportRun.objects.get()


@pytest.mark.parametrize("name", ADDRESSES)
def test_strangers_find_nothing_and_colleagues_may_not(client: Client, home, run, name) -> None:
    address = reverse(f"onboarding:{name}", args=[run.pk])
    method = client.get if name == "import" else client.post
    assert method(address).status_code == 302
    client.force_login(top(network("Elvenett", "peer_coaching")))
    assert method(address).status_code == 404
    client.force_login(member(home, "mentor"))
    assert method(address).status_code == 403
    run.refresh_from_db()
    assert run.state == "preview"


def test_only_coordinators_import(client: Client, home) -> None:
    client.force_login(member(home, "mentor"))
    for name in ("imports", "template"):
        address = reverse(f"onboarding:{name}", args=["csv"] if name == "template" else [])
        assert client.get(address).status_code == 403
    assert client.post(reverse("onboarding:imports")).status_code == 403


def test_a_run_in_another_state_is_said_and_not_done_twice(django_app, client, coordinator, run) -> None:
    client.force_login(coordinator)
    for name in ("start", "start", "discard", "resume", "take_back"):
        answer = client.post(reverse(f"onboarding:{name}", args=[run.pk]))
        assert answer.status_code in (302, 409), name
    work_through()
    run.refresh_from_db()
    assert run.state == "done"
    assert client.post(reverse("onboarding:answer", args=[run.pk])).status_code == 409
    assert client.post(reverse("onboarding:invite_imported", args=[run.pk]), {"count": "x"}).status_code == 302
    assert not Invitation.objects.filter(person__name="Per A").exists()


def test_an_answer_that_is_not_offered_is_refused(client, coordinator) -> None:
    client.force_login(coordinator)
    file = io.BytesIO(MESSY.read_bytes())
    file.name = "rot.xlsx"
    client.post(reverse("onboarding:imports"), {"file": file})
    run = ImportRun.objects.get()
    answer = client.post(reverse("onboarding:answer", args=[run.pk]), {"supervisor-64": "person:1"})
    assert answer.status_code == 422
    odd = client.get(reverse("onboarding:import", args=[run.pk]), {"show": "pk__gt", "cursor": "rubbish"})
    assert odd.status_code == 200


def test_a_preview_is_thrown_away_with_what_was_read(client, coordinator, run) -> None:
    client.force_login(coordinator)
    client.post(reverse("onboarding:discard", args=[run.pk]))
    run.refresh_from_db()
    assert (run.state, run.rows.count()) == ("discarded", 0)


@pytest.mark.parametrize("language", ["en", "nb", "da"])
def test_the_template_is_understood_in_every_language(client, coordinator, language) -> None:
    with translation.override(language):
        headings, example = template_rows(hats_of(coordinator)[0])
        assert {field_of(heading) for heading in headings} == set(FIELDS) - {"first_name", "last_name", "rule"}
        sheet = read_people(template_xlsx(headings, [str(safe_cell(cell)) for cell in example]))
    assert len(sheet.rows) == 1
    client.force_login(coordinator)
    assert client.get(reverse("onboarding:template", args=["csv"])).status_code == 200
    content = client.get(reverse("onboarding:template", args=["xlsx"])).content
    assert all(cell.data_type != "f" for row in load_workbook(io.BytesIO(content)).active for cell in row)
    assert client.get(reverse("onboarding:template", args=["ods"])).status_code == 404


@pytest.mark.parametrize("rows", [3, 60])
def test_queries_do_not_grow_with_the_rows(client, coordinator, rows, django_assert_max_num_queries) -> None:
    client.force_login(coordinator)
    file = io.BytesIO(csv_bytes(*(f"Per {n},p{n}@example.org,Alta,dua,mentor," for n in range(rows))))
    file.name = "many.csv"
    client.post(reverse("onboarding:imports"), {"file": file})
    run = ImportRun.objects.get()
    client.get(reverse("onboarding:import", args=[run.pk]))
    with django_assert_max_num_queries(16):
        assert client.get(reverse("onboarding:import", args=[run.pk])).status_code == 200
    client.get(reverse("onboarding:imports"))
    with django_assert_max_num_queries(14):
        client.get(reverse("onboarding:imports"))
