"""People who sign in, their invitations, and the trail of what was done."""

from .address_change import AddressChange
from .audit import AuditEvent, AuditPerson
from .invitation import Invitation
from .user import User

__all__ = ["AddressChange", "AuditEvent", "AuditPerson", "Invitation", "User"]
