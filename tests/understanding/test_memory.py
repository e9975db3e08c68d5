"""What was learned is found again, and whatever is wrong with the folder costs time and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.settings import cache_folder
from bot.understanding.linear import Separation
from bot.understanding.memory import MOST_KEPT, Memory
from bot.understanding.phrasing import separate

EXAMPLES = [("ja", "rot"), ("nein", "blau")]


def learn() -> Separation:
    """Two sides, one word each."""
    return separate([(("rot",), True), (("blau",), False)])


def never() -> Separation:
    """Nothing is to be learned."""
    pytest.fail("learned anew")


def test_it_is_learned_once(tmp_path: Path) -> None:
    """The next one reads it, and says the same to the last bit."""
    first = Memory(tmp_path / "cache").recall("a", EXAMPLES, learn)
    again = Memory(tmp_path / "cache").recall("a", EXAMPLES, never)
    assert [first.judge((word,)) for word in ("rot", "blau", "weg")] == [
        again.judge((word,)) for word in ("rot", "blau", "weg")
    ]


def test_other_examples_are_learned(tmp_path: Path) -> None:
    """Another sentence, another label, another name: nothing that was kept is taken for it."""
    memory = Memory(tmp_path)
    memory.recall("a", EXAMPLES, learn)
    for name, examples in (("b", EXAMPLES), ("a", EXAMPLES[:1]), ("a", [("ja", "rot"), ("ja", "blau")])):
        with pytest.raises(pytest.fail.Exception):
            memory.recall(name, examples, never)


@pytest.mark.parametrize("body", [b"", b"x" * 31, b"x" * 5_000])
def test_a_broken_file_is_replaced(tmp_path: Path, body: bytes) -> None:
    """Half written, or something else: it is learned, and kept whole."""
    Memory(tmp_path).recall("a", EXAMPLES, learn)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(body)
    Memory(tmp_path).recall("a", EXAMPLES, learn)
    Memory(tmp_path).recall("a", EXAMPLES, never)


def test_a_folder_that_cannot_be_is_done_without(tmp_path: Path) -> None:
    """A file stands in its place."""
    (tmp_path / "cache").write_text("")
    assert Memory(tmp_path / "cache").recall("a", EXAMPLES, learn).judge(("rot",)) > 0


def test_old_ones_go(tmp_path: Path) -> None:
    """Every edit of the files makes new ones."""
    for number in range(MOST_KEPT + 3):
        Memory(tmp_path).recall(str(number), EXAMPLES, learn)
    assert len(list(tmp_path.iterdir())) == MOST_KEPT


def test_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the folder for caches; who has no home has none."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "komma-lotse"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert cache_folder() is None
