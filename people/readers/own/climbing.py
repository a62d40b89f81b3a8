"""What somebody was rated, decided and given: checklists about them, the ladder, certificates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from certification.models import Certificate, Evidence, StepRecord
from checklists.models import Evaluation
from checklists.policies import Reader, may_read, reader_of
from checklists.readers.lists import about_oneself
from checklists.readers.sheet import RELATED, sheets
from checklists.readers.together import key_of, ratings_of
from checklists.wording import filled_by_words, place_words
from common.dates import date_words
from common.texts import for_reader
from people.readers.own.part import Entry, Part, entry
from programmes.leaving import shut_to


def _checklists(person: User) -> QuerySet[Evaluation]:
    return about_oneself(person).select_related(*RELATED).order_by("-seen_on", "-pk")


def _open_checklists(person: User, rows: Sequence[Evaluation]) -> list[Evaluation]:
    """Those that the person may read now: their own, and others' once both are in. A few queries for a programme."""
    together, readers = ratings_of(rows), dict[int, Reader]()
    found = []
    for one in rows:
        programme = one.version.checklist.programme
        if programme.pk not in readers:
            readers[programme.pk] = reader_of(person, person, programme)
        if may_read(readers[programme.pk], one, together.get(key_of(one), [])):
            found.append(one)
    return found


def _checklist_entries(person: User, rows: Sequence[Evaluation]) -> list[Entry]:
    found = []
    for sheet in sheets(rows):
        one, programme = sheet.evaluation, sheet.evaluation.version.checklist.programme
        found.append(
            entry(
                for_reader(one.version.names, programme.language),
                (_("About"), place_words(one)),
                (_("By"), filled_by_words(one)),
                *((for_reader(item.item.texts, programme.language), _answer(item)) for item in sheet.items),
            )
        )
    return found


def _answer(item: Any) -> str:
    if item.answer is None:
        return ""
    number = "" if item.answer.number is None else str(item.answer.number.normalize())
    return ". ".join(part for part in (item.words, number, item.answer.text) if part)


def _decisions(person: User) -> QuerySet[StepRecord]:
    """All of them, the withdrawn ones too: they were decided about the person, as the page of the ladder shows."""
    own = StepRecord.objects.filter(candidacy__person=person)
    related = ("step", "candidacy__track__programme", "decided_by", "withdrawn_by")
    return own.select_related(*related).order_by("-decided_on", "-pk")


def _decision_entries(person: User, rows: Sequence[StepRecord]) -> list[Entry]:
    return [
        entry(
            for_reader(one.step.names, one.candidacy.track.programme.language),
            (_("Decision"), one.get_outcome_display()),
            (_("Date"), date_words(one.decided_on, year=True)),
            (_("By"), one.decided_by.name),
            (_("Ground"), one.ground),
            (_("Reference"), one.reference),
            (_("Number outside"), one.outside_number),
            (_("Withdrawn"), _withdrawn(one)),
            (_("Why it was withdrawn"), one.withdrawn_reason),
        )
        for one in rows
    ]


def _withdrawn(record: StepRecord) -> str:
    """The day and who did it; empty for what stands."""
    if record.withdrawn_at is None or record.withdrawn_by is None:
        return ""
    return f"{date_words(record.withdrawn_at, year=True)}, {record.withdrawn_by.name}"


def _papers(person: User) -> QuerySet[Evidence]:
    own = Evidence.objects.filter(candidacy__person=person).exclude(reference="")
    own = own.exclude(candidacy__track__programme__in=shut_to(person))
    return own.select_related("step", "candidacy__track__programme").order_by("-added_at", "-pk")


def _paper_entries(person: User, rows: Sequence[Evidence]) -> list[Entry]:
    return [
        entry(
            for_reader(one.step.names, one.candidacy.track.programme.language),
            (_("Where it is"), one.reference),
            (_("Handed in"), date_words(one.added_at, year=True)),
        )
        for one in rows
    ]


def certificates_of(person: User) -> QuerySet[Certificate]:
    """All that the person holds or held, without the bytes."""
    return Certificate.objects.filter(person=person).defer("pdf", "text").order_by("-issued_on", "-pk")


def _certificate_entries(person: User, rows: Sequence[Certificate]) -> list[Entry]:
    return [
        entry(
            one.title,
            (_("Number"), one.number),
            (_("Issued"), date_words(one.issued_on, year=True)),
            (_("Valid until"), one.valid_until and date_words(one.valid_until, year=True)),
            (_("Withdrawn"), one.withdrawn_at and date_words(one.withdrawn_at, year=True)),
            (_("Why it was withdrawn"), one.withdrawn_reason),
        )
        for one in rows
    ]


PARTS = (
    Part(
        "checklists",
        gettext_lazy("Checklists about you"),
        gettext_lazy("Those that you may read now: others’ once yours is in too."),
        _checklists,
        _checklist_entries,
        _open_checklists,
    ),
    Part(
        "decisions",
        gettext_lazy("Decisions on your ladder"),
        gettext_lazy("Each step, what was decided, by whom, and on what ground."),
        _decisions,
        _decision_entries,
    ),
    Part(
        "papers",
        gettext_lazy("Papers that you handed in"),
        gettext_lazy("Where each is. The papers themselves are not kept here."),
        _papers,
        _paper_entries,
    ),
    Part(
        "certificates",
        gettext_lazy("Your certificates"),
        gettext_lazy("With the PDF of each that was made here. They stay yours, also after the year."),
        certificates_of,
        _certificate_entries,
    ),
)
