"""What somebody has decided already, for a form that comes a second time."""

from __future__ import annotations

from accounts.models import User
from certification.models import Certificate, StepRecord


def approved_by(viewer: User, candidacy_pk: int, step_pk: int) -> bool:
    """Whether the viewer's own approval of the step stands."""
    standing = StepRecord.objects.filter(candidacy=candidacy_pk, step=step_pk, withdrawn_at__isnull=True)
    return standing.filter(decided_by=viewer, outcome=StepRecord.Outcome.APPROVED).exists()


def issued_by(viewer: User, candidacy_pk: int) -> Certificate | None:
    """The certificate that the viewer issued on this ladder, while it stands."""
    found = Certificate.objects.filter(candidacy=candidacy_pk, issued_by=viewer, withdrawn_at__isnull=True)
    return found.defer("pdf", "text").order_by("-pk").first()
