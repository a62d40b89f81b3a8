"""The rows of the sweep, one for each address: who sees it, and to whom it is forbidden. Read it as a table of rights.

A row is judged against rights.md, not against what the pages happen to do; the world is in `furniture.py`:
a session that Ragnhild leads with Ingrid and Jonas, Ragnhild's ladder, Ingrid's checklists, Kjell's certificate.
"""

from tests.sweep.row import Row, but, named, only
from tests.sweep.world import FAR

COORDINATORS = only("coordinator", "branch_coordinator", "far_coordinator")
IN_SESSION = only("coach", "leader", "colleague")
#: Who lead the group that the addresses name; their coach reads along.
LEADERS = only("leader", "colleague")
# Whose roles lead no session under any rule.
PLANS_NOTHING = only(
    "coordinator", "branch_coordinator", "apprentice", "leader", "colleague", "other_leader", "observer", "far_leader"
)
# Coordinators and mentors begin ladders and hold trainings.
HOLDS_TRAININGS = only("coordinator", "branch_coordinator", "mentor", "other_mentor", "far_coordinator", "far_mentor")
HOLDS_TRAININGS_HERE = only("coordinator", "branch_coordinator", "mentor", "other_mentor")
# Others of the programme: they see that it is there, and may not.
HERE_WITHOUT_RIGHT = only("apprentice", "coach", "other_coach", "leader", "colleague", "other_leader", "observer")
# Coordinators and observers see figures of their branches.
SEES_FIGURES = only("coordinator", "branch_coordinator", "observer", "far_coordinator", "far_observer")
# What a place opens of a group leader: to herself, her coach, and the mentor of that coach.
LEADS_PEOPLE = only("mentor", "coach", "leader")
NOBODY: frozenset[str] = frozenset()

SUPERVISION = {
    "supervision:sessions": Row(),
    "supervision:plan": Row(
        sees=but(PLANS_NOTHING),
        forbidden=PLANS_NOTHING,
    ),
    "supervision:record_afterwards": Row(
        sees=but(PLANS_NOTHING),
        forbidden=PLANS_NOTHING,
    ),
    "supervision:reply": Row(sees=NOBODY, arguments=named(token="x"), public=True),
    # The other mentor has a place with the co-leader of that session.
    "supervision:session": Row(
        sees=only("coordinator", "mentor", "other_mentor", "coach", "leader", "colleague"),
        arguments=named(pk="finished"),
    ),
    "supervision:change": Row(
        sees=only("coach"),
        forbidden=only("coordinator", "mentor", "leader", "colleague"),
        arguments=named(pk="planned"),
    ),
    "supervision:cancel": Row(
        sees=only("coach"),
        forbidden=only("coordinator", "mentor", "leader", "colleague"),
        arguments=named(pk="planned"),
    ),
    "supervision:answer": Row(
        sees=IN_SESSION, forbidden=only("coordinator", "mentor"), arguments=named(pk="planned"), post_only=True
    ),
    "supervision:question": Row(
        sees=IN_SESSION, forbidden=only("coordinator", "mentor"), arguments=named(pk="planned")
    ),
    "supervision:own": Row(
        sees=IN_SESSION, forbidden=only("coordinator", "mentor", "other_mentor"), arguments=named(pk="finished")
    ),
    "supervision:print": Row(
        sees=IN_SESSION, forbidden=only("coordinator", "mentor", "other_mentor"), arguments=named(pk="finished")
    ),
    "supervision:calendar": Row(
        sees=IN_SESSION, forbidden=only("coordinator", "mentor"), arguments=named(pk="planned")
    ),
    "supervision:record": Row(
        sees=only("coach"), forbidden=only("coordinator", "mentor", "leader", "colleague"), arguments=named(pk="held")
    ),
    "supervision:draft": Row(
        sees=only("coach"),
        forbidden=only("coordinator", "mentor", "leader", "colleague"),
        arguments=named(pk="held"),
        post_only=True,
    ),
    "supervision:discard": Row(
        sees=only("coach"),
        forbidden=only("coordinator", "mentor", "leader", "colleague"),
        arguments=named(pk="held"),
        post_only=True,
    ),
    "supervision:resolve": Row(
        sees=only("coach"), forbidden=only("coordinator", "mentor", "leader", "colleague"), arguments=named(pk="held")
    ),
    "supervision:reopen": Row(
        sees=only("coach"),
        forbidden=only("coordinator", "mentor", "leader", "colleague"),
        arguments=named(pk="finished"),
        post_only=True,
    ),
    "supervision:recording": Row(
        sees=only("coach", "leader"),
        forbidden=only("coordinator", "colleague"),
        arguments=named(pk="finished", recording_pk="clip"),
    ),
    "supervision:goals": Row(),
    "supervision:shared": Row(),
    "supervision:new_goal": Row(),
    "supervision:goal": Row(sees=only("leader"), arguments=named(pk="goal")),
    "supervision:share_goal": Row(sees=only("leader"), arguments=named(pk="goal"), post_only=True),
    "supervision:feedback": Row(),
    "supervision:share_feedback": Row(sees=only("leader"), arguments=named(pk="feedback"), post_only=True),
}

NOTICES = {"notices:mine": Row()}

OVERVIEW = {
    "overview:home": Row(),
    "overview:home_ladder": Row(),
    "overview:workbench": Row(sees=COORDINATORS, forbidden=but(COORDINATORS)),
    "overview:workbench_csv": Row(sees=COORDINATORS, forbidden=but(COORDINATORS)),
    "overview:workbench_selected": Row(sees=COORDINATORS, forbidden=but(COORDINATORS), post_only=True),
    "overview:coverage": Row(
        sees=SEES_FIGURES,
        forbidden=but(SEES_FIGURES),
    ),
    "overview:coverage_csv": Row(
        sees=SEES_FIGURES,
        forbidden=but(SEES_FIGURES),
    ),
    "overview:search": Row(),
    "overview:exports": Row(sees=COORDINATORS, forbidden=but(COORDINATORS)),
    "overview:trail": Row(sees=COORDINATORS, forbidden=but(COORDINATORS)),
    "overview:trail_csv": Row(sees=COORDINATORS, forbidden=but(COORDINATORS)),
    "overview:help": Row(public=True),
    "overview:privacy": Row(public=True),
    "overview:accessibility": Row(public=True),
    "overview:language": Row(public=True, post_only=True),
    "overview:theme": Row(public=True, post_only=True),
    "overview:components": Row(sees=NOBODY, public=True),
}

PROGRAMMES = {
    "programmes:accept_invitation": Row(sees=NOBODY, arguments=named(token="x"), public=True),
    "programmes:invite": Row(
        sees=only("coordinator"), arguments=named(programme_pk="programme", person_pk="leader"), post_only=True
    ),
    "programmes:organisations": Row(sees=COORDINATORS, forbidden=but(COORDINATORS)),
    "programmes:organisation": Row(
        sees=only("coordinator"),
        forbidden=but(only("coordinator", "far_coordinator")),
        arguments=named(pk="organisation"),
    ),
    "programmes:add_organisation": Row(
        sees=only("coordinator"), forbidden=but(FAR, only("coordinator")), arguments=named(pk="organisation")
    ),
    "programmes:rename_organisation": Row(
        sees=only("coordinator"), forbidden=but(FAR, only("coordinator")), arguments=named(pk="organisation")
    ),
    "programmes:move_organisation": Row(
        sees=only("coordinator"), forbidden=but(FAR, only("coordinator")), arguments=named(pk="organisation")
    ),
    "programmes:add_person": Row(sees=COORDINATORS, forbidden=but(COORDINATORS)),
    "programmes:contact": Row(sees=only("coordinator"), arguments=named(programme_pk="programme", person_pk="leader")),
    "programmes:give_role": Row(
        sees=only("coordinator"), arguments=named(programme_pk="programme", person_pk="leader")
    ),
    "programmes:end_membership": Row(sees=only("coordinator"), arguments=named(pk="membership")),
    "programmes:keep_membership": Row(sees=only("coordinator"), arguments=named(pk="membership"), post_only=True),
    "programmes:correct_membership": Row(sees=only("coordinator"), arguments=named(pk="membership")),
    "programmes:membership_terms": Row(sees=only("coordinator"), arguments=named(pk="membership")),
    "programmes:request": Row(sees=only("far_coach"), arguments=named(pk="request")),
    "programmes:undelivered": Row(sees=COORDINATORS, forbidden=but(COORDINATORS)),
    "programmes:undelivered_again": Row(
        sees=only("coordinator"), forbidden=but(COORDINATORS), arguments=named(pk="notice"), post_only=True
    ),
}

PEOPLE = {
    "people:list": Row(sees=COORDINATORS, forbidden=but(COORDINATORS)),
    "people:csv": Row(sees=COORDINATORS, forbidden=but(COORDINATORS)),
    "people:addresses": Row(sees=COORDINATORS, forbidden=but(COORDINATORS)),
    "people:mine": Row(),
    "people:person": Row(sees=only("coordinator", "mentor", "coach", "leader"), arguments=named(pk="leader")),
    "people:settings": Row(),
    "people:address": Row(),
    "people:confirm_address": Row(sees=NOBODY, arguments=named(token="x"), public=True),
    "people:known": Row(),
    "people:own": Row(),
    "people:take_out": Row(post_only=True),
}

COACHES = {
    "coaches:my_places": Row(),
    "coaches:place": Row(sees=COORDINATORS, forbidden=but(COORDINATORS)),
    "coaches:end": Row(sees=only("coordinator"), forbidden=LEADS_PEOPLE, arguments=named(pk="placement")),
    "coaches:keep": Row(
        sees=only("coordinator"),
        forbidden=LEADS_PEOPLE,
        arguments=named(pk="placement"),
        post_only=True,
    ),
    "coaches:undo": Row(
        sees=only("coordinator"),
        forbidden=LEADS_PEOPLE,
        arguments=named(pk="placement"),
        post_only=True,
    ),
    "coaches:move": Row(sees=only("coordinator"), forbidden=LEADS_PEOPLE, arguments=named(pk="placement")),
    "coaches:swap": Row(sees=only("coordinator"), forbidden=LEADS_PEOPLE, arguments=named(pk="placement")),
    "coaches:follow": Row(sees=only("coordinator"), forbidden=LEADS_PEOPLE, arguments=named(pk="placement")),
    "coaches:room": Row(
        sees=only("coordinator", "coach"),
        forbidden=only("mentor", "other_mentor", "leader", "colleague"),
        arguments=named(pk="coach"),
    ),
    "coaches:back": Row(
        sees=only("coordinator", "coach"),
        forbidden=only("mentor", "other_mentor", "leader", "colleague"),
        arguments=named(pk="absence"),
        post_only=True,
    ),
}

PRACTICE = {
    "practice:groups": Row(),
    "practice:running": Row(),
    "practice:start_group": Row(
        sees=only(
            "mentor", "other_mentor", "apprentice", "coach", "other_coach", "leader", "colleague", "other_leader"
        ),
        arguments=named(programme_pk="programme"),
    ),
    "practice:group": Row(sees=IN_SESSION, arguments=named(pk="group")),
    "practice:end_group": Row(sees=only("leader", "colleague"), forbidden=only("coach"), arguments=named(pk="group")),
    "practice:note_meeting": Row(
        sees=only("leader", "colleague"), forbidden=only("coach"), arguments=named(pk="group")
    ),
    "practice:correct_meeting": Row(
        sees=only("leader", "colleague"), forbidden=only("coach"), arguments=named(pk="group", meeting_pk="meeting")
    ),
    "practice:correct_group": Row(sees=LEADERS, forbidden=only("coach"), arguments=named(pk="group")),
    "practice:add_leader": Row(sees=LEADERS, forbidden=only("coach"), arguments=named(pk="group")),
    "practice:end_leading": Row(
        sees=LEADERS, forbidden=only("coach"), arguments=named(pk="group", leader_pk="group_leader")
    ),
    "practice:note_recording": Row(
        sees=LEADERS, forbidden=only("coach"), arguments=named(pk="group", meeting_pk="meeting")
    ),
    "practice:recordings": Row(),
    "practice:recording": Row(sees=IN_SESSION, arguments=named(pk="recording")),
    "practice:correct_recording": Row(sees=LEADERS, forbidden=only("coach"), arguments=named(pk="recording")),
    "practice:withdraw_consent": Row(sees=LEADERS, forbidden=only("coach"), arguments=named(pk="recording")),
    "practice:confirm_deletion": Row(sees=LEADERS, forbidden=only("coach"), arguments=named(pk="recording")),
    "practice:note_moment": Row(sees=IN_SESSION, arguments=named(pk="recording"), post_only=True),
    "practice:remove_moment": Row(
        sees=only("coach"), forbidden=LEADERS, arguments=named(pk="recording", moment_pk="moment"), post_only=True
    ),
}

CERTIFICATION = {
    "certification:mine": Row(),
    "certification:candidates": Row(sees=COORDINATORS, forbidden=but(COORDINATORS)),
    "certification:start": Row(
        sees=HOLDS_TRAININGS,
        forbidden=but(HOLDS_TRAININGS),
    ),
    "certification:start_organisation": Row(
        sees=HOLDS_TRAININGS_HERE,
        forbidden=HERE_WITHOUT_RIGHT,
        arguments=named(programme_pk="programme"),
    ),
    "certification:start_person": Row(
        sees=only("coordinator", "mentor", "other_mentor"),
        forbidden=HERE_WITHOUT_RIGHT,
        arguments=named(programme_pk="programme", person_pk="leader"),
    ),
    "certification:candidacy": Row(
        sees=only("coordinator", "mentor", "other_mentor", "coach", "observer"), arguments=named(pk="candidacy")
    ),
    "certification:close": Row(
        sees=only("coordinator", "mentor", "other_mentor"),
        forbidden=only("coach", "observer"),
        arguments=named(pk="candidacy"),
    ),
    "certification:decide": Row(
        sees=only("mentor", "other_mentor"),
        forbidden=only("coordinator", "coach", "observer"),
        arguments=named(pk="candidacy", step_pk="step"),
    ),
    "certification:hand_in": Row(
        sees=only("coach"),
        forbidden=only("coordinator", "mentor", "other_mentor", "observer"),
        arguments=named(pk="candidacy", step_pk="step"),
    ),
    "certification:issue": Row(
        sees=only("mentor", "other_mentor"),
        forbidden=only("coordinator", "coach", "observer"),
        arguments=named(pk="candidacy"),
    ),
    "certification:decisions": Row(),
    "certification:take_back": Row(
        sees=only("mentor", "other_mentor"),
        forbidden=only("coordinator", "coach", "observer"),
        arguments=named(pk="record"),
    ),
    "certification:certificates": Row(sees=COORDINATORS, forbidden=but(COORDINATORS)),
    "certification:running_out": Row(sees=COORDINATORS, forbidden=but(COORDINATORS)),
    "certification:certificate": Row(sees=only("coordinator"), arguments=named(pk="certificate")),
    "certification:pdf": Row(sees=NOBODY, arguments=named(pk="certificate")),
    "certification:withdraw": Row(sees=only("coordinator"), arguments=named(pk="certificate")),
    "certification:trainings": Row(
        sees=HOLDS_TRAININGS,
        forbidden=but(HOLDS_TRAININGS),
    ),
    "certification:new_training": Row(
        sees=HOLDS_TRAININGS_HERE,
        forbidden=HERE_WITHOUT_RIGHT,
        arguments=named(programme_pk="programme"),
    ),
    "certification:training": Row(sees=only("coordinator", "mentor", "other_mentor"), arguments=named(pk="training")),
    "certification:sign_list": Row(sees=only("coordinator", "mentor", "other_mentor"), arguments=named(pk="training")),
    "certification:add_people": Row(
        sees=only("coordinator", "mentor", "other_mentor"), arguments=named(pk="training"), post_only=True
    ),
    "certification:remove_person": Row(
        sees=only("coordinator", "mentor", "other_mentor"),
        arguments=named(pk="training", participant_pk="participant"),
        post_only=True,
    ),
    "certification:verify": Row(public=True),
    "certification:verify_code": Row(arguments=named(code="certificate"), public=True),
}

CHECKLISTS = {
    "checklists:checklists": Row(),
    "checklists:about_me": Row(),
    "checklists:given": Row(),
    "checklists:start": Row(),
    "checklists:start_one": Row(
        sees=only("mentor", "other_mentor", "coach", "other_coach", "leader", "colleague", "other_leader"),
        arguments=named(pk="version"),
    ),
    "checklists:evaluation": Row(sees=LEADS_PEOPLE, arguments=named(pk="rated")),
    "checklists:fill": Row(sees=only("coach"), arguments=named(pk="draft")),
    "checklists:draft": Row(sees=only("coach"), arguments=named(pk="rated"), post_only=True),
    "checklists:discard": Row(sees=only("coach"), arguments=named(pk="draft")),
    "checklists:share": Row(sees=only("coach"), arguments=named(pk="rated"), post_only=True),
    "checklists:compare": Row(sees=LEADS_PEOPLE, arguments=named(pk="rated")),
    "checklists:over_time": Row(sees=LEADS_PEOPLE, arguments=named(checklist_pk="checklist", person_pk="leader")),
    "checklists:about_person": Row(sees=LEADS_PEOPLE, arguments=named(programme_pk="programme", pk="leader")),
    "checklists:done": Row(sees=only("coordinator", "branch_coordinator"), arguments=named(programme_pk="programme")),
    "checklists:averages": Row(sees=only("observer"), arguments=named(programme_pk="programme")),
}

ONBOARDING = {
    "onboarding:imports": Row(sees=COORDINATORS, forbidden=but(COORDINATORS)),
    "onboarding:template": Row(sees=COORDINATORS, forbidden=but(COORDINATORS), arguments=named(kind="csv")),
    "onboarding:import": Row(
        sees=only("coordinator"), forbidden=but(FAR, only("coordinator")), arguments=named(pk="import")
    ),
    "onboarding:answer": Row(
        sees=only("coordinator"), forbidden=but(FAR, only("coordinator")), arguments=named(pk="import"), post_only=True
    ),
    "onboarding:start": Row(
        sees=only("coordinator"), forbidden=but(FAR, only("coordinator")), arguments=named(pk="import"), post_only=True
    ),
    "onboarding:stop": Row(
        sees=only("coordinator"), forbidden=but(FAR, only("coordinator")), arguments=named(pk="import"), post_only=True
    ),
    "onboarding:resume": Row(
        sees=only("coordinator"), forbidden=but(FAR, only("coordinator")), arguments=named(pk="import"), post_only=True
    ),
    "onboarding:discard": Row(
        sees=only("coordinator"), forbidden=but(FAR, only("coordinator")), arguments=named(pk="import"), post_only=True
    ),
    "onboarding:invite_imported": Row(
        sees=only("coordinator"), forbidden=but(FAR, only("coordinator")), arguments=named(pk="import")
    ),
    "onboarding:take_back": Row(
        sees=only("coordinator"), forbidden=but(FAR, only("coordinator")), arguments=named(pk="import")
    ),
}

ROWS = (
    SUPERVISION
    | NOTICES
    | OVERVIEW
    | PROGRAMMES
    | PEOPLE
    | COACHES
    | PRACTICE
    | CERTIFICATION
    | CHECKLISTS
    | ONBOARDING
)

# The sign-in pages: of the library or for those who are not signed in. accounts/tests and the journeys look at them.
WITHOUT_ROW = frozenset(
    {
        "accounts/signup/",
        "accounts/email/",
        "accounts/confirm-email/",
        "account_login",
        "account_reset_password",
        "account_reset_password_from_key",
        "account_change_password",
        "account_set_password",
        "account_reauthenticate",
        "account_logout",
        "account_inactive",
        "account_signup",
        "account_email",
        "account_email_verification_sent",
        "account_confirm_login_code",
        "account_confirm_email",
        "account_reset_password_from_key_done",
        "account_reset_password_done",
    }
)
