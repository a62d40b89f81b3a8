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
    Talk(
        question="Hvordan roser jeg det som går bra hjemme, uten at det høres ut som en oppskrift?",
        goal="Hver gang en forelder forteller om øvingen hjemme, sier jeg én ting jeg så at de fikk til.",
        strength="Du gjentok ordene hans. Da rettet han seg opp i stolen.",
        reflection="Jeg skynder meg videre til neste punkt når noe går bra.",
        options=("Skrive opp én setning fra hver", "La medlederen svare først", "Spørre hva barnet gjorde etterpå"),
        outcome="tried",
        comment="Sju av ni foreldre. De to siste rakk vi ikke før pausen.",
    ),
    Talk(
        question="To foreldre er uenige om grenser, og resten blir stille. Når skal jeg gå inn?",
        goal="Når to er uenige, sier jeg høyt hva begge ønsker for barnet, før vi går videre.",
        strength="Du ventet til begge hadde snakket ut, og spurte så hva de ønsket for jenta.",
        reflection="Jeg ville løse det for dem. De trengte bare å bli hørt først.",
        options=("Si hva begge ønsker", "Ta det som rollespill", "La gruppa foreslå tre måter"),
        outcome="reached",
        comment="Skjedde én gang. De ble sittende og snakke sammen etter møtet.",
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
    Talk(
        question="Hvordan holder jeg rollespillet kort, når alle har meget at sige om det bagefter?",
        goal="Jeg stopper rollespillet efter to minutter og spørger først den, der spillede barnet.",
        strength="Du grinede sammen med dem. Så turde de prøve igen.",
        reflection="Jeg forklarede for længe, fordi jeg var bange for, at de syntes, det var pinligt.",
        options=("Et ur på bordet", "Bytte roller halvvejs", "Aftale et tegn med min medleder"),
        outcome="reached",
        comment="To minutter hver gang. Der blev tid til tre par.",
    ),
    Talk(
        question="En mor siger hver gang, at det ikke virker hjemme. Hvad kan jeg spørge om?",
        goal="Når noget ikke virker, spørger jeg, hvornår det gik en lille smule bedre.",
        strength="Du blev ved med at være nysgerrig, og så huskede hun aftenen, hvor det lykkedes.",
        options=("Spørge til én bestemt aften", "Lade gruppen komme med forslag"),
        outcome="tried",
        comment="Hun fandt to gange. Den ene havde hun glemt.",
    ),
)

COLLEAGUE_NB = (
    Talk(
        question="Jeg sier ja til vakter jeg ikke orker. Hvordan sier jeg nei uten å svikte de andre?",
        goal="Neste gang jeg blir spurt, sier jeg at jeg svarer om en time.",
        reflection="Jeg vil være en som stiller opp. Da blir det vanskelig å ha grenser.",
        options=("Be om tid før jeg svarer", "Ta det opp på personalmøtet"),
        outcome="reached",
        comment="Gjorde det to ganger. Det gikk fint begge gangene.",
    ),
    Talk(
        question="Hvordan tar jeg opp at rapportene blir sene, uten at det høres ut som kritikk?",
        goal="Før fredag spør jeg Grete hva hun trenger for å få skrevet rapporten på vakta.",
        reflection="Jeg har ventet til jeg ble irritert. Da kommer det feil ut.",
        options=("Spørre i stedet for å påpeke", "Ta det i en rolig stund", "Be lederen ta det"),
        outcome="reached",
        comment="Hun trengte et kvarter uten telefon. Det har vi ordnet.",
    ),
    Talk(
        question="Jeg tar med meg en samtale hjem og får ikke sove. Hva gjør dere andre?",
        goal="Etter tunge samtaler skriver jeg tre setninger og går en runde ute før jeg kjører hjem.",
        reflection="Jeg trodde det var et tegn på at jeg ikke passet til jobben.",
        options=("Skrive tre setninger", "Ringe en kollega", "Avslutte vakta sammen to og to"),
        outcome="under_way",
        comment="Har gjort det tre av fire ganger.",
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
        outcome="reached",
        comment="Klarte det i alle fire. Det ble kortere møter av det.",
        more={"win": "Ny kollega fikk presentere.", "challenge": "Jeg blir utålmodig."},
    ),
    Talk(
        question="",
        goal="Hver mandag skriver jeg opp den ene saken som skal bli ferdig før jeg åpner e-posten.",
        strength="Du sier det rett ut når noe er uklart, og da våger jeg det samme.",
        outcome="reached",
        comment="Tre mandager på rad.",
        more={"win": "Budsjettet ble levert to dager før tiden.", "challenge": "Alt haster like mye."},
    ),
    Talk(
        question="",
        goal="Innen neste samtale har jeg spurt to kolleger hva jeg bør gjøre mer av.",
        strength="Du ventet på svaret mitt i stedet for å gi meg ditt.",
        outcome="under_way",
        comment="Har spurt én. Svaret overrasket meg.",
        more={"win": "Jeg ba om hjelp før det brant.", "challenge": "Jeg vet ikke hvordan jeg blir oppfattet."},
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
    Talk(
        question="",
        goal="Jeg fortæller kun om det, jeg selv er kommet igennem, og ikke om det, jeg stadig står i.",
        strength="Du sagde højt, hvad du ikke vidste. Det gav de andre ro.",
        outcome="reached",
        comment="Jeg mærkede grænsen én gang og stoppede der.",
        more={"tasks_done": "En cafévagt", "situation_note": "En deltager spurgte til min medicin."},
    ),
    Talk(
        question="",
        goal="Når nogen bliver kede af det, bliver jeg siddende og spørger, hvad der ville hjælpe lige nu.",
        strength="Du blev i stilheden. Det var derfor, hun fortsatte.",
        outcome="tried",
        comment="Jeg nåede at blive urolig, men jeg blev siddende.",
        more={"tasks_done": "To samtaler over kaffe", "situation_note": "En deltager græd, da vi sluttede."},
    ),
)

_EVERYTHING = (*DUA_NB, *DUA_DA, *COLLEAGUE_NB, *PAIR_NB, *PEERS_DA)
_BY_GOAL = {talk.goal: talk for talk in _EVERYTHING}


def talk_of_goal(text: str) -> Talk | None:
    """The talk that ended with this goal: it says what became of it the next time."""
    return _BY_GOAL.get(text)
