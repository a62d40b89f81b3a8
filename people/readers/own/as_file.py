"""What is one's own as a file: a page to read, the same for machines, and the certificates."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import User
from certification.models import Certificate
from people.readers.own.gathered import Gathered


def as_file(person: User, parts: Sequence[Gathered], papers: Sequence[Certificate]) -> bytes:
    """A ZIP of it all."""
    made = io.BytesIO()
    # Stored as it is: texts are short, and a PDF is compressed already.
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("own.html", _page(person, parts))
        archive.writestr("own.json", _data(person, parts))
        for paper in papers:
            name = "".join(sign if sign.isalnum() or sign in "-." else "-" for sign in paper.number)
            # A number is one paper's within a programme only: two programmes may have given the same.
            archive.writestr(f"certificates/{name}-{paper.pk}.pdf", bytes(paper.pdf or b""))
    return made.getvalue()


def _page(person: User, parts: Sequence[Gathered]) -> str:
    context = {
        "person": person,
        "parts": parts,
        "made_at": timezone.now(),
        "language": get_language(),
    }
    return render_to_string("people/own_file.html", context)


def _data(person: User, parts: Sequence[Gathered]) -> str:
    found = {
        "made_at": timezone.now().isoformat(),
        "person": {
            "name": person.name,
            "email": person.email,
            "phone": person.phone,
            "language": person.language,
            "time_zone": person.time_zone,
            "supervises_in": person.supervises_in,
        },
        "parts": [
            {
                "key": one.part.key,
                "title": str(one.part.title),
                "entries": [
                    {"title": entry.title, "lines": [{"label": label, "words": words} for label, words in entry.lines]}
                    for entry in one.entries
                ],
            }
            for one in parts
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1)
