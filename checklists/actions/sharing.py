"""Sharing and discarding: acts of the rater alone, on what only the rater reads until then."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from checklists.actions.evaluate import record
from checklists.models import Evaluation
from checklists.raters import asks_consent
from common.errors import DomainError, NotAllowed

State = Evaluation.State


@transaction.atomic
def share(*, by: User, evaluation: Evaluation) -> Evaluation:
    """Agree that the one rated reads it. Doing so twice changes nothing.

    Raises `NotAllowed` for others than the rater, `DomainError` for a draft, or where no consent is asked.
    """
    locked = _sent_in(by, evaluation)
    if locked.shared_at is None:
        locked.shared_at = timezone.now()
        locked.save(update_fields=["shared_at"])
        record(locked, "evaluation.shared")
    return locked


@transaction.atomic
def unshare(*, by: User, evaluation: Evaluation) -> Evaluation:
    """Take the consent back: from now on the rater alone reads it again. Raises as `share`."""
    locked = _sent_in(by, evaluation)
    if locked.shared_at is not None:
        locked.shared_at = None
        locked.save(update_fields=["shared_at"])
        record(locked, "evaluation.unshared")
    return locked


@transaction.atomic
def discard(*, by: User, evaluation: Evaluation) -> None:
    """Throw a draft away with its answers; the trail keeps that it was begun and discarded.

    Raises `NotAllowed` for others than its author, `DomainError` once it is sent in: that stays as it is.
    """
    locked = _own(by, evaluation)
    if locked.state != State.DRAFT:
        raise DomainError(_("This checklist has been sent in and stays as it is."), code="submitted")
    record(locked, "evaluation.discarded")
    try:
        with transaction.atomic():
            locked.delete()
    except ProtectedError:
        raise DomainError(
            _("This draft belongs to a session’s record. Take it out there first."), code="used"
        ) from None


def _sent_in(by: User, evaluation: Evaluation) -> Evaluation:
    locked = _own(by, evaluation)
    if locked.state != State.SUBMITTED:
        raise DomainError(_("Send the checklist in first; then you can share it."), code="draft")
    if not asks_consent(locked.version):
        raise DomainError(_("Who reads this checklist is settled by the programme."), code="settled")
    return locked


def _own(by: User, evaluation: Evaluation) -> Evaluation:
    locked = (
        Evaluation.objects.select_for_update(of=("self",))
        .select_related(
            "version__checklist__programme", "meeting__group__organisation", "group__organisation", "rater"
        )
        .get(pk=evaluation.pk)
    )
    if locked.rater_id != by.pk:
        raise NotAllowed(_("Only the one who filled in this checklist can do that."))
    return locked
