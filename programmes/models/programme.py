"""A programme: a method that a network keeps alive, installed from a pack."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.constraints import one_of

from .organisation import Organisation


class ProgrammeLanguage(models.TextChoices):
    """The languages that a pack is complete in."""

    BOKMAL = "nb", _("Norwegian bokmål")
    DANISH = "da", _("Danish")
    ENGLISH = "en", _("English")


class Programme(models.Model):
    """A shipped pack as it lives in one network."""

    Language = ProgrammeLanguage

    network = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programmes")
    key = models.CharField(max_length=60)
    names = models.JSONField()
    short_names = models.JSONField()
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.BOKMAL)
    time_zone = models.CharField(max_length=64, default="Europe/Oslo")
    pack_version = models.CharField(max_length=40)
    # SHA-256 of the canonical pack: an unchanged pack changes no row.
    pack_hash = models.CharField(max_length=64)
    # The programme's own words for supervisor, supervisee, session …: {"session": {"en": …, "nb": …, "da": …}, …}.
    terms = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("language", ProgrammeLanguage, name="programme_language"),
            models.UniqueConstraint(fields=["network", "key"], name="programme_key_in_network"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def pack(self) -> dict[str, Any]:
        """The whole pack as installed; one query the first time."""
        return self.stored_pack.content


class StoredPack(models.Model):
    """The whole pack of a programme, so that what has no page yet is kept.

    A table of its own: a pack has 100 kB, and the programme is joined into nearly every page.
    """

    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="stored_pack")
    content = models.JSONField()

    def __str__(self) -> str:
        return f"{self.programme}"


class ProgrammeRoleKind(models.TextChoices):
    """What a role is to the product, whatever the programme calls it."""

    COORDINATOR = "coordinator", _("coordinator")
    MENTOR = "mentor", _("mentor")
    PEER_COACH = "peer_coach", _("peer coach")
    GROUP_LEADER = "group_leader", _("group leader")
    OBSERVER = "observer", _("observer")


class ProgrammeRole(models.Model):
    """The programme's word for a role, and the kind that opens lists and figures."""

    Kind = ProgrammeRoleKind

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="roles")
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    order = models.PositiveSmallIntegerField()
    names = models.JSONField()
    description = models.JSONField(default=dict, blank=True)
    in_training = models.BooleanField(default=False)
    time_limited = models.BooleanField(default=False)

    class Meta:
        ordering = ["programme", "order"]
        constraints = [
            one_of("kind", ProgrammeRoleKind, name="role_kind"),
            models.UniqueConstraint(fields=["programme", "key"], name="role_key_in_programme"),
        ]

    def __str__(self) -> str:
        return self.key
