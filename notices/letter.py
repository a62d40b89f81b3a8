"""What a mail says, as a value: written once, drawn as text and as HTML by `templates/mail/base.*`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """An address on our own site, and what it is for."""

    # Imperative with an object: "Write my question".
    label: str
    # As `reverse` gives it ("/sessions/7/"); the engine puts SITE_URL in front.
    path: str

    def __post_init__(self) -> None:
        if not self.path.startswith("/") or self.path.startswith("//"):
            raise ValueError(f"a mail links to our own pages only, not to {self.path!r}")


@dataclass(frozen=True)
class Letter:
    """The words of one mail, in the language active when it was made.

    It says that something waits, and where. Never what was said, asked, set as a goal or written as feedback: a mail
    is read over shoulders. Plain text throughout: markup in a name or a place shows as it was typed.
    """

    # Heading and subject: what it is about, short ("Thursday at 13:00: your session").
    title: str
    # Whole sentences, each a paragraph, after "Hello Jonas,", which is put in front.
    paragraphs: tuple[str, ...]
    # One sentence: why this mail came.
    why: str
    # The one thing to do.
    action: Link | None = None
    # Other ways to go on ("Say that you cannot come").
    links: tuple[Link, ...] = ()
    # Smaller print below.
    notes: tuple[str, ...] = ()
    # The line that mail programs show beside the subject.
    preheader: str = ""
    # Programme and organisation, under the product's name.
    place_line: str = ""
    # Where the subject differs from the heading.
    subject: str = ""
