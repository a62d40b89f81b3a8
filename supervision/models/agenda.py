"""The agenda: the steps of a session, versioned. A session keeps the version it was planned with."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from programmes.models import Programme, SupervisionRule


class Agenda(models.Model):
    """A version of the programme's agenda, or of one rule's own (rule empty: the programme's default)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="agendas")
    rule = models.ForeignKey(SupervisionRule, on_delete=models.PROTECT, null=True, blank=True, related_name="agendas")
    number = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    total_minutes = models.PositiveSmallIntegerField()
    # How the repeated steps are repeated, in the pack's words.
    repeat = models.JSONField(default=dict, blank=True)
    # The pack's goals block (fields, levels, statuses, examples) and its prompts, as they were in this version.
    goals = models.JSONField(default=dict, blank=True)
    prompts = models.JSONField(default=list, blank=True)
    source = models.JSONField()

    class Meta:
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"], condition=Q(rule__isnull=True), name="agenda_number_of_programme"
            ),
            models.UniqueConstraint(
                fields=["rule", "number"], condition=Q(rule__isnull=False), name="agenda_number_of_rule"
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(rule__isnull=True, is_current=True),
                name="agenda_one_current_of_programme",
            ),
            models.UniqueConstraint(
                fields=["rule"], condition=Q(rule__isnull=False, is_current=True), name="agenda_one_current_of_rule"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} v{self.number}"


class AgendaStep(models.Model):
    """A step: its minutes, who leads it, and which fields it captures."""

    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="steps")
    key = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    names = models.JSONField()
    guidance = models.JSONField(default=dict, blank=True)
    # A role key of the programme, or "group", or "both".
    led_by = models.CharField(max_length=60)
    captures = models.JSONField(default=list, blank=True)
    required = models.BooleanField(default=True)
    # Repeated for each who presents; the minutes are shared among them.
    per_presenter = models.BooleanField(default=False)

    class Meta:
        ordering = ["agenda", "order"]
        constraints = [
            models.UniqueConstraint(fields=["agenda", "key"], name="agenda_step_key"),
            models.UniqueConstraint(fields=["agenda", "order"], name="agenda_step_order"),
        ]

    def __str__(self) -> str:
        return self.key
