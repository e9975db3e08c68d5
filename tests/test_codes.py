"""`lotse codes` as operators have it: given out once, listed without the code, ended, drawn."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import cli, staffcode
from bot.clock import AheadClock
from bot.keys import KeyRing
from bot.settings import Settings, read_settings
from bot.storage import codes
from bot.storage.database import Database
from bot.storage.times import stamp
from tests.test_app import serving

TOWN, OTHER = "00000000", "09761000"
SHOWN = re.compile(r"LOTSE(?:-[0-9A-Z]{5}){6}")

Lotse = Callable[..., tuple[int, str, str]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data folder of its own."""
    return read_settings({}, folder=tmp_path, given={"data_dir": tmp_path / "daten"})


@pytest.fixture
def lotse(settings: Settings, capsys: pytest.CaptureFixture[str]) -> Lotse:
    """Runs `lotse codes …`: exit code, output, errors."""

    def run(*words: str) -> tuple[int, str, str]:
        code = cli.main(["codes", *words, "--data-dir", str(settings.data_dir)])
        return code, *capsys.readouterr()

    return run


def tenant_of(settings: Settings, code: str) -> str:
    """What a code stands for, in the books themselves."""
    ring = KeyRing.open(settings.key_path)
    database = Database.open(f"sqlite:///{settings.data_dir / 'lotse.db'}")
    try:
        with database.transaction() as tx:
            return codes.tenant_of(tx, ring, code, stamp(AheadClock(settings.data_dir)()))
    finally:
        database.close()


def given_out(text: str) -> str:
    """The code that was shown; exactly one."""
    (shown,) = SHOWN.findall(text)
    return staffcode.read(shown)


def test_a_new_code(lotse: Lotse, settings: Settings) -> None:
    """Shown this once, it stands for the municipality; nothing on the disk holds it; the list says since when."""
    assert lotse("list")[0] in (0, 3)
    done, out, _ = lotse("rotate", "--place", "Musterstadt")
    assert done == 0
    code = given_out(out)
    assert "Dieser hier wird nicht noch einmal gezeigt." in out
    assert tenant_of(settings, code) == TOWN
    for _, listed, _ in (lotse("list"), lotse("show", "--place", "Musterstadt")):
        assert re.fullmatch(r"00000000     Musterstadt \(erfunden\): ausgegeben \d\d\.\d\d\.\d{4}, .*, gilt\n", listed)
    kept = b"".join(path.read_bytes() for path in settings.data_dir.rglob("*") if path.is_file())
    assert code.encode() not in kept
    assert staffcode.show(code).encode() not in kept


def test_rotation(lotse: Lotse, settings: Settings) -> None:
    """With an overlap both hold and the list says until when; without one only the newest does."""
    first = given_out(lotse("rotate", "--place", TOWN)[1])
    done, out, _ = lotse("rotate", "--place", TOWN, "--overlap", "3")
    assert "gilt noch 3 Tage" in out
    second = given_out(out)
    rows = json.loads(lotse("show", "--place", TOWN, "--json")[1])
    assert [row["expires"] is None for row in rows] == [True, False]
    assert {row["name"] for row in rows} == {"Musterstadt (erfunden)"}
    assert [tenant_of(settings, code) for code in (first, second)] == [TOWN, TOWN]
    done, out, _ = lotse("rotate", "--place", TOWN, "--overlap", "0")
    assert done == 0
    assert "gilt nicht mehr" in out
    assert [tenant_of(settings, code) for code in (first, second, given_out(out))] == ["", "", TOWN]


def test_towns_have_their_own(lotse: Lotse, settings: Settings) -> None:
    """The code of one ends none of another; whoever has none is told how to give one out."""
    code = given_out(lotse("rotate", "--place", TOWN)[1])
    assert lotse("show", "--place", "Augsburg")[:2] == (
        1,
        "Es gibt keinen Code. „lotse codes rotate --place ORT“ gibt einen aus.\n",
    )
    lotse("rotate", "--place", "09761000", "--overlap", "0")
    assert tenant_of(settings, code) == TOWN
    assert [row["place"] for row in json.loads(lotse("list", "--json")[1])] == [TOWN, OTHER]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rotate", "--place", "Quarkhausen"), "kennt der Lotse nicht"),
        (("rotate", "--place", "Bayern"), "ist ein Land"),
        (("show", "--place", "Ausgburg"), "Augsburg"),
        (("rotate", "--place", TOWN, "--qr", "x.gif"), "--qr braucht"),
        (("rotate", "--place", TOWN, "--qr", "x.svg"), "LOTSE_LINK"),
    ],
)
def test_wrong_use_gives_out_nothing(lotse: Lotse, words: tuple[str, ...], said: str) -> None:
    """2, a sentence, and no code."""
    done, out, err = lotse(*words)
    assert done == 2
    assert said in err
    assert not SHOWN.search(out + err)


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_the_link_as_a_picture(
    lotse: Lotse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings, suffix: str
) -> None:
    """The link carries the code in a form that the bot recognises, and the picture is one."""
    monkeypatch.setenv("LOTSE_LINK", "https://t.me/lotse_test_bot?start={payload}")
    path = tmp_path / f"code.{suffix}"
    done, out, _ = lotse("rotate", "--place", TOWN, "--qr", str(path))
    assert done == 0
    (link,) = re.findall(r"https://t\.me/lotse_test_bot\?start=(\S+)", out)
    assert staffcode.read(link) == given_out(out)
    assert path.read_bytes().startswith(b"\x89PNG" if suffix == "png" else b"<?xml")


@pytest.mark.slow
async def test_while_the_lotse_runs(lotse: Lotse, settings: Settings) -> None:
    """The writer does it, and goes on; afterwards the books say the same."""
    async with serving(settings):
        done, out, _ = await asyncio.to_thread(lotse, "rotate", "--place", TOWN)
        assert done == 0
        rows = json.loads((await asyncio.to_thread(lotse, "list", "--json"))[1])
        assert [row["place"] for row in rows] == [TOWN]
    assert tenant_of(settings, given_out(out)) == TOWN
