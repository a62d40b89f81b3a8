"""How odd values are spread over the fields of a form, for the tests of bad input in all rooms."""

from collections.abc import Iterable, Sequence


def spread(fields: Iterable[str], odd: Sequence[str]) -> list[dict[str, str]]:
    """Bodies to post, two for each odd value: it alone in all fields, and it beside the others, each field with
    another one and each value once in each field."""
    names = list(fields)
    same = [dict.fromkeys(names, value) for value in odd]
    turned = [{name: odd[(turn + place) % len(odd)] for place, name in enumerate(names)} for turn in range(len(odd))]
    return same + (turned if len(names) > 1 else [])
