"""Check a programme pack before it is installed."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser, no_translations

from programmes.pack_schema import check_pack_file


class Command(BaseCommand):
    """Print each finding with file, line, place and sentence; exit 1 when there is any."""

    help = "Check a programme pack (a YAML file) and print what is wrong with it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        findings = check_pack_file(options["file"])
        for finding in findings:
            self.stdout.write(str(finding))
        if findings:
            sys.exit(1)
        self.stdout.write(f"{options['file'].name}: nothing is wrong.")
