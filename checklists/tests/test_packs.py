"""Every checklist of the four packs can be filled in by somebody, but those that are answered without a name."""

import pytest

from accounts.models import User
from checklists.actions.evaluate import Given, Place, open_evaluation, submit
from checklists.actions.install import install_checklists
from checklists.models import ChecklistVersion, Item
from checklists.occasions import Occasion
from checklists.raters import raters_of
from checklists.readers.choices import choices, offered_to
from checklists.subjects import SUBJECTS, Target, is_offered
from checklists.tests.factories import DAY
from practice.tests.factories import GroupFactory
from programmes.models import ProgrammeRole
from programmes.shipped import KEYS, load_pack, pack_path
from programmes.tests.factories import MembershipFactory, ProgrammeFactory, RoleFactory

pytestmark = pytest.mark.django_db
ANONYMOUS = {
    "parent_weekly",
    "parent_final",
    "supervision_evaluation",
    "supervisee_evaluation",
    "participant_evaluation",
}


def installed(key):
    """A programme with the pack's roles and checklists."""
    programme, pack = ProgrammeFactory(key=key), load_pack(pack_path(key))
    kinds = set(ProgrammeRole.Kind.values)
    roles = {
        role["key"]: RoleFactory(programme=programme, key=role["key"], kind=role["kind"])
        for role in pack["roles"]
        if role["kind"] in kinds
    }
    install_checklists(programme=programme, pack=pack, by=User.objects.system())
    versions = ChecklistVersion.objects.filter(checklist__programme=programme).select_related("checklist__programme")
    return programme, roles, list(versions)


@pytest.mark.parametrize("key", KEYS)
def test_each_is_offered_filled_in_and_sent_in(key):
    programme, roles, versions = installed(key)
    assert {version.about for version in versions} <= set(SUBJECTS)
    for version in versions:
        if version.checklist.key in ANONYMOUS:
            assert not is_offered(version)
            continue
        role = next(roles[name] for name in version.filled_by if name in roles)
        rater = MembershipFactory(role=role).person
        other = MembershipFactory(role=next(iter(roles.values()))).person
        group = GroupFactory(programme=programme, led_by=[rater, other])
        meeting = group.meetings.create(number=1, held_on=DAY, noted_at="2026-02-02T12:00Z", noted_by=rater)
        assert version in [one.version for one in offered_to(rater)[0]]
        target = SUBJECTS[version.about].target
        about = {Target.ORGANISATION: programme.network, Target.PROGRAMME: programme}.get(
            target, rater if raters_of(version).oneself else other
        )
        where = SUBJECTS[version.about].where
        place = Place(group=group) if where == "group" else Place(meeting=meeting) if where == "meeting" else None
        if about == other:  # both were in a session: its app vouches for it
            place = Place(thing="session:1")
        one = open_evaluation(by=rater, version=version, about=about, seen_on=DAY, place=place)
        items = Item.objects.filter(section__version=version, kind="scale").select_related("scale")
        answers = {item.pk: Given(value=item.scale.options[0]["value"]) for item in items}
        assert submit(by=rater, evaluation=one, seen=1, answers=answers).state == "submitted", version.checklist.key


def test_anonymous_ones_are_said_but_not_offered():
    _programme, roles, _versions = installed("dua")
    mine, anonymous = offered_to(MembershipFactory(role=roles["group_leader"]).person)
    assert {version.checklist.key for version in anonymous} == {
        "parent_weekly",
        "parent_final",
        "supervision_evaluation",
    }
    assert {one.version.checklist.key for one in mine} == {"session_content", "process", "self_and_peer_evaluation"}


def test_an_occasion_of_a_higher_app_is_offered(monkeypatch):
    programme, roles, versions = installed("kollegaveiledning")
    conduct = next(version for version in versions if version.checklist.key == "supervisor_conduct")
    observer = MembershipFactory(role=roles["observer"]).person
    leader = MembershipFactory(role=roles["supervisor"], person__name="Silje Vik").person
    known = [Occasion("session:7", "Practice session, 2 February", DAY, (leader.pk,))]
    monkeypatch.setattr("checklists.readers.choices.occasions", lambda where, viewer, programme: known)
    choice = choices(observer, conduct)[0]
    assert (choice.value, choice.label, choice.day) == (
        f"person:{leader.pk} session:7",
        "Silje Vik: Practice session, 2 February",
        DAY,
    )
