"""The template: headings that the import knows, and one invented person as an example."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook

from common.exports import safe_cell
from common.texts import for_reader
from programmes.models import ProgrammeRole
from programmes.policies import Hat


def template_rows(hat: Hat) -> tuple[list[str], list[str]]:
    """Headings and example in the reader's language and the programme's words."""
    programme = hat.programme
    roles = list(ProgrammeRole.objects.filter(programme=programme).order_by("order"))
    role = next((one for one in roles if one.kind == ProgrammeRole.Kind.GROUP_LEADER), roles[0])
    headings = [
        pgettext("heading of a spreadsheet", "Name"),
        pgettext("heading of a spreadsheet", "E-mail"),
        pgettext("heading of a spreadsheet", "Organisation"),
        pgettext("heading of a spreadsheet", "Programme"),
        pgettext("heading of a spreadsheet", "Role"),
        pgettext("heading of a spreadsheet", "Supervisor"),
        pgettext("heading of a spreadsheet", "Phone"),
        pgettext("heading of a spreadsheet", "Since"),
        pgettext("heading of a spreadsheet", "Last session"),
        pgettext("heading of a spreadsheet", "Workshop date"),
        pgettext("heading of a spreadsheet", "Certificate title"),
        pgettext("heading of a spreadsheet", "Certificate variant"),
        pgettext("heading of a spreadsheet", "Certificate number"),
        pgettext("heading of a spreadsheet", "Certificate date"),
    ]
    example = [
        _("First name Last name"),
        _("name@example.org"),
        hat.organisations[0].name,
        for_reader(programme.short_names, programme.language),
        for_reader(role.names, programme.language),
    ]
    return headings, example + [""] * (len(headings) - len(example))


def template_xlsx(headings: list[str], example: list[str]) -> bytes:
    """The two rows as a spreadsheet; every cell is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("People"))
    sheet.append([safe_cell(cell) for cell in headings])
    sheet.append([safe_cell(cell) for cell in example])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
