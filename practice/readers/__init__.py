"""What pages read about groups. Nothing is written here."""
