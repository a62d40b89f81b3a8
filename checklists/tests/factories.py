"""Scales, checklists, evaluations and answers for tests.

version = published(cast.programme, "process", filled_by=["group_leader", "peer_coach"], allows_raters=["self", …])
one = EvaluationFactory(version=version, person=leader, rater=coach, part="coach", thing="meeting:1")
answer_all(one, 1, 0, "na")
"""

import datetime as dt
from typing import Any

import factory

from accounts.models import User
from accounts.tests.factories import PersonFactory
from checklists.models import Answer, Checklist, ChecklistVersion, Evaluation, Item, Scale, Section
from programmes.models import Programme
from programmes.tests.factories import ADDED_AT, ProgrammeFactory, texts

DAY = dt.date(2026, 2, 2)
SENT_AT = dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC)
#: The options of the shipped scales that tests use, in the order of the packs.
OPTIONS = {
    "yes_no_na": [(1, "Yes"), (0, "No")],
    "done_partly_not_na": [(2, "Done"), (1, "Partly done"), (0, "Not done")],
    "quality_1_5_na": [(1, "Not yet"), (2, "Begun"), (3, "Good enough"), (4, "Good"), (5, "Very good")],
    "role_star_0_2": [(2, "Central"), (1, "Desirable"), (0, "Not part of it")],
}


class ScaleFactory(factory.django.DjangoModelFactory):
    """Yes or no, unless another key of OPTIONS is given."""

    class Meta:
        model = Scale
        django_get_or_create = ("programme", "key", "number")

    programme = factory.SubFactory(ProgrammeFactory)
    key = "yes_no_na"
    number = 1
    kind = factory.LazyAttribute(lambda scale: "binary" if scale.key == "yes_no_na" else "ordinal")
    allow_na = factory.LazyAttribute(lambda scale: scale.key.endswith("_na"))
    na_names = factory.LazyAttribute(lambda scale: texts("Not applicable") if scale.allow_na else {})

    @factory.lazy_attribute
    def options(self) -> list[dict[str, Any]]:
        return [{"value": value, "names": texts(words)} for value, words in OPTIONS[self.key]]


def published(
    programme: Programme,
    key: str = "process",
    *,
    kind: str = "process",
    scale: str = "yes_no_na",
    sections: dict[str, int] | None = None,
    words: tuple[str, ...] = (),
    numbers: tuple[str, ...] = (),
    number: int = 1,
    **fields: Any,
) -> ChecklistVersion:
    """A published version with `sections` (key to number of items), by default "opening" with 2 and "closing" with 1.

    An earlier published version of the same key is retired. `words` and `numbers` are keys of further items.
    """
    checklist, _made = Checklist.objects.get_or_create(programme=programme, key=key, defaults={"kind": kind})
    checklist.versions.filter(state="published").update(state="retired")
    row = ScaleFactory(programme=programme, key=scale)
    version = ChecklistVersion.objects.create(
        checklist=checklist,
        number=number,
        state="published",
        scale=row,
        published_at=ADDED_AT,
        published_by=User.objects.system(),
        **{"names": texts(key.capitalize()), "about": "person", "filled_by": ["group_leader"], "source": {}} | fields,
    )
    for order, (name, count) in enumerate((sections or {"opening": 2, "closing": 1}).items(), 1):
        section = Section.objects.create(version=version, key=name, order=order, names=texts(name.capitalize()))
        for place in range(1, count + 1):
            Item.objects.create(
                section=section, key=f"{name}_{place}", order=place, scale=row, texts=texts(f"{name} item {place}")
            )
    for kind_of_item, keys in (("number", numbers), ("text", words)):
        if keys:
            order = version.sections.count() + 1
            section = Section.objects.create(
                version=version, key=f"_{kind_of_item}s", order=order, names=texts("More")
            )
            for place, one in enumerate(keys, 1):
                Item.objects.create(section=section, key=one, order=place, kind=kind_of_item, texts=texts(one))
    return version


class EvaluationFactory(factory.django.DjangoModelFactory):
    """One that was sent in about somebody, by the person, about 2 February 2026; `state="draft"` for a draft."""

    class Meta:
        model = Evaluation

    version = factory.LazyFunction(lambda: published(ProgrammeFactory()))
    person = factory.SubFactory(PersonFactory)
    rater = factory.SelfAttribute("person")
    part = factory.LazyAttribute(lambda one: "self" if one.rater == one.person else "coach")
    thing = factory.LazyAttribute(lambda one: f"person:{one.person.pk}:{one.seen_on}")
    seen_on = DAY
    state = "submitted"
    begun_at = ADDED_AT
    submitted_at = factory.LazyAttribute(lambda one: SENT_AT if one.state == "submitted" else None)


def answer_all(evaluation: Evaluation, *values: int | str | None) -> Evaluation:
    """Answer the items on the scale in their order: a value, "na", or None for none. Returns the evaluation."""
    items = Item.objects.filter(section__version=evaluation.version, kind="scale")
    for item, value in zip(items.order_by("section__order", "order"), values, strict=False):
        if value is not None:
            na = value == "na"
            Answer.objects.create(evaluation=evaluation, item=item, value=None if na else value, not_applicable=na)
    return evaluation
