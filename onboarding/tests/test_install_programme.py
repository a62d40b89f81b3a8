"""The four packs become programmes; a changed pack makes new versions, an unchanged one writes nothing."""

import copy
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, User
from certification.models import Step, TrackVersion
from checklists.models import ChecklistVersion, Item, Scale
from onboarding.actions.install import Installation, install_programme
from programmes.actions.networks import create_network
from programmes.models import Membership, Organisation, Programme, SupervisionRuleVersion
from programmes.shipped import KEYS, load_pack, pack_path
from supervision.models import Agenda

pytestmark = [pytest.mark.django_db, pytest.mark.both]
Published = ChecklistVersion.State.PUBLISHED


@pytest.fixture(scope="module")
def packs() -> dict[str, Any]:
    return {key: load_pack(pack_path(key)) for key in KEYS}


@pytest.fixture
def network() -> Organisation:
    return create_network(name="Fjordnett", coordinator_email="kari@example.org", by=User.objects.system())


def install(network: Organisation, pack: Any, **more: Any) -> Installation:
    return install_programme(network=network, pack=pack, by=User.objects.system(), **more)


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables."""
    models = [*apps.get_models(), *(field.remote_field.through for model in apps.get_models() for field in
                                    model._meta.local_many_to_many)]  # fmt: skip
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


@pytest.mark.parametrize("key", KEYS)
def test_counts_are_those_of_the_pack(network: Organisation, packs: dict[str, Any], key: str) -> None:
    pack = packs[key]
    programme = install(network, pack).programme
    roles = [role for role in pack["roles"] if role["kind"] not in ("outside", "status")]
    assert [(role.key, role.kind) for role in programme.roles.all()] == [(r["key"], r["kind"]) for r in roles]
    assert [rule.key for rule in programme.rules.all()] == [rule["key"] for rule in pack["supervision_rules"]]
    [agenda] = programme.agendas.all()
    assert [(step.key, step.minutes, step.led_by, step.captures) for step in agenda.steps.all()] == [
        (step["key"], step["minutes"], step["led_by"], step["captures"]) for step in pack["agenda"]["steps"]
    ]
    assert agenda.goals == pack["goals"]
    assert agenda.prompts == pack["reflection_prompts"]
    assert set(programme.scales.values_list("key", flat=True)) == {scale["key"] for scale in pack["scales"]}


@pytest.mark.parametrize("key", KEYS)
def test_checklists_are_published_whole(network: Organisation, packs: dict[str, Any], key: str) -> None:
    programme = install(network, packs[key]).programme
    for checklist, pack in zip(programme.checklists.all(), packs[key]["checklists"], strict=True):
        version = checklist.versions.get(state=Published)
        assert (checklist.key, checklist.kind, version.number) == (pack["key"], pack["kind"], 1)
        items = Item.objects.filter(section__version=version)
        assert items.filter(kind="scale").count() == sum(len(section["items"]) for section in pack["sections"])
        assert items.filter(kind="number").count() == len(pack.get("numeric_fields", []))
        assert items.filter(kind="text").count() == len(pack.get("text_fields", []))
        assert set(items.filter(kind="scale").values_list("scale__key", flat=True)) == {pack["scale"]}


@pytest.mark.parametrize("key", KEYS)
def test_tracks_have_their_steps(network: Organisation, packs: dict[str, Any], key: str) -> None:
    programme = install(network, packs[key]).programme
    outside = {role["key"] for role in packs[key]["roles"] if role["kind"] == "outside"}
    for track, pack in zip(programme.tracks.all(), packs[key]["certification_tracks"], strict=True):
        version = track.versions.get()
        assert (track.key, version.decided_by, version.is_current) == (pack["key"], pack["decided_by"], True)
        told = [
            (
                step.key,
                step.kind,
                step.count,
                step.unit,
                step.approver_role.key if step.approver_role else None,
                step.rule.key if step.rule else None,
                step.checklist.key if step.checklist else None,
            )
            for step in version.steps.select_related("approver_role", "rule", "checklist")
        ]
        assert told == [
            (
                step["key"],
                step["kind"],
                step["count"],
                step["unit"],
                None if step["approver_role"] in outside else step["approver_role"],
                step.get("supervision_rule"),
                step.get("checklist"),
            )
            for step in pack["steps"]
        ]


@pytest.mark.parametrize("key", KEYS)
def test_the_whole_pack_is_kept(network: Organisation, packs: dict[str, Any], key: str) -> None:
    programme = Programme.objects.get(pk=install(network, packs[key]).programme.pk)
    assert programme.pack == packs[key]
    assert (programme.names, programme.terms) == (packs[key]["names"], packs[key]["terms"])


def test_dua_rules_name_who_may(network: Organisation, packs: dict[str, Any]) -> None:
    programme = install(network, packs["dua"]).programme
    version = SupervisionRuleVersion.objects.get(rule__programme=programme, rule__key="mentor_group")
    assert version.supervisor_role.key == "mentor"
    assert [role.key for role in version.co_lead_roles.all()] == ["mentor_in_training"]
    assert [role.key for role in version.supervisee_roles.all()] == ["group_leader"]  # the certified is a status
    assert (version.caseload_max, version.rests_on, version.cadence_every, version.cadence_unit) == (
        8,
        "own",
        1,
        "month",
    )
    assert programme.roles.get(key="mentor_in_training").in_training
    steps = programme.agendas.get().steps.filter(per_presenter=True)
    assert [step.order for step in steps] == [2, 3, 4, 5, 6, 7, 8]


def test_rules_that_rest_on_another_or_on_none(network: Organisation, packs: dict[str, Any]) -> None:
    install(network, packs["peer_training"])
    install(network, packs["kollegaveiledning"])
    individual = SupervisionRuleVersion.objects.get(rule__key="individual")
    assert (individual.rests_on, individual.placement_rule.key) == ("other", "peer_group")
    triad = SupervisionRuleVersion.objects.get(rule__key="practice_triad")
    assert (triad.rests_on, [role.key for role in triad.observer_roles.all()]) == ("none", ["observer"])


def test_certificates_take_their_title_from_the_role(network: Organisation, packs: dict[str, Any]) -> None:
    install(network, packs["dua"])
    leader = TrackVersion.objects.get(track__key="group_leader")
    assert leader.title["nb"] == "Sertifisert gruppeleder"
    assert (leader.decided_outside, leader.recorded_by, leader.per_variant) == (True, "regional_office", True)
    review = Step.objects.get(version=leader, key="video_review")
    assert (review.independent, review.approver_role.key) == (True, "mentor")


@pytest.mark.parametrize("key", KEYS)
def test_unchanged_pack_writes_nothing(network: Organisation, packs: dict[str, Any], key: str) -> None:
    install(network, packs[key])
    before = everything()
    with CaptureQueriesContext(connection, ) as queries:  # fmt: skip
        done = install(network, copy.deepcopy(packs[key]))
    assert (done.changed, done.versions) == (False, {})
    assert [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")] == []
    assert everything() == before


def test_new_version_number_alone_makes_no_versions(network: Organisation, packs: dict[str, Any]) -> None:
    install(network, packs["dua"])
    done = install(network, {**packs["dua"], "version": "1.0.1"})
    assert done.versions == {"rules": 0, "agendas": 0, "checklists": 0, "tracks": 0}
    assert Programme.objects.get().pack_version == "1.0.1"


CHANGES = [
    ("rules", lambda p: p["supervision_rules"][0]["cadence"].update(every=3)),
    ("agendas", lambda p: p["agenda"]["steps"][0]["names"].update(en="The goal we set")),
    ("agendas", lambda p: p["goals"].update(max_open_per_person=5)),
    ("checklists", lambda p: p["checklists"][1]["sections"][0]["items"][0]["text"].update(en="Another wording.")),
    ("tracks", lambda p: p["certification_tracks"][0]["steps"][3].update(count=3)),
]


@pytest.mark.parametrize(("what", "change"), CHANGES)
def test_change_makes_one_new_version(network: Organisation, packs: dict[str, Any], what: str, change: Any) -> None:
    install(network, packs["dua"])
    before = everything()
    changed = copy.deepcopy(packs["dua"])
    change(changed)
    done = install(network, changed)
    assert done.versions == {"rules": 0, "agendas": 0, "checklists": 0, "tracks": 0, what: 1}
    model = {
        "rules": SupervisionRuleVersion,
        "agendas": Agenda,
        "checklists": ChecklistVersion,
        "tracks": TrackVersion,
    }
    newest = model[what].objects.order_by("-pk")[0]
    assert newest.number == 2
    kept = {row["id"]: row for row in before[model[what]._meta.label]}
    for old in model[what].objects.filter(pk__in=kept).values():  # only no longer current or published
        differing = {name for name, value in old.items() if value != kept[old["id"]][name]}
        assert differing <= {"is_current", "state"}


def test_changed_scale_keeps_the_old_answers_readable(network: Organisation, packs: dict[str, Any]) -> None:
    install(network, packs["dua"])
    changed = copy.deepcopy(packs["dua"])
    changed["scales"][0]["options"][0]["names"]["en"] = "Yes indeed"
    users = [row["key"] for row in changed["checklists"] if row["scale"] == changed["scales"][0]["key"]]
    done = install(network, changed)
    assert done.versions["checklists"] == len(users) > 0
    old, new = Scale.objects.filter(key=changed["scales"][0]["key"]).order_by("number")
    assert (old.options[0]["names"]["en"], new.options[0]["names"]["en"]) == ("Yes", "Yes indeed")
    version = ChecklistVersion.objects.get(checklist__key=users[0], number=1)
    assert version.state == ChecklistVersion.State.RETIRED
    assert set(Item.objects.filter(section__version=version, kind="scale").values_list("scale", flat=True)) == {old.pk}


def test_what_the_pack_leaves_out_is_retired_not_deleted(network: Organisation, packs: dict[str, Any]) -> None:
    install(network, packs["kollegaveiledning"])
    changed = copy.deepcopy(packs["kollegaveiledning"])
    left_out = [
        changed["supervision_rules"].pop(1),
        changed["checklists"].pop(4),
        changed["certification_tracks"].pop(1),
    ]
    install(network, changed)
    rule, checklist, track = (part["key"] for part in left_out)
    assert [v.is_current for v in SupervisionRuleVersion.objects.filter(rule__key=rule)] == [False]
    assert [v.state for v in ChecklistVersion.objects.filter(checklist__key=checklist)] == ["retired"]
    assert [v.is_current for v in TrackVersion.objects.filter(track__key=track)] == [False]
    assert install(network, packs["kollegaveiledning"]).versions == {
        "rules": 1,
        "agendas": 0,
        "checklists": 1,
        "tracks": 1,
    }


def test_rule_with_its_own_agenda(network: Organisation, packs: dict[str, Any]) -> None:
    changed = copy.deepcopy(packs["peer_coaching"])
    changed["supervision_rules"][3]["agenda"] = {"total_minutes": 10, "steps": [changed["agenda"]["steps"][0]]}
    programme = install(network, changed).programme
    own = programme.agendas.get(rule__isnull=False)
    assert (own.rule.key, own.total_minutes, own.steps.count()) == ("check_in", 10, 1)
    assert "agenda" not in SupervisionRuleVersion.objects.get(rule=own.rule).source
    install(network, packs["peer_coaching"])
    own.refresh_from_db()
    assert not own.is_current


def test_first_coordinator_gets_the_role_once(network: Organisation, packs: dict[str, Any]) -> None:
    programme = install(network, packs["dua"]).programme
    membership = Membership.objects.get()
    assert (membership.person.email, membership.role.key) == ("kari@example.org", "local_coordinator")
    assert membership.organisation == network
    Membership.objects.update(ended_on=membership.started_on, ended_by=User.objects.system())
    install(network, {**packs["dua"], "version": "9.9.9"})
    assert Membership.objects.count() == 1
    assert list(AuditEvent.objects.order_by("id").values_list("verb", "programme_id")) == [
        ("person.added", None),
        ("network.created", None),
        ("invitation.sent", None),
        ("programme.installed", programme.pk),
        ("membership.added", programme.pk),
        ("programme.renewed", programme.pk),
    ]


def test_two_networks_have_their_own_programmes(network: Organisation, packs: dict[str, Any]) -> None:
    other = create_network(name="Elvenett", coordinator_email="ole@example.org", by=User.objects.system())
    first, second = install(network, packs["dua"]).programme, install(other, packs["dua"]).programme
    assert first.pk != second.pk
    assert not set(first.rules.values_list("pk")) & set(second.rules.values_list("pk"))


def test_nothing_is_kept_when_a_part_fails(
    network: Organisation, packs: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything()

    def fail(**_: object) -> int:
        raise RuntimeError("the last part fails")

    monkeypatch.setattr("onboarding.actions.install.install_tracks", fail)
    with pytest.raises(RuntimeError, match="the last part fails"):
        install(network, packs["dua"])
    assert everything() == before


def test_language_is_the_programmes_own(network: Organisation, packs: dict[str, Any]) -> None:
    assert install(network, packs["dua"], language="da").programme.language == "da"
    assert install(network, packs["dua"]).changed is False
    assert install(network, packs["dua"], language="en").programme.language == "en"
