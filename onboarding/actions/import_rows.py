"""One row becomes a person with a role, then a place and a history. Each step by the act that a coordinator would use;
what it refuses is said at the row, and the next row has its turn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.people import change_contact
from accounts.models import User
from certification.actions.history import note_certificate_before, note_training_before
from certification.models import Track, TrackVersion
from coaches.actions.history import Before, note_sessions_before
from coaches.actions.places import place_supervisee, place_together
from coaches.models import Placement
from common.errors import DomainError
from common.text import fold_for_search, identity_of
from onboarding.checked import NEW
from onboarding.findings import STOP, Finding
from onboarding.models import ImportRow, ImportRun
from programmes.actions.memberships import add_membership
from programmes.actions.organisations import add_organisation
from programmes.actions.people import add_person
from programmes.models import Organisation, ProgrammeRole, SupervisionRule, SupervisionRuleVersion

RowState = ImportRow.State
KEPT = ["state", "findings", "person", "person_is_new", "membership", "request", "made"]
# Somebody was quicker, in another window or by another import: the role is held, which is what the row wanted.
_THERE = {"already_held", "asked_already"}


@dataclass
class Hand:
    """What one chunk needs again and again, looked up once."""

    run: ImportRun
    by: User
    organisations: dict[int, Organisation] = field(default_factory=dict)

    @cached_property
    def roles(self) -> dict[int, ProgrammeRole]:
        """The roles of the network."""
        network = self.run.organisation.network_path
        roles = ProgrammeRole.objects.filter(programme__network__path=network)
        return {role.pk: role for role in roles.select_related("programme__network")}

    @cached_property
    def rules(self) -> dict[int, SupervisionRule]:
        """The rules of the network."""
        network = self.run.organisation.network_path
        rules = SupervisionRule.objects.filter(programme__network__path=network)
        return {rule.pk: rule for rule in rules.select_related("programme")}

    @cached_property
    def mutual_rules(self) -> set[int]:
        """Rules under which people supervise each other."""
        versions = SupervisionRuleVersion.objects.filter(rule__in=self.rules, is_current=True, reciprocal=True)
        return set(versions.values_list("rule_id", flat=True))

    @cached_property
    def tracks(self) -> dict[int, Track]:
        """By role the ladder that leads to it, else the one that its holders climb."""
        network = self.run.organisation.network_path
        versions = TrackVersion.objects.filter(
            track__programme__network__path=network, is_current=True, candidate=TrackVersion.Candidate.PERSON
        ).select_related("track__programme__network")
        found: dict[tuple[int, str], Track] = {}
        # What is written last stays: the first in the pack's order, and what leads to the role before all others.
        for name in ("for_role", "awards"):
            for version in sorted(versions, key=lambda one: -one.track.order):
                found[version.track.programme_id, getattr(version, name)] = version.track
        return {
            role.pk: found[role.programme_id, role.key]
            for role in self.roles.values()
            if (role.programme_id, role.key) in found
        }

    def organisation(self, plan: dict[str, Any]) -> Organisation:
        """The row's organisation; made under the importer's own, once for the whole import."""
        pk = plan["organisation"] or self.run.organisations_made.get(plan["new_organisation"])
        if pk is None:
            made = self._make(plan["new_organisation_name"])
            self.run.organisations_made[plan["new_organisation"]] = made.pk
            self.run.save(update_fields=["organisations_made"])
            self.organisations[made.pk] = made
            return made
        if pk not in self.organisations:
            self.organisations[pk] = Organisation.objects.get(pk=pk)
        return self.organisations[pk]

    def know_organisations(self, plans: Iterable[dict[str, Any]]) -> None:
        """Look the organisations of many rows up at once, before `organisation` asks for each."""
        ids = {plan["organisation"] or self.run.organisations_made.get(plan["new_organisation"]) for plan in plans}
        missing = {pk for pk in ids if pk is not None} - set(self.organisations)
        self.organisations |= Organisation.objects.in_bulk(missing)

    def _make(self, name: str) -> Organisation:
        there = Organisation.objects.filter(parent=self.run.organisation, name_key=identity_of(name)).first()
        return there or add_organisation(by=self.by, parent=self.run.organisation, name=name)

    def person_of(self, key: str) -> User | None:
        """Whom "person:5" or "row:7" means, if they are here."""
        kind, _colon, number = key.partition(":")
        return self.person_of_row(int(number)) if kind == "row" else User.objects.known().filter(pk=number).first()

    def people_of(self, keys: Iterable[str]) -> dict[str, User]:
        """The same for many, those who are here. Two queries."""
        numbers: dict[str, set[int]] = {"row": set(), "person": set()}
        for kind, _colon, number in {tuple(key.partition(":")) for key in keys}:
            numbers[kind].add(int(number))
        rows = ImportRow.objects.filter(run=self.run, number__in=numbers["row"], person__isnull=False)
        found = {f"row:{row.number}": row.person for row in rows.select_related("person") if row.person}
        known = User.objects.known().filter(pk__in=numbers["person"])
        return found | {f"person:{person.pk}": person for person in known}

    def person_of_row(self, number: int) -> User | None:
        """Whoever another row of the import brought in."""
        row = ImportRow.objects.filter(run=self.run, number=number).select_related("person").first()
        return row.person if row else None


def join_row(row: ImportRow, hand: Hand) -> None:
    """The person and the role, or the request to somebody of another network."""
    try:
        with transaction.atomic():
            _join(row, hand)
    except DomainError as error:
        _refused(row, error, hand.run)
        row.state = RowState.FAILED
    row.save(update_fields=KEPT)


def _join(row: ImportRow, hand: Hand) -> None:
    plan = row.plan
    role, organisation = hand.roles[plan["role"]], hand.organisation(plan)
    day = dt.date.fromisoformat(plan["since"]) if plan["since"] else timezone.localdate()
    person = row.person or _person_now(row, hand, role, organisation)
    more = bool(plan["supervisor"] or plan["history"])
    row.state = RowState.JOINED if more else RowState.DONE
    given = person is not None and _give_address(person, plan, hand)
    try:
        with transaction.atomic():
            if person is not None:
                row.person = person
                row.membership = add_membership(
                    by=hand.by, person=person, role=role, organisation=organisation, started_on=day
                )
                return
            added = add_person(
                by=hand.by,
                name=plan["name"],
                email=plan["email"],
                phone=plan["phone"],
                role=role,
                organisation=organisation,
                started_on=day,
                another=True,  # asked about before the yes
            )
            row.person, row.membership, row.request = added.person, added.membership, added.request
            row.person_is_new = added.is_new
    except DomainError as error:
        if error.code not in _THERE:
            raise
        row.person = person or User.objects.known().filter(email=plan["email"] or None).first()
        row.state = RowState.JOINED if more else RowState.DONE if given else RowState.SAME
    if row.request is not None and more:
        row.state = RowState.DONE
        _refused(row, DomainError(_("The person is asked first. Place them when they have said yes.")), hand.run)


def _person_now(row: ImportRow, hand: Hand, role: ProgrammeRole, organisation: Organisation) -> User | None:
    """Whom another row brought in, or somebody without an address who came in by another import meanwhile."""
    if same := row.plan["same_person_as"]:
        found = hand.person_of_row(same)
        if found is None:
            raise DomainError(_("Row %(row)d, about the same person, was not imported.") % {"row": same})
        return found
    if row.plan["email"]:
        return None
    if hand.run.answers.get("person", {}).get(str(row.number)) == NEW:
        return None
    there = User.objects.known().filter(
        email__isnull=True,
        search_name=fold_for_search(row.plan["name"]),
        memberships__role=role,
        memberships__organisation=organisation,
        memberships__ended_on__isnull=True,
    )
    return next((one for one in there if identity_of(one.name) == identity_of(row.plan["name"])), None)


def _give_address(person: User, plan: dict[str, Any], hand: Hand) -> bool:
    """An address for somebody who had none; what is on file otherwise stays as it is. Whether it was given."""
    if not plan["email"] or person.email:
        return False
    phone = person.phone or plan["phone"]
    change_contact(by=hand.by, person=person, name=person.name, email=plan["email"], phone=phone)
    return True


def settle_row(row: ImportRow, hand: Hand) -> None:
    """The place with the supervisor, and what was before. Each stands for itself: one refused keeps the other."""
    row.state = RowState.DONE
    for act in (_place, _training, _certificate, _last_session):
        try:
            with transaction.atomic():
                act(row, hand)
        except DomainError as error:
            _refused(row, error, hand.run)
    row.save(update_fields=KEPT)


def _place(row: ImportRow, hand: Hand) -> None:
    plan = row.plan
    if not plan["supervisor"] or row.person is None:
        return
    coach = hand.person_of(plan["supervisor"])
    if coach is None:
        raise DomainError(_("The supervisor was not imported. Place them once the supervisor is there."))
    rule, person = hand.rules[plan["rule"]], row.person
    open_ones = Placement.objects.open().filter(rule=rule, covers__isnull=True)
    if open_ones.filter(coach=coach, supervisee=person).exists():
        return
    day = dt.date.fromisoformat(plan["since"]) if plan["since"] else None
    if plan.get("third"):
        third = hand.person_of(plan["third"])
        if third is None:
            raise DomainError(_("The third one was not imported. Place the three once they are all there."))
        made = place_together(by=hand.by, people=[coach, person, third], rule=rule, started_on=day)
        row.made = row.made | {"placements": [placement.pk for placement in made]}
        return
    placement = place_supervisee(by=hand.by, coach=coach, supervisee=person, rule=rule, started_on=day)
    both_ways = open_ones.filter(coach=person, supervisee=coach).values_list("pk", flat=True)
    row.made = row.made | {"placements": [placement.pk, *both_ways]}


def _training(row: ImportRow, hand: Hand) -> None:
    track = track_of(row, hand) if row.plan["history"].get("workshop_date") else None
    if track is None or row.person is None:
        return
    on = dt.date.fromisoformat(row.plan["history"]["workshop_date"])
    record = note_training_before(person=row.person, track=track, on=on, source=source_of(row, hand), by=hand.by)
    if record is not None:
        row.made = row.made | {"steps": [record.pk]}


def _certificate(row: ImportRow, hand: Hand) -> None:
    history = row.plan["history"]
    track = track_of(row, hand) if history.get("certificate_number") else None
    if track is None or row.person is None:
        return
    certificate = note_certificate_before(
        person=row.person,
        track=track,
        number=history["certificate_number"],
        issued_on=dt.date.fromisoformat(history["certificate_date"]),
        title=history.get("certificate_title", ""),
        variant=history.get("certificate_variant", ""),
        source=source_of(row, hand),
        by=hand.by,
    )
    if certificate is not None:
        row.made = row.made | {"certificates": [certificate.pk]}


def _last_session(row: ImportRow, hand: Hand) -> None:
    """Counts for "who has not met for too long", and on no ladder: nobody recorded that session here."""
    day = row.plan["history"].get("last_session")
    if not day or row.person is None:
        return
    programme = hand.roles[row.plan["role"]].programme
    before = Before(row.person, programme, dt.date.fromisoformat(day), source_of(row, hand))
    noted = note_sessions_before(by=hand.by, wanted=[before])[0]
    if noted is not None:
        row.made = row.made | {"sessions": [noted.pk]}


def track_of(row: ImportRow, hand: Hand) -> Track | None:
    """The ladder that leads to the row's role, else the one that its holders climb."""
    return hand.tracks.get(row.plan["role"])


def source_of(row: ImportRow, hand: Hand) -> str:
    """Where a row's history is written: file and row."""
    return f"{hand.run.filename}, {row.number}"


def _refused(row: ImportRow, error: DomainError, run: ImportRun) -> None:
    """Say at the row what an act has refused."""
    column = {"coach": "supervisor", "supervisee": "supervisor", "started_on": "since", "number": "certificate_number"}
    name = column.get(error.field or "", error.field or "name")
    cell = f"{run.columns.get(name, run.columns.get('name', ''))}{row.number}"
    row.findings = [*row.findings, Finding(STOP, "said", cell, {"text": str(error)}).as_json()]
