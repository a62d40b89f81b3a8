"""What people are told: about sessions, about recordings that were looked at in them, about what is shared."""

from supervision.notices import recordings, sessions, sharing

__all__ = ["recordings", "sessions", "sharing"]
