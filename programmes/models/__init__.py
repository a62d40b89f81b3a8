"""Networks, programmes, roles, supervision rules and memberships."""

from .membership import Membership, MembershipRequest
from .organisation import Organisation
from .programme import Programme, ProgrammeRole, StoredPack
from .rule import SupervisionRule, SupervisionRuleVersion

__all__ = [
    "Membership",
    "MembershipRequest",
    "Organisation",
    "Programme",
    "ProgrammeRole",
    "StoredPack",
    "SupervisionRule",
    "SupervisionRuleVersion",
]
