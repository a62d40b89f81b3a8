"""The packs that the product ships."""

from pathlib import Path

PACKS = Path(__file__).parent / "packs"
#: The keys of ``install_programme``, in the order in which they are listed.
KEYS = ("dua", "kollegaveiledning", "peer_training", "peer_coaching")


def pack_path(key: str) -> Path:
    """Where the pack lies; raises KeyError for a key that is not shipped."""
    if key not in KEYS:
        raise KeyError(key)
    return PACKS / f"{key}.yaml"
