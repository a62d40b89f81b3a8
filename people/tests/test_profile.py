"""One's own details, and the trail about oneself."""

import pytest
from django.utils import translation

from accounts.models import AuditEvent
from accounts.tests.factories import PASSWORD
from coaches.actions.places import place_supervisee
from programmes.tests.factories import Cast, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    translation.activate("en")
    return small_programme()


def form_of(page):
    return next(form for form in page.forms.values() if "supervises_in" in form.fields)


def test_details_are_kept_and_the_trail_says_which(cast: Cast, django_app) -> None:
    me = cast.member("peer_coach", name="Old Name", language="en")
    form = form_of(django_app.get("/profile/", user=me.email))
    form["name"], form["phone"], form["language"] = "Láilá Eira", "12 34 56 78", "da"
    form.set("supervises_in", True, index=3)
    answer = form.submit()
    assert answer.status_code == 302
    me.refresh_from_db()
    assert (me.name, me.phone, me.language, me.supervises_in) == ("Láilá Eira", "12 34 56 78", "da", ["se"])
    assert me.sort_name.startswith("l")
    assert AuditEvent.objects.get(verb="person.changed").facts == {"fields": ["name", "phone"]}


def test_a_name_that_cannot_be_is_refused_and_nothing_is_lost(cast: Cast, django_app) -> None:
    me = cast.member("peer_coach", language="en")
    form = form_of(django_app.get("/profile/", user=me.email))
    form["name"], form["phone"] = "", "12 34 56 78"
    page = form.submit(status=422)
    assert 'value="12 34 56 78"' in page.text


def test_an_unknown_time_zone_is_refused(cast: Cast, client) -> None:
    client.force_login(cast.member("peer_coach"))
    assert client.post("/profile/", {"name": "x", "language": "en", "time_zone": "Mars/Base"}).status_code == 422


def test_the_trail_about_me_says_who_did_what_but_no_facts(cast: Cast, client) -> None:
    me = cast.member("group_leader", language="en")
    by = cast.member("coordinator", name="Hanne Lillebø")
    place_supervisee(by=by, coach=cast.member("peer_coach"), supervisee=me, rule=cast.rules["group"])
    client.force_login(me)
    text = client.get("/profile/trail/").content.decode()
    assert "Hanne Lillebø" in text
    assert "Gave a place with a coach" in text
    client.force_login(cast.member("group_leader", language="en"))
    assert "Nothing yet" in client.get("/profile/trail/").content.decode()


def test_a_new_address_needs_the_password(cast: Cast, client) -> None:
    me = cast.member("peer_coach", email="old@example.org", language="en")
    client.force_login(me)
    wrong = client.post("/profile/address/", {"email": "new@example.org", "password": "wrong"})
    assert wrong.status_code == 422
    assert "This is not your password" in wrong.content.decode()
    assert client.post("/profile/address/", {"email": "new@example.org", "password": PASSWORD}).status_code == 302
    me.refresh_from_db()
    assert me.email == "old@example.org"  # until the link is used: test_address.py


def test_an_address_that_somebody_has_is_refused(cast: Cast, client) -> None:
    cast.member("mentor", email="taken@example.org")
    client.force_login(cast.member("peer_coach"))
    answer = client.post("/profile/address/", {"email": "taken@example.org", "password": PASSWORD})
    assert answer.status_code == 422


def test_the_password_is_not_tried_for_ever(cast: Cast, client) -> None:
    client.force_login(cast.member("peer_coach"))
    tries = [client.post("/profile/address/", {"email": "x@example.org", "password": "x"}) for _number in range(11)]
    assert (tries[0].status_code, tries[-1].status_code) == (422, 429)
