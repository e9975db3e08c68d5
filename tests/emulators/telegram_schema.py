"""Checks what a bot asks against the machine-readable Bot API: unknown names, missing ones, wrong types.

The description is data that lies beside the project (`../shared/telegram/api.json`, from
PaulSonOfLars/telegram-bot-api-spec, MIT licence, Copyright (c) Paul Larsen); it is read from there and not copied.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Self

from tests.emulators.telegram_http import Uploaded

PATH: Final = Path(__file__).resolve().parents[2].parent / "shared" / "telegram" / "api.json"

_TRUE: Final = {"true": True, "True": True, "1": True, "false": False, "False": False, "0": False}


class Schema:
    """The methods and types of the Bot API."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        self.version = str(description["version"])
        self._methods: Mapping[str, Any] = {name.lower(): one for name, one in description["methods"].items()}
        self._types: Mapping[str, Any] = description["types"]

    @classmethod
    def read(cls, path: Path = PATH) -> Self | None:
        """The description, None where the machine has none."""
        return cls(json.loads(path.read_bytes())) if path.exists() else None

    def check(self, method: str, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """The parameters as their types have them, and what is wrong. Texts of a form are read as JSON where needed."""
        known = self._methods.get(method.lower())
        if known is None:
            return dict(given), [f"{method}: there is no such method"]
        fields = {field["name"]: field for field in known.get("fields", [])}
        problems = [f"{method}: unknown parameter {name}" for name in given.keys() - fields.keys()]
        problems += [
            f"{method}: {name} is missing" for name, one in fields.items() if one["required"] and name not in given
        ]
        read: dict[str, Any] = {}
        for name, value in given.items():
            if name in fields:
                read[name] = self._read(value, fields[name]["types"])
                problems += self._fits(read[name], fields[name]["types"], f"{method}.{name}")
        return read, problems

    def fits(self, value: object, kind: str) -> list[str]:
        """What is wrong with a value of that type, for what the server itself sends."""
        return self._fits(value, [kind], kind)

    def _read(self, value: Any, types: list[str]) -> Any:  # noqa: ANN401 - JSON
        if not isinstance(value, str) or "String" in types:
            if isinstance(value, str) and "Integer" in types and value.lstrip("-").isdigit():
                return int(value)
            return value
        if "Boolean" in types and value in _TRUE:
            return _TRUE[value]
        try:
            return json.loads(value)
        except ValueError:
            return value

    def _fits(self, value: Any, types: list[str], where: str) -> list[str]:  # noqa: ANN401 - JSON
        found: list[str] = []
        for kind in types:
            problems = self._fits_one(value, kind, where)
            if not problems:
                return []
            found = found or problems
        return found

    def _fits_one(self, value: Any, kind: str, where: str) -> list[str]:  # noqa: ANN401 - JSON
        simple: dict[str, tuple[type, ...]] = {"String": (str,), "Boolean": (bool,), "Float": (int, float)}
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where}: no list"]
            inner = kind.removeprefix("Array of ").split(", ")
            return [problem for n, one in enumerate(value) for problem in self._fits(one, inner, f"{where}[{n}]")]
        if kind == "Integer":
            good = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**52
            return [] if good else [f"{where}: no integer"]
        if kind in simple:
            return [] if isinstance(value, simple[kind]) else [f"{where}: no {kind}"]
        if kind == "InputFile":
            return [] if isinstance(value, Uploaded) and value.data else [f"{where}: no file"]
        described = self._types.get(kind)
        if described is None:
            return [f"{where}: {kind} is not described"]
        if described.get("subtypes"):
            return self._fits(value, described["subtypes"], where)
        return self._fits_object(value, described, where)

    def _fits_object(self, value: Any, described: Mapping[str, Any], where: str) -> list[str]:  # noqa: ANN401 - JSON
        if not isinstance(value, dict):
            return [f"{where}: no object"]
        fields = {field["name"]: field for field in described.get("fields", [])}
        problems = [f"{where}: unknown field {name}" for name in value.keys() - fields.keys()]
        for name, field in fields.items():
            if name in value:
                problems += self._fits(value[name], field["types"], f"{where}.{name}")
            elif field["required"]:
                problems.append(f"{where}: {name} is missing")
        return problems
