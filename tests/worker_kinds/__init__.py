"""An app in the workers of tests only: two kinds of notices, one by the clock and one written by an act."""
