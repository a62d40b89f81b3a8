"""Acts on places: place, end, move, cover; and what a coach says of the own room."""
