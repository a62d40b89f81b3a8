"""Addresses of sessions, records, goals and feedback."""

from django.urls import path

from supervision.views import goals, planning, record, recordings, replies, sessions

app_name = "supervision"
urlpatterns = [
    path("sessions/", sessions.index, name="sessions"),
    path("sessions/plan/", planning.plan, name="plan"),
    path("sessions/record/", planning.record_afterwards, name="record_afterwards"),
    path("sessions/answer/<str:token>/", replies.reply, name="reply"),
    path("sessions/<int:pk>/", sessions.session, name="session"),
    path("sessions/<int:pk>/change/", planning.change, name="change"),
    path("sessions/<int:pk>/cancel/", planning.cancel, name="cancel"),
    path("sessions/<int:pk>/answer/", replies.answer_here, name="answer"),
    path("sessions/<int:pk>/question/", replies.question, name="question"),
    path("sessions/<int:pk>/own/", replies.own, name="own"),
    path("sessions/<int:pk>/print/", sessions.printed, name="print"),
    path("sessions/<int:pk>/session.ics", sessions.calendar, name="calendar"),
    path("sessions/<int:pk>/recordings/<int:recording_pk>/", recordings.recording, name="recording"),
    path("sessions/<int:pk>/record/", record.record, name="record"),
    path("sessions/<int:pk>/record/draft/", record.draft, name="draft"),
    path("sessions/<int:pk>/record/discard/", record.discard, name="discard"),
    path("sessions/<int:pk>/record/versions/", record.resolve, name="resolve"),
    path("sessions/<int:pk>/record/reopen/", record.reopen, name="reopen"),
    path("goals/", goals.goals, name="goals"),
    path("goals/new/", goals.new_goal, name="new_goal"),
    path("goals/shared/", goals.shared, name="shared"),
    path("goals/<int:pk>/", goals.goal, name="goal"),
    path("goals/<int:pk>/share/", goals.share_one_goal, name="share_goal"),
    path("feedback/", goals.feedback, name="feedback"),
    path("feedback/<int:pk>/share/", goals.share_one_feedback, name="share_feedback"),
]
