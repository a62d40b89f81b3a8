"""`manage.py send_due`: what the tick does, without any worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from notices.actions.tick import tick


class Command(BaseCommand):
    """Does everything that is due now, once: clock acts, new notices, sending. For cron, or where no worker runs."""

    help = "Does everything that is due, once: ends what has ended, notes who must be told, sends what waits."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one tick and say what it did; the exit code is 1 when a part of it failed (see the log)."""
        done = tick()
        sent = done.sent
        self.stdout.write(
            f"{done.added} new, {sent.sent} sent, {sent.closed} closed unsent, {sent.retry} to be tried again, "
            f"{sent.failed} undeliverable."
        )
        if done.failed:
            raise CommandError(f"These parts failed: {', '.join(done.failed)}. The log says why.")
