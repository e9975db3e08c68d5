"""Playbooks of 500 steps that make a walk over all paths as hard as it can be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

MAX_STEPS = 500


def _text(words: str) -> dict[str, str]:
    return dict.fromkeys(("de", "en", "de-simple"), words)


def _question(number: int) -> dict[str, Any]:
    options: dict[str, dict[str, Any]] = {f"o{option}": {"label": _text(f"Antwort {option}")} for option in range(10)}
    tags = ["gefahr"] if number == 0 else []
    options["o0"] |= {"tags": tags}
    return {"kind": "choose", "tags": tags, "text": _text(f"Frage {number}?"), "options": options}


def _branch(number: int, word: str, after: str) -> dict[str, Any]:
    case = {"if": {"answer": f"q{number}", "is": word}, "go": f"m{number}_{word}"}
    return {"kind": "branch", "cases": [case], "else": after}


def tangled(questions: int = 99) -> bytes:
    """Every question is asked about twice, long after it was asked: 2^99 ways are still apart in the middle."""
    steps: dict[str, Any] = {f"q{number}": _question(number) for number in range(questions)}
    for word in ("o1", "o2"):
        for number in range(questions):
            after = f"b{number + 1}_{word}" if number + 1 < questions else ("b0_o2" if word == "o1" else "ende")
            steps[f"b{number}_{word}"] = _branch(number, word, after)
            steps[f"m{number}_{word}"] = {"kind": "message", "text": _text("Gut."), "next": after}
    return _file(steps, questions)


def woven() -> bytes:
    """Every option of every question has a way of its own, and all ways meet again."""
    steps: dict[str, Any] = {}
    number = 0
    while len(steps) + 12 < MAX_STEPS:
        after = f"q{number + 1}" if len(steps) + 24 < MAX_STEPS else "ende"
        question = _question(number)
        for option in range(10):
            question["options"][f"o{option}"]["go"] = f"m{number}_{option}"
            steps[f"m{number}_{option}"] = {"kind": "message", "text": _text("Gut."), "next": after}
        question |= {"unknown_go": after, "decline_go": after}
        steps = {f"q{number}": question, **steps} if number == 0 else {**steps, f"q{number}": question}
        number += 1
    return _file(steps, number)


def _file(steps: dict[str, Any], questions: int) -> bytes:
    steps |= {"ende": {"kind": "end", "tags": ["abschluss"]}}
    steps["q0"]["options"]["o0"] |= {"tags": []}
    steps["q0"]["tags"] = []
    assert len(steps) <= MAX_STEPS
    head = {
        "id": "schwer",
        "type": "nachfrage",
        "title": _text("Schwer"),
        "sources": [{"name": "Test", "mark": "F"}],
        "review_by": "2030-01-01",
        "limits": {"questions": str(min(40, questions))},
    }
    return _yaml({**head, "steps": steps}).encode()


def _yaml(value: dict[str, Any]) -> str:
    """JSON is YAML; one step a line keeps the lines short."""
    steps = "\n".join(f"  {json.dumps(name)}: {json.dumps(step)}" for name, step in value.pop("steps").items())
    return "\n".join(_heads(value)) + f"\nsteps:\n{steps}\n"


def _heads(value: dict[str, Any]) -> Iterator[str]:
    yield from (f"{key}: {json.dumps(part)}" for key, part in value.items())
