"""Days as 24.11.2026 and times as 13.00, in fields and tables; other common ways of writing are understood."""

SHORT_DATE_FORMAT = "d.m.Y"
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]
TIME_FORMAT = "H.i"
TIME_INPUT_FORMATS = ["%H.%M", "%H:%M", "%H%M", "%H:%M:%S"]
FIRST_DAY_OF_WEEK = 1
