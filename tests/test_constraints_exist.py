"""Every constraint that a model declares is in the database, under its name: none was left out with a mere warning."""

import pytest
from django.apps import apps
from django.db import connection, models

pytestmark = [pytest.mark.django_db, pytest.mark.both]

OURS = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def in_database(table: str) -> set[str]:
    """Names of all constraints and indexes of a table, as the database tells them."""
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, table))


@pytest.mark.parametrize("model", [model for model in OURS if model._meta.constraints], ids=lambda m: m._meta.label)
def test_declared_constraints_are_there(model):
    declared = {constraint.name for constraint in model._meta.constraints}
    assert declared - in_database(model._meta.db_table) == set()


@pytest.mark.parametrize("model", [model for model in OURS if model._meta.indexes], ids=lambda m: m._meta.label)
def test_declared_indexes_are_there(model):
    declared = {index.name for index in model._meta.indexes}
    assert declared - in_database(model._meta.db_table) == set()


def test_unique_columns_are_unique_in_the_database():
    for model in OURS:
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, model._meta.db_table).values()
        unique = {
            tuple(constraint["columns"]) for constraint in found if constraint["unique"] or constraint["primary_key"]
        }
        wanted = {(field.column,) for field in model._meta.local_concrete_fields if field.unique}
        assert wanted - unique == set(), model._meta.label


def test_the_test_sees_constraints_of_both_kinds():
    kinds = {type(constraint) for model in OURS for constraint in model._meta.constraints}
    assert kinds == {models.CheckConstraint, models.UniqueConstraint}
