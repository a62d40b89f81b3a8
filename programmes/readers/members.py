"""Where somebody belongs in a programme."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import User
from common.text import fold_for_search, identity_of
from programmes.models import Membership, Organisation, Programme
from programmes.policies import under


def home_organisation(person: User, programme: Programme, paths: Sequence[str]) -> Organisation | None:
    """The organisation of the person's newest open role in the programme, in one of the branches. One query."""
    held = Membership.objects.open().filter(under(tuple(paths)), person=person, role__programme=programme)
    newest = held.select_related("organisation").order_by("-started_on", "-pk").first()
    return newest.organisation if newest else None


def namesakes_at(name: str, organisation: Organisation) -> list[User]:
    """Known people of this very name, accents too, with an open role in the organisation."""
    held = Membership.objects.open().filter(organisation=organisation)
    there = User.objects.known().filter(search_name=fold_for_search(name), pk__in=held.values("person_id"))
    return [person for person in there if identity_of(person.name) == identity_of(name)]
