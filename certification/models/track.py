"""Tracks and their steps, versioned: a candidacy keeps the version it began with."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from checklists.models import Checklist
from common.constraints import one_of
from programmes.models import Programme, ProgrammeRole, SupervisionRule
from supervision.models import Attendance


class Track(models.Model):
    """The stable part of a ladder."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="tracks")
    key = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["programme", "order"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="track_key_in_programme")]

    def __str__(self) -> str:
        return self.key


class TrackVersionCandidate(models.TextChoices):
    """Who climbs."""

    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")


class TrackVersion(models.Model):
    """What the ladder asks for, from one version of the pack on."""

    Candidate = TrackVersionCandidate

    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    names = models.JSONField()
    candidate = models.CharField(max_length=14, choices=Candidate.choices, default=Candidate.PERSON)
    # Role keys as the pack writes them: `for_role` and `awards` may be a status, `decided_by` may be outside.
    for_role = models.CharField(max_length=60)
    awards = models.CharField(max_length=60, blank=True)
    # The title on the certificate.
    title = models.JSONField()
    decided_by = models.CharField(max_length=60)
    decided_outside = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=60, blank=True)
    per_variant = models.BooleanField(default=False)
    validity_months = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.JSONField()

    class Meta:
        ordering = ["track", "number"]
        constraints = [
            one_of("candidate", TrackVersionCandidate, name="track_candidate"),
            models.UniqueConstraint(fields=["track", "number"], name="track_version_number"),
            models.UniqueConstraint(fields=["track"], condition=Q(is_current=True), name="track_one_current"),
            models.CheckConstraint(
                condition=Q(decided_outside=False) | ~Q(recorded_by=""), name="track_outside_is_recorded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.track} v{self.number}"


class StepKind(models.TextChoices):
    """Stable kinds: no rule hangs on a display name."""

    PREREQUISITE = "prerequisite", _("prerequisite")
    TRAINING = "training", _("training")
    SESSIONS = "sessions", _("practice or supervision")
    CHECKLIST = "checklist", _("checklist")
    VIDEO_REVIEW = "video_review", _("video review")
    EVALUATION = "evaluation", _("evaluation")
    RELIABILITY = "reliability", _("reliability")
    APPROVAL = "approval", _("approval")
    EVIDENCE = "evidence", _("documentation")


class StepSeat(models.TextChoices):
    """The seat that counts; `each` wants every seat at least once."""

    LEAD = Attendance.Seat.LEAD.value, _("leads")
    CO_LEAD = Attendance.Seat.CO_LEAD.value, _("co-leads")
    SUPERVISEE = Attendance.Seat.SUPERVISEE.value, _("is supervised")
    EACH = "each", _("each of the seats")
    NONE = "", _("none")


class Step(models.Model):
    """A rung: computed where rows exist, otherwise decided by the role it names."""

    Kind = StepKind
    Seat = StepSeat

    version = models.ForeignKey(TrackVersion, on_delete=models.PROTECT, related_name="steps")
    key = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField()
    names = models.JSONField()
    kind = models.CharField(max_length=14, choices=Kind.choices)
    count = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=30)
    # Empty when the pack's role is outside: then the track's `recorded_by` records.
    approver_role = models.ForeignKey(
        ProgrammeRole, on_delete=models.PROTECT, null=True, blank=True, related_name="decides_steps"
    )
    rule = models.ForeignKey(SupervisionRule, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    seat = models.CharField(max_length=10, choices=Seat.choices, blank=True, default=Seat.NONE)
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    training_event = models.CharField(max_length=60, blank=True)
    attendance_required_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    independent = models.BooleanField(default=False)
    # The step as the pack writes it: evidence, condition, per, max_age_months, threshold …
    source = models.JSONField()

    class Meta:
        ordering = ["version", "order"]
        constraints = [
            one_of("kind", StepKind, name="step_kind"),
            one_of("seat", StepSeat, name="step_seat"),
            models.UniqueConstraint(fields=["version", "key"], name="step_key"),
            models.UniqueConstraint(fields=["version", "order"], name="step_order"),
            models.CheckConstraint(condition=Q(count__gte=1), name="step_count_positive"),
            models.CheckConstraint(
                condition=Q(attendance_required_percent__isnull=True)
                | Q(attendance_required_percent__gte=1, attendance_required_percent__lte=100),
                name="step_attendance_percent",
            ),
        ]

    def __str__(self) -> str:
        return self.key
