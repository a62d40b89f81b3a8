"""No field of text is forgotten: each stands in the table, and each confidential one has a word planted in it."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from tests.sweep.canary import CANARIES
from tests.sweep.fields import CONFIDENTIAL, OPEN, WITHOUT_WORD

TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


def texts_of_ours() -> set[str]:
    """`app.Model.field` of every text, JSON and bytes of our models, but for choices of the product's words."""
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] not in {"django", "allauth"}]
    return {
        f"{model._meta.label}.{field.name}"
        for model in ours
        for field in model._meta.get_fields()
        if isinstance(field, TEXTS) and not field.choices
    }


def test_every_text_is_confidential_or_open() -> None:
    known = set(CONFIDENTIAL) | set(OPEN)
    assert texts_of_ours() - known == set(), "say in tests/sweep/fields.py who reads these"
    assert known - texts_of_ours() == set(), "fields that are gone"
    assert set(CONFIDENTIAL) & set(OPEN) == set()


def test_every_confidential_field_is_planted() -> None:
    planted = {canary.field for canary in CANARIES}
    assert planted == set(CONFIDENTIAL) - set(WITHOUT_WORD)


def test_words_are_told_apart() -> None:
    words = [canary.word for canary in CANARIES]
    assert not [(one, other) for one in words for other in words if one is not other and one in other]
