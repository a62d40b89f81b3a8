"""Sheets for tests: the two that ship beside the suite, and small ones made on the spot."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import openpyxl
from django.conf import settings
from django.core.management import call_command

from accounts.models import User
from accounts.tests.factories import PersonFactory
from programmes.models import Organisation, ProgrammeRole
from programmes.tests.factories import MembershipFactory

DATA = Path(settings.BASE_DIR) / "tests" / "data"
PEOPLE, MESSY = DATA / "people.csv", DATA / "nettverk-rotete.xlsx"
HEADINGS = ("name", "email", "organisation", "programme", "role", "supervisor")


def csv_bytes(*rows: str, headings: str = ",".join(HEADINGS)) -> bytes:
    """A CSV file of these lines under the headings."""
    return "\n".join((headings, *rows)).encode()


def xlsx_bytes(rows: Iterable[Sequence[object]], headings: Sequence[str] = HEADINGS) -> bytes:
    """An XLSX file of these rows under the headings."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (headings, *rows):
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def network(name: str = "Fjordnett", programme: str = "dua") -> Organisation:
    """A network with a shipped programme, the file's own where it has one; its coordinator is top@<name>.example."""
    if there := Organisation.objects.networks().filter(name=name, programmes__key=programme).first():
        return there
    email = f"top@{name.lower()}.example"
    call_command("create_network", name, coordinator=email, verbosity=0)
    call_command("install_programme", programme, organisation=name, verbosity=0)
    return Organisation.objects.get(name=name)


def top(home: Organisation) -> User:
    """The network's top coordinator, who can sign in."""
    person = home.first_coordinator
    assert person is not None
    person.set_password("long enough words")
    person.save(update_fields=["password"])
    return person


def member(home: Organisation, role: str, **person: object) -> User:
    """Somebody more with a role of the network's programme."""

    somebody = PersonFactory(**person)
    found = ProgrammeRole.objects.get(programme__network__path=home.network_path, key=role)
    MembershipFactory(person=somebody, role=found, organisation=home)
    return somebody
