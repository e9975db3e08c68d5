"""Whatever somebody types, loading and checking answer with problems, never with an exception."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from bot.documents import read
from bot.flows.checking import check
from bot.flows.loading import load
from tests.flows.mistakes import good_files

GOOD = good_files()
SNIPPETS = (
    *(
        "&a ",
        "*a",
        "!x ",
        "|",
        ">",
        "- ",
        "? ",
        ": ",
        "{",
        "}",
        "[",
        "]",
        "'",
        '"',
        "#",
        "\t",
        "\0",
        "---\n",
        "\ufeff",
        "  ",
    ),
    *(
        "next: ende",
        "go: weg",
        "kind: end",
        "kind: branch",
        "kind: call",
        "once: true",
        "text: {de: x}",
        "{x}",
        "{notruf}",
    ),
    *(
        "{answer: lage, is: x}",
        "{answer: nie, known: true}",
        "confidential: true",
        "tags: [gefahr]",
        "playbook: vorfall",
    ),
)


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    """Bytes become a document or problems."""
    document, problems = read(data, "a.yaml")
    assert document is not None or problems


@settings(max_examples=300)
@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"%@`#,? \n"), max_size=60))
def test_any_punctuation(text: str) -> None:
    """The signs that mean something in YAML, in any order."""
    document, problems = read(text.encode(), "a.yaml")
    assert document is not None or problems


@st.composite
def spoiled(draw: st.DrawFn) -> dict[str, bytes]:
    """The good files with a few lines deleted, doubled, swapped, indented, or with something typed into them."""
    files = dict(GOOD)
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(sorted(files)))
        lines = files[name].decode().split("\n")
        at, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(("delete", "double", "swap", "indent", "type", "cut", "gone"))):
            case "delete":
                del lines[at]
            case "double":
                lines.insert(other, lines[at])
            case "swap":
                lines[at], lines[other] = lines[other], lines[at]
            case "indent":
                lines[at] = draw(st.sampled_from(("  ", " ", "    "))) + lines[at].lstrip()
            case "type":
                column = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:column] + draw(st.sampled_from(SNIPPETS)) + lines[at][column:]
            case "cut":
                lines = lines[: at + 1]
            case _:
                lines = []
        files[name] = "\n".join(lines).encode()
    return files


@settings(max_examples=150)
@given(spoiled())
def test_spoiled_files(files: dict[str, bytes]) -> None:
    """Every problem has a place in a file that exists, and two German sentences."""
    loaded = load(files)
    for problem in (*loaded.problems, *check(loaded)):
        assert problem.file in files or problem.file == "."
        lines = files[problem.file].decode().split("\n") if problem.file in files else [""]
        assert 1 <= problem.line <= len(lines) + 1
        assert problem.column >= 1
        assert problem.what
        assert problem.todo
    assert not {problem.file for problem in loaded.problems if problem.severity == "error"} & {
        loaded.documents[name].name for name in loaded.playbooks
    }


@pytest.mark.slow
@settings(max_examples=500)
@given(spoiled())
def test_spoiled_files_long(files: dict[str, bytes]) -> None:
    """The same for many more."""
    test_spoiled_files.hypothesis.inner_test(files)  # type: ignore[attr-defined]
