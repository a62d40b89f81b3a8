"""Acts on tracks, events, candidacies and certificates."""
