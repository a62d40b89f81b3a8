"""Anonymous rounds: answers by link, shown when at least six have answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.constraints import together
from practice.models import DeliveryGroup

from .instrument import ChecklistVersion


class EvaluationRound(models.Model):
    """A time in which participants, parents or supervisees answer without a name."""

    version = models.ForeignKey(ChecklistVersion, on_delete=models.PROTECT, related_name="rounds")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="rounds_about"
    )
    group = models.ForeignKey(
        DeliveryGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="evaluation_rounds"
    )
    code = models.CharField(max_length=40, unique=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            together("opened_at", "opened_by", name="round_opened_pair"),
            together("closed_at", "closed_by", name="round_closed_pair"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="round_closes_after_opening"),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.opened_at:%Y-%m-%d}"
