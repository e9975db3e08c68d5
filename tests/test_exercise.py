"""An exercise from its start to its report: marked, faster, on a store of its own of which nothing is left."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot import exercise
from bot.adapters.base import Deliver, Original, Outcome, Sent
from bot.exercise import Course, Desk, Marked, Report, describe
from bot.flows.exchange import Send, Settle, Transport

ROOT = Path(__file__).resolve().parents[1]
ROLES = ("ansprechperson", "vertretung", "koordination")


def environment() -> dict[str, str]:
    """Ours, without settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("LOTSE_")}


@contextmanager
def exercising(data: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """An exercise that runs, with its invitations by role."""
    command = [sys.executable, "-m", "bot", "exercise", "start", "--playbook", "bedrohung", "--place", "Musterstadt",
               "--data-dir", str(data), "--json", *more]  # fmt: skip
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        codes: dict[str, str] = {}
        assert process.stdout is not None
        while len(codes) < len(ROLES):
            line = process.stdout.readline()
            assert line, process.stderr.read() if process.stderr else ""
            found = re.match(r"  (\w+) +(KOORDINATION-\S+)", line)
            if found:
                codes[found[1]] = found[2]
        try:
            yield process, codes
        finally:
            process.kill()


def talk(data: Path, lines: list[str], pause: float = 0.0) -> str:
    """What a terminal of the exercise shows to somebody who types these lines."""
    command = [sys.executable, "-m", "bot", "talk", "--data-dir", str(data / exercise.FOLDER)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        for line in lines:
            process.stdin.write(f"{line}\n")
            process.stdin.flush()
            time.sleep(pause)
        process.stdin.close()
        assert process.stdout is not None
        return process.stdout.read()


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_an_exercise(tmp_path: Path) -> None:
    """Somebody joins, a case comes by itself and is accepted; the report says when, and who was not there."""
    with exercising(tmp_path, "--speed", "600") as (process, codes):
        said = talk(tmp_path, [codes["vertretung"], "fälle", "annehmen", "lesen", "schließen", "geklärt"], pause=3.0)
        first, *bubbles = said.strip().split("\n\n")
        assert "110" in first
        assert "Ein erfundener Fall" in said
        marked = [bubble for bubble in bubbles if bubble.startswith("ÜBUNG · ")]
        assert len(marked) > 5
        process.send_signal(signal.SIGTERM)
        out, problems = process.communicate(timeout=60)
        assert process.returncode == 0, problems
    found = json.loads(out.strip().splitlines()[-1])
    assert (found["place"], found["incident"], found["speed"]) == ("Musterstadt (erfunden)", "bedrohung", 600)
    (case,) = found["cases"]
    assert 0 < case["human"] < found["minutes"]
    assert (case["state"], case["outcome"]) == ("abgeschlossen", "geklaert")
    assert {one["role"]: (one["joined"], one["acted"]) for one in found["desks"]} == {
        "ansprechperson": (0, 0), "vertretung": (1, 1), "koordination": (0, 0),
    }  # fmt: skip
    assert not (tmp_path / exercise.FOLDER).exists()


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_nothing_is_left_of_one_that_died(tmp_path: Path) -> None:
    """The next one begins by deleting it; while one runs there is no other; the real books are never touched."""
    (tmp_path / "lotse.db").write_bytes(b"echt")
    with exercising(tmp_path) as (process, _):
        second = [sys.executable, "-m", "bot", "exercise", "start", "--playbook", "bedrohung", "--place", "00000000",
                  "--data-dir", str(tmp_path)]  # fmt: skip
        refused = subprocess.run(
            second, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=60, check=False
        )
        assert refused.returncode == 3
        assert "läuft schon eine Übung" in refused.stderr
        process.kill()
        process.wait()
    assert (tmp_path / exercise.FOLDER / "lotse.db").exists()
    folder = exercise.prepare(tmp_path)
    assert list(folder.iterdir()) == []
    assert (tmp_path / "lotse.db").read_bytes() == b"echt"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--playbook", "gibtsnicht", "--place", "00000000"), "bedrohung"),
        (("--playbook", "bedrohung", "--place", "Nirgendwo"), "Nirgendwo"),
    ],
)
def test_wrong_use(words: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What there is instead is said."""
    from bot import cli

    assert cli.main(["exercise", "start", "--data-dir", str(tmp_path), *words]) == 2
    assert said in capsys.readouterr().err


def test_the_report_in_words() -> None:
    """Time to the first human, who was asked and did nothing, who was not there, whom the directory misses."""
    found = Report(
        "Musterstadt",
        "bedrohung",
        60,
        400.0,
        (Course("4812 9037", 187.0, 1, "angenommen", ""), Course("1000 0009", None, 3, "gemeldet", "")),
        (
            Desk("ansprechperson", 0, asked=True, acted=0),
            Desk("vertretung", 2, asked=True, acted=0),
            Desk("koordination", 3, asked=True, acted=1),
        ),
        ("Personalrat",),
    )
    text = describe(found)
    assert "erster Mensch nach 3 Std. 7 Min., 1-mal weitergefragt" in text
    assert "niemand hat angenommen" in text
    assert "Ansprechperson: nicht erreichbar" in text
    assert "Vertretung: gefragt, keine Reaktion (2 angemeldet)" in text
    assert "Koordination: 1 von 3 haben gehandelt" in text
    assert "  Personalrat" in text


class _Door:
    """Notes what it is given."""

    name, transport, idempotent, keeps_presses = "t", Transport(name="t"), True, True

    def __init__(self) -> None:
        self.sent: list[Send | Settle] = []

    async def receive(self, cursor: str | None, deliver: Deliver) -> None:
        """Nothing comes."""

    async def send(self, chat: str, delivery_id: str, effect: Send | Settle, original: Original | None) -> Outcome:
        """Note it."""
        self.sent.append(effect)
        return Sent()

    async def forget(self, chat: str, remote_ids: Sequence[str]) -> Outcome:
        """Nothing to forget."""
        return Sent()


@pytest.mark.parametrize("style", ["plain", "question", "emergency", "copy", "contact", "notice"])
def test_nothing_goes_out_without_the_mark(style: str) -> None:
    """Whatever kind of message it is; what is no message stays as it is."""
    door = _Door()
    for effect in (Send(text="110", style=style, urgent=True), Settle(token="t")):  # type: ignore[arg-type]
        assert asyncio.run(Marked(door).send("1", "id", effect, None)) == Sent()
    assert door.sent == [Send(text="ÜBUNG · 110", style=style, urgent=True), Settle(token="t")]  # type: ignore[arg-type]
