"""What people read across the rooms: typed, few queries, nothing written."""
