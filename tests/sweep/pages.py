"""Every page that an address can show: as each person who may see it, what its links lead each of them to, and what
comes back for each of its forms sent empty, odd and as it stands. What a press of a button did is rolled back."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client
from lxml import html

from tests.sweep.shape import part, shape_of, without_numbers
from tests.sweep.typing_in import answers, forms_of, is_filled_in, is_posted, wrong_answers

VISITOR = "a visitor"


@dataclass(frozen=True)
class Shown:
    """One page as one person gets it; `how` is what was done on the page before it, `new_frame` whether what stands
    around it has not been looked at; `parts` are what htmx asks for as soon as the page is there, by address."""

    who: str
    address: str
    response: Any
    how: str = ""
    new_frame: bool = True
    parts: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.who} {self.address}{f' ({self.how})' if self.how else ''}"


@dataclass(frozen=True)
class Claims:
    """What is dealt with once in a run, however many processes it has: who claims it first deals with it. A claim is
    an empty file of its own in a folder that the processes share."""

    folder: Path

    def first(self, *what: Hashable) -> bool:
        """Whether nobody has claimed it before."""
        try:
            (self.folder / sha256(repr(what).encode()).hexdigest()).open("x").close()
        except FileExistsError:
            return False
        return True


@dataclass
class Pages:
    """Pages that differ from all before them in more than texts and numbers; with `every`, each page as each person,
    and what their forms answer where it differs."""

    claims: Claims
    every: bool = False

    def of(self, address: str, people: Iterable[tuple[str, Client]]) -> Iterator[Shown]:
        """What these people find at the address; a redirect is followed once."""
        for who, client in people:
            response = followed(client, client.get(address))
            yield from self.found(Shown(who, address_of(response), response), client)
            for link in self.links(who, response):
                yield from self.found(Shown(who, link, client.get(link)), client)

    def links(self, who: str, response: Any) -> Iterator[str]:
        """Where the page leads this person: the first row of each kind (all kinds of sessions, checklists, people)."""
        page = read(response)
        for link in page.xpath("//main//a/@href") if page is not None else ():
            path = str(link).partition("#")[0]
            kind = without_numbers(path)
            if path.startswith("/") and kind != path and self.is_wanted(who, kind):
                yield path

    def found(self, shown: Shown, client: Client) -> Iterator[Shown]:
        """The page, when it is new, and what its forms answer."""
        page = read(shown.response)
        if page is None:
            return
        parts = with_parts(page, client)
        shape = shape_of(page)
        new_frame, new = self.claims.first("frame", shape.frame), self.claims.first("page", shape.own)
        if new_frame or new or (self.every and not shown.how):
            yield replace(shown, new_frame=new_frame, parts=parts)
        if not shown.how:
            yield from self.answered(shown, client, page)

    def is_wanted(self, who: str, kind: str) -> bool:
        """Whether this person has not been led to enough pages of the kind."""
        return any(self.claims.first("link", who, kind, number) for number in range(3 if self.every else 1))

    def answered(self, shown: Shown, client: Client, page: html.HtmlElement) -> Iterator[Shown]:
        """What the forms answer; forms of one shape at one kind of address are sent once."""
        for form in forms_of(page):
            if not self.claims.first("form", without_numbers(shown.address), part(form)):
                continue
            for number, response in enumerate(undone(answers(client, form, shown.address))):
                response = followed(client, response)
                how = ("sent empty", "sent odd")[number] if number < 2 else "sent as it stood"
                yield from self.found(Shown(shown.who, address_of(response), response, how), client)


def sent_back(client: Client, response: Any) -> Iterator[Any]:
    """What comes back for each form of the page with something to fill in, posted empty and odd; forms of one shape
    (the rows of a table) once. Forms that are a button alone are acts, done in `test_acts.py`; searches are in
    `test_search.py`."""
    page, sent = read(response), set()
    here = address_of(response)
    for form in forms_of(page) if page is not None else ():
        shape = (without_numbers(form.get("action") or ""), part(form))
        if shape not in sent and is_posted(form) and is_filled_in(form):
            sent.add(shape)
            yield from undone(wrong_answers(client, form, here))


def undone(acts: Iterator[Any]) -> Iterator[Any]:
    """Each of the acts in a savepoint that is rolled back when its answer has been dealt with."""
    while True:
        with rolled_back():
            try:
                answer = next(acts)
            except StopIteration:
                return
            yield answer


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def followed(client: Client, response: Any) -> Any:
    """The page behind a redirect of ours."""
    if response.status_code in (302, 303) and response["Location"].startswith("/"):
        return client.get(response["Location"])
    return response


def address_of(response: Any) -> str:
    """Where the answer was asked for."""
    return str(response.wsgi_request.get_full_path())


def read(response: Any) -> html.HtmlElement | None:
    """A whole page; None for redirects, files and parts."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return None
    page = html.document_fromstring(response.content.decode()) if response.content.strip() else None
    return page if page is not None and page.find(".//main") is not None else None


def with_parts(page: html.HtmlElement, client: Client) -> dict[str, Any]:
    """Put into the page what htmx asks for as soon as it is there; returns the answers by address."""
    parts = {}
    for place in page.xpath("//*[@hx-get and @hx-trigger='load']"):
        answer = parts[place.get("hx-get")] = client.get(place.get("hx-get"), headers={"HX-Request": "true"})
        place.extend(html.fragments_fromstring(answer.content.decode(), no_leading_text=True))
    return parts
