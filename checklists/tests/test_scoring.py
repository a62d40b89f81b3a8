"""Scores against values worked out by hand."""

from fractions import Fraction

import pytest

from checklists.comparing import compare
from checklists.scoring import RULES, Mark, Rule, ScaleRule, by_section, rule_of, score, verdict
from programmes.shipped import KEYS, load_pack, pack_path

ENDS = {
    "yes_no_na": (0, 1),
    "done_partly_not_na": (0, 2),
    "quality_1_5_na": (1, 5),
    "agree_1_5_na": (1, 5),
    "helpful_1_4": (1, 4),
    "satisfaction_1_7_na": (1, 7),
    "role_star_0_2": (0, 2),
}


def marks(scale, *values, section="one"):
    """Marks on a scale; "na" does not apply, None was not answered."""
    low, high = ENDS[scale]
    return [
        Mark(section, f"i{place}", RULES[scale], low, high, None if value == "na" else value, value == "na")
        for place, value in enumerate(values)
    ]


@pytest.mark.parametrize("key", KEYS)
def test_every_scale_of_the_packs_has_its_rule(key):
    for scale in load_pack(pack_path(key))["scales"]:
        values = [option["value"] for option in scale["options"]]
        assert scale["key"] in RULES
        assert ENDS[scale["key"]] == (min(values), max(values))


def test_the_share_of_yes_leaves_out_what_does_not_apply():
    # 28 yes, 5 no, 1 does not apply: 28/33 = 84.8 %
    found = score(marks("yes_no_na", *[1] * 28, *[0] * 5, "na"))
    assert (found.value, found.answered, found.not_applicable, found.of) == (Fraction(28, 33), 33, 1, 34)
    assert found.level == Fraction(28, 33)


def test_done_partly_is_the_sum_over_twice_the_number():
    # 2 + 2 + 1 + 0 = 5 of 2 × 4 = 8
    found = score(marks("done_partly_not_na", 2, 2, 1, 0, "na"))
    assert (found.rule, found.value, found.answered) == (Rule.SUM, Fraction(5, 8), 4)


def test_the_mean_comes_with_how_many_were_answered():
    # (4 + 5 + 3) / 3 = 4; on a scale from 1 to 5 that lies at 3/4
    found = score(marks("quality_1_5_na", 4, 5, 3, "na", None))
    assert (found.value, found.answered, found.not_applicable, found.of) == (4, 3, 1, 5)
    assert (found.level, found.headline) == (Fraction(3, 4), None)


def test_headline_shares():
    # helpful: 3 and 4 count, 3 of 5; satisfaction: 6 and 7 count, 2 of 4
    assert score(marks("helpful_1_4", 1, 2, 3, 4, 4)).headline == Fraction(3, 5)
    found = score(marks("satisfaction_1_7_na", 5, 6, 7, 2, "na"))
    assert (found.headline, found.value) == (Fraction(1, 2), 5)


def test_the_role_star_has_no_sum():
    assert score(marks("role_star_0_2", 0, 1, 2)).value is None


def test_nothing_answered_gives_no_figure():
    assert score(marks("yes_no_na", "na", None)).value is None
    assert score([]).value is None


def test_sections_keep_their_order_and_their_own_figures():
    found = by_section([*marks("yes_no_na", 1, 0, section="b"), *marks("yes_no_na", 1, section="a")])
    assert {key: one.value for key, one in found.items()} == {"b": Fraction(1, 2), "a": 1}
    assert list(found) == ["b", "a"]


OUTCOMES = {"knowledge": 20, "skills": 40, "competence": 40}


def outcomes(knowledge, skills, competence):
    sections = {"knowledge": knowledge, "skills": skills, "competence": competence}
    return [mark for name, values in sections.items() for mark in marks("quality_1_5_na", *values, section=name)]


def test_weights_make_the_whole_the_weighted_mean_of_the_sections():
    # knowledge (5+5+5+5)/4 = 5, skills (2+3+4+3+3)/5 = 3, competence (4+4+"na")/2 = 4
    # 0.2 × 5 + 0.4 × 3 + 0.4 × 4 = 1 + 1.2 + 1.6 = 3.8; without weights (20 + 15 + 8) / 11 = 43/11
    given = outcomes((5, 5, 5, 5), (2, 3, 4, 3, 3), (4, 4, "na"))
    found = score(given, OUTCOMES)
    assert (found.value, found.answered, found.not_applicable) == (Fraction(38, 10), 11, 1)
    assert score(given).value == Fraction(43, 11)
    assert [one.value for one in by_section(given).values()] == [5, 3, 4]


def test_a_section_without_an_answer_leaves_its_weight_to_the_others():
    # skills 3 and competence 5, each 40 of the 80 that are left: 4
    assert score(outcomes(("na", None), (3,), (5,)), OUTCOMES).value == 4
    assert score(outcomes(("na",), (None,), ("na",)), OUTCOMES).value is None


def test_a_section_without_a_weight_is_not_in_the_whole():
    # 0.2 × 3 + 0.4 × 3 + 0.4 × 3 = 3, whatever the workplace gives; the mean rests on three answers
    given = [*outcomes((3,), (3,), (3,)), *marks("quality_1_5_na", 1, 1, 1, section="organisation")]
    found = score(given, OUTCOMES)
    assert (found.value, found.answered, found.of) == (3, 3, 3)
    assert by_section(given)["organisation"].value == 1


def test_a_pass_rule_goes_by_the_weighted_mean():
    # 0.2 × 1 + 0.4 × 4 + 0.4 × 4 = 3.4, passes 3.0; by items (1 × 4 + 4 + 4) / 6 = 2 would not
    given, rule = outcomes((1, 1, 1, 1), (4,), (4,)), {"overall_mean_at_least": 3.0}
    with_weights, without = verdict(rule, given, OUTCOMES), verdict(rule, given)
    assert with_weights is not None
    assert without is not None
    assert (with_weights.passed, without.passed) == (True, False)


def test_a_scale_of_ones_own_is_read_by_its_shape():
    assert rule_of("mine", "binary", [0, 1]) == ScaleRule(Rule.SHARE)
    assert rule_of("mine", "ordinal", [0, 1, 2, 3]) == ScaleRule(Rule.SUM)
    assert rule_of("mine", "ordinal", [1, 2, 3]) == ScaleRule(Rule.MEAN)


PASS = {"overall_mean_at_least": 3.0, "no_section_mean_below": 2.5, "min_answered_share": 0.8}


@pytest.mark.parametrize(
    ("first", "second", "passed", "why"),
    [
        # mean (3+3+3+3)/4 = 3.0 is enough; each section 3.0
        ((3, 3), (3, 3), True, ""),
        # sections 3.5 and 2.5: 2.5 is not below 2.5
        ((4, 3), (3, 2), True, ""),
        # mean 2.75
        ((3, 3), (3, 2), False, "mean"),
        # mean 3.5, second section 2.0
        ((5, 5), (2, 2), False, "section"),
        # 3 of 4 answered is 0.75
        ((5, 5), (5, "na"), False, "few"),
    ],
)
def test_the_pass_rule(first, second, passed, why):
    given = [*marks("quality_1_5_na", *first, section="a"), *marks("quality_1_5_na", *second, section="b")]
    found = verdict(PASS, given)
    assert found is not None
    assert found.passed is passed
    assert (found.mean_below, bool(found.sections_below), found.too_few) == (
        why == "mean",
        why == "section",
        why == "few",
    )


def test_eight_of_ten_answered_is_enough():
    found = verdict(PASS, marks("quality_1_5_na", *[3] * 8, "na", "na"))
    assert found is not None
    assert found.passed


def test_without_a_rule_there_is_no_verdict():
    assert verdict(None, marks("yes_no_na", 1)) is None
    assert verdict({}, marks("yes_no_na", 1)) is None


def test_what_differs_comes_first_and_the_largest_first():
    first, second = marks("quality_1_5_na", 1, 3, 4, "na", 5), marks("quality_1_5_na", 2, 3, 1, "na", "na")
    found = compare(first, second)
    assert [(pair.key[1], pair.distance) for pair in found.different] == [("i2", 3), ("i0", 1), ("i4", 1)]
    assert [pair.key[1] for pair in found.alike] == ["i1", "i3"]
    assert found.of == 5


def test_items_of_one_version_only_are_not_compared():
    first, second = marks("yes_no_na", 1, 1, 1), marks("yes_no_na", 1, 0)
    assert compare(first, second).of == 2
