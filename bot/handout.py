"""The handout as PDF: one page A4, to be hung up; drawn with fpdf2, the QR code with segno, both without a network.

Owns the drawing. What stands on it is `bot.alliance.handout`. The emergency numbers are read from two metres: their
digits are 28 mm high (DIN 1450 asks for 7 mm there). What does not fit at its size is set smaller, down to three
quarters; entries that do not even fit then are left out from the end, which is said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from importlib.resources import as_file, files
from typing import Final, NamedTuple

import segno
from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos

from bot.alliance.handout import Entry, Handout, Named

# Millimetres.
WIDTH: Final = 210.0
HEIGHT: Final = 297.0
_EDGE: Final = 12.0
_INNER: Final = WIDTH - 2 * _EDGE
_BOX: Final = 58.0
_FOOT: Final = 43.0
_LEFT: Final = 72.0
_GAP: Final = 2.0

_FONT: Final = "Atkinson"
_RED: Final = (150, 12, 22)
_BLACK: Final = (20, 20, 20)
_GREY: Final = (95, 95, 95)
_WHITE: Final = (255, 255, 255)
_PALE: Final = (246, 238, 236)

_DRAFT: Final = "Entwurf: von niemandem nachgeprüft."

_SIZES: Final = (1.0, 0.94, 0.88, 0.82, 0.76)


class Page(NamedTuple):
    """The page as PDF, and how many subjects found no room on it: the last ones."""

    pdf: bytes
    left_out: int


def draw(handout: Handout) -> Page:
    """Draw the page."""
    pdf = _Sheet(handout)
    pdf.draw_emergency()
    pdf.draw_title()
    pdf.draw_entries()
    pdf.draw_foot()
    return Page(bytes(pdf.output()), pdf.left_out)


class _Sheet(FPDF):
    """One page; the cursor is moved by hand."""

    def __init__(self, handout: Handout) -> None:
        super().__init__(unit="mm", format="A4")
        self._handout = handout
        self.left_out = 0
        self.set_auto_page_break(auto=False)
        self.set_margin(0)
        self.c_margin = 0
        folder = files("fontpkg_atkinson_hyperlegible") / "files"
        for style, name in (("", "Regular"), ("B", "Bold")):
            with as_file(folder / f"AtkinsonHyperlegible-{name}.ttf") as path:
                self.add_font(_FONT, style, str(path))
        self.set_title(f"Wen Sie anrufen: {handout.place}")
        self.set_lang("de-DE")
        self.set_creator("KommA-Lotse")
        self.set_creation_date(dt.datetime.combine(handout.day, dt.time(), dt.UTC))
        self.add_page()

    # --- text

    def _write(  # noqa: PLR0913 - where, how wide, what and how
        self, x: float, y: float, width: float, text: str, size: float, *, bold: bool = False,
        colour: tuple[int, int, int] = _BLACK, align: str = "L", dry: bool = False,
    ) -> float:  # fmt: skip
        """Set text from `x`, `y` within `width`; return its height."""
        self.set_font(_FONT, "B" if bold else "", size)
        self.set_text_color(*colour)
        self.set_xy(x, y)
        height = self.multi_cell(
            width, size * 0.42, text, align=align, new_x=XPos.LEFT, new_y=YPos.NEXT, dry_run=dry,
            output=MethodReturnValue.HEIGHT,
        )  # fmt: skip
        return float(height)  # type: ignore[arg-type]

    # --- parts

    def draw_emergency(self) -> None:
        """110 and 112, white on red over the whole width."""
        self.set_fill_color(*_RED)
        self.rect(0, 0, WIDTH, _BOX, style="F")
        half = WIDTH / 2
        for x, number, title, simple in (
            (0.0, "110", "In Gefahr", "Jemand bedroht Sie oder tut Ihnen weh."),
            (half, "112", "Verletzt · Feuer · Suizidgedanken", "Jemand ist verletzt oder will nicht mehr leben."),
        ):
            self._write(x, 4.5, half, title, 16, bold=True, colour=_WHITE, align="C")
            # One of the fonts that every reader of PDF has: its zero has no stroke through it.
            self.set_font("helvetica", "B", 110)
            self.set_text_color(*_WHITE)
            self.set_xy(x, 11.0)
            self.cell(half, 38, number, align="C")
            self._write(x, 49, half, simple, 13, colour=_WHITE, align="C")
        self.set_draw_color(*_WHITE)
        self.set_line_width(0.6)
        self.line(half, 7, half, _BOX - 7)

    def draw_title(self) -> None:
        """What the sheet is about, and for where."""
        y = _BOX + 4
        y += self._write(_EDGE, y, _INNER, "Hass, Drohung, Angriff: wen Sie anrufen", 22, bold=True)
        y += self._write(
            _EDGE, y + 0.5, _INNER, f"Für alle, die hier arbeiten oder ein Amt haben · {self._handout.place}", 12.5
        )
        self._top = y + 2.5

    def draw_entries(self) -> None:
        """All entries at the largest size at which they fit."""
        room = HEIGHT - _FOOT - self._top
        entries = list(self._handout.entries)
        while True:
            for size in _SIZES:
                heights = [self._entry(entry, 0, size, dry=True) for entry in entries]
                if sum(heights) <= room:
                    self._draw_all(entries, heights, size, room)
                    return
            entries.pop()
            self.left_out += 1

    def _draw_all(self, entries: Sequence[Entry], heights: Sequence[float], size: float, room: float) -> None:
        spread = min((room - sum(heights)) / max(len(entries), 1), 5.0)
        y = self._top
        for index, (entry, height) in enumerate(zip(entries, heights, strict=True)):
            if index % 2 == 0:
                self.set_fill_color(*_PALE)
                self.rect(0, y, WIDTH, height + spread, style="F")
            self._entry(entry, y + spread / 2, size, dry=False)
            y += height + spread

    def _entry(self, entry: Entry, y: float, size: float, *, dry: bool) -> float:
        """One subject on the left, who is there for it on the right; return its height."""
        # Where the letters are small, space is the first to go.
        gap = _GAP * size**3
        left = y + gap
        left += self._write(_EDGE, left, _LEFT - 4, entry.subject.title, 14 * size, bold=True, dry=dry)
        left += self._write(_EDGE, left, _LEFT - 4, entry.subject.simple, 11.5 * size, colour=_GREY, dry=dry)
        right = self._contact(entry.first, y + gap, size, dry=dry)
        if entry.later is not None and any(entry.later.id == one.first.id for one in self._above(entry)):
            again = f"Wenn dort zu ist: {entry.later.name}, siehe oben"
            right += 1 + self._write(_EDGE + _LEFT, right + 1, _INNER - _LEFT, again, 11.5 * size, dry=dry)
        elif entry.later is not None:
            right = self._contact(entry.later, right + 1, size, dry=dry, lead="Wenn dort zu ist: ")
        return max(left, right) + gap - y

    def _above(self, entry: Entry) -> Sequence[Entry]:
        entries = self._handout.entries
        return entries[: entries.index(entry)]

    def _contact(self, one: Named, y: float, size: float, *, dry: bool, lead: str = "") -> float:
        """A name, its number, its hours; return where it ends."""
        x, width = _EDGE + _LEFT, _INNER - _LEFT
        number, others = one.reach[0], one.reach[1:2]
        y += self._write(x, y, width, lead + one.name, 11.5 * size, dry=dry)
        beside = None if one.checked else self._beside(x, y, width, number, size)
        y += self._write(x, y, width, number, 17 * size, bold=True, dry=dry)
        if beside is not None:
            self._write(*beside, _DRAFT, 9.5 * size, bold=True, colour=_RED, dry=dry)
        about = [*others, *([one.hours] if one.hours else ["Zeiten unbekannt"])]
        y += self._write(x, y, width, " · ".join(about), 10.5 * size, colour=_GREY, dry=dry)
        if not one.checked and beside is None:
            y += self._write(x, y, width, _DRAFT, 9.5 * size, bold=True, colour=_RED, dry=dry)
        return y

    def _beside(self, x: float, y: float, width: float, number: str, size: float) -> tuple[float, float, float] | None:
        """Where there is room beside a number for the word that it is a draft: left, top, width."""
        self.set_font(_FONT, "B", 17 * size)
        left = self.get_string_width(number) + 4
        self.set_font(_FONT, "B", 9.5 * size)
        needed = self.get_string_width(_DRAFT) + 1
        # On the line of the number, whose letters are larger.
        return (x + left, y + (17 - 9.5) * size * 0.34, needed) if left + needed <= width else None

    def draw_foot(self) -> None:
        """The QR code and what it leads to; of which day the sheet is."""
        y = HEIGHT - _FOOT + 4
        self.set_draw_color(*_RED)
        self.set_line_width(0.8)
        self.line(_EDGE, y - 2.5, WIDTH - _EDGE, y - 2.5)
        x = _EDGE
        if self._handout.link:
            side = 31.0
            self._draw_code(self._handout.link, x, y, side)
            x += side + 5
            width = WIDTH - _EDGE - x
            at = y + 1
            at += self._write(x, at, width, "Der Lotse hilft Ihnen Schritt für Schritt, auch nachts.", 14, bold=True)
            at += self._write(
                x, at + 1, width, "Ein Programm, kein Mensch und kein Notruf. Es fragt nicht nach Ihrem Namen.", 11
            )
            self._write(
                x, at + 2, width, "Einfach: Machen Sie mit dem Handy ein Bild von dem Zeichen. Dann hilft der Lotse.",
                11, colour=_GREY,
            )  # fmt: skip
        day = f"Stand {self._handout.day:%d.%m.%Y}"
        more = " · Weitere Stellen nennt der Lotse" if self.left_out else ""
        draft = " · ENTWURF, nicht zum Aushängen" if self._handout.is_draft else ""
        self._write(
            x, HEIGHT - 9, WIDTH - _EDGE - x, day + more + draft, 9.5, bold=bool(draft), colour=_RED if draft else _GREY
        )

    def _draw_code(self, link: str, x: float, y: float, side: float) -> None:
        """The QR code (ISO/IEC 18004) as squares, with the four modules of quiet around it that the paper gives."""
        rows = segno.make(link, error="m", micro=False).matrix
        step = side / len(rows)
        self.set_fill_color(*_BLACK)
        for down, row in enumerate(rows):
            for right, dark in enumerate(row):
                if dark:
                    # A hair more than a module, so that no white line shows between two.
                    self.rect(x + right * step, y + down * step, step * 1.02, step * 1.02, style="F")
