"""A published version is frozen: a changed pack makes a new one, and old answers render and score as they did."""

import copy
from fractions import Fraction

import pytest
from django.urls import reverse

from accounts.models import User
from checklists.actions.install import install_checklists
from checklists.models import ChecklistVersion, Evaluation, Item
from checklists.readers.over_time import time_table
from checklists.readers.sheet import RELATED, sheet
from checklists.tests.factories import EvaluationFactory, answer_all
from programmes.shipped import load_pack, pack_path
from programmes.tests.factories import MembershipFactory, ProgrammeFactory, RoleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def related(one: Evaluation) -> Evaluation:
    return Evaluation.objects.select_related(*RELATED).get(pk=one.pk)


def current(programme) -> ChecklistVersion:
    return ChecklistVersion.objects.get(checklist__programme=programme, checklist__key="process", state="published")


def test_a_changed_pack_leaves_old_answers_whole(client):
    programme = ProgrammeFactory(key="dua")
    role = RoleFactory(programme=programme)
    person = MembershipFactory(role=role, person__language="en").person
    pack = load_pack(pack_path("dua"))
    install_checklists(programme=programme, pack=pack, by=User.objects.system())
    old = current(programme)
    one = answer_all(EvaluationFactory(version=old, person=person, thing="meeting:1"), *[1] * 28, *[0] * 5, "na")
    client.force_login(person)
    page = reverse("checklists:evaluation", args=[one.pk])
    before = client.get(page).content.decode()
    items = list(Item.objects.filter(section__version=old).order_by("pk").values())

    changed = copy.deepcopy(pack)
    process = next(checklist for checklist in changed["checklists"] if checklist["key"] == "process")
    section = process["sections"][0]
    section["items"][0]["text"] = dict.fromkeys(("en", "nb", "da"), "Worded anew")
    section["items"].append({"key": "setting_06", "text": dict.fromkeys(("en", "nb", "da"), "One more")})
    process["sections"][1]["items"].pop()
    assert install_checklists(programme=programme, pack=changed, by=User.objects.system()) == 1

    new = current(programme)
    old.refresh_from_db()
    assert (old.state, new.number) == ("retired", 2)
    assert list(Item.objects.filter(section__version=old).order_by("pk").values()) == items
    after = client.get(page).content.decode()
    assert "keeps its own wording" in after
    after = after.replace(" There is a newer one; this keeps its own wording.", "")
    assert _without_tokens(after) == _without_tokens(before)
    assert "Worded anew" not in after
    assert (sheet(related(one)).whole.total, sheet(related(one)).whole.answered) == (28, 33)

    two = answer_all(EvaluationFactory(version=new, person=person, thing="meeting:2"), *[0] * 34)
    table = time_table([related(one), related(two)])
    rows = dict(table.items)
    assert [bool(word) for _sheet, word in rows["Worded anew"]] == [True, True]
    assert [bool(word) for _sheet, word in rows["One more"]] == [False, True]
    assert len(table.sections) == 7


def test_changed_weights_make_a_new_version_and_leave_old_figures():
    programme = ProgrammeFactory(key="peer_training")
    person = MembershipFactory(role=RoleFactory(programme=programme)).person
    pack = load_pack(pack_path("peer_training"))
    install_checklists(programme=programme, pack=pack, by=User.objects.system())
    assert install_checklists(programme=programme, pack=pack, by=User.objects.system()) == 0

    def outcomes() -> ChecklistVersion:
        return ChecklistVersion.objects.get(checklist__key="learning_outcomes_form", state="published")

    # knowledge 5 (four items), skills 3 (five items), competence 1: 0.2 × 5 + 0.4 × 3 + 0.4 × 1 = 2.6
    values = [*[5] * 4, *[3] * 5, *[1] * 20]
    old = answer_all(EvaluationFactory(version=outcomes(), person=person, thing="person:1"), *values)
    changed = copy.deepcopy(pack)
    for area, weight in zip(changed["learning_outcomes"]["areas"], (60, 20, 20), strict=True):
        area["weight"] = weight
    assert install_checklists(programme=programme, pack=changed, by=User.objects.system()) == 1
    # 0.6 × 5 + 0.2 × 3 + 0.2 × 1 = 3.8
    new = answer_all(EvaluationFactory(version=outcomes(), person=person, thing="person:2"), *values)
    assert [sheet(related(one)).whole.value for one in (old, new)] == [Fraction(26, 10), Fraction(38, 10)]


def _without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)
