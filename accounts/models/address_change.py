"""A new address that somebody has asked for, until the link sent there is used."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.constraints import one_of

from .user import User


class AddressChangeState(models.TextChoices):
    """How far it has come."""

    WAITING = "waiting", _("Waits for the link to be used")
    CONFIRMED = "confirmed", _("Confirmed")
    REPLACED = "replaced", _("Replaced by a newer one")


class AddressChange(models.Model):
    """The person signs in with `former` until somebody who reads mail at `email` says yes. At most one waits."""

    State = AddressChangeState

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="address_changes")
    email = models.EmailField(max_length=254)
    former = models.EmailField(max_length=254)
    # 128 random bits; the link carries it signed, so that a copy of the database alone opens nothing.
    code = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("state", AddressChangeState, name="address_change_state"),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_at__isnull=False)
                | (~Q(state="confirmed") & Q(confirmed_at__isnull=True)),
                name="address_change_confirmed_when",
            ),
            models.CheckConstraint(condition=~Q(email=F("former")), name="address_change_changes"),
            models.UniqueConstraint(fields=["person"], condition=Q(state="waiting"), name="address_change_one_waits"),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_state_display()})"
