"""A candidacy climbs a track; each decision about a step is one record, frozen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from checklists.models import Evaluation
from common.constraints import one_of, together
from practice.models import Recording
from programmes.models import Organisation
from supervision.models import SupervisionSession

from .event import TrainingEvent
from .track import Step, Track, TrackVersion


class CandidacyState(models.TextChoices):
    """Open until certified or closed."""

    OPEN = "open", _("open")
    CERTIFIED = "certified", _("certified")
    CLOSED = "closed", _("closed")


class Candidacy(models.Model):
    """Exactly one person or organisation on the way up one track, for one delivery model ('' where it is all)."""

    State = CandidacyState

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="candidacies"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="candidacies"
    )
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="candidacies")
    track_version = models.ForeignKey(TrackVersion, on_delete=models.PROTECT, related_name="candidacies")
    variant = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            one_of("state", CandidacyState, name="candidacy_state"),
            together("started_at", "started_by", name="candidacy_started_pair"),
            together("closed_at", "closed_by", name="candidacy_closed_pair"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False),
                name="candidacy_of_one",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | ~Q(state="open") & Q(closed_at__isnull=False),
                name="candidacy_closed_when",
            ),
            models.UniqueConstraint(
                fields=["person", "track", "variant"],
                condition=Q(state="open", person__isnull=False),
                name="candidacy_one_open_person",
                violation_error_message=_("This person is on the way up this ladder already."),
            ),
            models.UniqueConstraint(
                fields=["organisation", "track", "variant"],
                condition=Q(state="open", organisation__isnull=False),
                name="candidacy_one_open_organisation",
                violation_error_message=_("This organisation is on the way up this ladder already."),
            ),
        ]
        indexes = [models.Index(fields=["track", "state"], name="candidacy_track")]

    def __str__(self) -> str:
        return f"candidacy {self.pk}"


class StepRecordOutcome(models.TextChoices):
    """Approved, or sent back with a reason."""

    APPROVED = "approved", _("approved")
    SENT_BACK = "sent_back", _("sent back")


class StepRecord(models.Model):
    """A decision about a step: by whom, when, on what ground. Never recomputed, only withdrawn."""

    Outcome = StepRecordOutcome

    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="records")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="records")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The day that counts: of the decision, or of the event outside.
    decided_on = models.DateField(_("Date"))
    ground = models.TextField(_("Ground"), blank=True)
    reference = models.CharField(_("Reference"), max_length=300, blank=True)
    outside_number = models.CharField(_("Number outside"), max_length=60, blank=True)
    # What counted, as text in the programme's language at that time.
    counted = models.TextField(blank=True)
    # "From before": the file and row of an import.
    source = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["candidacy", "step__order", "id"]
        constraints = [
            one_of("outcome", StepRecordOutcome, name="step_record_outcome"),
            together("decided_at", "decided_by", name="step_record_decided_pair"),
            together("withdrawn_at", "withdrawn_by", name="step_record_withdrawn_pair"),
            models.UniqueConstraint(
                fields=["candidacy", "step"],
                condition=Q(outcome="approved", withdrawn_at__isnull=True),
                name="step_record_approved_once",
                violation_error_message=_("This step is approved already."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="approved") | ~Q(ground=""),
                name="step_record_sent_back_with_ground",
                violation_error_message=_("Say what is missing before you send the step back."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step}: {self.outcome}"


class Evidence(models.Model):
    """Something that speaks for a step: exactly one source."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="evidence")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="evidence")
    key = models.CharField(max_length=80, blank=True)
    session = models.ForeignKey(
        SupervisionSession, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence_for"
    )
    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence_for"
    )
    recording = models.ForeignKey(
        Recording, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence_for"
    )
    event = models.ForeignKey(
        TrainingEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence_for"
    )
    # Where the paper is, in words: no file is kept.
    reference = models.CharField(_("Reference"), max_length=300, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["candidacy", "step", "id"]
        constraints = [
            together("added_at", "added_by", name="evidence_added_pair"),
            models.CheckConstraint(
                condition=(
                    Q(session__isnull=False, evaluation__isnull=True, recording__isnull=True, event__isnull=True)
                    & Q(reference="")
                    | Q(session__isnull=True, evaluation__isnull=False, recording__isnull=True, event__isnull=True)
                    & Q(reference="")
                    | Q(session__isnull=True, evaluation__isnull=True, recording__isnull=False, event__isnull=True)
                    & Q(reference="")
                    | Q(session__isnull=True, evaluation__isnull=True, recording__isnull=True, event__isnull=False)
                    & Q(reference="")
                    | Q(session__isnull=True, evaluation__isnull=True, recording__isnull=True, event__isnull=True)
                    & ~Q(reference="")
                ),
                name="evidence_one_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step}: {self.key}"
