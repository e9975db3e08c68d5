"""Where in a document, and in which model, a pydantic error belongs.

pydantic puts the names of union members into an error's location (`steps, frage, text, purpose` for a step of kind
`text`). They cannot be told from keys by looking at the document, only by walking the models beside it.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Tag

from bot.documents.problems import Path

# An annotation as `typing` makes them: a class, `tuple[…]`, `Annotated[…]`, a union; None where nothing is known.
Shape = object
# What pydantic appends to the location when a mapping's key is wrong.
KEY: Final = "[key]"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an error belongs. `shape` is the annotation there, `owner` the model whose field it is.

    `fits` is False when the error is about a union member that the value was never meant to be.
    """

    path: Path
    shape: Shape
    owner: type[BaseModel] | None = None
    is_key: bool = False
    fits: bool = True


def find(model: type[BaseModel], loc: tuple[str | int, ...], value: object) -> Place:
    """Walk `loc` through `model` and `value` side by side."""
    path: Path = ()
    shape: Shape = model
    owner: type[BaseModel] | None = None
    around: Shape = None
    for element in loc:
        if element == KEY:
            return Place(path, key_shape(around), owner, is_key=True)
        member = next((member for member in union_members(shape) if element in tuple(names(member))), None)
        if member is not None:
            if not _suits(member, value):
                return Place(path, member, owner, fits=False)
            shape = member
            continue
        around = shape
        shape, owner = _descend(shape, element, owner)
        path = (*path, element)
        value = _child(value, element)
    return Place(path, shape, owner)


def names(member: Shape) -> Iterator[str]:
    """What pydantic may call a union member in a location: its tag, the words of its `kind`, its name."""
    bare, metadata = _bare(member)
    yield from (item.tag for item in metadata if isinstance(item, Tag))
    yield getattr(bare, "__name__", str(bare))
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        for field in bare.model_fields.values():
            if get_origin(field.annotation) is Literal:
                yield from get_args(field.annotation)


def union_members(shape: Shape) -> tuple[Shape, ...]:
    """The members of a union, without None; empty when `shape` is none."""
    bare, _ = _bare(shape)
    if get_origin(bare) not in (Union, types.UnionType):
        return ()
    members = tuple(member for member in get_args(bare) if member is not type(None))
    return members if len(members) > 1 else ()


def words(shape: Shape) -> tuple[str, ...]:
    """The words that a Literal allows."""
    bare, _ = _bare(shape)
    return tuple(str(word) for word in get_args(bare)) if get_origin(bare) is Literal else ()


def keys(owner: Shape) -> tuple[str, ...]:
    """The keys that a model knows, as they are written in a file."""
    bare, _ = _bare(owner)
    if not (isinstance(bare, type) and issubclass(bare, BaseModel)):
        return ()
    return tuple(field.alias or name for name, field in bare.model_fields.items())


def key_shape(shape: Shape) -> Shape:
    """The annotation of a mapping's keys."""
    bare, _ = _bare(shape)
    return get_args(bare)[0] if _is_mapping(shape) else None


def _bare(shape: Any) -> tuple[Shape, tuple[Shape, ...]]:  # noqa: ANN401 -- its attributes are typing's own
    """Without Annotated and without `| None`; with the metadata that was around it."""
    metadata: tuple[Shape, ...] = ()
    while True:
        if get_origin(shape) is Annotated:
            metadata += tuple(shape.__metadata__)
            shape = shape.__origin__
            continue
        if get_origin(shape) in (Union, types.UnionType):
            members = [member for member in get_args(shape) if member is not type(None)]
            if len(members) == 1:
                shape = members[0]
                continue
        return shape, metadata


def _descend(shape: Shape, element: str | int, owner: type[BaseModel] | None) -> tuple[Shape, type[BaseModel] | None]:
    shape, _ = _bare(shape)
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        for name, field in shape.model_fields.items():
            if element in (name, field.alias):
                return (Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation), shape
        return None, shape
    arguments = get_args(shape)
    if _is_mapping(shape):
        return arguments[1], owner
    return (arguments[0] if arguments else None), owner


def _is_mapping(shape: Shape) -> bool:
    bare, _ = _bare(shape)
    return isinstance(origin := get_origin(bare), type) and issubclass(origin, dict)


def _suits(member: Shape, value: object) -> bool:
    bare, _ = _bare(member)
    is_block = (isinstance(bare, type) and issubclass(bare, BaseModel)) or _is_mapping(bare)
    is_list = get_origin(bare) in (list, tuple, frozenset)
    return is_block == isinstance(value, dict) and is_list == isinstance(value, list)


def _child(value: object, element: str | int) -> object:
    if isinstance(value, dict):
        return value.get(element)
    if isinstance(value, list) and isinstance(element, int) and element < len(value):
        return value[element]
    return None
