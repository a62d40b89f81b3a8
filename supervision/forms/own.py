"""Small forms of one's own: the question, own words, goals, outcomes."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.fields import DayField, WordsField, say_readers
from common.forms import house_helper
from supervision.actions.replies import QUESTION_LENGTH
from supervision.captures import Kind, capture_of
from supervision.models import AgendaNote
from supervision.readers.goals import GoalFrame
from supervision.readers.page import OwnPart
from supervision.readers.who_reads import own_goal_sentence, private_sentence
from supervision.sheet import Written


class QuestionForm(forms.Form):
    """The question that somebody brings; empty takes it back."""

    question = WordsField(
        label=gettext_lazy("Your question"),
        help_text=gettext_lazy(
            "One question from your own practice. Write no names of children, parents, patients or service users, "
            "and nothing that could identify them."
        ),
        rows=4,
        required=False,
        max_length=QUESTION_LENGTH,
    )

    def __init__(self, *args: Any, readers: str = "", cancel: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_readers(self, {"question": readers})
        self.cancel = cancel

    @property
    def helper(self) -> FormHelper:
        """One field and its button."""
        return house_helper("question", submit=_("Send in my question"), cancel=self.cancel)


class OwnWordsForm(forms.Form):
    """What one person writes about oneself; nobody else reads any of it."""

    def __init__(self, part: OwnPart, *args: Any, cancel: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part, self.cancel = part, cancel
        for step, key, turn, label, value in part.asked:
            name = f"{step.key}-{key}-{turn}"
            if capture_of(key).kind == Kind.RATING:
                choices = [(str(number), str(number)) for number in range(1, 6)]
                self.fields[name] = forms.ChoiceField(
                    label=_("%(label)s (step %(number)d)") % {"label": label, "number": step.order},
                    choices=choices,
                    widget=forms.RadioSelect,
                    required=False,
                    initial="" if value is None else str(value),
                )
            else:
                self.fields[name] = WordsField(label=label, rows=4, required=False, initial=value or "")
            say_readers(self, {name: private_sentence()})
        self.fields["note"] = WordsField(
            label=_("Your own note"), rows=4, required=False, initial=part.note, readers=private_sentence()
        )

    def written(self) -> list[Written]:
        """What to keep, empty values too."""
        found = []
        for step, key, turn, _label, _value in self.part.asked:
            given = self.cleaned_data.get(f"{step.key}-{key}-{turn}")
            value = (int(given) if capture_of(key).kind == Kind.RATING else given) if given else None
            found.append(Written(step.pk, key, turn, None, AgendaNote.Audience.AUTHOR, value))
        return found

    @property
    def helper(self) -> FormHelper:
        """All fields and the button."""
        return house_helper(submit=_("Save"), cancel=self.cancel)


class GoalForm(forms.Form):
    """A goal of one's own, in the programme's fields."""

    def __init__(self, frame: GoalFrame, *args: Any, cancel: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.frame, self.cancel = frame, cancel
        if frame.levels:
            self.fields["level"] = forms.ChoiceField(
                label=_("Level"), choices=frame.levels, initial=frame.level_in_session
            )
        for place, (key, label) in enumerate(frame.fields or [("text", "")]):
            name = f"field-{key}" if place else "text"
            words = _("Goal") if key == "text" else label
            self.fields[name] = WordsField(label=words, rows=1 if place else 2, max_length=1000, required=not place)
        # Said once, below the last of them.
        say_readers(self, {name: own_goal_sentence()})
        self.fields["due_on"] = DayField(label=frame.day_label or _("By when"), required=False)

    def more_fields(self) -> dict[str, str]:
        """The programme's further fields by key."""
        return {
            name.removeprefix("field-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("field-") and value
        }

    @property
    def helper(self) -> FormHelper:
        """All fields and the button."""
        return house_helper(submit=_("Add the goal"), cancel=self.cancel)


class OutcomeForm(forms.Form):
    """What happened with a goal, outside a session."""

    def __init__(self, frame: GoalFrame, *args: Any, cancel: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel = cancel
        choices = [(key, label) for key, label in frame.outcomes if key != "changed"]
        self.fields["status"] = forms.ChoiceField(
            label=_("What happened with the goal?"), choices=choices, widget=forms.RadioSelect
        )
        self.fields["comment"] = WordsField(
            label=_("What was tried, and what happened?"), rows=3, required=False, readers=own_goal_sentence()
        )

    @property
    def helper(self) -> FormHelper:
        """Both fields and the button."""
        return house_helper(submit=_("Save what happened"), cancel=self.cancel)
