"""The table of the Lotse's own questions: none is missing, and none takes another one's name."""

import importlib
import pkgutil

import bot.flows
from bot.flows import moving, overlays
from bot.flows.distress import CRISES
from bot.flows.overlay import Overlay


def _rows() -> list[Overlay]:
    """Every row that a file of the engine declares."""
    files = [importlib.import_module(f"bot.flows.{one.name}") for one in pkgutil.iter_modules(bot.flows.__path__)]
    return [row for file in files for row in vars(file).values() if isinstance(row, Overlay)]


def test_every_question_of_its_own_is_in_the_table() -> None:
    """One that is laid over and not in the table could never be answered."""
    rows = {id(row): row.name for row in _rows()}
    assert sorted(rows.values()) == sorted(set(rows.values()))
    assert set(rows.values()) == set(overlays.OVERLAYS)


def test_names_that_are_asked_for_are_in_the_table() -> None:
    """Where a file asks which question lies there, it asks for one that there is."""
    assert {*CRISES, *moving.OVERLAYS} <= set(overlays.OVERLAYS)
