"""Forms of sessions, records and goals."""
