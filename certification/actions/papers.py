"""Drawing the PDFs of issued certificates: claimed by a lease, drawn outside any transaction, kept once for all."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging

from django.db.models import Q, QuerySet
from django.utils import timezone

from certification.models import Certificate
from certification.paper import make_pdf

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=2)
"""Longer than any drawing takes; a worker that dies leaves its claim for the next after this time."""
CHUNK = 25


def make_paper(certificate_id: int) -> bool:
    """Draw one certificate if nobody else does; whether this call kept the bytes."""
    now = timezone.now()
    until = now + LEASE
    if not _waiting(now).filter(pk=certificate_id).update(pdf_lease_until=until):
        return False
    text = Certificate.objects.values_list("text", flat=True).get(pk=certificate_id)
    pdf = make_pdf(text)
    ours = Certificate.objects.filter(pk=certificate_id, pdf__isnull=True, pdf_lease_until=until)
    return bool(
        ours.update(
            pdf=pdf,
            pdf_sha256=hashlib.sha256(pdf).hexdigest(),
            pdf_made_at=timezone.now(),
            pdf_lease_until=None,
        )
    )


def make_waiting_papers(now: dt.datetime) -> int:
    """Draw what waits, at most CHUNK at a time; one that fails is logged and tried again when its lease is over."""
    made = 0
    for certificate_id in list(_waiting(now).order_by("id").values_list("pk", flat=True)[:CHUNK]):
        try:
            made += make_paper(certificate_id)
        except Exception:  # whatever it is, the other certificates must have their turn
            logger.exception("could not draw certificate %s", certificate_id)
    return made


def _waiting(now: dt.datetime) -> QuerySet[Certificate]:
    return Certificate.objects.filter(
        Q(pdf_lease_until__isnull=True) | Q(pdf_lease_until__lt=now),
        origin=Certificate.Origin.OURS,
        pdf__isnull=True,
        holder_name__gt="",
    )
