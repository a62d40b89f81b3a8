"""The coordinator's list of people: who has which role where, who is their coach, how far the invitation has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Invitation, User
from coaches.models import Placement
from coaches.readers import needs_a_coach, without_coach
from common.list_query import Filter, Option, Order
from common.search import words_in
from common.texts import for_reader
from programmes.models import Membership
from programmes.policies import Hat, people_in_branch, under

CHUNK = 500

ORDERS = {
    "name": Order(_("Name"), ("sort_name", "id")),
    "newest": Order(_("Newest first"), ("-id",)),
}


@dataclass(frozen=True)
class SignIn:
    """How far somebody has come with signing in: a state for the page to draw, and when the link runs out."""

    state: str
    until: datetime | None = None


@dataclass(frozen=True)
class PersonRow:
    """One person of the list; roles, organisations and coaches as words."""

    person: User
    roles: list[str]
    organisations: list[str]
    since: str
    coaches: list[User]
    needs_coach: bool
    sign_in: SignIn
    # Coaches with a page for the reader; others serve the branch from further up.
    linked: frozenset[int] = frozenset()


def list_filters(hat: Hat) -> dict[str, Filter]:
    """Role, organisation, coach and invitation: what the list under this hat can be narrowed by. One query."""
    used = (
        Membership.objects.open()
        .filter(under(hat.paths), role__programme=hat.programme)
        .order_by("organisation__sort_name", "organisation_id")
        .values_list("role_id", "role__names", "role__order", "organisation_id", "organisation__name")
        .distinct()
    )
    rows = list(used)
    roles = sorted({(order, pk): names for pk, names, order, _organisation, _name in rows}.items())
    organisations = {pk: name for _role, _names, _order, pk, name in rows}
    language = hat.programme.language
    return {
        "role": _filter(
            _("Role"), _("All roles"), [(pk, for_reader(names, language)) for (_o, pk), names in roles], hat
        ),
        "organisation": _organisation_filter(organisations, hat),
        "coach": Filter(
            pgettext_lazy("filter", "Coach"),
            {
                "": Option(pgettext_lazy("filter", "With and without")),
                "without": Option(_("Without a coach"), without_coach(hat.programme, hat.paths)),
                "with": Option(_("With a coach"), Q(pk__in=_placed(hat).values("supervisee_id"))),
            },
        ),
        "sign_in": Filter(_("Invitation"), SIGN_IN_OPTIONS),
    }


def _filter(label: object, every: object, options: list[tuple[int, str]], hat: Hat) -> Filter:
    found = {"": Option(every)}  # type: ignore[arg-type]  # a lazy text
    for pk, words in options:
        found[str(pk)] = Option(words, Q(pk__in=_open(hat).filter(role_id=pk).values("person_id")))
    return Filter(label, found)  # type: ignore[arg-type]  # a lazy text


def _organisation_filter(organisations: dict[int, str], hat: Hat) -> Filter:
    found = {"": Option(_("All organisations"))}
    for pk, name in organisations.items():
        found[str(pk)] = Option(name, Q(pk__in=_open(hat).filter(organisation_id=pk).values("person_id")))
    return Filter(_("Organisation"), found)


def _open(hat: Hat) -> QuerySet[Membership]:
    return Membership.objects.open().filter(under(hat.paths), role__programme=hat.programme)


def _placed(hat: Hat) -> QuerySet[Placement]:
    return Placement.objects.open().filter(programme=hat.programme, covers__isnull=True)


def people_under(hat: Hat, typed: str) -> QuerySet[User]:
    """Everybody in the hat's branch whose name or address holds what was typed, with their latest invitation."""
    latest = Invitation.objects.filter(person=OuterRef("pk")).order_by("-pk")
    found = people_in_branch(hat.paths, hat.programme).annotate(
        invitation_state=Subquery(latest.values("state")[:1]), invitation_until=Subquery(latest.values("until")[:1])
    )
    address = Q(email__startswith=typed.lower()) if "@" in typed else Q(pk__in=[])
    return found.filter(words_in(typed, "search_name") | address) if typed else found


def rows_of(people: Iterable[User], hat: Hat) -> list[PersonRow]:
    """The rows of these people, in their order. Two queries, however many people."""
    people = list(people)
    ids = [person.pk for person in people]
    held: dict[int, list[Membership]] = defaultdict(list)
    asks = ExpressionWrapper(needs_a_coach(), output_field=BooleanField())
    memberships = (
        _open(hat).filter(person_id__in=ids).select_related("role", "organisation").annotate(asks_for_coach=asks)
    )
    for membership in memberships.order_by("role__order", "started_on", "pk"):
        held[membership.person_id].append(membership)
    coaches: dict[int, list[User]] = defaultdict(list)
    linked: set[int] = set()
    placed = _placed(hat).filter(supervisee_id__in=ids).select_related("coach").order_by("rule__order", "pk")
    for placement in placed.annotate(coach_is_here=Exists(_open(hat).filter(person=OuterRef("coach")))):
        coaches[placement.supervisee_id].append(placement.coach)
        if placement.coach_is_here:
            linked.add(placement.coach_id)
    return [_row(person, held[person.pk], coaches[person.pk], hat, frozenset(linked)) for person in people]


def every_row(people: QuerySet[User], hat: Hat) -> Iterator[PersonRow]:
    """All rows for a file, 500 people at a time."""
    ids = list(people.order_by("sort_name", "id").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        part = people.filter(pk__in=ids[start : start + CHUNK]).order_by("sort_name", "id")
        yield from rows_of(part, hat)


def sign_in_of(person: User, state: str | None, until: datetime | None) -> SignIn:
    """How far somebody has come, from the latest invitation."""
    if person.has_usable_password():
        return SignIn("signs_in")
    if not person.email:
        return SignIn("no_address")
    if state is None or state == Invitation.State.REPLACED:
        return SignIn("not_invited")
    if state == Invitation.State.BOUNCED:
        return SignIn("bounced")
    if until is not None and until <= timezone.now():
        return SignIn("over", until)
    return SignIn(str(state), until)


def _row(
    person: User, held: list[Membership], coaches: list[User], hat: Hat, linked: frozenset[int] = frozenset()
) -> PersonRow:
    language = hat.programme.language
    return PersonRow(
        person=person,
        roles=list(dict.fromkeys(for_reader(membership.role.names, language) for membership in held)),
        organisations=list(dict.fromkeys(membership.organisation.name for membership in held)),
        since=min((membership.started_on.isoformat() for membership in held), default=""),
        coaches=coaches,
        linked=linked,
        needs_coach=any(getattr(membership, "asks_for_coach", False) for membership in held),
        sign_in=sign_in_of(
            person, getattr(person, "invitation_state", None), getattr(person, "invitation_until", None)
        ),
    )


_SIGNS_IN = ~Q(password__startswith="!")
_INVITED = Invitation.objects.order_by()
_LIVE = Q(pk__in=_INVITED.filter(state__in=Invitation.LIVE).values("person_id"))
# Asked as a subquery: somebody whose mail came back twice stands in the list once.
_BOUNCED = Q(pk__in=_INVITED.filter(state=Invitation.State.BOUNCED).values("person_id"))

SIGN_IN_OPTIONS = {
    "": Option(pgettext_lazy("filter", "All")),
    "signs_in": Option(_("Signs in"), _SIGNS_IN),
    "sent": Option(_("Invited, not yet in"), _LIVE & ~_SIGNS_IN),
    "bounced": Option(_("Invitation came back"), _BOUNCED & ~_SIGNS_IN & ~_LIVE),
    "not_invited": Option(_("Not invited"), Q(invitations__isnull=True, email__isnull=False) & ~_SIGNS_IN),
    "no_address": Option(_("Without an address"), Q(email__isnull=True)),
}
