"""The explicit decision that issues a certificate, with its number, its frozen text and its place in the queue."""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Length
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from certification import wording
from certification.actions.checks import check_day, check_may_decide, check_ready, locked_climb
from certification.actions.decide import Ruling, add_record
from certification.actions.trail import note, told
from certification.certificate_text import Wording, frozen_text, months_after, unprintable
from certification.counting import Way
from certification.models import Candidacy, Certificate
from certification.models.candidacy import StepRecordOutcome as Outcome
from certification.numbering import next_number, prefix
from certification.progress import Rung
from certification.readers.climbs import Climb, name_of
from certification.readers.variants import variant_name
from common.codes import new_code
from common.dates import date_words
from common.errors import Conflict, DomainError, NotAllowed
from common.text import clean_line
from common.texts import in_language
from common.wake import wake
from notices.actions.write import write_notice
from programmes.models import Programme

NUMBER_TRIES = 8
"""How often a number taken by somebody quicker is replaced by the next; a test sets it to 1 to see the race."""


@transaction.atomic
def issue_certificate(*, candidacy: Candidacy, ruling: Ruling, by: User) -> Certificate:
    """Decide the certificate: the last step's record where the track has one, the certificate, the candidacy closed.

    What counted for the computed steps is frozen here as text, on the record and in the certificate. For a decision
    outside the number is theirs and no PDF is made.
    Raises `NotAllowed` (oneself, role), `DomainError` (steps open, number missing, letters that cannot be printed)
    and `Conflict` (certified or closed already).
    """
    climb = locked_climb(candidacy.pk)
    _check(climb, ruling, by)
    language = candidacy.track.programme.language
    with translation.override(language):
        counted = counted_lines(climb)
        words = _wording(climb, ruling, by, counted)
    if climb.final is not None:
        add_record(climb.candidacy, climb.final, Outcome.APPROVED, ruling, by, counted="\n".join(counted))
    certificate = _store(climb, ruling, by, words)
    Candidacy.objects.filter(pk=candidacy.pk).update(
        state=Candidacy.State.CERTIFIED, closed_at=timezone.now(), closed_by=by
    )
    note(climb.candidacy, by=by, verb="certificate.issued", number=certificate.number, certificate=certificate.pk)
    write_notice(
        kind="certificate_issued",
        subject=f"certificate:{certificate.pk}",
        recipient=told(climb.candidacy),
        programme_id=certificate.programme_id,
    )
    return certificate


def _check(climb: Climb, ruling: Ruling, by: User) -> None:
    final = climb.final
    if final is not None:
        check_may_decide(climb, final, by)
    elif by.pk not in {person.pk for person in climb.certifiers()}:
        who = wording.who_decides(climb.said(None, by))
        raise NotAllowed(_("You cannot decide this certificate. %(who)s") % {"who": who}, code="role")
    check_ready(climb)
    check_day(ruling.decided_on)
    if climb.candidacy.track_version.decided_outside and not ruling.outside_number.strip():
        raise DomainError(_("Write the number that the certificate has outside."), field="outside_number")


def counted_lines(climb: Climb) -> list[str]:
    """What each step counted, in the language that is active: "Basic training: 2 of 2 days. 12 October 2026"."""
    language = climb.candidacy.track.programme.language
    lines = []
    final = climb.final
    for rung in climb.rungs:
        if final is not None and rung.step.id == final.pk:
            continue  # the decision itself, which stands on the certificate
        name = in_language(climb.steps[rung.step.id].names, language)
        have = wording.have(rung.way, rung.count) if rung.count else ""
        day = date_words(rung.done_on, year=True) if rung.done_on else ""
        lines.append(f"{name}: {' '.join(part for part in (have, day) if part)}".rstrip(": "))
    return lines


def _wording(climb: Climb, ruling: Ruling, by: User, counted: list[str]) -> Wording:
    version, programme = climb.candidacy.track_version, climb.candidacy.track.programme
    language = programme.language
    role = climb.deciding_role()
    months = version.validity_months
    return Wording(
        language=language,
        name=name_of(climb.candidacy),
        title=in_language(version.title, language),
        track=in_language(version.names, language),
        variant=variant_name(programme, climb.candidacy.variant, language),
        programme=in_language(programme.names, language),
        network=programme.network.name,
        decided_on=ruling.decided_on,
        valid_until=months_after(ruling.decided_on, months) if months else None,
        signed_by=by.name,
        signed_as=in_language(role.names, language) if role else "",
        facts=[fact for rung in climb.rungs if (fact := _fact(climb, rung, language))][:2],
        counted=counted,
    )


def _fact(climb: Climb, rung: Rung, language: str) -> tuple[str, str] | None:
    """A figure for the certificate's face: finished sessions, where the step's name is short enough for a label."""
    name = in_language(climb.steps[rung.step.id].names, language)
    if rung.way is not Way.SESSIONS or rung.count is None or len(name) > 45:
        return None
    return name, str(rung.count.have)


def _store(climb: Climb, ruling: Ruling, by: User, words: Wording) -> Certificate:
    outside = climb.candidacy.track_version.decided_outside
    certificate = Certificate(
        programme=climb.candidacy.track.programme,
        candidacy=climb.candidacy,
        person=climb.candidacy.person,
        organisation=climb.candidacy.organisation,
        origin=Certificate.Origin.OUTSIDE if outside else Certificate.Origin.OURS,
        title=words.title,
        variant=climb.candidacy.variant,
        holder_name=words.name,
        issued_on=ruling.decided_on,
        issued_by=by,
        valid_until=words.valid_until,
    )
    number = clean_line(ruling.outside_number, max_length=60, field="outside_number") if outside else ""
    return store_certificate(certificate, words, number=number)


def store_certificate(certificate: Certificate, words: Wording, *, number: str = "") -> Certificate:
    """Keep it with its code and frozen text; ours get the next number of the year and are drawn by the worker.

    Raises `DomainError` for letters that no font has and for a number that is taken, `Conflict` after lost races.
    """
    certificate.language = words.language
    certificate.issued_at = timezone.now()
    begins = prefix(certificate.programme.key, certificate.issued_on.year)
    for _attempt in range(1 if number else NUMBER_TRIES):
        certificate.number = number or next_number(_last_number(certificate.programme, begins), begins)
        certificate.code = new_code()
        certificate.text = _text(certificate, words)
        try:
            with transaction.atomic():
                certificate.save(force_insert=True)
        except IntegrityError:
            continue
        if certificate.origin == Certificate.Origin.OURS:
            wake("certification.make_pdf", certificate.pk)
        return certificate
    if number:
        raise DomainError(_("Another certificate in this programme has this number."), field="outside_number")
    raise Conflict(_("Many certificates are being issued just now. Nothing was saved; press the button again."))


def _text(certificate: Certificate, words: Wording) -> dict[str, object]:
    address = f"{settings.SITE_URL}/verify/{certificate.code}/"
    with translation.override(words.language):
        text = frozen_text(words, number=certificate.number, code=certificate.code, address=address)
    if certificate.origin == Certificate.Origin.OURS and (signs := unprintable(text)):
        raise DomainError(
            _("The certificate cannot print these characters: %(signs)s. Write the name with others first.")
            % {"signs": " ".join(signs[:20])},
            code="letters",
        )
    return text


def _last_number(programme: Programme, begins: str) -> str:
    """The highest number of the year; longer numbers come after shorter ones."""
    numbered = Certificate.objects.filter(programme=programme, number__regex=rf"^{begins}\d+$")
    last = numbered.order_by(Length("number").desc(), "-number").values_list("number", flat=True).first()
    return last or ""
