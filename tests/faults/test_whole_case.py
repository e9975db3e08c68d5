"""A whole case through Telegram and Matrix at once: `lotse run`, two people, from the first sentence to the last.

One process serves both transports. The person is on the one, the coordinator on the other, and the other way round.
Every message is read as they read it (`Play`), the auditor compares all books, and time passes on the clock of the run.
"""

from __future__ import annotations

import contextlib
import random
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest

from tests.faults.databases import Databases
from tests.faults.matrix_post import MATRIX
from tests.faults.play import Play, Seat, five_places
from tests.faults.rig import Nursery, Rig
from tests.faults.run import background
from tests.faults.telegram_post import TELEGRAM
from tests.synapse import SynapseServer

pytestmark = [pytest.mark.synapse, pytest.mark.timeout(900)]

ANSWERS: Final = (
    ("gerade in Gefahr?", "nein"), ("Geht es um rassistische", "ja"), ("Wie geht es Ihnen im", "geht so"),
    ("Welche Rolle", "3"), ("Von wem kommt", "von kollegen"), ("Was davon trifft", "1, fertig"),
    ("Zum Aufschreiben", "nein"), ("Weiß in Ihrer", "nein, noch nicht"), ("In welcher Stadt", "Musterstadt"),
    ("Drei Wege", "heute keinen"), ("An welchem Tag", "gestern"), ("in der ersten Woche", "reicht"),
    ("Soll ich ihn anlegen", "ja"),
)  # fmt: skip
"""What the person answers to what is asked; on Matrix, where no link says it, to the place as well."""

CONTENT: Final = ("Es wird gesagt", "Sonntag, 31. Januar", "Nein, noch nicht", "rassistisch", "Morgen Vormittag")
"""What the person has told: words that no notice may carry, and that Telegram never shows to a coordinator."""
STRUCK: Final = "Von Kolleg:innen"


@contextlib.asynccontextmanager
async def _stage(
    folder: Path, nursery: Nursery, databases: Databases, synapse: SynapseServer, where: dict[str, tuple[str, int]]
) -> AsyncIterator[Play]:
    accounts = ((TELEGRAM, False), (MATRIX, True))
    rig = Rig(folder, nursery, accounts=accounts, synapse=synapse, rooms=2, whole=True, seed=random.randrange(10**6))
    assert databases.kind == "sqlite"  # `lotse run` makes its own
    async with rig, background(rig.keep_alive()):
        await rig.at_work(60, since=0, anything=True)
        yield Play(rig, {who: Seat(rig, *place) for who, place in where.items()})


async def _tell(play: Play) -> None:
    """From the first sentence until everything that would be stored is shown."""
    link = "00000000" if play.seats["person"].account == TELEGRAM else ""
    await play(
        "person", {"t": "started", "language": "de", "payload": link}, person="kein Mensch und nicht die Polizei"
    )
    await play("person", "in der kantine machen sie rassistische sprüche über mich")
    for _ in range(len(ANSWERS)):
        asked = play.seats["person"].question
        assert asked is not None
        answer = next((answer for words, answer in ANSWERS if words in asked["text"]), "")
        if not answer:
            break
        await play("person", answer)
    await play.tap("person", "Von wem")
    await play.tap(
        "person", "So speichern",
        person=("Ihre Vorgangsnummer", "Darf ich?", "Die Koordination ist benachrichtigt"),
        desk="Neuer Vorgang",
    )  # fmt: skip
    await play("person", "ja, dreimal", person=("Ich frage nach: Dienstag, 2. Februar 2027, 11:", "erinnern?"))
    await play("person", "nein", person="Sie haben heute einen wichtigen Schritt gemacht.")


async def _care(play: Play, desk: str) -> None:
    """Two weeks in which a human cares who can read."""
    await play(
        desk, "lesen",
        **{desk: ("Was die Person freigegeben hat", "Es wird gesagt", "Nur für diesen Zweck", "Antworten")},
    )  # fmt: skip
    await play(
        desk, "antworten Guten Tag. Wann können wir sprechen?",
        person=("Es gibt etwas Neues", "schreibt Ihnen", "Guten Tag. Wann können wir sprechen?", "Was Sie bis"),
        **{desk: "Die Antwort ist unterwegs."},
    )  # fmt: skip
    await play.wait(minutes=10)
    await play("person", "Morgen Vormittag wäre gut.", person="Das steht jetzt im Vorgang", **{desk: "neue Nachricht"})
    await play(desk, "lesen", **{desk: ("Seitdem dazugekommen", "Morgen Vormittag wäre gut.")})
    await play(desk, "versprechen morgen 14 Uhr", person="bis Dienstag, 2. Februar 2027, 14:00", **{desk: "Zugesagt"})
    await play("person", "status", person=("angenommen", "Jemand meldet sich bis Dienstag", "Ich frage nach: Dienstag"))
    heard = await play.wait(hours=24)  # the human listens until half past eleven, and the Lotse keeps back so long
    assert "Passt es gerade?" in "\n".join(heard["person"]), play.told()
    assert "Das ist bald." not in "\n".join(heard[desk])
    for words in ("ja", "ja", "3"):
        await play("person", words)
    heard = await play.wait(hours=1, minutes=30)
    assert "Das ist bald." in "\n".join(heard[desk]), play.told()
    # Half answered: what the human writes comes in between, and how to answer it is said.
    await play(desk, "antworten Wir haben gesprochen.", person=("Wir haben gesprochen.", "Mit „vorgang“", "Seele?"))
    await play("person", "vorgang", person="Vorgang")
    await play.tap("person", "schreiben")
    await play("person", "Danke, das hat gut getan.", person="Das steht jetzt im Vorgang", **{desk: "neue Nachricht"})
    await play(desk, "klärung", person="wird jetzt geklärt", **{desk: "in Klärung"})
    # The check-in of Thursday comes although Tuesday's was left half answered.
    heard = await play.wait(hours=47)
    assert "Passt es gerade?" in "\n".join(heard["person"]), play.told()
    for words in ("ja", "ja", "4", "nein"):
        await play("person", words)
    await play("person", "status", person=("in Klärung", "Ich frage nach: Montag, 15. Februar 2027, 11:"))
    await play(desk, "maßnahmen", person="Maßnahmen vereinbart", **{desk: "Maßnahmen vereinbart"})
    for _ in range(3):
        await play.wait(days=3)
    heard = await play.wait(days=2)
    assert "Passt es gerade?" in "\n".join(heard["person"]), play.told()
    for words in ("ja", "ja", "4", "nein"):
        await play("person", words)
    await play(desk, "schließen", **{desk: "Wie endet"})
    await play(desk, "geklärt", person=("abgeschlossen: geklärt", "wieder"), **{desk: "Geschlossen."})
    await play("person", "status", person="abgeschlossen")
    assert "Ich frage nach" not in "\n".join(play.log[-6:])


async def _end(play: Play) -> None:
    """Nothing lost, nothing double; the office sees that it happened and not what."""
    play.audit()
    number = (await play.lotse("cases", "list", "--all")).split("  ")[0]
    shown = await play.lotse("cases", "show", number)
    assert not [word for word in (*CONTENT, STRUCK) if word in shown]
    assert not [word for word in (*CONTENT, STRUCK) if word in play.rig.journal(100_000)]


def _notices(play: Play, who: str) -> str:
    """All that a coordinator has read besides what "lesen" has shown."""
    bubbles = play.seats[who].screen
    return "\n".join(one for one in bubbles if "freigegeben hat:" not in one and ", 1. Februar 2027" not in one)


async def test_the_coordinator_is_on_matrix(
    sqlite_databases: Databases, nursery: Nursery, tmp_path: Path, synapse: SynapseServer
) -> None:
    """The person on Telegram, the coordinator in an encrypted room: all of it, each message once."""
    where = {"person": (TELEGRAM, 0), "desk": (MATRIX, 0)}
    async with _stage(tmp_path, nursery, sqlite_databases, synapse, where) as play:
        await play.join("desk")
        await _tell(play)
        await play.wait(minutes=30)
        await play("desk", "annehmen", person=("angenommen", "Nur dieser Mensch"), desk=("ist Ihrer", "Lesen"))
        await _care(play, "desk")
        assert STRUCK not in "\n".join(play.seats["desk"].screen)
        assert not [word for word in CONTENT if word in _notices(play, "desk")]
        await _end(play)


async def test_the_coordinator_is_on_telegram(
    sqlite_databases: Databases, nursery: Nursery, tmp_path: Path, synapse: SynapseServer
) -> None:
    """The other way round: nothing is shown there; the case goes to an encrypted room, and on from there."""
    where = {"person": (MATRIX, 0), "desk": (TELEGRAM, 0), "room": (MATRIX, 1)}
    async with _stage(tmp_path, nursery, sqlite_databases, synapse, where) as play:
        await play.join("desk")
        await _tell(play)
        await play.wait(minutes=30)
        await play.tap("desk", "Annehmen", person=("angenommen", "Nur dieser Mensch"), desk=("ist Ihrer", "[Lesen]"))
        assert "[Antworten]" not in play.seats["desk"].screen[-1]
        for words in ("lesen", "antworten Guten Tag", "notiz angerufen", "aufgabe anrufen"):
            await play("desk", words, desk="nur in einem verschlüsselten Chat")
        await play.tap("desk", "Lesen", desk="„weitergeben“")
        await play.join("room", "ansprechperson")
        await play("desk", "weitergeben", desk="Weitergegeben", person="einen anderen Menschen", room="Neuer Vorgang")
        await play("room", "annehmen", room="ist Ihrer", person="angenommen")
        await _care(play, "room")
        assert STRUCK not in "\n".join(play.seats["room"].screen)
        assert not [word for word in (*CONTENT, STRUCK) if word in "\n".join(play.seats["desk"].screen)]
        assert not [word for word in CONTENT if word in _notices(play, "room")]
        await _end(play)


async def test_killed_in_five_places(
    sqlite_databases: Databases, nursery: Nursery, tmp_path: Path, synapse: SynapseServer
) -> None:
    """With kill -9 in five random places of it: the same case, nothing lost, nothing double."""
    where = {"person": (TELEGRAM, 0), "desk": (MATRIX, 0)}
    async with _stage(tmp_path, nursery, sqlite_databases, synapse, where) as play:
        await play.join("desk")
        play.killed_at = five_places(play.rig.seed, 50)
        await _tell(play)
        await play.wait(minutes=30)
        await play("desk", "annehmen", person="angenommen", desk="ist Ihrer")
        await _care(play, "desk")
        assert play.rig.kills == len(play.killed_at)
        await _end(play)


async def test_the_person_moves_from_telegram_to_matrix(
    sqlite_databases: Databases, nursery: Nursery, tmp_path: Path, synapse: SynapseServer
) -> None:
    """With the case and the check-ins: the old chat is emptied, the human reaches them in the new one, and so do we."""
    where = {"person": (TELEGRAM, 0), "room": (MATRIX, 0), "desk": (MATRIX, 1)}
    async with _stage(tmp_path, nursery, sqlite_databases, synapse, where) as play:
        await play.join("desk")
        await _tell(play)
        await play("desk", "annehmen", person="angenommen", desk="ist Ihrer")
        await play("person", "umziehen", person="Möchten Sie einen Code")
        await play.tap("person", "Ja", person="UMZUG-")
        code = re.search(r"UMZUG-[0-9A-Z-]+", "\n".join(play.seats["person"].screen))
        assert code is not None
        await play("room", {"t": "started"}, room="kein Mensch und nicht die Polizei")
        await play("room", code[0], room="Da sind Sie ja.", person="geht jetzt im anderen Chat weiter")
        farewell, how_much = play.seats["person"].left_standing()
        assert "Hier ist nichts mehr gespeichert." in farewell
        assert "jünger als 48 Stunden" in how_much
        await play("room", "status", room=("angenommen", "Ich frage nach: Dienstag, 2. Februar 2027, 11:"))
        await play("desk", "antworten Guten Tag.", room="Guten Tag.", desk="unterwegs")
        heard = await play.wait(hours=26)
        assert "Passt es gerade?" in "\n".join(heard["room"]), play.told()
        assert heard["person"] == [], play.told()
        await play("room", code[0], room="gilt nicht, oder nicht mehr")
        await _end(play)
