"""Who is how far: groups and checklists, a leader in the middle of the ladder, a coach one decision from the end."""

from __future__ import annotations

from onboarding.demo.ladders import approve, climb, film, hand_in_paper, published, rate, run_group, send_back, train
from onboarding.demo.network import Made
from supervision.models import SupervisionSession


def climb_in_solvik(made: Made) -> None:
    """Ingrid's checklists and her ladder, and Ragnhild's with its last step."""
    meetings = run_group(
        made,
        leader="ingrid",
        co_leader="jonas",
        organisation="Solvik familiesenter",
        name="Foreldregruppe høst",
        since=70,
        meetings=9,
    )
    run_group(
        made,
        leader="maret",
        co_leader="",
        organisation="Solvik familiesenter",
        name="Småbarnsgruppe",
        since=24,
        meetings=3,
    )
    film(made, meetings[1], by="ingrid", where="Kryptert disk 2, safen på familiesenteret", delete_in=-2)
    film(made, meetings[7], by="ingrid", where="Kryptert disk 2, safen på familiesenteret", delete_in=120)
    process = published(made, "dua", "process")
    for meeting, weak in ((meetings[2], ("film_02", "practice_02", "home_03")), (meetings[5], ("film_02",))):
        rate(made, rater="ingrid", about="ingrid", version=process, meeting=meeting, weak=weak)
        rate(
            made, rater="ragnhild", about="ingrid", version=process, meeting=meeting, weak=("collaboration_01", *weak)
        )
    rate(made, rater="ingrid", about="ingrid", version=process, meeting=meetings[7])
    rate(made, rater="jonas", about="jonas", version=process, meeting=meetings[7], weak=("setting_05",))
    rate(made, rater="ragnhild", about="jonas", version=process, meeting=meetings[7], send=False)
    _trainings(made)
    _ragnhild(made)
    _ingrid(made)


def _trainings(made: Made) -> None:
    train(
        made,
        kind="group_leader_workshop",
        title="Gruppelederkurs høsten",
        leader="bente",
        organisation="Solvik kommune",
        days_ago=(260, 259, 258),
        people=("ingrid", "jonas", "maret", "hege"),
    )
    train(
        made,
        kind="peer_coach_basic",
        title="Grunnkurs for peer coacher",
        leader="bente",
        organisation="Solvik kommune",
        days_ago=(430, 429),
        people=("ragnhild", "kjell", "tor", "laila"),
    )
    train(
        made,
        kind="peer_coach_network",
        title="Nettverksdag for peer coacher",
        leader="bente",
        organisation="Solvik kommune",
        days_ago=(100,),
        people=("ragnhild", "kjell", "tor", "laila", "berit"),
    )


def _ragnhild(made: Made) -> None:
    """Everything but the mentor's decision; the mentor who never supervised her can make it."""
    sessions = SupervisionSession.objects.filter(
        attendances__person=made.people["ragnhild"],
        attendances__seat="lead",
        state=SupervisionSession.State.FINISHED,
    ).order_by("-starts_at")[:4]
    structure = published(made, "dua", "coach_structure")
    for session in sessions:
        rate(made, rater="ragnhild", about="ragnhild", version=structure, session=session)
    candidacy = climb(made, track="peer_coach", person="ragnhild", by="bente", since=400)
    approve(made, candidacy, "certified", "bente", "Sertifisert gruppeleder siden 2023.", 60)
    approve(made, candidacy, "experience", "bente", "Har ledet fem grupper.", 60)
    approve(made, candidacy, "suitability", "marit", "Samtale med lederen og mentoren.", 50)
    hand_in_paper(made, candidacy, "video", "ragnhild", "Filmarkivet, Solvik, opptak 31")
    approve(made, candidacy, "video", "ante", "Hele veiledningen er sett. Alle ti trinn er med.", 20)
    approve(made, candidacy, "supervisee_feedback", "bente", "Fire skjemaer er lest. Snitt 3,6 av 4.", 15)


def _ingrid(made: Made) -> None:
    """In the middle of the ladder: one step waits, one was sent back."""
    candidacy = climb(made, track="group_leader", person="ingrid", by="bente", since=420)
    approve(made, candidacy, "agreement", "kari", "Avtalen er signert av kommunen.", 200)
    hand_in_paper(made, candidacy, "background", "ingrid", "Personalmappa, vitnemål fra 2016")
    approve(made, candidacy, "background", "marit", "Sosionom, 40 prosent stilling.", 190)
    hand_in_paper(made, candidacy, "attendance_lists", "ingrid", "Permen på familiesenteret, gruppe 1")
    send_back(made, candidacy, "attendance_lists", "ragnhild", "Lista for gruppe 2 mangler.")
    climb(made, track="group_leader", person="jonas", by="bente", since=200)


def climb_in_ostjylland(made: Made) -> None:
    """A group with checklists, and a leader at the beginning of the ladder."""
    meetings = run_group(
        made,
        leader="jens",
        co_leader="inge",
        organisation="Familiehuset Bøgelund",
        name="Forældregruppe",
        since=60,
        meetings=7,
    )
    process = published(made, "dua", "process")
    rate(made, rater="jens", about="jens", version=process, meeting=meetings[4], weak=("film_02",))
    rate(made, rater="anne", about="jens", version=process, meeting=meetings[4], weak=("film_02", "home_01"))
    candidacy = climb(made, track="group_leader", person="jens", by="lars", since=250)
    approve(made, candidacy, "agreement", "jytte", "Kommunen har underskrevet.", 240)
    hand_in_paper(made, candidacy, "background", "jens", "Personalemappen, eksamensbevis fra 2014")
