"""The home page of one person: every block, in as few queries as they need. At most twelve with those of the frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from accounts.models import User
from overview.headline import Ahead, Standing, headline, headline_for_beginners, share_line
from overview.readers.branch import open_memberships
from overview.readers.frame import Counts
from overview.readers.meetings import RECORDS, Meeting, Meetings, meetings_of
from overview.readers.mine import Goals, feedback_of, goals_of
from overview.readers.needs import Needs, needs_of
from overview.readers.rooms import Drawn, Rooms, drawn_places, rooms_of
from programmes.models import Organisation, ProgrammeRole
from programmes.policies import Hat
from supervision.models import Feedback

Kind = ProgrammeRole.Kind


@dataclass(frozen=True)
class Answering:
    """What one coordinator's or observer's hat answers for."""

    hat: Hat
    needs: Needs


@dataclass(frozen=True)
class Home:
    """The blocks; an empty one is not drawn, or says what comes."""

    headline: str
    meetings: Meetings
    rooms: Rooms
    places: list[Drawn] = field(default_factory=list)
    goals: Goals = field(default_factory=Goals)
    feedback: list[Feedback] = field(default_factory=list)
    coordinates: list[Answering] = field(default_factory=list)
    observes: list[Answering] = field(default_factory=list)
    waits_for_partner: bool = False
    is_supervised: bool = False
    climbs: bool = False
    reads_shared: bool = False
    leads_groups: bool = False
    # A coordinator in a network where nobody else is yet.
    begins: bool = False

    @property
    def brings_to(self) -> Meeting | None:
        """The next session that the reader leads."""
        return next((one for one in self.meetings.coming if one.leads), None)

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing yet to tell in the wide column: nobody led, nothing learnt or answered for."""
        told = self.brings_to or self.is_supervised or self.coordinates or self.observes
        return not told and not self.rooms.as_coach and not self.waits_for_partner

    @property
    def asks_in(self) -> Meeting | None:
        """The next session in which the reader is supervised."""
        return next((one for one in self.meetings.coming if one.is_supervised), None)


def home_of(reader: User, hats: Sequence[Hat], counts: Counts) -> Home:
    """Everything on the home page of `reader`, who has these hats and counts."""
    kinds = {hat.role.kind for hat in hats}
    meetings, rooms = meetings_of(reader), rooms_of(reader)
    answering = answered_for(hats)
    coordinates = [one for one in answering if one.hat.role.kind == Kind.COORDINATOR]
    is_supervised = bool(rooms.as_supervisee) or any(one.is_supervised for one in meetings.coming)
    learns = is_supervised or bool(kinds & {Kind.GROUP_LEADER, Kind.PEER_COACH})
    observes = [one for one in answering if one.hat.role.kind == Kind.OBSERVER]
    leads_next = next((one for one in meetings.coming if one.leads), None)
    shows_places = rooms.in_places or (counts.has_places and not counts.has_pairs)
    places = drawn_places(rooms, offered=counts.offered, away=counts.away) if shows_places else []
    goals = goals_of(reader, leads_next) if learns or leads_next else Goals()
    feedback = feedback_of(reader) if learns else []
    begins = _begins(reader, coordinates)
    return Home(
        begins=begins,
        headline=headline_for_beginners()
        if begins and not meetings.next
        else headline(_standing(reader, meetings, rooms, counts, coordinates, observes, kinds)),
        meetings=meetings,
        rooms=rooms,
        places=places,
        waits_for_partner=counts.has_pairs and not rooms.pairs and not places,
        goals=goals,
        feedback=feedback,
        coordinates=coordinates,
        observes=observes,
        # A coach without a coach of their own, and nothing kept from earlier, has no use for two empty parts.
        is_supervised=is_supervised or Kind.GROUP_LEADER in kinds or bool(goals.own or feedback),
        leads_groups=bool(kinds & {Kind.GROUP_LEADER, Kind.PEER_COACH}),
        climbs=bool(kinds - {Kind.COORDINATOR, Kind.OBSERVER}),
        reads_shared=Kind.MENTOR in kinds,
    )


def _begins(reader: User, coordinates: Sequence[Answering]) -> bool:
    """Whether the reader coordinates and nobody else has a role there yet. A query only where all numbers are 0."""
    if not coordinates or any(one.needs != Needs() for one in coordinates):
        return False
    return not any(open_memberships(one.hat).exclude(person=reader).exists() for one in coordinates)


def answered_for(hats: Sequence[Hat]) -> list[Answering]:
    """What the coordinator's and observer's hats answer for; two roles of a kind in one programme are one."""
    merged: dict[tuple[int, str], Hat] = {}
    for hat in hats:
        if hat.role.kind in (Kind.COORDINATOR, Kind.OBSERVER):
            key = (hat.programme.pk, hat.role.kind)
            earlier = merged.get(key)
            merged[key] = replace(earlier, organisations=_joined(earlier, hat)) if earlier else hat
    found = list(merged.values())
    return [Answering(hat, needs) for hat, needs in zip(found, needs_of(found), strict=True)]


def _joined(one: Hat, other: Hat) -> tuple[Organisation, ...]:
    return tuple({organisation.pk: organisation for organisation in one.organisations + other.organisations}.values())


def _standing(
    reader: User,
    meetings: Meetings,
    rooms: Rooms,
    counts: Counts,
    coordinates: Sequence[Answering],
    observes: Sequence[Answering],
    kinds: set[str],
) -> Standing:
    coming, first = meetings.next, next(iter(meetings.to_record), None)
    own = [one for one in rooms.as_supervisee if one.covers_id is None]
    return Standing(
        # Somebody of whom only the address is known is not called by it.
        name="" if "@" in reader.name else reader.get_short_name(),
        ahead=_ahead(coming) if coming else None,
        record_from=first.session.local_start if first else None,
        # Of many sessions only the oldest are read: then the bar's number holds.
        records=counts.records if len(meetings.to_record) == RECORDS else len(meetings.to_record),
        requests=counts.requests,
        unplaced=sum(one.needs.unplaced for one in coordinates),
        not_met=sum(one.needs.not_met for one in coordinates),
        to_plan=[one.supervisee.get_short_name() for one in rooms.unplanned],
        figures=share_line(observes[0].needs.met, observes[0].needs.supervised) if len(observes) == 1 else "",
        needs_coach=not own and not coming and kinds == {Kind.GROUP_LEADER},
    )


def _ahead(meeting: Meeting) -> Ahead:
    return Ahead(
        starts_at=meeting.session.starts_at,
        zone=meeting.session.zone,
        leads=meeting.leads,
        names=[person.get_short_name() for person in meeting.others],
    )
