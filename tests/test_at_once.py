"""Many reads in one statement give what each would give by itself, on both databases."""

import datetime as dt
import re

import pytest
from django.db.models import Count, Exists, F, Max, OuterRef, Q

from accounts.models import User
from common.at_once import read_at_once
from programmes.models import Membership, Organisation, Programme, ProgrammeRole, StoredPack
from supervision.models import Attendance, SupervisionSession
from supervision.tests.factories import THURSDAY, stage_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(scope="module")
def rows(shared):
    """Two programmes with people in each, below the network and in it itself, and their sessions."""
    shared(make_rows)


def make_rows():
    for key, rule, lead, led in (
        ("dua", "peer_coach_group", "peer_coach", "group_leader"),
        ("peer_coaching", "pair", "participant", "participant"),
    ):
        stage = stage_of(key)
        people = [stage.member(role, organisation) for role, organisation in ((lead, None), (led, stage.network))]
        for days in range(3):
            session = stage.session(rule, people[0], people[1:], at=THURSDAY - dt.timedelta(days=days))
        session.attendances.update(question_at=THURSDAY)


def reads():
    """Reads of every shape: instances with relations and annotations, tuples, single values, groups, slices, none."""
    later = Attendance.objects.filter(session=OuterRef("pk"), seat="supervisee")
    return {
        "instances": Membership.objects.select_related("role__programme", "organisation__parent").order_by("pk"),
        "annotated": SupervisionSession.objects.annotate(many=Exists(later), day=Max("attendances__question_at"))
        .select_related("planned_by")
        .order_by("-starts_at", "pk")[:7],
        "few columns": Membership.objects.select_related("person", "organisation__parent")
        .only("started_on", "person__name", "organisation__parent__name")
        .order_by("pk"),
        "all related": Organisation.objects.select_related().defer("name").order_by("pk"),
        "packs": StoredPack.objects.order_by("pk").values_list("programme_id", "content__delivery_models", "content"),
        "mixed": User.objects.annotate(known=Q(email__isnull=False))
        .order_by("pk")
        .values_list("known", "name", "date_joined", "pk"),
        "single": Organisation.objects.order_by("-sort_name").values_list("name", flat=True),
        "grouped": Membership.objects.order_by()
        .values("role__kind")
        .annotate(number=Count("pk"), last=Max("started_on"))
        .order_by("role__kind")
        .values_list("role__kind", "number", "last"),
        "impossible": Programme.objects.filter(pk__in=[]).order_by("pk"),
        "empty": ProgrammeRole.objects.filter(key="no such role"),
    }


@pytest.mark.parametrize("name", list(reads()))
def test_each_gives_what_it_gives_by_itself(rows, name):
    alone = list(reads()[name])
    found = read_at_once(**reads())[name]
    assert found == alone
    assert [vars_of(one) for one in found] == [vars_of(one) for one in alone]
    assert alone or name in ("impossible", "empty")


def vars_of(one):
    """Every value of an instance and of what hangs on it, as far as it is read; other rows as they are."""
    if not hasattr(one, "_meta"):
        return one
    own = {name: value for name, value in vars(one).items() if name != "_state"}
    return own | {name: vars_of(value) for name, value in one._state.fields_cache.items()}


def test_one_query_for_all_and_none_for_nothing(rows, django_assert_num_queries):
    with django_assert_num_queries(1):
        read_at_once(**reads())
    with django_assert_num_queries(0):
        assert read_at_once(one=Programme.objects.none(), other=reads()["impossible"]) == {"one": [], "other": []}


def test_relations_are_there_without_another_query(rows, django_assert_num_queries):
    memberships = read_at_once(memberships=reads()["instances"])["memberships"]
    with django_assert_num_queries(0):
        assert {one.role.programme.key for one in memberships} >= {"dua", "peer_coaching"}
        assert any(one.organisation.parent is None for one in memberships)


@pytest.mark.parametrize(
    ("read", "says"),
    [
        (lambda: Membership.objects.prefetch_related("role"), "without prefetch"),
        (lambda: User.objects.values("name"), "values_list"),
        (lambda: User.objects.annotate(part=F("pk") / 2.5).values_list("part"), "does not read"),
    ],
)
def test_what_it_cannot_keep_is_refused(read, says):
    with pytest.raises(TypeError, match=re.escape(says)):
        read_at_once(one=read())
