"""Forms of placements and of a coach's room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaches.models import Placement
from coaches.readers import CoachChoice
from common.fields import DayField, LineField, offer
from common.forms import house_helper


class PlaceForm(forms.Form):
    """Which coach, from when. The page draws the coaches itself; a full one sent in all the same is told why not."""

    coach = forms.TypedChoiceField(
        label=_("Coach"),
        coerce=int,
        error_messages={
            "required": _("Choose a coach."),
            "invalid_choice": _("Choose one of the coaches in the list."),
        },
    )
    third = forms.TypedChoiceField(label=_("The third one"), coerce=int)
    started_on = DayField(label=_("From"))
    planned_end_on = DayField(label=_("Until"), required=False, help_text=_("If it is known already"))

    def __init__(
        self, *args: Any, choices: Sequence[CoachChoice], three: bool = False, moves: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = [(choice.person.pk, choice.person.name) for choice in choices]
        offer(self, "coach", people)
        offer(self, "third", [("", "–"), *people])
        for name, kept in (("third", three), ("started_on", not moves), ("planned_end_on", not moves and not three)):
            if not kept:
                del self.fields[name]
        self.helper: FormHelper = house_helper(*[name for name in self.fields if name != "coach"])


class EndForm(forms.Form):
    """The first day without the placement: past or today ends it, ahead plans it."""

    day = DayField(
        label=_("First day without it"), help_text=_("A day ahead is planned: the place stays taken until then.")
    )

    def __init__(self, *args: Any, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper: FormHelper = house_helper(submit=_("End the placement"), cancel=cancel)


class ChangePlacesForm(forms.Form):
    """With whom."""

    other = forms.TypedChoiceField(label=_("Changes places with"), coerce=int)

    def __init__(self, *args: Any, choices: Sequence[Placement], cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pairs = _("%(supervisee)s, with %(coach)s")
        offer(
            self,
            "other",
            [
                ("", _("Choose")),
                *((one.pk, pairs % {"supervisee": one.supervisee, "coach": one.coach}) for one in choices),
            ],
        )
        self.helper: FormHelper = house_helper(submit=_("Let them change places"), cancel=cancel)


class FollowForm(forms.Form):
    """Who takes the place when its holder ends."""

    supervisee = forms.TypedChoiceField(label=_("Who follows"), coerce=int)
    started_on = DayField(label=_("From"))

    def __init__(self, *args: Any, choices: Sequence[User], cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "supervisee", [("", _("Choose")), *((one.pk, one.name) for one in choices)])
        self.helper: FormHelper = house_helper(submit=_("Plan who follows"), cancel=cancel)


class CapacityForm(forms.Form):
    """How many of the four places are offered."""

    capacity = forms.TypedChoiceField(
        label=_("Places offered"),
        choices=[(number, str(number)) for number in (1, 2, 3, 4)],
        coerce=int,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper: FormHelper = house_helper()


class AbsenceForm(forms.Form):
    """A time away."""

    starts_on = DayField(label=_("First day away"))
    ends_on = DayField(
        label=_("First day back"), required=False, help_text=_("Leave it empty if it is not known yet.")
    )
    reason = LineField(
        label=_("Reason"),
        required=False,
        help_text=_("A word such as leave. Nothing about health: others read it."),
        readers=_("Read by the one who is away and the coordinator"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper: FormHelper = house_helper()
