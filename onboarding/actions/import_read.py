"""A file comes in: looked at without writing anything, then kept as a preview; questions are answered there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from common.errors import Conflict, DomainError
from common.text import clean_line
from onboarding.checked import Answers, Checked
from onboarding.checking import check_sheet
from onboarding.models import ImportRow, ImportRun
from onboarding.readers.import_world import load_world
from onboarding.sheet import PeopleSheet, Row, read_people
from programmes.models import Organisation

ANSWERS = ("organisation", "person", "supervisor")


@dataclass(frozen=True)
class Look:
    """A sheet as it would come in. Nothing has been written."""

    sheet: PeopleSheet
    rows: list[Checked]

    def counts(self) -> Counter[str]:
        """How many rows of each state."""
        return Counter(row.state for row in self.rows)


def look_at(*, content: bytes, home: Organisation, by: User, answers: Answers | None = None) -> Look:
    """Read and check a file; writes nothing. Raises `DomainError` (field "file") for what cannot be read."""
    sheet = read_people(content)
    return Look(sheet, _check(sheet, home, by, answers or {}))


def store_preview(*, look: Look, filename: str, home: Organisation, by: User) -> ImportRun:
    """Keep what was seen, so that questions can be answered and a yes be given."""
    with transaction.atomic():
        run = ImportRun.objects.create(
            organisation=home,
            filename=_clean_filename(filename),
            columns=look.sheet.columns,
            unread=look.sheet.unread,
            programme_ids=sorted({row.programme for row in look.rows if row.programme is not None}),
            uploaded_at=timezone.now(),
            uploaded_by=by,
        )
        ImportRow.objects.bulk_create(
            [_filled(ImportRow(run=run, number=row.number, cells=row.row.cells), row) for row in look.rows],
            batch_size=200,
        )
        audit.record(
            by=by,
            verb="import.read",
            subject=f"import:{run.pk}",
            organisation_path=home.path,
            facts={"rows": dict(look.counts())},
        )
    return run


def answer_questions(*, run: ImportRun, answers: Mapping[str, Mapping[str, str]], by: User) -> ImportRun:
    """Keep the answers and check every row anew, also against what has changed in the network meanwhile.

    Raises `Conflict` when the import has begun or was thrown away.
    """
    with transaction.atomic():
        run = lock_preview(run)
        merged = {kind: {**run.answers.get(kind, {}), **answers.get(kind, {})} for kind in ANSWERS}
        run.answers = {kind: {key: value for key, value in kept.items() if value} for kind, kept in merged.items()}
        rows = list(run.rows.order_by("number"))
        sheet = PeopleSheet([Row(row.number, row.cells) for row in rows], run.columns, run.unread)
        checked = _check(sheet, run.organisation, by, run.answers)
        for row, one in zip(rows, checked, strict=True):
            _filled(row, one)
        ImportRow.objects.bulk_update(rows, ["state", "findings", "plan", "person"], batch_size=100)
        run.programme_ids = sorted({one.programme for one in checked if one.programme is not None})
        run.save(update_fields=["answers", "programme_ids"])
    return run


def lock_preview(run: ImportRun) -> ImportRun:
    """The run, held until the transaction ends. Raises `Conflict` when it is no preview any more."""
    locked = ImportRun.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=run.pk)
    if locked.state != ImportRun.State.PREVIEW:
        raise Conflict(_("This import has begun already, or was thrown away. Nothing was changed."), code="begun")
    return locked


def _check(sheet: PeopleSheet, home: Organisation, by: User, answers: Answers) -> list[Checked]:
    return check_sheet(sheet, load_world(home, by, sheet), answers, timezone.localdate())


def _filled(row: ImportRow, one: Checked) -> ImportRow:
    row.state = one.state
    row.findings = [finding.as_json() for finding in one.findings]
    row.plan = one.plan()
    row.person_id = one.person
    return row


def _clean_filename(name: str) -> str:
    try:
        return clean_line(name.replace("\\", "/").rpartition("/")[2][:200]) or "–"
    except DomainError:
        return "–"
