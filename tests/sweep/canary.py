"""A word planted in each confidential field, and who may meet it (rights.md); nobody else, on any page, file or mail.

`readers` are those who may, not those who must: a page may show less. `seen_by` and `seen_at` are the positive
control, an address where one of them does meet it; empty where no page shows it yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tests.sweep.related import RELATED
from tests.sweep.rows import ROWS
from tests.sweep.world import WHO, World

Readers = frozenset[str]


def _who(*names: str) -> Readers:
    unknown = set(names) - set(WHO) - set(RELATED)
    if unknown:
        raise ValueError(f"nobody in the world is called {sorted(unknown)}")
    return frozenset(names)


@dataclass(frozen=True)
class Canary:
    """`thing` is the object of the world that the address opens, where it is not the row's own."""

    field: str
    word: str
    readers: Readers
    seen_by: str = ""
    seen_at: str = ""
    thing: str = ""
    #: Stands in mails to those who read it: where a session is, the code in a link to oneself. Words never do.
    in_mails: bool = False

    def address(self, world: World) -> str:
        """Where `seen_by` meets the word."""
        row = ROWS[self.seen_at]
        arguments = row.arguments(world)
        if self.thing:
            arguments["pk"] = world[self.thing].pk
        return reverse(self.seen_at, kwargs=arguments) + row.query


NOBODY = _who()
# The session of two weeks ago: Ragnhild and a co-leader led, Ingrid, Jonas and a guest were there. Máret was too, and
# has left since; Thi stayed away.
WERE_THERE = _who("coach", "co_leader", "leader", "colleague", "guest")
LED = _who("coach", "co_leader")
IN_PLANNED = _who("coach", "leader", "colleague")
# Ingrid's own, in a place with Ragnhild, for whom somebody stands in.
RUNNING = _who("leader", "coach", "stand_in")
CONTACT = _who("leader", "coach", "stand_in", "mentor", "coordinator")
# Ragnhild's ladder: herself, her mentor, and the mentor for whom a step waits.
LADDER = _who("coach", "mentor", "other_mentor", "coordinator")
GROUND = _who("coach", "mentor", "other_mentor")

CANARIES = (
    # Goals
    Canary("supervision.Goal.text", "kanari-mål", WERE_THERE | RUNNING, "leader", "supervision:goals"),
    Canary("supervision.Goal.text", "kanari-egetmål", RUNNING, "coach", "supervision:session", "planned"),
    Canary("supervision.Goal.fields", "kanari-hvorfor", RUNNING),
    Canary("supervision.GoalReview.comment", "kanari-utfall", _who("leader", "coach"), "leader", "supervision:goals"),
    Canary(
        "supervision.GoalReview.comment", "kanari-opptatt", WERE_THERE, "colleague", "supervision:session", "finished"
    ),
    Canary("supervision.Goal.text", "kanari-deltmål", RUNNING | _who("mentor"), "mentor", "supervision:shared"),
    # Feedback
    Canary(
        "supervision.Feedback.strength",
        "kanari-styrke",
        LED | _who("leader", "colleague"),
        "leader",
        "supervision:feedback",
    ),
    Canary(
        "supervision.Feedback.growth",
        "kanari-vekst",
        LED | _who("leader", "colleague"),
        "colleague",
        "supervision:session",
        "finished",
    ),
    Canary(
        "supervision.Feedback.strength",
        "kanari-deltros",
        LED | _who("leader", "colleague", "mentor"),
        "mentor",
        "supervision:shared",
    ),
    Canary("supervision.Feedback.strength", "kanari-holdt", LED | _who("colleague")),
    # What is brought, said and noted
    Canary("supervision.Attendance.question", "kanari-spørsmål", IN_PLANNED, "leader", "supervision:question"),
    Canary("supervision.Attendance.question", "kanari-spurt", WERE_THERE),
    Canary("supervision.AgendaNote.value", "kanari-notat", WERE_THERE, "guest", "supervision:session", "finished"),
    Canary("supervision.AgendaNote.value", "kanari-utvei", WERE_THERE, "colleague", "supervision:print", "finished"),
    Canary(
        "supervision.AgendaNote.value", "kanari-øvelse", WERE_THERE, "colleague", "supervision:session", "finished"
    ),
    Canary("supervision.AgendaNote.value", "kanari-gruppe", WERE_THERE, "leader", "supervision:session", "finished"),
    Canary(
        "supervision.AgendaNote.value",
        "kanari-mappe",
        LED | _who("leader"),
        "leader",
        "supervision:session",
        "finished",
    ),
    Canary("supervision.AgendaNote.value", "kanari-ledet", LED, "co_leader", "supervision:session", "finished"),
    Canary("supervision.AgendaNote.value", "kanari-refleksjon", _who("leader")),
    Canary(
        "supervision.AgendaNote.value",
        "kanari-tidlig",
        _who("leader", "earlier_coach"),
        "earlier_coach",
        "supervision:session",
        "early",
    ),
    Canary("supervision.PrivateNote.text", "kanari-privat", _who("coach"), "coach", "supervision:own"),
    Canary("supervision.PrivateNote.text", "kanari-sinenotat", _who("leader"), "leader", "supervision:own"),
    Canary("supervision.RecordDraft.fields", "kanari-kladd", _who("coach"), "coach", "supervision:record"),
    Canary("supervision.Agreement.clauses", "kanari-avtale", NOBODY),
    # Where a session is, and why it is not
    Canary(
        "supervision.SupervisionSession.place",
        "kanari-rom",
        IN_PLANNED,
        "colleague",
        "supervision:session",
        "planned",
        in_mails=True,
    ),
    Canary(
        "supervision.SupervisionSession.video_link",
        "https://kanari.example/",
        IN_PLANNED,
        "leader",
        "supervision:session",
        "planned",
        in_mails=True,
    ),
    Canary(
        "supervision.SupervisionSession.cancelled_reason",
        "kanari-avlyst",
        IN_PLANNED,
        "leader",
        "supervision:session",
        "cancelled",
    ),
    # Films
    Canary("practice.Recording.location", "kanari-film", WERE_THERE, "guest", "supervision:session", "finished"),
    Canary(
        "practice.Recording.location",
        "kanari-opptak",
        _who("leader", "colleague", "coach"),
        "coach",
        "practice:recording",
    ),
    Canary("practice.Recording.location", "kanari-tilbakekalt", _who("leader")),
    Canary("practice.Recording.papers_place", "kanari-samtykke", WERE_THERE),
    Canary("practice.Recording.purposes", "kanari-formål", WERE_THERE),
    Canary("practice.Moment.comment", "kanari-øyeblikk", WERE_THERE),
    # Checklists: both are in; the coach's alone is in; a draft
    Canary(
        "checklists.Answer.text", "kanari-svar", _who("coach", "leader", "mentor"), "mentor", "checklists:evaluation"
    ),
    Canary("checklists.Answer.text", "kanari-alene", _who("coach"), "coach", "checklists:evaluation", "alone"),
    Canary("checklists.Answer.text", "kanari-utkast", _who("coach"), "coach", "checklists:fill"),
    Canary("checklists.EvaluationRound.code", "kanarirunde", NOBODY),
    # Ragnhild's ladder, and Ingrid's, on which something was sent back
    Canary(
        "certification.Evidence.reference",
        "kanari-papir",
        _who("coach", "other_mentor"),
        "coach",
        "certification:candidacy",
    ),
    Canary("certification.StepRecord.ground", "kanari-grunn", GROUND, "coach", "certification:candidacy"),
    Canary("certification.StepRecord.reference", "kanari-arkiv", GROUND, "mentor", "certification:candidacy"),
    Canary(
        "certification.StepRecord.outside_number",
        "kanari-nummer",
        LADDER,
        "coordinator",
        "certification:candidacy",
    ),
    Canary(
        "certification.StepRecord.source",
        "kanari-fil-rad",
        LADDER,
        "coordinator",
        "certification:candidacy",
    ),
    Canary("certification.StepRecord.counted", "kanari-talt", LADDER),
    Canary("certification.StepRecord.withdrawn_reason", "kanari-angret", GROUND),
    Canary(
        "certification.StepRecord.ground",
        "kanari-mangler",
        _who("leader", "coach", "mentor", "other_mentor"),
        "leader",
        "certification:candidacy",
        "sent_back_on",
    ),
    # Tor's certificate, which was withdrawn
    Canary(
        "certification.Certificate.withdrawn_reason",
        "kanari-tilbaketrukket",
        _who("other_coach", "coordinator", "branch_coordinator", "mentor", "other_mentor"),
        "other_coach",
        "certification:certificate",
        "withdrawn",
    ),
    Canary(
        "certification.Certificate.text",
        "kanari-linje",
        _who("other_coach", "coordinator", "branch_coordinator", "mentor", "other_mentor"),
        "other_coach",
        "certification:certificate",
        "withdrawn",
    ),
    # How to reach somebody
    Canary("accounts.User.phone", "+47 555 01 234", CONTACT, "stand_in", "people:person"),
    Canary("accounts.User.email", "reach-ingrid@kanari.example", CONTACT, "mentor", "people:person", in_mails=True),
    Canary(
        "accounts.User.phone",
        "+47 555 01 999",
        _who("coach", "mentor", "coordinator", "leader", "colleague"),
        "colleague",
        "people:person",
        "coach",
    ),
    Canary("coaches.Absence.reason", "kanari-fravær", _who("coach", "coordinator"), "coach", "coaches:room"),
    # What opens or waits
    Canary("accounts.User.password", "kanari-hash", NOBODY),
    Canary("accounts.AddressChange.code", "kanariadresse", _who("leader"), in_mails=True),
    Canary("accounts.AddressChange.email", "soon-ingrid@kanari.example", _who("leader"), in_mails=True),
    Canary("accounts.AddressChange.former", "once-ingrid@kanari.example", _who("leader"), in_mails=True),
    Canary("accounts.Invitation.code", "kanarikode", _who("leader"), in_mails=True),
    Canary("accounts.AuditEvent.facts", "kanari-spor", NOBODY),
    Canary("accounts.AuditEvent.facts", "kanari-før", _who("coordinator"), "coordinator", "overview:trail"),
    Canary("notices.Notice.arguments", "kanari-argument", NOBODY),
    Canary("notices.Notice.last_error", "kanari-feil", _who("coordinator"), "coordinator", "programmes:undelivered"),
    Canary("programmes.MembershipRequest.written_name", "kanari-navn", _who("far_coach", "coordinator")),
    # A file that was read
    Canary("onboarding.ImportRun.filename", "kanari-fil.csv", _who("coordinator"), "coordinator", "onboarding:import"),
    Canary("onboarding.ImportRun.unread", "kanari-kolonne", _who("coordinator"), "coordinator", "onboarding:import"),
    Canary("onboarding.ImportRun.answers", "kanari-valgt", _who("coordinator")),
    Canary("onboarding.ImportRow.cells", "kanari-celle", _who("coordinator"), "coordinator", "onboarding:import"),
    Canary("onboarding.ImportRow.plan", "kanari-plan", _who("coordinator")),
    Canary("onboarding.ImportRow.made", "kanari-gjort", _who("coordinator")),
    Canary("onboarding.ImportRun.columns", "kanari-spalte", _who("coordinator")),
    Canary("onboarding.ImportRun.organisations_made", "kanari-sted", _who("coordinator")),
    Canary("coaches.EarlierSession.source", "kanari-kilde", NOBODY),
    Canary("onboarding.ImportRow.findings", "kanari-funn", _who("coordinator"), "coordinator", "onboarding:import"),
)


def leaks(who: str, response: Any) -> list[tuple[str, str]]:
    """The words in the answer that are not this person's to read."""
    text = text_of(response)
    return [(who, one.word) for one in CANARIES if one.word in text and who not in one.readers]


def text_of(response: Any) -> str:
    """The body as text; of a stream or a file, all of it."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", errors="replace")
