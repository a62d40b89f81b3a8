"""What steps ask beside their number, in the shipped packs: fields of the step, never its words."""

import datetime as dt
import importlib

import pytest
from django.apps import apps

from certification import wording
from certification.counting import Way
from certification.models import Step
from certification.progress import Rung, State
from certification.tests.factories import Hall, event, form, fresh, installed, session
from checklists.models import Answer, ChecklistVersion, Item, Scale, Section
from programmes.models import StoredPack

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.time_machine("2026-11-22 12:00", tick=False)]


def rung(candidacy: object, key: str) -> Rung:
    """The rung of a step by its key, as it stands now."""
    climb = fresh(candidacy)
    return next(one for one in climb.rungs if climb.steps[one.step.id].key == key)


def test_own_sessions_of_a_supervisor_count_with_their_form(django_assert_max_num_queries) -> None:
    hall = installed("kollegaveiledning")
    silje = hall.member("supervisor", name="Silje Vik")
    candidacy = hall.candidacy("confident_supervisor", silje)
    led = [session(hall, "weekly_hour", dt.date(2026, 9, day), {"lead": [silje]}) for day in range(1, 8)]
    standing = rung(candidacy, "own_sessions")
    assert (standing.count.have, standing.count.lacking, standing.state) == (0, 7, State.YOURS)
    for one in led[:6]:
        form(
            hall,
            "form_quality",
            dt.date(2026, 9, 9),
            rater=silje,
            part="self",
            person=silje,
            thing=f"session:{one.pk}",
        )
    standing = rung(candidacy, "own_sessions")
    assert (standing.count.have, standing.count.lacking, standing.is_done) == (6, 1, True)
    assert standing.done_on == dt.date(2026, 9, 6)


def test_sessions_in_two_months() -> None:
    hall = installed("peer_coaching")
    silje, partner = hall.member("participant"), hall.member("participant")
    candidacy = hall.candidacy("peer_coach_badge", silje)
    seats = {"lead": [silje], "supervisee": [partner]}
    for day in range(1, 8):
        session(hall, "pair", dt.date(2026, 9, day), seats)
    assert rung(candidacy, "as_coach").count.missing == ("months",)
    session(hall, "pair", dt.date(2026, 10, 1), seats)
    assert rung(candidacy, "as_coach").done_on == dt.date(2026, 10, 1)


@pytest.mark.parametrize(
    ("pack", "track", "step", "checklist"),
    [
        ("peer_coaching", "peer_coach_badge", "self_reflection", "self_reflection"),
        ("peer_training", "volunteer", "self_assessment", "chime_competence"),
    ],
)
def test_start_and_end_are_not_one_day(pack: str, track: str, step: str, checklist: str) -> None:
    hall = installed(pack)
    siv = hall.member(next(role.key for role in hall.roles.values() if role.kind == "group_leader"))
    candidacy = hall.candidacy(track, siv)
    start = form(hall, checklist, dt.date(2026, 3, 2), rater=siv, part="self", person=siv)
    form(hall, checklist, dt.date(2026, 3, 2), rater=siv, part="self", person=siv, thing="person:end")
    standing = rung(candidacy, step)
    assert (standing.count.have, standing.count.missing, standing.is_done) == (2, ("days",), False)
    climb = fresh(candidacy)
    assert "They must be of different days." in wording.detail(standing, climb.said(standing, None))
    start.seen_on = dt.date(2026, 1, 12)
    start.save()
    assert rung(candidacy, step).done_on == dt.date(2026, 3, 2)


@pytest.mark.parametrize(("leads", "have"), [("mentor", 0), ("trainer", 1)])
def test_a_mentors_consultation_day_is_led_by_a_trainer(leads: str, have: int) -> None:
    hall = installed("dua")
    siv, leader = hall.member("peer_coach"), hall.member(leads)
    candidacy = hall.candidacy("mentor", siv, "toddler")
    day = dt.date(2026, 9, 1)
    event(hall, "consultation_day", [day], {siv: [day]}, leader=leader)
    assert rung(candidacy, "consultation").count.have == have


def readiness(hall: Hall) -> list[Item]:
    """Two items on a scale of yes and no in the readiness form."""
    version = ChecklistVersion.objects.get(checklist__programme=hall.programme, checklist__key="workplace_readiness")
    options = [{"value": 1, "names": {"en": "Yes"}}, {"value": 0, "names": {"en": "No"}}]
    scale = Scale.objects.create(
        programme=hall.programme, key="yes_no", number=1, kind="binary", options=options, allow_na=True, scoring={}
    )
    section = Section.objects.create(version=version, key="all", order=1, names={"en": "All"})
    made = [
        Item(section=section, key=f"item_{number}", order=number, kind="scale", scale=scale, texts={"en": "Ready?"})
        for number in (1, 2)
    ]
    return Item.objects.bulk_create(made)


@pytest.mark.parametrize(
    ("answers", "have"),
    [
        ([{"value": 1}, {"value": 1}], 1),
        ([{"value": 1}, {"not_applicable": True}], 1),
        ([{"value": 1}, {"value": 0}], 0),
        ([{"value": 1}, None], 0),
    ],
)
def test_readiness_without_open_points(answers: list[dict[str, object] | None], have: int) -> None:
    hall = installed("peer_training")
    items = readiness(hall)
    candidacy = hall.candidacy("ready_workplace", hall.office)
    sent = form(
        hall, "workplace_readiness", dt.date(2026, 9, 1), rater=hall.member("manager"), organisation=hall.office
    )
    for item, answer in zip(items, answers, strict=True):
        if answer is not None:
            Answer.objects.create(evaluation=sent, item=item, **answer)
    standing = rung(candidacy, "readiness")
    assert (standing.way, standing.count.have, standing.count.lacking) == (Way.FORMS, have, 1 - have)


def test_versions_from_before_keep_what_their_words_meant() -> None:
    """What the first release read out of the words stands in the fields after the migration, and only that."""
    hall = installed("peer_coaching")
    as_coach = Step.objects.get(version__track__programme=hall.programme, key="as_coach")
    as_coach.source = {name: value for name, value in as_coach.source.items() if name != "different_months"}
    as_coach.save()
    dua = installed("dua")
    stored = StoredPack.objects.get(programme=dua.programme)
    day = next(one for one in stored.content["training_events"] if one["key"] == "consultation_day")
    del day["independent_leader"]
    stored.save()
    untouched = Step.objects.get(version__track__programme=hall.programme, key="as_coachee").source
    importlib.import_module("certification.migrations.0002_steps_say_what_they_ask").write_fields(apps, None)
    as_coach.refresh_from_db()
    stored.refresh_from_db()
    assert as_coach.source["different_months"] == 2
    assert [one["key"] for one in stored.content["training_events"] if one.get("independent_leader")] == [day["key"]]
    assert Step.objects.get(version__track__programme=hall.programme, key="as_coachee").source == untouched
