"""Training events: days, and who took part on which of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.constraints import together
from programmes.models import Organisation, Programme


class TrainingEvent(models.Model):
    """A workshop, a course, a consultation day. `kind` is a key of the pack's training events."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="training_events")
    kind = models.CharField(_("Kind"), max_length=60)
    title = models.CharField(_("Title"), max_length=200)
    place = models.CharField(_("Place"), max_length=200, blank=True)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="led_events"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="training_events")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [together("noted_at", "noted_by", name="event_noted_pair")]
        indexes = [models.Index(fields=["programme", "kind"], name="event_kind")]

    def __str__(self) -> str:
        return self.title


class TrainingDay(models.Model):
    """One day of an event."""

    event = models.ForeignKey(TrainingEvent, on_delete=models.PROTECT, related_name="days")
    held_on = models.DateField(_("Day"))

    class Meta:
        ordering = ["event", "held_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "held_on"],
                name="training_day_once",
                violation_error_message=_("This day is on the list already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.held_on}"


class EventParticipant(models.Model):
    """Somebody on the list of an event, and the organisation of that day."""

    event = models.ForeignKey(TrainingEvent, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="event_places")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="event_participant_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.event}"


class EventAttendance(models.Model):
    """A participant was there on a day."""

    day = models.ForeignKey(TrainingDay, on_delete=models.CASCADE, related_name="attendances")
    participant = models.ForeignKey(EventParticipant, on_delete=models.CASCADE, related_name="attendances")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "participant"], name="event_attendance_once")]

    def __str__(self) -> str:
        return f"{self.participant}: {self.day}"
