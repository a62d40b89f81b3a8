"""Wording of the sign-in library's forms: our labels and help, no placeholders, no help inside the fields."""

from typing import Any

from allauth.account import forms as library
from django import forms
from django.utils.translation import gettext_lazy as _


class PlainWording(forms.Form):
    """Takes labels and help from `wording` (field name: label, help) and drops placeholders."""

    wording: dict[str, tuple[Any, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.wording:
                field.label, field.help_text = self.wording[name]


NEW_PASSWORD = (_("New password"), _("At least ten characters. Several words in a row are easy to remember."))
AGAIN = (_("New password once more"), "")


class SignInForm(PlainWording, library.LoginForm):  # type: ignore[misc]  # the library is not typed
    """E-mail and password."""

    wording = {"login": (_("E-mail"), ""), "password": (_("Password"), "")}


class AskForPasswordForm(PlainWording, library.ResetPasswordForm):  # type: ignore[misc]
    """The address to which a link for a new password goes."""

    wording = {"email": (_("E-mail"), "")}


class NewPasswordForm(PlainWording, library.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, chosen by the link."""

    wording = {"password1": NEW_PASSWORD, "password2": AGAIN}


class ChangePasswordForm(PlainWording, library.ChangePasswordForm):  # type: ignore[misc]
    """A new password, chosen by somebody signed in."""

    wording = {"oldpassword": (_("Password you have now"), ""), "password1": NEW_PASSWORD, "password2": AGAIN}


class SetPasswordForm(PlainWording, library.SetPasswordForm):  # type: ignore[misc]
    """A first password."""

    wording = {"password1": NEW_PASSWORD, "password2": AGAIN}


class ConfirmForm(PlainWording, library.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something of weight."""

    wording = {"password": (_("Password"), "")}
