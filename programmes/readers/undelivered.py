"""What could not be told to people in a coordinator's branch."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from common.lists import KeysetPage, keyset_page
from notices import kinds
from notices.models import Notice
from programmes import policies
from programmes.policies import Hat


@dataclass(frozen=True)
class Undelivered:
    """One notice that nobody got."""

    notice: Notice
    # What it is ("Invitation to sign in"), in the reader's language.
    what: str

    @property
    def person(self) -> User:
        """Who should have got it."""
        return self.notice.recipient


def undelivered(hat: Hat) -> QuerySet[Notice]:
    """Failed notices to people in the branch: those of the hat's programme, and of no programme (a new password)."""
    people = policies.people_in_branch(hat.paths, hat.programme)
    ours = Q(programme_id=hat.programme.pk) | Q(programme_id__isnull=True)
    return Notice.objects.filter(ours, state=Notice.State.FAILED, recipient__in=people)


def undelivered_page(hat: Hat, cursor: str) -> KeysetPage[Undelivered]:
    """A page of them, the newest first, with their people. One query."""
    page = keyset_page(undelivered(hat).select_related("recipient"), keys=("-id",), cursor=cursor)
    return KeysetPage(
        rows=[Undelivered(notice, what_it_is(notice.kind)) for notice in page.rows],
        next=page.next,
        previous=page.previous,
    )


def what_it_is(key: str) -> str:
    """The kind in words; its key where no app knows it any more."""
    try:
        return str(kinds.get(key).label)
    except kinds.UnknownKindError:
        return key
