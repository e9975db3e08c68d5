"""The log and the export: the person's own words, whole, with a hash, and theirs alone."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from bot.flows.exchange import CaseAct, CaseNews, CaseNote, Line, Paper, Said, Send, ShowCase, Started, Transport
from bot.flows.keeping import LONGEST_ANSWER, QUESTIONS
from bot.papers import press
from tests.flows.test_remembering import LIBRARY
from tests.flows.worlds import NOON, Talk, world_of

WORDS = ("Er hat gebrüllt, erst auf dem Flur, dann am Schalter. 😠", "Frau A. und ein Gast", "ein Zettel, im Schrank")


def begun(*, files: bool = True, encrypted: bool = True) -> Talk:
    """Somebody in the middle of a walk."""
    world = world_of(LIBRARY)
    world = replace(world, transport=Transport(name="t", files=files, encrypted=encrypted))
    talk = Talk(world)
    for incoming in (Started(), Said(text="etwas"), Said(text="1"), Said(text="gestern")):
        talk.do(incoming)
    return talk


def written(talk: Talk) -> Talk:
    """The same, with three of the four questions of the log answered."""
    talk.do(Said(text="protokoll"))
    for text in (*WORDS, "auslassen"):
        talk.do(Said(text=text))
    return talk


def papers(talk: Talk) -> list[Paper]:
    """What was handed over in the last turn."""
    return [one.paper for one in talk.turns[-1].effects if isinstance(one, Send) and one.paper is not None]


def test_the_log_holds_the_words_with_their_times() -> None:
    """Open questions as they were answered, when; then what the conversation knows; nothing stays behind."""
    talk = written(begun())
    talk.do(Said(text="nur für mich"))
    (paper,) = papers(talk)
    texts = [entry.text for entry in paper.entries]
    assert texts[:3] == list(WORDS)
    assert all("2026" in entry.title for entry in paper.entries[:3])
    assert [entry.title for entry in paper.entries[3:]] == ["Zeitpunkt"]
    assert paper.form == "pdf"
    assert paper.hash in talk.texts()[0]
    assert WORDS[0] not in repr(talk.state)
    assert talk.texts()[-1].startswith("Darf ich nachfragen?")
    assert not any(isinstance(one, CaseAct) for one in talk.turns[-1].effects)


def test_the_hash_can_be_computed_by_anybody() -> None:
    """SHA-256 over title, time and entries, as the page of the handbook says; one letter changes it."""
    talk = written(begun())
    talk.do(Said(text="nur für mich"))
    (paper,) = papers(talk)
    body = [paper.title, paper.made, [[entry.title, entry.text] for entry in paper.entries]]
    plain = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(plain.encode()).hexdigest() == paper.hash
    assert hashlib.sha256(plain.replace("Gast", "Gost").encode()).hexdigest() != paper.hash


def test_where_no_files_go_it_is_text() -> None:
    """On a transport without files it comes to copy, and where others read along that is said first."""
    talk = written(begun(files=False, encrypted=False))
    assert "mitlesen" in "".join(one.text for one in talk.turns[4].effects if isinstance(one, Send))
    talk.do(Said(text="nur für mich"))
    assert not papers(talk)
    copied = [one.text for one in talk.turns[-1].effects if isinstance(one, Send) and one.style == "copy"]
    assert all(word in copied[0] for word in WORDS)
    assert "SHA-256" in copied[0]


WAYS = {"1": "pdf", "2": "text", "3": ""}


@pytest.mark.parametrize("answer", WAYS)
@pytest.mark.parametrize("asked", ["log", "log into the case", "data as pdf", "data as json"])
def test_where_others_read_along_a_file_is_chosen(asked: str, answer: str) -> None:
    """The warning first, then as a file, as text or not at all; what goes into the case goes there in any case."""
    talk = begun(encrypted=False)
    talk.state.case = "4812 9037" if asked == "log into the case" else ""
    if asked.startswith("log"):
        written(talk).do(Said(text="2" if talk.state.case else "1"))
    else:
        talk.do(Said(text=f"daten als {asked[-4:].strip()}"))
    assert not papers(talk)
    assert "bleibt bei ihm liegen" in talk.question().text
    assert len(talk.question().choices) == 3
    talk.do(Said(text=answer))
    copied = [one.text for one in talk.turns[-1].effects if isinstance(one, Send) and one.style == "copy"]
    form = "json" if asked == "data as json" and answer == "1" else WAYS[answer]
    assert [paper.form for paper in papers(talk)] == ([form] if answer == "1" else [])
    assert len(copied) == (answer == "2")
    acts = [one for one in talk.turns[-1].effects if isinstance(one, CaseAct)]
    assert len(acts) == bool(talk.state.case)
    assert talk.state.overlay == ""
    assert talk.texts()[-1].startswith("Darf ich nachfragen?")


def test_it_goes_into_the_case_only_when_that_is_chosen() -> None:
    """Without a case it is not even offered; with one it is a message like any other."""
    talk = begun()
    talk.state.case = "4812 9037"
    written(talk)
    labels = [choice.label for choice in talk.question().choices]
    assert any("4812 9037" in label for label in labels)
    talk.do(Said(text="2"))
    (act,) = [one for one in talk.turns[-1].effects if isinstance(one, CaseAct)]
    assert (act.act, act.number) == ("message", "4812 9037")
    assert WORDS[0] in act.text
    assert len(papers(talk)) == 1
    assert "Vorgang" not in "".join(choice.label for choice in written(begun()).question().choices)


@pytest.mark.parametrize("words", [("nicht aufschreiben",), ("auslassen", "auslassen", "auslassen", "auslassen", "1")])
def test_nothing_is_written_down_unasked(words: tuple[str, ...]) -> None:
    """Left, or left empty: there is no paper, and it goes on where it was."""
    talk = begun()
    talk.do(Said(text="protokoll"))
    for text in words:
        talk.do(Said(text=text))
    assert not papers(talk)
    assert talk.texts()[-1].startswith("Darf ich nachfragen?")
    assert talk.state.overlay == ""


def test_a_flood_is_cut() -> None:
    """Each answer has its most; the state stays small."""
    talk = begun()
    talk.do(Said(text="protokoll"))
    for _ in QUESTIONS:
        talk.do(Said(text="a" * 8000))
    talk.do(Said(text="1"))
    (paper,) = papers(talk)
    assert {len(entry.text) for entry in paper.entries[:4]} == {LONGEST_ANSWER}


@pytest.mark.parametrize("form", ["pdf", "json"])
def test_everything_that_is_stored(form: str) -> None:
    """Answers, language, place; with a case its lines and messages come first, without notes among coordinators."""
    talk = begun()
    talk.do(Said(text=f"daten als {form}"))
    (paper,) = papers(talk)
    assert paper.form == form
    titles = [entry.title for entry in paper.entries]
    assert (titles[0], titles[1], titles[-1]) == ("Zeitpunkt", "Strafantrag", "Sprache")
    talk.state.case = "4812 9037"
    talk.do(Said(text=f"meine daten als {form}"))
    assert not papers(talk)
    assert ShowCase(number="4812 9037", form=form) in talk.turns[-1].effects
    notes = tuple(CaseNote(kind, NOON, f"von {kind}") for kind in ("nachricht", "antwort", "notiz", "aufgabe"))
    lines = (Line("was", "Was", "Gebrüll"),)
    talk.do(CaseNews(number="4812 9037", what="contents", text=form, lines=lines, notes=notes))
    (paper,) = papers(talk)
    texts = "\n".join(entry.text for entry in paper.entries)
    assert "Gebrüll" in texts
    assert "von nachricht" in texts
    assert "von antwort" in texts
    assert "notiz" not in texts
    assert "aufgabe" not in texts


def test_the_files() -> None:
    """The same paper gives the same bytes; the JSON holds every sign, the PDF is one that says its title."""
    talk = written(begun())
    talk.do(Said(text="nur für mich"))
    (paper,) = papers(talk)
    file = press(paper)
    assert file == press(paper)
    assert file.name == f"vorfallsprotokoll-{NOON.date()}.pdf"
    assert file.data.startswith(b"%PDF-")
    talk.do(Said(text="daten als json"))
    whole = press(papers(talk)[0])
    body = json.loads(whole.data)
    assert set(body) == {"titel", "erstellt", "inhalt", "hinweis", "sha256"}
