"""The shape of a checked pack, as far as installing needs it; ``packs/schema.json`` holds the whole."""

from typing import Any, NotRequired, TypedDict

#: One text in every language of the product: {"en": …, "nb": …, "da": …}.
Text = dict[str, str]


class Named(TypedDict):
    """A word of the programme with the key by which rows speak of it."""

    key: str
    names: Text


class RolePack(Named):
    """A role. Kinds ``outside`` and ``status`` get no row."""

    kind: str
    description: Text
    signs_in: bool
    in_training: NotRequired[bool]
    time_limited: NotRequired[bool]
    is_status_of: NotRequired[str]
    under_supervision_of: NotRequired[str]


class AgendaStepPack(Named):
    """One step of an agenda; ``led_by`` is a role key, ``group`` or ``both``."""

    order: int
    minutes: int
    guidance: Text
    led_by: str
    captures: list[str]
    required: bool
    per_presenter: NotRequired[bool]


class AgendaPack(TypedDict):
    """The steps of a session; their minutes add up to ``total_minutes``."""

    total_minutes: int
    steps: list[AgendaStepPack]
    repeat: NotRequired[Text]
    framework: NotRequired[Text]


# “while” is a word of Python, so this one is written as a call.
CadencePack = TypedDict(
    "CadencePack", {"every": int, "unit": str, "choices": NotRequired[list[str]], "while": NotRequired[Text]}
)


class SupervisionRulePack(Named):
    """Who may supervise whom. ``placement`` is own, none, or the key of the rule whose places it rests on."""

    placement: str
    caseload_max: NotRequired[int]
    supervisor_role: str
    supervisee_roles: list[str]
    co_lead_roles: NotRequired[list[str]]
    observer_role: NotRequired[str]
    format: str
    reciprocal: NotRequired[bool]
    rotates_roles: NotRequired[bool]
    asynchronous: NotRequired[bool]
    min_supervisees: int
    max_supervisees: int
    cadence: CadencePack
    session_minutes: int
    coverage_window_days: int
    same_organisation: str
    requires: NotRequired[list[Named]]
    excludes: NotRequired[list[Text]]
    notes: NotRequired[Text]
    agenda: NotRequired[AgendaPack]


class ScaleOptionPack(TypedDict):
    """One answer of a scale."""

    value: int
    names: Text


class ScalePack(TypedDict):
    """A scale; ``na_names`` are its words for “not applicable”."""

    key: str
    kind: str
    allow_na: bool
    options: list[ScaleOptionPack]
    na_names: NotRequired[Text]
    scoring: Text


class ItemPack(TypedDict):
    """One item; its key is stable over the versions of the checklist."""

    key: str
    text: Text
    free_text: NotRequired[bool]


class SectionPack(Named):
    """A part of a checklist."""

    items: list[ItemPack]


class NumericFieldPack(Named):
    """A number, perhaps with a target {min, max, basis}."""

    target: NotRequired[dict[str, Any]]


class ChecklistPack(Named):
    """An instrument: who fills it in, about what, on which scale."""

    kind: str
    scale: str
    filled_by: list[str]
    allows_raters: NotRequired[list[str]]
    about: str
    when: Text
    anonymous: NotRequired[bool]
    min_answers_to_show: NotRequired[int]
    pool_rounds: NotRequired[bool]
    blind: NotRequired[bool]
    pass_rule: NotRequired[dict[str, Any]]
    weights_from: NotRequired[str]
    numeric_fields: NotRequired[list[NumericFieldPack]]
    text_fields: NotRequired[list[Named]]
    sections: list[SectionPack]


class RaterPack(TypedDict):
    """How many forms of a step come from one part; ``other`` is anybody but the candidate."""

    part: str
    count: int


class TrackStepPack(Named):
    """One step to a certificate, and what it counts."""

    order: int
    kind: str
    count: int
    unit: str
    evidence: list[Named]
    approver_role: str
    condition: NotRequired[Text]
    training_event: NotRequired[str]
    attendance_required_percent: NotRequired[int]
    checklist: NotRequired[str]
    supervision_rule: NotRequired[str]
    seat: NotRequired[str]
    protocol: NotRequired[str]
    independent_reviewer: NotRequired[bool]
    max_age_months: NotRequired[int]
    different_months: NotRequired[int]
    different_days: NotRequired[int]
    each_with_checklist: NotRequired[bool]
    no_open_points: NotRequired[bool]
    led_by: NotRequired[list[str]]
    raters: NotRequired[list[RaterPack]]
    threshold: NotRequired[float]
    typical_max: NotRequired[int]
    per: NotRequired[str]


class TrackPack(Named):
    """A ladder of steps. ``validity_months`` None: without end date."""

    for_role: str
    candidate: NotRequired[str]
    awards: str | None
    decided_by: str
    recorded_by: NotRequired[str]
    per_variant: NotRequired[bool]
    internal: NotRequired[bool]
    optional: NotRequired[bool]
    validity_months: int | None
    lapse_rule: NotRequired[dict[str, Any]]
    renewal: NotRequired[dict[str, Any]]
    steps: list[TrackStepPack]


class TrainingEventPack(Named):
    """A kind of training; ``days`` may be halves and quarters."""

    days: float
    led_by: list[str]
    for_roles: list[str]
    attendance_required_percent: NotRequired[int]
    independent_leader: NotRequired[bool]
    content: Text
    recurs: NotRequired[CadencePack]


class PromptPack(Named):
    """Questions for one moment of a session."""

    prompts: list[Text]


class Pack(TypedDict):
    """A whole pack; parts without a row of their own stay in ``Programme.pack``."""

    key: str
    version: str
    names: Text
    short_names: Text
    summary: Text
    terms: dict[str, Text]
    roles: list[RolePack]
    scales: list[ScalePack]
    supervision_rules: list[SupervisionRulePack]
    agenda: AgendaPack
    training_events: list[TrainingEventPack]
    certification_tracks: list[TrackPack]
    checklists: list[ChecklistPack]
    reflection_prompts: list[PromptPack]
    goals: dict[str, Any]
    vocabulary: dict[str, list[Named]]
    delivery_models: NotRequired[dict[str, Any]]
