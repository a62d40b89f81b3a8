"""The home page: what should I do now?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import user
from certification.readers.home import ladders_of
from overview.context import frame_of
from overview.headline import today_line
from overview.readers.home import home_of


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Blocks by hat, in the order of time; strangers are led to the sign-in."""
    frame = frame_of(request)
    found = home_of(user(request), frame.all_hats, frame.counts)
    return render(request, "overview/home.html", {"home": found, "today": today_line(), "counts": frame.counts})


@require_safe
@login_required
def ladder(request: HttpRequest) -> HttpResponse:
    """The part of the home page about certificates: decisions that wait for me, and my own way.

    It asks as much of the database as a page, and comes after the rest; without scripts a link leads to it.
    """
    reader = user(request)
    decisions, ways = ladders_of(reader)
    context = {"decisions": decisions, "ways": ways}
    part = "overview/home/ladder.html" if request.headers.get("HX-Request") == "true" else "overview/ladder.html"
    return render(request, part, context)
