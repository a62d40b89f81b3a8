"""Every address of the product, app by app."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path


def closed(request: HttpRequest) -> HttpResponse:
    """A page of the sign-in library that has no use here: addresses and accounts come by invitation."""
    raise Http404


# Operators sign in on the same page as everybody, with its limits.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("accounts/signup/", closed),
    path("accounts/email/", closed),
    path("accounts/confirm-email/", closed),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("", include("supervision.urls")),
    path("", include("overview.urls")),
    path("", include("programmes.urls")),
    path("", include("people.urls")),
    path("", include("notices.urls")),
    path("", include("coaches.urls")),
    path("", include("practice.urls")),
    path("", include("certification.urls")),
    path("", include("checklists.urls")),
    path("", include("onboarding.urls")),
]
