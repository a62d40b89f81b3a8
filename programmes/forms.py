"""Forms of organisations, roles and invitations."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.fields import AddressField, DayField, LineField, offer, say_readers
from common.forms import house_helper
from common.text import fold_for_search, normalise_email
from common.texts import for_reader
from programmes.models import Membership, Organisation, Programme, ProgrammeRole
from programmes.policies import Hat, people_in_branch, under
from programmes.rights import contact_sentence


class ChoosePasswordForm(forms.Form):
    """A first password, twice; and the name, where nobody has written it yet."""

    name = LineField(label=_("Your name"), help_text=_("As others see it, and as it stands on a certificate"))
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least ten characters. Several words in a row are easy to remember."),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Password once more"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if "@" not in person.name:
            del self.fields["name"]
        self.helper: FormHelper = house_helper(submit=_("Choose this password and sign in"))

    def clean_password(self) -> str:
        """The rules for passwords, told at this field."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        data = super().clean() or {}
        if "password" in data and "again" in data and data["password"] != data["again"]:
            self.add_error("again", _("The two passwords are not the same. Write it once more."))
        return data


class OrganisationForm(forms.Form):
    """A name; `sure` appears when the network has one that nearly equals it."""

    name = LineField(label=_("Name"))
    sure = forms.BooleanField(label=_("It is another organisation"), required=False)

    def __init__(self, *args: Any, submit: Any, cancel: str, near: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not near:
            del self.fields["sure"]
        self.helper: FormHelper = house_helper(submit=submit, cancel=cancel)


class MoveOrganisationForm(forms.Form):
    """The organisation under which it is to lie."""

    parent = forms.ModelChoiceField(label=_("Under"), queryset=Organisation.objects.none())

    def __init__(self, *args: Any, choices: QuerySet[Organisation], cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parent", choices)
        self.helper: FormHelper = house_helper(submit=_("Move the organisation"), cancel=cancel)


class RoleChoice(forms.ModelChoiceField):
    """Roles in the programme's own words."""

    def label_from_instance(self, obj: Any) -> str:
        """The role's name in the reader's language."""
        return for_reader(obj.names, obj.programme.language)


class AddPersonForm(forms.Form):
    """Who, what and where; the rest may be left out."""

    name = LineField(label=_("Name"), help_text=_("First name first"))
    another = forms.BooleanField(label=_("Somebody else of the same name"), required=False)
    email = AddressField(
        label=_("E-mail"),
        required=False,
        help_text=_("Without an address the person cannot sign in and gets no mail. It can be added later."),
    )
    phone = LineField(label=_("Phone"), max_length=40, required=False)
    role = RoleChoice(label=_("Role"), queryset=ProgrammeRole.objects.none(), empty_label=_("Choose a role"))
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=_("Choose an organisation")
    )
    started_on = DayField(label=_("From"), help_text=_("The first day in this role"))
    planned_end_on = DayField(
        label=_("Until"), required=False, help_text=_("The first day without the role, if it is known already")
    )
    employment = forms.ChoiceField(label=_("Employment"), choices=Membership.Employment.choices, required=False)
    invite = forms.BooleanField(
        label=_("Send an invitation to sign in now"), required=False, help_text=_("The link lasts 14 days.")
    )

    def __init__(self, *args: Any, hat: Hat, cancel: str, namesake: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not namesake:
            del self.fields["another"]
        roles = ProgrammeRole.objects.filter(programme=hat.programme).select_related("programme").order_by("order")
        offer(self, "role", roles)
        offer(self, "organisation", Organisation.objects.filter(under(hat.paths, "path")))
        # Said once, below the last of them.
        say_readers(self, {"phone": contact_sentence(is_own=False)})
        self.helper: FormHelper = house_helper(submit=_("Add the person"), cancel=cancel)


class GiveRoleForm(forms.Form):
    """One more role for somebody who is known here."""

    role = RoleChoice(label=_("Role"), queryset=ProgrammeRole.objects.none(), empty_label=_("Choose a role"))
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=_("Choose an organisation")
    )
    started_on = DayField(label=_("From"), help_text=_("The first day in this role"))
    planned_end_on = DayField(
        label=_("Until"), required=False, help_text=_("The first day without the role, if it is known already")
    )

    def __init__(self, *args: Any, programme: Programme, paths: tuple[str, ...], cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = ProgrammeRole.objects.filter(programme=programme).select_related("programme").order_by("order")
        offer(self, "role", roles)
        offer(self, "organisation", Organisation.objects.filter(under(paths, "path")))
        self.helper: FormHelper = house_helper(submit=_("Give the role"), cancel=cancel)


class CorrectMembershipForm(forms.Form):
    """What was entered wrongly. The last day only where the role has ended."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())
    started_on = DayField(label=_("From"))
    ended_on = DayField(label=_("Ended on"), help_text=_("The first day without the role"))

    def __init__(
        self, *args: Any, membership: Membership, choices: QuerySet[Organisation], cancel: str, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        offer(self, "organisation", choices)
        if membership.ended_on is None:
            del self.fields["ended_on"]
        self.helper: FormHelper = house_helper(submit=_("Correct the role"), cancel=cancel)


class TermsForm(forms.Form):
    """In training or not, how employed, under which line manager: written as a name or an address."""

    in_training = forms.BooleanField(
        label=_("In training"),
        required=False,
        help_text=_("Has seats and places like everybody else, and decides nothing yet."),
    )
    employment = forms.ChoiceField(label=_("Employment"), choices=Membership.Employment.choices, required=False)
    manager = LineField(
        label=_("Line manager"),
        required=False,
        help_text=_("The name or e-mail address of somebody in your part of the network. Leave it empty for nobody."),
    )

    def __init__(self, *args: Any, paths: tuple[str, ...], programme: Programme, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.branch = people_in_branch(paths, programme)
        self.helper: FormHelper = house_helper(submit=_("Save the changes"), cancel=cancel)

    def clean_manager(self) -> User | None:
        """The one person of the branch who is meant; told here when it is nobody, or several."""
        typed: str = self.cleaned_data["manager"]
        if not typed:
            return None
        kept: User | None = self.initial.get("reports_to")
        if kept is not None and typed == self.initial["manager"]:
            return kept
        named = Q(email=normalise_email(typed)) if "@" in typed else Q(search_name=fold_for_search(typed))
        found = list(self.branch.filter(named)[:2])
        if not found:
            raise forms.ValidationError(
                _("Nobody in your part of the network has this name or address. Add them first, or leave it empty.")
            )
        if len(found) > 1:
            raise forms.ValidationError(_("Several people have this name. Write the e-mail address instead."))
        return found[0]


class EndMembershipForm(forms.Form):
    """The day from which the role is no longer held: past or today ends it, ahead plans it."""

    day = DayField(
        label=_("First day without the role"), help_text=_("A day ahead is planned, and the role ends by itself.")
    )

    def __init__(self, *args: Any, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper: FormHelper = house_helper(submit=_("End the role"), cancel=cancel)


class ContactForm(forms.Form):
    """Name, address and phone of somebody who has not signed in yet."""

    name = LineField(label=_("Name"))
    email = AddressField(label=_("E-mail"), required=False)
    phone = LineField(label=_("Phone"), max_length=40, required=False)

    def __init__(self, *args: Any, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_readers(self, {"phone": contact_sentence(is_own=False)})
        self.helper: FormHelper = house_helper(submit=_("Save the changes"), cancel=cancel)
