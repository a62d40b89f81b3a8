"""Mail as files."""

import email
import email.policy
import re
from contextlib import suppress

import pytest
from django.core.mail import EmailMessage

from notices.mail_files import EmailBackend


def mail(subject: str = "Torsdag kl. 13.00: møte", to: str = "Ada Å <ada@example.org>") -> EmailMessage:
    return EmailMessage(subject, "Hei på deg", "us@example.org", [to])


def test_each_mail_is_a_file_that_a_mail_program_opens(tmp_path) -> None:
    assert EmailBackend(file_path=str(tmp_path / "mail")).send_messages([mail()]) == 1
    (path,) = (tmp_path / "mail").iterdir()
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert message["Subject"] == "Torsdag kl. 13.00: møte"
    assert message.get_content().strip() == "Hei på deg"


def test_its_name_says_when_to_whom_and_about_what(tmp_path) -> None:
    EmailBackend(file_path=str(tmp_path)).send_messages([mail()])
    (path,) = tmp_path.iterdir()
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{6}-ada-example-org-torsdag-kl-13-00-mote-[0-9a-f]{4}\.eml", path.name
    )


def test_the_same_mail_twice_is_two_files(tmp_path) -> None:
    EmailBackend(file_path=str(tmp_path)).send_messages([mail(), mail()])
    assert len(list(tmp_path.glob("*.eml"))) == 2


@pytest.mark.parametrize("to", ["../../etc/passwd", "a/b@example.org", "\x00@x", "x" * 300])
def test_no_address_leaves_the_folder(tmp_path, to) -> None:
    folder = tmp_path / "mail"
    with suppress(ValueError):  # or the address itself is refused
        EmailBackend(file_path=str(folder)).send_messages([mail("../..//x", to)])
    assert [path.name for path in tmp_path.iterdir()] == ["mail"]
