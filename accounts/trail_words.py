"""The trail in words: for each verb what was done, and the group that it is found under.

Every app writes its own verbs; they are read in one place, so that a person's own trail and the coordinator's say the
same. A test reads the code and fails on a verb that has no words here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Group(StrEnum):
    """What an act is about."""

    PEOPLE = "people"
    PLACES = "places"
    SESSIONS = "sessions"
    PRACTICE = "practice"
    LADDER = "ladder"
    NETWORK = "network"
    FILES = "files"


GROUP_WORDS: dict[Group, StrPromise] = {
    Group.PEOPLE: _("People, roles and invitations"),
    Group.PLACES: _("Places and absences"),
    Group.SESSIONS: _("Sessions, goals and feedback"),
    Group.PRACTICE: _("Groups, recordings and checklists"),
    Group.LADDER: _("Certification"),
    Group.NETWORK: _("Organisations and programmes"),
    Group.FILES: _("Imports and downloads"),
}


@dataclass(frozen=True)
class Words:
    """How one verb is said, and where it is found."""

    group: Group
    said: str | StrPromise


_P, _L, _S, _C = Group.PEOPLE, Group.PLACES, Group.SESSIONS, Group.PRACTICE
_T, _N, _F = Group.LADDER, Group.NETWORK, Group.FILES

VERBS: dict[str, Words] = {
    "person.added": Words(_P, _("Added a person")),
    "person.changed": Words(_P, _("Changed name, address or phone")),
    "person.address_asked": Words(_P, _("Asked for another address to sign in with")),
    "notices.chosen": Words(_S, _("Chose which mails to get")),
    "person.settings": Words(_P, _("Changed own settings")),
    "person.own_taken_out": Words(_F, _("Took out what is their own")),
    "person.looked_at": Words(_P, _("Opened a person's page")),
    "person.taken_back": Words(_P, _("Took back a person who was imported by mistake")),
    "person.left": Words(_P, _("Noted that somebody left")),
    "person.erased": Words(_P, _("Erased a person's details")),
    "person.merged": Words(_P, _("Joined two entries of one person")),
    "invitation.sent": Words(_P, _("Sent an invitation to sign in")),
    "invitation.accepted": Words(_P, _("Accepted the invitation")),
    "membership.added": Words(_P, _("Gave a role")),
    "membership.corrected": Words(_P, _("Corrected a role")),
    "membership.terms_changed": Words(_P, _("Changed training, employment or line manager of a role")),
    "membership.end_planned": Words(_P, _("Set a last day for a role")),
    "membership.ended": Words(_P, _("Ended a role")),
    "membership.requested": Words(_P, _("Asked somebody whom another network knows")),
    "membership.request_accepted": Words(_P, _("Accepted a request")),
    "membership.request_declined": Words(_P, _("Declined a request")),
    "notice.sent_again": Words(_P, _("Had a mail sent again")),
    "placement.opened": Words(_L, _("Gave a place with a coach")),
    "placement.planned": Words(_L, _("Planned who takes over a place")),
    "placement.end_planned": Words(_L, _("Set a last day for a place")),
    "placement.ended": Words(_L, _("Ended a place")),
    "placement.moved": Words(_L, _("Moved somebody to another coach")),
    "placement.changed_places": Words(_L, _("Let two people change places")),
    "placement.covered": Words(_L, _("Found a stand-in")),
    "placement.undone": Words(_L, _("Took a placing back")),
    "coach.capacity": Words(_L, _("Changed how many places are offered")),
    "absence.noted": Words(_L, _("Noted an absence")),
    "absence.ends": Words(_L, _("Set the first day back")),
    "absence.taken_back": Words(_L, _("Took an absence back")),
    "session.from_before": Words(_S, _("Noted when the last session before this service was")),
    "session.before_taken_back": Words(_S, _("Took back when the last session before this service was")),
    "session.planned": Words(_S, _("Planned a session")),
    "session.noted": Words(_S, _("Noted a session that was not planned")),
    "session.moved": Words(_S, _("Moved a session")),
    "session.people_changed": Words(_S, _("Changed who comes to a session")),
    "session.cancelled": Words(_S, _("Cancelled a session")),
    "session.answered": Words(_S, _("Answered an invitation to a session")),
    "session.finished": Words(_S, _("Finished the record of a session")),
    "session.reopened": Words(_S, _("Opened the record of a session again")),
    "goal.set": Words(_S, _("Set a goal")),
    "goal.taken_up": Words(_S, _("Took up a goal")),
    "goal.shared": Words(_S, _("Shared a goal")),
    "feedback.shared": Words(_S, _("Shared feedback")),
    "group.started": Words(_C, _("Started a group")),
    "group.corrected": Words(_C, _("Corrected a group")),
    "group.leader_joined": Words(_C, _("Added a leader to a group")),
    "group.leader_left": Words(_C, _("Ended the leading of a group")),
    "group.ended": Words(_C, _("Ended a group")),
    "meeting.noted": Words(_C, _("Noted a meeting of a group")),
    "meeting.corrected": Words(_C, _("Corrected a meeting of a group")),
    "recording.noted": Words(_C, _("Noted where a recording lies")),
    "recording.corrected": Words(_C, _("Corrected what is noted of a recording")),
    "recording.withdrawn": Words(_C, _("Withdrew the consent to a recording")),
    "moment.noted": Words(_C, _("Commented on a moment in a recording")),
    "moment.removed": Words(_C, _("Took away a comment to a recording")),
    "recording.delete_by": Words(_C, _("Said by when a recording is deleted")),
    "recording.deleted": Words(_C, _("Confirmed that a recording is deleted")),
    "recording.taken_back": Words(_C, _("Took back a reference to a recording")),
    "evaluation.begun": Words(_C, _("Began a checklist")),
    "evaluation.submitted": Words(_C, _("Sent in a checklist")),
    "evaluation.shared": Words(_C, _("Agreed that somebody reads a checklist")),
    "evaluation.unshared": Words(_C, _("Took back the agreement that somebody reads a checklist")),
    "evaluation.discarded": Words(_C, _("Threw a draft of a checklist away")),
    "candidacy.started": Words(_T, _("Began the way to a certificate")),
    "candidacy.closed": Words(_T, _("Closed the way to a certificate")),
    "evidence.added": Words(_T, _("Handed something in for a step")),
    "step.approved": Words(_T, _("Approved a step")),
    "step.sent_back": Words(_T, _("Sent a step back")),
    "step.withdrawn": Words(_T, _("Took a decision about a step back")),
    "certificate.taken_back": Words(_T, _("Took back a certificate noted from before")),
    "step.from_before": Words(_T, _("Noted a step from before")),
    "certificate.issued": Words(_T, _("Issued a certificate")),
    "certificate.from_before": Words(_T, _("Noted a certificate from before")),
    "certificate.replaced": Words(_T, _("Replaced a certificate")),
    "certificate.withdrawn": Words(_T, _("Withdrew a certificate")),
    "event.noted": Words(_T, _("Noted a training")),
    "event.participants_added": Words(_T, _("Added people to a training")),
    "event.participant_removed": Words(_T, _("Removed somebody from a training")),
    "event.attendance_noted": Words(_T, _("Noted who took part in a training")),
    "network.created": Words(_N, _("Started the network")),
    "programme.installed": Words(_N, _("Installed a programme")),
    "programme.renewed": Words(_N, _("Renewed a programme")),
    "organisation.added": Words(_N, _("Added an organisation")),
    "organisation.renamed": Words(_N, _("Renamed an organisation")),
    "organisation.moved": Words(_N, _("Moved an organisation")),
    "import.read": Words(_F, _("Read a file of people")),
    "import.started": Words(_F, _("Began an import")),
    "import.stopped": Words(_F, _("Stopped an import")),
    "import.resumed": Words(_F, _("Went on with an import")),
    "import.discarded": Words(_F, _("Threw a file of people away")),
    "import.finished": Words(_F, _("Imported a file")),
    "import.invited": Words(_F, _("Invited the people of an import")),
    "import.taking_back": Words(_F, _("Asked for an import to be taken back")),
    "import.taken_back": Words(_F, _("Took an import back")),
    "export.made": Words(_F, _("Downloaded a list")),
}
UNKNOWN = pgettext_lazy("trail", "Something else")


def words_for(verb: str) -> str:
    """What was done, in the reader's language: “Gave a place with a coach”."""
    return str(VERBS[verb].said if verb in VERBS else UNKNOWN)


def verbs_of(group: Group) -> list[str]:
    """The verbs of one group."""
    return [verb for verb, words in VERBS.items() if words.group == group]
