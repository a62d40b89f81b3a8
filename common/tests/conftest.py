"""Property tests that find the same thing on every machine, and keep nothing on disk."""

from hypothesis import settings

settings.register_profile("house", database=None, derandomize=True, deadline=None)
settings.load_profile("house")
