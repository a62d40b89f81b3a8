"""What the pages of onboarding show, and what a sheet is checked against."""
