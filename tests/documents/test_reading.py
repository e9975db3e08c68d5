"""Files are read as what was typed, dangerous ones are refused with a cure, and every place is known."""

from __future__ import annotations

import pytest

from bot.documents import MAX_BYTES, Problem, read


def value_of(text: str) -> object:
    """What a file says, and that nothing is wrong with it."""
    document, problems = read(text.encode(), "a.yaml")
    assert problems == []
    assert document is not None
    return document.value


# --- plain scalars ----------------------------------------------------------------------------------------------------

TYPED = [
    *("no", "No", "on", "off", "yes", "y", "n", "true", "null", "~"),
    *("10:30", "08:00", "0123", "0o17", "0x1f", "1_000", "1e3", "1.0", "+49", ".inf", "12.3.", "=", "<<"),
    *("2027-02-21", "2027-02-21T10:00:00Z", "0800 111 0 111"),
]


@pytest.mark.parametrize("typed", TYPED)
def test_plain_scalar_stays_what_was_typed(typed: str) -> None:
    """YAML 1.1 turns these into switches, times, octal numbers and dates; here they are words."""
    assert value_of(f"a: {typed}\n{typed if typed not in ('=', '<<') else 'b'}: c") == {
        "a": typed,
        typed if typed not in ("=", "<<") else "b": "c",
    }


def test_nothing_is_an_empty_text() -> None:
    """A key without a value is there, and empty."""
    assert value_of("a:\nb: ''\nc: x") == {"a": "", "b": "", "c": "x"}


def test_texts_of_all_styles() -> None:
    """Plain, quoted, folded and literal texts; a byte order mark is no text."""
    text = "\ufeffa: eins\n  zwei\nb: 'drei'\nc: \"vi\\u0065r\"\nd: |-\n  fünf\n  sechs\ne: >-\n  sieben\n  acht\n"
    assert value_of(text) == {"a": "eins zwei", "b": "drei", "c": "vier", "d": "fünf\nsechs", "e": "sieben acht"}


# --- refused ----------------------------------------------------------------------------------------------------------

REFUSED = [
    ("alias", "a: &x y\nb: *x", [(1, 4, "anker"), (2, 4, "verweis")]),
    ("merge of an alias", "a: &x {b: c}\nd: {<<: *x}", [(1, 4, "anker"), (2, 9, "verweis")]),
    ("double key", "a: 1\nb: 2\na: 3", [(3, 1, "doppelter-schluessel")]),
    (
        "double key inside of a double key",
        "a: {x: 1}\na: {y: 1, y: 2}",
        [(2, 1, "doppelter-schluessel"), (2, 11, "doppelter-schluessel")],
    ),
    ("tag", "a: !!python/object/apply:os.system [ls]", [(1, 4, "typangabe")]),
    ("tag of one's own", "a: !x y", [(1, 4, "typangabe")]),
    ("tag that is agreed on", "%TAG ! tag:x:\n---\na: b", [(1, 1, "typangabe")]),
    ("two documents", "a: 1\n---\nb: 2", [(2, 1, "mehrere-dokumente")]),
    ("list as a key", "a: 1\n? [b]\n: c", [(2, 3, "schluessel")]),
    ("tab as indentation", "a:\n\tb: c\n\td: e", [(2, 1, "tabulator-einrueckung"), (3, 1, "tabulator-einrueckung")]),
    ("tab in a text", "a: b\tc", [(1, 5, "tabulator")]),
    ("NUL", "a: b\0c", [(1, 5, "steuerzeichen")]),
    ("escape", "a: \x1b[31m", [(1, 4, "steuerzeichen")]),
    ("text that turns around", "a: b\u202ec", [(1, 5, "steuerzeichen")]),
    ("line end of its own kind", "a: b\u2028c", [(1, 5, "steuerzeichen")]),
    ("nothing", "", [(1, 1, "leer")]),
    ("remarks only", "# nichts\n", [(1, 1, "leer")]),
    ("text lost to a remark", "a: Kanal #notruf hilft", [(1, 4, "text-abgeschnitten")]),
    # --- where reading has to stop
    ("colon in a text", "a: Achtung: heiß", [(1, 11, "doppelpunkt")]),
    ("quotation mark not closed", 'b: 1\na: "x\nc: y', [(2, 4, "anfuehrungszeichen")]),
    ("bracket not closed", "a: 1\nb: [c,\nd: e", [(2, 4, "klammer")]),
    ("at sign", "a: @x", [(1, 4, "zeichen-am-anfang")]),
    ("percent sign", "a: %x", [(1, 4, "zeichen-am-anfang")]),
    ("Markdown", "a: **fett** und mehr", [(1, 5, "stern")]),
    ("ampersand", "a: & Co", [(1, 5, "und-zeichen")]),
    ("indentation", "a:\n  b: 1\n c: 2", [(3, 2, "einrueckung")]),
    ("text behind a quotation", 'a: "b" c', [(1, 8, "einrueckung")]),
    ("list out of line", "a:\n  - b\n - c", [(3, 2, "einrueckung")]),
    ("key without a colon", "a: b\nc\nd: e", [(3, 1, "doppelpunkt-fehlt")]),
    ("dash behind a colon", "a: - b", [(1, 4, "strich")]),
    ("text behind a bar", "a: |x\n  y", [(1, 5, "blocktext")]),
    ("backslash", 'a: "\\q"', [(1, 5, "rueckstrich")]),
    ("exclamation mark", "a: !<", [(1, 6, "typangabe")]),
]


@pytest.mark.parametrize(("text", "wanted"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused_at_its_place(text: str, wanted: list[tuple[int, int, str]]) -> None:
    """Line, column and code of everything that is refused, in one run."""
    _document, problems = read(text.encode(), "a.yaml")
    assert [(problem.line, problem.column, problem.code) for problem in problems] == wanted


@pytest.mark.parametrize(("text", "wanted"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refusal_says_what_to_do(text: str, wanted: object) -> None:
    """Two whole German sentences, and the line that an editor understands."""
    for problem in read(text.encode(), "ordner/a.yaml")[1]:
        assert problem.what.endswith(".")
        assert problem.todo.endswith(".")
        assert str(problem).startswith(f"ordner/a.yaml:{problem.line}:{problem.column}: error {problem.code}: ")


def test_invalid_utf8() -> None:
    """Latin-1 is shown at its place."""
    (problem,) = read("a: b\nc: Grüße".encode("latin-1"), "a.yaml")[1]
    assert (problem.line, problem.column, problem.code) == (2, 6, "kein-utf8")


def test_same_mistake_in_every_line_is_not_said_for_ever() -> None:
    """A file full of tabs gives a screen of problems, not a book."""
    assert len(read(b"a: b\n\tc: d\n" * 5_000, "a.yaml")[1]) == 20


# --- bombs ------------------------------------------------------------------------------------------------------------

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join(f'*{before}' for _ in range(9))}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_aliases_do_not_multiply() -> None:
    """The bomb of a billion laughs is read once, and every fuse is shown."""
    document, problems = read(BOMB.encode(), "a.yaml")
    assert {problem.code for problem in problems} == {"anker", "verweis"}
    assert document is not None
    assert isinstance(document.value, dict)
    assert sum(len(part) for part in document.value.values()) < 100


@pytest.mark.parametrize(
    "text", ["[" * 3_000, "a: " + "{a: " * 3_000, "".join(f"{' ' * i}a:\n" for i in range(600)), "- " * 3_000]
)
def test_depth_is_refused(text: str) -> None:
    """Three thousand levels are no reason for a RecursionError."""
    document, problems = read(text.encode(), "a.yaml")
    assert document is None
    assert [problem.code for problem in problems] == ["zu-tief"]


def test_huge_file_is_refused_by_its_size() -> None:
    """A file of 100,000 steps is refused before anything is parsed."""
    data = b"".join(b"  s%06d: {kind: end}\n" % number for number in range(100_000))
    document, problems = read(b"steps:\n" + data, "a.yaml")
    assert document is None
    assert [problem.code for problem in problems] == ["zu-gross"]


def test_largest_file_is_read() -> None:
    """The densest file that is small enough."""
    data = b"[" + b"a," * (MAX_BYTES // 2 - 4) + b"]"
    assert read(data, "a.yaml")[0] is not None


# --- places -----------------------------------------------------------------------------------------------------------

PLACES = """\
eins:
  zwei: drei
  liste:
    - a
    - vier: {fünf: sechs}
text: |-
  Erste Zeile.
  Zweite mit {lücke}.
"""


def test_places() -> None:
    """Keys and values have places of their own; what is missing is looked for around it."""
    document, _ = read(PLACES.encode(), "a.yaml")
    assert document is not None
    assert document.key_position(("eins", "zwei")) == (2, 3)
    assert document.position(("eins", "zwei")) == (2, 9)
    assert document.position(("eins", "liste", 0)) == (4, 7)
    assert document.key_position(("eins", "liste", 1)) == (5, 7)
    assert document.position(("eins", "liste", 1, "vier", "fünf")) == (5, 20)
    assert document.position(("eins", "nichts")) == (1, 1)
    assert document.position(("gar", "nichts")) == (1, 1)


def test_place_inside_of_a_text() -> None:
    """A blank is found on its own line of a long text."""
    document, _ = read(PLACES.encode(), "a.yaml")
    assert document is not None
    assert document.locate(("text",), "{lücke}") == (8, 14)
    assert document.locate(("text",), "nicht da") == (6, 7)


def test_problem_with_an_example() -> None:
    """An example follows the line of the problem, indented."""
    problem = Problem("a.yaml", 1, 2, "warning", "code", "Was ist.", "Was tun.", ("Lotse: Ja.", "Person: Nein."))
    assert str(problem) == "a.yaml:1:2: warning code: Was ist. Was tun.\n    Lotse: Ja.\n    Person: Nein."
