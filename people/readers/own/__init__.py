"""What is somebody's own, room by room: to be read on a page that says what there is, and taken out as a file."""

from people.readers.own.as_file import as_file
from people.readers.own.gathered import Gathered, counted, gathered, left_programmes
from people.readers.own.part import Entry, Part

__all__ = ["Entry", "Gathered", "Part", "as_file", "counted", "gathered", "left_programmes"]
