"""What the declared constraints let through, asked of the conditions themselves."""

import pytest
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Cast

from common.constraints import exactly_one, exactly_when, one_of, together

pytestmark = [pytest.mark.django_db, pytest.mark.both]


class Colour(models.TextChoices):
    RED = "red"
    BLUE = "blue"


def holds(constraint: models.CheckConstraint, **values) -> bool:
    """Whether the database would keep a row of ``values``; None is a NULL, which a check lets through."""
    fields = {int: models.IntegerField(), str: models.CharField(), type(None): models.IntegerField()}
    row = {name: Cast(Value(value), fields[type(value)]) for name, value in values.items()}
    return constraint.condition.check(row)


def test_one_of():
    constraint = one_of("colour", Colour, name="colour_known")
    assert holds(constraint, colour="red")
    assert not holds(constraint, colour="")
    assert not holds(constraint, colour="green")
    assert str(constraint.violation_error_message) == "That choice is not one of those offered."


def test_together():
    constraint = together("at", "by", "reason", name="ended_together", blank=("reason",))
    assert holds(constraint, at=None, by=None, reason="")
    assert holds(constraint, at=1, by=2, reason="moved")
    assert not holds(constraint, at=1, by=None, reason="moved")
    assert not holds(constraint, at=1, by=2, reason="")
    assert not holds(constraint, at=None, by=None, reason="moved")


def test_exactly_when():
    constraint = exactly_when(Q(state="ended"), "at", "by", name="ended_exactly")
    assert holds(constraint, state="ended", at=1, by=2)
    assert holds(constraint, state="open", at=None, by=None)
    assert not holds(constraint, state="ended", at=None, by=None)
    assert not holds(constraint, state="open", at=1, by=2)
    assert not holds(constraint, state="ended", at=1, by=None)


def test_exactly_one():
    constraint = exactly_one("person", "organisation", name="one_subject")
    assert holds(constraint, person=1, organisation=None)
    assert holds(constraint, person=None, organisation=1)
    assert not holds(constraint, person=None, organisation=None)
    assert not holds(constraint, person=1, organisation=1)


def test_a_slip_of_the_pen_is_found_when_the_program_starts():
    with pytest.raises(ValueError, match="reson"):
        together("at", "by", name="x", blank=("reson",))
