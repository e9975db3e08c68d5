"""Opening database and key ring together."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import open_books
from bot.keys import KeyFileError
from bot.settings import read_settings


def test_a_lost_key_file_is_not_replaced(tmp_path: Path) -> None:
    """Books whose keys are gone are refused with a cure, and no new key file makes it look as if all were well."""
    settings = read_settings({}, folder=tmp_path, given={"data_dir": tmp_path})
    with open_books(settings):
        pass
    settings.key_path.unlink()
    with pytest.raises(KeyFileError, match="Die Schlüsseldatei fehlt"), open_books(settings):
        pass
    assert not settings.key_path.exists()
