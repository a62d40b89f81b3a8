"""What people are told about sharing: that somebody whose coach they supervise shares something, and where it is."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notices import kinds
from notices.letter import Letter
from notices.models import Notice
from supervision import letters
from supervision.actions.telling import SHARED
from supervision.models import Feedback, Goal
from supervision.readers.shared import who_reads_shared

#: Somebody who shares several things tells it once.
ONCE_WITHIN = dt.timedelta(hours=24)


def _shared(notice: Notice) -> Goal | Feedback | None:
    """What is shared, if it still is."""
    sort, _colon, pk = notice.subject.partition(":")
    if sort == "goal":
        return Goal.objects.filter(pk=int(pk), shared_at__isnull=False).select_related("programme", "person").first()
    given = Feedback.objects.filter(pk=int(pk), shared_at__isnull=False, released_at__isnull=False)
    return given.select_related("programme", "receiver").first()


def _owner(shared: Goal | Feedback) -> User | None:
    return shared.person if isinstance(shared, Goal) else shared.receiver


def _letter(notice: Notice) -> Letter:
    shared = _shared(notice)
    owner = _owner(shared) if shared else None
    if shared is None or owner is None:
        raise LookupError(notice.subject)
    return letters.shared(owner, shared.programme)


def _still(notice: Notice) -> bool | str:
    """As long as it is shared, with this person, and nobody told them of the same owner within the day."""
    shared = _shared(notice)
    owner = _owner(shared) if shared else None
    if shared is None or owner is None:
        return "no longer shared"
    if all(person.pk != notice.recipient_id for person in who_reads_shared(owner, shared.programme_id)):
        return "no longer supervises"
    told = Notice.objects.filter(
        kind=SHARED, recipient=notice.recipient_id, arguments__owner=owner.pk, state=Notice.State.SENT
    ).exclude(pk=notice.pk)
    return "told within the day" if told.filter(sent_at__gt=notice.due_at - ONCE_WITHIN).exists() else True


def _pages(person: User, notices: list[Notice]) -> dict[int, str]:
    return {one.pk: reverse("supervision:shared") for one in notices}


kinds.register(
    kinds.Kind(
        key=SHARED,
        label=_("Somebody shares a goal or feedback with me"),
        letter=_letter,
        still_wanted=_still,
        may_opt_out=True,
        when=_("when somebody whose coach you supervise shares it, once a day at the most"),
        pages=_pages,
    )
)
