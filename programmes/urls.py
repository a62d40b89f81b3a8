"""Addresses of organisations, roles and invitations."""

from django.urls import path

from programmes.views import invitations, requests, undelivered

app_name = "programmes"
urlpatterns = [
    path("invitation/<str:token>/", invitations.accept_invitation, name="accept_invitation"),
    path("programmes/<int:programme_pk>/people/<int:person_pk>/invite/", invitations.invite, name="invite"),
    path("requests/<int:pk>/", requests.answer, name="request"),
    path("notices/failed/", undelivered.undelivered_list, name="undelivered"),
    path("notices/<int:pk>/again/", undelivered.again, name="undelivered_again"),
]
