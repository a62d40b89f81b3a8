"""Addresses of checklists."""

from django.urls import path

from checklists.views import fill, lists, read, start

app_name = "checklists"
urlpatterns = [
    path("checklists/", lists.index, name="checklists"),
    path("checklists/about-me/", lists.about_me, name="about_me"),
    path("checklists/given/", lists.given, name="given"),
    path("checklists/start/", start.choose, name="start"),
    path("checklists/start/<int:pk>/", start.start, name="start_one"),
    path("checklists/<int:pk>/", read.evaluation, name="evaluation"),
    path("checklists/<int:pk>/fill/", fill.fill, name="fill"),
    path("checklists/<int:pk>/draft/", fill.draft, name="draft"),
    path("checklists/<int:pk>/discard/", fill.discard, name="discard"),
    path("checklists/<int:pk>/share/", read.share, name="share"),
    path("checklists/<int:pk>/compare/", read.compare, name="compare"),
    path("checklists/over-time/<int:checklist_pk>/<int:person_pk>/", read.over_time, name="over_time"),
    path("programmes/<int:programme_pk>/checklists/about/<int:pk>/", lists.about_person, name="about_person"),
    path("programmes/<int:programme_pk>/checklists/done/", lists.done, name="done"),
    path("programmes/<int:programme_pk>/checklists/averages/", lists.averages, name="averages"),
]
