"""Pages on which people are placed, moved and ended, and on which coaches say what room they have."""
