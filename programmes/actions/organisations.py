"""The tree below a network: add, rename, move."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from common.errors import DomainError, NotAllowed
from common.text import clean_line, fold_for_search, fold_for_sort, identity_of
from programmes import policies
from programmes.models import Organisation

# A path has 255 characters, seven a level.
DEEPEST = 30


def add_organisation(*, by: User, parent: Organisation, name: str) -> Organisation:
    """Put an organisation under another one.

    Raises `DomainError` when the parent already has one of that name (case and spaces aside), `NotAllowed` outside
    one's own branch. A name that nearly equals another is the page's to ask about.
    """
    _require_branch(by, parent)
    if parent.depth >= DEEPEST:
        raise DomainError(_("The tree cannot be deeper than this. Put it under an organisation further up."))
    with transaction.atomic():
        organisation = _insert(by=by, name=name, parent=parent)
        audit.record(
            by=by,
            verb="organisation.added",
            subject=f"organisation:{organisation.pk}",
            organisation_path=organisation.path,
        )
    return organisation


def rename_organisation(*, by: User, organisation: Organisation, name: str) -> Organisation:
    """Correct a name; the old one is kept in the trail. Raises `DomainError` when a neighbour has the name."""
    _require_branch(by, organisation)
    old, new = organisation.name, _clean_name(name)
    if old == new:
        return organisation
    organisation.name, organisation.name_key = new, identity_of(new)
    organisation.sort_name, organisation.search_name = fold_for_sort(new), fold_for_search(new)
    try:
        with transaction.atomic():
            organisation.save(update_fields=["name", "name_key", "sort_name", "search_name"])
            audit.record(
                by=by,
                verb="organisation.renamed",
                subject=f"organisation:{organisation.pk}",
                organisation_path=organisation.path,
                facts={"old": old, "new": new},
            )
    except IntegrityError as error:
        raise _name_taken(new) from error
    return organisation


def move_organisation(*, by: User, organisation: Organisation, parent: Organisation) -> Organisation:
    """Put an organisation, with everything below it, under another parent of the same network.

    Raises `DomainError` for a root, for a parent inside the organisation itself or in another network, and when the
    parent already has one of that name.
    """
    _require_branch(by, organisation)
    _require_branch(by, parent)
    _check_move(organisation, parent)
    old_path, new_path = organisation.path, f"{parent.path}{organisation.pk:06d}/"
    if old_path == new_path:
        return organisation
    try:
        with transaction.atomic():
            # One change of a tree at a time, else two moves could make a ring.
            Organisation.objects.select_for_update().get(path=organisation.network_path)
            Organisation.objects.filter(pk=organisation.pk).update(parent=parent)
            Organisation.objects.filter(path__startswith=old_path).update(
                path=Concat(Value(new_path), Substr(F("path"), len(old_path) + 1))
            )
            audit.record(
                by=by,
                verb="organisation.moved",
                subject=f"organisation:{organisation.pk}",
                organisation_path=new_path,
                facts={"old": old_path, "new": new_path},
            )
    except IntegrityError as error:
        raise _name_taken(organisation.name) from error
    organisation.refresh_from_db()
    return organisation


def _insert(*, by: User, name: str, parent: Organisation) -> Organisation:
    """The row, then its path, which holds its own id."""
    name = _clean_name(name)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                name=name,
                sort_name=fold_for_sort(name),
                search_name=fold_for_search(name),
                name_key=identity_of(name),
                parent=parent,
                path=uuid.uuid4().hex,
                created_at=timezone.now(),
                created_by=by,
            )
    except IntegrityError as error:
        raise _name_taken(name) from error
    organisation.path = f"{parent.path}{organisation.pk:06d}/"
    organisation.save(update_fields=["path"])
    return organisation


def _clean_name(text: str) -> str:
    name = clean_line(text, field="name")
    if not fold_for_search(name):
        raise DomainError(_("Write the name of the organisation."), field="name", code="name")
    return name


def _name_taken(name: str) -> DomainError:
    return DomainError(
        _("There is already an organisation called %(name)s here. Use that one, or choose another name.")
        % {"name": name},
        field="name",
        code="name_taken",
    )


def _require_branch(by: User, organisation: Organisation) -> None:
    if not policies.may_change_organisation(by, organisation):
        raise NotAllowed(_("You can change organisations only in your own part of the network."), code="branch")


def _check_move(organisation: Organisation, parent: Organisation) -> None:
    if organisation.parent_id is None:
        raise DomainError(_("A network cannot be moved under another organisation."), field="parent")
    if parent.network_path != organisation.network_path:
        raise DomainError(_("An organisation stays in its own network."), field="parent")
    if parent.path.startswith(organisation.path):
        raise DomainError(
            _("%(name)s cannot lie under itself. Choose an organisation outside it.") % {"name": organisation.name},
            field="parent",
        )
    if parent.depth >= DEEPEST:
        raise DomainError(_("The tree cannot be deeper than this. Choose an organisation further up."), field="parent")
