"""Rows of an import in numbers: those that are plain go in together, by the acts' own forms for many, in a few
statements. Whatever such an act refuses is done again row by row, so that each row hears its own sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions.people import NewPerson
from accounts.models import User
from certification.actions.history import (
    CertificateBefore,
    TrainingBefore,
    note_certificates_before,
    note_trainings_before,
)
from certification.models import Track
from coaches.actions.history import Before, note_sessions_before
from coaches.actions.places import NewPlace, place_people
from coaches.models import Placement
from common.errors import DomainError
from common.text import fold_for_search
from onboarding.actions.import_rows import Hand, join_row, settle_row, source_of, track_of
from onboarding.models import ImportRow
from programmes.actions.memberships import NewRole, add_memberships
from programmes.actions.people import NewMember, add_new_people
from programmes.models import Membership, Organisation

RowState = ImportRow.State
BATCH = 50
"""Rows that are tried together. Of a batch that is refused every row is done alone, which takes about a second."""


def join_rows(rows: Sequence[ImportRow], hand: Hand) -> None:
    """People and their roles: together where nobody has to be asked or looked up, the others one by one."""
    hand.know_organisations(row.plan for row in rows)
    plain, special = _told_apart(rows, hand)
    _together(plain, hand, _join, join_row)
    for row in special:
        join_row(row, hand)


def settle_rows(rows: Sequence[ImportRow], hand: Hand) -> None:
    """Places and what was before: together where one supervises others, the others one by one."""
    plain: list[ImportRow] = []
    special: list[ImportRow] = []
    for row in rows:
        alone = row.plan.get("third") or row.plan["rule"] in hand.mutual_rules or row.person is None
        (special if alone else plain).append(row)
    _together(plain, hand, _settle, settle_row)
    for row in special:
        settle_row(row, hand)


def _together(
    rows: list[ImportRow],
    hand: Hand,
    act: Callable[[list[ImportRow], Hand], None],
    alone: Callable[[ImportRow, Hand], None],
) -> None:
    if not rows:
        return
    try:
        with transaction.atomic():
            act(rows, hand)
    except (DomainError, IntegrityError):
        for row in rows:
            row.refresh_from_db()
            alone(row, hand)


def _told_apart(rows: Sequence[ImportRow], hand: Hand) -> tuple[list[ImportRow], list[ImportRow]]:
    """Plain rows bring in somebody new, or somebody of this network who has (or needs) no address by it. A row about
    the same person as another comes after that one, so it is plain where the other is, or where that one is in."""
    emails = {row.plan["email"] for row in rows if row.plan["email"]}
    known = set(User.objects.known().filter(email__in=emails).values_list("email", flat=True))
    folded = {fold_for_search(row.plan["name"]) for row in rows if not row.plan["email"]}
    nameless = set(
        User.objects.known().filter(email__isnull=True, search_name__in=folded).values_list("search_name", flat=True)
    )
    plain: list[ImportRow] = []
    special: list[ImportRow] = []
    apart: set[int] = set()
    for row in rows:
        email, same = row.plan["email"], row.plan["same_person_as"]
        if row.person is not None:
            alone = bool(email) and not row.person.email
        elif same:
            alone = same in apart
        else:
            alone = email in known or (not email and fold_for_search(row.plan["name"]) in nameless)
        if alone or not _has_place(row, hand):
            alone = True
            apart.add(row.number)
        (special if alone else plain).append(row)
    return plain, special


def _has_place(row: ImportRow, hand: Hand) -> bool:
    """Make the organisation where it is new, apart from the row: it stays, whatever becomes of its people."""
    if row.plan["organisation"] or row.plan["new_organisation"] in hand.run.organisations_made:
        return True
    try:
        with transaction.atomic():
            hand.organisation(row.plan)
    except DomainError:
        return False
    return True


def _join(rows: list[ImportRow], hand: Hand) -> None:
    places = {row.number: hand.organisation(row.plan) for row in rows}
    new = [row for row in rows if row.person is None and not row.plan["same_person_as"]]
    added = add_new_people(by=hand.by, wanted=[_newcomer(row, hand, places[row.number]) for row in new])
    came = {row.number: one for row, one in zip(new, added, strict=True)}
    people = _people(rows, {number: one.person for number, one in came.items()}, hand)
    held = _held(people.values())
    wanted: dict[int, NewRole] = {}
    for row in rows:
        one = NewRole(people[row.number], hand.roles[row.plan["role"]], places[row.number], _first_day(row))
        key = (one.person.pk, one.role.pk, one.organisation.pk)
        if row.number not in came and key not in held:
            held.add(key)
            wanted[row.number] = one
    given = dict(zip(wanted, add_memberships(by=hand.by, wanted=list(wanted.values())), strict=True))
    given |= {number: one.membership for number, one in came.items() if one.membership}
    for row in rows:
        row.person, row.membership = people[row.number], given.get(row.number)
        row.person_is_new = row.number in came
        more = bool(row.plan["supervisor"] or row.plan["history"])
        row.state = RowState.JOINED if more else RowState.DONE if row.membership else RowState.SAME
    _keep(rows, ["state", "person", "membership", "person_is_new"])


def _people(rows: list[ImportRow], came: Mapping[int, User], hand: Hand) -> dict[int, User]:
    """By row whom it is about: known before, new, or brought in by another row."""
    others = {int(row.plan["same_person_as"] or 0) for row in rows} - {0} - set(came)
    before = hand.people_of(f"row:{number}" for number in others)
    found: dict[int, User] = {}
    for row in rows:
        same = int(row.plan["same_person_as"] or 0)
        person = row.person or came.get(row.number) or came.get(same) or before.get(f"row:{same}")
        if person is None or (row.plan["email"] and not person.email):
            raise DomainError("")  # the row alone says which other row is missing, or gives the address
        found[row.number] = person
    return found


def _held(people: Iterable[User]) -> set[tuple[int, int, int]]:
    """(person, role, organisation) of the roles that these people hold now."""
    rows = Membership.objects.open().filter(person__in={person.pk for person in people})
    return set(rows.values_list("person_id", "role_id", "organisation_id"))


def _newcomer(row: ImportRow, hand: Hand, organisation: Organisation) -> NewMember:
    plan, role = row.plan, hand.roles[row.plan["role"]]
    person = NewPerson(plan["name"], plan["email"], plan["phone"], role.programme.language)
    return NewMember(person, role, organisation, _first_day(row))


def _first_day(row: ImportRow) -> dt.date:
    return dt.date.fromisoformat(row.plan["since"]) if row.plan["since"] else timezone.localdate()


def _settle(rows: list[ImportRow], hand: Hand) -> None:
    made: dict[int, dict[str, list[int]]] = {row.number: dict(row.made) for row in rows}
    for name, found in (
        ("placements", _places(rows, hand)),
        ("steps", _trainings(rows, hand)),
        ("certificates", _certificates(rows, hand)),
        ("sessions", _sessions(rows, hand)),
    ):
        for number, pk in found.items():
            made[number][name] = [pk]
    for row in rows:
        row.made, row.state = made[row.number], RowState.DONE
    _keep(rows, ["state", "made"])


def _places(rows: list[ImportRow], hand: Hand) -> dict[int, int]:
    """By row the placement that was made; none for those who are with that supervisor already."""
    placing = [row for row in rows if row.plan["supervisor"]]
    coaches = hand.people_of([row.plan["supervisor"] for row in placing])
    if any(row.plan["supervisor"] not in coaches for row in placing):
        raise DomainError("")
    open_ones = Placement.objects.open().filter(supervisee__in={row.person_id for row in placing}, covers__isnull=True)
    there = set(open_ones.values_list("coach_id", "supervisee_id", "rule_id"))
    wanted: dict[int, NewPlace] = {}
    for row in placing:
        coach, rule = coaches[row.plan["supervisor"]], hand.rules[row.plan["rule"]]
        key = (coach.pk, row.person_id or 0, rule.pk)
        if key not in there and row.person is not None:
            there.add(key)
            day = dt.date.fromisoformat(row.plan["since"]) if row.plan["since"] else None
            wanted[row.number] = NewPlace(coach, row.person, rule, day)
    if not wanted:
        return {}
    placed = place_people(by=hand.by, wanted=list(wanted.values()))
    return {number: placement.pk for number, placement in zip(wanted, placed, strict=True)}


def _trainings(rows: list[ImportRow], hand: Hand) -> dict[int, int]:
    wanted = {
        row.number: TrainingBefore(person, track, _day(row, "workshop_date"), source_of(row, hand))
        for row, person, track in _on_a_ladder(rows, hand, "workshop_date")
    }
    noted = note_trainings_before(by=hand.by, wanted=list(wanted.values())) if wanted else []
    return {number: one.pk for number, one in zip(wanted, noted, strict=True) if one is not None}


def _certificates(rows: list[ImportRow], hand: Hand) -> dict[int, int]:
    wanted = {
        row.number: CertificateBefore(
            person,
            track,
            number=row.plan["history"]["certificate_number"],
            issued_on=_day(row, "certificate_date"),
            source=source_of(row, hand),
            title=row.plan["history"].get("certificate_title", ""),
            variant=row.plan["history"].get("certificate_variant", ""),
        )
        for row, person, track in _on_a_ladder(rows, hand, "certificate_number")
    }
    noted = note_certificates_before(by=hand.by, wanted=list(wanted.values())) if wanted else []
    return {number: one.pk for number, one in zip(wanted, noted, strict=True) if one is not None}


def _on_a_ladder(rows: list[ImportRow], hand: Hand, told: str) -> list[tuple[ImportRow, User, Track]]:
    return [
        (row, row.person, track)
        for row in rows
        if row.plan["history"].get(told) and row.person is not None and (track := track_of(row, hand))
    ]


def _sessions(rows: list[ImportRow], hand: Hand) -> dict[int, int]:
    wanted = {
        row.number: Before(
            row.person, hand.roles[row.plan["role"]].programme, _day(row, "last_session"), source_of(row, hand)
        )
        for row in rows
        if row.plan["history"].get("last_session") and row.person is not None
    }
    noted = note_sessions_before(by=hand.by, wanted=list(wanted.values())) if wanted else []
    return {number: one.pk for number, one in zip(wanted, noted, strict=True) if one is not None}


def _day(row: ImportRow, name: str) -> dt.date:
    return dt.date.fromisoformat(row.plan["history"][name])


def _keep(rows: list[ImportRow], fields: list[str]) -> None:
    """Rows that are there already, written over by one statement; `bulk_update` takes four times as long."""
    ImportRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=fields)
