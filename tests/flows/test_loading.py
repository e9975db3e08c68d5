"""Many files at once: every problem of each, and only good files become playbooks."""

from __future__ import annotations

from bot.flows.loading import load
from tests.flows.mistakes import good_files

TINY = "id: {id}\ntitle: {{de: x}}\nreview_by: 2030-01-01\nsteps:\n  a: {{kind: end}}\n"


def tiny(name: str) -> bytes:
    """The smallest playbook."""
    return TINY.format(id=name).encode()


def test_good_files() -> None:
    """Each file becomes the playbook of its name, with its places."""
    loaded = load(good_files())
    assert loaded.problems == ()
    assert loaded.broken == frozenset()
    assert set(loaded.playbooks) == {name.removesuffix(".yaml") for name in good_files()} == set(loaded.documents)
    assert all(playbook.id == name for name, playbook in loaded.playbooks.items())


def test_broken_file_stands_aside() -> None:
    """A broken file is no playbook; the others are."""
    loaded = load({"a.yaml": tiny("a"), "b.yaml": b"id: b\nsteps: [", "c.yaml": b"id: c\ntitel: {de: x}\n"})
    assert set(loaded.playbooks) == {"a"}
    assert loaded.broken == {"b", "c"}
    assert {problem.file for problem in loaded.problems} == {"b.yaml", "c.yaml"}


def test_all_problems_of_all_files_in_one_run() -> None:
    """Unknown keys, missing keys and wrong words of two files are all said."""
    bad = "id: {id}\ntitel: x\nsteps:\n  a: {{kind: ende}}\n  b: {{}}\n"
    loaded = load({f"{name}.yaml": bad.format(id=name).encode() for name in ("a", "b")})
    for name in ("a.yaml", "b.yaml"):
        assert [problem.code for problem in loaded.problems if problem.file == name] == [
            *(
                "fehlender-schluessel",
                "fehlender-schluessel",
                "unbekannter-schluessel",
                "unbekannte-art",
                "fehlende-art",
            ),
        ]


def test_problem_of_reading_is_not_said_twice() -> None:
    """What follows from a refused alias is not another problem."""
    text = "id: a\ntitle: &t {de: x}\noffer: *t\nreview_by: 2030-01-01\nsteps:\n  a: {kind: end}\n"
    assert [problem.code for problem in load({"a.yaml": text.encode()}).problems] == ["anker", "verweis"]


def test_same_id_in_two_folders() -> None:
    """Two files of one name cannot both be the playbook of this name."""
    loaded = load({"eins/a.yaml": tiny("a"), "zwei/a.yaml": tiny("a")})
    assert [(problem.file, problem.code) for problem in loaded.problems] == [("zwei/a.yaml", "doppelte-kennung")]


def test_file_with_look_alike_id_is_refused() -> None:
    """A Cyrillic letter in an id is shown by its number."""
    (problem,) = load({"a.yaml": tiny("а")}).problems
    assert problem.code == "fremder-buchstabe"
    assert "U+0430" in problem.what
