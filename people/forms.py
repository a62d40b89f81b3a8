"""One's own details."""

from __future__ import annotations

import zoneinfo
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.fields import AddressField, LineField, offer, say_readers
from common.forms import house_helper
from common.text import fold_for_search
from common.zones import is_place, zone_choices
from programmes.rights import contact_sentence

# Languages in which people supervise here; each is written in its own.
SUPERVISION_LANGUAGES = [
    ("nb", "Norsk"),
    ("da", "Dansk"),
    ("en", "English"),
    ("se", "Davvisámegiella"),
    ("smj", "Julevsámegiella"),
    ("sma", "Åarjelsaemien gïele"),
    ("sv", "Svenska"),
    ("ar", "العربية"),
    ("so", "Soomaali"),
    ("vi", "Tiếng Việt"),
    ("uk", "Українська"),
]
# The zones of those who use this, then all others.
NEAR_ZONES = ["Europe/Oslo", "Europe/Copenhagen", "Atlantic/Faroe", "America/Nuuk", "Arctic/Longyearbyen"]


def offered_zones(own: str = "") -> list[tuple[str, str]]:
    """Near ones and one's `own` first, then all others by the name of the country in the reader's language."""
    known = zoneinfo.available_timezones()
    near = [zone for zone in dict.fromkeys([*NEAR_ZONES, own]) if zone in known]
    others = [zone for zone in known if is_place(zone) and zone not in near]
    return zone_choices(near) + sorted(zone_choices(others), key=lambda choice: fold_for_search(choice[1]))


class ProfileForm(forms.Form):
    """Name and phone, and how one wants to be spoken to."""

    name = LineField(label=_("Name"), help_text=_("As others see it, and as it stands on a certificate"))
    phone = LineField(label=_("Phone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=User.Language.choices, help_text=_("Of pages and mails"))
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=offered_zones)
    supervises_in = forms.MultipleChoiceField(
        label=_("Languages you can supervise in"),
        choices=SUPERVISION_LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Coordinators see this when they look for a coach."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "time_zone", offered_zones(self.initial.get("time_zone", "")))
        say_readers(self, {"phone": contact_sentence()})
        self.helper: FormHelper = house_helper(submit=_("Save your details"))


class AddressForm(forms.Form):
    """A new address, and the password."""

    email = AddressField(label=_("New e-mail address"))
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        say_readers(self, {"email": contact_sentence()})
        self.helper: FormHelper = house_helper(submit=_("Send the link"), cancel=reverse("people:settings"))

    def clean_password(self) -> str:
        """It must be the person's own."""
        password: str = self.cleaned_data["password"]
        if not self.person.check_password(password):
            raise forms.ValidationError(_("This is not your password. Try again."), code="password")
        return password
