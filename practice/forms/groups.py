"""Forms of groups and their meetings."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.fields import DayField, LineField
from common.forms import house_helper
from common.texts import for_reader
from practice import policies
from practice.delivery import variants
from practice.models import DeliveryGroup, GroupMeeting
from programmes.models import Organisation, Programme


class PersonChoice(forms.ModelChoiceField):
    """People by name."""

    def label_from_instance(self, obj: Any) -> str:
        """The name."""
        return str(obj.name)


class StartGroupForm(forms.Form):
    """A new group: name, where, with whom, in which form, from when."""

    name = LineField(
        label=_("Name of the group"),
        max_length=120,
        help_text=_("A name that you recognise, such as “Thursday group, spring”. No names of participants."),
    )
    organisation = forms.ModelChoiceField(label=_("Where"), queryset=Organisation.objects.none(), empty_label=None)
    co_leader = PersonChoice(
        label=_("Co-leader"), queryset=User.objects.none(), required=False, empty_label=_("I lead it alone")
    )
    variant = forms.ChoiceField(label=_("Delivery model"))
    started_on = DayField(label=_("First day"), initial=timezone.localdate)

    def __init__(self, *args: Any, user: User, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = policies.leading_memberships(user, programme)
        organisations: Any = self.fields["organisation"]
        organisations.queryset = Organisation.objects.filter(pk__in=held.values("organisation_id"))
        people: Any = self.fields["co_leader"]
        people.queryset = policies.possible_co_leaders(user, programme)
        for name in ("name", "organisation", "co_leader", "variant"):
            self.fields[name].widget.attrs["class"] = "w-words"
        models = [(key, for_reader(names, programme.language)) for key, names in variants(programme)]
        if models:
            choices: Any = self.fields["variant"]
            choices.choices = [("", _("Choose")), *models]
        else:
            del self.fields["variant"]
        self.helper: FormHelper = house_helper(submit=_("Start the group"), cancel=reverse("practice:groups"))


class MeetingForm(forms.Form):
    """A meeting that was held."""

    number = forms.IntegerField(
        label=_("Meeting number"), min_value=1, widget=forms.NumberInput(attrs={"class": "w-minutes"})
    )
    held_on = DayField(label=_("Day"), initial=timezone.localdate)
    attended = forms.IntegerField(
        label=_("How many came"),
        required=False,
        min_value=0,
        help_text=_("The number of participants, without the leaders. Never their names."),
        widget=forms.NumberInput(attrs={"class": "w-minutes"}),
    )

    def __init__(self, *args: Any, group: DeliveryGroup, meeting: GroupMeeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("Save the meeting") if meeting else _("Note the meeting")
        self.helper: FormHelper = house_helper(submit=words, cancel=reverse("practice:group", args=[group.pk]))


class EndGroupForm(forms.Form):
    """The last day of a group."""

    ended_on = DayField(label=_("Last day"), initial=timezone.localdate)

    def __init__(self, *args: Any, group: DeliveryGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper: FormHelper = house_helper(
            submit=_("End the group"), cancel=reverse("practice:group", args=[group.pk])
        )
