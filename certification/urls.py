"""Addresses of the ladder, trainings, certificates and the public check."""

from django.urls import path

from certification.views import certificate_list, certificates, decisions, ladder, trainings, verify

app_name = "certification"
urlpatterns = [
    path("ladder/", ladder.mine, name="mine"),
    path("ladder/candidates/", ladder.candidates, name="candidates"),
    path("ladder/start/", ladder.start, name="start"),
    path("ladder/start/<int:programme_pk>/organisation/", ladder.start_organisation, name="start_organisation"),
    path("ladder/start/<int:programme_pk>/<int:person_pk>/", ladder.start_person, name="start_person"),
    path("ladder/<int:pk>/", ladder.candidacy, name="candidacy"),
    path("ladder/<int:pk>/close/", ladder.close, name="close"),
    path("ladder/<int:pk>/steps/<int:step_pk>/", decisions.decide, name="decide"),
    path("ladder/<int:pk>/steps/<int:step_pk>/paper/", ladder.hand_in, name="hand_in"),
    path("ladder/<int:pk>/certificate/", decisions.issue, name="issue"),
    path("ladder/decisions/", decisions.decisions, name="decisions"),
    path("ladder/records/<int:pk>/withdraw/", decisions.take_back, name="take_back"),
    path("certificates/", certificate_list.certificates, name="certificates"),
    path("certificates/ending/", certificate_list.running_out, name="running_out"),
    path("certificates/<int:pk>/", certificates.certificate, name="certificate"),
    path("certificates/<int:pk>/pdf/", certificates.pdf, name="pdf"),
    path("certificates/<int:pk>/withdraw/", certificates.withdraw, name="withdraw"),
    path("trainings/", trainings.trainings, name="trainings"),
    path("trainings/new/<int:programme_pk>/", trainings.new_training, name="new_training"),
    path("trainings/<int:pk>/", trainings.training, name="training"),
    path("trainings/<int:pk>/sign/", trainings.sign_list, name="sign_list"),
    path("trainings/<int:pk>/people/", trainings.add_people, name="add_people"),
    path("trainings/<int:pk>/people/<int:participant_pk>/remove/", trainings.remove_person, name="remove_person"),
    path("verify/", verify.verify, name="verify"),
    path("verify/<str:code>/", verify.verify_code, name="verify_code"),
]
