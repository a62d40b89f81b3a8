"""Every checklist of the four packs, as a person fills it in: the page, the answers, the scores reckoned by hand."""

import math
from fractions import Fraction

import pytest
import time_machine
from django.urls import reverse

from checklists.actions.evaluate import Given, Place, open_evaluation, submit
from checklists.models import Item
from checklists.raters import is_compared, raters_of
from checklists.subjects import SUBJECTS, Target, is_offered
from checklists.tests.factories import DAY, EvaluationFactory
from checklists.tests.test_packs import installed
from practice.tests.factories import GroupFactory
from programmes.shipped import KEYS, load_pack, pack_path
from programmes.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
CHECKLISTS = [
    (key, checklist["key"])
    for key in KEYS
    for checklist in load_pack(pack_path(key))["checklists"]
    if not checklist.get("anonymous")
]
#: The packs' own words (`learning_outcomes` of peer_training): knowledge counts half of what each of the others does.
WEIGHTS = {"learning_outcomes_form": {"knowledge": 20, "skills": 40, "competence": 40}}
#: Those that oneself and others fill in: the pack names both, or asks for a comparison.
COMPARED = [
    (key, checklist["key"])
    for key in KEYS
    for checklist in load_pack(pack_path(key))["checklists"]
    if ("self" in checklist.get("allows_raters", []) and len(checklist["allows_raters"]) > 1)
    or checklist.get("compare_raters")
]


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        yield


def opened(pack, key):
    """A draft of that checklist, by somebody who may fill it in."""
    programme, roles, versions = installed(pack)
    version = next(one for one in versions if one.checklist.key == key)
    assert is_offered(version)
    rater = MembershipFactory(
        role=next(roles[name] for name in version.filled_by if name in roles), person__language="en"
    ).person
    other = MembershipFactory(role=next(iter(roles.values()))).person
    group = GroupFactory(programme=programme, led_by=[rater, other])
    meeting = group.meetings.create(number=1, held_on=DAY, noted_at="2026-02-02T12:00Z", noted_by=rater)
    about = {Target.ORGANISATION: programme.network, Target.PROGRAMME: programme}.get(
        SUBJECTS[version.about].target, rater if raters_of(version).oneself else other
    )
    where = SUBJECTS[version.about].where
    place = Place(group=group) if where == "group" else Place(meeting=meeting) if where == "meeting" else None
    place = Place(thing="session:1") if about == other else place
    return open_evaluation(by=rater, version=version, about=about, seen_on=DAY, place=place)


def answered(items):
    """Values by item, going round the scale; every seventh does not apply where the scale has that."""
    found = {}
    for place, item in enumerate(items):
        values = [option["value"] for option in item.scale.options]
        na = item.scale.allow_na and place % 7 == 6
        found[item] = None if na else values[place % len(values)]
    return found


def whole_by_hand(version, given):
    """As `by_hand`; where the pack gives the sections weights, the sections' means with them."""
    weights = WEIGHTS.get(version.checklist.key)
    if not weights:
        return by_hand(version.scale, given.values())
    means = {}
    for key in weights:
        values = [value for item, value in given.items() if item.section.key == key and value is not None]
        means[key] = Fraction(sum(values), len(values))
    mean = sum(weights[key] * means[key] for key in weights) / 100
    answered = sum(value is not None for item, value in given.items() if item.section.key in weights)
    return f"{_one_decimal(mean)}, {answered} answered"


def _one_decimal(mean):
    tenths = math.floor(mean * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}"


def by_hand(scale, values):
    """The figure as the pack words it, and as the page writes it in English; None where the scale has no sum."""
    given = [value for value in values if value is not None]
    if not given:
        return "none"
    if scale.key == "yes_no_na":
        return f"{sum(given)} of {len(given)}"
    if scale.key == "done_partly_not_na":
        return f"{sum(given)} of {2 * len(given)} points"
    if scale.key == "role_star_0_2":
        return None
    return f"{_one_decimal(Fraction(sum(given), len(given)))}, {len(given)} answered"


@pytest.mark.parametrize(("pack", "key"), CHECKLISTS)
def test_it_is_filled_in_sent_in_and_scored(client, pack, key):
    one = opened(pack, key)
    client.force_login(one.rater)
    url = reverse("checklists:fill", args=[one.pk])
    page = client.get(url)
    items = list(Item.objects.filter(section__version=one.version).select_related("scale", "section"))
    assert all(f'name="i{item.pk}"' in page.content.decode() for item in items)
    given = answered([item for item in items if item.scale])
    data = {f"i{item.pk}": "na" if value is None else value for item, value in given.items()}
    data |= {f"i{item.pk}": "50,5" for item in items if item.kind == "number"}
    data |= {f"i{item.pk}": "Said in own words" for item in items if item.kind == "text"}
    answer = client.post(url, data | {"version": one.revision, "do": "finish"})
    assert answer.status_code == 302
    words = client.get(answer["Location"]).content.decode()
    scale = one.version.scale
    if (whole := whole_by_hand(one.version, given)) is not None:
        assert whole in words
    weighted = "Knowledge 20%, Skills 40%, Competence 40%. “In the organisation (paid peers)” stands for itself."
    assert (weighted in words) == (key in WEIGHTS)
    for section in {item.section for item in given}:
        figure = by_hand(scale, [value for item, value in given.items() if item.section == section])
        assert figure is None or figure in words
    counted = WEIGHTS.get(key, {item.section.key for item in given})
    left = sum(value is None for item, value in given.items() if item.section.key in counted)
    assert left == 0 or f"{left} do not apply" in words or f"{left} does not apply" in words
    assert ("50.5" in words) == any(item.kind == "number" for item in items)
    assert ("Said in own words" in words) == any(item.kind == "text" for item in items)


@pytest.mark.parametrize(("pack", "key"), COMPARED)
def test_two_ratings_are_laid_side_by_side_where_the_pack_asks_for_it(client, pack, key):
    one = opened(pack, key)
    assert is_compared(one.version)
    items = list(Item.objects.filter(section__version=one.version, kind="scale").select_related("scale"))
    first, second = items[0], items[1]
    low, high = sorted({option["value"] for option in first.scale.options})[:: len(first.scale.options) - 1]
    same = {item.pk: Given(value=low) for item in items}
    submit(by=one.rater, evaluation=one, seen=1, answers=same)
    other = EvaluationFactory(
        version=one.version, person=one.rater, rater=MembershipFactory().person, part="coach", thing=one.thing
    )
    for item in items:
        value = high if item == second else low
        if item != first:
            other.answers.create(item=item, value=value)
    client.force_login(one.rater)
    page = client.get(reverse("checklists:compare", args=[one.pk]))
    sides = page.context["sides"]
    assert [pair.first.item for pair in sides.different] == ([second, first] if high - low > 1 else [first, second])
    assert {pair.steps for pair in sides.different} == {high - low, 0}
    assert "no answer" in page.content.decode()
    assert len(sides.different) + sum(len(pairs) for _name, pairs in sides.alike) == len(items)
