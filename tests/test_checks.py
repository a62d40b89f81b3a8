"""What the system checks refuse."""

from unittest import mock

from django.apps import AppConfig
from django.db import connections, models
from django.db.models import Q

from config.checks import (
    certificates_are_made_quickly,
    constraints_hold_in_every_database,
    sqlite_takes_the_lock_first,
)


def numbers(*constraints: models.BaseConstraint) -> list[str]:
    """The ids that a model with these constraints earns."""
    model = mock.Mock()
    model._meta.constraints = list(constraints)
    app = mock.Mock(spec=AppConfig)
    app.get_models.return_value = [model]
    return [message.id for message in constraints_hold_in_every_database([app])]


def test_what_sqlite_leaves_out_is_an_error():
    later = models.UniqueConstraint(fields=["a"], name="later", deferrable=models.Deferrable.DEFERRED)
    nulls = models.UniqueConstraint(fields=["a"], name="nulls", nulls_distinct=False)
    covers = models.UniqueConstraint(fields=["a"], name="covers", include=["b"])
    assert numbers(later, nulls, covers) == ["supervision.E038", "supervision.E047", "supervision.E039"]


def test_what_both_have_is_fine():
    unique = models.UniqueConstraint(fields=["a"], condition=Q(b__isnull=True), name="one")
    assert numbers(unique, models.CheckConstraint(condition=Q(a__gte=1), name="least")) == []


def test_our_own_models_are_fine():
    assert constraints_hold_in_every_database(None) == []


def test_sqlite_without_immediate_is_refused():
    lax = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {"timeout": 20}}
    with mock.patch.object(connections["default"], "settings_dict", lax):
        assert [message.id for message in sqlite_takes_the_lock_first(None)] == ["supervision.E101"]
    assert sqlite_takes_the_lock_first(None) == []


def test_a_slow_font_library_is_said_loudly():
    with mock.patch("config.checks.find_library", return_value=None):
        (warning,) = certificates_are_made_quickly(None)
    assert "apt-get install libharfbuzz-subset0" in warning.hint
