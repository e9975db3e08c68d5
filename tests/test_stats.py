"""`lotse stats` on real books: one report a year, and none that could be subtracted from it."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import app, cli
from bot.cases.procedure import State
from bot.flows.exchange import Line, OpenCase
from bot.settings import read_settings
from bot.storage import care as books
from bot.storage import cases, conversations
from bot.storage.accounts import Account
from bot.storage.statements import Statement
from bot.storage.times import stamp

TOWN, OTHER = "00000000", "09761000"
SECRET = "was nur die Person weiß"
LAST = dt.datetime.now(dt.UTC).year - 2
"""A year that is over whenever this runs."""

_count = Statement(sa.select(sa.func.count()).select_from(sa.table("case_record")))


def fill(folder: Path, year: int, counts: dict[tuple[int, str, str], int]) -> None:
    """Cases in the books: so many by month, incident and municipality."""
    with app.open_books(read_settings({}, given={"data_dir": folder})) as (database, ring):
        for (month, incident, place), count in counts.items():
            for _ in range(count):
                with database.transaction() as tx:
                    account = Account(tx, ring, "terminal")
                    index = ring.blind_index("address", f"{year}{month}{incident}{place}")
                    conversations.add(tx, ring, account.id, [(index, "chat")], 0)
                    chat = conversations.find(tx, [index])[index].standing.id
                    number = f"{tx.all(_count)[0][0]:08d}"
                    at = stamp(dt.datetime(year, month, 9, 12, tzinfo=dt.UTC))
                    effect = OpenCase(number=number, incident=incident, place=place, lines=(Line("a", "b", SECRET),))
                    cases.add(tx, ring, chat, effect, at)
                    books.add(tx, number, State.REPORTED, 0, (False, None, None))
                    care = books.find(tx, number)
                    assert care is not None
                    care.human = at + 3_600_000
                    books.write(tx, care)


def lotse(folder: Path, *words: str) -> int:
    """Run it here."""
    return cli.main(["stats", "--data-dir", str(folder), *words])


def test_a_year_is_reported_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text, CSV, picture and data say the same, without content; made again it is the same report."""
    folder = tmp_path / "daten"
    folder.mkdir(mode=0o700)
    fill(folder, LAST, {(1, "bedrohung", TOWN): 8, (6, "bedrohung", TOWN): 9, (6, "doxxing", OTHER): 2})
    out, picture = tmp_path / "jahr.csv", tmp_path / "jahr.svg"
    assert lotse(folder, "--year", str(LAST), "--csv", str(out), "--chart", str(picture)) == 0
    said = capsys.readouterr().out
    assert f"Vorgänge {LAST}, alle Kommunen" in said
    assert "Insgesamt: 19" in said
    rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))
    assert {"tabelle": "insgesamt", "zeile": str(LAST), "spalte": "", "anzahl": "19"} in rows
    assert "Doxxing" not in said
    assert "Höchberg" not in said
    assert not any(SECRET in text for text in (said, out.read_text("utf-8"), picture.read_text("utf-8")))
    fill(folder, LAST, {(6, "doxxing", TOWN): 20})
    assert lotse(folder, "--year", str(LAST)) == 0
    assert capsys.readouterr().out == said


def test_no_second_report_overlaps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All together, or each alone: the one subtracted from the other would be the rest."""
    fill(tmp_path, LAST, {(1, "bedrohung", TOWN): 8, (2, "bedrohung", OTHER): 7})
    assert lotse(tmp_path, "--year", str(LAST), "--place", TOWN) == 0
    assert lotse(tmp_path, "--year", str(LAST), "--place", OTHER) == 0
    assert "Insgesamt: 7" in capsys.readouterr().out
    assert lotse(tmp_path, "--year", str(LAST)) == 1
    assert "ließe sich" in capsys.readouterr().err
    assert lotse(tmp_path, "--year", str(LAST - 1)) == 0
    assert "Weniger als 5" in capsys.readouterr().out
    assert lotse(tmp_path, "--year", str(LAST - 1), "--place", TOWN) == 1


def test_a_running_year_is_a_preview(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It may be looked at as often as one likes, and says that it is not to be published."""
    year = LAST + 2
    fill(tmp_path, year, {(1, "bedrohung", TOWN): 8})
    for words in ([], ["--place", "Musterstadt"]):
        assert lotse(tmp_path, "--year", str(year), "--json", *words) == 0
        found = json.loads(capsys.readouterr().out)
        assert (found["total"], found["final"]) == (8, False)
    assert not (tmp_path / "statistik").exists()


def test_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No books, no such place, no folder to write to: each is said."""
    assert lotse(tmp_path / "nichts") == 3
    fill(tmp_path, LAST, {(1, "bedrohung", TOWN): 8})
    assert lotse(tmp_path, "--place", "Nirgendwo") == 2
    assert lotse(tmp_path, "--csv", str(tmp_path / "fehlt" / "x.csv")) == 2
    assert "nicht zu schreiben" in capsys.readouterr().err
