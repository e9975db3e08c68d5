"""How a terminal gets to a writer."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import host
from bot.settings import read_settings


@pytest.mark.slow
def test_a_slow_start_is_no_other_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine this process may need longer to become the writer than it would wait for another one."""
    monkeypatch.setattr(host, "PATIENCE", 0.05)
    mine = host.Host(read_settings(given={"data_dir": tmp_path / "data"}))
    try:
        mine.reach().close()
    finally:
        mine.close()
