"""Memberships: a person holds a role in a programme at an organisation, for a time."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.constraints import one_of, together

from .organisation import Organisation
from .programme import ProgrammeRole


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Readable groups of memberships."""

    def open(self) -> MembershipQuerySet:
        """Open now: not ended. What has an end date ahead is open until the clock ends it."""
        return self.filter(ended_on__isnull=True)

    def active(self, day: dt.date) -> MembershipQuerySet:
        """Open and begun on the day, with no planned end reached: the one definition of "active"."""
        return self.filter(
            Q(planned_end_on__isnull=True) | Q(planned_end_on__gt=day), ended_on__isnull=True, started_on__lte=day
        )


class MembershipEmployment(models.TextChoices):
    """How the person is tied to the organisation."""

    PERMANENT = "permanent", _("permanent")
    TEMPORARY = "temporary", _("temporary")
    VOLUNTEER = "volunteer", _("volunteer")
    UNKNOWN = "", _("not said")


class Membership(models.Model):
    """A role is held by a membership, never by a certificate."""

    Employment = MembershipEmployment

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.ForeignKey(ProgrammeRole, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    started_on = models.DateField(_("From"))
    planned_end_on = models.DateField(_("Until"), null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    in_training = models.BooleanField(_("In training"), default=False)
    employment = models.CharField(
        _("Employment"), max_length=10, choices=Employment.choices, blank=True, default=Employment.UNKNOWN
    )
    reports_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "-id"]
        constraints = [
            one_of("employment", MembershipEmployment, name="membership_employment"),
            together("ended_on", "ended_by", name="membership_ended_pair"),
            together("added_at", "added_by", name="membership_added_pair"),
            models.UniqueConstraint(
                fields=["person", "role", "organisation"],
                condition=Q(ended_on__isnull=True),
                name="membership_one_open",
                violation_error_message=_("This person already has this role in this organisation."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="membership_ends_after_start",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=Q(planned_end_on__isnull=True) | Q(planned_end_on__gte=F("started_on")),
                name="membership_planned_end_after_start",
                violation_error_message=_("The last day cannot come before the first."),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "role"], condition=Q(ended_on__isnull=True), name="membership_open"),
            models.Index(
                fields=["planned_end_on"],
                condition=Q(ended_on__isnull=True, planned_end_on__isnull=False),
                name="membership_ending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class MembershipRequestState(models.TextChoices):
    """What became of the request."""

    WAITING = "waiting", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class MembershipRequest(models.Model):
    """A network asks somebody whom another network already knows; the person answers."""

    State = MembershipRequestState

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="membership_requests")
    role = models.ForeignKey(ProgrammeRole, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # The name that the asking network wrote: the name on file is neither shown nor overwritten.
    written_name = models.CharField(max_length=200)
    started_on = models.DateField()
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("state", MembershipRequestState, name="membership_request_state"),
            together("requested_at", "requested_by", name="membership_request_pair"),
            models.UniqueConstraint(
                fields=["person", "role", "organisation"],
                condition=Q(state="waiting"),
                name="membership_request_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at__isnull=True)
                | ~Q(state="waiting") & Q(answered_at__isnull=False),
                name="membership_request_answered_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.written_name}: {self.role}"
