"""The schemas beside the playbooks, for the editors of coordinators: `lotse schema` writes what the models say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from bot.alliance import schema as alliance
from bot.flows import schema

FOLDER: Final = "schema"
SCHEMAS: Final[Mapping[str, Callable[[], str]]] = {
    "playbook.schema.json": schema.render,
    "alliance.schema.json": alliance.render,
}


def write_schemas(playbooks: Path) -> list[Path]:
    """Write every schema into the folder `schema` below the playbooks; the paths that were written.

    Raises:
        OSError: the folder cannot be written.
    """
    folder = playbooks / FOLDER
    folder.mkdir(exist_ok=True)
    written: list[Path] = []
    for name, render in SCHEMAS.items():
        path = folder / name
        path.write_text(render(), encoding="utf-8")
        written.append(path)
    return written
