"""The one act of this room: a list was taken out of the house, and the trail says so."""

from __future__ import annotations

from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from programmes.policies import Hat


def note_export(*, by: User, hat: Hat, what: str) -> None:
    """Write into the trail that `by` took out the list `what` (a stable key) under the hat."""
    with transaction.atomic():
        record(
            by=by,
            verb="export.made",
            subject=f"export:{what}",
            programme_id=hat.programme.pk,
            organisation_path=hat.paths[0],
            facts={"list": what},
        )
