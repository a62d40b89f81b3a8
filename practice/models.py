"""The groups that leaders run: meetings, and recordings by reference. Numbers, never names of participants."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.constraints import together
from programmes.models import Organisation, Programme


class DeliveryGroup(models.Model):
    """A group of parents or participants. The variant is the pack's delivery model, empty where it has none."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="groups")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(_("Name of the group"), max_length=120)
    variant = models.CharField(_("Delivery model"), max_length=60, blank=True)
    started_on = models.DateField(_("First day"))
    ended_on = models.DateField(_("Last day"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-started_on", "-id"]
        constraints = [
            together("ended_on", "ended_by", name="group_ended_pair"),
            together("started_at", "started_by", name="group_started_pair"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="group_ends_after_start",
                violation_error_message=_("The last day cannot come before the first."),
            ),
        ]
        indexes = [models.Index(fields=["programme", "organisation"], name="group_programme")]

    def __str__(self) -> str:
        return self.name


class GroupLeader(models.Model):
    """Somebody who leads the group, from a day until another (half-open)."""

    group = models.ForeignKey(DeliveryGroup, on_delete=models.PROTECT, related_name="leaders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="led_groups")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["group", "started_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(ended_on__isnull=True), name="group_leader_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")), name="group_leader_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.group}"


class GroupMeeting(models.Model):
    """A meeting that was held: its number, its day, how many came."""

    group = models.ForeignKey(DeliveryGroup, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField(_("Meeting number"))
    held_on = models.DateField(_("Day"))
    attended = models.PositiveSmallIntegerField(_("How many came"), null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["group", "number"]
        constraints = [
            together("noted_at", "noted_by", name="meeting_noted_pair"),
            models.UniqueConstraint(
                fields=["group", "number"],
                name="meeting_number_once",
                violation_error_message=_("This group already has a meeting with this number."),
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="meeting_number_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.number}"


class Recording(models.Model):
    """Where a film lies, and what was consented to. Never the film; never a row for each parent."""

    meeting = models.ForeignKey(
        GroupMeeting, on_delete=models.PROTECT, null=True, blank=True, related_name="recordings"
    )
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="recordings")
    # http(s) or a description in words. It is shown, never fetched.
    location = models.CharField(_("Where the recording lies"), max_length=500)
    purposes = models.JSONField(default=list, blank=True)
    consents_given = models.PositiveSmallIntegerField(null=True, blank=True)
    consents_asked = models.PositiveSmallIntegerField(null=True, blank=True)
    papers_place = models.CharField(_("Where the consent papers are"), max_length=200, blank=True)
    valid_until = models.DateField(_("Consent valid until"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    delete_by = models.DateField(_("Delete by"), null=True, blank=True)
    deletion_confirmed_at = models.DateTimeField(null=True, blank=True)
    deletion_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            together("withdrawn_at", "withdrawn_by", name="recording_withdrawn_pair"),
            together("deletion_confirmed_at", "deletion_confirmed_by", name="recording_deletion_pair"),
            together("noted_at", "noted_by", name="recording_noted_pair"),
            models.CheckConstraint(
                condition=Q(consents_given__isnull=True, consents_asked__isnull=True)
                | Q(
                    consents_given__isnull=False,
                    consents_asked__isnull=False,
                    consents_given__lte=F("consents_asked"),
                ),
                name="recording_consents_counted",
                violation_error_message=_("More people have consented than were asked."),
            ),
        ]

    def __str__(self) -> str:
        return f"recording {self.pk}"


class Moment(models.Model):
    """A point in a recording, in seconds from its start, with a comment."""

    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="moments")
    seconds = models.PositiveIntegerField()
    comment = models.CharField(max_length=500, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recording", "seconds", "id"]
        constraints = [together("noted_at", "noted_by", name="moment_noted_pair")]

    def __str__(self) -> str:
        return f"{self.seconds // 60}:{self.seconds % 60:02}"
