"""Networks, programmes, roles, rules and memberships for tests; a small programme ready to use.

cast = small_programme()
coach = cast.member("peer_coach", name="Ragnhild")
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import factory

from accounts.models import User
from accounts.tests.factories import PersonFactory
from common.text import fold_for_search, fold_for_sort, identity_of
from programmes.models import (
    Membership,
    Organisation,
    Programme,
    ProgrammeRole,
    SupervisionRule,
    SupervisionRuleVersion,
)

LONG_AGO = dt.date(2020, 1, 1)
ADDED_AT = dt.datetime(2020, 1, 1, 12, tzinfo=dt.UTC)


def texts(word: str) -> dict[str, str]:
    """One word in all languages, told apart: {"en": "word", "nb": "word (nb)", "da": "word (da)"}."""
    return {"en": word, "nb": f"{word} (nb)", "da": f"{word} (da)"}


class OrganisationFactory(factory.django.DjangoModelFactory):
    """An organisation; a network where no parent is given."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda number: f"Organisation {number}")
    parent = None
    created_at = ADDED_AT

    @classmethod
    def _create(cls, model_class: type[Organisation], *args: Any, **fields: Any) -> Organisation:
        parent, name = fields["parent"], fields["name"]
        fields.setdefault("created_by", User.objects.system())
        organisation = model_class.objects.create(
            sort_name=fold_for_sort(name),
            search_name=fold_for_search(name),
            name_key=identity_of(name),
            path=f"new:{name}",
            **fields,
        )
        organisation.path = f"{parent.path if parent else ''}{organisation.pk:06d}/"
        organisation.save(update_fields=["path"])
        return organisation


class ProgrammeFactory(factory.django.DjangoModelFactory):
    """A programme without roles or rules."""

    class Meta:
        model = Programme

    network = factory.SubFactory(OrganisationFactory)
    key = factory.Sequence(lambda number: f"programme_{number}")
    names = factory.LazyAttribute(lambda programme: texts(programme.key))
    short_names = factory.LazyAttribute(lambda programme: texts(programme.key))
    pack_version = "1"
    pack_hash = "0" * 64


class RoleFactory(factory.django.DjangoModelFactory):
    """A role; its key is its kind unless said otherwise."""

    class Meta:
        model = ProgrammeRole

    programme = factory.SubFactory(ProgrammeFactory)
    kind = "group_leader"
    key = factory.SelfAttribute("kind")
    order = factory.Sequence(lambda number: number % 30_000)
    names = factory.LazyAttribute(lambda role: texts(role.key.replace("_", " ")))


class RuleFactory(factory.django.DjangoModelFactory):
    """The stable part of a rule."""

    class Meta:
        model = SupervisionRule

    programme = factory.SubFactory(ProgrammeFactory)
    key = factory.Sequence(lambda number: f"rule_{number}")
    order = 1


class RuleVersionFactory(factory.django.DjangoModelFactory):
    """What a rule says: a group of at most four with places of its own. `supervisees` are its roles."""

    class Meta:
        model = SupervisionRuleVersion
        skip_postgeneration_save = True

    rule = factory.SubFactory(RuleFactory)
    number = 1
    names = factory.LazyAttribute(lambda version: texts(version.rule.key.replace("_", " ")))
    format = "group"
    supervisor_role = factory.SubFactory(RoleFactory, kind="peer_coach")
    min_supervisees = 1
    max_supervisees = 4
    rests_on = "own"
    caseload_max = 4
    cadence_every = 2
    cadence_unit = "week"
    minutes = 120
    coverage_window_days = 21
    source: dict[str, Any] = {}

    @factory.post_generation
    def supervisees(version, create: bool, extracted: Any, **kwargs: Any) -> None:
        version.supervisee_roles.set(extracted or [])


class MembershipFactory(factory.django.DjangoModelFactory):
    """An open role since long ago."""

    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    role = factory.SubFactory(RoleFactory)
    organisation = factory.LazyAttribute(lambda membership: membership.role.programme.network)
    started_on = LONG_AGO
    added_at = ADDED_AT
    added_by = factory.LazyFunction(User.objects.system)


@dataclass
class Cast:
    """A programme with all five kinds of role and two rules: `group` (coach and leaders), `mentoring` (mentor and
    coaches); `office` is an organisation under the network `top`."""

    programme: Programme
    top: Organisation
    office: Organisation
    roles: dict[str, ProgrammeRole]
    rules: dict[str, SupervisionRule] = field(default_factory=dict)

    def member(self, role: str, organisation: Organisation | None = None, **person: Any) -> User:
        """Somebody new who holds the role, at the office unless said otherwise; `person=` for somebody known."""
        somebody: User = person.pop("person", None) or PersonFactory(**person)
        MembershipFactory(person=somebody, role=self.roles[role], organisation=organisation or self.office)
        return somebody

    def rule(self, key: str, supervisor: str, supervisees: list[str], **fields: Any) -> SupervisionRule:
        """A rule more, with its current version."""
        rule = RuleFactory(programme=self.programme, key=key, order=len(self.rules) + 1)
        RuleVersionFactory(
            rule=rule,
            supervisor_role=self.roles[supervisor],
            supervisees=[self.roles[one] for one in supervisees],
            **fields,
        )
        self.rules[key] = rule
        return rule


def small_programme(**fields: Any) -> Cast:
    """A cast without people, in a network of its own."""
    programme = ProgrammeFactory(**fields)
    kinds = ProgrammeRole.Kind.values
    roles = {
        kind: RoleFactory(programme=programme, kind=kind, order=order) for order, kind in enumerate(kinds, start=1)
    }
    cast = Cast(programme, programme.network, OrganisationFactory(parent=programme.network), roles)
    cast.rule("group", "peer_coach", ["group_leader"])
    cast.rule("mentoring", "mentor", ["peer_coach"], caseload_max=8, max_supervisees=8)
    return cast
