"""Who reads a field of the record, by name, as the rights table says."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import User
from programmes.rights import RELATION_WORDS, TABLE, Relation, Sight, Thing
from supervision.captures import Kind
from supervision.models import AgendaNote
from supervision.sheet import Entry, Sheet
from supervision.wording import listed

Audience = AgendaNote.Audience
GOAL_KINDS = (Kind.GOAL, Kind.REVIEW)
FEEDBACK_KINDS = (Kind.STRENGTHS, Kind.FEEDBACK)


def names(sheet: Sheet, relations: Iterable[Relation], viewer: User, about: User | None = None) -> list[str]:
    """First names of those who stand in one of these relations to the session, the viewer first, as "you"."""
    wanted = set(relations)
    people: dict[int, str] = {}
    for seat in sheet.seats:
        came = seat.present is not False
        is_about = about is not None and seat.person.pk == about.pk
        if (
            (Relation.PRESENT in wanted and came)
            or (Relation.LED in wanted and came and seat.leads)
            or (Relation.SELF in wanted and is_about)
        ):
            people[seat.person.pk] = seat.person.get_short_name()
    you = [_("you")] if people.pop(viewer.pk, None) else []
    return you + list(people.values())


def readers_sentence(entry: Entry, sheet: Sheet, viewer: User) -> str:
    """Who reads what is written in the fields of this entry."""
    if entry.capture.kind in FEEDBACK_KINDS:
        people = names(sheet, {Relation.SELF, Relation.LED}, viewer, entry.person)
        return _("Read by %(people)s, and by the one who said it") % {"people": listed(people)}
    if entry.capture.kind == Kind.RECORDING:
        people = names(sheet, TABLE[Thing.RECORDING], viewer, entry.person)
        return _("Read by %(people)s, while the consent holds") % {"people": listed(people)}
    if entry.capture.kind == Kind.CHECKLISTS:
        return _("Read by you, and by the one it is about once both have sent in theirs")
    thing = Thing.GOALS if entry.capture.kind in GOAL_KINDS else Thing.SHARED_WORDS
    relations = set(TABLE[thing])
    if thing is Thing.SHARED_WORDS and entry.capture.audience != Audience.SESSION:
        relations &= {Relation.LED} | ({Relation.SELF} if entry.capture.audience == Audience.PERSON else set())
    sentence = _("Read by %(people)s") % {"people": listed(names(sheet, relations, viewer, entry.person))}
    if thing is Thing.GOALS and TABLE[thing].get(Relation.SUPERVISES_LEAD) == Sight.IF_SHARED:
        sentence += ". " + _("The owner can share it with the one who supervises you.")
    return sentence


def step_readers(sheet: Sheet, viewer: User) -> str:
    """Who reads why a step was not done: everybody who was there."""
    return _("Read by %(people)s") % {"people": listed(names(sheet, TABLE[Thing.SHARED_WORDS], viewer))}


def question_readers(sheet_names: Iterable[str]) -> str:
    """Who reads the question that somebody brings: everybody who is in the session."""
    return _("Read by %(people)s") % {"people": listed([_("you"), *sheet_names])}


def private_sentence() -> str:
    """Who reads a private note: TABLE gives it to its author alone."""
    return _("Read by you only. Never shown to anyone else, and in no file but the one that you take out yourself.")


def own_goal_sentence() -> str:
    """Who reads a goal that somebody sets or takes up outside a session: everybody to whom the table gives one."""
    row = TABLE[Thing.GOALS]
    told = [who for who, sight in row.items() if sight not in (Sight.COUNTS, Sight.IF_SHARED) and who != Relation.SELF]
    people = listed([_("you"), *(str(RELATION_WORDS[who]) for who in told)])
    sentence = _("Read by %(people)s") % {"people": people}
    if Sight.IF_SHARED in row.values():
        sentence += ". " + _("Your coach's own supervisor sees it only if you share it.")
    return sentence
