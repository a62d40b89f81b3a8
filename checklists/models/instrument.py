"""The instrument: a checklist, its versions, sections and items. A published version is frozen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.constraints import one_of, together
from programmes.models import Programme


class ScaleKind(models.TextChoices):
    """How the values are to be read."""

    BINARY = "binary", _("yes or no")
    ORDINAL = "ordinal", _("in order")


class Scale(models.Model):
    """How an item is answered. A changed scale is a new number; old answers keep theirs."""

    Kind = ScaleKind

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="scales")
    key = models.CharField(max_length=60)
    number = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    allow_na = models.BooleanField(default=False)
    # [{"value": 1, "names": {…}}, …] in the order of the pack.
    options = models.JSONField()
    na_names = models.JSONField(default=dict, blank=True)
    scoring = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            one_of("kind", ScaleKind, name="scale_kind"),
            models.UniqueConstraint(fields=["programme", "key", "number"], name="scale_number"),
        ]

    def __str__(self) -> str:
        return self.key


class ChecklistKind(models.TextChoices):
    """What the instrument looks at."""

    CONTENT = "content", _("content")
    PROCESS = "process", _("process")
    SELF = "self", _("self-evaluation")
    VIDEO_RATING = "video_rating", _("video rating")
    PARENT_EVALUATION = "parent_evaluation", _("parents' evaluation")
    PARTICIPANT_EVALUATION = "participant_evaluation", _("participants' evaluation")
    SUPERVISEE_EVALUATION = "supervisee_evaluation", _("evaluation of the supervision")
    ROLE_CLARIFICATION = "role_clarification", _("role clarification")
    OBSERVATION = "observation", _("observation")
    COMPLIANCE = "compliance", _("compliance")


class Checklist(models.Model):
    """The stable part of an instrument."""

    Kind = ChecklistKind

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="checklists")
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["programme", "order"]
        constraints = [
            one_of("kind", ChecklistKind, name="checklist_kind"),
            models.UniqueConstraint(fields=["programme", "key"], name="checklist_key_in_programme"),
        ]

    def __str__(self) -> str:
        return self.key


class ChecklistVersionState(models.TextChoices):
    """Draft, then published, then retired."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    RETIRED = "retired", _("retired")


class ChecklistVersion(models.Model):
    """One wording of the instrument. At most one is published; what was answered with it stays whole."""

    State = ChecklistVersionState

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    names = models.JSONField()
    when = models.JSONField(default=dict, blank=True)
    about = models.CharField(max_length=40)
    filled_by = models.JSONField(default=list, blank=True)
    allows_raters = models.JSONField(default=list, blank=True)
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    anonymous = models.BooleanField(default=False)
    # The checklist as the pack writes it: pass_rule, compare_raters, blind, min_answers_to_show …
    source = models.JSONField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["checklist", "number"]
        constraints = [
            one_of("state", ChecklistVersionState, name="checklist_version_state"),
            together("published_at", "published_by", name="checklist_published_pair"),
            models.UniqueConstraint(fields=["checklist", "number"], name="checklist_version_number"),
            models.UniqueConstraint(
                fields=["checklist"], condition=Q(state="published"), name="checklist_one_published"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False), name="checklist_published_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checklist} v{self.number}"


class Section(models.Model):
    """A part of the instrument with a score of its own."""

    version = models.ForeignKey(ChecklistVersion, on_delete=models.PROTECT, related_name="sections")
    key = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField()
    names = models.JSONField()

    class Meta:
        ordering = ["version", "order"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="section_key")]

    def __str__(self) -> str:
        return self.key


class ItemKind(models.TextChoices):
    """How it is answered."""

    SCALE = "scale", _("on the scale")
    NUMBER = "number", _("a number")
    TEXT = "text", _("words")


class Item(models.Model):
    """One thing to look at. Its key is stable over versions, so that time can be followed."""

    Kind = ItemKind

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="items")
    key = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SCALE)
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    texts = models.JSONField()
    target_min = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    target_max = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["section", "order"]
        constraints = [
            one_of("kind", ItemKind, name="item_kind"),
            models.UniqueConstraint(fields=["section", "key"], name="item_key"),
            models.CheckConstraint(
                condition=Q(kind="scale", scale__isnull=False) | ~Q(kind="scale") & Q(scale__isnull=True),
                name="item_scale_when_scaled",
            ),
            models.CheckConstraint(
                condition=Q(target_min__isnull=True) | Q(target_max__isnull=True) | Q(target_max__gte=F("target_min")),
                name="item_target_range",
            ),
        ]

    def __str__(self) -> str:
        return self.key
