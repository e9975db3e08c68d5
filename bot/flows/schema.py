"""The JSON Schema of a playbook file, made from the models: completion and red underlines in a coordinator's editor.

A step is `if kind … then …`, so that keys are offered and refused by kind. Every key is explained in German. An editor
types plain scalars (`1`, `true`), our reader does not: texts therefore admit both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema
from typing_extensions import override

from bot.documents.schemas import BOUNDS, DRAFT, REF, Generator
from bot.flows.checking.texts import SHIPPED
from bot.flows.playbook import Playbook
from bot.flows.schemawords import KEYS, KINDS, MODELS
from bot.flows.steps import LANGUAGE_PATTERN

_SPAN: Final = r"^[1-9][0-9]{0,3} *(h|d|w)$"
_SCALAR: Final = ["string", "number", "boolean"]


class _Generator(Generator):
    """What the models say, in the words of an editor."""

    @override
    def timedelta_schema(self, schema: core_schema.TimedeltaSchema) -> JsonSchemaValue:
        return {"type": "string", "pattern": _SPAN}

    @override
    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        plain = super().str_schema(schema)
        return plain if "pattern" in plain else {**plain, "type": _SCALAR}

    @override
    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        inner = super().function_before_schema(schema)
        # Of the lists only bubbles have a validator in front: one text is a list of one.
        return {"anyOf": [inner["items"], inner]} if inner.get("type") == "array" else inner

    @override
    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        choices = {str(tag): self.generate_inner(choice) for tag, choice in schema["choices"].items()}
        key = schema["discriminator"]
        if not isinstance(key, str):
            return {"anyOf": list(choices.values())}
        return {
            "type": "object",
            "required": [key],
            "properties": {key: {"enum": list(choices), "enumDescriptions": [KINDS[tag] for tag in choices]}},
            "allOf": [
                {"if": {"properties": {key: {"const": tag}}, "required": [key]}, "then": choice}
                for tag, choice in choices.items()
            ],
        }


def build() -> dict[str, Any]:
    """The schema."""
    body = TypeAdapter(Playbook).json_schema(by_alias=True, ref_template=REF, schema_generator=_Generator)
    definitions = {name: _explain(name, _tidy(part)) for name, part in sorted(body.pop("$defs").items())}
    # Exactly one comparison beside `answer`.
    definitions["Test"] |= {"minProperties": 2, "maxProperties": 2}
    # One of several answers leads nowhere by itself.
    several = definitions["ChooseMany"]["properties"]["options"]
    several["patternProperties"] = {key: {"$ref": "#/definitions/OneOfSeveral"} for key in several["patternProperties"]}
    option = definitions["Option"]
    properties = {key: value for key, value in option["properties"].items() if key != "go"}
    definitions["OneOfSeveral"] = option | {"title": "OneOfSeveral", "properties": properties}
    return {"$schema": DRAFT, **_explain("Playbook", _tidy(body)), "definitions": definitions}


def render() -> str:
    """The schema as the text of its file."""
    return json.dumps(build(), ensure_ascii=False, indent=1) + "\n"


def _tidy(part: Any) -> Any:  # noqa: ANN401 - JSON
    """Put right what pydantic says for itself: limits behind a validator, and mappings that admit every key."""
    if isinstance(part, list):
        return [_tidy(item) for item in part]
    if not isinstance(part, dict):
        return part
    part = {BOUNDS.get(key, key): _tidy(value) for key, value in part.items()}
    if "anyOf" in part and "maxLength" in part:
        # One text or a list of texts: the limit is that of the list.
        part["anyOf"][1] |= {"minItems": part.pop("minLength"), "maxItems": part.pop("maxLength")}
    patterns = part.get("patternProperties", {})
    if patterns:
        part["additionalProperties"] = False
    if LANGUAGE_PATTERN in patterns:
        part |= {"properties": dict.fromkeys(SHIPPED, patterns[LANGUAGE_PATTERN]), "required": list(SHIPPED)}
    return part


def _explain(model: str, part: dict[str, Any]) -> dict[str, Any]:
    """One model in German: what it is, and what each of its keys means."""
    part["title"], part["description"] = model.strip("_"), MODELS[model]
    for key, value in part.get("properties", {}).items():
        value["description"] = KEYS.get(f"{model}.{key}") or KEYS[key]
        if key == "kind":
            part["title"] = value["const"]
            part["description"] = value["description"] = KINDS[value["const"]]
    return part


def unexplained() -> Iterator[str]:
    """Words of the tables that no model has any more."""
    body = build()
    models = {"Playbook": body, **body["definitions"]}
    keys = {f"{model}.{key}" for model, part in models.items() for key in part.get("properties", {})}
    names = {key.partition(".")[2] for key in keys}
    yield from (key for key in KEYS if key not in keys and key not in names)
    yield from (model for model in MODELS if model not in models)
