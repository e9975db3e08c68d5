"""The report of a year as a picture: a bar for each row, its number beside it.

Owns the drawing, as SVG 1.1 without scripts, fonts or links, readable in black and white. What the report does not say,
the picture does not show.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from bot.cases.report import Report, Table

_WIDTH: Final = 760
_LEFT: Final = 300
_BAR: Final = 380
_LINE: Final = 20
_TOP: Final = 62
_LONGEST: Final = 46


def draw(report: Report) -> str:
    """The picture as SVG text."""
    height = _TOP + sum(len(table.rows) * _LINE + 44 for table in report.tables) + 16
    title = f"Vorgänge {report.year}, {report.of}"
    total = "weniger als fünf" if report.total is None else f"insgesamt {report.total}"
    note = "" if report.final else " · VORSCHAU, nicht zum Veröffentlichen"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" role="img" font-family="sans-serif" font-size="12">'
        f"<title>{escape(title)}</title>"
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>'
        f'<text x="12" y="26" font-size="17" font-weight="bold">{escape(title)}</text>'
        f'<text x="12" y="46">{escape(total + note)}</text>'
    )
    parts = [head]
    y = _TOP
    for table in report.tables:
        parts += _bars(table, y, report.total or 1)
        y += len(table.rows) * _LINE + 44
    return "".join([*parts, "</svg>\n"])


def _bars(table: Table, y: int, total: int) -> Iterator[str]:
    yield f'<text x="12" y="{y + 18}" font-size="14" font-weight="bold">{escape(table.title)}</text>'
    for place, row in enumerate(table.rows):
        top = y + 28 + place * _LINE
        short = row.title if len(row.title) <= _LONGEST else f"{row.title[:_LONGEST].rstrip()}…"
        width = round(row.count / total * _BAR, 1)
        whole = f"<title>{escape(row.title)}</title>"
        yield f'<text x="{_LEFT - 8}" y="{top + 12}" text-anchor="end">{escape(short)}{whole}</text>'
        yield f'<rect x="{_LEFT}" y="{top}" width="{width}" height="{_LINE - 5}" fill="#1f4e79"/>'
        yield f'<text x="{_LEFT + width + 6}" y="{top + 12}">{row.count}</text>'
