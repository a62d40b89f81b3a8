"""How often a page asks the database, counted as a browser meets it: signed in, not on the first visit."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

LIST, COMPOSED = 8, 12  # the budgets: a list, and a page that is composed of several blocks


def queries_of(client: Client, address: str) -> int:
    """The number of queries of one GET that answers 200. The first visit is left out: it stamps the session."""
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(address)
    return len(asked)
