"""A person in a browser who signs in, fills in the form that is shown and presses its button; for the journeys.

Nothing here reads a word of the page: the same journey works in each language.
"""

from __future__ import annotations

import re
from typing import Any

from django.core import mail

from onboarding.demo.cast import PASSWORD


class Walker:
    """One visitor's page, and the forms in it."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def sign_in(self, email: str, password: str = PASSWORD) -> Walker:
        """By the page, as everybody does."""
        self.page.goto("/accounts/login/")
        self.send(login=email, password=password)
        return self

    def go(self, path: str) -> Walker:
        """Open an address; it must be there."""
        answer = self.page.goto(path)
        assert answer.status == 200, f"{path}: {answer.status}"
        return self

    def follow(self, address: str) -> Walker:
        """Press the first link whose address ends so, or matches as a pattern of Playwright's `*=`."""
        self.page.locator(f"main a[href*='{address}']:visible").first.click()
        self.page.wait_for_load_state()
        return self

    def fill(self, **fields: Any) -> Walker:
        """Write into fields by the name or the end of it: text, a choice's value, or True for a box."""
        for name, value in fields.items():
            found = self.page.locator(f"main [name='{name}']")
            found = found if found.count() else self.page.locator(f"main [name$='{name}']")
            assert found.count(), f"{self.page.url} has no field {name}: {self.names()}"
            self._set(found, value)
        return self

    def _set(self, found: Any, value: Any) -> None:
        kind = found.first.evaluate("field => field.type")
        if kind == "radio":
            chosen = next(one for one in found.all() if one.get_attribute("value") == str(value))
            chosen.check(force=True)
        elif kind == "checkbox":
            for box in found.all():
                box.set_checked(value is True or box.get_attribute("value") in value, force=True)
        elif kind.startswith("select"):
            found.first.select_option(str(value))
        elif kind == "file":
            found.first.set_input_files(value)
        else:
            found.first.fill(str(value))

    def send(self, press: str = "button.btn-primary[type=submit]", **fields: Any) -> Walker:
        """Fill in, press the form's button; the next page must not be the same form with errors."""
        self.fill(**fields)
        form = self.page.locator("main form") if fields else self.page.locator("main")
        if fields:
            form = form.filter(has=self.page.locator(f"[name$='{next(iter(fields))}']"))
        with self.page.expect_navigation():
            form.first.locator(press).first.click()
        wrong = self.page.locator("main .error-summary")
        assert not wrong.count(), wrong.first.inner_text()
        return self

    def names(self) -> list[str]:
        """The fields of the page, for saying what is there."""
        return self.page.eval_on_selector_all("main [name]", "all => [...new Set(all.map(one => one.name))]")

    def unfold(self) -> Walker:
        """Open whatever is folded."""
        self.page.eval_on_selector_all("main details", "all => all.forEach(one => one.open = true)")
        return self

    @property
    def text(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()

    @property
    def number(self) -> int:
        """The last number in the address."""
        return int(re.findall(r"/(\d+)/", self.page.url)[-1])


def letters(to: str) -> list[Any]:
    """The messages to this address, oldest first."""
    return [one for one in mail.outbox if to in one.to[0]]


def calendar_of(letter: Any) -> str:
    """The calendar file in a message, with folded lines made whole."""
    parts = [part for part in letter.message().walk() if part.get_content_type() == "text/calendar"]
    return parts[0].get_payload(decode=True).decode().replace("\r\n ", "")
