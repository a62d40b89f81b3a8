"""Addresses of the sign-in pages that have a form; the rest of the library's own addresses follow in config."""

from django.urls import path, re_path

from accounts.views import sign_in

urlpatterns = [
    path("login/", sign_in.sign_in, name="account_login"),
    path("password/reset/", sign_in.ask_for_password, name="account_reset_password"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign_in.new_password,
        name="account_reset_password_from_key",
    ),
    path("password/change/", sign_in.change_password, name="account_change_password"),
    path("password/set/", sign_in.set_password, name="account_set_password"),
    path("reauthenticate/", sign_in.confirm, name="account_reauthenticate"),
]
