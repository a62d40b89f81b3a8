"""What pages about sessions and goals show."""
