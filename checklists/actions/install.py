"""The scales and checklists of a pack: published versions with sections and items."""

from collections.abc import Mapping
from typing import Any, cast

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from checklists.models import Checklist, ChecklistVersion, Item, Scale, Section
from programmes.models import Programme
from programmes.pack_types import ChecklistPack, Pack, Text
from programmes.shipped import content_hash

#: Numbers and words of a checklist stand in sections of their own, before and after those of the pack.
NUMBERS: tuple[str, Text] = ("_numbers", {"en": "Numbers", "nb": "Tall", "da": "Tal"})
WORDS: tuple[str, Text] = ("_words", {"en": "In your own words", "nb": "Med egne ord", "da": "Med egne ord"})

State = ChecklistVersion.State


@transaction.atomic
def install_checklists(*, programme: Programme, pack: Pack, by: User) -> int:
    """Publish a version of each checklist that is new or changed, or whose scale has changed; returns how many.

    What was published before is retired and frozen: old answers stay whole. A checklist that the pack leaves out is
    retired without a successor.
    """
    scales = _install_scales(programme, pack)
    checklists = _stable_checklists(programme, pack)
    published = {
        version.checklist_id: version
        for version in ChecklistVersion.objects.filter(checklist__programme=programme, state=State.PUBLISHED)
    }
    made = 0
    for checklist_pack in pack["checklists"]:
        checklist, scale = checklists[checklist_pack["key"]], scales[checklist_pack["scale"]]
        source = _source(checklist_pack, pack)
        before = published.pop(checklist.pk, None)
        if before is None or before.source != source or before.scale_id != scale.pk:
            _retire(before)
            _publish(checklist, checklist_pack, source, scale, by)
            made += 1
    for left_out in published.values():
        _retire(left_out)
    return made


def _install_scales(programme: Programme, pack: Pack) -> dict[str, Scale]:
    """The scale for each key; a changed one is a row with a new number, for answers keep theirs."""
    latest = {scale.key: scale for scale in programme.scales.order_by("number")}
    for scale in pack["scales"]:
        values: dict[str, Any] = {
            "kind": scale["kind"],
            "allow_na": scale["allow_na"],
            "options": scale["options"],
            "na_names": scale.get("na_names", {}),
            "scoring": scale["scoring"],
        }
        before = latest.get(scale["key"])
        if before is None or any(getattr(before, name) != value for name, value in values.items()):
            number = before.number + 1 if before else 1
            latest[scale["key"]] = Scale.objects.create(programme=programme, key=scale["key"], number=number, **values)
    return latest


def _stable_checklists(programme: Programme, pack: Pack) -> dict[str, Checklist]:
    there = {checklist.key: checklist for checklist in programme.checklists.all()}
    for order, checklist_pack in enumerate(pack["checklists"], 1):
        key, kind = checklist_pack["key"], checklist_pack["kind"]
        checklist = there.get(key) or Checklist(programme=programme, key=key)
        if checklist.pk is None or (checklist.kind, checklist.order) != (kind, order):
            checklist.kind, checklist.order = kind, order
            checklist.save()
            there[key] = checklist
    return there


def _source(checklist: ChecklistPack, pack: Pack) -> dict[str, Any]:
    """The checklist as the pack writes it, but its sections, which are rows, only as a hash: lists join it.

    Weights that it takes from another part of the pack are written out, so that the version keeps its own.
    """
    slim = {name: value for name, value in checklist.items() if name != "sections"}
    if part := checklist.get("weights_from"):
        areas = cast(Mapping[str, Any], pack)[part]["areas"]
        slim["weights"] = {area["key"]: area["weight"] for area in areas}
    return slim | {"sections_hash": content_hash(checklist["sections"])}


def _retire(version: ChecklistVersion | None) -> None:
    if version is not None:
        version.state = State.RETIRED
        version.save(update_fields=["state"])


def _publish(checklist: Checklist, pack: ChecklistPack, source: dict[str, Any], scale: Scale, by: User) -> None:
    last = checklist.versions.aggregate(last=Max("number"))["last"] or 0
    version = ChecklistVersion.objects.create(
        checklist=checklist,
        number=last + 1,
        state=State.PUBLISHED,
        names=pack["names"],
        when=pack["when"],
        about=pack["about"],
        filled_by=pack["filled_by"],
        allows_raters=pack.get("allows_raters", []),
        scale=scale,
        anonymous=pack.get("anonymous", False),
        source=source,
        published_at=timezone.now(),
        published_by=by,
    )
    layout = _layout(pack, scale)
    sections = Section.objects.bulk_create(
        Section(version=version, key=key, order=order, names=names)
        for order, (key, names, _items) in enumerate(layout, 1)
    )
    Item.objects.bulk_create(
        Item(section=section, order=order, **values)
        for section, (_key, _names, items) in zip(sections, layout, strict=True)
        for order, values in enumerate(items, 1)
    )


def _layout(pack: ChecklistPack, scale: Scale) -> list[tuple[str, Text, list[dict[str, Any]]]]:
    """Each section as key, names and the values of its items, in the order in which they are filled in."""
    numbers = [
        {
            "key": field["key"],
            "kind": Item.Kind.NUMBER,
            "texts": field["names"],
            "target_min": field.get("target", {}).get("min"),
            "target_max": field.get("target", {}).get("max"),
        }
        for field in pack.get("numeric_fields", [])
    ]
    scaled = [
        (
            section["key"],
            section["names"],
            [
                {"key": item["key"], "kind": Item.Kind.SCALE, "scale": scale, "texts": item["text"]}
                for item in section["items"]
            ],
        )
        for section in pack["sections"]
    ]
    words = [
        {"key": field["key"], "kind": Item.Kind.TEXT, "texts": field["names"]} for field in pack.get("text_fields", [])
    ]
    return [*([(*NUMBERS, numbers)] if numbers else []), *scaled, *([(*WORDS, words)] if words else [])]
