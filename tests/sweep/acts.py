"""Every act of the product as it is done on a page: where its form stands, and what is written into it beside what
the page shows already. What must be filled in and is empty is filled in by itself (`typing_in.filled_in`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from lxml import html

from accounts.models import User
from coaches.models import Placement
from coaches.readers import unplaced_people
from onboarding.models import ImportRow, ImportRun
from programmes.models import Membership, Organisation, Programme
from supervision.models import Attendance
from tests.sweep.rows import ROWS
from tests.sweep.world import TODAY, World

Written = Mapping[str, list[Any]]
#: What is written, by the world and the form as the page shows it.
Writes = Callable[[World, html.FormElement], Written]


def _nothing(world: World, form: html.FormElement) -> Written:
    return {}


@dataclass(frozen=True)
class Act:
    """`on` is the page with the form, the address itself unless said; `at` its address where the row's own will not
    do; `by` are those who do it, where the address is another's. `first` puts the world right for the act.
    `says_nothing`: why no row is left; where the other buttons only keep what is typed, `lasting` is the value of the
    one that leaves one. `also_by` is whoever else a row may be written by."""

    on: str = ""
    at: Callable[[World], str] | None = None
    by: tuple[str, ...] = ()
    written: Writes = _nothing
    first: Callable[[World], object] | None = None
    says_nothing: str = ""
    lasting: str = ""
    also_by: str = ""

    def page(self, name: str, world: World) -> str:
        """Where the form of the address named so stands."""
        return self.at(world) if self.at else ROWS[self.on or name].address(self.on or name, world)


def words(**fields: Any) -> Writes:
    """The same in every world."""
    return lambda world, form: {name: [value] for name, value in fields.items()}


def offered(name: str, **more: Any) -> Writes:
    """The first that the form offers in this field."""

    def written(world: World, form: html.FormElement) -> Written:
        values = form.xpath(".//select[@name=$n]/option/@value | .//input[@name=$n]/@value", n=name)
        return {name: [str(next(value for value in values if value))], **words(**more)(world, form)}

    return written


def nothing_ticked(world: World, form: html.FormElement) -> Written:
    """Every box that was ticked is not any more."""
    return {str(name): [] for name in form.xpath(".//input[@type='checkbox' and @checked]/@name")}


def page(name: str, query: str = "", **things: str) -> Callable[[World], str]:
    """The page named so, about these things of the world."""
    return lambda world: reverse(name, kwargs={key: world[thing].pk for key, thing in things.items()}) + query


def _kari(world: World) -> User:
    return world["coordinator"]


def run_is(state: str) -> Callable[[World], object]:
    """The import stands so, with a row that is ready or done."""

    def act(world: World) -> None:
        yes = (
            {} if state == ImportRun.State.PREVIEW else {"confirmed_at": timezone.now(), "confirmed_by": _kari(world)}
        )
        ImportRun.objects.filter(pk=world["import"].pk).update(state=state, **yes)
        done = state == ImportRun.State.DONE
        new = User.objects.create_user("imported@solvik.example", name="Imported", password=None)
        ImportRow.objects.create(
            run=world["import"],
            number=3,
            cells={"name": "Imported", "email": new.email},
            state=ImportRow.State.DONE if done else ImportRow.State.READY,
            person=new if done else None,
        )

    return act


def _unplaced(world: World) -> str:
    there = [world["organisation"].network_path]
    person = unplaced_people(world["programme"], there)[0]
    return reverse("coaches:place") + f"?supervisee={person.pk}"


def _first_of(field: str, found: Callable[[World], Any]) -> Writes:
    return lambda world, form: {field: [found(world)]}


def _ladder_of_organisations(world: World) -> str:
    """Of a programme of the same network that has one."""
    programme = Programme.objects.get(network=world["programme"].network, key="kollegaveiledning")
    return reverse("certification:start_organisation", args=[programme.pk])


def _without_sign_in(world: World) -> None:
    User.objects.filter(pk=world["leader"].pk).update(password="!")


def _ends_later(world: World) -> None:
    Membership.objects.filter(pk=world["membership"].pk).update(planned_end_on=TODAY + dt.timedelta(days=9))


def _without_who_left(world: World) -> None:
    Attendance.objects.filter(session=world["planned"], person=world["left"]).delete()


def _never_there(world: World) -> None:
    world["training"].participants.get(pk=world["participant"].pk).attendances.all().delete()


def _nobody_follows(world: World) -> None:
    Placement.objects.filter(supervisee=world["leader"], state=Placement.State.PLANNED).delete()


def _unanswered(world: World) -> None:
    Attendance.objects.filter(session=world["planned"]).update(reply="", replied_at=None)


def _other_parent(world: World) -> int:
    here = world["organisation"]
    return Organisation.objects.filter(parent=here.parent).exclude(pk=here.pk)[0].pk


OF_BOTH = ("coordinator", "branch_coordinator", "mentor", "other_mentor")

ACTS: dict[str, Act] = {
    # Sessions
    "supervision:plan": Act(),
    "supervision:record_afterwards": Act(),
    "supervision:change": Act(first=_without_who_left, written=words(place="Another room", confirm="1")),
    "supervision:cancel": Act(),
    "supervision:answer": Act(first=_unanswered, at=page("supervision:session", pk="planned")),
    "supervision:question": Act(
        written=words(question="What I bring"),
        says_nothing="one's own words before a session; who was there is in the trail",
    ),
    "supervision:own": Act(written=words(note="My own note"), says_nothing="read by its author alone"),
    "supervision:record": Act(
        lasting="finish", says_nothing="what was typed and not yet given to anybody; the finished record leaves a row"
    ),
    "supervision:discard": Act(on="supervision:record", says_nothing="what was typed and never saved"),
    "supervision:reopen": Act(on="supervision:session"),
    "supervision:recording": Act(),
    "supervision:new_goal": Act(written=words(text="Something I will try")),
    "supervision:goal": Act(),
    "supervision:share_goal": Act(on="supervision:goals"),
    "supervision:share_feedback": Act(on="supervision:feedback"),
    # One's own
    "notices:mine": Act(written=lambda world, form: {"wanted": []}),
    "people:settings": Act(),
    "people:take_out": Act(on="people:own"),
    "people:address": Act(),
    "overview:theme": Act(on="people:settings", says_nothing="colours of one's own pages"),
    # Lists
    "overview:workbench_selected": Act(
        on="overview:workbench", written=_first_of("person", lambda world: world["leader"].pk)
    ),
    # People and organisations
    "programmes:invite": Act(first=_without_sign_in, on="people:person"),
    "programmes:add_organisation": Act(),
    "programmes:rename_organisation": Act(written=words(name="Another name")),
    "programmes:move_organisation": Act(written=_first_of("parent", _other_parent)),
    "programmes:add_person": Act(),
    "programmes:contact": Act(first=_without_sign_in, written=words(name="Ingrid Another")),
    "programmes:give_role": Act(
        written=_first_of("role", lambda world: world["programme"].roles.get(key="peer_coach").pk)
    ),
    "programmes:end_membership": Act(),
    "programmes:keep_membership": Act(first=_ends_later, on="people:person"),
    "programmes:correct_membership": Act(written=words(started_on="2020-01-02")),
    "programmes:membership_terms": Act(written=words(employment="temporary")),
    # Who accepts gets the role from the one who asked.
    "programmes:request": Act(also_by="coordinator"),
    "programmes:undelivered_again": Act(on="programmes:undelivered"),
    # Places
    "coaches:place": Act(at=_unplaced, written=offered("coach")),
    "coaches:end": Act(),
    "coaches:keep": Act(first=_nobody_follows, on="people:person"),
    "coaches:move": Act(first=_nobody_follows, written=offered("coach")),
    "coaches:swap": Act(),
    "coaches:follow": Act(),
    "coaches:room": Act(),
    "coaches:back": Act(on="coaches:room"),
    # Practice
    "practice:start_group": Act(),
    "practice:end_group": Act(),
    "practice:note_meeting": Act(),
    "practice:correct_meeting": Act(written=words(attended="3")),
    "practice:correct_group": Act(written=words(name="Another group")),
    "practice:add_leader": Act(),
    "practice:end_leading": Act(),
    "practice:note_recording": Act(),
    "practice:correct_recording": Act(),
    "practice:withdraw_consent": Act(),
    "practice:confirm_deletion": Act(),
    "practice:note_moment": Act(on="practice:recording", written=words(point="2:10")),
    "practice:remove_moment": Act(on="practice:recording"),
    # The ladder
    "certification:start_organisation": Act(at=_ladder_of_organisations, by=OF_BOTH, written=offered("track")),
    "certification:start_person": Act(written=offered("variant")),
    "certification:close": Act(),
    "certification:decide": Act(
        by=("coach", "mentor", "other_mentor"),
        at=lambda world: reverse("certification:decide", args=[world["sent_back_on"].pk, world["sent_back"].step_id]),
        written=words(outcome="approved", ground="Seen twice"),
    ),
    "certification:hand_in": Act(),
    "certification:issue": Act(written=words(ground="All of it is there")),
    "certification:take_back": Act(),
    "certification:withdraw": Act(),
    "certification:new_training": Act(written=words(days="2026-10-01")),
    "certification:training": Act(written=nothing_ticked),
    "certification:add_people": Act(at=page("certification:training", "?q=Ingrid", pk="training")),
    "certification:remove_person": Act(first=_never_there, on="certification:training"),
    # Checklists
    "checklists:start_one": Act(),
    "checklists:fill": Act(lasting="finish", says_nothing="what was typed and not yet given to anybody"),
    "checklists:discard": Act(),
    # Imports
    "onboarding:imports": Act(
        written=lambda world, form: {
            "file": [SimpleUploadedFile("people.csv", b"Navn;Rolle\nNy Person;Gruppeleder\n")]
        }
    ),
    "onboarding:start": Act(first=run_is("preview"), on="onboarding:import"),
    "onboarding:stop": Act(first=run_is("running"), on="onboarding:import"),
    "onboarding:resume": Act(first=run_is("stopped"), on="onboarding:import"),
    "onboarding:discard": Act(on="onboarding:import"),
    "onboarding:invite_imported": Act(first=run_is("done")),
    "onboarding:take_back": Act(first=run_is("done")),
}

#: Taken by POST, and not sent from a form in the page's own part, each with where it is looked at instead.
ELSEWHERE: dict[str, str] = {
    "supervision:draft": "a script saves what is typed: supervision/tests/test_record.py",
    "checklists:draft": "a script saves what is typed: checklists/tests/test_pages.py",
    "supervision:resolve": "two texts side by side, after a stale tab: supervision/tests/test_record.py",
    "supervision:reply": "a link from a mail, without a sign-in: supervision/tests/test_replies.py",
    "programmes:accept_invitation": "a link from a mail, without a sign-in: programmes/tests/test_invitations.py",
    "people:confirm_address": "a link from a mail, without a sign-in: people/tests/test_address.py",
    "coaches:undo": "on the message after a place is given: coaches/tests/test_placing_pages.py",
    "checklists:share": "on feedback that its writer has not agreed to share: checklists/tests/test_sharing.py",
    "onboarding:answer": "on an import with a question: onboarding/tests/test_import_pages.py",
    "overview:language": "in the frame; how one's own pages are written: overview/tests/test_frame.py",
}
