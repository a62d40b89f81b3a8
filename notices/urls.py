"""Addresses of one's own notices."""

from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [path("profile/notices/", views.mine, name="mine")]
