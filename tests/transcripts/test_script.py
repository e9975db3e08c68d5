"""The form of transcript files: what is read, what is refused, and that rewriting touches only what came back."""

import datetime as dt
import textwrap
from pathlib import Path

import pytest

from tests.transcripts.script import ScriptError, compare, read_talks, rewrite

TWO = """\
# Zwei Gespräche.
- name: erstes   # eine Bemerkung
  at: 2026-11-21T10:00:00+01:00
  talk:
    - lotse:
        - Guten Tag
        - 1 Ja
    # Hier antwortet die Person.
    - person: 12.3.
    - lotse: [Danke]
    # Einen Tag später.
    - after: 24h
- name: zweites
  language: en
  place: "09761000"
  transport: telegram
  at: 2026-11-21T10:00:00+01:00
  talk:
    - person: no
    - press: 2

# Ende der Datei.
"""


def write(folder: Path, text: str) -> Path:
    """A transcript file."""
    path = folder / "talk.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_talks_are_read(tmp_path: Path) -> None:
    """Head and entries; scalars stay text."""
    first, second = read_talks(write(tmp_path, TWO))
    assert (first.name, first.language, first.place, first.transport.name) == ("erstes", "de", "", "terminal")
    assert first.at == dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
    assert first.opened
    assert [(entry.kind, entry.value) for entry in first.entries] == [
        ("lotse", ["Guten Tag", "1 Ja"]),
        ("person", "12.3."),
        ("lotse", ["Danke"]),
        ("after", "24h"),
    ]
    assert (second.language, second.place, second.transport.encrypted) == ("en", "09761000", False)
    assert not second.opened
    assert [entry.value for entry in second.entries] == ["no", "2"]
    assert (first.line, second.line) == (2, 13)


def test_rewriting_keeps_everything_else(tmp_path: Path) -> None:
    """Comments, order, other talks and odd spelling stay; only `lotse` entries change, come and go."""
    path = write(tmp_path, TWO)
    first, second = read_talks(path)
    rewrite(first, [["Grüß Gott\nund guten Tag: heute", "1 Nein"], [], ["Wie geht es heute?"]])
    rewrite(second, [[], ["Hello"], []])
    assert path.read_text(encoding="utf-8") == textwrap.dedent("""\
        # Zwei Gespräche.
        - name: erstes   # eine Bemerkung
          at: 2026-11-21T10:00:00+01:00
          talk:
            - lotse:
                - |-
                  Grüß Gott
                  und guten Tag: heute
                - 1 Nein
            # Hier antwortet die Person.
            - person: 12.3.
            # Einen Tag später.
            - after: 24h
            - lotse:
                - Wie geht es heute?
        - name: zweites
          language: en
          place: "09761000"
          transport: telegram
          at: 2026-11-21T10:00:00+01:00
          talk:
            - person: no
            - lotse:
                - Hello
            - press: 2

        # Ende der Datei.
        """)
    first, second = read_talks(path)
    assert compare(first, [["Grüß Gott\nund guten Tag: heute", "1 Nein"], [], ["Wie geht es heute?"]]) == ""
    assert compare(second, [[], ["Hello"], []]) == ""


def test_rewriting_twice_changes_nothing(tmp_path: Path) -> None:
    """What was written is read as what was heard, whatever stands in it."""
    heard = [
        ["„Ja“", "- kein Strich", "# keine Bemerkung", "a: b", "", " vorn und hinten ", "nein", "12.3.", "a\n\n b\n"]
    ]
    path = write(tmp_path, "name: x\nat: 2026-11-21T10:00:00+01:00\ntalk:\n- lotse: []\n")
    rewrite(read_talks(path)[0], heard)
    once = path.read_text(encoding="utf-8")
    (talk,) = read_talks(path)
    assert compare(talk, heard) == ""
    rewrite(talk, heard)
    assert path.read_text(encoding="utf-8") == once


def test_differences_name_the_line(tmp_path: Path) -> None:
    """What is missing and what came instead, below the line after which it came."""
    first, _ = read_talks(write(tmp_path, TWO))
    said = compare(first, [["Guten Tag", "1 Ja"], ["Danke sehr"], []])
    assert f"{first.path}:9: " in said
    assert "- Danke" in said
    assert "+ Danke sehr" in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "mapping"),
        ("- [", "talk.yaml"),
        ("just words", "mapping"),
        ("name: x\ntalk: [person: a]", "has name, at, talk"),
        ("name: x\nat: heute\ntalk: [person: a]", "talk.yaml:2"),
        ("name: x\nat: 2026-11-21T10:00:00\ntalk: [person: a]", "UTC"),
        ("name: x\nat: 2026-11-21T10:00:00Z\ntalk: nichts", "list"),
        ("name: x\nat: 2026-11-21T10:00:00Z\ntalk: []", "list"),
        ("name: x\nat: 2026-11-21T10:00:00Z\nfarbe: rot\ntalk: [person: a]", "farbe"),
        ("name: x\nat: 2026-11-21T10:00:00Z\ntransport: brieftaube\ntalk: [person: a]", "transport"),
        ("name: x\nat: 2026-11-21T10:00:00Z\ntalk: [person: a, quark: b]", "an entry is one of"),
        ("name: x\nat: 2026-11-21T10:00:00Z\nweiter: brieftaube\ntalk: [person: a]", "weiter"),
        ("name: x\nat: 2026-11-21T10:00:00Z\ntalk: [{person: a, press: 1}]", "an entry is one of"),
        ("name: x\nat: 2026-11-21T10:00:00Z\ntalk: [person: [a, b]]", "one text"),
        ("name: x\nat: 2026-11-21T10:00:00Z\ntalk: [press: erste]", "number"),
        ("name: x\nat: 2026-11-21T10:00:00Z\ntalk: [after: morgen]", "span"),
        ("- {name: x, at: 2026-11-21T10:00:00Z, talk: [person: a]}\n" * 2, "same name"),
    ],
)
def test_what_is_no_transcript_is_refused(tmp_path: Path, text: str, words: str) -> None:
    """With the file, the line and what would be right."""
    with pytest.raises(ScriptError, match=words):
        read_talks(write(tmp_path, text))
