"""The official register of municipalities: a file GV100AD of the Statistisches Bundesamt, read and judged.

Owns what is taken from its file (lands, districts, inhabited municipalities: key, name, postcode of the town hall,
people) and what makes a file unfit. Records are those of the Datensatzbeschreibung GV100AD, which the Statistisches
Bundesamt puts into the ZIP beside the file: 220 characters, counted in characters, not bytes. 1-2 Satzart (10 land,
40 district, 60 municipality; 20, 30 and 50 have no key of ours), 3-10 Gebietsstand, 11-18 key (municipality 8, district
5, land 2 digits), 19-22 Gemeindeverband, 23-72 name, 73-122 seat of a district, 123-124 Textkennzeichen, 129-139 area,
140-150 people, 151-161 of them male, 166-170 postcode of the town hall, 171-175 five stars when there are others.
The official PDF was not to be had here: these are from three programs that read the official file and agree,
gv100ad-py (whose fields are named EF1 to EF16 as there), the column widths of a script in R for GV100AD_311217.ASC,
and a reader in Rust of all editions since 1993; and from the records of 31.01.2022 in the tests of gv100ad-py, one of
each kind, which ours read (tests/alliance/test_register.py). A whole official file was never read here.

Pure: bytes in, a Register or problems out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
from gv100ad.entities.base_record import BaseRecord
from gv100ad.entities.district import District
from gv100ad.entities.district_type import DistrictType
from gv100ad.entities.federale_state import FederalState
from gv100ad.entities.municipality import Municipality
from gv100ad.entities.municipality_type import MunicipalityType
from gv100ad.reader import GV100ADReader

from bot.alliance.places import Place
from bot.alliance.register import FORMAT, Register
from bot.documents import Problem, quote

LEAST: Final = 10_000
"""Municipalities that a whole file has at least: 10,7xx in 2026, some fifty fewer each year."""
MAX_BYTES: Final = 16 * 1024 * 1024
"""A whole file has 4 MB."""

_RECORDS: Final = frozenset({"10", "20", "30", "40", "50", "60"})
_LANDS: Final = tuple(f"{number:02}" for number in range(1, 17))
_KEY_DIGITS: Final[dict[type[BaseRecord], int]] = {FederalState: 2, District: 5, Municipality: 8}
# Its only municipality is the place that people mean.
_TOWN_DISTRICTS: Final = frozenset({DistrictType.KREISFREIE_STADT, DistrictType.STADTKREIS})
_KINDS: Final = {DistrictType.KREIS: "Kreis", DistrictType.LANDKREIS: "Landkreis"}
# Additions to a name that say only what kind of place it is; "Kirchspiel Garding" is another place than Garding.
_TELLING: Final = frozenset({"Kirchspiel"})
_POSTCODE_DIGITS: Final = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a file: a register, or what is wrong with it."""

    register: Register | None
    problems: tuple[Problem, ...] = ()


def read_register(data: bytes, file: str, *, least: int = LEAST) -> Reading:
    """Read a GV100AD file (UTF-8; older ones of Windows, some of DOS). `file` is its name in the problems."""
    if len(data) > MAX_BYTES:
        what = f"Die Datei ist größer als {MAX_BYTES // 1024 // 1024} MB."
        return Reading(None, (_problem(file, 1, "zu-gross", what, _OTHER_FILE),))
    records, problems = _records(_text(data), file)
    if not records:
        what = "In der Datei steht kein Datensatz."
        return Reading(None, tuple(problems) or (_problem(file, 1, "kein-verzeichnis", what, _OTHER_FILE),))
    problems = sorted([*problems, *_contradictions(records, file)], key=lambda problem: problem.order)
    problems = problems or [*_gaps(records, file, least)]
    if problems:
        return Reading(None, tuple(problems))
    stand = max(record.timestamp for _, record in records)
    return Reading(Register(FORMAT, stand.isoformat(), tuple(_named(_places([record for _, record in records])))))


# --- reading ----------------------------------------------------------------------------------------------------------

_OTHER_FILE: Final = (
    "Gebraucht wird die Textdatei GV100AD aus dem Gemeindeverzeichnis des Statistischen Bundesamtes (destatis.de)."
)
_AGAIN: Final = "Laden Sie die Datei neu herunter; ändern Sie nichts darin."

_Record = tuple[int, BaseRecord]
"""The number of its line, from 1, and what it says."""


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Umlauts tell: ü, ä, ö, ß of the one are rare signs in the other.
        dos, windows = (sum(data.count(byte) for byte in "üäöß".encode(name)) for name in ("cp850", "cp1252"))
        return data.decode("cp850" if dos > windows else "cp1252", errors="replace")


class _Lines:
    """The lines of a text as the reader takes them; knows the number of the last one."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self.number = 0

    def readline(self) -> str:
        """The next line, empty at the end; lines without content are left out."""
        while self.number < len(self._lines):
            self.number += 1
            line = self._lines[self.number - 1]
            if line.strip():
                return line
        return ""

    @property
    def last(self) -> str:
        """The line that was read last."""
        return self._lines[self.number - 1]


def _records(text: str, file: str) -> tuple[list[_Record], list[Problem]]:
    """Every record; a line that is none is a problem, and reading goes on behind it."""
    lines = _Lines(text)
    records: list[_Record] = []
    problems: list[Problem] = []
    while True:
        try:
            for record in GV100ADReader(lines).read():
                records.append((lines.number, record))  # noqa: PERF401 - what was read before an error counts
        except ValueError:
            problems.append(_unreadable(file, lines))
            if not records and len(problems) >= 3:  # noqa: PLR2004 - three lines and none of them right: another file
                what = f"Das ist kein Gemeindeverzeichnis: {quote(lines.last)} ist kein Datensatz."
                return [], [_problem(file, lines.number, "kein-verzeichnis", what, _OTHER_FILE)]
        else:
            return records, problems


def _unreadable(file: str, lines: _Lines) -> Problem:
    kind = lines.last[:2]
    if kind not in _RECORDS:
        what = f"Eine Zeile beginnt mit ihrer Satzart (10 bis 60), nicht mit {quote(kind)}."
        return _problem(file, lines.number, "satzart", what, _AGAIN)
    what = f"Der Datensatz der Satzart {kind} ist nicht vollständig ({len(lines.last)} Zeichen) oder enthält Falsches."
    return _problem(file, lines.number, "datensatz", what, _AGAIN)


def _contradictions(records: Sequence[_Record], file: str) -> Iterator[Problem]:
    """What each record says that cannot be, alone or beside the others."""
    lines: dict[str, int] = {}
    for number, record in records:
        digits = _KEY_DIGITS.get(type(record))
        if digits is None:
            continue
        key = _key(record)
        if not _is_number(key, digits):
            what = f"{quote(key)} ist kein Schlüssel mit {digits} Ziffern."
            yield _problem(file, number, "schluessel", what, _AGAIN, column=11)
            continue
        if not record.name.strip():
            yield _problem(file, number, "name", f"Der Schlüssel {key} hat keinen Namen.", _AGAIN, column=23)
        if key in lines:
            what = f"Den Schlüssel {key} hat schon Zeile {lines[key]}."
            yield _problem(file, number, "doppelt", what, _AGAIN, column=11)
        lines.setdefault(key, number)
        postcode = record.postal_code if isinstance(record, Municipality) else ""
        if postcode and not _is_number(postcode, _POSTCODE_DIGITS):
            what = f"{quote(postcode)} ist keine Postleitzahl."
            yield _problem(file, number, "postleitzahl", what, _AGAIN, column=166)
    for number, record in records:
        key = _key(record)
        district = key[: _KEY_DIGITS[District]]
        if isinstance(record, Municipality) and key in lines and district not in lines:
            what = f"Der Kreis {district}, zu dem {quote(record.name)} gehört, fehlt in der Datei."
            yield _problem(file, number, "kreis-fehlt", what, _AGAIN, column=11)


def _is_number(text: str, digits: int) -> bool:
    return len(text) == digits and text.isdecimal() and text.isascii()


def _gaps(records: Sequence[_Record], file: str, least: int) -> Iterator[Problem]:
    """What a file lacks that was cut off or is an extract."""
    last = max(number for number, _ in records)
    municipalities = [_key(record) for _, record in records if isinstance(record, Municipality)]
    lands = Counter(key[: _KEY_DIGITS[FederalState]] for key in municipalities)
    missing = [land for land in _LANDS if not lands[land]]
    if missing:
        what = f"Es fehlen Gemeinden in {'dem Land' if len(missing) == 1 else 'den Ländern'} {', '.join(missing)}."
        yield _problem(file, last, "unvollstaendig", what, _AGAIN)
    if len(municipalities) < least:
        what = f"Die Datei nennt nur {len(municipalities)} Gemeinden; ganz hat sie mehr als {least}."
        yield _problem(file, last, "unvollstaendig", what, _AGAIN)
    filled = {key[: _KEY_DIGITS[District]] for key in municipalities}
    for number, record in records:
        if isinstance(record, District) and _key(record) not in filled:
            what = f"Zum Kreis {_key(record)} ({record.name}) nennt die Datei keine Gemeinde."
            yield _problem(file, number, "unvollstaendig", what, _AGAIN)


def _problem(file: str, line: int, code: str, what: str, todo: str, *, column: int = 1) -> Problem:
    return Problem(file, line, column, "error", code, what, todo)


def _key(record: BaseRecord) -> str:
    return str(getattr(record, "regional_code", ""))


# --- places -----------------------------------------------------------------------------------------------------------


def _places(records: Iterable[BaseRecord]) -> Iterator[tuple[Place, str]]:
    """Each place, and its name in the register."""
    for record in records:
        key, name = _key(record), record.name.strip()
        match record:
            case FederalState():
                yield Place(key, name), name
            case District() if record.type not in _TOWN_DISTRICTS:
                yield Place(key, _district_name(name, record.type)), name
            case Municipality() if record.type is not MunicipalityType.GEMEINDEFREIES_GEBIET_UNBEWOHNT:
                short, aliases = _town_names(name)
                yield (
                    Place(key, short, aliases, record.postal_code, record.multiple_postal_codes, record.inhabitants),
                    name,
                )
            case _:
                pass


def _district_name(name: str, kind: DistrictType) -> str:
    """As people say it: „Landkreis Augsburg“; „Burgenlandkreis“ says it already."""
    short = name.partition(",")[0]
    if kind not in _KINDS or any(word in short.lower() for word in ("kreis", "region", "verband")):
        return short
    return f"{_KINDS[kind]} {short}"


def _town_names(name: str) -> tuple[str, tuple[str, ...]]:
    """The name without what kind of town it is, and how else it is said: „Lutherstadt Eisleben“."""
    short, _, addition = name.partition(", ")
    if not addition or addition in _TELLING:
        return name, ()
    return short, (f"{addition} {short}",) if addition.endswith(("stadt", "bad")) else ()


def _named(found: Iterable[tuple[Place, str]]) -> Iterator[Place]:
    """Every place with a name that no other has: its own, with its district, or as the register writes it."""
    listed = list(found)
    names = {place.ags: place.name for place, _ in listed}
    twins = Counter(place.name for place, _ in listed if len(place.ags) > _KEY_DIGITS[FederalState])
    within = Counter((place.name, place.ags[: _KEY_DIGITS[District]]) for place, _ in listed)
    for place, official in listed:
        district = place.ags[: _KEY_DIGITS[District]]
        if twins[place.name] < 2 or place.ags == district or district not in names:  # noqa: PLR2004 - twins are two
            yield place
            continue
        own = place.name if within[place.name, district] < 2 else official  # noqa: PLR2004 - the same
        aliases = tuple(dict.fromkeys((place.name, *place.aliases)))
        yield msgspec.structs.replace(place, name=f"{own} ({names[district]})", aliases=aliases)
