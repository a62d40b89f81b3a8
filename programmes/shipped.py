"""The packs that the product ships, and reading a pack for installing."""

import hashlib
import json
from pathlib import Path
from typing import Any, cast

from django.utils.translation import gettext

from common.errors import DomainError
from programmes.pack_file import Unreadable, read_pack_file
from programmes.pack_schema import check_pack
from programmes.pack_types import Pack

PACKS = Path(__file__).parent / "packs"
#: The keys of ``install_programme``, in the order in which they are listed.
KEYS = ("dua", "kollegaveiledning", "peer_training", "peer_coaching")


def pack_path(key: str) -> Path:
    """Where the shipped pack lies; raises :class:`DomainError` that lists the keys for any other."""
    if key not in KEYS:
        raise DomainError(
            gettext("There is no programme “%(key)s”. Choose one of these: %(keys)s.")
            % {"key": key, "keys": ", ".join(KEYS)},
            code="unknown_pack",
        )
    return PACKS / f"{key}.yaml"


def load_pack(path: Path) -> Pack:
    """The pack in the file; raises :class:`DomainError` with the first finding when anything is wrong with it."""
    try:
        read = read_pack_file(path)
        findings = [str(finding) for finding in check_pack(read)]
    except Unreadable as error:
        findings = [f"{path.name}: {error}"]
    if findings:
        raise DomainError(
            gettext("The programme cannot be installed: %(finding)s Check the file with check_pack.")
            % {"finding": findings[0]},
            code="broken_pack",
        )
    return cast(Pack, read.data)


def content_hash(part: Any) -> str:
    """SHA-256 of a pack, or of a part of one, as canonical JSON: comments, order of keys and layout do not count."""
    canonical = json.dumps(part, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
