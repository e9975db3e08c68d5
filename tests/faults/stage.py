"""The playbooks of a run: a copy, so that an edit while the run lasts does not set bot and auditor apart."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from bot.files import Files
from bot.settings import read_settings
from bot.worlds import Worlds

PLAYBOOKS = Path(__file__).parents[2] / "playbooks"


@lru_cache(maxsize=1)
def snapshot() -> Path:
    """The shipped playbooks as they were at the first call; gone with this process."""
    folder = Path(tempfile.mkdtemp(prefix="lotse-faults-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(PLAYBOOKS, folder / "playbooks", symlinks=True)
    return folder / "playbooks"


def worlds_in(folder: Path) -> Worlds:
    """The worlds that these files make; drafts may be shown."""
    return Files(read_settings({"LOTSE_PLAYBOOKS": str(folder), "LOTSE_ALLOW_DRAFTS": "1"}), checked=False).worlds


@lru_cache(maxsize=1)
def stage() -> Worlds:
    """The worlds of this process's snapshot."""
    return worlds_in(snapshot())
