"""The handout: one page, whatever stands on it; public contacts only; drafts are called drafts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from bot.alliance.directory import Directory
from bot.alliance.handout import SUBJECTS, Handout, make_handout
from bot.alliance.loading import load
from bot.cli import main
from bot.handout import HEIGHT, WIDTH, _Sheet, draw

ALLIANCE = Path(__file__).resolve().parent.parent / "playbooks" / "alliance"
AREAS = load({path.name: path.read_bytes() for path in sorted(ALLIANCE.glob("*.yaml"))}).areas
NOW = dt.datetime(2026, 12, 24, 12, tzinfo=dt.UTC)
LINK = "https://t.me/KommALotseBot?start={payload}"
MUSTERSTADT = "00000000"


@pytest.fixture(scope="module")
def directory() -> Directory:
    """The shipped directory."""
    return Directory(AREAS.values())


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float, float]]:
    """What is set on the page: words, right edge and lower edge in millimetres."""
    found: list[tuple[str, float, float]] = []
    original = _Sheet._write

    def note(self: _Sheet, x: float, y: float, width: float, text: str, size: float, **more: Any) -> float:  # noqa: ANN401 - as it is
        height = original(self, x, y, width, text, size, **more)
        if not more.get("dry"):
            found.append((text, x + width, y + height))
        return height

    monkeypatch.setattr(_Sheet, "_write", note)
    return found


def sheet(directory: Directory, ags: str, name: str = "Ort") -> Handout:
    """The handout of a place."""
    return make_handout(directory, ags=ags, name=name, at=NOW, link=LINK)


@pytest.mark.parametrize("ags", [*sorted(area.prefix for area in AREAS.values()), "01054036"])
def test_one_page(directory: Directory, written: list[tuple[str, float, float]], ags: str) -> None:
    """Every place, with a file or without: one page, nothing beyond its edges, nothing below the line of the foot."""
    body = draw(sheet(directory, ags, "Verwaltungsgemeinschaft Übermäßig-Großschönau an der Weißeritz")).pdf
    assert body.startswith(b"%PDF")
    assert body.count(b"/Type /Page\n") == 1
    assert all(right <= WIDTH and below <= HEIGHT - 3 for _, right, below in written)


def test_what_stands_on_it(directory: Directory, written: list[tuple[str, float, float]]) -> None:
    """Public contacts with number and hours; nothing that is for staff only; every unchecked one says so."""
    handout = sheet(directory, MUSTERSTADT)
    draw(handout)
    words = "\n".join(text for text, _, _ in written)
    assert {entry.subject for entry in handout.entries} == set(SUBJECTS)
    assert "030 23125 210" in words
    assert "Mo–Fr 8–18 Uhr" in words
    internal = [
        way.value
        for area in AREAS.values()
        for contact in area.contacts.values()
        if contact.visibility != "public" or contact.mark == "unbestaetigt"
        for way in contact.reach
    ]
    public = {
        way.value
        for area in AREAS.values()
        for contact in area.contacts.values()
        if contact.visibility == "public" and contact.mark != "unbestaetigt"
        for way in contact.reach
    }
    assert internal
    assert not [value for value in internal if value in words and value not in public]
    assert words.count("Entwurf:") >= 7
    assert draw(handout).left_out == 0
    assert "Wenn dort zu ist: Polizei Musterstadt (erfunden), siehe oben" in words
    assert "Wenn dort zu ist: TelefonSeelsorge" in words, "at three in the night, when the town's own line is closed"
    assert "ENTWURF, nicht zum Aushängen" in words
    assert handout.link == "https://t.me/KommALotseBot?start=00000000"


def test_checked_contacts_are_no_draft(written: list[tuple[str, float, float]]) -> None:
    """Once everybody was called, nothing on the page is called a draft."""
    called = {"geprueft_am": dt.date(2026, 12, 1), "geprueft_von": "Test"}
    areas = [
        area.model_copy(update={"contacts": {n: c.model_copy(update=called) for n, c in area.contacts.items()}})
        for area in AREAS.values()
    ]
    handout = sheet(Directory(areas), MUSTERSTADT)
    draw(handout)
    assert not handout.is_draft
    assert not [text for text, _, _ in written if "entwurf" in text.lower()]


def test_the_same_day_makes_the_same_file(directory: Directory) -> None:
    """Nothing in it hangs on the moment or the machine."""
    assert draw(sheet(directory, MUSTERSTADT)) == draw(sheet(directory, MUSTERSTADT))


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """It writes the file, and says that it is a draft and why there is no QR code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOTSE_DATA_DIR", str(tmp_path / "daten"))
    assert main(["alliance", "handout", "--place", "Musterstadt"]) == 0
    said = capsys.readouterr().out
    assert "Ohne QR-Code" in said
    assert "Ein Entwurf" in said
    assert (tmp_path / "aushang-00000000.pdf").read_bytes().startswith(b"%PDF")
    assert main(["alliance", "handout", "--place", "Nirgendwo"]) == 2
    assert main(["alliance", "handout", "--place", "Musterstadt", "--out", str(tmp_path / "x" / "y.pdf")]) == 2


def test_what_finds_no_room_is_counted(directory: Directory, written: list[tuple[str, float, float]]) -> None:
    """Whoever prints it is told how many subjects are missing."""
    handout = sheet(directory, MUSTERSTADT)
    page = draw(handout)
    words = "\n".join(text for text, _, _ in written)
    missing = [entry.subject.title for entry in handout.entries if entry.subject.title not in words]
    assert missing == [entry.subject.title for entry in handout.entries][len(handout.entries) - page.left_out :]
