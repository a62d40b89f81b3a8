"""Certificates: the page, the file, withdrawing."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from certification.actions.certificates import replace_certificate, withdraw_certificate
from certification.forms import WithdrawCertificateForm
from certification.models import Certificate
from certification.policies.acts import may_withdraw
from certification.readers.giving import renew_url, role_offer
from certification.readers.keeping import kept_by_certificate
from certification.views import access
from common.answers import add_domain_error, render_form
from common.codes import spaced_code
from common.errors import DomainError, NotAllowed
from common.exports import attachment


@login_required
@require_GET
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """One certificate, and whether its paper is drawn."""
    viewer = access.user(request)
    found = access.certificate_in_sight(viewer, pk)
    context = {
        "certificate": found,
        "code": spaced_code(found.code),
        "expired": found.valid_until is not None and found.valid_until < timezone.localdate(),
        "may_withdraw": found.withdrawn_at is None and may_withdraw(viewer, found),
        "offer": role_offer(found, viewer),
        "kept": kept_by_certificate(found),
        "renew_url": renew_url(found, viewer),
    }
    return render(request, "certification/certificate.html", context)


@login_required
@require_GET
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as they were drawn, as a download."""
    found = access.certificate_in_sight(access.user(request), pk)
    content = Certificate.objects.values_list("pdf", flat=True).get(pk=found.pk)
    if content is None:
        raise Http404
    response = HttpResponse(bytes(content), content_type="application/pdf")
    response["Content-Disposition"] = attachment(f"{found.number} {found.holder_name}.pdf")
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw it, with a reason; or issue it anew with the name as it is now."""
    viewer = access.user(request)
    found = access.certificate_in_sight(viewer, pk)
    if not may_withdraw(viewer, found):
        raise NotAllowed(_("Only who decided the certificate, or the coordinator, can withdraw it."))
    form = WithdrawCertificateForm(
        request.POST or None,
        submit=gettext_lazy("Withdraw the certificate"),
        back=reverse("certification:certificate", args=[pk]),
        help_text=gettext_lazy("Kept with the certificate. The public page says that it is withdrawn, not why."),
        readers=gettext_lazy(
            "Read by the holder, by those who see the ladder that led to it, and by those who may withdraw it"
        ),
        ours=found.origin == Certificate.Origin.OURS,
    )
    if request.method == "POST" and form.is_valid() and (done := _withdraw(request, form, found)):
        return done
    return render_form(request, "certification/withdraw.html", form, {"certificate": found})


def _withdraw(request: HttpRequest, form: WithdrawCertificateForm, found: Certificate) -> HttpResponse | None:
    anew = form.cleaned_data.get("anew")
    act = replace_certificate if anew else withdraw_certificate
    try:
        kept = act(certificate=found, reason=form.cleaned_data["reason"], by=access.user(request))
    except DomainError as error:
        if error.status == 403:
            raise
        add_domain_error(form, error)
        return None
    if anew:
        messages.success(request, _("The new certificate has the number %(number)s.") % {"number": kept.number})
    else:
        messages.success(request, _("The certificate is withdrawn. Its public page says so from now on."))
    return redirect("certification:certificate", pk=kept.pk)
