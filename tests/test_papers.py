"""From the word to the file: a person in a terminal takes a log and everything stored away with them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECRET = "Er hat vor dem Schalter gebrüllt"


def test_files_lie_where_the_person_is(tmp_path: Path) -> None:
    """The PDF of the log and the JSON of all data, for the person only; in the data folder nothing stands in clear."""
    home, data = tmp_path / "zuhause", tmp_path / "daten"
    home.mkdir()
    lines = ["hallo", "protokoll", SECRET, "auslassen", "auslassen", "auslassen", "nur für mich", "daten als json"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LOTSE_")}
    said = subprocess.run(
        [sys.executable, "-m", "bot", "talk", "--data-dir", str(data)],
        input="\n".join(lines) + "\n",
        cwd=home,
        env={**clean, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    ).stdout
    pdf, whole = sorted(home.iterdir(), key=lambda path: path.suffix, reverse=True)
    assert pdf.name.startswith("vorfallsprotokoll-")
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert (pdf.stat().st_mode & 0o777, whole.stat().st_mode & 0o777) == (0o600, 0o600)
    assert json.loads(whole.read_text(encoding="utf-8"))["titel"] == "Was über Sie gespeichert ist"
    assert f"Die Datei liegt hier: {pdf}" in said
    assert SECRET.encode() not in b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
