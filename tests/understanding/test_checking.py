"""What `lotse check` says about sentences by which playbooks are found: of those that ship nothing, each mistake."""

from __future__ import annotations

import pytest

from bot.documents import Problem
from bot.flows.loading import load as load_playbooks
from bot.understanding.checking import check
from bot.understanding.utterances import FOLDER, load
from tests.understanding.examples import PLAYBOOKS

_PLAYBOOK = """\
id: {name}
type: vorfall
title: {{de: Beispiel, en: Example, de-simple: Beispiel}}
incidents: [{name}]
{utterances}
sources: [{{name: Handbuch, mark: F}}]
review_by: 2027-02-21
steps:
  schluss: {{kind: end, tags: [abschluss]}}
"""


def problems(files: dict[str, str], playbooks: dict[str, str] | None = None) -> list[Problem]:
    """What is said about these files beside two playbooks, `zaun` and `teich`, with sentences of their own."""
    own = {"zaun": "", "teich": "", **(playbooks or {})}
    loaded = load_playbooks(
        {f"{name}.yaml": _PLAYBOOK.format(name=name, utterances=said).encode() for name, said in own.items()}
    )
    assert not loaded.broken
    return check(load({f"{FOLDER}/{name}.yaml": text.encode() for name, text in files.items()}), loaded)


def said(*sentences: str, language: str = "de") -> str:
    """A file with these sentences."""
    return f"utterances:\n  {language}:\n" + "".join(f"    - '{sentence}'\n" for sentence in sentences)


def test_what_ships_is_clean() -> None:
    """No sentence twice, none that sounds like a crisis, none that pulls to another playbook."""
    loaded = load_playbooks({path.name: path.read_bytes() for path in PLAYBOOKS.glob("*.yaml")})
    files = {f"{FOLDER}/{path.name}": path.read_bytes() for path in (PLAYBOOKS / FOLDER).glob("*.yaml")}
    assert [str(problem) for problem in check(load(files), loaded)] == []


@pytest.mark.parametrize(
    ("files", "code", "severity", "file", "line", "says"),
    [
        (  # nearly the words of another playbook
            {
                "zaun": said("Jemand hat nachts meinen Gartenzaun umgetreten", "Der Zaun ist kaputt"),
                "teich": said("Jemand hat nachts den Gartenzaun umgetreten", "Im Teich schwimmt Müll"),
            },
            "aeusserung-zieht", "warning", "teich", 3, "zaun",
        ),
        (  # and of what cannot be sorted
            {"zaun": said("Jemand stand nachts am Zaun"), "unklar": said("Jemand stand nachts da")},
            "aeusserung-zieht", "warning", "unklar", 3, "zaun",
        ),
        (
            {"zaun": said("Der Zaun ist kaputt"), "teich": said("der ZAUN ist kaputt!")},
            "aeusserung-doppelt", "error", "zaun", 3, "teich.yaml",
        ),
        (
            {"zaun": said("Ich will nicht mehr leben seit der Zaun fort ist")},
            "aeusserung-krise", "warning", "zaun", 3, "Krise",
        ),
        (  # how people in distress write belongs to no playbook; the same sentence cannot be both
            {"krise": said("Der Wind ist still geworden"), "keine_krise": said("der Wind ist still geworden")},
            "aeusserung-doppelt", "error", "krise", 3, "keine_krise.yaml",
        ),
        ({"gibtsnicht": said("Der Zaun ist kaputt")}, "leitfaden-fehlt", "error", "gibtsnicht", 1, "gibtsnicht"),
    ],
    ids=["pulls", "pulls to unclear", "twice", "crisis", "of a crisis and of none", "no playbook"],
)  # fmt: skip
def test_each_mistake_is_found(
    files: dict[str, str], code: str, severity: str, file: str, line: int, says: str
) -> None:
    """Where it stands, how bad it is, and which other file is meant."""
    found = [problem for problem in problems(files) if problem.code == code]
    assert (f"{FOLDER}/{file}.yaml", line, severity) in [(one.file, one.line, one.severity) for one in found]
    assert any(says in one.what for one in found)


def test_a_sentence_of_a_playbook_itself_counts_too() -> None:
    """It was there before: the file beside it is told."""
    found = problems({"teich": said("Mein Zaun ist zertreten")}, {"zaun": "utterances: [Mein Zaun ist zertreten]"})
    assert [(one.code, one.file) for one in found if one.severity == "error"] == [
        ("aeusserung-doppelt", f"{FOLDER}/teich.yaml")
    ]


def test_the_same_meaning_in_other_words_is_no_mistake() -> None:
    """Languages meet in what words mean; only nearly the same words are warned about."""
    files = {"zaun": said("Der Zaun ist kaputt"), "teich": said("someone broke the fence", language="en")}
    assert problems(files) == []
