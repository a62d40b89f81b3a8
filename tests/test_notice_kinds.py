"""Everything that people are promised to be told has its kind, registered when the apps start."""

import pytest

from notices import clock, kinds

BY_ACTS = {"invitation", "password_reset", "session_planned", "session_moved", "session_cancelled"}
BY_ACTS |= {"step_sent_back", "step_approved", "step_reopened", "certificate_issued", "certificate_withdrawn"}
BY_ACTS |= {"recording_withdrawn", "session_recording_withdrawn", "shared_with_you"}
BY_THE_CLOCK = {"session_reminder", "session_not_recorded", "recording_overdue", "session_recording_overdue"}
MAY_BE_TURNED_OFF = {"session_reminder", "session_not_recorded", "shared_with_you"}


def test_every_promise_has_its_kind() -> None:
    known = {kind.key: kind for kind in kinds.every()}
    assert set(known) >= BY_ACTS | BY_THE_CLOCK
    assert {key for key, kind in known.items() if kind.due} == BY_THE_CLOCK


@pytest.mark.parametrize("kind", kinds.every(), ids=lambda kind: kind.key)
def test_a_kind_fits_its_row_and_has_a_name(kind: kinds.Kind) -> None:
    assert 0 < len(kind.key) <= 60
    assert str(kind.label)
    assert kind.horizon.total_seconds() > 0


def test_only_what_nobody_counts_on_can_be_turned_off() -> None:
    """Not that consent is withdrawn or that a film is to be deleted: others count on that."""
    assert {kind.key for kind in kinds.every() if kind.may_opt_out} == MAY_BE_TURNED_OFF
    assert all(str(kind.when) for kind in kinds.every() if kind.may_opt_out)


def test_calendar_files_go_with_what_concerns_calendars() -> None:
    with_file = {kind.key for kind in kinds.every() if kind.attachment}
    assert with_file == {"session_planned", "session_moved", "session_cancelled", "session_reminder"}


def test_what_the_clock_ends_and_draws() -> None:
    assert set(clock._acts) >= {"coaches.placements_end", "programmes.memberships_end", "certification.papers"}
