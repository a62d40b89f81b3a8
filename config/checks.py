"""System checks of the whole: a constraint that a database would leave out is an error, and so is an unsafe SQLite."""

from collections.abc import Sequence
from ctypes.util import find_library
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.db.models import BaseConstraint

# What one of our two databases leaves out with a mere warning (models.W038, W047), by constraint attribute.
LEFT_OUT = {
    "deferrable": ("W038", "is deferrable"),
    "nulls_distinct": ("W047", "says how nulls compare"),
    "include": ("W039", "covers further columns"),
}


@register(Tags.models)
def constraints_hold_in_every_database(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Turn "this database does not support …, the constraint will not be created" into an error here."""
    models = [model for app in app_configs for model in app.get_models()] if app_configs else apps.get_models()
    found: list[CheckMessage] = []
    for model in models:
        for constraint in model._meta.constraints:
            for number, reason in _left_out(constraint):
                found.append(
                    Error(
                        f"The constraint '{constraint.name}' {reason}: one of our databases would leave it out.",
                        hint="Use what SQLite and PostgreSQL both have, such as two conditional unique constraints.",
                        obj=model,
                        id=f"supervision.{number.replace('W', 'E')}",
                    )
                )
    return found


def _left_out(constraint: BaseConstraint) -> list[tuple[str, str]]:
    """The numbers of Django's warnings that this constraint earns on SQLite, and why."""
    if type(constraint).__name__ == "ExclusionConstraint":
        return [("W999", "excludes by an operator")]
    return [reason for name, reason in LEFT_OUT.items() if getattr(constraint, name, None) not in (None, ())]


@register(Tags.compatibility)
def sqlite_takes_the_lock_first(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse SQLite without IMMEDIATE transactions: more than half of racing writers would fail at once."""
    found: list[CheckMessage] = []
    for alias in connections:
        settings = connections[alias].settings_dict
        if not str(settings["ENGINE"]).endswith("sqlite3"):
            continue
        options = settings.get("OPTIONS", {})
        if str(options.get("transaction_mode", "")).upper() != "IMMEDIATE" or options.get("timeout", 0) < 10:
            found.append(
                Error(
                    f"The SQLite database '{alias}' does not begin its transactions with IMMEDIATE and a time-out.",
                    hint="Set OPTIONS transaction_mode='IMMEDIATE' and timeout=20 (seconds).",
                    id="supervision.E101",
                )
            )
    return found


@register(Tags.compatibility)
def certificates_are_made_quickly(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn loudly where the font library is missing: a certificate then takes two seconds instead of a twelfth."""
    if find_library("harfbuzz-subset"):
        return []
    return [
        Warning(
            "libharfbuzz-subset is missing: making a certificate takes about 25 times as long.",
            hint="On Debian: apt-get install libharfbuzz-subset0",
            id="supervision.W102",
        )
    ]
