"""What nobody would type into a checklist: a sentence and 404, 409 or 422, never an error; nothing is lost."""

import pytest
import time_machine
from django.urls import reverse

from checklists.models import Answer, Evaluation
from checklists.tests.factories import EvaluationFactory, published
from programmes.tests.factories import small_programme

pytestmark = pytest.mark.django_db
NASTY = ["x" * 300_000, "9" * 40, "-1", "NaN", "1e400", "\u202etxt", "<script>", "' OR 1=1", "½"]


@pytest.fixture
def draft():
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        cast = small_programme()
        version = published(cast.programme, words=("proud",), numbers=("clips",))
        yield EvaluationFactory(version=version, person=cast.member("group_leader"), state="draft")


@pytest.mark.parametrize("page", ["fill", "draft"])
def test_every_kind_of_item_takes_nothing_odd(draft, client, page):
    client.force_login(draft.person)
    url = reverse(f"checklists:{page}", args=[draft.pk])
    items = {item.kind: item.pk for section in draft.version.sections.all() for item in section.items.all()}
    odd = [(f"i{items[kind]}", value) for kind in ("scale", "number") for value in NASTY]
    odd += [(f"i{items['text']}", NASTY[0]), (f"c{items['scale']}", NASTY[0]), (f"i{items['text']}", "\u202etxt")]
    for name, value in odd:
        answer = client.post(url, {"version": "1", name: value, "do": "draft"})
        assert answer.status_code == (422 if page == "fill" else 200), (name, value[:20])
        if page == "draft":
            assert "version" not in answer.json()
    assert not Answer.objects.exists()


@pytest.mark.parametrize(("version", "status"), [("", 422), ("-1", 422), ("x", 422), ("9" * 40, 409), ("2", 409)])
def test_a_tampered_version_saves_nothing(draft, client, version, status):
    client.force_login(draft.person)
    item = draft.version.sections.first().items.first()
    answer = client.post(reverse("checklists:fill", args=[draft.pk]), {"version": version, f"i{item.pk}": "1"})
    assert answer.status_code == status
    assert f'value="1" id="id_i{item.pk}_0" data-digit="1" checked' in answer.content.decode()
    assert not Answer.objects.exists()


def test_sent_twice_it_is_sent_in_once(draft, client):
    client.force_login(draft.person)
    items = [item for section in draft.version.sections.all() for item in section.items.all()]
    data = {f"i{item.pk}": "1" for item in items} | {"version": "1", "do": "finish"}
    url = reverse("checklists:fill", args=[draft.pk])
    assert [client.post(url, data).status_code for _time in range(2)] == [302, 302]
    assert Evaluation.objects.get().state == "submitted"
    assert Answer.objects.count() == len(items)
    late = client.post(reverse("checklists:draft", args=[draft.pk]), data)
    assert "version" not in late.json()


def test_starts_and_addresses_that_are_not_offered(draft, client):
    client.force_login(draft.person)
    start = reverse("checklists:start_one", args=[draft.version.pk])
    for about in ("person:999999", "person:x", "organisation:1", "9" * 300, "person:1 meeting:1", ""):
        assert client.post(start, {"about": about, "seen_on": "2026-03-02"}).status_code == 422
    mine = f"person:{draft.person.pk}"
    for day in ("0001-01-01", "9999-12-31", "31.02.2026", "x" * 9000, ""):
        assert client.post(start, {"about": mine, "seen_on": day}).status_code == 422
    assert client.get(f"{start}?about={'9' * 300}&day=yesterday").status_code == 200
    huge = 10**19
    for name, arguments in (
        ("evaluation", [huge]),
        ("compare", [huge]),
        ("discard", [huge]),
        ("over_time", [huge, huge]),
        ("about_person", [huge, huge]),
        ("done", [huge]),
        ("averages", [huge]),
    ):
        assert client.get(reverse(f"checklists:{name}", args=arguments)).status_code == 404, name
