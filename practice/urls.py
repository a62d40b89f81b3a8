"""Addresses of groups, their meetings and recordings."""

from django.urls import path

from practice.views import groups, leaders, meetings, recordings

app_name = "practice"
urlpatterns = [
    path("groups/", groups.my_groups, name="groups"),
    path("groups/running/", groups.running, name="running"),
    path("programmes/<int:programme_pk>/groups/start/", groups.start, name="start_group"),
    path("groups/<int:pk>/", groups.group, name="group"),
    path("groups/<int:pk>/end/", groups.end, name="end_group"),
    path("groups/<int:pk>/correct/", leaders.correct, name="correct_group"),
    path("groups/<int:pk>/leaders/add/", leaders.add, name="add_leader"),
    path("groups/<int:pk>/leaders/<int:leader_pk>/end/", leaders.end, name="end_leading"),
    path("groups/<int:pk>/meetings/note/", meetings.note, name="note_meeting"),
    path("groups/<int:pk>/meetings/<int:meeting_pk>/", meetings.correct, name="correct_meeting"),
    path("groups/<int:pk>/meetings/<int:meeting_pk>/recordings/note/", recordings.note, name="note_recording"),
    path("recordings/", recordings.my_recordings, name="recordings"),
    path("recordings/<int:pk>/", recordings.recording, name="recording"),
    path("recordings/<int:pk>/correct/", recordings.correct, name="correct_recording"),
    path("recordings/<int:pk>/withdraw/", recordings.withdraw, name="withdraw_consent"),
    path("recordings/<int:pk>/deleted/", recordings.confirm_deletion, name="confirm_deletion"),
    path("recordings/<int:pk>/moments/", recordings.note_moment, name="note_moment"),
    path("recordings/<int:pk>/moments/<int:moment_pk>/remove/", recordings.remove_moment, name="remove_moment"),
]
