"""The yes to an import, and what can be said while it runs: stop, go on, throw away, take back, invite."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from common.errors import Conflict, DomainError
from common.wake import wake
from onboarding.actions.import_read import lock_preview
from onboarding.models import ImportRow, ImportRun
from onboarding.readers.import_runs import people_to_invite

State, RowState = ImportRun.State, ImportRow.State
TASK = "onboarding.work"


def start_import(*, run: ImportRun, by: User) -> ImportRun:
    """Say yes: the ready rows are imported by the worker, chunk by chunk. All others are left as they are.

    Raises `Conflict` when it has begun already, `DomainError` when no row is ready.
    """
    with transaction.atomic():
        run = lock_preview(run)
        ready = run.rows.filter(state=RowState.READY).count()
        run.confirmed_at, run.confirmed_by, run.state = timezone.now(), by, State.RUNNING
        run.save(update_fields=["confirmed_at", "confirmed_by", "state"])
        _record(run, by, "import.started", rows=ready)
        wake(TASK, run.pk)
    return run


def stop_import(*, run: ImportRun, by: User) -> ImportRun:
    """Stop after the chunk that is under way; what is imported stays."""
    return _turn(run, by, "import.stopped", [State.RUNNING], State.STOPPED)


def resume_import(*, run: ImportRun, by: User) -> ImportRun:
    """Go on where it was stopped."""
    return _turn(run, by, "import.resumed", [State.STOPPED], State.RUNNING)


def discard_import(*, run: ImportRun, by: User) -> ImportRun:
    """Throw a preview away, with everything that was read."""
    with transaction.atomic():
        run = _turn(run, by, "import.discarded", [State.PREVIEW], State.DISCARDED)
        run.rows.all().delete()
        run.answers = {}
        run.save(update_fields=["answers"])
    return run


def take_back_import(*, run: ImportRun, by: User) -> ImportRun:
    """End the roles and places that the import gave and that nobody has used since; the worker does it, row by row."""
    with transaction.atomic():
        run = _turn(run, by, "import.taking_back", [State.DONE, State.STOPPED], State.TAKING_BACK)
        run.taken_back_at, run.taken_back_by, run.invitations_waiting = timezone.now(), by, False
        run.save(update_fields=["taken_back_at", "taken_back_by", "invitations_waiting"])
    return run


def invite_imported(*, run: ImportRun, by: User, expected: int) -> int:
    """The second yes: an invitation to each person imported who has an address and no password yet; the worker sends.

    `expected` is the number that the page named. Raises `Conflict` when it is another one by now, `DomainError` when
    there is nobody to invite.
    """
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if run.state not in (State.DONE, State.STOPPED):
            raise Conflict(_("The import is not finished yet. Invite when it is."), code="not_done")
        rows = people_to_invite(run)
        if not rows:
            raise DomainError(_("Everybody with an address is invited already, or can sign in."), code="nobody")
        if len(rows) != expected:
            raise Conflict(
                _("It is %(count)d people by now. Nothing was sent; look at the number and press the button again.")
                % {"count": len(rows)},
                code="count",
            )
        run.rows.filter(pk__in=[row.pk for row in rows]).update(invitation=ImportRow.Invitation.WANTED)
        run.invited_at, run.invited_by, run.invitations_waiting = timezone.now(), by, True
        run.save(update_fields=["invited_at", "invited_by", "invitations_waiting"])
        _record(run, by, "import.invited", people=len(rows))
        wake(TASK, run.pk)
    return len(rows)


def _turn(run: ImportRun, by: User, verb: str, before: list[str], after: str) -> ImportRun:
    """One state becomes another, under a lock. Raises `Conflict` when it is in neither of `before`."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=run.pk)
        if run.state not in before:
            raise Conflict(
                _("This import is at “%(state)s” by now. Nothing was changed; look again.")
                % {"state": run.get_state_display()},
                code="state",
            )
        run.state = after
        run.save(update_fields=["state"])
        _record(run, by, verb)
        wake(TASK, run.pk)
    return run


def _record(run: ImportRun, by: User, verb: str, **facts: int) -> None:
    audit.record(
        by=by, verb=verb, subject=f"import:{run.pk}", organisation_path=run.organisation.path, facts=facts or None
    )
