"""`lotse run` in a life of the rig: command line, settings, files, gate and all transports, as an operator has them.

Three things are put in: the clock of the run, adapters that carry the judge's mark, and the snapshot of the playbooks.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot import app, cli
from bot.adapters.matrix_device import Access
from bot.keepsakes import Keepsakes
from bot.settings import Settings
from tests.emulators.telegram import TOKEN
from tests.faults.clock import RunClock
from tests.faults.matrix_door import MarkedMatrix
from tests.faults.telegram_door import TaggedTelegram

if TYPE_CHECKING:
    from tests.faults.life import Order

POKE_EVERY: Final = 0.12
"""Seconds: whoever sets the clock of a run forward lives in another process."""


class ShownClock(RunClock):
    """The clock of the run as `app` has its own. It tells of jumps by telling all the time."""

    ahead: Final = 0

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.jumped: Callable[[], object] = lambda: None
        threading.Thread(target=self._tell, daemon=True).start()

    def set_ahead(self, _seconds: int) -> bool:
        """Refuse, as the real clock does."""
        return False

    def _tell(self) -> None:
        while True:
            time.sleep(POKE_EVERY)
            self.jumped()


def run_whole(order: Order) -> int:
    """Run until the process is killed or told to stop; returns the exit code of `lotse run`."""
    folder = Path(order.folder)
    os.environ.update(environment(order))

    def telegram(settings: Settings, clock: app.Clock, _: Keepsakes) -> TaggedTelegram:
        return TaggedTelegram(settings.telegram_base_url, clock)

    def matrix(settings: Settings, clock: app.Clock, keepsakes: Keepsakes) -> MarkedMatrix:
        password = settings.matrix_password.get_secret_value() if settings.matrix_password else ""
        access = Access(homeserver=settings.matrix_homeserver or "", user=settings.matrix_user or "", password=password)
        return MarkedMatrix(access, settings.data_dir / "matrix", keepsakes, clock)

    put: dict[str, Any] = {
        "RealClock": lambda: ShownClock(folder / "clock"),
        "TRANSPORTS": {"telegram": telegram, "matrix": matrix},
    }
    vars(app).update(put)
    return cli.main(["run"])


def environment(order: Order) -> dict[str, str]:
    """The settings, also for the other commands that are to reach this one."""
    settings = {
        "LOTSE_DATA_DIR": order.folder,
        "LOTSE_KEY_FILE": str(Path(order.folder) / "keys"),
        "LOTSE_PLAYBOOKS": order.playbooks,
        "LOTSE_ALLOW_DRAFTS": "1",
    }
    for account in order.accounts:
        if account.user:
            settings["LOTSE_MATRIX_HOMESERVER"] = account.url
            settings["LOTSE_MATRIX_USER"] = account.user
            settings["LOTSE_MATRIX_PASSWORD"] = account.password
        else:
            settings["LOTSE_TELEGRAM_TOKEN"] = TOKEN
            settings["LOTSE_TELEGRAM_BASE_URL"] = account.url
    return settings
