"""The messy sheet in a browser: read, asked about, answered, brought in, and people invited with a second yes."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from accounts.models import Invitation, User
from onboarding.models import ImportRun
from onboarding.tests.sheets import MESSY, network, top
from programmes.models import Membership
from tests.walk import Walker

pytestmark = [pytest.mark.browser]
NAMED = "Dramen kommune"


@pytest.fixture
def coordinator(open_page: Any) -> User:
    return top(network())


def test_the_messy_sheet_is_asked_about_answered_and_brought_in(open_page: Any, coordinator: User) -> None:
    page = Walker(open_page())
    page.page.set_default_timeout(60_000)  # the sheet is read and checked inside one request
    page.sign_in(str(coordinator.email), "long enough words").go("/import/")
    page.send(file=MESSY)
    assert NAMED in page.text
    assert Membership.objects.count() == 1, "nothing is saved before the yes"

    answers = page.page.locator("main form[action$='/answers/']")
    answers.locator("select[name='organisation-dramen_kommune']").select_option("name:drammen kommune")
    answers.locator("input[name='without']").check(force=True)
    answers.locator("button[type=submit]").click()
    page.page.wait_for_load_state()
    page.send("form[action$='/start/'] button")
    while ImportRun.objects.get().state == ImportRun.State.RUNNING:  # a tick gives an import twenty seconds
        call_command("send_due")
    page.page.reload()
    imported = Membership.objects.count() - 1
    assert imported > 50
    assert not Invitation.objects.exclude(person=coordinator).exists()

    page.follow("/invite/").send()
    while ImportRun.objects.get().invitations_waiting:
        call_command("send_due")
    call_command("send_due")
    letters = [letter for letter in mail.outbox if str(coordinator.email) not in letter.to[0]]
    assert len(letters) == Invitation.objects.exclude(person=coordinator).count() > 40
