"""A real worker brings a sheet in and invites its people: the two acts only say yes, in another process."""

from pathlib import Path

import pytest

from accounts.models import Invitation
from coaches.models import Placement
from onboarding.actions.import_read import answer_questions, look_at, store_preview
from onboarding.models import ImportRun
from onboarding.readers.import_runs import people_to_invite, progress_of
from onboarding.tests.sheets import MESSY, network, top
from programmes.models import Membership
from tests.workers import Worker, Workplace, read_mails

ANSWERS = {"organisation": {"dramen kommune": "name:drammen kommune"}, "supervisor": {"*": "none"}}
YES = """
from accounts.models import User
from onboarding.actions.import_steer import start_import
from onboarding.models import ImportRun
run = ImportRun.objects.get()
start_import(run=run, by=run.uploaded_by)
"""
SECOND_YES = """
from onboarding.actions.import_steer import invite_imported
from onboarding.models import ImportRun
from onboarding.readers.import_runs import people_to_invite
run = ImportRun.objects.get()
invite_imported(run=run, by=run.uploaded_by, expected=len(people_to_invite(run)))
"""


def state() -> str:
    """How far the import is."""
    return str(ImportRun.objects.get().state)


def comes_in_by_the_worker(workplace: Workplace) -> None:
    """Without beat: only the wakes after the two commits can have told the worker."""
    home = network()
    by = top(home)
    look = look_at(content=MESSY.read_bytes(), home=home, by=by)
    run = store_preview(look=look, filename=MESSY.name, home=home, by=by)
    ready = progress_of(answer_questions(run=run, answers=ANSWERS, by=by)).new
    with Worker(workplace, beat=False) as worker:
        workplace.run(YES)
        worker.wait_until(lambda: state() == "done", seconds=120, what="the rows are in")
        counts = progress_of(run)
        assert (counts.done, counts.failed) == (ready, 0)
        assert Membership.objects.count() > 50
        assert Placement.objects.exists()
        assert not Invitation.objects.exclude(person=by).exists(), "nobody is invited before the second yes"

        run.refresh_from_db()
        wanted = {row.person.email for row in people_to_invite(run) if row.person}
        workplace.run(SECOND_YES)
        worker.wait_until(lambda: invited(workplace) == wanted, seconds=120, what="everybody is invited")
    assert len(wanted) > 40


def invited(workplace: Workplace) -> set[str]:
    """Who of the sheet has got an invitation."""
    times = read_mails(workplace.mail).times
    assert set(times.values()) <= {1}
    return {email for email, kind in times if kind == "invitation" and not email.startswith("top@")}


@pytest.mark.serial
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_over_the_embedded_broker(tmp_path: Path) -> None:
    comes_in_by_the_worker(Workplace(tmp_path, "filesystem://"))
