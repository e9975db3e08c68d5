"""Sie or Du: the whole talk in one of them, and Du only where everything can be said so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.alliance.contact import Area, Settings
from bot.files import Files
from bot.flows.address import DU, FORMAL, lacks_du, says_sie, speaks_du, texts_of
from bot.flows.checking import check
from bot.flows.checking.local import Locality, check_local
from bot.flows.conversation import EMPTY
from bot.flows.exchange import Offered, Said, Started, Transport
from bot.flows.loading import load
from bot.flows.sentences import SENTENCES
from bot.flows.sentences_du import DU as OWN
from bot.flows.wording import BLANK, phrase
from bot.flows.world import Municipality
from bot.settings import read_settings
from bot.worlds import Worlds
from tests.flows.worlds import Talk, library_of, read, shipped, world_of
from tests.transcripts.player import Player
from tests.transcripts.script import Talk as ShippedTalk
from tests.transcripts.script import read_talks

TOWN = "00000000"
RECEPTION = """
id: empfang
type: empfang
title: {de: Empfang}
review_by: 2027-02-21
steps:
  gruss: {kind: message, text: {de: Ich bin für Sie da., de-du: Ich bin für dich da.}}
  was: {kind: text, text: {de: Was ist passiert?}, purpose: {de: Zum Finden.}, keep: nicht}
  angebot: {kind: offer_playbooks, text: {de: Was trifft zu?}, other: ende}
  ende: {kind: end, outcome: beendet}
"""
WALK = """
id: weg
title: {de: Ein Weg}
menu: 1
review_by: 2027-02-21
steps:
  rat: {kind: message, text: {de: Bleiben Sie drinnen., de-du: Bleib drinnen., en: Stay inside.}}
  wann: {kind: when, text: {de: Wann war es?}}
  brief: {kind: template, text: {de: Ein Brief.}, body: {de: Bitte helfen Sie uns.}}
  ende: {kind: end, text: {de: Melden Sie sich., de-du: Melde dich.}}
"""
FORMAL_WALK = WALK.replace("id: weg", "id: formal").replace("menu: 1", "menu: 2").replace(", de-du: Melde dich.", "")
FILES = {file.id: file for file in map(read, (RECEPTION, WALK, FORMAL_WALK))}


def talk(address: str = "du", language: str = "") -> Talk:
    """A talk in a town with this address."""
    library = library_of(FILES)
    du = frozenset(one.revision for one in library.values() if speaks_du(one)) if address == "du" else frozenset()
    talk = Talk(world_of(library, du=du, municipality=Municipality(ags=TOWN, name="Musterstadt")))
    talk.state = type(EMPTY)(place=TOWN, language=language)
    return talk


def hear(one: Talk, playbook: str) -> str:
    """Everything that somebody reads who walks through a playbook."""
    heard: list[str] = []
    for incoming in (
        Started(),
        Said(text="etwas war", offered=(Offered(playbook, 0.9),)),
        Said(text="1"),
        Said(text="hilfe"),
        Said(text="gestern"),
    ):
        one.do(incoming)
        heard += one.texts()
    return "\n".join(heard)


def test_in_du_from_the_first_word_to_the_last() -> None:
    """Playbook, the Lotse's own words and dates; nowhere is a Sie but in the letter to others."""
    said = hear(talk(), "weg").replace("Bitte helfen Sie uns.", "")
    for words in ("Ich bin für dich da.", "Bleib drinnen.", "mit wem du sprechen kannst", "Melde dich."):
        assert words in said
    assert not FORMAL.findall(said)


def test_what_is_not_wholly_in_du_stays_with_sie() -> None:
    """One text is missing: the playbook says Sie throughout, and so does the Lotse while it runs."""
    said = hear(talk(), "formal")
    inside = said[said.index("Bleiben Sie drinnen.") :]
    assert "mit wem Sie sprechen können" in inside
    assert "Melden Sie sich." in inside
    assert not any(word in inside for word in (" du ", " dich", "Bleib drinnen"))


@pytest.mark.parametrize(("address", "language", "words"), [("", "", "für Sie da"), ("du", "en", "Stay inside.")])
def test_only_where_it_is_settled_and_in_german(address: str, language: str, words: str) -> None:
    """Elsewhere it is Sie, and English has no such forms."""
    said = hear(talk(address, language), "weg")
    assert words in said
    assert "Bleib drinnen" not in said


def test_every_own_sentence_has_its_form() -> None:
    """Those that say Sie, and no others; same blanks, and the form says no Sie."""
    assert set(OWN) == {key for key, texts in SENTENCES.items() if says_sie(texts["de"])}
    for key, text in OWN.items():
        assert not says_sie(text), key
        assert sorted(BLANK.findall(text)) == sorted(BLANK.findall(SENTENCES[key]["de"])), key
    assert phrase("finished", DU) == "Schreib mir jederzeit wieder, wenn etwas ist."
    assert phrase("yes", DU) == "Ja"


def test_a_text_to_copy_needs_none() -> None:
    """It speaks to somebody else; every other text of every shipped playbook is looked at."""
    assert not any(lacks_du(texts) for texts in texts_of(FILES["weg"]))
    assert [texts["de"] for texts in texts_of(FILES["formal"]) if lacks_du(texts)] == [("Melden Sie sich.",)]
    assert sum(1 for file in shipped().values() for _ in texts_of(file)) > 500


def test_worlds_know_which() -> None:
    """By the settings in the file of the municipality; part of the fingerprint; nowhere else."""
    areas = [
        Area.model_validate({"key": key, "name": {"de": key}, "settings": {"address": address}})
        for key, address in ((TOWN, "du"), ("09761000", "sie"))
    ]
    library = library_of(FILES)
    worlds = Worlds(library, areas, zone="Europe/Berlin", allow_drafts=True)
    assert worlds.world_for(Transport(), TOWN, "").du == {library["empfang"].revision, library["weg"].revision}
    assert worlds.world_for(Transport(), "09761000", "").du == frozenset()
    world = worlds.world_for(Transport(), TOWN, "")
    assert world.fingerprint != replace(world, du=frozenset()).fingerprint


IN_DU = {"empfang", "unterstuetzende", "fuehrung", "checkin", "checkin_vorhaben"}
"""Of the shipped playbooks: what is said to somebody who helps, and to a superior."""
TALKS = [
    one
    for name in ("unterstuetzende", "fuehrung")
    for one in read_talks(Path(__file__).parents[1] / "transcripts" / f"{name}.yaml")
    if one.language == "de" and one.opened
]


@pytest.fixture(scope="module")
def worlds() -> Worlds:
    """The shipped playbooks, where Musterstadt says Du and keeps what is said for ten days only."""
    files = Files(read_settings({}), checked=False)
    settings = Settings(address="du", retention_days=10)
    areas = [area.model_copy(update={"settings": settings}) if area.key == TOWN else area for area in files.areas]
    return Worlds(files.worlds.library, areas, zone="Europe/Berlin", allow_drafts=True)


def test_some_that_ship_are_said_in_du(worlds: Worlds) -> None:
    """The reception, two playbooks and the check-ins, as an example; the others say Sie."""
    assert {name for name, program in worlds.library.items() if speaks_du(program)} == IN_DU


@pytest.mark.parametrize("one", TALKS, ids=lambda one: one.name)
def test_whole_talks_in_du(worlds: Worlds, one: ShippedTalk) -> None:
    """From the first word to the last, where the place is known: nothing but a letter to somebody else says Sie."""
    player = Player(replace(one, place=TOWN), worlds)
    heard = [line for lines in player.play() for line in lines]
    assert "bis 10 Tage nach deiner letzten Nachricht" in "\n".join(heard)
    assert [line for line in heard if says_sie(line) and not speaks_for_others(worlds, line)] == []


def speaks_for_others(worlds: Worlds, line: str) -> bool:
    """Whether these are the words of a contact, or a text to copy."""
    entries = worlds.directory.entries.values()
    contacts = [text.get("de", "") for one in entries for text in (one.contact.name, one.contact.purpose or {})]
    bodies = [
        text
        for name in IN_DU
        for file in worlds.library[name].linked.files.values()
        for step in file.steps.values()
        for text in (getattr(step, "body", None) or {}).get("de", ())
    ]
    return any(text and text in line for text in contacts) or any(line.startswith(body[:30]) for body in bodies)


def test_the_check_counts() -> None:
    """A file that has begun says how far it is; a municipality that wants Du, how many playbooks have it."""
    files = {"empfang.yaml": RECEPTION.encode(), "weg.yaml": WALK.encode(), "formal.yaml": FORMAL_WALK.encode()}
    loaded = load(files)
    (found,) = (one for one in check(loaded) if one.code == "du-lueckenhaft")
    assert found.file == "formal.yaml"
    assert "1 von 2 Texten" in found.what
    here = Locality(TOWN, "Musterstadt", address="du")
    (found,) = (one for one in check_local(loaded, load({}), here) if one.code == "du-fehlt")
    assert "nur 2 von 3 Leitfäden" in found.what
    assert not [one for one in check_local(loaded, load({}), replace(here, address="sie")) if one.code == "du-fehlt"]
    mixed = WALK.replace("de-du: Bleib drinnen.", "de-du: Bleiben Sie bitte drinnen.")
    assert [one.code for one in check(load({"weg.yaml": mixed.encode()})) if one.code == "du-mit-sie"] == ["du-mit-sie"]


# --- channels ---------------------------------------------------------------------------------------------------------

REAL = Transport(name="telegram", encrypted=False, real=True)
LINK = "https://matrix.to/#/@lotse:example.org"


def away(transport: Transport = REAL, channels: tuple[str, ...] = ("matrix",), place: str = TOWN) -> Talk:
    """A talk of somebody who works in a town that has decided for these channels."""
    here = Municipality(ags=place, name="Musterstadt", channels=channels, matrix_link=LINK)
    talk = Talk(world_of(library_of(FILES), municipality=here, transport=transport))
    talk.state = type(EMPTY)(place=TOWN, greeted=True)
    return talk


def test_elsewhere_the_person_is_told_where_to_go() -> None:
    """With the emergency numbers; nothing is asked, and the place is open again."""
    one = away()
    one.do(Said(text="etwas war", offered=(Offered("weg", 0.9),)))
    (said,) = one.texts()
    for words in ("Musterstadt hat sich für andere Kanäle entschieden", LINK, "110", "112", "„neu“"):
        assert words in said
    assert (one.state.place, one.state.at, one.state.token) == ("", None, "")


def test_danger_and_the_words_that_always_work_go_on() -> None:
    """Crisis wording, notruf and löschen are answered on every channel."""
    one = away()
    one.do(Said(text="ich will nicht mehr leben"))
    assert any("112" in text for text in one.texts())
    assert not any("andere Kanäle" in text for text in one.texts())
    one = away()
    one.do(Said(text="notruf"))
    assert "110" in one.texts()[0]
    one.do(Said(text="löschen"))
    one.do(Said(text="1"))
    assert one.turns[-1].conversation.place == "" or "andere Kanäle" not in one.texts()[0]


@pytest.mark.parametrize(
    ("transport", "channels", "place"),
    [
        (REAL, (), TOWN),
        (REAL, ("telegram", "matrix"), TOWN),
        (Transport(), ("matrix",), TOWN),
        (REAL, ("matrix",), "06611000"),
    ],
)
def test_where_nothing_is_settled_it_goes_on(transport: Transport, channels: tuple[str, ...], place: str) -> None:
    """No settings, an allowed channel, a terminal, the settings of another town."""
    one = away(transport, channels, place)
    one.do(Said(text="etwas war", offered=(Offered("weg", 0.9),)))
    assert not any("andere Kanäle" in text for text in one.texts())
    assert one.state.at is not None


def test_the_settings_reach_the_world() -> None:
    """From the file of the municipality."""
    area = Area.model_validate({"key": TOWN, "name": {"de": "x"}, "settings": {"channels": ["matrix"]}})
    worlds = Worlds(library_of(FILES), [area], zone="Europe/Berlin", allow_drafts=True)
    assert worlds.world_for(REAL, TOWN, "").municipality.channels == ("matrix",)
    assert worlds.world_for(REAL, "09761000", "").municipality.channels == ()
