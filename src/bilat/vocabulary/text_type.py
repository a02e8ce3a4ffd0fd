"""How a value that people write as one short text enters and leaves a pydantic model."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from bilat.language import Message


class Unreadable(ValueError):
    """A text that is not of the kind it should be; says why, in a translatable message."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def refuse(problem: Unreadable) -> PydanticCustomError:
    """The same refusal as pydantic reports it; the message travels in the context."""
    return PydanticCustomError(
        "unreadable", "{text}", {"text": str(problem.message), "message": problem.message}
    )


class TextType:
    """Mixin: ``parse`` reads the text, ``str`` writes it; JSON and YAML hold the text."""

    schema_pattern: ClassVar[str]
    schema_example: ClassVar[str]

    @classmethod
    def parse(cls, text: str) -> Self:
        raise NotImplementedError

    @classmethod
    def _validate(cls, value: Any) -> Self:
        if isinstance(value, cls):
            return value
        try:
            return cls.parse(str(value).strip())
        except Unreadable as problem:
            raise refuse(problem) from None

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._validate,
            serialization=core_schema.plain_serializer_function_ser_schema(str),
            json_schema_input_schema=core_schema.str_schema(),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "type": ["string", "integer"] if cls.schema_pattern.startswith("^\\d") else "string",
            "pattern": cls.schema_pattern,
            "examples": [cls.schema_example],
        }
