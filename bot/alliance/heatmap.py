"""The proof of coverage as a picture: for each incident a week of hours, the darker, the more often nobody is there.

Owns the drawing, as SVG 1.1 without scripts, fonts or links, readable in black and white: the share stands in the title
of each cell, and the shades of one colour differ in lightness alone. Shares are over all places, audiences and required
kinds, and over the year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Final

from bot.alliance.coverage import Proof
from bot.alliance.minutes import HOURS_OF_THE_WEEK

_DAYS: Final = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
# Five shades from white to dark red: nobody missing, then up to a quarter, a half, three quarters, and more.
_SHADES: Final = ("#ffffff", "#fddbc7", "#f4a582", "#d6604d", "#8b1a1a")
_STEPS: Final = (0.0, 0.25, 0.5, 0.75)
_CELL: Final = 18
_LEFT, _TOP, _BLOCK, _WIDTH = 40, 72, 7 * _CELL + 58, 24 * _CELL + 56


def draw(proof: Proof, titles: Mapping[str, str]) -> str:
    """The picture as SVG text. `titles`: of incidents by their ids, German."""
    height = _TOP + len(proof.incidents) * _BLOCK + 8
    span = f"{proof.year.first:%d.%m.%Y} bis {proof.year.last:%d.%m.%Y}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" role="img" font-family="sans-serif" font-size="11">'
        f"<title>Wann niemand erreichbar ist, {span}</title>"
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>'
        f'<text x="8" y="20" font-size="15" font-weight="bold">Wann niemand erreichbar ist</text>'
        f'<text x="8" y="36">Anteil der geforderten Stellen ohne jemanden, {len(proof.places)} Orte, {span}</text>'
    )
    parts = [head, *_legend()]
    shares = missing_by_hour(proof)
    for number, incident in enumerate(proof.incidents):
        parts += _week(titles.get(incident, incident), shares[incident], _TOP + number * _BLOCK)
    return "".join([*parts, "</svg>\n"])


def missing_by_hour(proof: Proof) -> dict[str, tuple[float, ...]]:
    """For each incident and hour of the week (Monday 0:00 first) the share of time that nobody is there; 0 to 1."""
    there_is = proof.year.by_hour_of_the_week(proof.year.every)
    missing = {incident: [0] * HOURS_OF_THE_WEEK for incident in proof.incidents}
    for gap in proof.gaps:
        for hour, minutes in enumerate(proof.by_hour(gap)):
            for incident, cells in gap.cells.items():
                missing[incident][hour] += minutes * cells
    return {
        incident: tuple(
            minutes / (whole * proof.asked[incident]) if whole * proof.asked[incident] else 0.0
            for minutes, whole in zip(hours, there_is, strict=True)
        )
        for incident, hours in missing.items()
    }


def _legend() -> Iterator[str]:
    words = ("nie", "bis ¼", "bis ½", "bis ¾", "mehr")
    for number, (shade, word) in enumerate(zip(_SHADES, words, strict=True)):
        x = 8 + number * 70
        yield f'<rect x="{x}" y="46" width="12" height="12" fill="{shade}" stroke="#999999"/>'
        yield f'<text x="{x + 17}" y="56">{word}</text>'


def _week(title: str, shares: tuple[float, ...], top: int) -> Iterator[str]:
    mean = sum(shares) / len(shares)
    yield f'<text x="8" y="{top + 16}" font-weight="bold">{escape(title)}</text>'
    yield f'<text x="{_LEFT + 24 * _CELL}" y="{top + 16}" text-anchor="end">im Mittel {mean:.0%}</text>'
    for hour in range(0, 24, 6):
        yield f'<text x="{_LEFT + hour * _CELL}" y="{top + 32}">{hour}</text>'
    for day, name in enumerate(_DAYS):
        y = top + 36 + day * _CELL
        yield f'<text x="8" y="{y + 13}">{name}</text>'
        for hour in range(24):
            share = shares[day * 24 + hour]
            yield (
                f'<rect x="{_LEFT + hour * _CELL}" y="{y}" width="{_CELL}" height="{_CELL}" fill="{_shade(share)}" '
                f'stroke="#cccccc"><title>{name} {hour} Uhr: {share:.1%}</title></rect>'
            )


def _shade(share: float) -> str:
    return _SHADES[sum(share > step for step in _STEPS)]
