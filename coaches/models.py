"""The network of coaches: profiles, absences, and the four places."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from common.constraints import one_of, together
from programmes.models import Membership, Programme, ProgrammeRole, SupervisionRule

PLACES = (1, 2, 3, 4)


class CoachProfile(models.Model):
    """What a coach says of the own room: how many of the four places are offered."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="coach_profile")
    capacity = models.PositiveSmallIntegerField(
        _("Places offered"), default=4, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(capacity__gte=1, capacity__lte=4), name="coach_capacity_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.capacity}"


class Absence(models.Model):
    """A time away, half-open: the first day back is `ends_on`. Leaders pause too."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("First day back"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            together("noted_at", "noted_by", name="absence_noted_pair"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="absence_ends_after_start",
                violation_error_message=_("The first day back must come after the first day away."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.starts_on}"


class EarlierSession(models.Model):
    """That somebody was supervised on a day before this service was used, and where that is written: a fact for "who
    has not met for too long". Nobody recorded the session here, so it counts on no ladder."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="earlier_sessions")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    # Noon of that day where the installation is, so that it compares with the sessions that were recorded.
    held_at = models.DateTimeField()
    source = models.CharField(max_length=300)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-held_at", "-id"]
        constraints = [
            together("noted_at", "noted_by", name="earlier_session_noted_pair"),
            models.UniqueConstraint(fields=["person", "programme", "held_at"], name="earlier_session_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.held_at:%Y-%m-%d}"


class PlacementQuerySet(models.QuerySet["Placement"]):
    """Readable groups of placements."""

    def live(self) -> PlacementQuerySet:
        """Planned or open: what holds a place, now or next."""
        return self.filter(state__in=Placement.LIVE)

    def open(self) -> PlacementQuerySet:
        """Open: holds a place now, also one that begins later."""
        return self.filter(state=Placement.State.OPEN)

    def in_force(self, day: dt.date) -> PlacementQuerySet:
        """Open, begun, and with no planned end reached: the one definition of "in force"."""
        return self.filter(
            Q(planned_end_on__isnull=True) | Q(planned_end_on__gt=day),
            state=Placement.State.OPEN,
            started_on__lte=day,
        )

    def of_who_left(self) -> PlacementQuerySet:
        """Those in which the coach or the supervisee had a role in the programme and has none any more: what the
        placement opened is shut from then on, and the clock ends the row."""
        return self.filter(_somebody_left())

    def standing(self) -> PlacementQuerySet:
        """Those in which nobody has left."""
        return self.exclude(_somebody_left())


def _somebody_left() -> Q:
    left = Q()
    for person in ("coach", "supervisee"):
        roles = Membership.objects.filter(person=OuterRef(person), role__programme=OuterRef("programme"))
        left |= Q(Exists(roles)) & ~Q(Exists(roles.filter(ended_on__isnull=True)))
    return left


class PlacementState(models.TextChoices):
    """What is open now is a state, not a date."""

    PLANNED = "planned", _("planned")
    OPEN = "open", _("open")
    ENDED = "ended", _("ended")


class Placement(models.Model):
    """A supervisee has a coach. A peer coach has four numbered places, in all programmes together.

    The limit of four is held by `placement_place_once`, not by a count: a place is 1 to 4 and has one open holder and
    at most one planned successor.
    """

    State = PlacementState

    LIVE = (State.PLANNED, State.OPEN)

    coach = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="placements_as_coach")
    supervisee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="placements_as_supervisee"
    )
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="placements")
    rule = models.ForeignKey(SupervisionRule, on_delete=models.PROTECT, related_name="placements")
    supervisor_kind = models.CharField(max_length=20, choices=ProgrammeRole.Kind.choices)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    started_on = models.DateField(_("From"))
    planned_end_on = models.DateField(_("Until"), null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    covers = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="covered_by")
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["coach", "place", "id"]
        constraints = [
            one_of("state", PlacementState, name="placement_state"),
            one_of("supervisor_kind", ProgrammeRole.Kind, name="placement_supervisor_kind"),
            together("placed_at", "placed_by", name="placement_placed_pair"),
            models.CheckConstraint(
                condition=Q(supervisor_kind="peer_coach", place__isnull=False, place__gte=1, place__lte=4)
                | ~Q(supervisor_kind="peer_coach") & Q(place__isnull=True),
                name="placement_place_for_peer_coach",
                violation_error_message=_("A peer coach has four places, numbered 1 to 4; others have none."),
            ),
            models.UniqueConstraint(
                fields=["coach", "place", "state"],
                condition=Q(state__in=["planned", "open"], place__isnull=False),
                name="placement_place_once",
                violation_error_message=_("This place is taken."),
            ),
            models.UniqueConstraint(
                fields=["supervisee", "programme", "rule", "state"],
                condition=Q(state__in=["planned", "open"], covers__isnull=True),
                name="placement_one_coach",
                violation_error_message=_("This person already has a coach under this rule."),
            ),
            models.UniqueConstraint(
                fields=["covers"],
                condition=Q(state__in=["planned", "open"], covers__isnull=False),
                name="placement_one_cover",
                violation_error_message=_("Somebody covers this placement already."),
            ),
            models.UniqueConstraint(
                fields=["coach", "supervisee", "programme", "rule", "state"],
                condition=Q(state__in=["planned", "open"]),
                name="placement_pair_once",
                violation_error_message=_("These two are already placed together under this rule."),
            ),
            models.CheckConstraint(
                condition=~Q(coach=F("supervisee")),
                name="placement_not_oneself",
                violation_error_message=_("Nobody can be placed with themselves."),
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False, ended_by__isnull=False)
                | ~Q(state="ended") & Q(ended_on__isnull=True, ended_by__isnull=True),
                name="placement_ended_together",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="placement_ends_after_start",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=Q(planned_end_on__isnull=True) | Q(planned_end_on__gte=F("started_on")),
                name="placement_planned_end_after_start",
                violation_error_message=_("The last day cannot come before the first."),
            ),
        ]
        indexes = [
            models.Index(fields=["supervisee", "state"], name="placement_supervisee"),
            models.Index(fields=["programme", "state", "coach"], name="placement_programme"),
            models.Index(
                fields=["planned_end_on"],
                condition=Q(state="open", planned_end_on__isnull=False),
                name="placement_ending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coach} – {self.supervisee}"

    def is_in_force(self, day: dt.date) -> bool:
        """The same as the queryset's `in_force`, for a row in hand."""
        begun = self.state == PlacementState.OPEN and self.started_on <= day
        return begun and (self.planned_end_on is None or self.planned_end_on > day)
