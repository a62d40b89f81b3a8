"""Imports for the pages: what is listed, how far each has come, whom it could invite."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from accounts.models import Invitation, User
from onboarding import policies
from onboarding.models import ImportRow, ImportRun
from programmes.policies import coordinated_paths

RowState = ImportRow.State
LOOK = (RowState.QUESTION, RowState.REFUSED, RowState.FAILED, RowState.KEPT)
# The most imports that a list looks through.
LISTED = 100


@dataclass(frozen=True)
class Progress:
    """How many rows are where."""

    total: int
    new: int
    same: int
    questions: int
    refused: int
    done: int
    failed: int
    taken_back: int
    kept: int
    waiting: int

    @property
    def look(self) -> int:
        """Rows that somebody should look at."""
        return self.questions + self.refused + self.failed

    @property
    def worked(self) -> int:
        """Rows that are through, of those that the yes was for."""
        return self.done + self.failed

    @property
    def steps(self) -> int:
        """What is done of the two steps of each row: the role, then place and history. A row without the second has
        done both with the first."""
        return 2 * self.worked + self.waiting

    @property
    def all_steps(self) -> int:
        """The two steps of each row that the yes was for."""
        return 2 * self.wanted

    @property
    def wanted(self) -> int:
        """Rows that the yes was for."""
        return self.worked + self.new + self.waiting


def progress_of(run: ImportRun) -> Progress:
    """The counts of one import; one query."""
    states = dict(run.rows.order_by().values_list("state").annotate(Count("pk")))

    def count(*names: str) -> int:
        return sum(states.get(name, 0) for name in names)

    return Progress(
        total=sum(states.values()),
        new=count(RowState.READY),
        same=count(RowState.SAME),
        questions=count(RowState.QUESTION),
        refused=count(RowState.REFUSED),
        done=count(RowState.DONE),
        failed=count(RowState.FAILED),
        taken_back=count(RowState.TAKEN_BACK),
        kept=count(RowState.KEPT),
        waiting=count(RowState.JOINED, RowState.UNPLACED),
    )


def runs_of(user: User) -> list[ImportRun]:
    """The imports that the person may see, latest first."""
    networks = {path.split("/")[0] + "/" for path in coordinated_paths(user)}
    found: list[ImportRun] = []
    for network in sorted(networks):
        runs = ImportRun.objects.filter(organisation__path__startswith=network)
        found += runs.select_related("organisation", "uploaded_by")[:LISTED]
    return sorted((run for run in found if policies.may_see_run(user, run)), key=lambda run: run.pk, reverse=True)


def people_to_invite(run: ImportRun) -> list[ImportRow]:
    """One row for each person of the import who has an address, no password and no invitation that still works."""
    if run.forgotten_at is not None:
        return []
    rows = (
        run.rows.filter(
            state__in=[RowState.DONE, RowState.SAME], person__email__isnull=False, person__is_active=True, request=None
        )
        .exclude(person__invitations__state__in=Invitation.LIVE)
        .select_related("person")
        .order_by("number")
    )
    found: dict[int, ImportRow] = {}
    for row in rows:
        if row.person is not None and not row.person.has_usable_password():
            found.setdefault(row.person.pk, row)
    return list(found.values())


def rows_of(run: ImportRun, show: str) -> QuerySet[ImportRow]:
    """The rows that a page shows: all, those to look at, those that are new (or imported), those already there."""
    rows = run.rows.select_related("person").order_by("number")
    match show:
        case "look":
            return rows.filter(state__in=LOOK)
        case "new":
            brought_in = [RowState.JOINED, RowState.DONE]
            return rows.filter(state__in=[RowState.READY] if run.state == ImportRun.State.PREVIEW else brought_in)
        case "same":
            return rows.filter(state=RowState.SAME)
    return rows
