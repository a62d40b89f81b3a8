"""Check constraints the product declares over and over, so that every model says them alike.

Only what PostgreSQL and SQLite both keep. Each carries a sentence for a person, in case a form's
``full_clean`` meets it before an action does.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def one_of(
    field: str, choices: type[models.TextChoices], *, name: str, message: "str | StrPromise" = ""
) -> models.CheckConstraint:
    """``field`` holds one of ``choices``, checked in the database; NULL passes, as in any SQL check.

    An empty text passes only if the choices have an empty member (``__empty__`` does not count).
    """
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": list(choices.values)}),
        name=name,
        violation_error_message=message or _("That choice is not one of those offered."),
    )


def together(
    *fields: str,
    name: str,
    empty: Mapping[str, Any] | None = None,
    blank: Iterable[str] = (),
    message: "str | StrPromise" = "",
) -> models.CheckConstraint:
    """All of ``fields`` are empty, or none is (``ended_at`` with ``ended_by``).

    Empty is NULL; for text fields named in ``blank`` it is ``""``; for fields in ``empty`` the value given.
    """
    marks = _marks(fields, empty, blank)
    return models.CheckConstraint(
        condition=_all_empty(fields, marks) | _all_filled(fields, marks),
        name=name,
        violation_error_message=message or _("Some details belong together: give all of them, or none."),
    )


def exactly_when(
    condition: models.Q,
    *fields: str,
    name: str,
    empty: Mapping[str, Any] | None = None,
    blank: Iterable[str] = (),
    message: "str | StrPromise" = "",
) -> models.CheckConstraint:
    """``fields`` are all filled exactly when ``condition`` holds, else all empty (as in :func:`together`).

    ``condition`` must be over columns that are never NULL, for a NULL would let any row through.
    """
    marks = _marks(fields, empty, blank)
    return models.CheckConstraint(
        condition=(condition & _all_filled(fields, marks)) | (~condition & _all_empty(fields, marks)),
        name=name,
        violation_error_message=message or _("Some details belong together: give all of them, or none."),
    )


def exactly_one(*fields: str, name: str, message: "str | StrPromise" = "") -> models.CheckConstraint:
    """Exactly one of ``fields`` is not NULL (a candidacy is a person's or an organisation's)."""
    condition = models.Q()
    for chosen in fields:
        others = {f"{other}__isnull": True for other in fields if other != chosen}
        condition |= models.Q(**{f"{chosen}__isnull": False, **others})
    return models.CheckConstraint(
        condition=condition,
        name=name,
        violation_error_message=message or _("Give exactly one of these."),
    )


def _marks(fields: tuple[str, ...], empty: Mapping[str, Any] | None, blank: Iterable[str]) -> dict[str, Any]:
    """The value that means empty, for the fields where it is not NULL."""
    marks = dict.fromkeys(blank, "") | dict(empty or {})
    if strangers := set(marks) - set(fields):
        raise ValueError(f"not among the fields of the constraint: {sorted(strangers)}")
    return marks


def _is_empty(field: str, marks: Mapping[str, Any]) -> models.Q:
    return models.Q(**{field: marks[field]}) if field in marks else models.Q(**{f"{field}__isnull": True})


def _all_empty(fields: tuple[str, ...], marks: Mapping[str, Any]) -> models.Q:
    condition = models.Q()
    for field in fields:
        condition &= _is_empty(field, marks)
    return condition


def _all_filled(fields: tuple[str, ...], marks: Mapping[str, Any]) -> models.Q:
    condition = models.Q()
    for field in fields:
        condition &= ~models.Q(**{field: marks[field]}) if field in marks else models.Q(**{f"{field}__isnull": False})
    return condition
