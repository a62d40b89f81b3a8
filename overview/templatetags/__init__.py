"""Tags of the pages that people read across the rooms."""
