"""Who is in the demo: invented people of two networks, as a table. Nobody here exists.

Addresses end in `.example`, which can never be delivered (RFC 2606).
"""

from __future__ import annotations

from dataclasses import dataclass, field

PASSWORD = "fire-plasser-rundt-bordet"


@dataclass(frozen=True)
class Role:
    """A role in a programme; the days are counted back from the demo's today."""

    programme: str
    role: str
    since: int = 400
    organisation: str = ""


@dataclass(frozen=True)
class Person:
    """Somebody of the demo. `key` is the part of the address before the @; without a sign-in there is no password."""

    key: str
    name: str
    organisation: str
    roles: tuple[Role, ...]
    language: str = "nb"
    phone: str = ""
    signs_in: bool = True
    has_address: bool = True


@dataclass(frozen=True)
class Place:
    """Coach and supervisee by key, under a rule of a programme; days back from today."""

    coach: str
    supervisee: str
    programme: str
    rule: str
    since: int
    planned_end: int | None = None


@dataclass(frozen=True)
class Network:
    """A root, its organisations as (name, parent name), its programmes as (key, language), its people and places."""

    name: str
    domain: str
    first_coordinator: str
    organisations: tuple[tuple[str, str], ...]
    programmes: tuple[tuple[str, str], ...]
    people: tuple[Person, ...]
    places: tuple[Place, ...] = ()
    capacities: tuple[tuple[str, int], ...] = ()
    accounts: tuple[tuple[str, str], ...] = field(default=())


def _leader(key: str, name: str, organisation: str, since: int = 300, **more: object) -> Person:
    return Person(key, name, organisation, (Role("dua", "group_leader", since),), **more)  # type: ignore[arg-type]


def _coach(key: str, name: str, organisation: str, since: int = 500, **more: object) -> Person:
    roles = (Role("dua", "group_leader", since + 600), Role("dua", "peer_coach", since))
    return Person(key, name, organisation, roles, **more)  # type: ignore[arg-type]


SOLVIK = Network(
    name="Familienettverket Solvik",
    domain="solvik.example",
    first_coordinator="kari",
    organisations=(
        ("Solvik kommune", ""),
        ("Solvik familiesenter", "Solvik kommune"),
        ("Granlia helsestasjon", "Solvik kommune"),
        ("Fjordtun kommune", ""),
        ("Fjordtun familietjeneste", "Fjordtun kommune"),
        ("Kárášnjárga gielda", ""),
    ),
    programmes=(("dua", "nb"), ("kollegaveiledning", "nb"), ("peer_coaching", "nb")),
    people=(
        Person(
            "kari",
            "Kari Sæther",
            "Familienettverket Solvik",
            (
                Role("dua", "local_coordinator", 900),
                Role("dua", "regional_office", 900),
                Role("kollegaveiledning", "unit_manager", 700),
                Role("peer_coaching", "programme_owner", 300),
            ),
            phone="+47 400 00 001",
        ),
        Person("odd", "Odd Fjære", "Fjordtun kommune", (Role("dua", "local_coordinator", 300),)),
        Person("bente", "Bente Aasen", "Solvik kommune", (Role("dua", "mentor", 1200),), phone="+47 400 00 002"),
        Person("ante", "Ánte Eira", "Kárášnjárga gielda", (Role("dua", "mentor", 1000),)),
        Person("gro", "Gro Sandvik", "Fjordtun kommune", (Role("dua", "mentor", 1500),)),
        Person("liv", "Liv Ødegård", "Solvik kommune", (Role("dua", "mentor_in_training", 120),)),
        Person("marit", "Marit Lund", "Solvik kommune", (Role("dua", "manager", 800),)),
        _coach("ragnhild", "Ragnhild Sæther", "Solvik familiesenter", 480, phone="+47 400 00 003"),
        _coach("kjell", "Kjell Bråten", "Solvik familiesenter", 700),
        _coach("torunn", "Torunn Vik", "Solvik familiesenter", 620),
        _coach("laila", "Láilá Somby", "Granlia helsestasjon", 200),
        _coach("tor", "Tor Haugen", "Fjordtun familietjeneste", 365),
        _coach("berit", "Berit Čáppa", "Kárášnjárga gielda", 90),
        _coach("vegard", "Vegard Lien", "Fjordtun familietjeneste", 150),
        _leader("ingrid", "Ingrid Moen", "Solvik familiesenter", 460, phone="+47 400 00 004"),
        _leader("jonas", "Jonas Haugland", "Solvik familiesenter", 250),
        _leader("maret", "Máret Utsi", "Solvik familiesenter", 240),
        _leader("oda", "Oda Lindgren", "Solvik familiesenter", 190),
        _leader("gunnar", "Gunnar Tveit", "Solvik familiesenter", 190),
        _leader("hege", "Hege Nygård", "Granlia helsestasjon", 330),
        _leader("sigrid", "Sigrid Fossum", "Granlia helsestasjon", 220),
        _leader("jan", "Jan Petter Holm", "Granlia helsestasjon", 120),
        _leader("amina", "Amina Hussein", "Granlia helsestasjon", 210, language="en"),
        _leader("per", "Per Andersen", "Fjordtun familietjeneste", 400),
        _leader("thi", "Nguyễn Thị Hạnh", "Fjordtun familietjeneste", 150),
        _leader("zoe", "Zoë Kowalska", "Fjordtun familietjeneste", 150),
        _leader("knut", "Knut Aarnes", "Fjordtun familietjeneste", 420),
        _leader("tiril", "Tiril Eide", "Fjordtun familietjeneste", 130),
        _leader("biret", "Biret Sara", "Kárášnjárga gielda", 85),
        _leader("mikkel", "Mikkel Gaup", "Kárášnjárga gielda", 85),
        _leader("ase", "Åse Lie", "Granlia helsestasjon", 35, signs_in=False),
        _leader("elle", "Elle Márjá Guttorm", "Kárášnjárga gielda", 60, signs_in=False),
        _leader("rolf", "Rolf Ås", "Granlia helsestasjon", 20, has_address=False, signs_in=False),
        Person(
            "silje",
            "Silje Vik",
            "Solvik kommune",
            (Role("kollegaveiledning", "supervisor", 500), Role("peer_coaching", "participant", 200)),
        ),
        Person(
            "mohamed",
            "Mohamed Nilsen",
            "Solvik kommune",
            (Role("kollegaveiledning", "supervisee", 450), Role("peer_coaching", "participant", 200)),
        ),
        Person("grete", "Grete Øvrebø", "Solvik kommune", (Role("kollegaveiledning", "supervisee", 420),)),
        Person("yngve", "Yngve Myhre", "Solvik kommune", (Role("kollegaveiledning", "supervisor", 380),)),
        Person("arne", "Arne Bakke", "Solvik kommune", (Role("kollegaveiledning", "observer", 420),)),
        Person("siri", "Siri Dahl", "Solvik kommune", (Role("kollegaveiledning", "process_facilitator", 700),)),
        Person("tone", "Tone Hagen", "Solvik kommune", (Role("kollegaveiledning", "quality_adviser", 700),)),
        Person("emil", "Emil Strand", "Solvik kommune", (Role("peer_coaching", "trainer", 200),)),
    ),
    places=(
        Place("ragnhild", "ingrid", "dua", "peer_coach_group", 455),
        Place("ragnhild", "jonas", "dua", "peer_coach_group", 245),
        Place("ragnhild", "maret", "dua", "peer_coach_group", 230),
        Place("tor", "per", "dua", "peer_coach_group", 360),
        Place("tor", "thi", "dua", "peer_coach_group", 140),
        Place("tor", "zoe", "dua", "peer_coach_group", 140),
        Place("tor", "knut", "dua", "peer_coach_group", 360),
        Place("laila", "hege", "dua", "peer_coach_group", 190, planned_end=-45),
        Place("laila", "sigrid", "dua", "peer_coach_group", 190),
        Place("laila", "jan", "dua", "peer_coach_group", 110),
        Place("vegard", "tiril", "dua", "peer_coach_group", 120),
        Place("berit", "biret", "dua", "peer_coach_group", 75),
        Place("berit", "mikkel", "dua", "peer_coach_group", 75),
        Place("bente", "ragnhild", "dua", "supervision_of_peer_coaches", 450),
        Place("bente", "laila", "dua", "supervision_of_peer_coaches", 190),
        Place("ante", "berit", "dua", "supervision_of_peer_coaches", 80),
        Place("gro", "kjell", "dua", "supervision_of_peer_coaches", 650),
        Place("gro", "torunn", "dua", "supervision_of_peer_coaches", 600),
        Place("gro", "tor", "dua", "supervision_of_peer_coaches", 350),
        Place("gro", "vegard", "dua", "supervision_of_peer_coaches", 140),
        Place("bente", "liv", "dua", "apprenticeship", 110),
        Place("siri", "silje", "kollegaveiledning", "supervision_of_supervisors", 400),
        Place("siri", "yngve", "kollegaveiledning", "supervision_of_supervisors", 370),
        Place("silje", "mohamed", "peer_coaching", "pair", 180),
    ),
    capacities=(("kjell", 2), ("torunn", 2), ("berit", 3)),
    accounts=(
        ("coordinator", "kari"),
        ("mentor", "bente"),
        ("mentor", "ante"),
        ("peer_coach", "ragnhild"),
        ("group_leader", "ingrid"),
        ("observer", "marit"),
        ("unit_manager", "kari"),
        ("supervisor", "silje"),
        ("supervisee", "mohamed"),
        ("participant", "silje"),
    ),
)

_PEERS = (
    ("mette", "Mette Møller"),
    ("soren", "Søren Kjær"),
    ("yasmin", "Yasmin Demir"),
    ("bo", "Bo Ærø"),
    ("lone", "Lone Aagaard"),
    ("nadia", "ناديا حسن"),
)

AARHUS = Network(
    name="Peernetværk Østjylland",
    domain="ostjylland.example",
    first_coordinator="jytte",
    organisations=(
        ("Bøgelund Kommune", ""),
        ("Recoveryskolen Bøgelund", "Bøgelund Kommune"),
        ("Familiehuset Bøgelund", "Bøgelund Kommune"),
        ("Aaby Kommune", ""),
        ("Børnehuset Aaby", "Aaby Kommune"),
    ),
    programmes=(("dua", "da"), ("peer_training", "da")),
    people=(
        Person(
            "jytte",
            "Jytte von Ahn",
            "Peernetværk Østjylland",
            (Role("dua", "local_coordinator", 600), Role("peer_training", "coordinator", 600)),
            language="da",
        ),
        Person("lars", "Lars Sørensen", "Bøgelund Kommune", (Role("dua", "mentor", 900),), language="da"),
        _coach("anne", "Anne Bjerre", "Familiehuset Bøgelund", 300, language="da"),
        _leader("jens", "Jens Åkjær", "Familiehuset Bøgelund", 280, language="da"),
        _leader("inge", "Inge Thygesen", "Familiehuset Bøgelund", 120, language="da"),
        _leader("maja", "Maja Friis", "Familiehuset Bøgelund", 25, language="da"),
        _coach("bent", "Bent Ågård", "Børnehuset Aaby", 420, language="da"),
        _leader("karen", "Karen Damgaard", "Børnehuset Aaby", 330, language="da"),
        _leader("rasmus", "Rasmus Østergaard", "Børnehuset Aaby", 330, language="da"),
        _leader("sofie", "Sofie Krogh", "Børnehuset Aaby", 200, language="da"),
        _leader("ali", "Ali Yıldız", "Børnehuset Aaby", 200, language="da"),
        _coach("ulla", "Ulla Bach", "Børnehuset Aaby", 260, language="da"),
        _leader("henrik", "Henrik Lund", "Børnehuset Aaby", 180, language="da"),
        _leader("camilla", "Camilla Juul", "Børnehuset Aaby", 40, language="da", signs_in=False),
        Person(
            "ole",
            "Ole Winther",
            "Bøgelund Kommune",
            (Role("dua", "manager", 500), Role("peer_training", "manager", 500)),
            language="da",
        ),
        Person(
            "dorte",
            "Dorte Ravn",
            "Recoveryskolen Bøgelund",
            (Role("peer_training", "peer_trainer", 500),),
            language="da",
        ),
        Person(
            "palle",
            "Palle Holm",
            "Recoveryskolen Bøgelund",
            (Role("peer_training", "professional_trainer", 500),),
            language="da",
        ),
        Person(
            "gitte", "Gitte Lund", "Recoveryskolen Bøgelund", (Role("peer_training", "practice_guide", 300),), "da"
        ),
        *(
            Person(key, name, "Recoveryskolen Bøgelund", (Role("peer_training", "volunteer_peer", 240),), "da")
            for key, name in _PEERS
        ),
        Person(
            "finn", "Finn Skov", "Recoveryskolen Bøgelund", (Role("peer_training", "paid_peer", 150),), language="da"
        ),
    ),
    places=(
        Place("anne", "jens", "dua", "peer_coach_group", 270),
        Place("anne", "inge", "dua", "peer_coach_group", 110),
        Place("bent", "karen", "dua", "peer_coach_group", 320),
        Place("bent", "rasmus", "dua", "peer_coach_group", 320),
        Place("bent", "sofie", "dua", "peer_coach_group", 190),
        Place("bent", "ali", "dua", "peer_coach_group", 190),
        Place("ulla", "henrik", "dua", "peer_coach_group", 170),
        Place("lars", "anne", "dua", "supervision_of_peer_coaches", 280),
        Place("lars", "bent", "dua", "supervision_of_peer_coaches", 400),
        Place("lars", "ulla", "dua", "supervision_of_peer_coaches", 250),
        *(Place("jytte", key, "peer_training", "peer_group", 220) for key, _name in _PEERS),
        Place("gitte", "finn", "peer_training", "practice_period", 60),
    ),
    accounts=(
        ("coordinator", "jytte"),
        ("mentor", "lars"),
        ("peer_coach", "anne"),
        ("group_leader", "jens"),
        ("observer", "ole"),
        ("volunteer_peer", "mette"),
        ("practice_guide", "gitte"),
        ("peer_trainer", "dorte"),
    ),
)

NETWORKS = (SOLVIK, AARHUS)
