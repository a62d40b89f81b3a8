"""Each component, rendered as a page would."""

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

PLACES = [
    {"number": 1, "state": "filled", "name": "Ingrid <Moen>", "url": "/p/1/", "since": "Since May"},
    {"number": 2, "state": "away", "name": "Jonas", "url": ""},
    {"number": 3, "state": "cover", "name": "Máret", "url": "/p/3/", "note": "Until 15 January"},
    {"number": 4, "state": "closed", "name": ""},
]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def component(name: str, **context: object) -> str:
    """The component's HTML."""
    return render_to_string(f"components/{name}.html", context)


def test_always_four_places_in_order_with_a_shape_and_words() -> None:
    html = component("places", places=PLACES)
    assert html.count("<li ") == 4
    assert [html.index(f"#place-{state}") for state in ("filled", "away", "cover", "closed")] == sorted(
        html.index(f"#place-{state}") for state in ("filled", "away", "cover", "closed")
    )
    assert '<a href="/p/1/">Ingrid &lt;Moen&gt;</a>' in html
    assert "Not offered" in html


def test_a_free_place_says_so() -> None:
    assert "Free" in component("places", places=[{"number": 1, "state": "empty"}])


def test_a_pair_is_two_seats_at_one_edge_without_numbers() -> None:
    html = component("pair", pair=[{"name": "Ada", "url": "/p/1/"}, {"free": True}])
    assert html.count("<li ") == 2
    assert "place-no" not in html
    assert "Nobody yet" in html


def test_small_places_carry_their_words() -> None:
    html = component("places_mini", places=PLACES, label="Places: 1 filled", words="3 of 3")
    assert 'role="img" aria-label="Places: 1 filled"' in html
    assert [f'x="{x}"' in html for x in (1, 16, 31, 46)] == [True] * 4
    assert html.count('class="off"') == 1


def test_one_place_beside_a_name() -> None:
    html = component("seat_glyph", state="cover", number=3)
    assert 'class="seat-glyph is-cover"' in html
    assert ">3</text>" in html


def test_pager_has_only_the_ways_that_exist() -> None:
    html = component("pager", next_url="?after=abc&hat=2", what="coaches")
    assert 'rel="next" href="?after=abc&amp;hat=2"' in html
    assert 'rel="prev"' not in html
    assert component("pager").strip() == ""


def test_filters_are_a_get_form_that_carries_the_hat_along() -> None:
    class Filters(forms.Form):
        q = forms.CharField(label="Name", required=False)

    html = component("filters", filter_form=Filters(), label="Filter", keep=[{"name": "hat", "value": "3"}])
    assert 'method="get"' in html
    assert '<input type="hidden" name="hat" value="3">' in html
    assert 'class="grow"' in html
    assert "<details" not in html


@pytest.mark.parametrize(("reset_url", "is_open"), [("", False), ("?", True)])
def test_more_than_two_filters_fold_away_under_the_search(reset_url: str, is_open: bool) -> None:
    class Filters(forms.Form):
        q = forms.CharField(label="Name", required=False)
        role = forms.CharField(required=False)
        place = forms.CharField(required=False)
        sort = forms.CharField(required=False)

    html = component("filters", filter_form=[*Filters()], label="Filter", reset_url=reset_url)
    before, folded = html.split("<details", 1)
    assert 'name="q"' in before
    assert [name for name in ("role", "place", "sort") if f'name="{name}"' in folded] == ["role", "place", "sort"]
    assert folded.startswith(' class="filters-more" open>') is is_open


def test_empty_says_what_to_do_next() -> None:
    html = component("empty", heading="Nobody yet", text="Wait.", url="/plan/", action="Plan a session")
    assert '<a class="btn btn-primary" href="/plan/">Plan a session</a>' in html


def test_savebar_keeps_draft_and_finish_apart() -> None:
    html = component("savebar", saved="Draft saved at 14:07", draft="Save draft", finish="Finish")
    assert 'name="do" value="draft"' in html
    assert 'name="do" value="finish"' in html
    assert "Draft saved at 14:07" in html


def test_views_mark_the_one_that_is_shown() -> None:
    html = component("views", label="Views", views=[{"url": "?", "label": "All", "count": 0, "current": True}])
    assert '<a href="?" aria-current="page">All <span class="num">0</span></a>' in html


def test_meter_says_its_numbers_in_words() -> None:
    html = component("meter", value=7, max=10, words="7 of 10 sessions", id="m")
    assert 'max="10" value="7" aria-labelledby="m"' in html


def test_words_are_escaped_and_keep_their_lines() -> None:
    html = component("words", label="Goal", text="One\n<script>", who="Ada")
    assert "One<br>&lt;script&gt;" in html


def test_navigation_is_nothing_for_nobody() -> None:
    assert component("nav").strip() == ""
    html = component(
        "nav", nav=[{"url": "/", "label": "Today", "current": True, "count": 2, "count_label": "waiting"}]
    )
    assert 'aria-current="page"' in html
    assert "waiting" in html


def test_hats_are_offered_when_there_are_two() -> None:
    hats = [{"url": "?hat=1", "label": "Coordinator", "current": True}, {"url": "?hat=2", "label": "Mentor"}]
    html = component("menu", hats=hats, hat={"label": "Coordinator"})
    assert 'href="?hat=2"' in html
    assert "?hat=1" not in component("menu", hats=hats[:1], hat={"label": "Coordinator"})


@pytest.mark.parametrize("name", ["legend", "htmx"])
def test_components_without_parameters(name: str) -> None:
    assert "<" in component(name)


def test_mail_reads_the_same_in_both_forms() -> None:
    context = {
        "title": "Thursday at 13:00",
        "paragraphs": ["Hello Jonas & Máret."],
        "action_url": "https://example.org/s/1/?a=1&b=2",
        "action_label": "Write my question",
        "why": "You get this the day before.",
    }
    html, text = render_to_string("mail/base.html", context), render_to_string("mail/base.txt", context)
    assert "Hello Jonas &amp; Máret." in html
    assert "Hello Jonas & Máret." in text
    assert "https://example.org/s/1/?a=1&b=2" in text
    assert 'lang="en"' in html


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "409", "422", "429", "500"])
def test_error_pages_need_no_request_and_say_what_to_do(code: str) -> None:
    html = render_to_string(f"{code}.html")
    assert html.count("<h1") == 1
    assert 'class="lead"' in html


def test_an_error_page_takes_the_rule_s_own_sentence() -> None:
    assert "Somebody else took the place." in render_to_string(
        "409.html", {"message": "Somebody else took the place."}
    )
