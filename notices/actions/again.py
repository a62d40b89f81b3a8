"""Trying once more what could not be delivered."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import User
from common.errors import Conflict
from common.wake import wake
from notices.models import Notice


def send_again(*, notice: Notice, by: User) -> Notice:
    """Put a notice that failed back in the queue; it keeps its Message-ID. Raises `Conflict` when it has not failed.

    Whether `by` may do so is for the caller to know: who answers for whom is a fact of the apps above.
    """
    with transaction.atomic():
        now = timezone.now()
        put_back = Notice.objects.filter(pk=notice.pk, state=Notice.State.FAILED).update(
            state=Notice.State.WAITING, next_try_at=now, tries=0
        )
        if not put_back:
            raise Conflict(_("This message is not among the undelivered ones any more. Open the list again."))
        record(
            by=by,
            verb="notice.sent_again",
            subject=notice.subject,
            programme_id=notice.programme_id,
            people=[notice.recipient_id],
            facts={"kind": notice.kind},
        )
        wake("notices.send")
    notice.refresh_from_db()
    return notice
