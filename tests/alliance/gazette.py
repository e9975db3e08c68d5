"""Makes files as the Statistisches Bundesamt hands them out (GV100AD): records of 220 characters, made-up villages."""

from __future__ import annotations

from collections.abc import Iterator

LANDS = (
    "Schleswig-Holstein", "Hamburg", "Niedersachsen", "Bremen", "Nordrhein-Westfalen", "Hessen", "Rheinland-Pfalz",
    "Baden-Württemberg", "Bayern", "Saarland", "Berlin", "Brandenburg", "Mecklenburg-Vorpommern", "Sachsen",
    "Sachsen-Anhalt", "Thüringen",
)  # fmt: skip
DAY = "20261231"


def record(kind: str, key: str, name: str, *, type_: str = "", day: str = DAY) -> str:
    """A land (10), district (40) or any other record without figures."""
    return f"{kind}{day}{key:<8}    {name:<50}{'':<50}{type_:<2}".ljust(220)


def town(
    key: str, name: str, *, people: int = 0, postcode: str = "", spread: bool = False, type_: str = "64", day: str = DAY
) -> str:
    """A municipality (60)."""
    figures = f"{0:011}{people:011}{0:011}"
    post = f"{postcode:<5}{'*****' if spread else ''}"
    return f"60{day}{key:<8}    {name:<50}{'':<50}{type_:<2}    {figures}    {post}".ljust(220)


def official(*fields: str) -> str:
    """A record of the official file, from its fields: kind and day, key, association, name, seat, type, the rest."""
    widths = (10, 8, 4, 50, 50, 2, 96)
    return "".join(field.ljust(width) for field, width in zip(fields, widths, strict=True))


# Records of the file of 31.01.2022 (Statistisches Bundesamt), as the tests in the source package of gv100ad-py 0.2.0
# have them; a whole file does not come with it.
OFFICIAL = (
    official("1020220131", "01", "", "Schleswig-Holstein", "Kiel", "", ""),
    official("2020220131", "051", "", "Reg.-Bez. Düsseldorf", "Düsseldorf", "", ""),
    official("3020220131", "0822", "", "Region Rhein-Neckar", "Mannheim", "", ""),
    official("4020220131", "08221", "", "Heidelberg, Stadtkreis", "Heidelberg", "42", ""),
    official("5020220131", "08221", "0000", "Heidelberg, Stadt", "", "50", ""),
    official(
        "6020220131",
        "08226013",
        "5001",
        "Eberbach, Stadt",
        "",
        "63",
        "    000000081150000001426700000006914    69412*****  2840130262405277",
    ),
)


def lines(*, villages: int = 1, day: str = DAY) -> Iterator[str]:
    """A small whole register: every land, one district and so many villages in each, and places that are known."""
    for number, land in enumerate(LANDS, start=1):
        key = f"{number:02}"
        yield record("10", key, land, day=day)
        yield record("40", f"{key}999", f"Landstrich {key}", type_="44", day=day)
        for village in range(villages):
            yield town(f"{key}999{village:03}", f"Weiler {key}-{village}", day=day)
    yield from KNOWN


KNOWN = (
    record("20", "097", "Schwaben"),
    record("40", "09761", "Augsburg, Stadt", type_="41"),
    town("09761000", "Augsburg, Stadt", people=301_033, postcode="86150", spread=True, type_="61"),
    record("40", "09772", "Augsburg", type_="44"),
    town("09772125", "Bobingen, St", people=17_000, postcode="86399", type_="63"),
    record("40", "11000", "Berlin, Stadt", type_="41"),
    town("11000000", "Berlin, Stadt", people=3_700_000, postcode="10178", spread=True, type_="61"),
    record("40", "15002", "Halle (Saale), Stadt", type_="41"),
    town("15002000", "Halle (Saale), Stadt", people=240_000, postcode="06108", spread=True, type_="61"),
    record("40", "05754", "Gütersloh", type_="43"),
    town("05754012", "Halle (Westf.), Stadt", people=21_000, postcode="33790", type_="63"),
    record("40", "03255", "Holzminden", type_="44"),
    town("03255016", "Halle", people=1_600, postcode="37620"),
    record("40", "03251", "Diepholz", type_="44"),
    town("03251028", "Neuenkirchen", people=1_000, postcode="27251"),
    record("40", "05566", "Steinfurt", type_="43"),
    town("05566060", "Neuenkirchen", people=14_000, postcode="48485"),
    record("40", "01054", "Nordfriesland", type_="43"),
    record("50", "01054", "Amt Eiderstedt"),
    town("01054035", "Garding, Kirchspiel", people=300, postcode="25836"),
    town("01054036", "Garding, Stadt", people=2_600, postcode="25836", type_="63"),
    record("40", "15087", "Mansfeld-Südharz", type_="44"),
    town("15087130", "Eisleben, Lutherstadt", people=22_000, postcode="06295", type_="63"),
    record("40", "06434", "Hochtaunuskreis", type_="44"),
    town("06434001", "Bad Homburg v. d. Höhe, Stadt", people=55_000, postcode="61348", spread=True, type_="63"),
    record("40", "09374", "Neustadt a.d.Waldnaab", type_="44"),
    town("09374139", "Neustadt a.d.Waldnaab, St", people=5_700, postcode="92660", type_="63"),
    town("09374451", "Manteler Forst", type_="66"),
    record("40", "05382", "Rhein-Sieg-Kreis", type_="43"),
    town("05382056", "Sankt Augustin, Stadt", people=56_000, postcode="53757", type_="63"),
)


def file(*, villages: int = 1, day: str = DAY, encoding: str = "utf-8") -> bytes:
    """The register as a file."""
    return "\r\n".join([*lines(villages=villages, day=day), ""]).encode(encoding)
