"""Addresses of groups and their meetings."""

from django.urls import path

from practice.views import groups, meetings

app_name = "practice"
urlpatterns = [
    path("groups/", groups.my_groups, name="groups"),
    path("programmes/<int:programme_pk>/groups/start/", groups.start, name="start_group"),
    path("groups/<int:pk>/", groups.group, name="group"),
    path("groups/<int:pk>/end/", groups.end, name="end_group"),
    path("groups/<int:pk>/meetings/note/", meetings.note, name="note_meeting"),
    path("groups/<int:pk>/meetings/<int:meeting_pk>/", meetings.correct, name="correct_meeting"),
]
