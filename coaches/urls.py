"""Addresses of places."""

from django.urls import path

from coaches.views import changes, placing, rooms

app_name = "coaches"
urlpatterns = [
    path("places/", rooms.my_places, name="my_places"),
    path("placements/new/", placing.place, name="place"),
    path("placements/<int:pk>/end/", changes.end, name="end"),
    path("placements/<int:pk>/keep/", changes.keep, name="keep"),
    path("placements/<int:pk>/undo/", changes.undo, name="undo"),
    path("placements/<int:pk>/move/", placing.move, name="move"),
    path("placements/<int:pk>/swap/", changes.swap, name="swap"),
    path("placements/<int:pk>/follow/", changes.follow, name="follow"),
    path("coaches/<int:pk>/room/", rooms.room, name="room"),
    path("absences/<int:pk>/back/", rooms.back, name="back"),
]
