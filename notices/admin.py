"""Notices as operators see them: what, to whom, when, and what became of it."""

from django.contrib import admin

from common.admin import ReadOnlyAdmin
from notices.models import Notice


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """The queue, the newest first."""

    list_display = ("kind", "subject", "recipient", "due_at", "state", "tries", "next_try_at", "sent_at")
    list_filter = ("state", "kind")
    list_select_related = ("recipient",)
    search_fields = ("subject", "message_id")
    fields = (
        *("kind", "subject", "recipient", "due_at", "language", "attachment", "state", "next_try_at", "lease_until"),
        *("tries", "last_error", "message_id", "created_at", "sent_at", "closed_at", "closed_reason"),
    )
