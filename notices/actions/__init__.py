"""Acts on notices: written by other acts, found by the tick, sent."""
