"""Sessions as things that a checklist is about: only those one was in."""

import pytest
import time_machine

from checklists.actions.install import install_checklists
from checklists.models import ChecklistVersion
from checklists.occasions import occasions
from checklists.readers.choices import choices
from checklists.subjects import Where
from programmes.shipped import load_pack, pack_path
from supervision.models import SupervisionSession
from supervision.tests.factories import NOW, THURSDAY, stage_of

pytestmark = pytest.mark.django_db


def test_a_session_is_offered_to_those_who_were_in_it():
    with time_machine.travel(NOW, tick=False):
        stage = stage_of("kollegaveiledning")
        silje = stage.member("supervisor", name="Silje Vik")
        arne, stranger = stage.member("supervisee"), stage.member("supervisee")
        held = stage.session("weekly_hour", silje, [arne], state=SupervisionSession.State.FINISHED)
        stage.session("weekly_hour", silje, [arne], at=THURSDAY.replace(month=12))
        (one,) = occasions(Where.SESSION, silje, stage.programme)
        assert (one.thing, one.day, one.people) == (f"session:{held.pk}", THURSDAY.date(), (silje.pk,))
        assert [found.thing for found in occasions(Where.SESSION, arne, stage.programme)] == [one.thing]
        assert occasions(Where.SESSION, stranger, stage.programme) == []
        install_checklists(programme=stage.programme, pack=load_pack(pack_path("kollegaveiledning")), by=silje)
        form = ChecklistVersion.objects.get(checklist__programme=stage.programme, checklist__key="form_quality")
        first = choices(silje, form)[0]
        assert (first.value, first.day) == (f"person:{silje.pk} {one.thing}", THURSDAY.date())
