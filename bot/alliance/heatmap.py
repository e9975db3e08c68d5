"""The proof of coverage as a picture: for each incident a week of hours, the darker, the more often nobody is there.

Owns the drawing, as SVG 1.1 without scripts, fonts or links, readable in black and white: the share stands in the title
of each cell, and the shades grow darker all the way. Shares are over all places, audiences and required
kinds, and over the year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Final

from bot.alliance.coverage import Proof
from bot.alliance.minutes import HOURS_OF_THE_WEEK, Minutes

_DAYS: Final = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
# From nobody missing to nobody there, at even steps of the share; between them the colour is between theirs.
_SHADES: Final = ((255, 255, 255), (253, 219, 199), (244, 165, 130), (196, 70, 60), (92, 10, 24))
_CELL: Final = 14
_LEFT, _TOP, _BLOCK, _WIDTH = 32, 76, 7 * _CELL + 56, 24 * _CELL + 56
# So that all incidents of the programme fit on one page.
_COLUMNS: Final = 3
# Letters of a title beside which there is room for the share.
_LONGEST: Final = 44


def draw(proof: Proof, titles: Mapping[str, str]) -> str:
    """The picture as SVG text. `titles`: of incidents by their ids, German."""
    columns = max(min(_COLUMNS, len(proof.incidents)), 1)
    width, height = columns * _WIDTH + 8, _TOP + -(-len(proof.incidents) // columns) * _BLOCK + 8
    span = f"{proof.year.first:%d.%m.%Y} bis {proof.year.last:%d.%m.%Y}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family="sans-serif" font-size="11">'
        f"<title>Wann niemand erreichbar ist, {span}</title>"
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
        f'<text x="8" y="20" font-size="15" font-weight="bold">Wann niemand erreichbar ist</text>'
        f'<text x="8" y="36">Anteil der geforderten Stellen ohne jemanden, {len(proof.places)} Orte, {span}</text>'
    )
    parts = [head, *_legend()]
    shares = missing_by_hour(proof)
    for number, incident in enumerate(proof.incidents):
        row, column = divmod(number, columns)
        block = "".join(_week(titles.get(incident, incident), shares[incident]))
        parts.append(f'<g transform="translate({column * _WIDTH} {_TOP + row * _BLOCK})">{block}</g>')
    return "".join([*parts, "</svg>\n"])


def missing_by_hour(proof: Proof) -> dict[str, tuple[float, ...]]:
    """For each incident and hour of the week (Monday 0:00 first) the share of time that nobody is there; 0 to 1."""
    there_is = proof.year.by_hour_of_the_week([proof.year.every])
    # Most gaps reach as far as many others: those are one.
    alike: dict[tuple[tuple[str, int], ...], list[Minutes]] = {}
    for gap in proof.gaps:
        alike.setdefault(tuple(gap.cells.items()), []).append(gap.missing)
    missing = {incident: [0] * HOURS_OF_THE_WEEK for incident in proof.incidents}
    for cells, gaps in alike.items():
        for hour, minutes in enumerate(proof.year.by_hour_of_the_week(gaps)):
            for incident, number in cells:
                missing[incident][hour] += minutes * number
    return {
        incident: tuple(
            minutes / (whole * proof.asked[incident]) if whole * proof.asked[incident] else 0.0
            for minutes, whole in zip(hours, there_is, strict=True)
        )
        for incident, hours in missing.items()
    }


def _legend() -> Iterator[str]:
    words = ("immer jemand", "ein Viertel fehlt", "die Hälfte", "drei Viertel", "niemand da")
    for number, word in enumerate(words):
        x = 8 + number * 112
        shade = _shade(number / (len(words) - 1))
        yield f'<rect x="{x}" y="46" width="12" height="12" fill="{shade}" stroke="#999999"/>'
        yield f'<text x="{x + 17}" y="56">{word}</text>'


def _week(title: str, shares: tuple[float, ...]) -> Iterator[str]:
    mean = sum(shares) / len(shares)
    short = title if len(title) <= _LONGEST else f"{title[:_LONGEST].rstrip()}…"
    yield f'<text x="8" y="16" font-weight="bold">{escape(short)}<title>{escape(title)}</title></text>'
    yield f'<text x="{_LEFT + 24 * _CELL}" y="16" text-anchor="end">{round(mean * 100)} %</text>'
    for hour in (*range(0, 24, 6), 24):
        yield f'<text x="{_LEFT + hour * _CELL}" y="32" text-anchor="middle">{hour}</text>'
    for day, name in enumerate(_DAYS):
        y = 36 + day * _CELL
        yield f'<text x="8" y="{y + 11}">{name}</text>'
        for hour in range(24):
            share = shares[day * 24 + hour]
            yield (
                f'<rect x="{_LEFT + hour * _CELL}" y="{y}" width="{_CELL}" height="{_CELL}" fill="{_shade(share)}" '
                f'stroke="#cccccc"><title>{name} {hour} Uhr: {_percent(share)}</title></rect>'
            )


def _shade(share: float) -> str:
    step = min(int(share * (len(_SHADES) - 1)), len(_SHADES) - 2)
    part = share * (len(_SHADES) - 1) - step
    mixed = (round(low + (high - low) * part) for low, high in zip(_SHADES[step], _SHADES[step + 1], strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %".replace(".", ",")
