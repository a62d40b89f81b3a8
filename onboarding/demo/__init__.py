"""The demo: two invented networks in which every page has something to show."""
