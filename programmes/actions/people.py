"""Bringing somebody into a programme: a person, a role, or a request to somebody whom another network knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.actions.one_at_a_time import wait_for_oneself
from accounts.actions.people import NewPerson, change_contact, clean_email, clean_name, create_people
from accounts.models import Invitation, User
from common.errors import DomainError, NotAllowed
from notices.actions.write import write_notice
from programmes import policies
from programmes.actions.memberships import NewRole, add_membership, add_memberships, check_days, require_right
from programmes.models import Membership, MembershipRequest, Organisation, Programme, ProgrammeRole
from programmes.readers.members import namesakes_at

REQUEST_KIND = "membership_request"


@dataclass(frozen=True)
class Added:
    """What became of adding somebody: a membership, or a request that the person answers first."""

    person: User
    membership: Membership | None = None
    request: MembershipRequest | None = None
    is_new: bool = False


@transaction.atomic
def add_person(
    *,
    by: User,
    name: str,
    role: ProgrammeRole,
    organisation: Organisation,
    started_on: dt.date,
    email: str = "",
    phone: str = "",
    language: str = "",
    planned_end_on: dt.date | None = None,
    employment: str = "",
    another: bool = False,
) -> Added:
    """Give a role to somebody by name and, if there is one, address.

    An address known in this network adds the role to that person, whose name stays as it is. An address that only
    another network knows becomes a request; nothing of what is on file is shown or changed. Somebody without an
    address who has the name of a person there is added only as `another`.
    Raises as `add_membership` and `create_person`.
    """
    require_right(by, role, organisation)
    check_days(started_on, planned_end_on)
    name, address = clean_name(name), clean_email(email)
    wait_for_oneself(by)
    if not address and not another and namesakes_at(name, organisation):
        raise DomainError(
            _("%(person)s is at %(organisation)s already. If this is somebody else of that name, say so below.")
            % {"person": name, "organisation": organisation.name},
            field="name",
            code="namesake",
        )
    known = User.objects.known().filter(email=address).first() if address else None
    if known is None:
        written = NewPerson(name, address or "", phone, language or role.programme.language)
        wanted = NewMember(written, role, organisation, started_on, planned_end_on, employment)
        return add_new_people(by=by, wanted=[wanted])[0]
    if policies.is_strange_to(known, organisation):
        request = request_membership(
            by=by, person=known, written_name=name, role=role, organisation=organisation, started_on=started_on
        )
        return Added(known, request=request)
    membership = add_membership(
        by=by,
        person=known,
        role=role,
        organisation=organisation,
        started_on=started_on,
        planned_end_on=planned_end_on,
        employment=employment,
    )
    return Added(known, membership=membership)


@dataclass(frozen=True)
class NewMember:
    """Somebody whom nobody knows yet, with the role that they get."""

    person: NewPerson
    role: ProgrammeRole
    organisation: Organisation
    started_on: dt.date
    planned_end_on: dt.date | None = None
    employment: str = ""


@transaction.atomic
def add_new_people(*, by: User, wanted: Sequence[NewMember]) -> list[Added]:
    """Several people whom nobody knows yet, each with a role; all or none, and the queries do not grow.

    Raises as `add_membership` and `create_person`, for the first who cannot come in; so for an address that is taken.
    """
    people = create_people(by=by, people=[one.person for one in wanted])
    roles = [
        NewRole(person, one.role, one.organisation, one.started_on, one.planned_end_on, employment=one.employment)
        for person, one in zip(people, wanted, strict=True)
    ]
    memberships = add_memberships(by=by, wanted=roles)
    return [Added(one.person, membership=one, is_new=True) for one in memberships]


def correct_contact(*, by: User, person: User, programme: Programme, name: str, email: str, phone: str) -> User:
    """Correct who somebody is before they have signed in. A link sent to a former address stops working.

    Raises `NotAllowed` once the person signs in or another network knows them, `DomainError` as `change_contact`.
    """
    if not policies.may_change_contact(by, person, programme):
        raise NotAllowed(_("%(person)s looks after this themselves now.") % {"person": person.name}, code="own_affair")
    former = person.email
    with transaction.atomic():
        change_contact(by=by, person=person, name=name, email=email, phone=phone)
        if person.email != former:
            live = Invitation.objects.filter(person=person, state__in=Invitation.LIVE)
            live.update(state=Invitation.State.REPLACED)
    return person


def request_membership(
    *,
    by: User,
    person: User,
    written_name: str,
    role: ProgrammeRole,
    organisation: Organisation,
    started_on: dt.date,
) -> MembershipRequest:
    """Ask somebody of another network to take a role. Raises `DomainError` when they have been asked already."""
    require_right(by, role, organisation)
    try:
        with transaction.atomic():
            request = MembershipRequest.objects.create(
                person=person,
                role=role,
                organisation=organisation,
                written_name=clean_name(written_name),
                started_on=started_on,
                requested_at=timezone.now(),
                requested_by=by,
            )
            _record(request, by=by, verb="membership.requested")
            write_notice(
                kind=REQUEST_KIND,
                subject=f"membership_request:{request.pk}",
                recipient=person,
                programme_id=role.programme_id,
            )
    except IntegrityError as error:
        raise DomainError(
            _("The person with this address has been asked already and has not answered yet."),
            field="email",
            code="asked_already",
        ) from error
    return request


def answer_request(*, by: User, request: MembershipRequest, accept: bool) -> Membership | None:
    """The person says yes (the membership is made) or no. Raises `DomainError` when it was answered before."""
    with transaction.atomic():
        waiting = MembershipRequest.objects.select_for_update(of=("self",)).filter(
            pk=request.pk, person=by, state=MembershipRequest.State.WAITING
        )
        request_now = waiting.select_related("role__programme__network", "organisation", "requested_by").first()
        if request_now is None:
            raise DomainError(_("This request has been answered already."), code="answered")
        State = MembershipRequest.State
        request_now.state = State.ACCEPTED if accept else State.DECLINED
        request_now.answered_at = timezone.now()
        request_now.save(update_fields=["state", "answered_at"])
        _record(request_now, by=by, verb="membership.request_accepted" if accept else "membership.request_declined")
        if not accept:
            return None
        return add_membership(
            by=request_now.requested_by,
            person=by,
            role=request_now.role,
            organisation=request_now.organisation,
            started_on=request_now.started_on,
        )


def _record(request: MembershipRequest, *, by: User, verb: str) -> None:
    audit.record(
        by=by,
        verb=verb,
        subject=f"membership_request:{request.pk}",
        programme_id=request.role.programme_id,
        organisation_path=request.organisation.path,
        people=[request.person_id],
        facts={"role": request.role.key},
    )
