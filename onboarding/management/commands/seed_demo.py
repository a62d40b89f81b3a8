"""Fill an empty database with the demo networks."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.utils import timezone

from common.errors import DomainError
from onboarding.demo.seed import Seeded, seed_demo

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Command(BaseCommand):
    """Two separate networks with an account for each role, and one of each situation that a page must show."""

    help = "Seed the demo: two invented networks with an account for each role. Deterministic but for the day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print the accounts as JSON.")
        parser.add_argument("--people", type=int, default=0, help="Add invented people until there are this many.")
        parser.add_argument("--sessions", type=int, default=0, help="Add finished sessions until there are this many.")
        parser.add_argument("--today", type=dt.date.fromisoformat, help="The day that all dates are relative to.")
        parser.add_argument("--force", action="store_true", help="Also where SITE_URL is not a loopback address.")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        if urlsplit(settings.SITE_URL).hostname not in LOOPBACK and not options["force"]:
            raise CommandError(
                f"The demo has known passwords, and SITE_URL is {settings.SITE_URL}. Use --force if nobody else can "
                "reach that address."
            )
        try:
            seeded = seed_demo(
                today=options["today"] or timezone.localdate(),
                people=options["people"],
                sessions=options["sessions"],
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(seeded.as_json(), ensure_ascii=False, indent=2))
        else:
            self._print(seeded)

    def _print(self, seeded: Seeded) -> None:
        for network in seeded.as_json()["networks"]:
            self.stdout.write(f"\n{network['name']}")
            for account in network["accounts"]:
                self.stdout.write(f"  {account['role']:<14} {account['email']:<32} {account['password']}")
