"""Which column is which: headings as people write them, in three languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from common.text import fold_for_search
from onboarding.lines import Line, letter

# How far down the headings may stand, below titles and empty lines.
LOOKED_AT = 30

_WORDS = {
    "name": "name, full name, person, navn, fullt navn, fulde navn, navn på person, personens navn",
    "first_name": "first name, given name, fornavn",
    "last_name": "last name, surname, family name, etternavn, efternavn",
    "email": "email, e-mail, mail, email address, e-mail address, e-post, epost, e-postadresse, epostadresse, "
    "mailadresse, e-mailadresse, emailadresse, mail adresse",
    "organisation": "organisation, organization, unit, municipality, workplace, service, employer, organisasjon, "
    "kommune, enhet, arbeidssted, arbeidsplass, tjeneste, virksomhet, arbeidsgiver, avdeling, enhed, arbejdssted, "
    "arbejdsplads, tilbud, virksomhed, arbejdsgiver, afdeling",
    "programme": "programme, program",
    "role": "role, rolle, roles, roller, funksjon, funktion",
    "supervisor": "supervisor, supervised by, coach, peer coach, mentor, supervisor e-mail, supervisor email, "
    "veileder, veiledes av, veileders e-post, veileder e-post, vejleder, vejledes af, vejleders e-mail, "
    "vejleder e-mail, partner, makker",
    "rule": "rule, supervision rule, kind of supervision, regel, veiledningsregel, veiledningsform, vejledningsregel, "
    "vejledningsform",
    "phone": "phone, telephone, mobile, mobile phone, phone number, telefon, tlf, mobil, telefonnummer, mobilnummer, "
    "mobiltelefon",
    "since": "since, from, start, start date, started, siden, fra, fra dato, startdato, begynte, begyndte",
    "last_session": "last session, last supervision, latest session, siste veiledning, sist veiledet, siste samtale, "
    "sidste vejledning, seneste vejledning, sidste samtale",
    "workshop_date": "workshop date, workshop, training date, course date, workshopdato, dato for workshop, kursdato, "
    "kurs, grunnopplæring, kursusdato, kursus, grunduddannelse",
    "certificate_title": "certificate, certificate title, title, sertifikat, sertifikattittel, tittel, certifikat, "
    "certifikattitel, titel",
    "certificate_variant": "variant, certificate variant, delivery model, programvariant, modell, model",
    "certificate_number": "certificate number, certificate no, sertifikatnummer, sertifikat nr, certifikatnummer, "
    "certifikat nr",
    "certificate_date": "certificate date, certified on, certified, sertifikatdato, sertifisert, sertifisert dato, "
    "certifikatdato, certificeret, certificeret den",
}
FIELDS = tuple(_WORDS)


def _squeezed(text: str) -> str:
    return fold_for_search(text).replace(" ", "")


_FIELD_OF = {_squeezed(word): name for name, words in _WORDS.items() for word in words.split(", ")}


@dataclass(frozen=True)
class Header:
    """Where the headings stand, the column of each field (from 0), and headings that no field answers to."""

    number: int
    columns: dict[str, int]
    unread: list[tuple[str, str]] = field(default_factory=list)

    def letters(self) -> dict[str, str]:
        """The column letter of each field, as the spreadsheet names it."""
        return {name: letter(place) for name, place in self.columns.items()}


def field_of(heading: str) -> str | None:
    """The field that a heading means: `name` for "Navn", `organisation` for "Kommune / enhet"; None for no field."""
    if found := _FIELD_OF.get(_squeezed(heading)):
        return found
    parts = re.split(r"[/,(){}\[\]:;|&]|\b(?:or|eller|and|og)\b", heading)
    found_in_parts = [found for part in parts if (found := _FIELD_OF.get(_squeezed(part)))]
    return found_in_parts[0] if found_in_parts and len(set(found_in_parts)) == 1 else None


def find_header(lines: Iterable[Line]) -> Header | None:
    """The first line that names a person and at least one thing more; titles above it are passed over."""
    for line in list(lines)[:LOOKED_AT]:
        header = _read(line.number, line.cells)
        named = "name" in header.columns or {"first_name", "last_name"} <= set(header.columns)
        if named and len(header.columns) >= 2:
            return header
    return None


def _read(number: int, cells: Sequence[str]) -> Header:
    columns: dict[str, int] = {}
    unread = []
    for place, heading in enumerate(cells):
        name = field_of(heading) if heading.strip() else None
        if name and name not in columns:
            columns[name] = place
        elif heading.strip():
            unread.append((letter(place), " ".join(heading.split())[:60]))
    return Header(number, columns, unread)
