"""What a person chooses not to be told by mail."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import User
from common.errors import DomainError
from notices import kinds
from notices.models import OptOut


@transaction.atomic
def choose_notices(*, by: User, wanted: Collection[str]) -> None:
    """Keep which of the kinds that may be turned off `by` wants by mail; all others are always sent.

    Raises `DomainError` for a kind that may not be turned off or does not exist.
    """
    offered = {kind.key for kind in kinds.every() if kind.may_opt_out}
    if set(wanted) - offered:
        raise DomainError(_("Choose among the mails that are offered here."), field="wanted", status=400)
    before = set(OptOut.objects.filter(person=by).values_list("kind", flat=True))
    after = offered - set(wanted)
    OptOut.objects.filter(person=by, kind__in=before - after).delete()
    OptOut.objects.bulk_create(
        (OptOut(person=by, kind=key, since=timezone.now()) for key in sorted(after - before)), ignore_conflicts=True
    )
    if before != after:
        record(by=by, verb="notices.chosen", subject=f"person:{by.pk}", people=[by], facts={"off": sorted(after)})
