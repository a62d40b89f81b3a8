"""The Django admin shows no confidential field: every field that it shows is looked up in the table of the sweep."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.test import RequestFactory

from accounts.models import User
from notices.models import Notice
from tests.sweep.fields import CONFIDENTIAL, QUEUE

#: What went wrong with a mail is the operator's business; nothing else of the queue's is.
OPERATORS = {"notices.Notice.last_error"}


def shown_fields(model, model_admin):
    """Every field that a page of the admin shows for the model, as `app.Model.field`: list, form and search."""
    request = RequestFactory().get("/admin/")
    request.user = User(is_staff=True, is_superuser=True)
    shown = set(flatten_fieldsets(model_admin.get_fieldsets(request)))
    shown |= set(model_admin.get_list_display(request)) | set(model_admin.get_search_fields(request))
    return {f"{model._meta.label}.{field}" for field in shown}


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model._meta.label)
def test_no_confidential_field_is_shown(model):
    assert shown_fields(model, admin.site._registry[model]) & set(CONFIDENTIAL) - OPERATORS == set()


def test_what_operators_see_is_said_in_the_table():
    assert {CONFIDENTIAL[field] for field in OPERATORS} == {QUEUE}


def test_the_walk_finds_a_field_that_is_shown():
    """The control: fields of a registered model are among those found, the operators' one too."""
    found = shown_fields(Notice, admin.site._registry[Notice])
    assert {"notices.Notice.state", *OPERATORS} <= found
