"""What was written: shared notes along the agenda, private notes, and drafts kept while typing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.constraints import one_of, together

from .agenda import AgendaStep
from .session import SupervisionSession


class AgendaNoteAudience(models.TextChoices):
    """Who may read it once the session is finished."""

    SESSION = "session", _("everybody who was in the session")
    PERSON = "person", _("the person it is about, and those who led")
    LEADS = "leads", _("those who led")
    AUTHOR = "author", _("the one who wrote it")


class AgendaNote(models.Model):
    """What was written in one field of one step, about one person or (person empty) the group."""

    Audience = AgendaNoteAudience

    session = models.ForeignKey(SupervisionSession, on_delete=models.PROTECT, related_name="notes")
    step = models.ForeignKey(AgendaStep, on_delete=models.PROTECT, related_name="notes")
    field = models.CharField(max_length=60)
    turn = models.PositiveSmallIntegerField(default=1)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_notes"
    )
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.SESSION)
    # Text, number, yes/no or list, as the field wants it.
    value = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["session", "step__order", "turn", "id"]
        constraints = [
            one_of("audience", AgendaNoteAudience, name="agenda_note_audience"),
            together("written_at", "written_by", name="agenda_note_written_pair"),
            models.UniqueConstraint(
                fields=["session", "step", "field", "turn", "person"],
                condition=Q(person__isnull=False),
                name="agenda_note_once_for_person",
            ),
            models.UniqueConstraint(
                fields=["session", "step", "field", "turn"],
                condition=Q(person__isnull=True),
                name="agenda_note_once_for_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.field}"


class PrivateNote(models.Model):
    """Read by its author alone."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="private_notes")
    session = models.ForeignKey(
        SupervisionSession, on_delete=models.PROTECT, null=True, blank=True, related_name="private_notes"
    )
    text = models.TextField(_("Your own note"))
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "session"], condition=Q(session__isnull=False), name="private_note_once_a_session"
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"


class RecordDraft(models.Model):
    """What one person has typed into a session's record and not yet saved; read by that person alone."""

    session = models.ForeignKey(SupervisionSession, on_delete=models.PROTECT, related_name="drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="record_drafts")
    # The fields of the form as they were posted, by name.
    fields = models.JSONField(default=dict)
    # The revision of the session that the page was drawn from.
    base_revision = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "author"], name="record_draft_once")]

    def __str__(self) -> str:
        return f"draft of {self.session}"
