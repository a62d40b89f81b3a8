"""Addresses of organisations, roles and invitations."""

from django.urls import path

from programmes.views import invitations, requests

app_name = "programmes"
urlpatterns = [
    path("invitation/<str:token>/", invitations.accept_invitation, name="accept_invitation"),
    path("programmes/<int:programme_pk>/people/<int:person_pk>/invite/", invitations.invite, name="invite"),
    path("requests/<int:pk>/", requests.answer, name="request"),
]
