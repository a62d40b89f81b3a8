"""Pages of organisations, roles and invitations."""
