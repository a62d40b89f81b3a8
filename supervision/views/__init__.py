"""Pages of sessions, records and goals."""
