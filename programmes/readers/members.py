"""Where somebody belongs in a programme."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import User
from programmes.models import Membership, Organisation, Programme
from programmes.policies import under


def home_organisation(person: User, programme: Programme, paths: Sequence[str]) -> Organisation | None:
    """The organisation of the person's newest open role in the programme, in one of the branches. One query."""
    held = Membership.objects.open().filter(under(tuple(paths)), person=person, role__programme=programme)
    newest = held.select_related("organisation").order_by("-started_on", "-pk").first()
    return newest.organisation if newest else None
