"""Programmes from the shipped packs with people, placements and sessions, for tests.

stage = stage_of("dua")
coach = stage.member("peer_coach", name="Ragnhild Sæther")
session = stage.session("peer_coach_group", coach, [jonas, ingrid], at=some_moment)
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from accounts.tests.factories import PersonFactory
from checklists.actions.install import install_checklists
from coaches.tests.factories import PlacementFactory
from programmes.actions.install import install_pack
from programmes.actions.install_rules import install_rules
from programmes.models import Organisation, Programme, ProgrammeRole, SupervisionRuleVersion
from programmes.shipped import load_pack, pack_path
from programmes.tests.factories import MembershipFactory, OrganisationFactory
from supervision.actions.install import install_agendas
from supervision.actions.planning import agenda_of
from supervision.models import Attendance, SupervisionSession
from supervision.seating import Place, seat_in_turns, seat_once

NOW = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
THURSDAY = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
_packs: dict[str, Any] = {}


@dataclass
class Stage:
    """A programme of a pack in a network of its own, with one office."""

    programme: Programme
    network: Organisation
    office: Organisation

    def role(self, key: str) -> ProgrammeRole:
        """The role of that key."""
        return self.programme.roles.get(key=key)

    def member(self, role: str, organisation: Organisation | None = None, **fields: Any) -> User:
        """Somebody (new, or `person=`) with a role; `reports_to=` is kept with the membership."""
        reports_to = fields.pop("reports_to", None)
        person: User = fields.pop("person", None) or PersonFactory(**{"language": "en", **fields})
        MembershipFactory(
            person=person, role=self.role(role), organisation=organisation or self.office, reports_to=reports_to
        )
        return person

    def version(self, rule: str) -> SupervisionRuleVersion:
        """The rule as it is now."""
        return SupervisionRuleVersion.objects.select_related("rule__programme").get(
            rule__programme=self.programme, rule__key=rule, is_current=True
        )

    def place(self, coach: User, *supervisees: User, rule: str) -> None:
        """Give each supervisee a place with the coach."""
        for supervisee in supervisees:
            PlacementFactory(coach=coach, supervisee=supervisee, rule=self.version(rule).rule)

    def session(
        self,
        rule: str,
        lead: User,
        supervisees: list[User],
        *,
        at: dt.datetime = THURSDAY,
        turns: bool = False,
        state: str = SupervisionSession.State.PLANNED,
        **fields: Any,
    ) -> SupervisionSession:
        """A session as a row, past the checks of planning; `finished` and `held` ones have everybody present."""
        version = self.version(rule)
        places = seat_in_turns([lead, *supervisees]) if turns else seat_once(lead, supervisees)
        finished = state == SupervisionSession.State.FINISHED
        session = SupervisionSession.objects.create(
            programme=self.programme,
            rule=version.rule,
            rule_version=version,
            agenda=agenda_of(version),
            state=state,
            starts_at=at,
            zone="Europe/Oslo",
            minutes=version.minutes,
            place="Room 2",
            planned_at=at - dt.timedelta(days=7),
            planned_by=lead,
            finished_at=at + dt.timedelta(hours=3) if finished else None,
            finished_by=lead if finished else None,
            **fields,
        )
        self.seat(session, places, present=True if finished else None)
        return session

    def seat(self, session: SupervisionSession, places: list[Place], *, present: bool | None = None) -> None:
        """Seats at the office."""
        Attendance.objects.bulk_create(
            Attendance(
                session=session,
                person=place.person,
                seat=place.seat,
                turn=place.turn,
                is_guest=place.is_guest,
                organisation=self.office,
                present=present,
            )
            for place in places
        )


def stage_of(key: str, *, language: str = "en", checklists: bool = False) -> Stage:
    """The shipped pack `key` installed in a new network, without onboarding's help; `checklists` only when asked for,
    since they are most of its rows."""
    network = OrganisationFactory()
    system = User.objects.system()
    if key not in _packs:
        _packs[key] = load_pack(pack_path(key))
    pack = _packs[key]
    programme, _changed = install_pack(network=network, pack=pack, by=system, language=language)
    install_rules(programme=programme, pack=pack, by=system)
    install_agendas(programme=programme, pack=pack, by=system)
    if checklists:
        install_checklists(programme=programme, pack=pack, by=system)
    return Stage(programme, network, OrganisationFactory(parent=network))
