"""An evaluation: one rater's answers to one version, about one person, organisation or programme."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.constraints import one_of
from practice.models import DeliveryGroup, GroupMeeting, Recording
from programmes.models import Organisation, Programme

from .instrument import ChecklistVersion, Item
from .round import EvaluationRound


def _one_draft(target: str) -> models.UniqueConstraint:
    condition: dict[str, Any] = {"state": "draft", "rater__isnull": False, f"{target}__isnull": False}
    return models.UniqueConstraint(
        fields=["version", "rater", target, "thing"],
        condition=Q(**condition),
        name=f"evaluation_one_draft_{target}",
        violation_error_message=_("You have begun this checklist already. Go on with the draft."),
    )


class EvaluationState(models.TextChoices):
    """Draft until it is sent in."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("sent in")


class EvaluationPart(models.TextChoices):
    """The rater's part."""

    SELF = "self", _("self")
    CO_LEADER = "co_leader", _("co-leader")
    COACH = "coach", _("coach")
    MENTOR = "mentor", _("mentor")
    OBSERVER = "observer", _("observer")
    OUTSIDE = "outside", _("outside")


class Evaluation(models.Model):
    """Answers are changed only while it is a draft. `thing` says what it is about, never empty (`meeting:12`)."""

    State = EvaluationState
    Part = EvaluationPart

    version = models.ForeignKey(ChecklistVersion, on_delete=models.PROTECT, related_name="evaluations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="evaluations_about"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="evaluations_about"
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="evaluations_about"
    )
    group = models.ForeignKey(DeliveryGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    meeting = models.ForeignKey(
        GroupMeeting, on_delete=models.PROTECT, null=True, blank=True, related_name="evaluations"
    )
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    round = models.ForeignKey(
        EvaluationRound, on_delete=models.PROTECT, null=True, blank=True, related_name="evaluations"
    )
    rater = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="evaluations_given"
    )
    part = models.CharField(max_length=10, choices=Part.choices)
    thing = models.CharField(max_length=80)
    seen_on = models.DateField(_("Day"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    # Counts the saves: a stale tab carries an old number and is told so.
    revision = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    # Where the pack asks the rater's consent (`shared_with`): since when the one rated may read it; empty for not.
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-seen_on", "-id"]
        constraints = [
            one_of("state", EvaluationState, name="evaluation_state"),
            one_of("part", EvaluationPart, name="evaluation_part"),
            models.CheckConstraint(condition=~Q(thing=""), name="evaluation_thing_not_empty"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True, programme__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False, programme__isnull=True)
                | Q(person__isnull=True, organisation__isnull=True, programme__isnull=False),
                name="evaluation_about_one",
            ),
            models.CheckConstraint(
                condition=Q(group__isnull=True, meeting__isnull=True)
                | Q(group__isnull=True, recording__isnull=True)
                | Q(meeting__isnull=True, recording__isnull=True),
                name="evaluation_seen_in_one",
            ),
            models.CheckConstraint(
                condition=Q(state="submitted", submitted_at__isnull=False)
                | Q(state="draft", submitted_at__isnull=True),
                name="evaluation_submitted_when",
            ),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True) | Q(state="submitted"), name="evaluation_shared_when_submitted"
            ),
            models.CheckConstraint(
                condition=Q(rater__isnull=False) | Q(part="outside"), name="evaluation_no_rater_is_outside"
            ),
            _one_draft("person"),
            _one_draft("organisation"),
            _one_draft("programme"),
        ]
        indexes = [
            models.Index(fields=["person", "state", "-seen_on"], name="evaluation_person"),
            models.Index(fields=["rater", "state", "-seen_on"], name="evaluation_rater"),
            models.Index(fields=["person", "thing"], name="evaluation_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.thing}"


class Answer(models.Model):
    """The answer to one item: a value of its scale or "does not apply", a number, or words."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="answers")
    value = models.SmallIntegerField(null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    number = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "item"], name="answer_once"),
            models.CheckConstraint(
                condition=Q(not_applicable=False) | Q(value__isnull=True), name="answer_value_or_not_applicable"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"
