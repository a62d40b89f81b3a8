"""What is said in the demo's sessions: invented words, in the language of the programme.

A row of `Talk` is one person's part of one session: the capture keys of the agenda, and what is written there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Talk:
    """What one person brought, thought and took along. `goal` is written into the pack's first goal field."""

    question: str
    goal: str
    strength: str = ""
    reflection: str = ""
    options: tuple[str, ...] = ()
    outcome: str = "tried"
    comment: str = ""
    more: dict[str, Any] = field(default_factory=dict)


DUA_NB = (
    Talk(
        question="Hvordan får jeg med faren som aldri sier noe, uten å sette ham i forlegenhet?",
        goal="Jeg stopper minst fire klipp og lar foreldrene snakke først.",
        strength="Du så ned på papirene og ga tid. Moren fikk tenke seg om, og svarte selv.",
        reflection="Jeg merket at jeg teller til to, ikke til fem. Stillheten kjennes som en feil jeg har gjort.",
        options=("Telle sakte til fem", "La dem snakke to og to i ett minutt først", "Avtale et tegn med medlederen"),
        outcome="reached",
        comment="Fire klipp i møte seks. To foreldre som sjelden sier noe, svarte før moren til høyre.",
    ),
    Talk(
        question="Jeg spør, ingen svarer, og så gir jeg svaret selv. Hvordan holder jeg ut?",
        goal="I de to neste møtene stiller jeg hver forelder ett åpent spørsmål før jeg forklarer noe selv.",
        strength="Spørsmålet var kort. Alle forstod hva du spurte om.",
        reflection="Da jeg ventet, kom svaret fra den jeg minst ventet det av.",
        options=("Skrive spørsmålene på kort", "Spørre medlederen først", "Vente til noen ser opp"),
        outcome="tried",
        comment="Gikk bra fram til filmen. Da forklarte jeg i ti minutter.",
    ),
    Talk(
        question="Når rollespillet stopper opp, tar jeg over og forklarer. Hva kan jeg gjøre i stedet?",
        goal="Jeg leder ett rollespill i den første halvtimen av hvert møte.",
        strength="Du lo med dem, ikke av dem. Da turte de å prøve en gang til.",
        reflection="Jeg ble redd for at de syntes det var barnslig. Det var det bare jeg som syntes.",
        options=(
            "Si høyt hva barnet sier nå",
            "Bytte roller etter ett minutt",
            "Avbryte tidlig og rose det som virket",
        ),
        outcome="kept",
        comment="Ett rollespill i hvert møte. Det andre ble bedre enn det første.",
    ),
)

DUA_DA = (
    Talk(
        question="Hvordan giver jeg plads til de stille forældre, når de andre har meget at fortælle?",
        goal="Jeg spørger hver forælder én gang i de to næste møder.",
        strength="Du ventede, og så svarede faderen, som ellers sidder stille.",
        reflection="Jeg kom til at svare for dem, fordi jeg blev utryg i pausen.",
        options=("En runde, hvor alle siger én sætning", "To og to i et minut", "Spørge ved navn"),
        outcome="tried",
        comment="Det gik godt i det første møde. I det andet glemte jeg det.",
    ),
    Talk(
        question="Hvad gør jeg, når en forælder bliver vred over et filmklip?",
        goal="Jeg siger før hvert klip, hvad vi kigger efter.",
        strength="Du blev siddende og spurgte roligt, hvad der blev svært.",
        options=("Stoppe klippet tidligere", "Tale med moderen i pausen"),
        outcome="kept",
        comment="Tre klip i hvert møde.",
    ),
)

COLLEAGUE_NB = (
    Talk(
        question="Jeg sier ja til vakter jeg ikke orker. Hvordan sier jeg nei uten å svikte de andre?",
        goal="Neste gang jeg blir spurt, sier jeg at jeg svarer om en time.",
        reflection="Jeg vil være en som stiller opp. Da blir det vanskelig å ha grenser.",
        options=("Be om tid før jeg svarer", "Ta det opp på personalmøtet"),
        outcome="under_way",
        comment="Gjorde det én gang. Det gikk fint.",
    ),
)

PAIR_NB = (
    Talk(
        question="",
        goal="Innen månedsslutt svarer jeg på tre vanskelige e-poster på egen hånd.",
        strength="Du lar folk snakke ferdig.",
        outcome="under_way",
        comment="To av tre er gjort.",
        more={"win": "Jeg holdt møtet på førti minutter.", "challenge": "E-postene hoper seg opp."},
    ),
    Talk(
        question="",
        goal="I de fire neste teammøtene lar jeg to andre snakke før jeg sier hva jeg mener.",
        strength="Spørsmålene dine får meg til å tenke lenger.",
        outcome="under_way",
        comment="Klarte det i to møter.",
        more={"win": "Ny kollega fikk presentere.", "challenge": "Jeg blir utålmodig."},
    ),
)

PEERS_DA = (
    Talk(
        question="",
        goal="Jeg spørger først, om den anden vil høre om min erfaring.",
        outcome="tried",
        comment="Jeg nåede det to gange.",
        more={"tasks_done": "To gruppemøder", "situation_note": "En deltager gik midt i mødet."},
    ),
    Talk(
        question="",
        goal="Jeg slutter gruppemødet til tiden, også når snakken går godt.",
        outcome="kept",
        comment="Det gik godt.",
        more={"tasks_done": "Ét gruppemøde", "situation_note": "En deltager gik midt i mødet."},
    ),
)
