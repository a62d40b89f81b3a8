"""Odd input in every form about sessions: a sentence and a status of refusal, never an error of ours, nothing lost."""

import datetime as dt

import pytest
from django.urls import reverse

from common.tests.odd import spread
from notices import kinds
from notices.models import OptOut
from practice.models import Recording
from supervision.models import Feedback, Goal, RecordDraft, SessionRecording, SupervisionSession
from supervision.reply_links import reply_token
from supervision.tests.factories import NOW, stage_of

pytestmark = [pytest.mark.django_db]
FINE = {200, 302, 400, 403, 404, 409, 422}
LONG = "å" * 1_000_000
# One text of a megabyte is tried apart: in each of a hundred fields it would be a hundred.
ODD = [
    "", " ", "\x00", "a\x00b", "😀🏽", "0001-01-01", "9999-12-31", "31.02.2026", "2026-13-45", "-5", "0", "²",
    "١٢", "9" * 40, "NaN", "1e9", "on", "[]", '{"a": 1}', "\u202eabc", "a\r\nBcc: x@example.org", "<script>", "%s%d",
    "Mars/Base", "../../etc/passwd", "javascript:alert(1)", "https://u:p@x/", "12:99", "25:00", "999:59:59",
]  # fmt: skip


@pytest.fixture
def world(client, stage):
    coach, ingrid = stage.member("peer_coach"), stage.member("group_leader")
    other = stage_of("dua").member("group_leader")
    stage.place(coach, ingrid, rule="peer_coach_group")
    planned = stage.session("peer_coach_group", coach, [ingrid])
    held = stage.session("peer_coach_group", coach, [ingrid], at=NOW - dt.timedelta(hours=3))
    client.force_login(coach)
    return stage, coach, ingrid, other, planned, held


def names_on(client, url):
    """The names of the form fields on a page."""
    from bs4 import BeautifulSoup

    page = BeautifulSoup(client.get(url).content, "html.parser").find(id="main")
    found = {tag["name"]: tag.get("value", "") for tag in page.select("input[name], select[name], textarea[name]")}
    found.pop("csrfmiddlewaretoken", None)
    return found


def check(client, url, fields):
    answer = client.post(url, fields)
    assert answer.status_code in FINE, (url, {name: value[:40] for name, value in fields.items()})
    return answer


def each_in_turn(client, url, base, **always):
    """Every odd value in every field; the worst alone, the other fields as the page proposes them."""
    for body in spread(base, ODD[::2]):
        check(client, url, body | always)
    for name in base:
        for odd in ("\x00", "9999-12-31", "0001-01-01") if "day" in name else ("\x00",):
            check(client, url, base | {name: odd} | always)
    check(client, url, base | {next(iter(base)): LONG} | always)


def test_planning_and_changing(client, world):
    stage, _coach, ingrid, other, planned, _held = world
    rule = stage.version("peer_coach_group").rule_id
    for name, args in (("plan", []), ("record_afterwards", []), ("change", [planned.pk])):
        url = reverse(f"supervision:{name}", args=args) + f"?rule={rule}"
        base = names_on(client, url) | {"day": "2026-11-27", "time": "13:00", "supervisees": str(ingrid.pk)}
        before = SupervisionSession.objects.count()
        each_in_turn(client, url, base)
        for person in (other.pk, -1, 10**30):
            answer = check(
                client, url, base | {"supervisees": str(person), "lead": str(person), "co_lead": str(person)}
            )
            assert answer.status_code == 422
        assert SupervisionSession.objects.count() - before <= 2 + len(base) * 7
    for place, odd in enumerate(ODD):
        query = {"rule": rule, "day": odd} if place % 2 else {"rule": odd}
        assert client.get(reverse("supervision:plan"), query).status_code in FINE


@pytest.mark.parametrize("do", ["finish", "drop:x:1"])
def test_a_record(client, world, do):
    _stage, coach, ingrid, _other, _planned, held = world
    url = reverse("supervision:record", args=[held.pk])
    base = names_on(client, url)
    check(client, url, dict.fromkeys(base, "²") | {"do": do})
    check(client, url, base | {"do": do, "drawn": "[1]"})
    for odd in ODD[::2]:
        check(client, url, dict.fromkeys(base, odd) | {"do": do, "revision": base["revision"], "drawn": base["drawn"]})
    check(client, url, base | {"own": LONG, "do": do})
    check(client, url, {"do": do})
    check(client, url, {"do": do, "revision": base["revision"]})
    RecordDraft.objects.all().delete()
    own = "The text that must not be lost."
    rows = {name: "999999999" for name in base if name.endswith("-rows")}
    answer = check(client, url, base | rows | {"own": own, "do": "finish"})
    assert answer.status_code in (409, 422)
    assert own in client.get(url, follow=True).content.decode()
    assert client.post(url, b"\xff\xfe", content_type="application/json").status_code in FINE
    assert client.post(url, b"x", content_type="multipart/form-data; boundary=y").status_code in FINE


def test_drafts_and_the_choice_between_two_texts(client, world):
    _stage, _coach, _ingrid, _other, _planned, held = world
    base = names_on(client, reverse("supervision:record", args=[held.pk]))
    for name in ("draft", "resolve", "discard"):
        url = reverse(f"supervision:{name}", args=[held.pk])
        for odd in ODD[::3]:
            check(client, url, dict.fromkeys(base, odd))
            check(client, url, {"revision": odd, odd[:50]: "x"})
    many = client.post(reverse("supervision:draft", args=[held.pk]), {f"f{n}": "x" for n in range(3000)})
    assert many.status_code in FINE


def test_an_odd_number_sent_along_with_a_change(django_app, world):
    """Both pages send along which state of the session they show; what is no number is as if it were not there."""
    _stage, coach, _ingrid, _other, planned, _held = world
    page = django_app.get(reverse("supervision:change", args=[planned.pk]), user=coach)
    form = next(one for one in page.forms.values() if "day" in one.fields)
    form["day"] = "27.11.2026"
    for odd in ("\u00b2", "\u0661\u0662", "9" * 5000, "-1", ""):
        form["sequence"].force_value(odd)
        page = form.submit(status=200)
        assert "\u00b2" not in page
    confirm = next(one for one in page.forms.values() if "confirm" in one.fields)
    confirm["sequence"].force_value("\u00b2")
    confirm.submit("confirm", value="1", status=302)
    planned.refresh_from_db()
    assert (planned.sequence, str(planned.local_start.date())) == (1, "2026-11-27")


# What the small forms answer to everything odd: 400 to hidden characters and to no real choice, 422 with the form,
# 200 to an empty form, 302 where nothing is asked but the press of a button or words of one's own.
ANSWERS = {
    "answer": {400},
    "question": {200, 400, 403},
    "own": {200, 302, 400},
    "cancel": {200, 302, 400, 422},
    "reply": {400, 422},
    "new_goal": {200, 400, 422},
    "goal": {200, 400, 422},
    "share_goal": {302, 400},
    "share_feedback": {302, 400},
    "recording": {200, 400, 422},
    "mine": {302, 400, 422},
}


def test_small_forms(client, world):
    stage, coach, ingrid, _other, planned, held = world
    goal = Goal.objects.create(programme=stage.programme, person=coach, text="Own", set_at=NOW, set_by=coach)
    row = {"programme": stage.programme, "receiver": coach, "giver": ingrid, "given_at": NOW, "released_at": NOW}
    feedback = Feedback.objects.create(strength="Good", **row)
    recording = Recording.objects.create(programme=stage.programme, location="x", noted_at=NOW, noted_by=coach)
    SessionRecording.objects.create(session=held, recording=recording, person=ingrid)
    names = ("delete_by", "do", "reply", "question", "note", "reason", "text", "status", "comment", "due_on", "on")
    names += ("level", "field-situation", "wanted", "next")
    of_a_session = ("answer", "question", "own", "cancel")
    pages = {name: reverse(f"supervision:{name}", args=[planned.pk]) for name in of_a_session}
    pages |= {
        "reply": reverse("supervision:reply", args=[reply_token(planned.pk, ingrid.pk)]),
        "new_goal": reverse("supervision:new_goal"),
        "goal": reverse("supervision:goal", args=[goal.pk]),
        "share_goal": reverse("supervision:share_goal", args=[goal.pk]),
        "share_feedback": reverse("supervision:share_feedback", args=[feedback.pk]),
        "recording": reverse("supervision:recording", args=[held.pk, recording.pk]),
        "mine": reverse("notices:mine"),
    }
    seen = {name: set() for name in pages}
    for name, url in pages.items():
        for odd in ODD[::2]:
            seen[name].add(check(client, url, dict.fromkeys(names, odd)).status_code)
        for odd in ODD[::2] if name == "recording" else ODD[:1]:
            seen[name].add(check(client, url, {"do": "withdraw", "delete_by": odd}).status_code)
        seen[name].add(check(client, url, {}).status_code)
    assert seen == ANSWERS
    _nothing_odd_is_kept(planned, goal, feedback, recording)


def _nothing_odd_is_kept(planned, goal, feedback, recording):
    """A reason in own words cancels; all else stands as it stood."""
    for row in (planned, goal, feedback, recording):
        row.refresh_from_db()
    assert (planned.state, planned.cancelled_reason) == ("cancelled", "😀🏽")
    assert {(row.reply, row.question) for row in planned.attendances.all()} == {("", "")}
    assert (goal.text, goal.status, goal.shared_at) == ("Own", "new", None)
    assert list(Goal.objects.all()) == [goal]
    assert (feedback.strength, feedback.shared_at) == ("Good", None)
    assert (recording.withdrawn_at, recording.delete_by, recording.location) == (None, None, "x")
    assert not OptOut.objects.exclude(kind__in=[kind.key for kind in kinds.every() if kind.may_opt_out]).exists()


def test_odd_questions_to_the_lists(client, world):
    for name in ("sessions", "goals", "feedback", "shared", "new_goal"):
        for query in spread(("q", "cursor", "when", "rule", "order", "hat", "programme"), ODD[::3]):
            answer = client.get(reverse(f"supervision:{name}"), query)
            assert answer.status_code in FINE, (name, query)
    for pk in (0, 2**31, 2**63, 2**70):
        for name in ("session", "record", "change", "question", "calendar", "print", "goal"):
            assert client.get(reverse(f"supervision:{name}", args=[pk])).status_code == 404, (name, pk)
        assert client.get(reverse("supervision:recording", args=[1, pk])).status_code == 404
    assert client.get(reverse("supervision:reply", args=["x" * 3000])).status_code == 404
    assert client.get("/sessions/answer/%00/").status_code == 400
    forged = reply_token(2**70, 1)
    assert client.get(reverse("supervision:reply", args=[forged])).status_code == 404
