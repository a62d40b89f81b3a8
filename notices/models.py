"""Everything that people are told: each a row, sent by one sender."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.constraints import one_of

#: Why a notice was closed that its recipient chose not to get.
TURNED_OFF = "turned off"


class NoticeState(models.TextChoices):
    """Where the notice stands."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    CLOSED = "closed", _("Not wanted any more")
    FAILED = "failed", _("Could not be delivered")


class Notice(models.Model):
    """Something that one person is told once. The row is the truth; the queue is only a trigger."""

    State = NoticeState

    kind = models.CharField(max_length=60)
    # A text key such as "session:7": what the notice is about.
    subject = models.CharField(max_length=80)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    due_at = models.DateTimeField()
    language = models.CharField(max_length=2)
    arguments = models.JSONField(default=dict, blank=True)
    attachment = models.CharField(max_length=30, blank=True)
    # By id: the programmes lie above, and a coordinator must find what could not be delivered.
    programme_id = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    next_try_at = models.DateTimeField()
    lease_key = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            one_of("state", NoticeState, name="notice_state"),
            models.UniqueConstraint(fields=["kind", "subject", "recipient", "due_at"], name="notice_once"),
            models.CheckConstraint(condition=~Q(kind="") & ~Q(subject=""), name="notice_key_not_empty"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="notice_sent_when",
            ),
            models.CheckConstraint(
                condition=Q(state="sending", lease_until__isnull=False) & ~Q(lease_key="")
                | ~Q(state="sending") & Q(lease_until__isnull=True, lease_key=""),
                name="notice_lease_while_sending",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], condition=Q(state__in=["waiting", "sending"]), name="notice_pending"
            ),
            models.Index(fields=["recipient", "-id"], name="notice_recipient"),
            models.Index(fields=["programme_id", "state", "-id"], name="notice_programme"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class OptOut(models.Model):
    """A kind of notice that a person does not want by mail; only kinds that allow it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="opt_outs")
    kind = models.CharField(max_length=60)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="opt_out_once"),
            models.CheckConstraint(condition=~Q(kind=""), name="opt_out_names_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}"
