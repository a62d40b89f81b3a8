"""A spreadsheet that comes in: the run, and each of its rows with what was found and what was made of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.constraints import one_of, together
from programmes.models import Membership, MembershipRequest, Organisation


class ImportState(models.TextChoices):
    """Previewed until somebody says yes; then worked through in chunks; what was made can be taken back."""

    PREVIEW = "preview", _("Waits for your yes")
    RUNNING = "running", pgettext_lazy("an import", "Under way")
    STOPPED = "stopped", pgettext_lazy("an import", "Stopped")
    DONE = "done", pgettext_lazy("an import", "Finished")
    DISCARDED = "discarded", _("Thrown away")
    TAKING_BACK = "taking_back", _("Is being taken back")
    TAKEN_BACK = "taken_back", _("Taken back")


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Readable groups of imports."""

    def with_work(self) -> ImportRunQuerySet:
        """Imports that the worker has something to do for."""
        return self.filter(
            Q(state__in=[ImportState.RUNNING, ImportState.TAKING_BACK]) | Q(invitations_waiting=True)
        ).order_by("pk")


class ImportRun(models.Model):
    """One file of one person for one branch of a network. Its own row, so that it can be stopped and gone on with."""

    State = ImportState

    # The importer's branch: new organisations are made under it.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="imports")
    filename = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PREVIEW)
    # Field name to column letter; headings that nobody read.
    columns = models.JSONField(default=dict)
    unread = models.JSONField(default=list)
    # What was chosen: {"organisation": {name key: answer}, "person": {row: answer}, "supervisor": {row: answer}}.
    answers = models.JSONField(default=dict)
    # Organisations made by it: name key to id.
    organisations_made = models.JSONField(default=dict)
    # Whose coordinators may see it besides the one who began it.
    programme_ids = models.JSONField(default=list)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    invitations_waiting = models.BooleanField(default=False)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            one_of("state", ImportState, name="import_state"),
            together("uploaded_at", "uploaded_by", name="import_uploaded_pair"),
            together("confirmed_at", "confirmed_by", name="import_confirmed_pair"),
            together("invited_at", "invited_by", name="import_invited_pair"),
            together("taken_back_at", "taken_back_by", name="import_taken_back_pair"),
            models.CheckConstraint(
                condition=Q(state__in=["preview", "discarded"]) | Q(confirmed_at__isnull=False),
                name="import_worked_after_yes",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(state__in=["running", "taking_back"]) | Q(invitations_waiting=True),
                name="import_with_work",
            ),
            models.Index(fields=["organisation", "-uploaded_at", "-id"], name="import_list"),
        ]

    def __str__(self) -> str:
        return self.filename


class ImportRowState(models.TextChoices):
    """Before the yes: ready, same, question, refused. After it: joined (has the role), done, failed, left out."""

    READY = "ready", _("New")
    SAME = "same", _("Already there")
    QUESTION = "question", _("Asks something")
    REFUSED = "refused", _("Cannot be imported")
    JOINED = "joined", pgettext_lazy("a row of an import", "Under way")
    DONE = "done", _("Imported")
    FAILED = "failed", _("Was not imported")
    UNPLACED = "unplaced", _("Is being taken back")
    TAKEN_BACK = "taken_back", _("Taken back")
    KEPT = "kept", _("Kept, for it is in use")


class ImportRowInvitation(models.TextChoices):
    """Whether an invitation was asked for with the second yes."""

    NONE = "", _("none")
    WANTED = "wanted", _("waits to be sent")
    SENT = "sent", _("sent")
    NOT_SENT = "not_sent", _("could not be sent")


class ImportRow(models.Model):
    """One line of the sheet."""

    State = ImportRowState
    Invitation = ImportRowInvitation

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    # The line as the spreadsheet numbers it.
    number = models.PositiveIntegerField()
    # What the line says, by field; emptied a month after the import.
    cells = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices)
    # What was found: a list of {level, code, cell, params, choices}; the words are in `findings.py`.
    findings = models.JSONField(default=list)
    # What the row comes to, by ids: programme, role, organisation, person, supervisor, rule, days.
    plan = models.JSONField(default=dict)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person_is_new = models.BooleanField(default=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    request = models.ForeignKey(MembershipRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Ids of what else it made: {"placements": [...], "steps": [...], "certificates": [...], "sessions": [...]}.
    made = models.JSONField(default=dict)
    invitation = models.CharField(max_length=8, choices=Invitation.choices, blank=True, default=Invitation.NONE)

    class Meta:
        ordering = ["run", "number"]
        constraints = [
            one_of("state", ImportRowState, name="import_row_state"),
            one_of("invitation", ImportRowInvitation, name="import_row_invitation"),
            models.UniqueConstraint(fields=["run", "number"], name="import_row_once"),
        ]
        indexes = [models.Index(fields=["run", "state", "number"], name="import_row_state_order")]

    def __str__(self) -> str:
        return f"{self.run}: {self.number}"
