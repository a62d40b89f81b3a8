"""How views answer: statuses of forms, and refusals as pages of the house."""

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory, override_settings
from django.urls import include, path

from common.answers import add_domain_error, render_form
from common.errors import Conflict, DomainError, NotAllowed

pytestmark = pytest.mark.django_db
HERE = "common.tests.test_answers"
REFUSALS = {
    "conflict": Conflict("Ragnhild has four group leaders, and that is the limit."),
    "not-allowed": NotAllowed("Only the coach may move this <session>."),
    "rule": DomainError("Choose a day that lies ahead."),
    "malformed": DomainError("There is no such hat.", status=400),
    "odd": DomainError("Nothing is brewed here.", status=418),
}


def refusing(request: HttpRequest, kind: str):
    raise REFUSALS[kind]


urlpatterns = [path("refusing/<kind>/", refusing), path("", include("config.urls"))]


class NameForm(forms.Form):
    name = forms.CharField()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def answer(form) -> int:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return render_form(request, "422.html", form, {"message": ""}).status_code


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("conflict", 409, "Ragnhild has four group leaders, and that is the limit."),
        ("not-allowed", 403, "Only the coach may move this &lt;session&gt;."),
        ("rule", 422, "Choose a day that lies ahead."),
        ("malformed", 400, "There is no such hat."),
        ("odd", 418, "Nothing is brewed here."),
    ],
)
@override_settings(ROOT_URLCONF=HERE)
def test_a_refusal_nobody_caught_is_a_page_that_says_it(client, kind, status, words):
    response = client.get(f"/refusing/{kind}/")
    assert response.status_code == status
    assert words in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert "HX-Retarget" not in response


@override_settings(ROOT_URLCONF=HERE)
def test_for_htmx_a_refusal_takes_the_place_of_the_page(client):
    response = client.post("/refusing/conflict/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Retarget"], response["HX-Reswap"]) == (409, "body", "innerHTML")


def test_a_form_answers_by_its_state():
    assert answer(NameForm()) == 200
    assert answer(NameForm({"name": "Eva"})) == 200
    assert answer(NameForm({"name": ""})) == 422


def test_a_refusal_lands_on_its_field_and_sets_the_status():
    form = NameForm({"name": "Eva"})
    add_domain_error(form, Conflict("Taken.", field="name"))
    assert form.errors == {"name": ["Taken."]}
    assert answer(form) == 409


@pytest.mark.parametrize("field", [None, "elsewhere", "version"])
def test_a_refusal_without_a_field_to_be_seen_at_stands_above(field):
    form = NameForm({"name": "Eva"})
    add_domain_error(form, DomainError("No.", field=field))
    assert form.non_field_errors() == ["No."]
