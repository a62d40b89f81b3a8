"""Who a row is about: known by address, known by name, new, or named twice in the sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from common.text import identity_of
from onboarding.checked import NEW, Answers, Checked
from onboarding.findings import Choice
from onboarding.world import KnownPerson, World

ASKS = "person"


def check_people(rows: Iterable[Checked], world: World, answers: Answers) -> None:
    """Tell people apart, in the order of the sheet."""
    by_email: dict[str, Checked] = {}
    by_name: dict[str, list[Checked]] = defaultdict(list)
    seen: dict[tuple[object, ...], Checked] = {}
    chosen = answers.get(ASKS, {})
    for one in rows:
        if one.email:
            _by_address(one, by_email, by_name[one.folded], world, chosen.get(str(one.number), ""))
        elif one.folded:
            _by_name(one, by_name[one.folded], world, chosen.get(str(one.number), ""))
        _tell_namesakes(one, by_name[one.folded], world)
        if one.folded and one.same_person_as is None:
            by_name[one.folded].append(one)
        _roles(one, seen, world)


def _by_address(one: Checked, by_email: dict[str, Checked], earlier: list[Checked], world: World, answer: str) -> None:
    first = by_email.setdefault(one.email, one)
    if first is not one:
        if first.folded and one.folded and first.folded != one.folded:
            one.stop("email_twice", "email", name=first.name, row=first.number)
            return
        one.same_person_as = first.number
        one.person, one.is_request = first.person, first.is_request
    known = world.people.get(world.by_email.get(one.email, 0))
    if known is not None and known.strange:
        one.is_request = True
        one.note("other_network", "email")
    elif known is not None:
        one.person = known.id
        if known.folded != one.folded and one.folded:
            one.note("name_on_file", "name", name=known.name)
    elif first is one:
        nameless = [person for person in _namesakes(one, world) if not person.email and _is_there(person, one)]
        rows = [other for other in earlier if not other.email and _place(other) == _place(one)]
        _ask_person(one, nameless, rows, answer)


def _by_name(one: Checked, earlier: list[Checked], world: World, answer: str) -> None:
    """Without an address only the role held already tells who it is, letter by letter, and only where nobody else of
    the name is there: two people of one name in one organisation are asked about, never made one."""
    known = _namesakes(one, world)
    rows = [other for other in earlier if not other.email or _place(other) == _place(one)]
    there = [person for person in known if _is_there(person, one)]
    if len(there) == 1 and _is_certainly(there[0], one) and not any(_rivals(there[0], one, other) for other in rows):
        one.person = there[0].id
        return
    _ask_person(one, known, [other for other in rows if other.person is None or other.email], answer)


def _is_certainly(person: KnownPerson, one: Checked) -> bool:
    """Whether the person came from a row like this one: the very name, no address, the role there."""
    return not person.email and _holds(person, one) and identity_of(person.name) == identity_of(one.name)


def _rivals(person: KnownPerson, one: Checked, other: Checked) -> bool:
    """Whether an earlier row of that name could be the person as well: not where it names another role they hold."""
    if _place(other) != _place(one):
        return False
    return other.person != person.id or other.role == one.role


def _ask_person(one: Checked, known: list[KnownPerson], rows: list[Checked], answer: str) -> None:
    """Take the answer, or ask, where there is anybody it might be."""
    kind, _, key = answer.partition(":")
    if not known and not rows or answer == NEW:
        return
    if kind == "person" and key.isdigit() and int(key) in {person.id for person in known}:
        one.person, one.gives_address = int(key), bool(one.email)
        return
    if kind == "row" and key.isdigit() and int(key) in {row.number for row in rows}:
        one.same_person_as = int(key)
        return
    choices = [Choice(f"person:{person.id}", "choose_person", {"who": _who(person)}) for person in known[:10]]
    choices += [Choice(f"row:{row.number}", "choose_row", {"name": row.name, "row": row.number}) for row in rows[:10]]
    choices.append(Choice(NEW, "choose_new_person"))
    who = [_who(person) for person in known[:3]] or [row.name for row in rows[:3]]
    one.ask("person_same_name", "name", ASKS, str(one.number), choices, who=who)


def _namesakes(one: Checked, world: World) -> list[KnownPerson]:
    """People of that name in the part of the network that the importer coordinates."""
    if one.programme is None or not one.folded:
        return []
    programmes = [programme.id for programme in world.programmes.values() if programme.branches]
    return [
        person
        for person in world.named(one.folded)
        if any(world.in_branch(person, programme) for programme in programmes)
    ]


def _tell_namesakes(one: Checked, earlier: list[Checked], world: World) -> None:
    """Two people of one name with an address each are two; said, for it may be a slip."""
    if not one.email or one.same_person_as is not None or one.stopped or one.asks:
        return
    others = [other for other in earlier if other.email and other.email != one.email]
    known = [person for person in _namesakes(one, world) if person.email and person.id != one.person]
    if others:
        one.note("same_name_row", "name", name=others[0].name, row=others[0].number)
    elif known and one.person is None:
        one.note("same_name", "name", who=[_who(person) for person in known[:3]])


def _roles(one: Checked, seen: dict[tuple[object, ...], Checked], world: World) -> None:
    """Whether the role is held already, asked for already, or given by an earlier row."""
    if one.role is None or one.stopped:
        return
    person = world.people.get(one.person or world.by_email.get(one.email, 0))
    if person is not None and one.organisation is not None:
        one.has_role = (one.role, one.organisation) in person.held
        if one.is_request and (person.id, one.role, one.organisation) in world.requests:
            one.has_role = True
            one.note("asked_already", "email")
    key = (one.key, one.email if one.is_request else "", one.role, _place(one))
    first = seen.setdefault(key, one)
    if first is not one:
        if one.text("supervisor") in ("", first.text("supervisor")) and one.history in ({}, first.history):
            one.repeats = first.number
            one.note("repeated", "name", row=first.number)
        one.has_role = True
    _history(one, world)


def _history(one: Checked, world: World) -> None:
    """Whether what the row says of earlier years is known already."""
    if one.role is None:
        return
    met = one.history.get("last_session")
    one.history_known = not met or (one.person, one.programme, met) in world.met
    told = {name for name in one.history if name in ("workshop_date", "certificate_number")}
    if not told:
        return
    if one.role not in world.ladders:
        one.stop("no_track", max(told), role=world.roles[one.role].names)
        return
    holder = world.certificates.get((one.programme or 0, one.history.get("certificate_number", "")))
    if holder is not None and holder != one.person:
        one.stop("certificate_taken", "certificate_number", text=one.history["certificate_number"])
    trained = (one.person, one.programme) in world.trained
    certified = holder is not None or "certificate_number" not in told
    one.history_known = one.history_known and certified and (trained or "workshop_date" not in told)


def _holds(person: KnownPerson, one: Checked) -> bool:
    return one.role is not None and one.organisation is not None and (one.role, one.organisation) in person.held


def _is_there(person: KnownPerson, one: Checked) -> bool:
    """Whether the person holds any role in the row's organisation."""
    return one.organisation is not None and any(place == one.organisation for _role, place in person.held)


def _place(one: Checked) -> object:
    return one.organisation if one.organisation is not None else one.new_organisation


def _who(person: KnownPerson) -> str:
    return f"{person.name} ({person.email})" if person.email else person.name
