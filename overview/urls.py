"""Addresses of what people read across apps, and of the frame."""

from django.urls import path

from overview.views import coverage, gallery, home, pages, search, trail, workbench

app_name = "overview"
urlpatterns = [
    path("", home.home, name="home"),
    path("today/certification/", home.ladder, name="home_ladder"),
    path("workbench/", workbench.workbench, name="workbench"),
    path("workbench/csv/", workbench.download, name="workbench_csv"),
    path("workbench/selected/", workbench.selected, name="workbench_selected"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage/csv/", coverage.download, name="coverage_csv"),
    path("search/", search.search, name="search"),
    path("downloads/", search.exports, name="exports"),
    path("trail/", trail.trail, name="trail"),
    path("trail/csv/", trail.download, name="trail_csv"),
    path("help/", pages.help_page, name="help"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("language/", pages.choose_language, name="language"),
    path("theme/", pages.choose_theme, name="theme"),
    path("components/", gallery.gallery, name="components"),
]
