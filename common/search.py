"""Search in folded names: all words typed, in any order, each anywhere in the name."""

from django.db.models import Q

from common.text import fold_for_search

MOST_WORDS = 6


def words_in(typed: str, field: str) -> Q:
    """The rows whose ``field`` (a column filled by :func:`fold_for_search`) holds every word of ``typed``.

    Nothing typed finds all; signs that fold to nothing find none. ``field`` is ours, never the reader's.
    """
    words = fold_for_search(typed).split()[:MOST_WORDS]
    if typed.strip() and not words:
        return Q(pk__in=[])
    condition = Q()
    for word in words:
        condition &= Q(**{f"{field}__contains": word})
    return condition
