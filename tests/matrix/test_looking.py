"""What `lotse doctor` sees of Matrix: before the first start, signed, with strangers' keys, logged out, away."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot import app
from bot.adapters.matrix_device import Access, Device
from bot.cli import doctor
from bot.doctor import Finding
from bot.settings import Settings, read_settings
from bot.storage.accounts import Account
from tests.matrix.desk import Books
from tests.synapse import SynapseServer

pytestmark = [pytest.mark.synapse, pytest.mark.slow]


class _InBooks:
    """The keepsakes in the ledger's database, without the ledger."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def read(self, name: str) -> bytes | None:
        """As the keepsakes."""
        with app.open_books(self._settings) as (database, ring), database.transaction() as tx:
            return Account(tx, ring, "matrix").recall(tx, name)

    async def write(self, name: str, value: bytes) -> None:
        """As the keepsakes."""
        with app.open_books(self._settings) as (database, ring), database.transaction() as tx:
            Account(tx, ring, "matrix").keep(tx, name, value)

    def key(self, purpose: str) -> bytes:
        """As the keepsakes."""
        with app.open_books(self._settings) as (_, ring):
            return ring.derive(purpose)


async def _look(settings: Settings) -> Finding:
    return await asyncio.to_thread(doctor._matrix, settings)


async def _begin(settings: Settings, access: Access, folder: Path) -> None:
    """The first moments of `lotse run`."""
    device = Device(access, folder, _InBooks(settings))
    await device.open()
    await device.close()


async def test_the_state_of_signing_is_shown(access: Access, synapse: SynapseServer, tmp_path: Path) -> None:
    """One sentence each, and what to do; nothing is changed by looking."""
    environment = {
        "LOTSE_MATRIX_HOMESERVER": access.homeserver,
        "LOTSE_MATRIX_USER": access.user,
        "LOTSE_MATRIX_PASSWORD": access.password,
        "LOTSE_DATA_DIR": str(tmp_path / "daten"),
    }
    settings = read_settings(environment, folder=tmp_path)
    assert "beim ersten" in (await _look(settings)).what
    settings.data_dir.mkdir(mode=0o700)
    await _begin(settings, access, tmp_path / "matrix")
    found = await _look(settings)
    assert found.state == "gut"
    assert "ist vom Konto signiert" in found.what
    away = read_settings(environment | {"LOTSE_MATRIX_HOMESERVER": "http://127.0.0.1:9"}, folder=tmp_path)
    assert "nicht zu erreichen" in (await _look(away)).what
    # Somebody logs in with the account and makes keys of their own.
    other = Device(access, tmp_path / "other", Books())
    await other.open()
    await other.close()
    found = await _look(settings)
    assert found.state == "fehler"
    assert "andere Signaturschlüssel" in found.what
    await _begin(settings, access, tmp_path / "matrix")
    found = await _look(settings)
    assert found.state == "hinweis", found
    assert "ist vom Konto signiert" in found.what
    assert "1 weitere Geräte" in found.what
    token = await asyncio.to_thread(synapse.log_in, access.user, access.password)
    await asyncio.to_thread(synapse.call, "POST", "/_matrix/client/v3/logout/all", {}, token)
    assert "gilt nicht mehr" in (await _look(settings)).what
