"""Finding a place among as many as Germany has, and among three times as many: how the time of a search grows.

The names are made up of the parts that German village names are made of, so that they are as alike as real ones.
"""

from __future__ import annotations

import itertools
import random
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Final

from bot.alliance.places import Place, Places
from bot.alliance.register import FORMAT, Register, dump, restore

MUNICIPALITIES: Final = 10_800
ROUNDS: Final = 200

_BEGIN: Final = "Alten Neuen Ober Unter Nieder Hohen Klein Groß Wald Stein Berg Mühl Eichen Birken Linden Buch"
_MIDDLE: Final = "au bach brunn eich el er feld furt gar hain hard hof il im kirch lau mar nord ra see tal ul"
_END: Final = "berg burg dorf feld hagen hausen heim ingen kirchen leben rode roda stadt stedt walde weiler"


def _names(number: int) -> list[str]:
    parts = itertools.product(_BEGIN.split(), _MIDDLE.split(), ("", *_MIDDLE.split()), _END.split())
    return random.Random(1).sample(["".join(some) for some in parts], number)


def _register(number: int) -> Register:
    places = (
        Place(f"{index:08}", name, (), f"{index % 90_000 + 10_000:05}", index % 20 == 0, index)
        for index, name in enumerate(_names(number))
    )
    return Register(FORMAT, "2026-12-31", tuple(places))


def _median(find: Callable[[str], object], words: list[str]) -> float:
    """Milliseconds of one search, the median."""
    taken = []
    for asked in words:
        begun = time.perf_counter()
        find(asked)
        taken.append(time.perf_counter() - begun)
    return round(statistics.median(taken) * 1_000, 4)


def _memory(body: bytes) -> float:
    """MB that the places hold once they are prepared."""
    tracemalloc.start()
    places = Places(restore(body).places)
    places.prepare()
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return round(held / 1024 / 1024, 1)


def measure() -> Iterator[dict[str, object]]:
    """Build and search, with 10,800 municipalities and with three times as many."""
    for number in (MUNICIPALITIES, 3 * MUNICIPALITIES):
        register = _register(number)
        body = dump(register)
        memory = _memory(body)
        begun = time.perf_counter()
        places = Places(restore(body).places)
        read = time.perf_counter() - begun
        begun = time.perf_counter()
        places.prepare()
        prepared = time.perf_counter() - begun
        yield {
            "bench": "places",
            "places": number,
            "file_kb": len(body) // 1024,
            "read_ms": round(read * 1_000, 1),
            "prepare_ms": round(prepared * 1_000, 1),
            "memory_mb": memory,
        }
        some = random.Random(2).sample(register.places, ROUNDS)
        asked = {
            "name": [place.name for place in some],
            "sentence": [f"ich arbeite seit Jahren im Rathaus von {place.name}" for place in some],
            "typo": [f"{place.name[:3]}{place.name[4]}{place.name[3]}{place.name[5:]}" for place in some],
            "beginning": [place.name[:5] for place in some],
            "postcode": [place.postcode for place in some],
            "nothing": ["was weiß denn ich" for _ in some],
        }
        places.find("Xyzabc")  # loads the library that compares
        for kind, words in asked.items():
            yield {"bench": "places", "places": number, "search": kind, "median_ms": _median(places.find, words)}
