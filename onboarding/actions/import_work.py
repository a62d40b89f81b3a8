"""The worker's part of an import: one chunk at a time, each one transaction, so that a kill loses no row and does none
twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from accounts.actions import audit
from accounts.models import AuditEvent, AuditPerson, User
from coaches.models import Placement
from common.statistics import renew_statistics
from onboarding.actions.import_invitations import invite_row
from onboarding.actions.import_many import BATCH, join_rows, settle_rows
from onboarding.actions.import_rows import Hand
from onboarding.actions.import_take_back import close_row, end_row
from onboarding.models import ImportRow, ImportRun
from onboarding.readers.import_runs import progress_of
from programmes.models import Membership, Organisation

State, RowState = ImportRun.State, ImportRow.State
CHUNK_ROWS, CHUNK_SECONDS = 200, 1.0
# After so many rows the database counts its tables anew: with figures from before, a coordinator's page took minutes.
MANY = 300
# What taking a row back looks at.
USED = ("person", "membership__role__programme__network", "membership__organisation")
GROWN = (User, Membership, Placement, AuditEvent, AuditPerson, ImportRow, Organisation)


def work_on(run_id: int) -> bool:
    """Do one chunk of an import; True when there is more. Nothing when another worker has it, or it waits for nobody.

    The row of the run is held while the chunk lasts: a second worker passes on, a killed one lets go of it.
    """
    with transaction.atomic():
        waiting = ImportRun.objects.select_for_update(of=("self",), skip_locked=True).with_work().filter(pk=run_id)
        run = waiting.select_related("organisation", "uploaded_by").first()
        if run is None:
            return False
        # One import of a network at a time, else two could make the same person twice.
        Organisation.objects.select_for_update().get(path=run.organisation.network_path)
        by = _actor(run)
        with translation.override("en" if by.is_system else by.language):
            return _chunk(run, Hand(run, by))


def work_through(*, seconds: float | None = None, run_id: int | None = None) -> bool:
    """Chunk after chunk, of one import or of all, until nothing waits or the time is over; True when there is more."""
    stop_at = None if seconds is None else time.monotonic() + seconds
    ids = [run_id] if run_id is not None else list(ImportRun.objects.with_work().values_list("pk", flat=True)[:50])
    for pk in ids:
        while work_on(pk):
            if stop_at is not None and time.monotonic() > stop_at:
                return True
    return False


def _actor(run: ImportRun) -> User:
    """Who said the yes that is being carried out."""
    for person in (
        run.taken_back_by if run.state == State.TAKING_BACK else None,
        run.confirmed_by if run.state == State.RUNNING else None,
        run.invited_by,
    ):
        if person is not None:
            return person
    return run.uploaded_by


def _chunk(run: ImportRun, hand: Hand) -> bool:
    if run.state == State.RUNNING:
        if _many(run, RowState.READY, join_rows, hand) or _many(run, RowState.JOINED, settle_rows, hand):
            return True
        _finish(run, hand, State.DONE, "import.finished")
    elif run.state == State.TAKING_BACK:
        done_or_joined = (RowState.DONE, RowState.JOINED)
        if any(_some(run, state, end_row, hand) for state in done_or_joined):
            return True
        if _some(run, RowState.UNPLACED, close_row, hand):
            return True
        _finish(run, hand, State.TAKEN_BACK, "import.taken_back")
    elif not _invitations(run, hand):
        run.invitations_waiting = False
        run.save(update_fields=["invitations_waiting"])
        return False
    return run.invitations_waiting


def _some(run: ImportRun, state: str, act: Callable[[ImportRow, Hand], None], hand: Hand) -> bool:
    """Up to 200 rows of one state, one by one, or as many as a second takes; whether there were any."""
    return _batches(run.rows.filter(state=state), one_by_one(act), 1, USED, hand)


def _many(run: ImportRun, state: str, act: Callable[[Sequence[ImportRow], Hand], None], hand: Hand) -> bool:
    """The same, in batches."""
    return _batches(run.rows.filter(state=state), act, BATCH, ("person",), hand)


def _invitations(run: ImportRun, hand: Hand) -> bool:
    rows = run.rows.filter(invitation=ImportRow.Invitation.WANTED)
    return _batches(rows, one_by_one(invite_row), 1, ("person",), hand)


def one_by_one(act: Callable[[ImportRow, Hand], None]) -> Callable[[Sequence[ImportRow], Hand], None]:
    """An act on one row as an act on several."""

    def each(rows: Sequence[ImportRow], hand: Hand) -> None:
        for row in rows:
            act(row, hand)

    return each


def _batches(
    rows: QuerySet[ImportRow],
    act: Callable[[Sequence[ImportRow], Hand], None],
    size: int,
    related: Sequence[str],
    hand: Hand,
) -> bool:
    stop_at = time.monotonic() + CHUNK_SECONDS
    chosen = list(rows.select_related(*related).order_by("number")[:CHUNK_ROWS])
    for start in range(0, len(chosen), size):
        act(chosen[start : start + size], hand)
        if time.monotonic() > stop_at:
            break
    return bool(chosen)


def _finish(run: ImportRun, hand: Hand, state: str, verb: str) -> None:
    run.state = state
    run.save(update_fields=["state"])
    counts = progress_of(run)
    if counts.done >= MANY:
        transaction.on_commit(partial(renew_statistics, GROWN))
    audit.record(
        by=hand.by,
        verb=verb,
        subject=f"import:{run.pk}",
        organisation_path=run.organisation.path,
        facts={
            "imported": counts.done,
            "failed": counts.failed,
            "same": counts.same,
            "taken_back": counts.taken_back,
            "kept": counts.kept,
        },
    )
