"""kill -9 at the commits of guarantees C: nothing lost, nothing double, nothing out of order."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot import failpoints
from tests.work.kills import Life, write_script

# How each failpoint is reached: the scene, and where the bot dies before.
WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    **dict.fromkeys(failpoints.NAMES, ("plain", ())),
    **dict.fromkeys(("look_inside", "letter_inside", "letter_after"), ("case", ())),
    "move_inside": ("move", ()),
    "d1_before": ("paced", ()),
    "t0_inside": ("plain", ("t3_inside:1",)),
    "t0_after": ("plain", ("t3_inside:1",)),
    "rescue_inside": ("plain", ("d2_after:3",)),
    "rescue_after": ("plain", ("d2_after:3",)),
    "retention_inside": ("sweep", ()),
    "rotate_inside": ("rotate", ()),
    "rotate_after": ("rotate", ()),
}
PLAIN = ("i2_inside", "t3_inside", "t3_after", "d2_after", "d3_inside", "t0_after", "migrate_inside")


def _life(tmp_path: Path, url: str, scene: str, *, idempotent: bool = True) -> Life:
    life = Life(tmp_path / "life", url, scene, idempotent)
    if scene not in {"case", "move"}:
        write_script(life.book)
    return life


def _url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'life' / 'data' / 'lotse.db'}"


def _check(life: Life) -> None:
    """What people see is what they would have seen without a kill."""
    shown = life.shown()
    ordinary = [text for text in shown["anna"] if text not in {"110", "9: wecker 1800"}]
    assert ordinary[:7] == ["1: m0", "2: m1", "3: m2", "4.0", "4.1", "4.2", "Sind Sie in Sicherheit?"]
    assert shown["anna"].count("110") == 1
    assert [text for text in shown["anna"] if "wecker" in text] == ["7: wecker 1800"]
    assert shown["bert"] == ["1: m0", "2: m1", "3: m2", "Ende"]
    assert shown["cora"] == ["1: m0", "2: m1", "3: m2", "Das ging leider nicht.", "4: danach"]
    # What was sent while the bot died has no name that we know: one message may stand there that we cannot take back.
    assert shown["dora"][-1] == "Alles ist gelöscht."
    assert len(shown["dora"]) <= 2
    assert shown["emil"] == ["1: m0", "2: m1", "3: m2", "4.0", "4.1", "4.2"]


def test_nobody_is_killed(tmp_path: Path) -> None:
    """The measure of the others."""
    life = _life(tmp_path, _url(tmp_path), "plain")
    assert life.run() == 0
    _check(life)
    assert life.shown()["dora"] == ["Alles ist gelöscht."]
    assert set(life.book.copies().values()) == {1}


@pytest.mark.parametrize("name", PLAIN)
def test_killed_at(name: str, tmp_path: Path) -> None:
    """One kill at a named place, then a new start."""
    scene, before = WAYS[name]
    life = _life(tmp_path, _url(tmp_path), scene)
    life.die([*before, f"{name}:1"])
    _check(life)


@pytest.mark.faults
@pytest.mark.parametrize("nth", [1, 2, 5])
@pytest.mark.parametrize("name", failpoints.NAMES)
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_killed_anywhere(kind: str, name: str, nth: int, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Every failpoint, at several passes, on both databases."""
    url = _url(tmp_path) if kind == "sqlite" else request.getfixturevalue("postgres_url")
    scene, before = WAYS[name]
    life = _life(tmp_path, url, scene)
    for failpoint in before:
        life.run(failpoint)
    life.run(f"{name}:{nth}")
    assert life.run() == 0
    if scene not in {"case", "move"}:
        _check(life)


def _check_case(life: Life) -> None:
    """Exactly one has it, the other knows; each side heard each thing once, in its order."""
    shown = {
        chat: [text for text in texts if text.startswith(("case", "desk"))] for chat, texts in life.shown().items()
    }
    heard = ["reported", "accept", "promise", "promise_broken", "answer Antwort", "close schutz"]
    assert shown["hans"] == [f"case {one}" for one in heard]
    holder, other = sorted(("gabi", "gert"), key=lambda chat: "desk done accept" not in shown[chat])
    mine = ["done accept", "done promise", "promise_soon", "promise_broken", "done answer", "message", "done close"]
    assert [one for one in shown[holder] if "joined" not in one and "notice" not in one] == [
        f"desk {one}" for one in mine
    ]
    refused = ["accept taken", "promise not_yours", "answer not_yours", "close over"]
    assert [one for one in shown[other] if "refused" in one] == [f"desk refused {one}" for one in refused]
    assert shown[other].count("desk taken") == 1
    for chat in (holder, other):
        assert shown[chat].count("desk joined koordination") == 1
        assert shown[chat].count("desk notice") == 1


def test_a_case_nobody_is_killed(tmp_path: Path) -> None:
    """The measure of the others."""
    life = _life(tmp_path, _url(tmp_path), "case")
    assert life.run() == 0
    _check_case(life)


@pytest.mark.parametrize("name", ["look_inside", "letter_inside", "letter_after", "t3_inside"])
def test_a_case_killed_at(name: str, tmp_path: Path) -> None:
    """Killed where a case goes from one side to the other, and again a little later."""
    life = _life(tmp_path, _url(tmp_path), "case")
    life.die([f"{name}:1", f"{name}:2"])
    _check_case(life)


@pytest.mark.faults
@pytest.mark.parametrize("nth", [1, 3, 6, 10])
@pytest.mark.parametrize("name", failpoints.NAMES)
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_case_killed_anywhere(kind: str, name: str, nth: int, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Every failpoint, at several passes, on both databases: accepted once, each clock once."""
    url = _url(tmp_path) if kind == "sqlite" else request.getfixturevalue("postgres_url")
    life = _life(tmp_path, url, "case")
    life.run(f"{name}:{nth}")
    life.run(f"{name}:{nth + 1}")
    assert life.run() == 0
    _check_case(life)


def _check_move(life: Life) -> None:
    """The case, the count and the alarm are in the third chat, each thing was said once; the others are empty."""
    shown = life.shown()
    assert shown["ida"] == shown["jan"] == ["Es geht woanders weiter."]
    said = [line for line in life.book.sends() if line.kind == "send"]
    texts = [
        (line.chat, line.text.partition(" ")[2] or line.text) for line in {line.id: line for line in said}.values()
    ]
    assert texts.count(("jan", "4")) == texts.count(("kim", "7")) == 1  # "da: …": it knows how much was said before
    assert texts.count(("jan", "weiter")) == 1
    assert [chat for chat, text in texts if text == "spaet 0"] == ["kim"]
    assert not [text for _, text in texts if text in {"gilt nicht", "refused", "bleibt", "not_done"}]


def test_a_move_nobody_is_killed(tmp_path: Path) -> None:
    """The measure of the others."""
    life = _life(tmp_path, _url(tmp_path), "move")
    assert life.run() == 0
    _check_move(life)


@pytest.mark.parametrize("name", ["move_inside", "forget_inside", "forget_after", "letter_inside", "letter_after"])
def test_a_move_killed_at(name: str, tmp_path: Path) -> None:
    """Killed where it goes from one chat to the other, and once more."""
    life = _life(tmp_path, _url(tmp_path), "move")
    life.die([f"{name}:1", f"{name}:1"])
    _check_move(life)


@pytest.mark.faults
@pytest.mark.parametrize("nth", [1, 3, 6, 10])
@pytest.mark.parametrize("name", failpoints.NAMES)
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_move_killed_anywhere(kind: str, name: str, nth: int, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Every failpoint, at several passes, on both databases: in one chat, with everything, once."""
    url = _url(tmp_path) if kind == "sqlite" else request.getfixturevalue("postgres_url")
    life = _life(tmp_path, url, "move")
    life.run(f"{name}:{nth}")
    life.run(f"{name}:{nth + 1}")
    assert life.run() == 0
    _check_move(life)


@pytest.mark.parametrize("name", ["d2_before", "d2_after", "d3_inside"])
def test_at_most_two_copies_without_idempotent_sends(name: str, tmp_path: Path) -> None:
    """A kill between the transport's acceptance and our commit: one more copy at most, of one message of a chat.

    An emergency text is on its way beside the chat's own message, and may be doubled as well.
    """
    life = _life(tmp_path, _url(tmp_path), "plain", idempotent=False)
    life.die([f"{name}:4"])
    copies = life.book.copies()
    assert max(copies.values()) <= 2
    doubled = Counter((line.chat, line.text == "110") for line in life.book.sends() if copies[line.id] == 2)
    assert set(doubled.values()) <= {2}


@pytest.mark.parametrize("deaths", [["t3_after:1"], ["d1_before:1"] * 3, ["d1_inside:1"] * 3])
def test_what_stood_in_line_is_sent_once(deaths: list[str], tmp_path: Path) -> None:
    """A transport with a pace and without idempotent sends: what was not on the wire is not in doubt after a kill.

    Each life ends before its first claim is committed.
    """
    life = _life(tmp_path, _url(tmp_path), "paced", idempotent=False)
    life.die(deaths)
    _check(life)
    assert set(life.book.copies().values()) == {1}


def test_a_row_that_kills_is_parked(tmp_path: Path) -> None:
    """A message that takes the process with it each time: it is parked, and everyone else is answered."""
    life = _life(tmp_path, _url(tmp_path), "plain")
    life.book.say("cora", "toeten")
    life.book.say("cora", "ueberlebt")
    life.book.say("emil", "weiter")
    deaths = 0
    while life.run() != 0:
        deaths += 1
        assert deaths <= 6
    shown = life.shown()
    assert shown["emil"][-1] == "5: weiter"
    assert shown["cora"][-3:] == ["4: danach", "Das ging leider nicht.", "5: ueberlebt"]
    assert set(life.book.copies().values()) == {1}
