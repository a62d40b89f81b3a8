"""Candidacies with everything about where they stand, read for many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from certification import wording
from certification.counting import Facts, StepSpec
from certification.models import Candidacy, Evidence, Step, StepRecord
from certification.policies.standing import Decider, Standing, standing_from, standing_reads
from certification.progress import Decision, Rung, State, climb, next_rungs
from certification.readers.facts import facts_from, facts_reads
from certification.readers.pack_parts import packs_of, parts_from
from certification.readers.steps import spec_of, steps_of
from common.at_once import read_at_once
from common.texts import for_reader
from programmes.models import ProgrammeRole


@dataclass(frozen=True)
class Climb:
    """One candidacy: its steps, where each rung stands, what was decided, and who may decide."""

    candidacy: Candidacy
    steps: dict[int, Step]
    rungs: Sequence[Rung]
    records: Sequence[StepRecord]
    evidence: Sequence[Evidence]
    standing: Standing
    variants: Mapping[str, Mapping[str, str]]

    @property
    def done(self) -> int:
        """How many steps are filled."""
        return sum(rung.is_done for rung in self.rungs)

    @property
    def next(self) -> Rung | None:
        """The rung to speak of."""
        return next(iter(next_rungs(self.rungs)), None)

    @property
    def final(self) -> Step | None:
        """The last step, when it is the decision about the certificate itself."""
        last = self.steps[self.rungs[-1].step.id]
        decides = last.approver_role.key if last.approver_role else ""
        outside = not decides and self.candidacy.track_version.decided_outside
        is_decision = outside or decides == self.candidacy.track_version.decided_by
        return last if last.kind == Step.Kind.APPROVAL and is_decision else None

    @property
    def is_ready(self) -> bool:
        """Whether only the decision about the certificate is left."""
        final = self.final
        return all(rung.is_done for rung in self.rungs if final is None or rung.step.id != final.pk)

    def rung_of(self, step_id: int) -> Rung | None:
        """The rung of a step, None for a step of another track."""
        return next((rung for rung in self.rungs if rung.step.id == step_id), None)

    def deciding_role(self) -> ProgrammeRole | None:
        """The role that decides the certificate; for a decision outside, the one that records it."""
        version = self.candidacy.track_version
        return self.standing.role(self.candidacy, "" if version.decided_outside else version.decided_by)

    def certifiers(self) -> list[Decider]:
        """Who may decide about the certificate today."""
        final = self.final
        if final is not None:
            return self.standing.deciders(self.candidacy, final)
        return self.standing.may(self.candidacy, self.deciding_role())

    def live_record(self, step_id: int) -> StepRecord | None:
        """The latest record about a step that is not withdrawn."""
        return next((one for one in reversed(self.records) if one.step_id == step_id and not one.withdrawn_at), None)

    def said(self, rung: Rung | None, viewer: User | None) -> wording.Said:
        """What the sentences about a rung need; None speaks of the certificate."""
        step = self.steps[rung.step.id] if rung else None
        language = self.candidacy.track.programme.language
        version = self.candidacy.track_version
        role = self.standing.role_of(step, self.candidacy) if step else self.deciding_role()
        deciders = self.standing.deciders(self.candidacy, step) if step else self.certifiers()
        return wording.Said(
            step=for_reader(step.names, language) if step else "",
            candidate=name_of(self.candidacy),
            own=viewer is not None and viewer.pk == self.candidacy.person_id,
            role=for_reader(role.names, language) if role else version.decided_by,
            deciders=[person.name for person in deciders[: wording.NAMED + 1]],
            recorded=(step.approver_role is None) if step else version.decided_outside,
            final=step is not None and self.final == step,
            condition=for_reader(step.source.get("condition"), language) if step else "",
        )

    def sentence(self, viewer: User | None) -> str:
        """What is missing, who must act, and what then."""
        waiting = next_rungs(self.rungs)
        rung = waiting[0] if waiting else None
        language = self.candidacy.track.programme.language
        after = for_reader(self.steps[waiting[1].step.id].names, language) if len(waiting) > 1 else ""
        return wording.sentence(rung, self.said(rung, viewer), after)


def name_of(candidacy: Candidacy) -> str:
    """The candidate's name."""
    return candidacy.person.name if candidacy.person else str(candidacy.organisation)


def with_all(candidacies: QuerySet[Candidacy]) -> QuerySet[Candidacy]:
    """Candidacies with what every page shows of them."""
    return candidacies.select_related("person", "organisation", "track__programme__network", "track_version")


def climbs(candidacies: Collection[Candidacy], viewer: User | None = None) -> dict[int, Climb]:
    """By candidacy id, in the order given. One query for one and for many, none for none.

    With a `viewer`, `standing` knows few others as deciders: for lists of what waits for that person.
    """
    if not candidacies:
        return {}
    asked = {"standing": standing_reads(candidacies, viewer), "facts": facts_reads(candidacies)}
    found = read_at_once(
        steps=steps_of({candidacy.track_version_id for candidacy in candidacies}),
        packs=packs_of({candidacy.track.programme for candidacy in candidacies}),
        records=StepRecord.objects.filter(candidacy__in=candidacies)
        .select_related("decided_by", "withdrawn_by")
        .order_by("id"),
        evidence=Evidence.objects.filter(candidacy__in=candidacies).select_related("added_by").order_by("id"),
        **asked["standing"],
        **asked["facts"],
    )
    standing = standing_from(candidacies, **{name: found[name] for name in asked["standing"]})
    parts = parts_from(found["packs"])
    programmes = {candidacy.track_version_id: candidacy.track.programme_id for candidacy in candidacies}
    specs = {step.pk: spec_of(step, parts[programmes[step.version_id]].events) for step in found["steps"]}
    rows = {name: found[name] for name in asked["facts"]}
    facts = facts_from(candidacies, specs.values(), standing, **rows)
    return {
        one.pk: _climb(one, found, specs, standing, facts[one.pk], parts[one.track.programme_id].variants)
        for one in candidacies
    }


def _climb(
    candidacy: Candidacy,
    found: Mapping[str, list[Any]],
    specs: Mapping[int, StepSpec],
    standing: Standing,
    facts: Facts,
    variants: Mapping[str, Mapping[str, str]],
) -> Climb:
    """One candidacy, of the rows that were found for all."""
    steps: list[Step] = [one for one in found["steps"] if one.version_id == candidacy.track_version_id]
    records: list[StepRecord] = [one for one in found["records"] if one.candidacy_id == candidacy.pk]
    evidence: list[Evidence] = [one for one in found["evidence"] if one.candidacy_id == candidacy.pk]
    return Climb(
        candidacy=candidacy,
        steps={step.pk: step for step in steps},
        rungs=climb([specs[step.pk] for step in steps], facts, _decisions(records, evidence), timezone.localdate()),
        records=records,
        evidence=evidence,
        standing=standing,
        variants=variants,
    )


def climb_of(candidacy: Candidacy, viewer: User | None = None) -> Climb:
    """One candidacy with where it stands."""
    return climbs([candidacy], viewer)[candidacy.pk]


def _decisions(records: Sequence[StepRecord], evidence: Sequence[Evidence]) -> dict[int, Decision]:
    """The latest live record of each step; something handed in after a sending back answers it."""
    found: dict[int, Decision] = {}
    for record in records:
        if record.withdrawn_at is None:
            approved = record.outcome == StepRecord.Outcome.APPROVED
            answered = any(one.step_id == record.step_id and one.added_at >= record.decided_at for one in evidence)
            found[record.step_id] = Decision(approved, record.decided_on, answered)
    return found


def waits_for(climb_: Climb, viewer: User) -> list[Rung]:
    """The decided steps that stand open and that the viewer may decide."""
    open_states = (State.WAITS, State.SENT_BACK)
    return [
        rung
        for rung in climb_.rungs
        if rung.state in open_states
        and climb_.standing.decides(viewer.pk, climb_.candidacy, climb_.steps[rung.step.id])
    ]


def waits_since(climb_: Climb, rung: Rung) -> dt.date | None:
    """Since when a decision is owed: None where nobody can tell, for nothing was handed in and nothing opened it."""
    handed_in = any(one.step_id == rung.step.id for one in climb_.evidence)
    return since(climb_, rung) if handed_in or _before(rung, climb_) else None


def since(climb_: Climb, rung: Rung) -> dt.date:
    """Since when a step waits: the last thing that happened on the ladder before it, at the latest the start."""
    handed_in = [one.added_at for one in climb_.evidence if one.step_id == rung.step.id]
    before = [one.done_on for one in climb_.rungs if one.done_on and one.step.order in _before(rung, climb_)]
    started = timezone.localdate(climb_.candidacy.started_at)
    return max([started, *before, *(timezone.localdate(at) for at in handed_in)])


def _before(rung: Rung, climb_: Climb) -> set[int]:
    """The orders of the steps for which this one had to wait."""
    if rung.step.kind == Step.Kind.APPROVAL:
        return {one.step.order for one in climb_.rungs if one.step.order < rung.step.order}
    gates = [
        one.step.order
        for one in climb_.rungs
        if one.step.order < rung.step.order and one.step.kind == Step.Kind.APPROVAL
    ]
    return set(gates[-1:])
