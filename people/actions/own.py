"""Taking out what is one's own: a file, and a row in the trail that it was done."""

from __future__ import annotations

from django.db import transaction

from accounts.actions import audit
from accounts.models import User
from certification.models import Certificate
from people.readers.own import as_file, gathered


def take_out(*, by: User) -> bytes:
    """All that is one's own as a ZIP. The trail says that it was taken out and how much, never what."""
    with transaction.atomic():
        parts = gathered(by)
        papers = Certificate.objects.filter(person=by).exclude(pdf=None).exclude(pdf=b"").only("number", "pdf")
        content = as_file(by, parts, list(papers))
        facts = {"list": "own", "rows": sum(part.count for part in parts)}
        audit.record(by=by, verb="person.own_taken_out", subject=f"person:{by.pk}", people=[by], facts=facts)
    return content
