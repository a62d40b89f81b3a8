"""Invitations of an import: only after the second yes."""

from __future__ import annotations

from common.errors import DomainError
from onboarding.actions.import_rows import Hand
from onboarding.findings import NOTE, Finding
from onboarding.models import ImportRow
from programmes.actions.invitations import invite


def invite_row(row: ImportRow, hand: Hand) -> None:
    """Invite the row's person; a refusal is said at the row."""
    try:
        if row.person is None:
            raise DomainError("")
        invite(by=hand.by, person=row.person, programme=hand.roles[row.plan["role"]].programme)
        row.invitation = ImportRow.Invitation.SENT
    except DomainError as error:
        row.invitation = ImportRow.Invitation.NOT_SENT
        cell = f"{hand.run.columns.get('email', '')}{row.number}"
        row.findings = [*row.findings, Finding(NOTE, "said", cell, {"text": str(error)}).as_json()]
    row.save(update_fields=["invitation", "findings"])
