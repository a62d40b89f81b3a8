"""Figures in words, places of a chart, and the sentence that says who reads."""

from fractions import Fraction

import pytest
from django.utils import translation

from checklists.charts import Level, over_time, side_by_side
from checklists.scoring import score
from checklists.tests.test_scoring import marks
from checklists.wording import figure_words, mean_words, score_words, share_words, whole_words
from programmes.rights import TABLE, Relation, Sight, Thing


@pytest.mark.parametrize(
    ("language", "share", "mean"), [("en", "63%", "3.5"), ("nb", "63\u00a0%", "3,5"), ("da", "63\u00a0%", "3,5")]
)
def test_figures_as_each_language_writes_them_halves_up(language, share, mean):
    with translation.override(language):
        assert share_words(Fraction(5, 8)) == share
        assert mean_words(Fraction(345, 100)) == mean


def test_a_score_with_what_it_rests_on():
    with translation.override("en"):
        yes = score(marks("yes_no_na", 1, 1, 0, "na"))
        done = score(marks("done_partly_not_na", 2, 1))
        mean = score(marks("quality_1_5_na", 4, 5, 3, "na"))
        assert (score_words(yes), figure_words(yes), whole_words(yes)) == ("2 of 3", "67%", "2 of 3, 67%")
        assert (score_words(done), figure_words(done)) == ("3 of 4 points", "75%")
        assert (score_words(mean), figure_words(mean), whole_words(mean)) == (
            "4.0, 3 answered",
            "4.0",
            "4.0, 3 answered",
        )
        assert score_words(score(marks("yes_no_na", "na"))) == "none"


def test_the_places_of_a_comparison():
    chart = side_by_side(
        [
            Level("One", Fraction(1), Fraction(1, 2)),
            Level("Two", None, Fraction(0)),
            Level("Three", Fraction(1, 4), Fraction(1, 4)),
        ],
        [(Fraction(0), "0"), (Fraction(1), "100")],
    )
    first, second, third = chart.marks
    assert (first.first_x, first.second_path, first.gap_path) == ("520.0", "M374.0 20h12v12h-12z", "M520.0 26H380.0")
    assert (second.first_x, second.gap_path, second.ring) == ("", "", False)
    assert (third.ring, third.gap_path) == (True, "")
    assert chart.ticks == (("240.0", "0"), ("520.0", "100"))


def test_the_places_of_a_line_over_time():
    (line,) = over_time({"self": [(0, Fraction(0)), (5, None), (10, Fraction(1))]}, 10)
    assert [(point.x, point.y) for point in line.points] == [("48.0", "196.0"), ("528.0", "16.0")]
    assert line.polyline == "48.0,196.0 528.0,16.0"


def test_the_sentences_about_readers_say_what_the_table_says():
    """`readers_words` was written for this row: when the row changes, so must the sentences."""
    assert TABLE[Thing.EVALUATION] == {
        Relation.SELF: Sight.BOTH_IN,
        Relation.PLACEMENT: Sight.OWN_THEN_BOTH,
        Relation.EARLIER_COACH: Sight.OWN_RATINGS,
        Relation.SUPERVISES_LEAD: Sight.BOTH_IN,
        Relation.DECIDES_STEP: Sight.STEP_NAMES,
        Relation.COORDINATOR: Sight.DONE,
        Relation.OBSERVER: Sight.AVERAGES,
    }
