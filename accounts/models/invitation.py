"""An invitation to sign in for the first time."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.constraints import one_of, together

from .user import User


class InvitationState(models.TextChoices):
    """How far the invitation has come."""

    SENT = "sent", _("Sent")
    OPENED = "opened", _("Opened")
    ACCEPTED = "accepted", _("Accepted")
    BOUNCED = "bounced", _("Came back")
    REPLACED = "replaced", _("Replaced by a newer one")


class Invitation(models.Model):
    """A link by which a person sets a password. At most one is alive for each person; sending again replaces it."""

    State = InvitationState

    LIVE = (State.SENT, State.OPENED)

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    # 128 random bits; the link carries it signed, so that a copy of the database alone opens nothing.
    code = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    until = models.DateTimeField()
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("state", InvitationState, name="invitation_state"),
            together("invited_at", "invited_by", name="invitation_invited_pair"),
            models.CheckConstraint(
                condition=Q(state="accepted", accepted_at__isnull=False)
                | (~Q(state="accepted") & Q(accepted_at__isnull=True)),
                name="invitation_accepted_when",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=["sent", "opened"]), name="invitation_one_live"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_state_display()})"
