"""The command: the clean sheet whole, the messy one with a sentence for each bad cell, and never without a yes."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from accounts.models import AuditEvent, Invitation, User
from coaches.models import Placement
from onboarding.models import ImportRow, ImportRun
from onboarding.tests.sheets import MESSY, PEOPLE, csv_bytes, network
from programmes.models import Membership, Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.usefixtures("fjordnett")]

NONE_ROOM = "That is the limit. Bjørn Nilsen, Øyvind Hætta and Per Andersen nearby have room."
ROLES = "group leader, peer coach, mentor in training, mentor, trainer, local coordinator, manager or regional office"


def waits(name: str, row: int) -> str:
    return f"{name} is in row {row}, which cannot be imported as it stands. Settle row {row} first, or choose."


def not_mentor() -> str:
    return "Ánde Eriksen is group leader, and does not supervise anybody who is peer coach. That takes: mentor."


SAID = {
    "B10": "There is no address. The person is imported without, and can get no mail and not sign in until one is "
    "added.",
    "B11": "“jose.dahl at example.org” is not an e-mail address. Write it like this: jose.dahl@example.org, if that "
    "is what is meant.",
    "E13": "“gruppe-leder” is read as group leader.",
    "E14": f"“Superleder” is no role in Incredible Years (DUÅ). Write one of: {ROLES}.",
    "C16": "“Dramen kommune” is nearly the same as Drammen kommune. Say which is meant.",
    "F16": not_mentor(),
    "F17": waits("Ánde Dahl", 16),
    "A18": "This is a formula, and formulas are not worked out. Write the text itself.",
    "F20": "“ukjent.person@example.org” is neither in this sheet nor in your part of the network. Write the address "
    "of a supervisor who is, or choose.",
    "F21": not_mentor(),
    "A22": "This has 300 letters, 100 more than the 200 that fit. Shorten it.",
    "F25": not_mentor(),
    "F32": waits("Ánde Hætta", 14),
    "F33": waits("Hege Eira", 32),
    "F60": not_mentor(),
    "F64": "Ánde Dahl has 4 places, and all are taken (Mette Fjære, A18, Per Fjære and Amina Eriksen). " + NONE_ROOM,
    "A65": "Already there: row 8 says the same. This row is passed over.",
    "A68": "There is a line break in this cell. It is read as “Linje med linjeskift”.",
}


def counts() -> tuple[int, int, int, int]:
    models = (User, Membership, Placement, Organisation)
    return tuple(model.objects.count() for model in models)


def test_the_clean_sheet_comes_in_whole_and_twice_changes_nothing(capsys):
    network()
    call_command("import_people", str(PEOPLE))
    assert "118 rows imported, 0 failed, 0 there already, 0 left out." in capsys.readouterr().out
    before, trail = counts(), AuditEvent.objects.count()
    assert before == (120, 119, 90, 9)

    call_command("import_people", str(PEOPLE))

    assert "0 rows imported, 0 failed, 118 there already, 0 left out." in capsys.readouterr().out
    assert counts() == before
    new = AuditEvent.objects.order_by("-pk")[: AuditEvent.objects.count() - trail]
    assert {event.verb for event in new} == {"import.read", "import.started", "import.finished"}
    assert not Invitation.objects.exclude(person__email__startswith="top@").exists()


def test_supervisors_may_stand_below(tmp_path):
    network()
    lines = PEOPLE.read_text().splitlines()
    upside_down = tmp_path / "people.csv"
    upside_down.write_text("\n".join([lines[0], *reversed(lines[1:])]))
    call_command("import_people", str(upside_down))
    assert counts() == (120, 119, 90, 9)


def test_a_dry_run_writes_nothing(capsys):
    network()
    before = counts(), AuditEvent.objects.count()
    call_command("import_people", str(PEOPLE), dry_run=True)
    assert "118 rows: 118 new, 0 there already, 0 to look at." in capsys.readouterr().out
    assert (counts(), AuditEvent.objects.count()) == before
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("language", ["en", "nb"])
def test_each_bad_row_of_the_messy_sheet_is_explained(capsys, language):
    network()
    with translation.override(language), pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_people", str(MESSY))
    said = {}
    for line in capsys.readouterr().out.splitlines():
        cell, colon, sentence = line.partition(": ")
        if colon:
            said.setdefault(cell, []).append(sentence)
    assert {cell: said[cell][-1] for cell in SAID} == SAID
    notes = {"F26": "“Ánde Dahl” is read as Ánde Dahl (ande.dahl@example.org)."}
    assert {cell: said[cell][0] for cell in notes} == notes
    assert counts()[1] == 1


def test_after_a_yes_the_clear_rows_come_in(capsys):
    network()
    call_command("import_people", str(MESSY), yes=True)
    assert "32 rows imported, 0 failed, 1 there already, 31 left out." in capsys.readouterr().out
    names = set(User.objects.values_list("name", flat=True))
    assert {"Liv Sørensen", "Piotr Fjære", "Linje med linjeskift", "Lars Sæther"} <= names
    assert not names & {"José Dahl", "Ánde Hætta", "Jan Hansen"}
    assert User.objects.filter(name="Łukasz Olsen").count() == 2
    assert User.objects.get(name="Nguyen O'Brien").email == "nguyen.obrien@example.org"
    assert User.objects.get(name="Piotr Fjære").email is None


def test_invitations_leave_only_when_asked_for(capsys, tmp_path):
    network()
    sheet = tmp_path / "two.csv"
    sheet.write_bytes(csv_bytes("Per A,p@example.org,Alta,dua,mentor,", "Kari B,,Alta,dua,mentor,"))
    call_command("import_people", str(sheet))
    assert "--invite to send 1 invitations" in capsys.readouterr().out
    call_command("import_people", str(sheet), invite=True)
    assert "1 invitations are on their way." in capsys.readouterr().out
    assert Invitation.objects.filter(person__name="Per A").count() == 1
    call_command("import_people", str(sheet), invite=True)
    assert not re.search("invitation", capsys.readouterr().out)


def test_a_file_that_is_not_there_or_no_list(tmp_path):
    network()
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_people", str(tmp_path / "none.csv"))
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0rest")
    with pytest.raises(CommandError, match=r"old Excel file \(.xls\)"):
        call_command("import_people", str(tmp_path / "old.xls"))
    assert not ImportRow.objects.exists()
