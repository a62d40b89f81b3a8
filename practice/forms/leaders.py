"""Forms about who leads a group, and to put a group right."""

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
from practice.forms.groups import PersonChoice
from practice.models import DeliveryGroup


class AddLeaderForm(forms.Form):
    """One more leader, from a day on."""

    co_leader = PersonChoice(label=_("Who"), queryset=User.objects.none(), empty_label=_("Choose"))
    started_on = DayField(label=_("Leads the group from"), initial=timezone.localdate)

    def __init__(self, *args: Any, user: User, group: DeliveryGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["co_leader"]
        leading = group.leaders.filter(ended_on__isnull=True).values("person_id")
        people.queryset = policies.possible_co_leaders(user, group.programme).exclude(pk__in=leading)
        people.widget.attrs["class"] = "w-words"
        self.helper: FormHelper = house_helper(
            submit=_("Add the leader"), cancel=reverse("practice:group", args=[group.pk])
        )


class EndLeadingForm(forms.Form):
    """The last day on which somebody leads the group."""

    ended_on = DayField(label=_("Last day"), initial=timezone.localdate)

    def __init__(self, *args: Any, group: DeliveryGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper: FormHelper = house_helper(submit=_("Save"), cancel=reverse("practice:group", args=[group.pk]))


class CorrectGroupForm(forms.Form):
    """Name, first day and delivery model."""

    name = LineField(
        label=_("Name of the group"),
        max_length=120,
        help_text=_("A name that you recognise, such as “Thursday group, spring”. No names of participants."),
        widget=forms.TextInput(attrs={"class": "w-words"}),
    )
    variant = forms.ChoiceField(label=_("Delivery model"), widget=forms.Select(attrs={"class": "w-words"}))
    started_on = DayField(label=_("First day"))

    def __init__(self, *args: Any, group: DeliveryGroup, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": group.name, "variant": group.variant, "started_on": group.started_on}
        super().__init__(*args, **kwargs)
        models = {key: for_reader(names, group.programme.language) for key, names in variants(group.programme)}
        if group.variant:
            models.setdefault(group.variant, group.variant)
        if models:
            choices: Any = self.fields["variant"]
            choices.choices = list(models.items()) if group.variant else [("", _("Choose")), *models.items()]
        else:
            del self.fields["variant"]
        self.helper: FormHelper = house_helper(
            submit=_("Save the group"), cancel=reverse("practice:group", args=[group.pk])
        )
