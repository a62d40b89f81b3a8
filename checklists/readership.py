"""Sentences that say who reads an evaluation: made from the rights table, never typed beside it."""

from __future__ import annotations

from collections.abc import Iterable

from babel.lists import format_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from checklists.models import Evaluation
from checklists.raters import asks_consent
from checklists.who_reads import When, opens, shared_by_leaders
from programmes.rights import TABLE, Relation, Thing

Part = Evaluation.Part


def readers_words(evaluation: Evaluation) -> str:
    """Who reads it and from when, made from the row of the rights table that holds for it."""
    if evaluation.person is None:
        return " ".join((_("Read by you."), _coordinator(evaluation)))
    found, about_me = opens(evaluation.version), evaluation.part == Part.SELF
    words = [_("Read by you.")]
    if found[Relation.SELF] is When.SHARED:
        words = [
            _("Read by you alone, until you agree that %(name)s reads it. You can take that back.")
            % {"name": evaluation.person.name}
        ]
    for when, sentence in (
        (When.SENT_IN, _("Once it is sent in, also by %(people)s.")),
        (When.BOTH_IN, _("Once your rating and another’s are both in, also by %(people)s.")),
    ):
        people = _people(evaluation, {relation for relation, then in found.items() if then is when}, about_me=about_me)
        if when is When.SENT_IN and shared_by_leaders(evaluation.version) and evaluation.person_id:
            people.insert(0, _("those who lead the group with you"))
        if people:
            words.append(sentence % {"people": listed(people)})
    return " ".join((*words, _coordinator(evaluation), *_observers(evaluation)))


def compared_words(own: Evaluation, other: Evaluation) -> str:
    """Who reads two ratings laid side by side, by name and from the same row."""
    found = opens(own.version)
    raters = [one.rater.name for one in (own, other) if one.rater]
    open_to: set[Relation] = {
        relation for relation in found if relation is not Relation.SELF and found[relation] in _OPEN
    }
    people = _people(own, open_to, about_me=False)
    return _("Both are sent in. Read by %(people)s.") % {"people": listed([*dict.fromkeys(raters), *people])}


_OPEN = (When.SENT_IN, When.BOTH_IN)


def _people(evaluation: Evaluation, relations: set[Relation], *, about_me: bool) -> list[str]:
    """Those who stand in these relations to the one rated, in the table's order; "your coach" where that is you."""
    assert evaluation.person is not None
    name = {"name": evaluation.person.name}
    words = {
        Relation.PLACEMENT: _("your coach or mentor") if about_me else _("the coach or mentor of %(name)s") % name,
        Relation.SUPERVISES_LEAD: _("the one who supervises that coach"),
        Relation.DECIDES_STEP: _("whoever decides a step that asks for it"),
    }
    if not about_me:
        words[Relation.SELF] = evaluation.person.name
    return [words[relation] for relation in TABLE[Thing.EVALUATION] if relation in relations and relation in words]


def _coordinator(evaluation: Evaluation) -> str:
    if evaluation.version.source.get("pass_rule"):
        return _("The coordinator sees that it is done and whether it passed, not what it says.")
    return _("The coordinator sees that it is done, not what it says.")


def _observers(evaluation: Evaluation) -> list[str]:
    """Averages, where the row gives them and the instrument is counted in them."""
    if Relation.OBSERVER not in TABLE[Thing.EVALUATION] or asks_consent(evaluation.version):
        return []
    return [_("Observers see averages over at least five people.")]


def listed(words: Iterable[str]) -> str:
    """``Ingrid, Jonas and Maret`` in the language now active."""
    language = (get_language() or "en").split("-")[0]
    return format_list(list(words), locale="en_GB" if language == "en" else language)
