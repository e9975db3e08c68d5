"""The place that a command means by `--place`: a key, a name, a postcode, with typing errors."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.alliance.places import Place, Places

_LAND_DIGITS = 2
# More places than these are no help on a screen.
_FEW = 30


def pick_place(places: Places, words: str, *, tenant: bool = False) -> Place | None:
    """The one place that is meant; None after saying what else it may be. `tenant`: a land is none."""
    from bot.documents import quote

    hits = places.named(words)
    found = [place for place in hits if not (tenant and len(place.ags) == _LAND_DIGITS)]
    if len(found) == 1 and found[0].certain:
        return found[0]
    if found:
        print(f"{quote(words)} ist nicht eindeutig. Ist es hier dabei? Nennen Sie den Schlüssel:", file=sys.stderr)
        for place in found:
            print(f"  {place.ags:<11}  {place.name}", file=sys.stderr)
    elif hits:
        print(f"{hits[0].name} ist ein Land. Nennen Sie eine Kommune oder einen Kreis.", file=sys.stderr)
    else:
        print(f"Einen Ort {quote(words)} kennt der Lotse nicht. Nennen Sie Namen oder Schlüssel.", file=sys.stderr)
        keys = places.keys()
        known = [key for key in keys if len(key) > _LAND_DIGITS]
        if 0 < len(known) <= _FEW:
            print(f"Bekannt sind: {', '.join(map(places.name, known))}.", file=sys.stderr)
            print("Alle anderen Gemeinden kennt er nach „lotse alliance import“.", file=sys.stderr)
    return None
