"""Acts on people and the trail."""
