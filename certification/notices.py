"""What the ladder tells people: a step decided or sent back, a certificate issued; and the drawing of papers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from certification import letters
from certification.actions.papers import make_waiting_papers
from notices import clock, kinds

kinds.register(kinds.Kind(key="step_approved", label=_("A step was approved"), letter=letters.step_approved))
kinds.register(
    kinds.Kind(
        key="step_sent_back",
        label=_("A step was sent back"),
        letter=letters.step_sent_back,
        still_wanted=letters.still_sent_back,
    )
)
kinds.register(
    kinds.Kind(
        key="certificate_issued",
        label=_("A certificate was issued"),
        letter=letters.certificate_issued,
        still_wanted=letters.still_valid,
    )
)
clock.register("certification.papers", make_waiting_papers)
