"""The register of municipalities as it is kept: what was taken from the official file, and which one is newer.

Pure: bytes in, a Register out, and back. How the official file is read is `registerfile`, where the register lies is
`bot.gazetteer`.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec

from bot.alliance.places import Place

FORMAT: Final = 1
SHRINKS_BY: Final = 0.03
"""More than this share has never gone between two files in use; then the newer one is not whole."""

_MUNICIPALITY: Final = 8


class Register(msgspec.Struct, frozen=True):
    """What was taken from one file. `stand`: the day that its borders are of, ISO."""

    format: int
    stand: str
    places: tuple[Place, ...]

    @property
    def municipalities(self) -> int:
        """How many municipalities it knows."""
        return sum(len(place.ags) == _MUNICIPALITY for place in self.places)

    @property
    def day(self) -> str:
        """The day of its borders as people write it."""
        return dt.date.fromisoformat(self.stand).strftime("%d.%m.%Y")


_decoder = msgspec.json.Decoder(Register)


def dump(register: Register) -> bytes:
    """The register as it is kept: JSON."""
    return msgspec.json.encode(register)


def restore(body: bytes) -> Register:
    """The register from its JSON.

    Raises:
        ValueError: not one that this program wrote.
    """
    register = _decoder.decode(body)
    if register.format != FORMAT:
        raise ValueError("another format")
    return register


def objections(new: Register, old: Register | None) -> list[str]:
    """Why the new one should not replace the old one, in German; empty when it may."""
    said: list[str] = []
    if old is not None and new.stand < old.stand:
        said.append(f"Die Datei ist älter (Stand {new.day}) als das Verzeichnis, das schon da ist (Stand {old.day}).")
    if old is not None and new.municipalities < old.municipalities * (1 - SHRINKS_BY):
        said.append(
            f"Die Datei hat {new.municipalities} Gemeinden, das Verzeichnis, das schon da ist, {old.municipalities}."
        )
    return said
