"""Pages measured beside a bare signed-in page, in turn and in one process, so that the machine's noise falls on both.

One line a page: who looks, the address, queries, the median in milliseconds, and how many times the bare page that is.
Needs the demo (script/server makes it). `script/bench ROUNDS` says how often each page is taken, 15 by default.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["SERVER_TIMING"] = "1"

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402

BARE = "account_change_password"  # a form, the frame, a session and a person: nothing else
PAGES = {
    "coordinator": ["home", "overview:home", "overview:coverage", "overview:trail", "programmes:organisations"],
    "mentor": ["home", "overview:home"],
    "peer_coach": ["home", "overview:home"],
    "group_leader": ["home", "overview:home"],
}


def signed_in(email):
    """A client of that person, as a browser would be."""
    client = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0])
    client.force_login(get_user_model().objects.get(email=email))
    return client


def taken(client, address):
    """Seconds and queries of one answer; other than 200 is an error of the measurement."""
    start = time.perf_counter()
    response = client.get(address)
    seconds = time.perf_counter() - start
    if response.status_code != 200:
        raise SystemExit(f"bench: {address} answered {response.status_code}")
    return seconds, int(response["Server-Timing"].split('desc="')[1].split('"')[0])


def measured(client, address, rounds):
    """Medians of the page and of the bare page, taken in turn after one warm-up each; and the page's queries."""
    bare = reverse(BARE)
    taken(client, bare)
    queries = taken(client, address)[1]
    pairs = [(taken(client, bare)[0], taken(client, address)[0]) for _ in range(rounds)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs), queries


def addresses(names):
    """Those of the named pages that there are."""
    for name in names:
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


def main(arguments):
    """One line for each page of each role of the first demo network."""
    rounds = int(arguments[0]) if arguments else 15
    demo = Path(settings.VAR_DIR) / "demo.json"
    if not demo.exists():
        raise SystemExit("bench: there is no demo here. Start script/server once.")
    for account in json.loads(demo.read_text())["networks"][0]["accounts"]:
        client = signed_in(account["email"])
        for address in dict.fromkeys(addresses(PAGES.get(account["role"], ["home", "overview:home"]))):
            bare, page, queries = measured(client, address, rounds)
            print(
                f"{account['role']:<16} {address:<40} {queries:>3} queries {page * 1000:6.1f} ms"
                f" {page / bare:5.2f} x bare"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
