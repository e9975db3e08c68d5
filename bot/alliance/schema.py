"""The JSON Schema of a file of the alliance, made from the models: completion and red underlines in an editor.

Every key is explained in German (`schemawords`). An editor types plain scalars (`09761000` is a number to it), our
reader does not: texts therefore admit both. What needs more than one place of the file to be seen is the check's.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema
from typing_extensions import override

from bot.alliance.contact import CHANNELS, LANGUAGE_PATTERN, Area
from bot.alliance.kinds import AUDIENCE_TITLES, INCIDENTS, KINDS
from bot.alliance.schemawords import FOLLOW_TITLES, GENDERS, KEYS, MARKS, MODELS, VISIBILITIES
from bot.documents.schemas import BOUNDS, DRAFT, REF, Generator

LANGUAGES: Final = ("de", "en", "de-simple")
# What each choice means, by the choices.
_CHOICES: Final[tuple[Iterable[tuple[str, str]], ...]] = (
    [(kind, about.title) for kind, about in KINDS.items()],
    AUDIENCE_TITLES.items(),
    FOLLOW_TITLES.items(),
    MARKS.items(),
    VISIBILITIES.items(),
    GENDERS.items(),
)
_MEANINGS: Final = {tuple(word for word, _ in words): [said for _, said in words] for words in _CHOICES}


class _Generator(Generator):
    """What the models say, in the words of an editor."""

    @override
    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        return {**super().str_schema(schema), "type": ["string", "number"]}

    @override
    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        choices = tuple(map(str, schema["expected"]))
        if choices == ("1",):
            return {"enum": [1, "1"]}
        plain: JsonSchemaValue = {"enum": list(choices)}
        return {**plain, "enumDescriptions": _MEANINGS[choices]} if choices in _MEANINGS else plain


def build(incidents: Collection[str] = ()) -> dict[str, Any]:
    """The schema. `incidents`: what contacts may name besides those of the playbooks that ship."""
    body = TypeAdapter(Area).json_schema(by_alias=True, ref_template=REF, schema_generator=_Generator)
    definitions = {name: _explain(name, _tidy(part)) for name, part in sorted(body.pop("$defs").items())}
    # Said by validators in the models.
    definitions["Way"]["anyOf"] = [{"required": [channel]} for channel in CHANNELS]
    definitions["Handover"] |= {"minProperties": 1, "maxProperties": 1}
    named = list(dict.fromkeys((*INCIDENTS, *sorted(incidents))))
    definitions["Contact"]["properties"]["incidents"]["items"] = {"enum": named}
    return {"$schema": DRAFT, **_explain("Area", _tidy(body)), "definitions": definitions}


def render(incidents: Collection[str] = ()) -> str:
    """The schema as the text of its file."""
    return json.dumps(build(incidents), ensure_ascii=False, indent=1) + "\n"


def _tidy(part: Any) -> Any:  # noqa: ANN401 - JSON
    """Put right what pydantic says for itself: limits behind a validator, and mappings that admit every key."""
    if isinstance(part, list):
        return [_tidy(item) for item in part]
    if not isinstance(part, dict):
        return part
    part = {BOUNDS.get(key, key): _tidy(value) for key, value in part.items()}
    patterns = part.get("patternProperties", {})
    if patterns:
        part["additionalProperties"] = False
    if LANGUAGE_PATTERN in patterns:
        part |= {"properties": dict.fromkeys(LANGUAGES, patterns[LANGUAGE_PATTERN]), "required": ["de"]}
    return part


def _explain(model: str, part: dict[str, Any]) -> dict[str, Any]:
    """One model in German: what it is, and what each of its keys means."""
    part["title"], part["description"] = model, MODELS[model]
    part["properties"] = {
        key: {**value, "description": KEYS.get(f"{model}.{key}") or KEYS[key]}
        for key, value in part["properties"].items()
    }
    return part


def unexplained() -> Iterator[str]:
    """Words of the tables that no model has any more."""
    body = build()
    models = {"Area": body, **body["definitions"]}
    keys = {f"{model}.{key}" for model, part in models.items() for key in part.get("properties", {})}
    names = {key.partition(".")[2] for key in keys}
    yield from (key for key in KEYS if key not in keys and key not in names)
    yield from (model for model in MODELS if model not in models)
