"""Addresses of people's pages."""

from django.urls import path

from people.views import listing, own, person

app_name = "people"
urlpatterns = [
    path("people/", listing.people, name="list"),
    path("people/list.csv", listing.download, name="csv"),
    path("people/addresses/", listing.addresses, name="addresses"),
    path("people/me/", person.mine, name="mine"),
    path("people/<int:pk>/", person.person, name="person"),
    path("profile/", person.profile, name="settings"),
    path("profile/address/", person.address, name="address"),
    path("address/<str:token>/", person.confirm_address, name="confirm_address"),
    path("profile/own/", own.own, name="own"),
    path("profile/own/file/", own.take_out, name="take_out"),
    path("profile/trail/", person.about_me, name="known"),
]
