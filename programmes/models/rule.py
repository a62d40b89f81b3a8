"""Supervision rules: who supervises whom, how often and how many."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.constraints import one_of

from .programme import Programme, ProgrammeRole


class SupervisionRule(models.Model):
    """The stable part: placements and uniqueness hang here, a session keeps the version."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rules")
    key = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["programme", "order"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="rule_key_in_programme")]

    def __str__(self) -> str:
        return self.key


class RuleFormat(models.TextChoices):
    """How many meet."""

    INDIVIDUAL = "individual", _("individual")
    GROUP = "group", _("group")
    PAIR = "pair", _("pair")
    TRIAD = "triad", _("three together")


class RuleUnit(models.TextChoices):
    """The unit of the cadence."""

    WEEK = "week", _("week")
    MONTH = "month", _("month")


class RuleRestsOn(models.TextChoices):
    """Whether supervision under this rule needs a placement."""

    OWN = "own", _("placements of this rule")
    OTHER = "other", _("placements of another rule")
    NONE = "none", _("no placements: people take turns")


class SupervisionRuleVersion(models.Model):
    """What the rule says, from one version of the pack on."""

    Format = RuleFormat
    Unit = RuleUnit
    RestsOn = RuleRestsOn

    rule = models.ForeignKey(SupervisionRule, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    names = models.JSONField()
    notes = models.JSONField(default=dict, blank=True)
    format = models.CharField(max_length=12, choices=Format.choices)
    supervisor_role = models.ForeignKey(ProgrammeRole, on_delete=models.PROTECT, related_name="leads_under")
    co_lead_roles = models.ManyToManyField(ProgrammeRole, related_name="co_leads_under", blank=True)
    supervisee_roles = models.ManyToManyField(ProgrammeRole, related_name="supervised_under", blank=True)
    observer_roles = models.ManyToManyField(ProgrammeRole, related_name="observes_under", blank=True)
    min_supervisees = models.PositiveSmallIntegerField()
    max_supervisees = models.PositiveSmallIntegerField()
    rests_on = models.CharField(max_length=6, choices=RestsOn.choices)
    placement_rule = models.ForeignKey(
        SupervisionRule, on_delete=models.PROTECT, null=True, blank=True, related_name="carries"
    )
    caseload_max = models.PositiveSmallIntegerField(null=True, blank=True)
    cadence_every = models.PositiveSmallIntegerField()
    cadence_unit = models.CharField(max_length=6, choices=Unit.choices)
    minutes = models.PositiveSmallIntegerField()
    coverage_window_days = models.PositiveSmallIntegerField()
    reciprocal = models.BooleanField(default=False)
    rotates_roles = models.BooleanField(default=False)
    # The rule as the pack writes it: cadence.while, requires, excludes, same_organisation, role_switch …
    source = models.JSONField()

    class Meta:
        ordering = ["rule", "number"]
        constraints = [
            one_of("format", RuleFormat, name="rule_format"),
            one_of("cadence_unit", RuleUnit, name="rule_cadence_unit"),
            one_of("rests_on", RuleRestsOn, name="rule_rests_on"),
            models.UniqueConstraint(fields=["rule", "number"], name="rule_version_number"),
            models.UniqueConstraint(fields=["rule"], condition=Q(is_current=True), name="rule_one_current"),
            models.CheckConstraint(
                condition=Q(min_supervisees__gte=1, max_supervisees__gte=F("min_supervisees")), name="rule_group_size"
            ),
            models.CheckConstraint(
                condition=Q(rests_on="other", placement_rule__isnull=False)
                | ~Q(rests_on="other") & Q(placement_rule__isnull=True),
                name="rule_other_names_its_rule",
            ),
            models.CheckConstraint(
                condition=~Q(rests_on="own") | Q(caseload_max__isnull=False, caseload_max__gte=1),
                name="rule_own_has_caseload",
            ),
            models.CheckConstraint(
                condition=Q(cadence_every__gte=1, minutes__gte=1, coverage_window_days__gte=1), name="rule_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} v{self.number}"
