"""Addresses of bringing people in."""

from django.urls import path

from onboarding.views import import_files, import_runs, import_steps

app_name = "onboarding"
urlpatterns = [
    path("import/", import_runs.imports, name="imports"),
    path("import/template.<str:kind>", import_files.template, name="template"),
    path("import/<int:pk>/", import_runs.run, name="import"),
    path("import/<int:pk>/answers/", import_steps.answer, name="answer"),
    path("import/<int:pk>/start/", import_steps.start, name="start"),
    path("import/<int:pk>/stop/", import_steps.stop, name="stop"),
    path("import/<int:pk>/resume/", import_steps.resume, name="resume"),
    path("import/<int:pk>/discard/", import_steps.discard, name="discard"),
    path("import/<int:pk>/invite/", import_steps.invite, name="invite_imported"),
    path("import/<int:pk>/take-back/", import_steps.take_back, name="take_back"),
]
