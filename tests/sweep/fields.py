"""Every text that the product keeps: confidential, and by which row of rights.md, or open, and why.

The one list that other tests build on: a new field of text or JSON belongs in here before anything else passes; a
confidential one is planted with a word and looked for everywhere (`canary.py`), and no page of the Django admin may
show it (`tests/test_admin_fields.py`).
"""

from __future__ import annotations

from programmes.rights import Thing

#: For what no row of rights.md is about: who reads it, in words.
SEATED = "those who have a seat in the session"
HOLDER = "the holder, and who may withdraw the certificate"
COACH_AND_COORDINATOR = "the person, and the coordinator"
ASKED = "the one who is asked, and who asks"
IMPORT = "who may see the import"
QUEUE = "nobody; what went wrong with a mail, the coordinator and the operator"
NOBODY = "nobody: it opens something (the link in a mail to oneself), or has no page"

CONFIDENTIAL: dict[str, str] = {
    "accounts.AddressChange.code": NOBODY,
    "accounts.AddressChange.email": Thing.CONTACT,
    "accounts.AddressChange.former": Thing.CONTACT,
    "accounts.AuditEvent.facts": Thing.TRAIL,
    "accounts.Invitation.code": NOBODY,
    "accounts.User.email": Thing.CONTACT,
    "accounts.User.password": NOBODY,
    "accounts.User.phone": Thing.CONTACT,
    "certification.Certificate.pdf": HOLDER,
    "certification.Certificate.text": HOLDER,
    "certification.Certificate.withdrawn_reason": HOLDER,
    "certification.Evidence.reference": Thing.PAPERS,
    "certification.StepRecord.counted": Thing.LADDER,
    "certification.StepRecord.ground": Thing.LADDER,
    "certification.StepRecord.outside_number": Thing.LADDER,
    "certification.StepRecord.reference": Thing.LADDER,
    "certification.StepRecord.source": Thing.LADDER,
    "certification.StepRecord.withdrawn_reason": Thing.LADDER,
    "checklists.Answer.text": Thing.EVALUATION,
    "checklists.EvaluationRound.code": NOBODY,
    "coaches.Absence.reason": COACH_AND_COORDINATOR,
    "coaches.EarlierSession.source": IMPORT,
    "notices.Notice.arguments": QUEUE,
    "notices.Notice.last_error": QUEUE,
    "onboarding.ImportRow.cells": IMPORT,
    "onboarding.ImportRow.findings": IMPORT,
    "onboarding.ImportRow.made": IMPORT,
    "onboarding.ImportRow.plan": IMPORT,
    "onboarding.ImportRun.answers": IMPORT,
    "onboarding.ImportRun.columns": IMPORT,
    "onboarding.ImportRun.filename": IMPORT,
    "onboarding.ImportRun.organisations_made": IMPORT,
    "onboarding.ImportRun.unread": IMPORT,
    "practice.Moment.comment": Thing.RECORDING,
    "practice.Recording.location": Thing.RECORDING,
    "practice.Recording.papers_place": Thing.RECORDING,
    "practice.Recording.purposes": Thing.RECORDING,
    "programmes.MembershipRequest.written_name": ASKED,
    "supervision.AgendaNote.value": Thing.SHARED_WORDS,
    "supervision.Agreement.clauses": NOBODY,
    "supervision.Attendance.question": Thing.SHARED_WORDS,
    "supervision.Feedback.growth": Thing.FEEDBACK,
    "supervision.Feedback.strength": Thing.FEEDBACK,
    "supervision.Goal.fields": Thing.GOALS,
    "supervision.Goal.text": Thing.GOALS,
    "supervision.GoalReview.comment": Thing.GOALS,
    "supervision.PrivateNote.text": Thing.PRIVATE,
    "supervision.RecordDraft.fields": Thing.PRIVATE,
    "supervision.SupervisionSession.cancelled_reason": SEATED,
    "supervision.SupervisionSession.place": SEATED,
    "supervision.SupervisionSession.video_link": SEATED,
}

#: Confidential, and yet without a planted word of their own: why none can be.
WITHOUT_WORD: dict[str, str] = {
    "certification.Certificate.pdf": "bytes drawn by the worker, behind the same question as the page of it",
}

NAME = "a name: people and organisations are known by name to whoever may open the page they stand on"
KEY = "a key of the pack or of the product, never words of a person"
PACK = "comes from the pack, the same for everybody"
SORTING = "made from the name, for sorting and searching"
PUBLIC = "printed on the certificate; anyone who has its code reads it at /verify/"
MACHINE = "for machines: a path, a zone, a hash, a lease"
CATEGORY = "a category of the pack: a fact of the session, as rights.md says"
TRAINING = "of a training or a group, named beside it on the lists of those who run it"

OPEN: dict[str, str] = {
    "accounts.AuditEvent.organisation_path": MACHINE,
    "accounts.AuditEvent.subject": KEY,
    "accounts.AuditEvent.verb": KEY,
    "accounts.User.name": NAME,
    "accounts.User.search_name": SORTING,
    "accounts.User.sort_name": SORTING,
    "accounts.User.supervises_in": "languages, for whoever looks for a coach",
    "accounts.User.time_zone": MACHINE,
    "certification.Candidacy.variant": KEY,
    "certification.Certificate.code": PUBLIC,
    "certification.Certificate.holder_name": PUBLIC,
    "certification.Certificate.language": MACHINE,
    "certification.Certificate.number": PUBLIC,
    "certification.Certificate.pdf_sha256": MACHINE,
    "certification.Certificate.title": PUBLIC,
    "certification.Certificate.variant": KEY,
    "certification.Evidence.key": KEY,
    "certification.Step.key": KEY,
    "certification.Step.names": PACK,
    "certification.Step.source": PACK,
    "certification.Step.training_event": KEY,
    "certification.Step.unit": KEY,
    "certification.Track.key": KEY,
    "certification.TrackVersion.awards": KEY,
    "certification.TrackVersion.decided_by": KEY,
    "certification.TrackVersion.for_role": KEY,
    "certification.TrackVersion.names": PACK,
    "certification.TrackVersion.recorded_by": KEY,
    "certification.TrackVersion.source": PACK,
    "certification.TrackVersion.title": PACK,
    "certification.TrainingEvent.kind": KEY,
    "certification.TrainingEvent.place": TRAINING,
    "certification.TrainingEvent.title": TRAINING,
    "checklists.Checklist.key": KEY,
    "checklists.ChecklistVersion.about": KEY,
    "checklists.ChecklistVersion.allows_raters": KEY,
    "checklists.ChecklistVersion.filled_by": KEY,
    "checklists.ChecklistVersion.names": PACK,
    "checklists.ChecklistVersion.source": PACK,
    "checklists.ChecklistVersion.when": PACK,
    "checklists.Evaluation.thing": KEY,
    "checklists.Item.key": KEY,
    "checklists.Item.texts": PACK,
    "checklists.ReliabilityTest.protocol": KEY,
    "checklists.Scale.key": KEY,
    "checklists.Scale.na_names": PACK,
    "checklists.Scale.options": PACK,
    "checklists.Scale.scoring": PACK,
    "checklists.Section.key": KEY,
    "checklists.Section.names": PACK,
    "notices.OptOut.kind": KEY,
    "notices.Notice.attachment": KEY,
    "notices.Notice.closed_reason": KEY,
    "notices.Notice.kind": KEY,
    "notices.Notice.language": MACHINE,
    "notices.Notice.lease_key": MACHINE,
    "notices.Notice.message_id": MACHINE,
    "notices.Notice.subject": KEY,
    "practice.DeliveryGroup.name": TRAINING,
    "practice.DeliveryGroup.variant": KEY,
    "onboarding.ImportRun.programme_ids": MACHINE,
    "programmes.Organisation.name": NAME,
    "programmes.Organisation.name_key": SORTING,
    "programmes.Organisation.path": MACHINE,
    "programmes.Organisation.search_name": SORTING,
    "programmes.Organisation.sort_name": SORTING,
    "programmes.Programme.key": KEY,
    "programmes.Programme.names": PACK,
    "programmes.Programme.pack_hash": MACHINE,
    "programmes.Programme.pack_version": MACHINE,
    "programmes.Programme.short_names": PACK,
    "programmes.Programme.terms": PACK,
    "programmes.Programme.time_zone": MACHINE,
    "programmes.ProgrammeRole.description": PACK,
    "programmes.ProgrammeRole.key": KEY,
    "programmes.ProgrammeRole.names": PACK,
    "programmes.StoredPack.content": PACK,
    "programmes.SupervisionRule.key": KEY,
    "programmes.SupervisionRuleVersion.names": PACK,
    "programmes.SupervisionRuleVersion.notes": PACK,
    "programmes.SupervisionRuleVersion.source": PACK,
    "supervision.Agenda.goals": PACK,
    "supervision.Agenda.prompts": PACK,
    "supervision.Agenda.repeat": PACK,
    "supervision.Agenda.source": PACK,
    "supervision.AgendaNote.field": KEY,
    "supervision.AgendaStep.captures": KEY,
    "supervision.AgendaStep.guidance": PACK,
    "supervision.AgendaStep.key": KEY,
    "supervision.AgendaStep.led_by": KEY,
    "supervision.AgendaStep.names": PACK,
    "supervision.Goal.level": KEY,
    "supervision.SupervisionSession.theme": CATEGORY,
    "supervision.SupervisionSession.zone": MACHINE,
}
