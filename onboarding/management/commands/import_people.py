"""Bring people in from a spreadsheet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from accounts.models import User
from common.errors import DomainError
from onboarding.actions.import_read import Look, look_at, store_preview
from onboarding.actions.import_steer import invite_imported, start_import
from onboarding.actions.import_work import work_through
from onboarding.findings import NOTE, read_finding, sentence
from onboarding.models import ImportRow, ImportRun
from onboarding.readers.import_runs import people_to_invite, progress_of
from programmes.readers.networks import network_named

# Notes that somebody should know of; "already there" and namesakes would only fill the screen.
SAID_OF_NOTES = {"organisation_new", "role_read_as", "no_email", "line_break", "other_network", "supervisor_by_name"}
SAID_OF_NOTES |= {"repeated"}


class Command(BaseCommand):
    """Preview, then import: rows that need a look are listed and left out, and nothing is imported without a yes."""

    help = (
        "Bring people in from a CSV or XLSX file. A sheet in which every row is clear is imported at once; otherwise "
        "the rows that need a look are listed, and the others are imported only after a yes (asked, or --yes)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--organisation", metavar="ROOT", help="The network; may be left out when there is one.")
        parser.add_argument("--dry-run", action="store_true", help="Only the preview: nothing is written.")
        parser.add_argument("--yes", action="store_true", help="Import the rows that are clear, leave out the others.")
        parser.add_argument("--invite", action="store_true", help="Also invite everybody who was imported by e-mail.")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            home, by = network_named(options["organisation"]), User.objects.system()
            look = look_at(content=_content(path), home=home, by=by)
            self._preview(look)
            if options["dry_run"]:
                self.stdout.write("This was a dry run: nothing was written.")
                return
            self._ask_first(look, yes=options["yes"])
            run = start_import(run=store_preview(look=look, filename=path.name, home=home, by=by), by=by)
            work_through(run_id=run.pk)
            self._result(run)
            self._invite(run, by, invite=options["invite"])
        except DomainError as error:
            raise CommandError(str(error)) from error

    def _preview(self, look: Look) -> None:
        counts = look.counts()
        for row in look.rows:
            for finding in row.findings:
                if finding.level != NOTE or finding.code in SAID_OF_NOTES:
                    self.stdout.write(f"{finding.cell}: {sentence(finding)}")
        for cell, heading in look.sheet.unread:
            self.stdout.write(f"Column {cell} (“{heading}”) is not read.")
        self.stdout.write(
            f"{len(look.rows)} rows: {counts['ready']} new, {counts['same']} there already, "
            f"{counts['question'] + counts['refused']} to look at."
        )

    def _ask_first(self, look: Look, *, yes: bool) -> None:
        counts = look.counts()
        left_out = counts["question"] + counts["refused"]
        if yes or not left_out:
            return
        question = f"Import the {counts['ready']} rows that are clear, and leave out {left_out}?"
        if not _agreed(question):
            raise CommandError(
                f"Nothing was imported. Put the rows above right, or run it again with --yes to import the "
                f"{counts['ready']} that are clear."
            )

    def _result(self, run: ImportRun) -> None:
        counts = progress_of(run)
        for row in run.rows.order_by("number"):
            for kept in row.findings if row.state in (ImportRow.State.FAILED, ImportRow.State.DONE) else []:
                finding = read_finding(kept)
                if finding.level != NOTE:
                    self.stdout.write(f"{finding.cell}: {sentence(finding)}")
        self.stdout.write(
            f"{counts.done} rows imported, {counts.failed} failed, {counts.same} there already, "
            f"{counts.questions + counts.refused} left out."
        )

    def _invite(self, run: ImportRun, by: User, *, invite: bool) -> None:
        run.refresh_from_db()
        count = len(people_to_invite(run))
        if not count:
            return
        if invite or _agreed(f"Send {count} invitations by e-mail now?"):
            invite_imported(run=run, by=by, expected=count)
            work_through(run_id=run.pk)
            self.stdout.write(f"{count} invitations are on their way.")
        else:
            self.stdout.write(f"Nobody was invited. Run it again with --invite to send {count} invitations.")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def _agreed(question: str) -> bool:
    """Whether somebody at the keyboard says yes; nobody there says no."""
    if not sys.stdin.isatty():
        return False
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
