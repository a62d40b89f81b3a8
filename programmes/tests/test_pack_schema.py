"""Each kind of finding: a shipped pack, broken in one place, told with file, path and sentence."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from jsonschema import Draft202012Validator

from programmes import pack_schema
from programmes.pack_file import PackFile
from programmes.pack_paths import places
from programmes.pack_references import REFERENCES as REFERENCED
from programmes.pack_references import Reference
from programmes.pack_schema import check_pack, check_pack_file
from programmes.shipped import KEYS, pack_path

Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def packs() -> dict[str, Any]:
    return {key: yaml.safe_load(pack_path(key).read_text(encoding="utf-8")) for key in KEYS}


def told(pack: dict[str, Any], change: Change) -> list[tuple[str, str, str]]:
    """The findings (file, path, sentence) on a copy of the pack with the change made."""
    broken = copy.deepcopy(pack)
    change(broken)
    findings = check_pack(PackFile(f"{pack['key']}.yaml", broken, lines={}))
    return [(finding.file, finding.path, finding.sentence) for finding in findings]


@pytest.mark.parametrize("key", KEYS)
def test_shipped_packs_have_no_finding(key: str) -> None:
    assert check_pack_file(pack_path(key)) == []


def test_every_shipped_file_is_listed() -> None:
    assert {path.stem for path in pack_path("dua").parent.glob("*.yaml")} == set(KEYS)


FORM = [
    ("unknown key", lambda p: p["supervision_rules"][2]["cadence"].update(evry=2),
     "supervision_rules[2].cadence.evry", "“evry” is not known here; did you mean “every”."),
    ("unknown part", lambda p: p.update(zebra=[]), "zebra", "“zebra” is not known here; write one of: schema, key,"),
    ("missing part", lambda p: p.pop("goals"), "goals", "“goals” is missing here; add it."),
    ("missing language", lambda p: p["roles"][0]["names"].pop("da"),
     "roles[0].names.da", "The text is missing in “da”; give it in en, nb and da."),
    ("unknown language", lambda p: p["roles"][0]["names"].update(sv="Roll"),
     "roles[0].names.sv", "“sv” is no language of the product; a text is given in en, nb and da."),
    ("empty text", lambda p: p["checklists"][0]["sections"][0]["items"][0]["text"].update(nb=" "),
     "checklists[0].sections[0].items[0].text.nb", "The text is empty; write it."),
    ("text without languages", lambda p: p["agenda"]["steps"][0].update(guidance="Talk"),
     "agenda.steps[0].guidance", "The text should be a map with the three languages en, nb and da."),
    ("not among choices", lambda p: p["supervision_rules"][2]["cadence"].update(unit="weeks"),
     "supervision_rules[2].cadence.unit", "“weeks” is not among the choices; did you mean “week”."),
    ("wrong type", lambda p: p["agenda"]["steps"][1].update(minutes="ten"),
     "agenda.steps[1].minutes", "Here stands ten; it should be a whole number."),
    ("too low", lambda p: p["supervision_rules"][0].update(max_supervisees=0),
     "supervision_rules[0].max_supervisees", "0 is too low; write 1 or more."),
    ("too high", lambda p: p["training_events"][0].update(attendance_required_percent=101),
     "training_events[0].attendance_required_percent", "101 is too high; write 100 or less."),
    ("key too long", lambda p: p["reports"][0].update(key="k" * 61),
     "reports[0].key", "The key should have at most 60 characters."),
    ("bad key", lambda p: p["reports"][0].update(key="My Report"),
     "reports[0].key", "“My Report” cannot be a key; a key has letters a–z, digits and underscores, a letter"),
    ("bad version", lambda p: p.update(version="1.0"), "version", "“1.0” is no version; write three numbers"),
    ("wrong schema", lambda p: p.update(schema="x/9"), "schema", "“x/9” should be “programme-template/1”."),
    ("empty list", lambda p: p.update(checklists=[]), "checklists", "The list should hold at least 1."),
    ("twice in a list", lambda p: p["checklists"][0]["filled_by"].append(p["checklists"][0]["filled_by"][0]),
     "checklists[0].filled_by[2]", "“group_leader” stands twice in the list; keep one."),
]  # fmt: skip

REFERENCES = [
    ("supervisor_role", lambda p: p["supervision_rules"][0].update(supervisor_role="ghost"),
     "supervision_rules[0].supervisor_role", "“ghost” is not a role of this pack; write one of: parent, group_leader"),
    ("supervisee role", lambda p: p["supervision_rules"][1]["supervisee_roles"].append("ghost"),
     "supervision_rules[1].supervisee_roles[2]", "“ghost” is not a role of this pack"),
    ("led_by", lambda p: p["agenda"]["steps"][3].update(led_by="nobody"),
     "agenda.steps[3].led_by", "“nobody” is not a role of this pack; write one of: group, both, parent,"),
    ("scale", lambda p: p["checklists"][1].update(scale="ghost"),
     "checklists[1].scale", "“ghost” is not a scale of this pack; write one of: yes_no_na,"),
    ("checklist", lambda p: p["certification_tracks"][1]["steps"][6].update(checklist="ghost"),
     "certification_tracks[1].steps[6].checklist", "“ghost” is not a checklist of this pack"),
    ("rule", lambda p: p["certification_tracks"][1]["steps"][4].update(supervision_rule="ghost"),
     "certification_tracks[1].steps[4].supervision_rule", "“ghost” is not a supervision rule of this pack"),
    ("training event", lambda p: p["certification_tracks"][0]["steps"][2].update(training_event="ghost"),
     "certification_tracks[0].steps[2].training_event", "“ghost” is not a training event of this pack"),
    ("protocol", lambda p: p["certification_tracks"][2]["steps"][7].update(protocol="ghost"),
     "certification_tracks[2].steps[7].protocol", "“ghost” is not a reliability protocol of this pack"),
    ("review step", lambda p: p["goals"].update(review_at_step="ghost"),
     "goals.review_at_step", "“ghost” is not a step of the agenda of this pack; write one of: previous_goal,"),
    ("set step", lambda p: p["goals"].update(set_at_step="ghost"), "goals.set_at_step", "“ghost” is not a step"),
    ("unit", lambda p: p["certification_tracks"][0]["steps"][0].update(unit="ghost"),
     "certification_tracks[0].steps[0].unit", "“ghost” is not a unit of the vocabulary of this pack"),
    ("capture", lambda p: p["agenda"]["steps"][0]["captures"].append("ghost"),
     "agenda.steps[0].captures[2]", "“ghost” is not a capture of the vocabulary of this pack"),
    ("placement", lambda p: p["supervision_rules"][0].update(placement="ghost"),
     "supervision_rules[0].placement", "“ghost” is not a supervision rule of this pack; write one of: own, none,"),
    ("awards", lambda p: p["certification_tracks"][0].update(awards="ghost"),
     "certification_tracks[0].awards", "“ghost” is not a role of this pack"),
]  # fmt: skip

RULES = [
    ("key twice", lambda p: p["roles"][3].update(key="group_leader"),
     "roles[3].key", "The key “group_leader” is taken by entry 1 of this list; choose another."),
    ("item key twice", lambda p: p["checklists"][0]["sections"][1]["items"][0].update(
        key=p["checklists"][0]["sections"][0]["items"][0]["key"]),
     "checklists[0].sections[1].items[0].key", "already stands elsewhere in this checklist; choose another."),
    ("order", lambda p: p["agenda"]["steps"][2].update(order=7),
     "agenda.steps[2].order", "The step stands as number 3 but its order is 7; make them agree."),
    ("minutes", lambda p: p["agenda"]["steps"][0].update(minutes=15),
     "agenda.total_minutes", "The steps take 125 minutes together, but the total says 120; make them agree."),
    ("no coordinator", lambda p: [role.update(kind="observer") for role in p["roles"]],
     "roles", "No role is of kind coordinator; add one, since somebody must answer for the network."),
    ("status alone", lambda p: p["roles"][2].pop("is_status_of"),
     "roles[2].is_status_of", "A role of kind status needs is_status_of, the role that is held with it."),
    ("leads from outside", lambda p: p["supervision_rules"][0].update(supervisor_role="parent"),
     "supervision_rules[0].supervisor_role", "“parent” is of kind outside, which nobody signs in with; name a role"),
    ("supervised outside", lambda p: p["supervision_rules"][0]["supervisee_roles"].append("parent"),
     "supervision_rules[0].supervisee_roles[2]", "“parent” is of kind outside, which nobody signs in with"),
    ("more than most", lambda p: p["supervision_rules"][0].update(min_supervisees=5),
     "supervision_rules[0].min_supervisees", "5 is more than max_supervisees, 4; write 4 or fewer."),
    ("no caseload", lambda p: p["supervision_rules"][0].pop("caseload_max"),
     "supervision_rules[0].caseload_max", "A rule with places of its own needs caseload_max"),
    ("rests on nothing", lambda p: (p["supervision_rules"][0].update(placement="none"),
                                    p["supervision_rules"][1].update(placement="peer_coach_group")),
     "supervision_rules[1].placement", "“peer_coach_group” has no places of its own; name a rule whose placement"),
    ("nobody records", lambda p: p["certification_tracks"][0].pop("recorded_by"),
     "certification_tracks[0].recorded_by", "“programme_office” decides from outside; name in recorded_by the role"),
    ("option twice", lambda p: p["scales"][0]["options"][1].update(value=1),
     "scales[0].options[1].value", "The value 1 stands twice in this scale; give each option its own."),
    ("no word for n/a", lambda p: p["scales"][0].pop("na_names"),
     "scales[0].na_names", "The scale allows “not applicable”; add na_names, the words for it."),
    ("months of nothing", lambda p: p["certification_tracks"][0]["steps"][0].update(different_months=2),
     "certification_tracks[0].steps[0].different_months", "Months are told apart for sessions only"),
    ("too many months", lambda p: p["certification_tracks"][1]["steps"][5].update(different_months=4),
     "certification_tracks[1].steps[5].different_months", "3 sessions cannot lie in 4 months; write 3 or fewer."),
    ("days of nothing", lambda p: p["certification_tracks"][1]["steps"][4].update(different_days=2),
     "certification_tracks[1].steps[4].different_days", "Days are told apart for a checklist in the unit form"),
    ("too many days", lambda p: p["certification_tracks"][1]["steps"][6].update(different_days=9),
     "certification_tracks[1].steps[6].different_days", "forms cannot be of 9 days; write"),
    ("a form of no session", lambda p: p["certification_tracks"][1]["steps"][6].update(each_with_checklist=True),
     "certification_tracks[1].steps[6].each_with_checklist", "only where supervision_rule and checklist are named."),
    ("a form about something else", lambda p: p["certification_tracks"][1]["steps"][4].update(
        each_with_checklist=True, checklist="process"),
     "certification_tracks[1].steps[4].checklist", "“process” is not about a session; name a checklist that is."),
    ("raters of nothing", lambda p: p["certification_tracks"][0]["steps"][5].update(
        raters=[{"part": "self", "count": 1}]),
     "certification_tracks[0].steps[5].raters", "Raters are counted for a checklist in the unit form or checklist"),
    ("a rater who cannot", lambda p: p["certification_tracks"][0]["steps"][7]["raters"].append(
        {"part": "self", "count": 1}),
     "certification_tracks[0].steps[7].raters[2].part", "“self” stands twice among the raters; add up their counts."),
    ("points of nothing", lambda p: p["certification_tracks"][0]["steps"][0].update(no_open_points=True),
     "certification_tracks[0].steps[0].no_open_points", "Only a checklist in the unit form or checklist has points"),
    ("leads another training", lambda p: p["certification_tracks"][2]["steps"][2].update(led_by=["manager"]),
     "certification_tracks[2].steps[2].led_by[0]", "“manager” does not lead “consultation_day”; name one of its led"),
    ("nobody signs in to record", lambda p: p["certification_tracks"][0].update(recorded_by="parent"),
     "certification_tracks[0].recorded_by", "“parent” does not sign in; name a role that people hold."),
    ("a form of nobody knows which session", lambda p: (
        p["certification_tracks"][1]["steps"][4].update(each_with_checklist=True, checklist="process"),
        next(one for one in p["checklists"] if one["key"] == "process").update(about="session", anonymous=True)),
     "certification_tracks[1].steps[4].checklist", "is anonymous, so nobody can tell for which session it was."),
    ("a rater left out", lambda p: next(one for one in p["checklists"] if one["key"] == p["certification_tracks"][0][
        "steps"][7]["checklist"]).update(allows_raters=["co_leader"]),
     "certification_tracks[0].steps[7].raters[0].part", "its allows_raters leaves that part out."),
    ("leader of nothing", lambda p: p["certification_tracks"][2]["steps"][0].update(led_by=["mentor"]),
     "certification_tracks[2].steps[0].led_by", "Only a training has a leader; name its training_event."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "path", "sentence"),
    [pytest.param(*case[1:], id=case[0]) for case in [*FORM, *REFERENCES, *RULES]],
)
def test_finding(packs: dict[str, Any], change: Change, path: str, sentence: str) -> None:
    findings = told(packs["dua"], change)
    hits = [finding for finding in findings if finding[:2] == ("dua.yaml", path)]
    assert hits, findings
    assert any(sentence in hit[2] for hit in hits), hits


@pytest.mark.parametrize("reference", REFERENCED, ids=lambda one: one.source)
def test_every_name_that_leads_nowhere_is_told(packs: dict[str, Any], reference: Reference) -> None:
    """In the first pack that has such a name; one rule has an agenda of its own here."""
    own = copy.deepcopy(packs["dua"])
    own["supervision_rules"][0]["agenda"] = copy.deepcopy(own["agenda"])
    for key, pack in (packs | {"dua": own}).items():
        found = next((place for place, value in places(pack, reference.source) if isinstance(value, str)), None)
        if found is not None:
            findings = told(pack, lambda p, found=found: put(p, found, "ghost"))
            path = PackFile("x", {}, lines={}).finding(found, "").path
            hit = next(one for one in findings if one[1] == path and "“ghost” is not" in one[2])
            assert f"“ghost” is not {reference.what} of this pack; write one of: " in hit[2]
            assert hit[0] == f"{key}.yaml"
            return
    pytest.fail("no pack has such a name: add one to this test")


def put(data: Any, place: tuple[Any, ...], value: str) -> None:
    """Write a value at a place of a pack."""
    for step in place[:-1]:
        data = data[step]
    data[place[-1]] = value


def test_weights_come_from_a_part_that_has_areas(packs: dict[str, Any]) -> None:
    def change(pack: dict[str, Any]) -> None:
        pack["checklists"][0]["weights_from"] = "ghost"

    assert ("peer_training.yaml", "checklists[0].weights_from") in {
        finding[:2] for finding in told(packs["peer_training"], change)
    }


@pytest.mark.parametrize("unit", ["day", "form"])
def test_renewal_of_sessions_is_in_sessions_or_hours(packs: dict[str, Any], unit: str) -> None:
    def change(pack: dict[str, Any]) -> None:
        pack["certification_tracks"][0]["renewal"]["steps"][0]["unit"] = unit

    sentence = "Sessions are counted in the unit session or hour; write one of them."
    path = "certification_tracks[0].renewal.steps[0].unit"
    assert ("kollegaveiledning.yaml", path, sentence) in told(packs["kollegaveiledning"], change)


@pytest.mark.parametrize("row", ["session_fact", "notes", "goals", "feedback", "evaluation"])
@pytest.mark.parametrize("key", KEYS)
def test_retention_row_missing(packs: dict[str, Any], key: str, row: str) -> None:
    def drop(pack: dict[str, Any]) -> None:
        pack["retention"] = [entry for entry in pack["retention"] if entry["key"] != row]

    sentence = f"There is no row “{row}”; add one that says when it is deleted."
    assert told(packs[key], drop) == [(f"{key}.yaml", "retention", sentence)]


@pytest.mark.parametrize(
    ("change", "path", "sentence"),
    [
        (lambda form: form.update(weights_from="chime"), "weights_from", "“chime” is no part of this pack whose"),
        (lambda form: form.update(weights_from="ghost"), "weights_from", "“ghost” is no part of this pack whose"),
        (lambda form: form["sections"][1].update(key="craft"), "weights_from",
         "“skills” of learning_outcomes has a weight and no section of this checklist; name a section after it."),
    ],
)  # fmt: skip
def test_weights_have_their_areas(packs: dict[str, Any], change: Change, path: str, sentence: str) -> None:
    keys = [one["key"] for one in packs["peer_training"]["checklists"]]
    place = keys.index("learning_outcomes_form")
    findings = told(packs["peer_training"], lambda pack: change(pack["checklists"][place]))
    assert [(where, words[: len(sentence)]) for _file, where, words in findings] == [
        (f"checklists[{place}].{path}", sentence)
    ]


@pytest.mark.parametrize("leader", ["group", "both", "group_leader"])
def test_led_by_may_be_a_role_the_group_or_both(packs: dict[str, Any], leader: str) -> None:
    assert told(packs["dua"], lambda pack: pack["agenda"]["steps"][0].update(led_by=leader)) == []


def test_a_rule_may_have_its_own_agenda(packs: dict[str, Any]) -> None:
    def add(pack: dict[str, Any]) -> None:
        pack["supervision_rules"][0]["agenda"] = {**pack["agenda"], "total_minutes": 90}

    found = told(packs["peer_coaching"], add)
    assert [path for _, path, _ in found] == ["supervision_rules[0].agenda.total_minutes"]


def test_renewal_counts_sessions_by_rule_and_seat(packs: dict[str, Any]) -> None:
    def drop(pack: dict[str, Any]) -> None:
        pack["certification_tracks"][0]["renewal"]["steps"][0].pop("seat")

    assert told(packs["kollegaveiledning"], drop) == [
        (
            "kollegaveiledning.yaml",
            "certification_tracks[0].renewal.steps[0].seat",
            "Sessions are counted by rule and seat; give both supervision_rules and seat, or neither.",
        )
    ]


def test_odd_values_never_break_the_checker(packs: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Any part of a pack replaced by anything gives findings, not an error. The schema is asked about that part alone:
    of the others, which stand as they are, the whole schema has nothing to say."""
    pack = packs["peer_coaching"]
    assert told(pack, lambda p: None) == []
    whole = json.loads(pack_schema.SCHEMA_FILE.read_text(encoding="utf-8"))
    assert set(whole) <= {"$schema", "$id", "title", "description", "$defs", "$comment"} | {
        "type", "properties", "required", "additionalProperties"
    }, "nothing in it looks at two parts at once"  # fmt: skip
    for part in pack:
        own = Draft202012Validator({"$defs": whole["$defs"], "properties": {part: whole["properties"][part]}})
        monkeypatch.setattr(pack_schema, "_validator", lambda own=own: own)
        for odd in (None, 3, "x", [], [[1]], {}, {"a": 1}, [{"key": ["x"], "kind": {}}], True):
            assert check_pack(PackFile("odd.yaml", pack | {part: odd}, lines={})) or (part, odd) == ("key", "x")


def test_command_prints_findings_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text(pack_path("dua").read_text(encoding="utf-8").replace("led_by: group\n", "led_by: crowd\n"))
    with pytest.raises(SystemExit, match="1"):
        call_command("check_pack", str(file))
    line = capsys.readouterr().out.strip()
    assert line.startswith("broken.yaml:")
    assert ": agenda.steps[4].led_by: “crowd” is not a role" in line


def test_command_is_content_with_a_shipped_pack(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_pack", str(pack_path("peer_coaching")))
    assert capsys.readouterr().out == "peer_coaching.yaml: nothing is wrong.\n"
