"""What a record offers to look at: instruments that fit the rule, checklists with their scores once both are in."""

import datetime as dt

import pytest
from django.urls import reverse

from checklists.models import Answer, ChecklistVersion, Evaluation
from supervision.tests.factories import NOW, stage_of
from supervision.tests.pages import hold, record_form

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def stage():
    return stage_of("dua", checklists=True)


def rate(stage, rater, person, value, *, thing="meeting:1"):
    version = ChecklistVersion.objects.get(checklist__programme=stage.programme, checklist__key="process")
    found = Evaluation.objects.create(
        version=version, person=person, rater=rater, part="self" if rater == person else "coach", thing=thing,
        seen_on=NOW.date(), state="submitted", submitted_at=NOW, begun_at=NOW,
    )  # fmt: skip
    for section in version.sections.all():
        Answer.objects.bulk_create(
            Answer(evaluation=found, item=item, value=value) for item in section.items.filter(scale__isnull=False)
        )
    return found


def offered(app, lead, session, capture):
    form = record_form(app, lead, session)
    name = next(name for name in form.fields if name and f"-{capture}-" in name and not name.endswith("-rows"))
    return [box._value for box in form.fields[name]]


def test_instruments_fit_those_who_are_supervised(django_app, stage):
    mentor, coach, ingrid = (stage.member(role) for role in ("mentor", "peer_coach", "group_leader"))
    one = stage.session("peer_coach_group", coach, [ingrid], at=NOW - dt.timedelta(hours=5))
    other = stage.session("supervision_of_peer_coaches", mentor, [coach], at=NOW - dt.timedelta(hours=5))
    assert set(offered(django_app, coach, one, "instruments_reviewed")) == {
        "session_content", "process", "parent_weekly", "parent_final",
    }  # fmt: skip
    assert set(offered(django_app, mentor, other, "instruments_reviewed")) == {
        "process", "coach_structure", "coach_skills",
    }  # fmt: skip


def test_chosen_checklists_stand_with_their_scores_for_both_once_both_are_in(django_app, client, stage):
    coach, ingrid, jonas = stage.member("peer_coach"), stage.member("group_leader"), stage.member("group_leader")
    stage.place(coach, ingrid, jonas, rule="peer_coach_group")
    session = stage.session("peer_coach_group", coach, [ingrid, jonas], at=NOW - dt.timedelta(hours=3))
    mine, own = rate(stage, coach, ingrid, 1), rate(stage, ingrid, ingrid, 0)
    alone = rate(stage, jonas, jonas, 1, thing="meeting:2")
    coachs = rate(stage, coach, jonas, 1, thing="meeting:3")
    keys = offered(django_app, coach, session, "checklist_refs")
    assert set(keys) == {str(mine.pk), str(own.pk), str(coachs.pk)}
    answers = {"question_text": "How?", "practice_done": "yes"}
    answers |= {f"-{person.pk}-behaviour_i_will_try": "A goal." for person in (ingrid, jonas)}
    form = record_form(django_app, coach, session)
    name = next(name for name in form.fields if name and "-checklist_refs-" in name)
    for box in form.fields[name]:
        box.checked = True
    form.submit("do", value="draft")
    hold(django_app, coach, session, answers)
    assert set(session.evaluations.values_list("evaluation_id", flat=True)) == {mine.pk, own.pk, coachs.pk}
    seen = {}
    for person in (coach, ingrid, jonas):
        client.force_login(person)
        answer = client.get(reverse("supervision:session", args=[session.pk]))
        seen[person] = {one.evaluation.pk: one.score.split(",")[0] for one in answer.context["looked_at"]}
        for pk in seen[person]:
            assert client.get(reverse("checklists:evaluation", args=[pk])).status_code == 200
    assert seen[coach] == {mine.pk: "34 of 34", own.pk: "0 of 34", coachs.pk: "34 of 34"}
    assert seen[ingrid] == {mine.pk: "34 of 34", own.pk: "0 of 34"}
    assert seen[jonas] == {}
    assert alone.pk not in seen[coach]
