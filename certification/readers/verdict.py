"""What the public learns about a code: what is printed, and whether it holds. Nothing else about anybody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from certification.models import Certificate
from certification.readers.variants import variant_name
from common.texts import in_language


@dataclass(frozen=True)
class Verdict:
    """`state`: valid, expired or withdrawn. The name is empty for a withdrawn certificate and for somebody erased."""

    state: str
    name: str
    title: str
    programme: str
    network: str
    variant: str
    number: str
    issued_on: dt.date
    valid_until: dt.date | None
    withdrawn_on: dt.date | None
    outside: bool
    language: str


def verdict_on(code: str, today: dt.date) -> Verdict | None:
    """The verdict on a normalised code; None where no certificate has it."""
    found = Certificate.objects.defer("pdf", "text").select_related("programme__network")
    certificate = found.filter(code=code).first()
    if certificate is None:
        return None
    programme, language = certificate.programme, certificate.language
    state = state_of(certificate, today)
    return Verdict(
        state=state,
        name="" if state == "withdrawn" else certificate.holder_name,
        title=certificate.title,
        programme=in_language(programme.names, language),
        network=programme.network.name,
        variant=variant_name(programme, certificate.variant, language),
        number=certificate.number,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        withdrawn_on=timezone.localdate(certificate.withdrawn_at) if certificate.withdrawn_at else None,
        outside=certificate.origin != Certificate.Origin.OURS,
        language=language,
    )


def state_of(certificate: Certificate, today: dt.date) -> str:
    """Withdrawn (an erased holder counts as that), else expired from the day after its last, else valid."""
    if certificate.withdrawn_at is not None or not certificate.holder_name:
        return "withdrawn"
    if certificate.valid_until is not None and certificate.valid_until < today:
        return "expired"
    return "valid"
