"""Certificates of each kind: ours, from before, ended, soon to end, withdrawn; in both networks."""

from __future__ import annotations

from certification.actions.certificates import withdraw_certificate
from certification.actions.history import note_certificate_before
from certification.models import Certificate, Track
from onboarding.demo.ladders import approve, certify, climb, hand_in_paper, published, rate, send_back, train
from onboarding.demo.network import Made


def certify_in_solvik(made: Made) -> None:
    """Silje's badge and the municipality's year that has ended are ours; the others are from before."""
    _badge(made)
    _municipality(made)
    for person, programme, track, number, days in (
        ("kjell", "dua", "peer_coach", "PC-2019-14", 2400),
        ("tor", "dua", "peer_coach", "PC-2021-03", 1500),
        ("knut", "dua", "group_leader", "GL-2022-31", 1350),
        ("amina", "dua", "group_leader", "GL-2025-08", 335),
        ("silje", "kollegaveiledning", "confident_supervisor", "KV-2023-07", 1050),
    ):
        note_certificate_before(
            person=made.people[person],
            track=Track.objects.get(programme=made.programmes[programme], key=track),
            number=number,
            issued_on=made.before(days),
            source="Nettverket.xlsx, rad 12",
            by=made.people["kari"],
        )
    tor = Certificate.objects.get(person=made.people["tor"])
    withdraw_certificate(certificate=tor, reason="Utstedt med feil navn.", by=made.people["kari"])


def _badge(made: Made) -> None:
    """Silje's badge in colleague coaching, with everything that counts behind it."""
    train(
        made,
        kind="intro",
        title="Introduksjon til kollegacoaching",
        leader="emil",
        organisation="Solvik kommune",
        days_ago=(120,),
        people=("silje", "mohamed"),
        programme="peer_coaching",
    )
    feedback, observed = (published(made, "peer_coaching", key) for key in ("coachee_feedback", "observation_sheet"))
    for form, days_ago in ((feedback, 70), (feedback, 24), (observed, 40)):
        rate(made, rater="mohamed", about="silje", version=form, days_ago=days_ago)
    for days_ago in (110, 21):
        own = published(made, "peer_coaching", "self_reflection")
        rate(made, rater="silje", about="silje", version=own, days_ago=days_ago)
    candidacy = climb(made, track="peer_coach_badge", person="silje", by="kari", programme="peer_coaching", since=130)
    hand_in_paper(made, candidacy, "agreement", "silje", "Samarbeidsavtalen, delt mappe")
    approve(made, candidacy, "agreement", "kari", "Avtalen har begge navn.", 110)
    approve(made, candidacy, "goals", "kari", "To mål er fulgt opp og avsluttet.", 16)
    certify(made, candidacy, "kari", "Alt er på plass.", 12)


def _municipality(made: Made) -> None:
    """A unit's yearly approval, ended a month ago."""
    candidacy = climb(
        made,
        track="unit_in_operation",
        organisation="Solvik kommune",
        by="siri",
        programme="kollegaveiledning",
        since=520,
    )
    for key, by, ground in (
        ("goals", "kari", "Målarket er vedtatt i ledergruppa."),
        ("form", "kari", "Skjema og avtale er i bruk."),
        ("hour", "kari", "Timen ligger i turnus."),
        ("supervisors", "kari", "To godkjente veiledere."),
        ("coverage", "tone", "Over målet i tre måneder."),
    ):
        approve(made, candidacy, key, by, ground, 420)
    certify(made, candidacy, "tone", "Årlig gjennomgang med tiltak.", 395)


def certify_in_ostjylland(made: Made) -> None:
    """Mette's course certificate is ours; Søren is half-way, and a paper of Yasmin's was sent back."""
    people = ("mette", "soren", "yasmin", "bo", "lone", "nadia")
    for kind, title, days in (
        ("introduction", "Introduktion til peer-støtte", (205,)),
        ("weekend", "Uddannelsesweekend", (190, 189, 188)),
    ):
        train(
            made,
            kind=kind,
            title=title,
            leader="dorte",
            organisation="Recoveryskolen Bøgelund",
            days_ago=days,
            people=people,
            programme="peer_training",
        )
    for days_ago in (206, 14):
        form = published(made, "peer_training", "chime_competence")
        rate(made, rater="mette", about="mette", version=form, days_ago=days_ago)
    for person in ("mette", "soren", "yasmin"):
        candidacy = climb(made, track="volunteer", person=person, by="jytte", programme="peer_training", since=215)
        approve(made, candidacy, "intro_talk", "jytte", "Samtalen er holdt.", 212)
        hand_in_paper(made, candidacy, "agreement", person, "Mappen i skabet på Recoveryskolen")
        if person == "yasmin":
            send_back(made, candidacy, "agreement", "jytte", "Underskriften mangler på side to.")
            continue
        approve(made, candidacy, "agreement", "jytte", "Aftalen er underskrevet.", 185)
        if person == "mette":
            approve(made, candidacy, "first_tasks", "jytte", "Tre opgaver sammen med Lone.", 60)
            certify(made, candidacy, "jytte", "Alle trin er gennemført.", 9)
