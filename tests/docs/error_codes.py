"""Every error code that the check can say, read off the source: where a problem is made, its code is a literal."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.docs.pages import ROOT

PLACES: Final = (
    "bot/documents",
    "bot/flows/loading.py",
    "bot/flows/checking",
    "bot/alliance/loading.py",
    "bot/alliance/checking.py",
    "bot/checkreport.py",
    "bot/understanding",
    "bot/shelf.py",
)
# Where in a call the code stands.
_POSITIONS: Final = {"problem": 1, "Finding": 0, "_rule": 0, "Rule": 0, "_report": 1}
_CODE: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_SENTENCE: Final = 3


def sources() -> Iterator[Path]:
    """The files in which problems are made."""
    for place in PLACES:
        path = ROOT / place
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def codes() -> dict[str, str]:
    """Each code, with one place where it is said; what an f-string fills is `*`."""
    found: dict[str, str] = {}
    for path in sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            for code in _codes_of(node):
                found.setdefault(code, f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}")
    return found


def pattern(code: str) -> re.Pattern[str]:
    """What a code of `codes` means as a pattern."""
    return re.compile(re.escape(code).replace(r"\*", "[a-z0-9]+"))


def _codes_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        position = _POSITIONS.get(name)
        if name == "Problem":
            # Behind the severity, wherever `*position` puts it.
            position = next((at for at, arg in enumerate(node.args, 1) if _is_severity(arg)), None)
        if position is not None and len(node.args) > position:
            yield from _literals(node.args[position])
    elif isinstance(node, ast.Tuple) and len(node.elts) == _SENTENCE and _is_sentence(node.elts[1]):
        yield from _literals(node.elts[0])


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = [str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values]
        if _CODE.fullmatch("".join(parts).replace("*", "x")):
            yield "".join(parts)


def _is_severity(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value in {"error", "warning"}


def _is_sentence(node: ast.expr) -> bool:
    """A German sentence, written out or made of parts."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and " " in node.value and node.value[:1].isupper()
    return isinstance(node, ast.JoinedStr | ast.BinOp | ast.Name) and getattr(node, "id", "what") == "what"
