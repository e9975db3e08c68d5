"""A person's paper as a file: PDF or JSON. The same paper gives the same bytes: a second try sends no other one.

The PDF is drawn when it is sent, and lies nowhere. Signs that the font lacks are shown as a box; the JSON has them all.
"""

from __future__ import annotations

import datetime as dt
import logging
from importlib.resources import as_file, files
from typing import Final

import msgspec

from bot.flows.exchange import File, Paper

_FONT: Final = "Atkinson"
_EDGE: Final = 20.0
_FIRST: Final = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""A fixed moment for the file itself; when the paper was made stands in its text."""


def press(paper: Paper) -> File:
    """Make the file."""
    if paper.form == "json":
        body = {
            "titel": paper.title,
            "erstellt": paper.made,
            "inhalt": [{"titel": entry.title, "text": entry.text} for entry in paper.entries],
            "hinweis": paper.note,
            "sha256": paper.hash,
        }
        return File(f"{paper.name}.json", "application/json", msgspec.json.format(msgspec.json.encode(body), indent=2))
    return File(f"{paper.name}.pdf", "application/pdf", _draw(paper))


def _draw(paper: Paper) -> bytes:
    # Its warnings quote what it cannot draw; and loading it takes a while that most conversations never need.
    logging.getLogger("fpdf").setLevel(logging.CRITICAL)
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    from fpdf import FPDF, XPos, YPos  # noqa: PLC0415 - see above

    pdf = FPDF(unit="mm", format="A4")
    pdf.set_margins(_EDGE, _EDGE, _EDGE)
    pdf.set_auto_page_break(auto=True, margin=_EDGE)
    folder = files("fontpkg_atkinson_hyperlegible") / "files"
    for style, name in (("", "Regular"), ("B", "Bold")):
        with as_file(folder / f"AtkinsonHyperlegible-{name}.ttf") as path:
            pdf.add_font(_FONT, style, str(path))
    pdf.set_title(paper.title)
    pdf.set_creator("KommA-Lotse")
    pdf.set_creation_date(_FIRST)
    pdf.add_page()

    def write(text: str, size: float, *, bold: bool = False, gap: float = 0.0) -> None:
        pdf.set_font(_FONT, "B" if bold else "", size)
        pdf.multi_cell(0, size * 0.5, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        pdf.ln(gap)

    write(paper.title, 20, bold=True, gap=1)
    write(paper.made, 11, gap=5)
    for entry in paper.entries:
        write(entry.title, 12, bold=True, gap=0.5)
        write(entry.text, 12, gap=4)
    pdf.ln(4)
    write(paper.note, 9.5, gap=1)
    write(f"SHA-256: {paper.hash}", 9.5)
    return bytes(pdf.output())
