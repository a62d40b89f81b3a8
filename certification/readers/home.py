"""What of the ladder other pages show: decisions that wait, my own way, trainings I lead. Typed, for `overview`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from certification.models import Candidacy, Certificate, TrainingEvent
from certification.progress import State
from certification.readers.climbs import Climb, climbs, name_of, since, waits_for, with_all
from certification.readers.relations import may_wait_for
from common.at_once import read_at_once
from common.texts import for_reader

MOST = 200
"""Candidacies looked through for one person's decisions; the oldest first."""


@dataclass(frozen=True)
class WaitingDecision:
    """A step, or a certificate, that waits for the viewer's decision."""

    candidacy_id: int
    candidate: str
    programme_id: int
    track: str
    step: str
    since: dt.date
    url: str
    is_certificate: bool


@dataclass(frozen=True)
class OwnWay:
    """A candidacy of the viewer's own: how far, and what is missing, in one sentence."""

    candidacy_id: int
    programme_id: int
    track: str
    done: int
    steps: int
    next: str
    sentence: str
    is_yours: bool
    url: str


def waiting_decisions(viewer: User) -> list[WaitingDecision]:
    """Everything that waits for the viewer, longest first. The same queries for one and for many."""
    return _decisions(climbs(list(_may_wait(viewer)), viewer).values(), viewer)


def own_ways(viewer: User) -> list[OwnWay]:
    """The viewer's own open candidacies, newest first."""
    return [_own(climb, viewer) for climb in climbs(list(_of(viewer))).values()]


def ladders_of(viewer: User) -> tuple[list[WaitingDecision], list[OwnWay]]:
    """Both, from one look at all these candidacies. Two queries, as either of them alone."""
    rows = read_at_once(waiting=_may_wait(viewer), own=_of(viewer))
    # Of others' ladders only the viewer matters as a decider; one's own says by name who decides.
    found = climbs([*rows["waiting"], *rows["own"]], None if rows["own"] else viewer)
    decisions = _decisions([found[one.pk] for one in rows["waiting"]], viewer)
    return decisions, [_own(found[one.pk], viewer) for one in rows["own"]]


def _may_wait(viewer: User) -> QuerySet[Candidacy]:
    """Open candidacies of others with a step for one of the viewer's roles."""
    found = with_all(Candidacy.objects.filter(may_wait_for(viewer), state=Candidacy.State.OPEN))
    return found.order_by("started_at")[:MOST]


def _of(viewer: User) -> QuerySet[Candidacy]:
    return with_all(Candidacy.objects.filter(person=viewer, state=Candidacy.State.OPEN))


def _decisions(found: Iterable[Climb], viewer: User) -> list[WaitingDecision]:
    waiting = [one for climb in found for one in _waiting(climb, viewer)]
    return sorted(waiting, key=lambda one: (one.since, one.candidacy_id))


def _waiting(climb: Climb, viewer: User) -> list[WaitingDecision]:
    final = climb.final
    found = []
    for rung in waits_for(climb, viewer):
        step = climb.steps[rung.step.id]
        is_final = final is not None and final.pk == step.pk
        url = (
            reverse("certification:issue", args=[climb.candidacy.pk])
            if is_final
            else reverse("certification:decide", args=[climb.candidacy.pk, step.pk])
        )
        if rung.state is State.WAITS:
            name = for_reader(step.names, climb.candidacy.track.programme.language)
            found.append(_decision(climb, name, since(climb, rung), url, is_final))
    if final is None and climb.is_ready and any(person.pk == viewer.pk for person in climb.certifiers()):
        day = max((rung.done_on for rung in climb.rungs if rung.done_on), default=timezone.localdate())
        found.append(_decision(climb, "", day, reverse("certification:issue", args=[climb.candidacy.pk]), True))
    return found


def _decision(climb: Climb, step: str, day: dt.date, url: str, is_certificate: bool) -> WaitingDecision:
    candidacy = climb.candidacy
    return WaitingDecision(
        candidacy_id=candidacy.pk,
        candidate=name_of(candidacy),
        programme_id=candidacy.track.programme_id,
        track=for_reader(candidacy.track_version.names, candidacy.track.programme.language),
        step=step,
        since=day,
        url=url,
        is_certificate=is_certificate,
    )


def _own(climb: Climb, viewer: User) -> OwnWay:
    rung = climb.next
    language = climb.candidacy.track.programme.language
    return OwnWay(
        candidacy_id=climb.candidacy.pk,
        programme_id=climb.candidacy.track.programme_id,
        track=for_reader(climb.candidacy.track_version.names, language),
        done=climb.done,
        steps=len(climb.rungs),
        next=for_reader(climb.steps[rung.step.id].names, language) if rung else "",
        sentence=climb.sentence(viewer),
        is_yours=rung is not None and rung.state in (State.YOURS, State.SENT_BACK),
        url=reverse("certification:candidacy", args=[climb.candidacy.pk]),
    )


def own_certificates(viewer: User) -> list[Certificate]:
    """The viewer's certificates, newest first, without their bytes."""
    found = Certificate.objects.filter(person=viewer).defer("pdf", "text").select_related("programme__network")
    return list(found.order_by("-issued_on", "-id"))


def trainings_ahead(viewer: User, today: dt.date) -> list[TrainingEvent]:
    """Trainings that the viewer leads with a day today or later."""
    found = TrainingEvent.objects.filter(leader=viewer, days__held_on__gte=today).distinct()
    return list(found.prefetch_related("days").order_by("id")[:20])
