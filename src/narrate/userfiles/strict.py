"""What a user's file may hold, as pydantic models; what does not fit is one error at file:line:column."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from narrate.errors import UserFileError
from narrate.nearest import meant
from narrate.userfiles.marks import Mark, Marked, Scalar, Table

_OF_THE_KEY = frozenset({"missing"})


class Strict(BaseModel):
    """A table of a user's file: unknown keys are errors; an empty value is as if it were not there."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _known_keys(cls, value: Any) -> Any:
        if not isinstance(value, Table):
            return value
        for key in value:
            if key not in cls.model_fields:
                hint = meant(key, cls.model_fields, listed=20)
                raise PydanticCustomError("unknown_key", "unknown", {"key": key, "fix": hint})
        return {k: v for k, v in value.items() if not (isinstance(v, Scalar) and v.null)}


Model = TypeVar("Model", bound=BaseModel)


def validate(model: type[Model], marked: Marked) -> Model:
    """The file as `model`. Raises one UserFileError for the first thing in the file that does not fit."""
    try:
        return model.model_validate(marked.table)
    except ValidationError as invalid:
        errors = [(_mark(marked, e), e) for e in invalid.errors(include_url=False)]
    mark, first = min(errors, key=lambda pair: pair[0])
    what, fix = _plainly(first)
    raise UserFileError(what, where=marked.at(mark), fix=fix)


def _mark(marked: Marked, error: ErrorDetails) -> Mark:
    key = error.get("ctx", {}).get("key")
    if key is not None:
        return marked.mark((*error["loc"], key), key=True)
    return marked.mark(error["loc"], key=error["type"] in _OF_THE_KEY)


def _plainly(error: ErrorDetails) -> tuple[str, str]:
    """What is wrong and what to do, in a writer's words."""
    kind, context, given = error["type"], error.get("ctx", {}), error["input"]
    keys = [str(step) for step in error["loc"] if isinstance(step, str) and step != "[key]"]
    name = f"`{keys[-1]}`" if keys and keys[-1] else "this" if keys else "the file"
    said = f", not {str(given)!r}" if isinstance(given, Scalar) and len(given) <= 60 else ""
    if kind == "unknown_key":
        return f"unknown key {context['key']!r}", str(context["fix"])
    if kind == "missing":
        return f"{name} is missing", "add it"
    if kind == "literal_error":
        options = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        return f"{name} cannot be {str(given)!r}", meant(str(given), options, listed=20)
    if kind in {"float_parsing", "float_type", "int_parsing", "int_type", "finite_number", "int_from_float"}:
        return f"{name} must be a number{said}", "write it like 1 or 0.9"
    if kind in {"greater_than_equal", "less_than_equal", "greater_than", "less_than"}:
        bound = next(iter(context.values()))
        side = "at least" if kind.startswith("greater") else "at most"
        return f"{name} must be {side} {bound:g}{said}", "change the number"
    if kind in {"string_type", "string_too_short"}:
        return f"{name} must be text", "write one word or phrase after the colon"
    if kind == "string_too_long":
        return f"{name} is longer than {context['max_length']} characters", "shorten it"
    if kind in {"bool_parsing", "bool_type"}:
        return f"{name} must be true or false{said}", "write true or false"
    if kind in {"list_type", "tuple_type"}:
        return f"{name} must be a list{said}", "write it like [one, two]"
    if kind in {"dict_type", "mapping_type", "model_type", "model_attributes_type"}:
        return f"{name} must hold `key: value` lines{said}", _indented(given)
    if kind == "user":  # raised by this project's validators, with a fix of their own
        return error["msg"], str(context.get("fix", ""))
    return f"{name}: {error['msg']}", "see the comments at the head of the file"


def _indented(given: Any) -> str:
    """What to do with text that stands where a table belongs."""
    name, colon, rest = str(given).partition(":") if isinstance(given, Scalar) else ("", "", "")
    if colon and rest:
        return "put a space after the `:`"
    return "put `:` after the name" if " " in name.strip() else "indent them under it"


def wrong(what: str, fix: str = "", *, key: str | None = None) -> PydanticCustomError:
    """For validators: an error whose words reach the user as they are, placed at `key` where given."""
    context: dict[str, Any] = {"what": what, "fix": fix}
    if key is not None:
        context["key"] = key
    return PydanticCustomError("user", "{what}", context)
