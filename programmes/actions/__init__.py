"""Acts on networks, organisations, programmes and memberships."""
