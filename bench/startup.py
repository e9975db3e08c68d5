"""How long somebody waits for `lotse talk` on a pseudo-terminal, with an empty data folder.

Wanted: the first words within 0.8 s, the open question within 1.5 s. Also the longest imports,
from Python's own `-X importtime`.
"""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROUNDS: Final = 7
FIRST_WORDS: Final = b"110"
"""The header of the talk."""
READY: Final = b"Guten Tag. Ich bin der Lotse"
"""The greeting comes from the ledger: whoever reads it can answer, and is answered."""
PATIENCE: Final = 60.0
LONGEST: Final = 6


def start(folder: Path) -> tuple[float, float]:
    """Start a talk; seconds to the first words and to the question that is open."""
    began = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-m", "bot", "talk", "--data-dir", str(folder)])  # noqa: S606 - itself
    first, seen = 0.0, b""
    try:
        while time.perf_counter() - began < PATIENCE:
            if not select.select([terminal], [], [], 0.1)[0]:
                continue
            seen += os.read(terminal, 65_536)
            if not first and FIRST_WORDS in seen:
                first = time.perf_counter() - began
            if READY in seen:
                return first, time.perf_counter() - began
    finally:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
        os.close(terminal)
    raise SystemExit("the talk did not begin")


def imports() -> list[tuple[str, float]]:
    """The modules of other projects and of ours that take longest to load, in milliseconds, with all they load."""
    command = [sys.executable, "-X", "importtime", "-c", "import bot.app, bot.cli.host"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    rows = re.findall(r"^import time:\s+\d+ \|\s+(\d+) \|\s{1,3}(\S+)$", told, re.MULTILINE)
    ordered = sorted(((name, int(micros) / 1e3) for micros, name in rows), key=lambda row: -row[1])
    return ordered[:LONGEST]


def measure() -> Iterator[dict[str, object]]:
    """Medians of ROUNDS; the first start of all fills Python's caches and is not counted."""
    firsts, readies = [], []
    with tempfile.TemporaryDirectory(prefix="lotse-start-") as folder:
        start(Path(folder) / "warm")
        for number in range(ROUNDS):
            first, ready = start(Path(folder) / f"empty{number}")
            firsts.append(first)
            readies.append(ready)
    yield {
        "figure": "talk",
        "first_words_s": round(statistics.median(firsts), 2),
        "ready_s": round(statistics.median(readies), 2),
    }
    yield {"figure": "imports", "milliseconds": {name: round(took, 1) for name, took in imports()}}
