"""Making a network of the demo through the same acts that a coordinator uses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache

from django.contrib.auth.hashers import make_password

from accounts.actions.people import change_contact
from accounts.models import User
from coaches.actions.places import place_supervisee
from coaches.models import CoachProfile
from onboarding.actions.install import install_programme
from onboarding.demo.cast import PASSWORD, Network, Person, Place
from programmes.actions.memberships import add_membership, correct_membership
from programmes.actions.networks import create_network
from programmes.actions.organisations import add_organisation
from programmes.actions.people import add_person
from programmes.models import Organisation, Programme, ProgrammeRole, SupervisionRule
from programmes.shipped import load_pack, pack_path


@dataclass
class Made:
    """What was made, by the keys of the cast."""

    today: dt.date
    network: Organisation
    coordinator: User
    programmes: dict[str, Programme] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def before(self, days: int) -> dt.date:
        """The day that many days before today; ahead of it when negative."""
        return self.today - dt.timedelta(days=days)

    def role(self, programme: str, key: str) -> ProgrammeRole:
        """A role by the keys of programme and role."""
        return ProgrammeRole.objects.select_related("programme__network").get(
            programme=self.programmes[programme], key=key
        )

    def rule(self, programme: str, key: str) -> SupervisionRule:
        """A supervision rule by the keys of programme and rule."""
        return SupervisionRule.objects.get(programme=self.programmes[programme], key=key)


def make_network(cast: Network, today: dt.date) -> Made:
    """Root, programmes, organisations, people, places: everything up to the first session."""
    system = User.objects.system()
    by_key = {person.key: person for person in cast.people}
    first = by_key[cast.first_coordinator]
    root = create_network(
        name=cast.name, coordinator_email=f"{first.key}@{cast.domain}", by=system, language=first.language
    )
    coordinator = root.first_coordinator
    if coordinator is None:
        raise RuntimeError("a network is made with its first coordinator")
    made = Made(today, root, coordinator)
    made.organisations[cast.name] = root
    made.people[first.key] = coordinator
    for key, language in cast.programmes:
        done = install_programme(network=root, pack=load_pack(pack_path(key)), by=system, language=language)
        made.programmes[key] = done.programme
    for name, parent in cast.organisations:
        above = made.organisations[parent or cast.name]
        made.organisations[name] = add_organisation(by=system, parent=above, name=name)
    for person in cast.people:
        _add(made, cast, person, by=system)
    for place in cast.places:
        _place(made, place, by=system)
    for key, capacity in cast.capacities:
        CoachProfile.objects.update_or_create(person=made.people[key], defaults={"capacity": capacity})
    return made


def _add(made: Made, cast: Network, person: Person, *, by: User) -> None:
    known = made.people.get(person.key)
    for wanted in person.roles:
        role = made.role(wanted.programme, wanted.role)
        organisation = made.organisations[wanted.organisation or person.organisation]
        since = made.before(wanted.since)
        if known is None:
            known = add_person(
                by=by,
                name=person.name,
                email=f"{person.key}@{cast.domain}" if person.has_address else "",
                phone=person.phone,
                language=person.language,
                role=role,
                organisation=organisation,
                started_on=since,
            ).person
            continue
        held = known.memberships.open().filter(role=role, organisation=organisation).first()
        if held is None:
            add_membership(by=by, person=known, role=role, organisation=organisation, started_on=since)
        else:
            # The first coordinator's own role, which installing the programme gave from today.
            correct_membership(by=by, membership=held, organisation=organisation, started_on=since, ended_on=None)
    if known is None:
        raise RuntimeError(f"{person.key} has no role")
    _settle(known, person)
    made.people[person.key] = known


def _settle(user: User, person: Person) -> None:
    """What the person would have done on the own page: name, language, password."""
    if user.name != person.name:
        change_contact(by=user, person=user, name=person.name, email=user.email or "", phone=person.phone)
    if user.language != person.language:
        user.language = person.language
        user.save(update_fields=["language"])
    if person.signs_in:
        user.password = _hashed()
        user.save(update_fields=["password"])


@cache
def _hashed() -> str:
    """The demo's password, hashed once: it is printed anyway, and a slow hash for each person takes half a minute."""
    return make_password(PASSWORD)


def _place(made: Made, place: Place, *, by: User) -> None:
    place_supervisee(
        by=by,
        coach=made.people[place.coach],
        supervisee=made.people[place.supervisee],
        rule=made.rule(place.programme, place.rule),
        started_on=made.before(place.since),
        planned_end_on=None if place.planned_end is None else made.before(place.planned_end),
    )
