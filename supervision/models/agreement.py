"""What two people have agreed about their supervision."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from programmes.models import Programme, SupervisionRule


class Agreement(models.Model):
    """Clauses with both signatures and a date until which it holds."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="agreements")
    rule = models.ForeignKey(
        SupervisionRule, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    supervisor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    supervisee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    clauses = models.JSONField()
    supervisor_signed_at = models.DateTimeField(null=True, blank=True)
    supervisee_signed_at = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(supervisor=F("supervisee")), name="agreement_of_two"),
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk}"
