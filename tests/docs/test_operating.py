"""What operators read is what the program does: settings, help, files."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from bot.settings import FILE, PREFIX, Settings, read_settings
from tests.docs import commands
from tests.docs.pages import ROOT, Block, all_blocks, rows

OPERATING = ROOT / "docs" / "operating.md"
COMMANDS = ROOT / "docs" / "commands.md"
WIDTH = "96"


def _sections() -> dict[str, str]:
    text = OPERATING.read_text(encoding="utf-8")
    found = re.findall(rf"^### ({PREFIX}\w+)\n\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    return {name.removeprefix(PREFIX).lower(): body for name, body in found}


def test_every_setting_has_its_heading() -> None:
    """Whoever adds a setting writes what it is for; in the order of the program."""
    assert list(_sections()) == list(Settings.model_fields)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_defaults_are_those_of_the_program(name: str) -> None:
    """What is said to be the default is it, and a secret is called one."""
    section, default = _sections()[name], Settings.model_fields[name].default
    said = re.search(r"Default: (.+?)\.\s*$", section, re.DOTALL)
    assert said, "each setting says its default"
    if default is None and name != "key_file":
        assert said[1] == "empty"
    elif default not in (None, PydanticUndefined):
        assert said[1] == f"`{int(default) if isinstance(default, bool) else default}`"
    assert section.startswith("Secret.") is ("SecretStr" in str(Settings.model_fields[name].annotation))


@pytest.mark.parametrize("block", all_blocks("toml lotse"), ids=lambda block: block.name)
def test_settings_files_can_be_read(block: Block, tmp_path: Path) -> None:
    """A `lotse.toml` that is shown is one that the program takes."""
    (tmp_path / FILE).write_text(block.body, encoding="utf-8")
    read_settings({}, folder=tmp_path)


def test_every_command_has_its_help(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of commands holds every command with its help as the program prints it, and nothing else."""
    monkeypatch.setitem(os.environ, "COLUMNS", WIDTH)
    text = COMMANDS.read_text(encoding="utf-8")
    titles = {f"lotse {name}".strip(): parser for name, parser in commands.parsers().items()}
    wanted = text[: text.index("\n## ") + 1] + "\n".join(
        f"## {title}\n\n```text hilfe\n{parser.format_help()}```\n" for title, parser in titles.items()
    )
    if text != wanted and request.config.getoption("--update"):
        COMMANDS.write_text(wanted, encoding="utf-8")
        return
    assert text == wanted, "the help is out of date; `pytest tests/docs --update` writes it anew"


def test_every_event_of_the_log_is_explained() -> None:
    """What an operator can find in the log as a warning or worse is in the table, and nothing else is."""
    said: set[str] = set()
    for path in (ROOT / "bot").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        said |= set(re.findall(r'log\(\)\.(?:warning|error|critical)\(\s*"(\w+)"', source))
    for path in (ROOT / "bot" / "adapters").glob("telegram*.py"):
        # Adapters reach the journal through `logging`, with words of the same kind.
        said |= set(re.findall(r'"(telegram_\w+)"', path.read_text(encoding="utf-8"))) - {"telegram_back"}
    mail = (ROOT / "bot" / "adapters" / "mail.py").read_text(encoding="utf-8")
    said |= set(re.findall(r'"(mail_\w+)"', mail)) - {"mail_back"}
    told = [event for row in rows(OPERATING, "Logs") for event in re.findall(r"`(\w+)`", row[0])]
    assert sorted(told) == sorted(said)
