"""Two imports of one file at the same moment: everybody is made once."""

import threading

import pytest
from django.db import connections

from accounts.models import User
from onboarding.actions.import_work import work_through
from onboarding.models import ImportRow, ImportRun
from onboarding.tests.sheets import csv_bytes, network
from onboarding.tests.test_import_work import begin, few
from programmes.models import Membership, Organisation

pytestmark = pytest.mark.both


@pytest.mark.serial
@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_at_the_same_moment_make_everybody_once() -> None:
    content = csv_bytes("Uten Adresse,,Alta,dua,mentor,", *few(12).decode().splitlines()[1:])
    home = network()
    runs = [begin(home, content) for _ in range(2)]
    gate, failed = threading.Barrier(2), []

    def work(run: ImportRun) -> None:
        try:
            gate.wait()
            while run.rows.filter(state__in=["ready", "joined"]).exists():
                work_through(run_id=run.pk)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[run]) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert Membership.objects.count() == 1 + 14
    assert User.objects.filter(name="Uten Adresse").count() == 1
    states = [row.state for row in ImportRow.objects.all()]
    assert (states.count("done"), states.count("same")) == (14, 14)
    assert Organisation.objects.filter(name="Alta").count() == 1
