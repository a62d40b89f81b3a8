"""What a spreadsheet said is kept for a month, so that an import can be looked into and taken back; then it goes."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from onboarding.models import ImportRun

KEPT_FOR = dt.timedelta(days=30)


def forget_read(now: dt.datetime) -> int:
    """Empty the cells of imports older than a month; which rows made which memberships stays. The clock's act.

    Returns how many imports were emptied.
    """
    State = ImportRun.State
    old = ImportRun.objects.filter(
        uploaded_at__lt=now - KEPT_FOR,
        forgotten_at__isnull=True,
        invitations_waiting=False,
        state__in=[State.PREVIEW, State.DONE, State.DISCARDED, State.STOPPED, State.TAKEN_BACK],
    )
    pks = list(old.order_by("uploaded_at").values_list("pk", flat=True)[:20])
    for pk in pks:
        with transaction.atomic():
            run = ImportRun.objects.select_for_update().get(pk=pk)
            run.rows.update(cells={}, plan={}, findings=[])
            run.answers, run.forgotten_at = {}, now
            if run.state == State.PREVIEW:
                run.state = State.DISCARDED
            elif run.state == State.STOPPED:
                run.state = State.DONE
            run.save(update_fields=["answers", "forgotten_at", "state"])
    return len(pks)
