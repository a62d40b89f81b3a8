"""The ladder page: every rung as it is shown to the one who looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from certification import wording
from certification.counting import Way
from certification.models import Candidacy, Certificate, StepRecord
from certification.policies.acts import may_hand_in
from certification.progress import Rung, State
from certification.readers.climbs import Climb, name_of, waits_since
from common.dates import date_words
from common.texts import for_reader
from programmes.rights import Relation

SHAPES = {
    State.DONE: ("done", "done", ""),
    State.SENT_BACK: ("yours", "yours", ""),
    State.YOURS: ("yours", "yours", ""),
    State.WAITS: ("wait", "wait", ""),
    State.GOES_ON: ("now", "none", "repeat"),
    State.SHUT: ("shut", "shut", "circle-dashed"),
}
"""By state: the class of the rung, the kind of its status, and the icon where the status' own does not fit."""

READS_GROUNDS = frozenset({Relation.SELF, Relation.PLACEMENT, Relation.SUPERVISES_LEAD})


@dataclass(frozen=True)
class Withdrawn:
    """A decision that was taken back: whose it was, by whom and when; why, where the viewer reads that."""

    record: StepRecord
    words: str
    reason: str


@dataclass(frozen=True)
class Line:
    """One rung on the page. Fields that the viewer may not read are empty."""

    rung: Rung
    name: str
    detail: str
    css: str
    status: str
    icon: str
    words: str
    done_on: dt.date | None
    since: dt.date | None
    record: StepRecord | None
    ground: str
    withdrawn: Sequence[Withdrawn]
    papers: Sequence[str]
    papers_in: int
    may_decide: bool
    may_withdraw: bool
    may_hand_in: bool
    may_fill: bool
    is_final: bool


@dataclass(frozen=True)
class Ladder:
    """Everything that the page shows."""

    candidacy: Candidacy
    name: str
    track: str
    variant: str
    headline: str
    lead: str
    lines: Sequence[Line]
    tally: str
    done: int
    own: bool
    ready: bool
    may_certify: bool
    act_on: Line | None
    certificates: Sequence[Certificate]


def ladder(climb: Climb, viewer: User, relations: frozenset[Relation]) -> Ladder:
    """The page for the viewer, who is allowed to see the ladder; `relations` say what of its words."""
    candidacy = climb.candidacy
    programme = candidacy.track.programme
    own = viewer.pk == candidacy.person_id
    is_open = candidacy.state == Candidacy.State.OPEN
    certifiers = {person.pk for person in climb.certifiers()} if is_open else set()
    next_rung = climb.next if is_open else None
    hands_in = is_open and may_hand_in(viewer, candidacy)
    lines = [_line(climb, rung, viewer, relations, hands_in=hands_in) for rung in climb.rungs]
    mine = [line for line in lines if line.rung is next_rung and (line.may_hand_in or line.may_fill)]
    return Ladder(
        candidacy=candidacy,
        name=name_of(candidacy),
        track=for_reader(candidacy.track_version.names, programme.language),
        variant=for_reader(climb.variants.get(candidacy.variant), programme.language),
        headline=_headline(climb, next_rung, viewer),
        lead=climb.sentence(viewer) if is_open else _closed(candidacy),
        lines=lines,
        tally=_tally(climb.rungs, own=own),
        done=climb.done,
        own=own,
        ready=climb.is_ready,
        act_on=mine[0] if mine else None,
        may_certify=is_open and climb.is_ready and viewer.pk in certifiers,
        certificates=[] if is_open else list(candidacy.certificates.defer("pdf").order_by("-id")),
    )


@dataclass(frozen=True)
class OwnActs:
    """What somebody did on a ladder that is not open to them: the steps they decided, as they decided them."""

    candidacy: Candidacy
    name: str
    track: str
    lines: Sequence[Line]
    began: bool


def own_acts(climb: Climb, viewer: User) -> OwnActs:
    """The viewer's own decisions that still stand, and whether it was the viewer who began; nothing of the rest."""
    candidacy = climb.candidacy
    hands_in = candidacy.state == Candidacy.State.OPEN and may_hand_in(viewer, candidacy)
    lines = [_line(climb, rung, viewer, frozenset(), hands_in=hands_in) for rung in climb.rungs]
    return OwnActs(
        candidacy=candidacy,
        name=name_of(candidacy),
        track=for_reader(candidacy.track_version.names, candidacy.track.programme.language),
        lines=[one for line in lines if (one := _own(line, viewer))],
        began=candidacy.started_by_id == viewer.pk,
    )


def _own(line: Line, viewer: User) -> Line | None:
    """A rung with what the viewer did on it and nothing else; None where that is nothing."""
    mine = line.record is not None and line.record.decided_by_id == viewer.pk
    taken_back = [one for one in line.withdrawn if viewer.pk in (one.record.decided_by_id, one.record.withdrawn_by_id)]
    if not mine and not taken_back:
        return None
    if mine:
        return replace(line, withdrawn=taken_back)
    return replace(line, withdrawn=taken_back, record=None, ground="", papers=[], may_withdraw=False)


def _headline(climb: Climb, rung: Rung | None, viewer: User) -> str:
    if climb.candidacy.state == Candidacy.State.CLOSED:
        return _("Closed without a certificate")
    return wording.headline(
        rung, climb.said(rung, viewer), certified=climb.candidacy.state == Candidacy.State.CERTIFIED
    )


def _closed(candidacy: Candidacy) -> str:
    if candidacy.state == Candidacy.State.CERTIFIED:
        return _("The certificate is issued. Nothing is missing.")
    return _("Nothing more is decided here. A coordinator or mentor can begin the ladder anew.")


def _line(climb: Climb, rung: Rung, viewer: User, relations: frozenset[Relation], *, hands_in: bool) -> Line:
    step, candidacy = climb.steps[rung.step.id], climb.candidacy
    said = climb.said(rung, viewer)
    is_open = candidacy.state == Candidacy.State.OPEN
    css, status, icon = SHAPES[rung.state]
    record = climb.live_record(step.pk)
    decides = climb.standing.decides(viewer.pk, candidacy, step)
    own = viewer.pk == candidacy.person_id
    handed_in = [one.reference for one in climb.evidence if one.step_id == step.pk]
    is_final = climb.final is not None and climb.final.pk == step.pk
    stands_open = is_open and rung.way is Way.DECIDED and rung.state in (State.WAITS, State.SENT_BACK)
    decided_it = bool(record and record.decided_by_id == viewer.pk)
    reads = bool(decides or own or relations & READS_GROUNDS)
    withdrawn = [one for one in climb.records if one.step_id == step.pk and one.withdrawn_at]
    return Line(
        rung=rung,
        name=said.step,
        detail=wording.detail(rung, said),
        css=css,
        status=status,
        icon=icon,
        words=_words(rung, said),
        done_on=rung.done_on,
        since=waits_since(climb, rung) if rung.state is State.WAITS else None,
        record=record,
        ground=record.ground if record and (reads or decided_it) else "",
        withdrawn=[_withdrawn(one, viewer, reads=reads) for one in withdrawn],
        papers=handed_in if own or (decides and stands_open) or decided_it else [],
        papers_in=len(handed_in),
        may_decide=stands_open and decides and not is_final,
        may_withdraw=bool(is_open and record and not own and (decides or decided_it)),
        may_hand_in=stands_open and not is_final and (own or hands_in),
        may_fill=is_open and own and rung.way in (Way.FORMS, Way.SESSIONS) and rung.state is State.YOURS,
        is_final=is_final,
    )


def _withdrawn(record: StepRecord, viewer: User, *, reads: bool) -> Withdrawn:
    """Whoever reads the grounds of the step reads why one was withdrawn; so do who decided it and who withdrew it."""
    facts = {
        "name": record.decided_by.name,
        "day": date_words(record.decided_on, year=True),
        "by": record.withdrawn_by.name if record.withdrawn_by else "",
        "on": date_words(timezone.localdate(record.withdrawn_at), year=True),
    }
    if record.outcome == StepRecord.Outcome.APPROVED:
        words = _("Approved by %(name)s on %(day)s, withdrawn by %(by)s on %(on)s") % facts
    else:
        words = _("Sent back by %(name)s on %(day)s, withdrawn by %(by)s on %(on)s") % facts
    theirs = viewer.pk in (record.decided_by_id, record.withdrawn_by_id)
    return Withdrawn(record, words, record.withdrawn_reason if reads or theirs else "")


def _words(rung: Rung, said: wording.Said) -> str:
    """The rung's state in words."""
    match rung.state:
        case State.DONE:
            return _("Done")
        case State.SENT_BACK:
            return _("Sent back")
        case State.YOURS:
            return _("Yours to do") if said.own else _("Waiting for %(name)s") % {"name": said.candidate}
        case State.GOES_ON:
            return _("Continues by itself")
        case State.SHUT:
            return _("Not open yet")
    if len(said.deciders) == 1:
        return _("Waiting for %(name)s") % {"name": said.deciders[0]}
    return _("Waiting for the role %(role)s") % {"role": said.role}


def _tally(rungs: Sequence[Rung], *, own: bool) -> str:
    """``4 done, 3 yours, 1 waits``: the states in words, those that are there."""
    words = {
        State.DONE: _("%(count)d done"),
        State.SENT_BACK: _("%(count)d sent back"),
        State.YOURS: _("%(count)d yours to do") if own else _("%(count)d with the candidate"),
        State.WAITS: _("%(count)d waiting for a decision"),
        State.GOES_ON: _("%(count)d continuing"),
        State.SHUT: _("%(count)d not open yet"),
    }
    counts = {state: sum(rung.state is state for rung in rungs) for state in words}
    return ", ".join(words[state] % {"count": count} for state, count in counts.items() if count)


def months_since(day: dt.datetime) -> int:
    """Whole months since a moment, for "you began 15 months ago"."""
    then, now = timezone.localdate(day), timezone.localdate()
    return (now.year - then.year) * 12 + now.month - then.month - (now.day < then.day)
