"""Goals run from session to session; feedback names strengths first."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.constraints import one_of, together
from programmes.models import Organisation, Programme

from .session import SupervisionSession


class GoalStatus(models.TextChoices):
    """Open: new, under way, tried, kept. Closed: reached, changed (with its successor), dropped."""

    NEW = "new", _("new")
    UNDER_WAY = "under_way", _("under way")
    TRIED = "tried", _("tried")
    KEPT = "kept", _("kept")
    REACHED = "reached", _("reached")
    CHANGED = "changed", _("changed")
    DROPPED = "dropped", _("dropped")


class Goal(models.Model):
    """Something that a person, or an organisation, will try. Its fields are the pack's."""

    Status = GoalStatus

    OPEN = (Status.NEW, Status.UNDER_WAY, Status.TRIED, Status.KEPT)
    CLOSED = (Status.REACHED, Status.CHANGED, Status.DROPPED)

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="goals")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="goals"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="goals"
    )
    level = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    # The goal in one line, and the other fields of the pack by key.
    text = models.TextField(_("Goal"))
    fields = models.JSONField(default=dict, blank=True)
    due_on = models.DateField(_("By when"), null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.NEW)
    successor = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessor"
    )
    set_in = models.ForeignKey(
        SupervisionSession, on_delete=models.PROTECT, null=True, blank=True, related_name="goals_set"
    )
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # When the owner let those see it who supervise the one who leads.
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-set_at", "-id"]
        constraints = [
            one_of("status", GoalStatus, name="goal_status"),
            together("set_at", "set_by", name="goal_set_pair"),
            together("closed_at", "closed_by", name="goal_closed_pair"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False),
                name="goal_of_one",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["reached", "changed", "dropped"], closed_at__isnull=False)
                | Q(status__in=["new", "under_way", "tried", "kept"], closed_at__isnull=True),
                name="goal_closed_when",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(status="changed"), name="goal_successor_when_changed"
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")), name="goal_not_own_successor"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "programme", "-set_at"], name="goal_person"),
            models.Index(fields=["organisation", "programme", "-set_at"], name="goal_organisation"),
        ]

    def __str__(self) -> str:
        return f"goal {self.pk}"


class GoalReview(models.Model):
    """A goal taken up in a session: the outcome at that time, and what happened."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="reviews")
    session = models.ForeignKey(
        SupervisionSession, on_delete=models.PROTECT, null=True, blank=True, related_name="goal_reviews"
    )
    status = models.CharField(max_length=10, choices=Goal.Status.choices)
    comment = models.TextField(blank=True)
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["goal", "reviewed_at", "id"]
        constraints = [
            one_of("status", Goal.Status, name="goal_review_status"),
            together("reviewed_at", "reviewed_by", name="goal_review_pair"),
            models.UniqueConstraint(
                fields=["goal", "session"], condition=Q(session__isnull=False), name="goal_review_once_a_session"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal}: {self.status}"


class Feedback(models.Model):
    """A strength, then something to develop. Read by the receiver once it is released."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="feedback")
    session = models.ForeignKey(
        SupervisionSession, on_delete=models.PROTECT, null=True, blank=True, related_name="feedback"
    )
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="feedback_received")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="feedback_given")
    turn = models.PositiveSmallIntegerField(default=1)
    strength = models.TextField(_("What worked"))
    growth = models.TextField(_("Something to develop"), blank=True)
    given_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-given_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(strength=""),
                name="feedback_strength_first",
                violation_error_message=_("Begin with something that worked."),
            ),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="feedback_not_to_oneself"),
        ]
        indexes = [models.Index(fields=["receiver", "-released_at"], name="feedback_receiver")]

    def __str__(self) -> str:
        return f"feedback {self.pk}"
