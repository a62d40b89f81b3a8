"""Addresses of organisations, roles and invitations."""

from django.urls import path

from programmes.views import giving, invitations, members, organisations, requests, undelivered

app_name = "programmes"
urlpatterns = [
    path("invitation/<str:token>/", invitations.accept_invitation, name="accept_invitation"),
    path("programmes/<int:programme_pk>/people/<int:person_pk>/invite/", invitations.invite, name="invite"),
    path("organisations/", organisations.tree, name="organisations"),
    path("organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<int:pk>/add/", organisations.add, name="add_organisation"),
    path("organisations/<int:pk>/name/", organisations.rename, name="rename_organisation"),
    path("organisations/<int:pk>/move/", organisations.move, name="move_organisation"),
    path("people/new/", members.add, name="add_person"),
    path("programmes/<int:programme_pk>/people/<int:person_pk>/contact/", members.contact, name="contact"),
    path("programmes/<int:programme_pk>/people/<int:person_pk>/role/", giving.give, name="give_role"),
    path("roles/<int:pk>/end/", members.end, name="end_membership"),
    path("roles/<int:pk>/keep/", members.keep, name="keep_membership"),
    path("roles/<int:pk>/correct/", members.correct, name="correct_membership"),
    path("roles/<int:pk>/terms/", members.terms, name="membership_terms"),
    path("requests/<int:pk>/", requests.answer, name="request"),
    path("notices/failed/", undelivered.undelivered_list, name="undelivered"),
    path("notices/<int:pk>/again/", undelivered.again, name="undelivered_again"),
]
