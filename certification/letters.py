"""The words of the ladder's mails. They say which step was decided, and where to read on; never a ground."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from certification.models import Candidacy, Certificate, StepRecord
from common.texts import for_reader
from notices.letter import Letter, Link
from notices.models import Notice


def _record(notice: Notice) -> StepRecord:
    return StepRecord.objects.select_related(
        "step", "decided_by", "withdrawn_by", "candidacy__track_version", "candidacy__track__programme__network"
    ).get(pk=int(notice.subject.split(":")[1]))


def _certificate(notice: Notice) -> Certificate:
    found = Certificate.objects.defer("pdf").select_related("programme__network", "replaced_by")
    return found.get(pk=int(notice.subject.split(":")[1]))


def _place(candidacy: Candidacy) -> str:
    programme = candidacy.track.programme
    return f"{for_reader(programme.short_names, programme.language)} · {programme.network.name}"


def _ladder(candidacy: Candidacy) -> Link:
    return Link(_("Open the ladder"), reverse("certification:candidacy", args=[candidacy.pk]))


def step_approved(notice: Notice) -> Letter:
    """A step is filled."""
    record = _record(notice)
    language = record.candidacy.track.programme.language
    step = for_reader(record.step.names, language)
    return Letter(
        title=_("A step is approved"),
        paragraphs=(_("%(name)s has approved the step “%(step)s”.") % {"name": record.decided_by.name, "step": step},),
        action=_ladder(record.candidacy),
        why=_("You get this because it is a step on your way to a certificate."),
        place_line=_place(record.candidacy),
    )


def step_sent_back(notice: Notice) -> Letter:
    """A step needs something more; what it is stands on the page."""
    record = _record(notice)
    language = record.candidacy.track.programme.language
    step = for_reader(record.step.names, language)
    return Letter(
        title=_("A step is sent back"),
        paragraphs=(
            _("%(name)s has sent back the step “%(step)s”.") % {"name": record.decided_by.name, "step": step},
            _("What is missing stands on the page. It is not repeated here, so that nobody else reads it."),
        ),
        action=_ladder(record.candidacy),
        why=_("You get this because it is a step on your way to a certificate."),
        place_line=_place(record.candidacy),
    )


def step_reopened(notice: Notice) -> Letter:
    """An approval was taken back; why stands in the record."""
    record = _record(notice)
    step = for_reader(record.step.names, record.candidacy.track.programme.language)
    name = record.withdrawn_by.name if record.withdrawn_by else ""
    return Letter(
        title=_("A decision is withdrawn"),
        paragraphs=(
            _("%(name)s has withdrawn the decision about the step “%(step)s”.") % {"name": name, "step": step},
            _("The step is open again. What is needed now stands on the ladder."),
        ),
        action=_ladder(record.candidacy),
        why=_("You get this because it is a step on your way to a certificate."),
        place_line=_place(record.candidacy),
    )


def still_open(notice: Notice) -> bool | str:
    """Whether nobody has approved the step anew meanwhile."""
    record = _record(notice)
    anew = record.candidacy.records.filter(
        step=record.step, outcome=StepRecord.Outcome.APPROVED, withdrawn_at__isnull=True
    )
    return "approved" if anew.exists() else True


def still_sent_back(notice: Notice) -> bool | str:
    """Whether the sending back still stands."""
    record = _record(notice)
    later = record.candidacy.records.filter(step=record.step, outcome=StepRecord.Outcome.APPROVED, pk__gt=record.pk)
    return "withdrawn" if record.withdrawn_at else "approved" if later.exists() else True


def certificate_issued(notice: Notice) -> Letter:
    """The certificate is there."""
    certificate = _certificate(notice)
    return Letter(
        title=_("Your certificate is issued"),
        paragraphs=(
            _("The certificate %(number)s is issued: %(title)s.")
            % {"number": certificate.number, "title": certificate.title},
        ),
        action=Link(_("Open the certificate"), reverse("certification:certificate", args=[certificate.pk])),
        why=_("You get this because the certificate is yours, or because you began the way to it."),
        place_line=f"{for_reader(certificate.programme.short_names)} · {certificate.programme.network.name}",
    )


def certificate_withdrawn(notice: Notice) -> Letter:
    """The certificate no longer holds; why stands on its page."""
    certificate = _certificate(notice)
    new = certificate.replaced_by
    words = {"number": certificate.number, "title": certificate.title}
    paragraphs = [_("The certificate %(number)s, %(title)s, is withdrawn and no longer valid.") % words]
    if new:
        paragraphs.append(_("The certificate %(number)s has taken its place.") % {"number": new.number})
    else:
        paragraphs.append(_("The reason stands on the page. It is not repeated here, so that nobody else reads it."))
    return Letter(
        title=_("A certificate is replaced") if new else _("A certificate is withdrawn"),
        paragraphs=tuple(paragraphs),
        action=Link(_("Open the certificate"), reverse("certification:certificate", args=[(new or certificate).pk])),
        why=_("You get this because the certificate is yours, or because you began the way to it."),
        place_line=f"{for_reader(certificate.programme.short_names)} · {certificate.programme.network.name}",
    )


def still_valid(notice: Notice) -> bool | str:
    """Whether it has not been withdrawn meanwhile."""
    return "withdrawn" if _certificate(notice).withdrawn_at else True
