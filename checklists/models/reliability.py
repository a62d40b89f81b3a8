"""Reliability tests: does a rater agree with the reference rating?"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.constraints import together
from practice.models import Recording

from .evaluation import Evaluation
from .instrument import ChecklistVersion


class ReliabilityTest(models.Model):
    """A recording to be rated blind, with its reference rating."""

    version = models.ForeignKey(ChecklistVersion, on_delete=models.PROTECT, related_name="reliability_tests")
    protocol = models.CharField(max_length=60)
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="reliability_tests")
    reference = models.ForeignKey(Evaluation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            together("set_at", "set_by", name="reliability_test_pair"),
            models.UniqueConstraint(fields=["protocol", "recording", "version"], name="reliability_test_once"),
        ]

    def __str__(self) -> str:
        return f"{self.protocol} {self.pk}"


class ReliabilityAttempt(models.Model):
    """One rater's try: their evaluation, and the agreement once it is computed."""

    test = models.ForeignKey(ReliabilityTest, on_delete=models.PROTECT, related_name="attempts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reliability_attempts")
    evaluation = models.OneToOneField(Evaluation, on_delete=models.PROTECT, related_name="reliability_attempt")
    # Share of items answered alike, 0 to 1.
    agreement = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["test", "person", "evaluation"], name="reliability_attempt_once"),
            models.CheckConstraint(
                condition=Q(agreement__isnull=True) | Q(agreement__gte=0, agreement__lte=1),
                name="reliability_agreement_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.test}"
