"""A secret contact from the prompt to the person who may see it, and nowhere else on the way."""

from __future__ import annotations

import asyncio
import itertools
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot import cli, errands, staffcode
from bot.adapters import terminal_wire as wire
from bot.alliance.contact import Way
from bot.alliance.vault import Secret, vault_of
from bot.cli import alliance_secret
from bot.settings import Settings, read_settings
from bot.worlds import Worlds
from tests.test_app import serving, talk
from tests.test_worlds import TELEGRAM, TERMINAL, read_areas, read_library

TOWN, OTHER = "00000000", "09761000"
CANARY = "030 23125 777"
CONTACT = """
  musterstadt_schutz:
    kind: koordination
    name: {de: Schutzwohnung, en: Safe flat, de-simple: Schutz-Wohnung}
    hours: 24/7
    visibility: secret
    mark: bestaetigt
    source: erfunden
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped files, and a secret contact in one."""
    folder = Path(shutil.copytree("playbooks", tmp_path / "leitfaeden"))
    path = folder / "alliance" / "musterstadt.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("contacts:\n", f"contacts:\n{CONTACT}", 1), encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path, folder: Path) -> Settings:
    """A data folder of its own."""
    return read_settings({}, folder=tmp_path, given={"data_dir": tmp_path / "daten", "playbooks": folder})


@pytest.fixture
def secret(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Runs `lotse alliance secret …` with an input."""
    monkeypatch.setenv("LOTSE_PLAYBOOKS", str(settings.playbooks))

    def run(*words: str, said: str = "") -> int:
        import io

        monkeypatch.setattr(sys, "stdin", io.StringIO(said))
        return cli.main(["alliance", "secret", *words, "--data-dir", str(settings.data_dir)])

    return run


SET = ("set", "--place", TOWN, "--contact", "musterstadt_schutz", "--way", "phone")


def test_without_a_writer(secret: Callable[..., int], capsys: pytest.CaptureFixture[str], settings: Settings) -> None:
    """Missing, set, listed without its value, deleted; nothing printed or kept on the disk holds the value."""
    assert secret("list", "--place", TOWN) == 1
    assert "Es fehlt noch jeder Weg" in capsys.readouterr().out
    assert secret(*SET, said=f"{CANARY}\n") == 0
    assert secret("list", "--json", "--place", TOWN) == 0
    shown = capsys.readouterr()
    (row,) = json.loads(shown.out.splitlines()[-1])
    assert (row["place"], row["contact"], row["ways"], row["listed"]) == (TOWN, "musterstadt_schutz", ["phone"], True)
    kept = b"".join(path.read_bytes() for path in settings.data_dir.rglob("*") if path.is_file())
    for text in (shown.out, shown.err, kept.decode("latin-1")):
        assert "23125" not in text
    assert secret("delete", *SET[1:5]) == 0
    assert secret("delete", *SET[1:5]) == 1
    assert secret("list", "--place", TOWN) == 1


@pytest.mark.parametrize(
    ("words", "said", "why"),
    [
        (SET, "", "Es kam kein Wert"),
        (SET, "110\n", "notruf-als-stelle"),
        (SET, "quark 777\n", "keine-telefonnummer"),
        (SET, "0821 324 2777\n", "erfundene-nummer"),
        ((*SET[:-1], "mail"), "quark 777\n", "keine-mailadresse"),
        ((*SET[:3], "--contact", "musterstadt_presse", *SET[5:]), CANARY, "ist nicht geheim"),
        ((*SET[:3], "--contact", "musterstadt_schuz", *SET[5:]), CANARY, "musterstadt_schutz"),
        ((*SET[:2], "nirgendwo", *SET[3:]), CANARY, "kennt der Lotse nicht"),
    ],
)
def test_what_is_refused(
    secret: Callable[..., int], capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str, why: str
) -> None:
    """Said why, with 2, without the value, and nothing is held."""
    assert secret(*words, said=said) == 2
    shown = capsys.readouterr()
    assert why in shown.err
    assert "777" not in shown.out + shown.err
    assert secret("list", "--place", TOWN) == 1


def test_the_prompt_asks_twice_and_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """At a terminal a slip is noticed."""

    class Terminal:
        def isatty(self) -> bool:
            return True

    answers = iter([CANARY, CANARY, CANARY, "030 23125 778"])
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(alliance_secret, "getpass", lambda _: next(answers))
    assert alliance_secret._read("phone") == CANARY
    assert alliance_secret._read("phone") is None


def test_the_value_is_no_argument() -> None:
    """Whoever puts it on the command line is told that this does not exist, before anything is done."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "alliance", "secret", *SET, CANARY], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2


KEYS = (f"{number:016x}" for number in itertools.count())


async def _said(settings: Settings, person: str, *words: str, code: str = "") -> str:
    """What somebody hears who opens the chat, with a code or by the town's poster, and says these."""
    opened = wire.Opened(key=next(KEYS), place=staffcode.payload(code) if code else TOWN)
    typed = [wire.Typed(key=next(KEYS), text=word) for word in words]
    heard = await talk(settings, opened, *typed, terminal=person)
    return "\n".join(one.text for one in heard if isinstance(one, wire.Bubble))


@pytest.mark.slow
async def test_staff_of_the_town_are_told(
    settings: Settings, secret: Callable[..., int], capfd: pytest.CaptureFixture[str]
) -> None:
    """Set while the Lotse runs, told in the next turn to who gave the code, to nobody else; gone with its deletion."""
    async with serving(settings, terminal_only=True):
        assert await asyncio.to_thread(secret, *SET, said=f"{CANARY}\n") == 0
        code, other = staffcode.make(), staffcode.make()
        for place, one in ((TOWN, code), (OTHER, other)):
            ask = partial(errands.ask, settings.data_dir, "code", place=place, code=one, overlap="0")
            await asyncio.to_thread(ask)
        assert CANARY not in await _said(settings, "aa", "mensch")
        assert CANARY in await _said(settings, "bb", "mensch", code=code)
        assert await asyncio.to_thread(secret, "list", "--place", TOWN) == 0
        assert await asyncio.to_thread(secret, "delete", *SET[1:5]) == 0
        assert CANARY not in await _said(settings, "bb", "mensch")
        assert await asyncio.to_thread(secret, *SET, said=f"{CANARY}\n") == 0
    # And after a start with the store filled.
    async with serving(settings, terminal_only=True):
        assert CANARY in await _said(settings, "bb", "mensch")
        assert CANARY not in await _said(settings, "cc", "mensch", code=other)
        assert CANARY not in await _said(settings, "aa", "mensch")
    kept = b"".join(path.read_bytes() for path in settings.data_dir.rglob("*") if path.is_file())
    assert b"23125 777" not in kept
    assert "23125 777" not in "".join(capfd.readouterr())


def worlds_with(*secrets: Secret) -> Worlds:
    """Worlds in which Musterstadt's press office is secret, with what the store holds of it."""
    areas = []
    for area in read_areas():
        contacts = {
            name: contact.model_copy(update={"visibility": "secret", "reach": ()})
            if name == "musterstadt_presse"
            else contact
            for name, contact in area.contacts.items()
        }
        areas.append(area.model_copy(update={"contacts": contacts}))
    worlds = Worlds(read_library(), areas, zone="Europe/Berlin", allow_drafts=True)
    worlds.reveal(vault_of(secrets))
    return worlds


SECRET = Secret(TOWN, "musterstadt_presse", "aa", (Way(phone=CANARY),))


def test_worlds_know_it_where_nobody_reads_along() -> None:
    """On an encrypted transport, for the contact of that municipality; the files may be shown anew meanwhile."""
    worlds = worlds_with(SECRET)
    assert "musterstadt_presse" in worlds.world_for(TERMINAL, TOWN, "").directory.entries  # type: ignore[attr-defined]
    assert "musterstadt_presse" not in worlds.world_for(TELEGRAM, TOWN, "").directory.entries  # type: ignore[attr-defined]
    assert "musterstadt_presse" not in worlds.directory.entries
    worlds.show(worlds.library, worlds.areas, local=worlds.local)
    assert "musterstadt_presse" in worlds.world_for(TERMINAL, TOWN, "").directory.entries  # type: ignore[attr-defined]
    worlds.reveal({})
    assert "musterstadt_presse" not in worlds.world_for(TERMINAL, TOWN, "").directory.entries  # type: ignore[attr-defined]
    worlds.reveal(vault_of([replace(SECRET, key=OTHER)]))
    assert "musterstadt_presse" not in worlds.world_for(TERMINAL, TOWN, "").directory.entries  # type: ignore[attr-defined]


def test_a_fingerprint_tells_a_change_and_not_the_value() -> None:
    """It stands in clear beside each turn: the edition is in it, the number is not."""
    prints = [
        worlds_with(*secrets).world_for(TERMINAL, TOWN, "").fingerprint
        for secrets in (
            (),
            (SECRET,),
            (replace(SECRET, edition="bb"),),
            (replace(SECRET, ways=(Way(phone="030 23125 778"),)),),
        )
    ]
    assert len(set(prints)) == 3
    assert prints[1] == prints[3]


def test_nothing_shows_itself() -> None:
    """What ends up in a log or an exception by mistake says nothing."""
    worlds = worlds_with(SECRET)
    entry = worlds.world_for(TERMINAL, TOWN, "").directory.entries["musterstadt_presse"]  # type: ignore[attr-defined]
    for thing in (SECRET, SECRET.ways, entry):
        assert "23125 777" not in repr(thing)
        assert "23125 777" not in str(thing)


@pytest.fixture
def checked(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """What `lotse check` says about the town's file."""
    monkeypatch.setenv("LOTSE_PLAYBOOKS", str(settings.playbooks))
    monkeypatch.setenv("LOTSE_DATA_DIR", str(settings.data_dir))

    def run() -> str:
        import contextlib
        import io

        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            cli.main(["check", str(settings.playbooks / "alliance" / "musterstadt.yaml")])
        return out.getvalue()

    return run


def test_who_says_that_there_is_one(
    secret: Callable[..., int], settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever keeps the files sees that a secret contact would be named, and not how it is reached."""
    monkeypatch.setenv("LOTSE_DATA_DIR", str(settings.data_dir))
    assert secret(*SET, said=f"{CANARY}\n") == 0
    who = ["alliance", "who", "--place", TOWN, "--incident", "keine_schutzstruktur", "--at", "2026-11-24T02:00"]
    cli.main(who)
    shown = capsys.readouterr().out
    assert "Schutzwohnung" in shown
    assert "im geschützten Speicher" in shown
    assert "23125 777" not in shown
    cli.main([*who, "--public"])
    assert "Schutzwohnung" not in capsys.readouterr().out


def test_the_check_says_what_is_missing(checked: Callable[[], str], secret: Callable[..., int]) -> None:
    """A secret contact that nobody can reach is named with its line and the command that mends it."""
    before = checked()
    assert "warning geheim-ohne-weg: Für „musterstadt_schutz“" in before
    assert f"lotse alliance secret set --place {TOWN} --contact musterstadt_schutz" in before
    assert secret(*SET, said=f"{CANARY}\n") == 0
    assert "geheim-ohne-weg" not in checked()
