"""What must hold before somebody is placed, and the sentences when it does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from coaches import readers
from coaches.four_places import lowest_free
from coaches.models import CoachProfile
from coaches.readers import Known
from common.dates import short_day
from common.errors import DomainError
from common.texts import for_reader
from programmes.models import ProgrammeRole, SupervisionRule, SupervisionRuleVersion
from programmes.policies import share_an_organisation

EARLIEST = dt.date(1950, 1, 1)
LATEST_AHEAD = dt.timedelta(days=366)
NEARBY = 3


class Full(Exception):
    """The coach has no room. The sentence asks who else has, and is written after the transaction has been left."""

    def __init__(self, in_words: Callable[[], DomainError]) -> None:
        super().__init__()
        self.in_words = in_words


@dataclass(frozen=True)
class Wish:
    """Who is to be placed with whom, under which rule, by whom: what every check looks at."""

    by: User
    coach: User
    supervisee: User
    version: SupervisionRuleVersion
    # The first day, where it is not today, and the first day without.
    started_on: dt.date | None = None
    planned_end_on: dt.date | None = None

    @property
    def rule(self) -> SupervisionRule:
        """The stable rule, on which placements hang."""
        return self.version.rule


def current_version(rule: SupervisionRule) -> SupervisionRuleVersion:
    """What the rule says now, with its roles and programme loaded."""
    versions = SupervisionRuleVersion.objects.select_related("rule__programme", "supervisor_role", "placement_rule")
    return versions.prefetch_related("supervisee_roles").get(rule=rule, is_current=True)


def check_rule(version: SupervisionRuleVersion) -> None:
    """Placements hang on rules that have their own; raises `DomainError` naming the rule to use instead."""
    if version.rests_on == SupervisionRuleVersion.RestsOn.OWN:
        return
    name = for_reader(version.names, version.rule.programme.language)
    if version.placement_rule is None:
        raise DomainError(
            _("“%(rule)s” needs no places: people take turns. Plan a session instead.") % {"rule": name},
            field="rule",
            code="no_places",
        )
    other = current_version(version.placement_rule)
    raise DomainError(
        _("“%(rule)s” goes by the places of “%(other)s”. Place them there.")
        % {"rule": name, "other": for_reader(other.names, version.rule.programme.language)},
        field="rule",
        code="other_rule",
    )


def known_of(*wishes: Wish) -> Known:
    """What is known now of everybody in these wishes."""
    return readers.known_of(person.pk for wish in wishes for person in (wish.coach, wish.supervisee))


def check_people(wish: Wish, known: Known | None = None) -> None:
    """Both hold the roles that the rule names, belong together as it says, and nobody is placed with themselves."""
    known = known or known_of(wish)
    if wish.coach.pk == wish.supervisee.pk:
        raise DomainError(_("Nobody can be placed with themselves."), field="coach", code="oneself")
    _check_role(wish.coach, [wish.version.supervisor_role], known, field="coach")
    _check_role(wish.supervisee, list(wish.version.supervisee_roles.all()), known, field="supervisee")
    _check_organisation(wish, known)
    _check_manager(wish, known)


def check_days(started_on: dt.date, planned_end_on: dt.date | None) -> None:
    """A first day that can be right, and a last one that does not come before it."""
    if not EARLIEST <= started_on <= timezone.localdate() + LATEST_AHEAD:
        raise DomainError(
            _("%(day)s can hardly be right as the first day. Check the year.") % {"day": short_day(started_on)},
            field="started_on",
            code="odd_day",
        )
    if planned_end_on is not None and planned_end_on < started_on:
        raise DomainError(
            _("The last day cannot come before the first, which is %(first)s.") % {"first": short_day(started_on)},
            field="planned_end_on",
            code="before_first",
        )


def check_unplaced(wish: Wish, known: Known) -> None:
    """One coach at a time under a rule. The coach is named, for the supervisee is in the reader's branch."""
    held = known.placed.get((wish.supervisee.pk, wish.rule.pk))
    if held is not None:
        coach, since = held
        raise DomainError(
            _("%(supervisee)s already has %(coach)s since %(day)s. Move the place, or end it first.")
            % {
                "supervisee": wish.supervisee.name,
                "coach": User.objects.get(pk=coach).name,
                "day": short_day(since),
            },
            field="supervisee",
            code="already_placed",
        )


def free_place(wish: Wish, known: Known | None = None) -> int | None:
    """The lowest free place for a peer coach, None for kinds that have no places.

    Raises `Full` by the places of all programmes together, or by the rule's own caseload.
    """
    known = known or known_of(wish)
    live = known.taken[wish.coach.pk]
    under_rule = sum(one.is_open and not one.is_cover and one.rule_id == wish.rule.pk for one in live)
    limit = wish.version.caseload_max or 0
    if wish.version.supervisor_role.kind != ProgrammeRole.Kind.PEER_COACH:
        if under_rule >= limit:
            raise Full(partial(full_caseload, wish, under_rule))
        return None
    taken = [(one.place, one.network_id) for one in live if one.place is not None]
    offered = known.places_offered(wish.coach.pk)
    place = lowest_free({number for number, _network in taken}, offered)
    if place is None:
        elsewhere = len({number for number, network in taken if network != wish.rule.programme.network_id})
        raise Full(partial(full_places, wish, offered, elsewhere))
    if under_rule >= limit:
        raise Full(partial(full_caseload, wish, under_rule))
    return place


def offered_places(coach: User) -> int:
    """How many of the four the coach offers; four where nothing was said."""
    profile = CoachProfile.objects.filter(person=coach).first()
    return profile.capacity if profile else 4


def full_places(wish: Wish, offered: int, elsewhere: int) -> DomainError:
    """All places are taken: who is full, the limit, what is taken elsewhere (only that it is), who has room."""
    sentences = [
        ngettext(
            "%(coach)s offers %(limit)d place, and it is taken.",
            "%(coach)s has %(limit)d places, all of them taken, and that is the limit.",
            offered,
        )
        % {"coach": wish.coach.name, "limit": offered}
    ]
    if elsewhere:
        sentences.append(
            ngettext(
                "%(count)d of them is taken (other organisation).",
                "%(count)d of them are taken (other organisation).",
                elsewhere,
            )
            % {"count": elsewhere}
        )
    return DomainError(" ".join([*sentences, _who_has_room(wish)]), field="coach", code="full")


def full_caseload(wish: Wish, count: int) -> DomainError:
    """As many people under the rule as it lets one supervisor have."""
    sentence = ngettext(
        "%(coach)s has %(count)d person under “%(rule)s”, and that is the limit.",
        "%(coach)s has %(count)d people under “%(rule)s”, and that is the limit.",
        count,
    ) % {
        "coach": wish.coach.name,
        "count": count,
        "rule": for_reader(wish.version.names, wish.rule.programme.language),
    }
    return DomainError(f"{sentence} {_who_has_room(wish)}", field="coach", code="full")


def _who_has_room(wish: Wish) -> str:
    choices = readers.coach_choices(wish.version, wish.supervisee, viewer=wish.by)
    names = [choice.person.name for choice in choices if choice.has_room and choice.person != wish.coach][:NEARBY]
    if not names:
        return _("Nobody nearby has room now.")
    return ngettext("%(names)s nearby has room.", "%(names)s nearby have room.", len(names)) % {
        "names": get_text_list(names, _("and"))
    }


def _check_organisation(wish: Wish, known: Known) -> None:
    """Where the rule keeps to one organisation, both belong to one."""
    if wish.version.source.get("same_organisation") != "yes":
        return
    here, there = (known.paths[person.pk, wish.rule.programme_id] for person in (wish.coach, wish.supervisee))
    if any(share_an_organisation(one, other) for one in here for other in there):
        return
    raise DomainError(
        _("“%(rule)s” is for people of one organisation, and %(coach)s belongs to another than %(supervisee)s.")
        % {
            "rule": for_reader(wish.version.names, wish.rule.programme.language),
            "coach": wish.coach.name,
            "supervisee": wish.supervisee.name,
        },
        field="coach",
        code="organisation",
    )


def _check_manager(wish: Wish, known: Known) -> None:
    """Where the rule leaves line managers out, nobody is placed with the one they report to."""
    if not wish.version.source.get("excludes"):
        return
    if wish.coach.pk in known.managers[wish.supervisee.pk]:
        raise DomainError(
            _("%(lead)s is the line manager of %(name)s, and this rule leaves line managers out.")
            % {"lead": wish.coach.name, "name": wish.supervisee.name},
            field="coach",
            code="line_manager",
        )


def _check_role(person: User, roles: list[ProgrammeRole], known: Known, *, field: str) -> None:
    if known.roles[person.pk] & {role.pk for role in roles}:
        return
    language = roles[0].programme.language if roles else None
    raise DomainError(
        _("%(person)s does not have a role that this supervision needs: %(roles)s.")
        % {
            "person": person.name,
            "roles": get_text_list([for_reader(role.names, language) for role in roles], _("or")),
        },
        field=field,
        code="role",
    )
