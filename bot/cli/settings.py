"""The settings of a command, or what is wrong with them."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings


def load_settings(arguments: argparse.Namespace) -> Settings | None:
    """Return the settings, with what the command line says; None after saying what is wrong (exit code 2)."""
    from bot.settings import SettingsError, read_settings

    try:
        return read_settings(given={"data_dir": getattr(arguments, "data_dir", None)})
    except SettingsError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return None
