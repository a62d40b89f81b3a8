"""The Django admin shows no confidential field: each registered model is walked against this list of rights.md."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.test import RequestFactory

from accounts.models import User
from notices.models import Notice

CONFIDENTIAL_MODELS = {
    "supervision.AgendaNote",
    "supervision.Agreement",
    "supervision.Attendance",
    "supervision.Feedback",
    "supervision.Goal",
    "supervision.GoalReview",
    "supervision.PrivateNote",
    "supervision.RecordDraft",
    "checklists.Answer",
    "checklists.Evaluation",
    "practice.Recording",
    "practice.Moment",
    "certification.Evidence",
    "certification.StepRecord",
}
CONFIDENTIAL_FIELDS = {("accounts.User", "phone"), ("certification.Certificate", "pdf")}


def shown_fields(model, model_admin):
    """Every field that a page of the admin shows for the model: list, form and search."""
    request = RequestFactory().get("/admin/")
    request.user = User(is_staff=True, is_superuser=True)
    shown = set(flatten_fieldsets(model_admin.get_fieldsets(request)))
    shown |= set(model_admin.get_list_display(request)) | set(model_admin.get_search_fields(request))
    return {(model._meta.label, str(field)) for field in shown}


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model._meta.label)
def test_no_confidential_field_is_shown(model):
    assert model._meta.label not in CONFIDENTIAL_MODELS
    assert shown_fields(model, admin.site._registry[model]) & CONFIDENTIAL_FIELDS == set()


def test_the_walk_finds_a_field_that_is_shown():
    """The control: a field of a registered model is among those found."""
    assert ("notices.Notice", "state") in shown_fields(Notice, admin.site._registry[Notice])
