"""Pages measured beside a bare signed-in page, in turn and in one process, so that the machine's noise falls on both.

One line a page: whose it is, its name and address, queries and their budget, the median in milliseconds (of it in the
database), and how many times the bare page that is. Then the certificate beside the bare drawing of the same HTML, in
a process of its own, as a worker draws it. What is over its budget is marked; the exit code is 1 when queries are, and
not for time, which is the machine's as much as ours.

    script/bench [--rounds 15] [--database URL] [--only WORD]

Needs a database with the demo (script/server makes one), or another in which every role is held by somebody.
"""

import argparse
import logging
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
RATIO = 3  # times the bare page
MARKS = {"queries": "OVER ITS QUERIES", "time": "over its time"}


def arguments():
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="script/bench", description="Pages as ratios to a bare page.")
    parser.add_argument("--rounds", type=int, default=15, help="how often each page is taken (default: 15)")
    parser.add_argument("--database", metavar="URL", help="measure this database; it is only read, but for sign-ins")
    parser.add_argument("--only", metavar="WORD", default="", help="pages and roles whose name holds this word")
    return parser.parse_args()


def prepare(database):
    """Django as it is in production, with each answer saying its queries and times."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ |= {"SERVER_TIMING": "1", "DEBUG": "0"}
    if database:
        os.environ["DATABASE_URL"] = database
    import django

    django.setup()
    logging.getLogger("django.request").setLevel(logging.CRITICAL)  # pages that are not open to somebody
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def signed_in(person):
    """A client of that person, as a browser would be."""
    from django.conf import settings
    from django.test import Client

    client = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0])
    client.force_login(person)
    return client


def taken(client, address):
    """(queries, milliseconds in the database, milliseconds in all) of one answer; None where it is not 200."""
    response = client.get(address)
    if response.status_code != 200:
        return None
    sql, app = response["Server-Timing"].split(", ")
    return int(sql.split('desc="')[1].split('"')[0]), float(sql.split("dur=")[1]), float(app.split("dur=")[1])


def measured(client, bare, address, rounds):
    """Queries, medians (database, all) of the page, and the ratio of all to the bare page, taken in turn."""
    taken(client, bare), taken(client, address)
    pairs = [(taken(client, bare), taken(client, address)) for _ in range(rounds)]
    page = [statistics.median(pair[1][part] for pair in pairs) for part in (1, 2)]
    return pairs[0][1][0], *page, page[1] / statistics.median(pair[0][2] for pair in pairs)


def opened(kind, membership, client, page):
    """(client, address) of the page, of the first person of the kind to whom one of it is open."""
    import bench_pages

    for one in page.addresses:
        if taken(client, one):
            return client, one
    for other in bench_pages.others(kind, membership):
        client = None
        same = next(one for one in bench_pages.pages(kind, other) if one.name == page.name)
        for one in same.addresses:
            client = client or signed_in(other.person)
            if taken(client, one):
                return client, one
    return None, None


def measure_page(client, bare, kind, membership, page, rounds):
    """Print the line of one page; True where its queries are over their budget."""
    client, address = opened(kind, membership, client, page)
    if address is None:
        print(f"{kind:<13} {page.name:<13} nothing of it is open here")
        return False
    queries, sql, whole, ratio = measured(client, bare, address, rounds)
    over = [MARKS["queries"]] * (queries > page.budget) + [MARKS["time"]] * (ratio > RATIO)
    print(
        f"{kind:<13} {page.name:<13} {queries:>3} of {page.budget:>2} queries {sql:7.1f} / {whole:7.1f} ms"
        f" {ratio:6.2f} x bare  {address:<44} {', '.join(over)}".rstrip(),
        flush=True,
    )
    return queries > page.budget


def main():
    """All pages, then the paper; 1 where queries are over their budget."""
    asked = arguments()
    prepare(asked.database)
    import bench_pages
    from django.urls import reverse

    bare, over = reverse(bench_pages.BARE), 0
    people = bench_pages.people()
    if not people:
        raise SystemExit("bench: nobody holds a role here. Start script/server once, it fills an empty database.")
    for kind, membership in people.items():
        client = signed_in(membership.person)
        for page in bench_pages.pages(kind, membership):
            if asked.only in f"{kind} {page.name}":
                over += measure_page(client, bare, kind, membership, page, asked.rounds)
    if asked.only in "certificate":
        subprocess.run([sys.executable, Path(__file__).with_name("bench_paper.py"), str(asked.rounds)], check=True)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
