"""The tracks of a pack: each stable, with a new version when what it asks for has changed."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from certification.models import Step, Track, TrackVersion
from checklists.models import Checklist
from programmes.models import Programme, ProgrammeRole, SupervisionRule
from programmes.pack_types import Pack, RolePack, TrackPack, TrackStepPack
from programmes.shipped import content_hash


@transaction.atomic
def install_tracks(*, programme: Programme, pack: Pack, by: User) -> int:
    """Make a version of each track that is new or changed; returns how many.

    A candidacy keeps the version with which it began. A track that the pack leaves out takes no new candidates.
    """
    tracks = _stable_tracks(programme, pack)
    current = {
        version.track_id: version
        for version in TrackVersion.objects.filter(track__programme=programme, is_current=True)
    }
    parts = _Parts(programme, pack)
    made = 0
    for track_pack in pack["certification_tracks"]:
        track, values = tracks[track_pack["key"]], _values(track_pack, parts)
        before = current.pop(track.pk, None)
        if before is None or any(getattr(before, name) != value for name, value in values.items()):
            _new_version(track, track_pack, values, parts, before)
            made += 1
    for left_out in current.values():
        left_out.is_current = False
        left_out.save(update_fields=["is_current"])
    return made


class _Parts:
    """The rows of the programme that a track may name, by key."""

    def __init__(self, programme: Programme, pack: Pack) -> None:
        self.pack_roles: dict[str, RolePack] = {role["key"]: role for role in pack["roles"]}
        self.roles: dict[str, ProgrammeRole] = {role.key: role for role in programme.roles.all()}
        self.rules: dict[str, SupervisionRule] = {rule.key: rule for rule in programme.rules.all()}
        self.checklists: dict[str, Checklist] = {row.key: row for row in programme.checklists.all()}
        self.units = {unit["key"]: unit["names"] for unit in pack["vocabulary"]["units"]}


def _stable_tracks(programme: Programme, pack: Pack) -> dict[str, Track]:
    there = {track.key: track for track in programme.tracks.all()}
    for order, track_pack in enumerate(pack["certification_tracks"], 1):
        track = there.get(track_pack["key"]) or Track(programme=programme, key=track_pack["key"])
        if track.pk is None or track.order != order:
            track.order = order
            track.save()
            there[track.key] = track
    return there


def _values(pack: TrackPack, parts: _Parts) -> dict[str, Any]:
    """What a version holds beside its steps. The title on the certificate is the role that the track awards.

    ``source`` has no steps, for candidacies join it, but tells when they change.
    """
    awards = pack["awards"] or ""
    used = {step["unit"] for step in pack["steps"]}
    return {
        "names": pack["names"],
        "candidate": pack.get("candidate", "person"),
        "for_role": pack["for_role"],
        "awards": awards,
        "title": parts.pack_roles[awards]["names"] if awards else pack["names"],
        "decided_by": pack["decided_by"],
        "decided_outside": parts.pack_roles[pack["decided_by"]]["kind"] == "outside",
        "recorded_by": pack.get("recorded_by", ""),
        "per_variant": pack.get("per_variant", False),
        "validity_months": pack["validity_months"],
        "source": {
            **{name: value for name, value in pack.items() if name != "steps"},
            "steps_hash": content_hash(pack["steps"]),
            "unit_names": {unit: parts.units[unit] for unit in sorted(used)},
        },
    }


def _new_version(
    track: Track, pack: TrackPack, values: dict[str, Any], parts: _Parts, before: TrackVersion | None
) -> None:
    if before is not None:
        before.is_current = False
        before.save(update_fields=["is_current"])
    last = track.versions.aggregate(last=Max("number"))["last"] or 0
    version = TrackVersion.objects.create(track=track, number=last + 1, **values)
    Step.objects.bulk_create(_step(version, step, parts) for step in pack["steps"])


def _step(version: TrackVersion, pack: TrackStepPack, parts: _Parts) -> Step:
    """One rung; a role that decides from outside has no row, then the track's ``recorded_by`` records."""
    return Step(
        version=version,
        key=pack["key"],
        order=pack["order"],
        names=pack["names"],
        kind=pack["kind"],
        count=pack["count"],
        unit=pack["unit"],
        approver_role=parts.roles.get(pack["approver_role"]),
        rule=parts.rules[pack["supervision_rule"]] if "supervision_rule" in pack else None,
        seat=pack.get("seat", ""),
        checklist=parts.checklists[pack["checklist"]] if "checklist" in pack else None,
        training_event=pack.get("training_event", ""),
        attendance_required_percent=pack.get("attendance_required_percent"),
        independent=pack.get("independent_reviewer", False),
        source={**pack, "unit_names": parts.units[pack["unit"]]},
    )
