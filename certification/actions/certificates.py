"""What happens to a certificate after it was issued: withdrawn, or replaced by a new one. The record stays."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import User
from certification.actions.issue import store_certificate
from certification.actions.trail import told
from certification.certificate_text import Wording
from certification.models import Certificate
from certification.policies.acts import may_withdraw
from common.errors import Conflict, DomainError, NotAllowed
from common.text import clean_line
from notices.actions.write import write_notice


@transaction.atomic
def withdraw_certificate(*, certificate: Certificate, reason: str, by: User) -> Certificate:
    """From now on the public page says withdrawn, and the holder is told so.

    Raises `NotAllowed`, `DomainError`, `Conflict`.
    """
    if not may_withdraw(by, certificate):
        raise NotAllowed(
            _("Only who decided the certificate, or the coordinator, can withdraw it; nobody withdraws their own.")
        )
    reason = clean_line(reason, max_length=300, field="reason")
    if not reason:
        raise DomainError(_("Say why the certificate is withdrawn."), field="reason")
    live = Certificate.objects.filter(pk=certificate.pk, withdrawn_at__isnull=True)
    if not live.update(withdrawn_at=timezone.now(), withdrawn_by=by, withdrawn_reason=reason):
        raise Conflict(_("This certificate is withdrawn already."), code="already")
    certificate.refresh_from_db()
    _note(certificate, by=by, verb="certificate.withdrawn")
    _tell(certificate)
    return certificate


@transaction.atomic
def replace_certificate(*, certificate: Certificate, reason: str, by: User) -> Certificate:
    """Withdraw it and issue a new one with the holder's name as it is now; all else as it was decided.

    Only certificates of ours have a paper to replace. Raises as :func:`withdraw_certificate`.
    """
    if certificate.origin != Certificate.Origin.OURS:
        raise DomainError(_("This certificate was not issued here, so it cannot be issued anew here."))
    old = withdraw_certificate(certificate=certificate, reason=reason, by=by)
    new = Certificate(
        programme=old.programme,
        candidacy=old.candidacy,
        person=old.person,
        organisation=old.organisation,
        title=old.title,
        variant=old.variant,
        holder_name=old.person.name if old.person else str(old.organisation),
        issued_on=old.issued_on,
        issued_by=by,
        valid_until=old.valid_until,
    )
    store_certificate(new, _same_words(old, new.holder_name))
    old.replaced_by = new
    old.save(update_fields=["replaced_by"])
    _note(new, by=by, verb="certificate.replaced", replaces=old.number)
    return new


def _same_words(old: Certificate, name: str) -> Wording:
    """The words as they were frozen, with the new name. Who decided stays who decided."""
    text = old.text
    return Wording(
        language=old.language,
        name=name,
        title=old.title,
        track=text["track"],
        variant=text["variant"],
        programme=text["programme"],
        network=text["network"],
        decided_on=old.issued_on,
        valid_until=old.valid_until,
        signed_by=text["signed_by"],
        signed_as=text["role"],
        facts=[(label, value) for label, value in text["facts"][1:-1]],
        counted=text["counted"],
    )


def _tell(certificate: Certificate) -> None:
    """The holder, or for an organisation whoever began its way; nobody where only an import knows."""
    candidacy = certificate.candidacy
    holder = certificate.person or (told(candidacy) if candidacy else None)
    if holder is not None:
        write_notice(
            kind="certificate_withdrawn",
            subject=f"certificate:{certificate.pk}",
            recipient=holder,
            programme_id=certificate.programme_id,
        )


def _note(certificate: Certificate, *, by: User, verb: str, **facts: str | int | dt.date) -> None:
    record(
        by=by,
        verb=verb,
        subject=f"certificate:{certificate.pk}",
        programme_id=certificate.programme_id,
        organisation_path=certificate.organisation.path
        if certificate.organisation
        else certificate.programme.network.path,
        people=[certificate.person_id] if certificate.person_id else [],
        facts={"number": certificate.number, **facts},
    )
