"""The trail: who did what to whom, and when. Never what was said."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete a row of the trail."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """A queryset that reads and adds, and refuses the rest."""

    def _refuse(self, *args: object, **kwargs: object) -> NoReturn:
        raise AppendOnlyError("The audit trail is append-only.")

    update = _refuse
    delete = _refuse
    bulk_update = _refuse
    update_or_create = _refuse


class AuditEvent(models.Model):
    """One act. Everything is kept by id or key, so that the trail never holds other rows back."""

    at = models.DateTimeField()
    by_id = models.BigIntegerField()
    verb = models.CharField(max_length=60)
    programme_id = models.BigIntegerField(null=True, blank=True)
    organisation_path = models.CharField(max_length=255, blank=True, db_index=True)
    subject = models.CharField(max_length=80, blank=True)
    # Facts for the reader (old and new date, number of rows): never words from a supervision.
    facts = models.JSONField(default=dict, blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["programme_id", "-id"], name="audit_programme"),
            models.Index(fields=["subject", "-id"], name="audit_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row once; a second save is refused."""
        if self.pk is not None:
            raise AppendOnlyError("The audit trail is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: the one retention act is the only way out."""
        raise AppendOnlyError("The audit trail is append-only.")


class AuditPerson(models.Model):
    """A person whom an act concerned; rows of their own, since SQLite cannot search inside a list."""

    event = models.ForeignKey(AuditEvent, on_delete=models.PROTECT, related_name="people")
    person_id = models.BigIntegerField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person_id", "-event"], name="audit_person")]
        constraints = [models.UniqueConstraint(fields=["event", "person_id"], name="audit_person_once")]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.person_id}"
