"""Whether people may sit together under a rule: places, roles, and that nobody supervises whom they manage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import DomainError, NotAllowed
from programmes.models import Membership, SupervisionRuleVersion
from supervision.policies import leading_roles
from supervision.readers.planning import placements_on
from supervision.seating import Place, Seat, check_places

RestsOn = SupervisionRuleVersion.RestsOn


def check_company(version: SupervisionRuleVersion, places: Sequence[Place], *, by: User, day: dt.date) -> None:
    """Raise `DomainError` or `NotAllowed` when this company is not one that the rule allows on that day."""
    check_places(version, places)
    if not any(place.person.pk == by.pk for place in places):
        raise NotAllowed(_("You plan sessions that you take part in yourself."))
    _check_in_programme(version, places, day)
    _check_leads(version, places, day)
    _check_supervisees(version, places, day)
    _check_managers(version, places)


def _active(version: SupervisionRuleVersion, places: Sequence[Place], day: dt.date) -> dict[int, set[int]]:
    """The roles of each person in the programme on that day."""
    rows = Membership.objects.filter(
        person__in={place.person.pk for place in places},
        role__programme_id=version.rule.programme_id,
        started_on__lte=day,
    ).exclude(ended_on__lte=day)
    found: dict[int, set[int]] = {}
    for person_id, role_id in rows.values_list("person_id", "role_id"):
        found.setdefault(person_id, set()).add(role_id)
    return found


def _check_in_programme(version: SupervisionRuleVersion, places: Sequence[Place], day: dt.date) -> None:
    roles = _active(version, places, day)
    for place in places:
        if place.person.pk not in roles:
            raise DomainError(
                _("%(name)s does not belong to this programme on that day. Only its people can take part.")
                % {"name": place.person.name},
                field="guest" if place.is_guest else "supervisees",
                code="not_in_programme",
            )


def _check_leads(version: SupervisionRuleVersion, places: Sequence[Place], day: dt.date) -> None:
    roles = _active(version, places, day)
    may_lead = leading_roles(version) if len({place.turn for place in places}) > 1 else {version.supervisor_role_id}
    co_leads = {role.pk for role in version.co_lead_roles.all()} | may_lead
    for place in places:
        allowed = {Seat.LEAD: may_lead, Seat.CO_LEAD: co_leads}.get(Seat(place.seat))
        if allowed is not None and not (roles[place.person.pk] & allowed):
            raise DomainError(
                _("%(name)s does not have a role that leads under this rule.") % {"name": place.person.name},
                field="lead" if place.seat == Seat.LEAD else "co_lead",
                code="may_not_lead",
            )


def _check_supervisees(version: SupervisionRuleVersion, places: Sequence[Place], day: dt.date) -> None:
    """Whoever is supervised has a place with the one who leads, or (without places) a role of the rule."""
    lead = next(place.person for place in places if place.turn == 1 and place.seat == Seat.LEAD)
    own = [place for place in places if place.seat == Seat.SUPERVISEE and not place.is_guest]
    supervised = [place for place in own if place.person.pk != lead.pk]
    if version.rests_on == RestsOn.NONE:
        roles = _active(version, places, day)
        wanted = {role.pk for role in version.supervisee_roles.all()}
        if version.rotates_roles:
            wanted |= leading_roles(version)
        strangers = [place.person for place in supervised if not roles[place.person.pk] & wanted]
    else:
        rows = placements_on(version, lead, day).values_list("coach_id", "supervisee_id")
        placed = {person_id for row in rows for person_id in row}
        strangers = [place.person for place in supervised if place.person.pk not in placed]
        if len({place.turn for place in places}) == 3 and len(strangers) < len(supervised):
            return  # in a group of three one has the place, and the third comes along
    if strangers:
        raise DomainError(
            _("%(name)s has no place with %(lead)s on that day. Add a guest instead, or ask the coordinator.")
            % {"name": strangers[0].name, "lead": lead.name}
            if version.rests_on != RestsOn.NONE
            else _("%(name)s does not have a role that is supervised under this rule. Add a guest instead.")
            % {"name": strangers[0].name},
            field="supervisees",
            code="no_place",
        )


def _check_managers(version: SupervisionRuleVersion, places: Sequence[Place]) -> None:
    """Where the rule excludes line managers: nobody is supervised by whom they report to."""
    if not version.source.get("excludes"):
        return
    people = {place.person.pk for place in places}
    lines = set(
        Membership.objects.open()
        .filter(person__in=people, reports_to__in=people)
        .values_list("person_id", "reports_to_id")
    )
    for lead in (place for place in places if place.seat in (Seat.LEAD, Seat.CO_LEAD)):
        for other in (place for place in places if place.seat == Seat.SUPERVISEE and place.turn == lead.turn):
            if (other.person.pk, lead.person.pk) in lines:
                raise DomainError(
                    _("%(lead)s is the line manager of %(name)s, and this rule leaves line managers out.")
                    % {"lead": lead.person.name, "name": other.person.name},
                    field="supervisees",
                    code="line_manager",
                )
