"""Certificates: issued by decision, frozen, kept as bytes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.constraints import one_of, together
from programmes.models import Organisation, Programme

from .candidacy import Candidacy


class CertificateOrigin(models.TextChoices):
    """Ours has a PDF; outside and from before have none of ours."""

    OURS = "ours", _("issued here")
    OUTSIDE = "outside", _("issued outside")
    BEFORE = "before", _("from before")


class Certificate(models.Model):
    """What was issued, as it was issued. The PDF's bytes are made once and never rendered again."""

    Origin = CertificateOrigin

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="certificates")
    candidacy = models.ForeignKey(
        Candidacy, on_delete=models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.OURS)
    number = models.CharField(_("Number"), max_length=60)
    title = models.CharField(max_length=200)
    variant = models.CharField(max_length=60, blank=True)
    holder_name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2)
    # Every line of the certificate as it was issued, so that nothing is looked up again.
    text = models.JSONField(default=dict, blank=True)
    # 128 random bits in Crockford base32.
    code = models.CharField(max_length=26, unique=True)
    issued_on = models.DateField(_("Issued"))
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    pdf = models.BinaryField(null=True, blank=True, editable=False)
    pdf_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    pdf_made_at = models.DateTimeField(null=True, blank=True, editable=False)
    pdf_lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField(_("Reason"), max_length=300, blank=True)
    replaced_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )

    class Meta:
        ordering = ["-issued_on", "-id"]
        constraints = [
            one_of("origin", CertificateOrigin, name="certificate_origin"),
            together("issued_at", "issued_by", name="certificate_issued_pair"),
            together("withdrawn_at", "withdrawn_by", name="certificate_withdrawn_pair"),
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="certificate_number_once",
                violation_error_message=_("Another certificate in this programme has this number."),
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False),
                name="certificate_of_one",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="certificate_withdrawn_with_reason",
                violation_error_message=_("Say why the certificate is withdrawn."),
            ),
            models.CheckConstraint(condition=Q(origin="ours") | Q(pdf__isnull=True), name="certificate_pdf_only_ours"),
            models.CheckConstraint(
                condition=Q(pdf__isnull=True, pdf_made_at__isnull=True)
                | Q(pdf__isnull=False, pdf_made_at__isnull=False) & ~Q(pdf_sha256=""),
                name="certificate_pdf_with_hash",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("issued_on")),
                name="certificate_valid_after_issue",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")), name="certificate_not_own_successor"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-issued_on"], name="certificate_person"),
            models.Index(fields=["programme", "valid_until"], name="certificate_expiry"),
            models.Index(fields=["id"], condition=Q(origin="ours", pdf__isnull=True), name="certificate_pdf_waiting"),
        ]

    def __str__(self) -> str:
        return self.number
