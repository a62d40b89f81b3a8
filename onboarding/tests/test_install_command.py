"""The commands that start a network and install a programme: what they do, and the sentences of refusal."""

import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Invitation
from accounts.tests.factories import PersonFactory
from programmes.models import Membership, Organisation, Programme

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def start(name: str = "Fjordnett", email: str = "Kari@Example.org") -> None:
    call_command("create_network", name, coordinator=email)


def test_network_and_programme(capsys: pytest.CaptureFixture[str]) -> None:
    start()
    call_command("install_programme", "kollegaveiledning", language="da")
    call_command("install_programme", "kollegaveiledning")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "The network Fjordnett is made. Its coordinator kari@example.org is invited by e-mail."
    assert lines[2].endswith(
        "is installed in Fjordnett, with versions of: rules 4, agendas 1, checklists 5, tracks 2."
    )
    assert lines[3].endswith("is up to date in Fjordnett; nothing was changed.")
    assert Programme.objects.get().language == "da"
    assert Organisation.objects.get().path == f"{Organisation.objects.get().pk:06d}/"
    assert Membership.objects.get().role.key == "unit_manager"


def test_first_coordinator_is_mailed_a_link_that_works(client: Client) -> None:
    start()
    call_command("send_due")
    [letter] = mail.outbox
    assert letter.to == ['"kari@example.org" <kari@example.org>']
    text = str(letter.body)
    assert "Fjordnett" in text
    link = re.search(r"http\S+(/invitation/\S+/)", text)
    assert link
    assert client.get(link[1]).status_code == 200


def test_a_danish_network_begins_in_danish() -> None:
    call_command("create_network", "Peernetværk", coordinator="jytte@example.org", language="da")
    call_command("send_due")
    assert mail.outbox[0].subject == "Du er inviteret til Peernetværk"


def test_a_network_of_nearly_the_same_name_is_asked_about() -> None:
    start("Rå nettverk")
    with pytest.raises(CommandError, match="called Rå nettverk, which is nearly the same.*--another"):
        start("Ra nettverk", "ole@example.org")
    with pytest.raises(CommandError, match="already a network with the name RÅ NETTVERK"):
        call_command("create_network", "RÅ  NETTVERK", coordinator="ole@example.org", another=True)
    call_command("create_network", "Ra nettverk", coordinator="ole@example.org", another=True)
    assert [network.name for network in Organisation.objects.networks().order_by("pk")] == [
        "Rå nettverk",
        "Ra nettverk",
    ]
    with pytest.raises(CommandError, match="There is no network “Raa nettverk”"):
        call_command("install_programme", "peer_coaching", organisation="Raa nettverk")


def test_somebody_who_signs_in_already_is_not_invited(capsys: pytest.CaptureFixture[str]) -> None:
    PersonFactory(email="kari@example.org")
    start()
    assert "Its coordinator kari@example.org signs in already." in capsys.readouterr().out
    assert not Invitation.objects.exists()


def test_network_is_found_by_its_name() -> None:
    start()
    start("Elvenett", "ole@example.org")
    call_command("install_programme", "peer_coaching", organisation="elvenett")
    assert Programme.objects.get().network.name == "Elvenett"


REFUSALS = [
    (
        ["kollega"],
        {},
        "There is no programme “kollega”. Choose one of these: dua, kollegaveiledning, peer_training, p",
    ),
    (["../dua"], {}, "There is no programme “../dua”."),
    (["dua"], {}, "There are several networks: Elvenett, Fjordnett. Say which with --organisation."),
    (["dua"], {"organisation": "Havnett"}, "There is no network “Havnett”. There is: Elvenett, Fjordnett."),
]


@pytest.mark.parametrize(("arguments", "options", "sentence"), REFUSALS)
def test_refusals(arguments: list[str], options: dict[str, str], sentence: str) -> None:
    start()
    start("Elvenett", "ole@example.org")
    with pytest.raises(CommandError) as refusal:
        call_command("install_programme", *arguments, **options)
    assert sentence in str(refusal.value)
    assert not Programme.objects.exists()


def test_no_network_yet() -> None:
    with pytest.raises(CommandError, match="There is no network yet. Make one first: manage.py create_network NAME"):
        call_command("install_programme", "dua")


@pytest.mark.parametrize(
    ("name", "email", "sentence"),
    [
        ("FJORDNETT", "ole@example.org", "There is already a network with the name FJORDNETT. Choose another name."),
        (" ", "ole@example.org", "Give the network a name."),
        ("Elvenett", "", "Give the e-mail address of the first coordinator."),
        ("Elvenett", "ole", "This is not an e-mail address. Write it like this: name@example.org"),
    ],
)
def test_network_refused(name: str, email: str, sentence: str) -> None:
    start()
    with pytest.raises(CommandError, match=sentence):
        start(name, email)
    assert Organisation.objects.count() == 1
