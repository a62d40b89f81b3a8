"""Organisations: a tree whose root is a network."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.constraints import together


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Readable groups of organisations."""

    def networks(self) -> OrganisationQuerySet:
        """The roots."""
        return self.filter(parent__isnull=True)

    def branch(self, organisation: Organisation) -> OrganisationQuerySet:
        """The organisation and everything below it."""
        return self.filter(path__startswith=organisation.path)


class Organisation(models.Model):
    """A municipality, a unit, a service. Nothing but people is shared between two networks."""

    name = models.CharField(_("Name"), max_length=200)
    sort_name = models.CharField(max_length=400, editable=False)
    search_name = models.CharField(max_length=400, editable=False)
    # What tells two names apart (`common.text.identity_of`): stricter than what a search finds.
    name_key = models.CharField(max_length=400, default="", editable=False)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    # Ids from the root down, six digits each: "000001/000007/". A branch is a prefix.
    path = models.CharField(max_length=255, unique=True, editable=False)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    # The person who starts the network: becomes its coordinator when a programme is installed.
    first_coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "id"]
        constraints = [
            together("latitude", "longitude", name="organisation_position_pair"),
            together("created_at", "created_by", name="organisation_created_pair"),
            models.UniqueConstraint(
                fields=["name_key"], condition=Q(parent__isnull=True), name="organisation_network_key"
            ),
            models.UniqueConstraint(
                fields=["parent", "name_key"], condition=Q(parent__isnull=False), name="organisation_key_in_parent"
            ),
        ]
        indexes = [models.Index(fields=["parent", "sort_name", "id"], name="organisation_children")]

    def __str__(self) -> str:
        return self.name

    @property
    def network_path(self) -> str:
        """The path of the root: the network that this organisation belongs to."""
        return self.path.split("/", 1)[0] + "/"

    @property
    def depth(self) -> int:
        """How far below the root: 0 for the network itself."""
        return self.path.count("/") - 1
