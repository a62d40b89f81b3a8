"""What the ladder tells people about steps and certificates; and the drawing of papers."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from certification import letters
from certification.actions.papers import make_waiting_papers
from notices import clock, kinds
from notices.models import Notice


def _certificate_pages(person: User, notices: list[Notice]) -> dict[int, str]:
    return {one.pk: reverse("certification:certificate", args=[one.subject.partition(":")[2]]) for one in notices}


def _own_ladder(person: User, notices: list[Notice]) -> dict[int, str]:
    return {one.pk: reverse("certification:mine") for one in notices}


kinds.register(
    kinds.Kind(key="step_approved", label=_("A step was approved"), letter=letters.step_approved, pages=_own_ladder)
)
kinds.register(
    kinds.Kind(
        key="step_sent_back",
        label=_("A step was sent back"),
        letter=letters.step_sent_back,
        still_wanted=letters.still_sent_back,
        pages=_own_ladder,
    )
)
kinds.register(
    kinds.Kind(
        key="certificate_issued",
        label=_("A certificate was issued"),
        letter=letters.certificate_issued,
        still_wanted=letters.still_valid,
        pages=_certificate_pages,
    )
)
kinds.register(
    kinds.Kind(
        key="certificate_withdrawn", label=_("A certificate was withdrawn"), letter=letters.certificate_withdrawn
    )
)
kinds.register(
    kinds.Kind(
        key="step_reopened",
        label=_("A decision was withdrawn"),
        letter=letters.step_reopened,
        still_wanted=letters.still_open,
    )
)
clock.register("certification.papers", make_waiting_papers)
