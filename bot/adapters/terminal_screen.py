"""How a talk looks: with frames and colours on a terminal, as plain text in a pipe.

Owns: the last step before the screen. Texts are shown as they are: no markup is read in them, and what could steer the
terminal (escape sequences, direction overrides) is taken out here, whoever wrote it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol, TextIO

from bot.adapters import terminal_words as words
from bot.adapters.terminal_wire import Bubble
from bot.flows.exchange import Choice, Expects

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

WIDEST: Final = 76
"""Columns: longer lines are hard to follow with the eye, however wide the window is."""

_STEERING: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]")
_TICK: Final = "✓"
_FRAME: Final = 4
"""Columns of a frame and its padding, both sides."""

_POINT: Final = re.compile(r"(?:[•–-]|\d{1,2}\.) ")

_NUMBERED: Final = ("", "option", "options")
"""Where a bare number is an option's number; elsewhere it is a value, and the options are typed as words."""


def harmless(text: str) -> str:
    """Return the text without control characters (a tab becomes a space); line breaks stay."""
    return _STEERING.sub(lambda found: " " if found[0] == "\t" else "", text)


def lines_of(text: str, choices: Sequence[Choice], expects: Expects) -> list[str]:
    """Return a bubble as lines: its text, then "1 Ja", or "– Weiß ich nicht" where numbers mean something else."""
    lines = [harmless(text)]
    for number, choice in enumerate(choices, 1):
        tick = f"{_TICK} " if choice.ticked else ""
        lines.append(f"{number if expects in _NUMBERED else '–'} {tick}{harmless(choice.label)}")
    return lines


def hang(text: str, width: int) -> str:
    """Return the text in lines of at most `width` columns; the points of a list hang from their bullet or number."""
    lines: list[str] = []
    for line in text.split("\n"):
        point = _POINT.match(line)
        indent = " " * len(point[0]) if point else ""
        wrapped = textwrap.wrap(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        lines += wrapped or [""]
    return "\n".join(lines)


class Screen(Protocol):
    """Where a talk is shown."""

    @property
    def prompt(self) -> str:
        """What stands before the person's own words; empty in a pipe."""

    def first(self, text: str) -> None:
        """Show the first words; must need nothing that takes time to load."""

    def bubble(self, bubble: Bubble) -> None:
        """Show what the Lotse says."""

    def note(self, text: str) -> None:
        """Show what the terminal itself says."""


class Plain:
    """Plain text, wrapped nowhere, an empty line after each bubble: for pipes, screen readers and scripts."""

    prompt: Final = ""

    def __init__(self, out: TextIO, language: str = "de") -> None:
        self._out = out
        self._language = language

    def first(self, text: str) -> None:
        """Show the first words."""
        self._write(text)

    def bubble(self, bubble: Bubble) -> None:
        """Show text, then one line per choice: number, tick, label, hint."""
        text, *options = lines_of(bubble.text, bubble.choices, bubble.expects)
        if bubble.style == "copy":
            text = f"--- {words.say('copy', self._language)} ---\n{text}\n---"
        hints = [f" ({harmless(choice.hint)})" if choice.hint else "" for choice in bubble.choices]
        self._write("\n".join([text, *(option + hint for option, hint in zip(options, hints, strict=True))]))

    def note(self, text: str) -> None:
        """Show the sentence in brackets, so that it cannot be taken for the Lotse's."""
        self._write("\n".join(f"[{line}]" for line in harmless(text).split("\n")))

    def _write(self, text: str) -> None:
        self._out.write(f"{text}\n\n")
        self._out.flush()


class Pretty:
    """Frames and colours; rich is loaded when the first bubble comes."""

    prompt: Final = "› "

    def __init__(self, out: TextIO, language: str = "de") -> None:
        self._out = out
        self._language = language
        self._loaded: Console | None = None

    def first(self, text: str) -> None:
        """Show the first words; they need no rich."""
        self._out.write(f"\n{textwrap.fill(text, WIDEST)}\n\n")
        self._out.flush()

    def load(self) -> None:
        """Load rich ahead of the first bubble, while something else is waited for."""
        _ = self._console

    @property
    def _console(self) -> Console:
        if self._loaded is None:
            from rich.console import Console  # noqa: PLC0415 - the first words do not wait for it

            self._loaded = Console(file=self._out, highlight=False, emoji=False, markup=False, soft_wrap=False)
        return self._loaded

    @property
    def _width(self) -> int:
        return min(WIDEST, self._console.width)

    def bubble(self, bubble: Bubble) -> None:
        """Show a bubble in the frame of its kind, and its choices below it."""
        text = harmless(bubble.text)
        match bubble.style:
            case "copy":
                self._print_to_copy(text)
            case "emergency":
                self._console.print(self._frame(text, "bold", "red", heavy=True))
            case "contact":
                self._console.print(self._card(text))
            case "notice":
                self._console.print(self._frame(text, "", "bright_black"))
            case "plain" | "question":
                self._console.print(self._frame(text, "bold" if bubble.style == "question" else "", "cyan"))
        if bubble.choices:
            self._console.print(self._choices(bubble))
        self._console.print()

    def note(self, text: str) -> None:
        """Show the sentence without a frame, so that it cannot be taken for the Lotse's."""
        from rich.text import Text  # noqa: PLC0415

        self._console.print(Text(harmless(text), style="dim"), width=max(self._width, 100))
        self._console.print()

    def _frame(self, text: str, style: str, border: str, *, heavy: bool = False) -> RenderableType:
        from rich import box  # noqa: PLC0415
        from rich.panel import Panel  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        text = hang(text, self._width - _FRAME)
        longest = max(len(line) for line in text.split("\n"))
        return Panel(
            Text(text, style=style),
            box=box.HEAVY if heavy else box.ROUNDED,
            border_style=border,
            padding=(0, 1),
            width=min(self._width, longest + _FRAME),
        )

    def _card(self, text: str) -> RenderableType:
        """Draw a small card: the name in bold, then how to reach it."""
        from rich import box  # noqa: PLC0415
        from rich.panel import Panel  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        name, *rest = text.split("\n")
        body = Text(name, style="bold")
        if rest:
            body.append("\n" + "\n".join(rest), style="not bold")
        longest = max(len(line) for line in text.split("\n"))
        width = min(self._width, longest + _FRAME)
        return Panel(body, box=box.SQUARE, border_style="green", padding=(0, 1), width=width)

    def _print_to_copy(self, text: str) -> None:
        """Draw rules above and below only: nothing but the text gets marked with the mouse."""
        from rich.text import Text  # noqa: PLC0415

        title = words.say("copy", self._language)
        self._console.print(Text(f"── {title} " + "─" * (self._width - len(title) - 4), style="yellow"))
        # Wrapped by the terminal itself: a line break of ours would get into what is copied.
        self._console.print(Text(text), soft_wrap=True)
        self._console.print(Text("─" * self._width, style="yellow"))

    def _choices(self, bubble: Bubble) -> RenderableType:
        from rich.padding import Padding  # noqa: PLC0415
        from rich.table import Table  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        many = bubble.expects == "options"
        numbered = bubble.expects in _NUMBERED
        grid = Table.grid(padding=(0, 1))
        grid.add_column(justify="right", no_wrap=True)
        if many:
            grid.add_column(no_wrap=True, width=1)
        grid.add_column()
        for number, choice in enumerate(bubble.choices, 1):
            label = Text(harmless(choice.label))
            if choice.hint:
                label.append(f"\n{harmless(choice.hint)}", style="dim")
            tick = [Text(_TICK if choice.ticked else "", style="green bold")] if many else []
            grid.add_row(Text(str(number) if numbered else "–", style="cyan bold"), *tick, label)
        return Padding(grid, (0, 0, 0, 2), expand=False)
