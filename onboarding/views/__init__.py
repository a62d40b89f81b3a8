"""Pages of bringing people in."""
