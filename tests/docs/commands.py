"""The commands that there are: of the command line, and of make."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from functools import lru_cache

from bot.cli import make_parser
from tests.docs.pages import ROOT

PROGRAM = re.compile(r"(?:\.venv/bin/)?lotse$")


@lru_cache(maxsize=1)
def targets() -> frozenset[str]:
    """What make can do."""
    return frozenset(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def parsers() -> dict[str, argparse.ArgumentParser]:
    """Every command, by its words: "" for `lotse` itself, "alliance who" for one within another."""
    return dict(_below("", make_parser()))


def _below(name: str, parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    yield name, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inner in action.choices.items():
                yield from _below(f"{name} {word}".strip(), inner)


def wrong(line: str) -> str:
    """What is wrong with a command line; empty when it can be typed. Words with … stand for anything."""
    words = shlex.split(line)
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        del words[0]
    if not words:
        return ""
    if words[0] == "make":
        unknown = [word for word in words[1:] if "=" not in word and word not in targets()]
        return f"make has no target {unknown[0]}" if unknown else ""
    if PROGRAM.match(words[0]):
        return _wrong_words(words[1:])
    return ""


def _wrong_words(words: list[str]) -> str:
    known = parsers()
    name = ""
    while words and f"{name} {words[0]}".strip() in known:
        name = f"{name} {words.pop(0)}".strip()
    parser = known[name]
    if words and words[0] != "…" and not words[0].startswith("-") and _has_commands(parser):
        return f"lotse has no command {' '.join([name, words[0]]).strip()}"
    options = {option for action in parser._actions for option in action.option_strings}
    unknown = [word for word in words if word.startswith("--") and word.partition("=")[0] not in options]
    return f"lotse {name} has no option {unknown[0]}" if unknown else ""


def _has_commands(parser: argparse.ArgumentParser) -> bool:
    return any(isinstance(action, argparse._SubParsersAction) for action in parser._actions)


def complete(line: str) -> bool:
    """Whether the command line is whole: nothing that it needs is missing."""
    words = shlex.split(line)
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        del words[0]
    if not words or not PROGRAM.match(words[0]) or "…" in line:
        return True
    try:
        make_parser().parse_args(words[1:])
    except SystemExit as end:
        return not end.code
    return True
