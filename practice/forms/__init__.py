"""Forms of groups, their meetings, and recordings."""
