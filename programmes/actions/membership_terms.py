"""On what terms a role is held: in training or not, how employed, under which line manager."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from common.errors import DomainError, NotAllowed
from programmes.actions.memberships import require_right
from programmes.models import Membership
from programmes.policies import people_of_network


def change_terms(
    *, by: User, membership: Membership, in_training: bool, employment: str, reports_to: User | None
) -> Membership:
    """Keep the terms of an open role; the trail keeps the old ones.

    Raises `NotAllowed` outside one's branch and for the end of one's own training, `DomainError` when the role has
    ended, for an unknown employment, and for a line manager who is the person or unknown in the network.
    """
    require_right(by, membership.role, membership.organisation)
    with transaction.atomic():
        current = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
        _check(current, by, in_training, employment, reports_to)
        new: dict[str, Any] = {
            "in_training": in_training,
            "employment": employment,
            "reports_to": reports_to.pk if reports_to else None,
        }
        old = {
            "in_training": current.in_training,
            "employment": current.employment,
            "reports_to": current.reports_to_id,
        }
        changed = [key for key in new if new[key] != old[key]]
        if not changed:
            return current
        current.in_training, current.employment, current.reports_to = in_training, employment, reports_to
        current.save(update_fields=["in_training", "employment", "reports_to"])
        audit.record(
            by=by,
            verb="membership.terms_changed",
            subject=f"membership:{current.pk}",
            programme_id=membership.role.programme_id,
            organisation_path=membership.organisation.path,
            people=[current.person_id],
            facts={"old": {key: old[key] for key in changed}, "new": {key: new[key] for key in changed}},
        )
    return current


def _check(current: Membership, by: User, in_training: bool, employment: str, reports_to: User | None) -> None:
    if current.ended_on is not None:
        raise DomainError(_("This role has ended, so its terms stay as they were."), code="ended")
    if current.person_id == by.pk and in_training != current.in_training:
        raise NotAllowed(
            _("Somebody else says when your own training begins or ends. Ask the coordinator above you."),
            field="in_training",
            code="oneself",
        )
    if employment not in Membership.Employment.values:
        raise DomainError(_("Choose one of the kinds of employment offered."), field="employment", code="employment")
    if reports_to is None or reports_to.pk == current.reports_to_id:
        return
    if reports_to.pk == current.person_id:
        raise DomainError(_("Nobody is their own line manager."), field="manager", code="oneself")
    if not people_of_network(current.organisation.network_path).filter(pk=reports_to.pk).exists():
        raise DomainError(
            _("%(name)s has no role in this network. Add them first.") % {"name": reports_to.name},
            field="manager",
            code="stranger",
        )
