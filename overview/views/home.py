"""The home page: what should I do now?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Blocks by hat, in the order of time; strangers are led to the sign-in."""
    return render(request, "overview/home.html")
