"""A notice as a mail."""

import email
import email.policy

import pytest

from notices import kinds
from notices.actions.write import write_notice
from notices.letter import Letter, Link
from notices.mail import compose, greeting

pytestmark = pytest.mark.django_db
CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def read(noon, kind, ada):
    """Composes the mail of a kind and reads it back as a mail program would."""

    def compose_and_read(recipient=ada, **values):
        notice = write_notice(kind=kind(**values).key, subject="session:7", recipient=recipient)
        raw = compose(notice, kinds.get("test")).message().as_bytes()
        return email.message_from_bytes(raw, policy=email.policy.default)

    return compose_and_read


def parts(message):
    return [part.get_content_type() for part in message.walk() if not part.is_multipart()]


def test_text_and_html_say_the_same_with_whole_addresses(read) -> None:
    message = read()
    assert parts(message) == ["text/plain", "text/html"]
    for kind_of_text in ("plain", "html"):
        text = message.get_body((kind_of_text,)).get_content()
        assert "Hello Ada," in text
        assert "Something waits." in text
        assert "http://127.0.0.1:8000/waiting/" in text
        assert "You get this because it waits." in text


def test_headers(read, ada) -> None:
    message = read()
    assert message["Subject"] == "About session:7"
    assert message["To"].addresses[0].addr_spec == "ada@example.org"
    assert message["To"].addresses[0].display_name == "Ada Å. Lie"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] == "Wed, 25 Nov 2026 12:00:00 +0000"
    assert message["Message-ID"] == ada.notices.get().message_id


def test_the_same_row_makes_the_same_bytes(noon, kind, ada) -> None:
    kind(attachment=lambda notice: kinds.Attachment("session.ics", CALENDAR, "text/calendar", "REQUEST"))
    notice = write_notice(kind="test", subject="session:7", recipient=ada)
    one = compose(notice, kinds.get("test")).message().as_bytes()
    noon.shift(3600)
    assert compose(notice, kinds.get("test")).message().as_bytes() == one


def test_a_calendar_file_is_a_part_that_calendars_read_and_a_file_to_open(read) -> None:
    message = read(attachment=lambda notice: kinds.Attachment("session.ics", CALENDAR, "text/calendar", "REQUEST"))
    assert parts(message) == ["text/plain", "text/html", "text/calendar", "application/ics"]
    calendar = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    assert calendar.get_param("method") == "REQUEST"
    (file,) = message.iter_attachments()
    assert file.get_filename() == "session.ics"
    assert file.get_content() == CALENDAR


def test_another_file_is_attached_as_it_is(read) -> None:
    message = read(attachment=lambda notice: kinds.Attachment("certificate.pdf", b"%PDF-1.7", "application/pdf"))
    (file,) = message.iter_attachments()
    assert (file.get_content_type(), file.get_filename()) == ("application/pdf", "certificate.pdf")


def test_no_file_this_time(read) -> None:
    assert parts(read(attachment=lambda notice: None)) == ["text/plain", "text/html"]


FORGED = 'Eve\r\nBcc: all@example.org\u2028X: y\u0085Z: w\x00, <script>"x"</script>'


def test_no_name_forges_a_header(read, ada) -> None:
    ada.name = FORGED
    message = read(
        recipient=ada,
        letter=lambda notice: Letter(title=FORGED, paragraphs=(FORGED,), why=""),
        reply_to=lambda notice: (FORGED, "eve@example.org"),
    )
    assert message["Bcc"] is None
    assert {name.lower() for name in message} == {
        *("content-type", "mime-version", "subject", "from", "to", "reply-to", "message-id", "date"),
        *("auto-submitted", "x-notice-kind"),
    }
    assert [one.addr_spec for one in message["To"].addresses] == ["ada@example.org"]
    assert [one.addr_spec for one in message["Reply-To"].addresses] == ["eve@example.org"]
    assert "\n" not in message["Subject"]


def test_markup_in_a_name_is_shown_as_typed(read) -> None:
    message = read(letter=lambda notice: Letter(title="<b>", paragraphs=("<script>alert(1)</script> & co",), why=""))
    assert "<script>alert" not in message.get_body(("html",)).get_content()
    assert "<script>alert(1)</script> & co" in message.get_body(("plain",)).get_content()


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_a_letter_links_to_our_own_pages_only(path) -> None:
    with pytest.raises(ValueError, match="our own pages"):
        Link("Open", path)


@pytest.mark.parametrize(("name", "words"), [("ada@example.org", "Hello,"), ("", "Hello,"), ("Ada Lie", "Hello Ada,")])
def test_the_greeting(ada, name, words) -> None:
    ada.name = name
    assert greeting(ada) == words


def test_other_links_follow(read) -> None:
    links = (Link("Say that you cannot come", "/absent/"),)
    message = read(letter=lambda notice: Letter(title="t", paragraphs=(), why="", links=links))
    assert "Say that you cannot come:\nhttp://127.0.0.1:8000/absent/" in message.get_body(("plain",)).get_content()
    assert ">Say that you cannot come</a>" in message.get_body(("html",)).get_content()


def test_the_letter_is_written_in_the_rows_language(read, bo) -> None:
    spoken = []

    def letter(notice):
        from django.utils.translation import get_language

        spoken.append(get_language())
        return Letter(title="t", paragraphs=(), why="")

    assert 'lang="da"' in read(recipient=bo, letter=letter).get_body(("html",)).get_content()
    assert spoken == ["da"]
