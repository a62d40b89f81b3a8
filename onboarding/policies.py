"""Who may import into which branch, and who may see an import."""

from __future__ import annotations

from accounts.models import User
from onboarding.models import ImportRun
from programmes.models import Membership, Organisation, Programme
from programmes.policies import Hat, branch_paths, coordinated_paths


def home_of(hat: Hat) -> Organisation:
    """The organisation under which a coordinator brings people in: the highest of those that the hat covers."""
    return min(hat.organisations, key=lambda organisation: (organisation.depth, organisation.pk))


def may_see_run(user: User, run: ImportRun) -> bool:
    """Whoever began it and still coordinates there; and who coordinates that branch in all programmes it names."""
    home = run.organisation.path
    if run.uploaded_by_id == user.pk:
        return any(home.startswith(path) for path in coordinated_paths(user))
    programmes = Programme.objects.filter(pk__in=run.programme_ids)
    return bool(run.programme_ids) and all(
        any(home.startswith(path) for path in branch_paths(user, programme)) for programme in programmes
    )


def is_of_the_network(user: User, run: ImportRun) -> bool:
    """Whether the person has a role in the network at all: others find nothing."""
    network = run.organisation.network_path
    return Membership.objects.open().filter(person=user, organisation__path__startswith=network).exists()
