"""What a worker does for certificates; sent by name, never imported."""

from celery import shared_task

from certification.actions.papers import make_paper


@shared_task(name="certification.make_pdf")
def make_pdf(certificate_id: int) -> None:
    """Draw one certificate; the tick finds it again if this is lost."""
    make_paper(certificate_id)
