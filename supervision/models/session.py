"""A supervision session: planned, held, finished, or cancelled with a reason."""

from __future__ import annotations

import datetime as dt
import uuid
import zoneinfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from checklists.models import Evaluation
from common.constraints import one_of, together
from practice.models import Recording
from programmes.models import Organisation, Programme, SupervisionRule, SupervisionRuleVersion

from .agenda import Agenda


class SessionState(models.TextChoices):
    """planned → held → finished, or cancelled."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("held, not finished")
    FINISHED = "finished", _("finished")
    CANCELLED = "cancelled", _("cancelled")


class SupervisionSession(models.Model):
    """Progress counts finished sessions only."""

    State = SessionState

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="sessions")
    rule = models.ForeignKey(SupervisionRule, on_delete=models.PROTECT, related_name="sessions")
    rule_version = models.ForeignKey(SupervisionRuleVersion, on_delete=models.PROTECT, related_name="sessions")
    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="sessions")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    starts_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    minutes = models.PositiveSmallIntegerField(_("Length in minutes"))
    place = models.CharField(_("Place"), max_length=200, blank=True)
    video_link = models.URLField(_("Video link"), max_length=500, blank=True)
    # A category that may be seen by those who see that the session was held; never words of its own.
    theme = models.CharField(_("Theme"), max_length=60, blank=True)
    # iCalendar: the UID never changes, the sequence grows with each change that is mailed (RFC 5545).
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    # Counts the saves of the record: a stale tab carries an old number and is told so.
    revision = models.PositiveIntegerField(default=1)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_reason = models.CharField(_("Reason"), max_length=200, blank=True)

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [
            one_of("state", SessionState, name="session_state"),
            together("planned_at", "planned_by", name="session_planned_pair"),
            together("finished_at", "finished_by", name="session_finished_pair"),
            together("cancelled_at", "cancelled_by", name="session_cancelled_pair"),
            models.CheckConstraint(
                condition=Q(state="finished", finished_at__isnull=False)
                | ~Q(state="finished") & Q(finished_at__isnull=True),
                name="session_finished_when",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False) & ~Q(cancelled_reason="")
                | ~Q(state="cancelled") & Q(cancelled_at__isnull=True),
                name="session_cancelled_with_reason",
                violation_error_message=_("Say why the session is cancelled."),
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=1440), name="session_minutes"),
        ]
        indexes = [
            models.Index(fields=["programme", "-starts_at", "-id"], name="session_programme"),
            models.Index(fields=["state", "starts_at"], name="session_due"),
            models.Index(fields=["rule", "-starts_at"], name="session_rule"),
        ]

    def __str__(self) -> str:
        return f"session {self.pk}"

    @property
    def local_start(self) -> dt.datetime:
        """The start on the wall clock of the place where the session is."""
        return timezone.localtime(self.starts_at, zoneinfo.ZoneInfo(self.zone))

    @property
    def ends_at(self) -> dt.datetime:
        """The planned end."""
        return self.starts_at + dt.timedelta(minutes=self.minutes)


class AttendanceSeat(models.TextChoices):
    """What the person is in this session and turn."""

    LEAD = "lead", _("leads")
    CO_LEAD = "co_lead", _("co-leads")
    SUPERVISEE = "supervisee", _("is supervised")
    OBSERVER = "observer", _("observes")


class AttendanceReply(models.TextChoices):
    """The answer to the invitation."""

    NONE = "", _("not answered")
    YES = "yes", _("comes")
    NO = "no", _("does not come")


class Attendance(models.Model):
    """A person in a seat of a session. Where people switch roles, each turn has its seats."""

    Seat = AttendanceSeat
    Reply = AttendanceReply

    session = models.ForeignKey(SupervisionSession, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attendances")
    seat = models.CharField(max_length=10, choices=Seat.choices)
    turn = models.PositiveSmallIntegerField(default=1)
    is_guest = models.BooleanField(default=False)
    reply = models.CharField(max_length=3, choices=Reply.choices, blank=True, default=Reply.NONE)
    replied_at = models.DateTimeField(null=True, blank=True)
    present = models.BooleanField(null=True, blank=True)
    # The organisation of that day: facts about the session belong to it.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    question = models.TextField(_("Question you bring"), blank=True)
    question_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["session", "turn", "id"]
        constraints = [
            one_of("seat", AttendanceSeat, name="attendance_seat"),
            one_of("reply", AttendanceReply, name="attendance_reply"),
            models.UniqueConstraint(fields=["session", "turn", "person"], name="attendance_once_a_turn"),
            models.UniqueConstraint(
                fields=["session", "turn"], condition=Q(seat="lead"), name="attendance_one_lead_a_turn"
            ),
            models.CheckConstraint(condition=Q(turn__gte=1), name="attendance_turn_positive"),
        ]
        indexes = [
            models.Index(fields=["person", "seat", "session"], name="attendance_person"),
            models.Index(fields=["organisation", "-session"], name="attendance_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.seat}"


class SessionRecording(models.Model):
    """A recording looked at in a session, or of the session itself, and whose it is."""

    session = models.ForeignKey(SupervisionSession, on_delete=models.PROTECT, related_name="recordings")
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="sessions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    of_the_session = models.BooleanField(default=False)
    clip_start = models.PositiveIntegerField(null=True, blank=True)
    clip_end = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "recording", "person"], name="session_recording_once"),
            models.CheckConstraint(
                condition=Q(clip_start__isnull=True)
                | Q(clip_end__isnull=True)
                | Q(clip_end__gte=models.F("clip_start")),
                name="session_recording_clip",
                violation_error_message=_("The clip ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session}: {self.recording}"


class SessionEvaluation(models.Model):
    """An evaluation that belongs to a session (model.md: higher apps hang it on by a row of theirs)."""

    session = models.ForeignKey(SupervisionSession, on_delete=models.PROTECT, related_name="evaluations")
    evaluation = models.OneToOneField(Evaluation, on_delete=models.PROTECT, related_name="session_link")

    def __str__(self) -> str:
        return f"{self.session}: {self.evaluation}"
