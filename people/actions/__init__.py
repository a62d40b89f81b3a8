"""Acts that touch every room of a person."""
