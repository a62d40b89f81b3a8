"""Acts on instruments and evaluations."""
