"""The schemas beside the playbooks, for the editors of coordinators: `lotse schema` writes what the models say."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bot.alliance import schema as alliance
from bot.flows import schema
from bot.flows.loading import load
from bot.shelf import read_folder

FOLDER: Final = "schema"


def write_schemas(playbooks: Path) -> list[Path]:
    """Write every schema into the folder `schema` below the playbooks; the paths that were written.

    Contacts may name the incidents of these playbooks.

    Raises:
        OSError: the folder cannot be written.
    """
    folder = playbooks / FOLDER
    folder.mkdir(exist_ok=True)
    incidents = {incident for one in load(read_folder(playbooks)).playbooks.values() for incident in one.incidents}
    bodies = {"playbook.schema.json": schema.render(), "alliance.schema.json": alliance.render(incidents)}
    for name, body in bodies.items():
        (folder / name).write_text(body, encoding="utf-8")
    return [folder / name for name in bodies]
