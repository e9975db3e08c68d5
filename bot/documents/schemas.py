"""What the JSON Schemas for editors have in common.

Draft-07, which yaml-language-server (the language server behind the YAML extensions of VS Code and others) reads best.
An editor types plain scalars, our reader does not: a day is text to both, and a switch may be written in German.
"""

from __future__ import annotations

from typing import Final

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema
from typing_extensions import override

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
REF: Final = "#/definitions/{model}"
# Limits that a validator stands in front of keep the names that pydantic has for them.
BOUNDS: Final = {"ge": "minimum", "le": "maximum"}
_DATE: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


class Generator(GenerateJsonSchema):
    """What the models say, in the words of an editor."""

    @override
    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        return {"enum": [True, False, "ja", "nein"]}

    @override
    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:
        return {"type": "string", "pattern": _DATE}

    @override
    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    @override
    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    @override
    def field_title_should_be_set(self, schema: object) -> bool:
        return False
