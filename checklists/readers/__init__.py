"""What pages read about checklists. Nothing is written here."""
