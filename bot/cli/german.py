"""The parser of the command line, in German.

Owns: argparse's own sentences. argparse asks gettext for each of them; no catalogue for German comes with Python, so
the few that an operator can meet are translated here. One that a later Python words differently shows in English.
"""

from __future__ import annotations

import argparse
import sys
from typing import Final, NoReturn

from typing_extensions import override

WRONG_USE: Final = 2

_SENTENCES: Final = {
    "usage: ": "Aufruf: ",
    "options": "Schalter",
    "positional arguments": "Angaben",
    "show this help message and exit": "zeigt diese Hilfe",
    "show program's version number and exit": "zeigt die Version",
    "the following arguments are required: %s": "Es fehlt: %s",
    "unrecognized arguments: %s": "Das kenne ich nicht: %s",
    "expected one argument": "braucht eine Angabe",
    "expected at least one argument": "braucht mindestens eine Angabe",
    "expected at most one argument": "nimmt höchstens eine Angabe",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r gibt es hier nicht; möglich ist: %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r ist hier nicht möglich",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s ist mehrdeutig: %(matches)s",
    "not allowed with argument %s": "geht nicht zusammen mit %s",
}


def _translate(sentence: str) -> str:
    return _SENTENCES.get(sentence, sentence)


# The place where argparse looks its sentences up; `parser.error` and the headings leave no other.
argparse._ = _translate  # type: ignore[attr-defined]


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Puts long names of commands and their help in one column."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=32)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks German and ends with exit code 2 when it was used wrongly."""

    def __init__(self, **settings: object) -> None:
        settings.setdefault("formatter_class", _Formatter)
        # A shortened option would change its meaning when a longer one is added.
        settings.setdefault("allow_abbrev", False)
        super().__init__(**settings)  # type: ignore[arg-type]

    @override
    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to get help."""
        sys.stderr.write(f"{self.prog}: {message}\nHilfe: {self.prog} --help\n")
        raise SystemExit(WRONG_USE)
