# SPDX-License-Identifier: GPL-2.0-or-later
"""Types as schemas.

A schema stands where it is used, or among the components under a name and is referred to;
which of both is a matter of Style.  Components stand in the order in which they are met.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from slurmrestd.data_parser.model import (
    V40,
    V41,
    ArrayOf,
    Field,
    Flag,
    Flags,
    Format,
    Items,
    Leaf,
    ListOf,
    Pointer,
    Same,
    Struct,
    Type,
    Version,
    in_version,
)
from slurmrestd.data_parser.program import tree
from slurmrestd.openapi.spec import first
from slurmrestd.openapi.spec.style import Style

Schema = dict[str, Any]
REFERENCE = "#/components/schemas/"


class Schemas:
    """The schemas of one version.  What gets a name is put into ``components``.

    ``uses`` counts how many operations take or answer a struct.
    """

    def __init__(
        self, style: Style, components: dict[str, Schema], uses: Mapping[Type, int]
    ) -> None:
        self._style = style
        self._components = components
        self._uses = uses

    def of(self, kind: Type, description: str = "") -> Schema:
        """The schema of a value: a reference where it has a name, or else its shape.

        ``description`` says what the value is for; without one it is said what the type is.
        """
        kind = self._shown(kind)
        if not self._has_name(kind):
            return self._shape(kind, description)
        said = {"description": description} if description else {}
        return {"$ref": REFERENCE + self._component(kind), **said}

    def _shown(self, kind: Type) -> Type:
        """The type whose shape this one takes."""
        while True:
            if isinstance(kind, Same | Pointer):
                kind = kind.target
            elif isinstance(kind, Leaf) and isinstance(kind.shape, Type):
                if self._style.version is V40 and first.is_number(kind):
                    return kind
                kind = kind.shape
            else:
                return kind

    def _has_name(self, kind: Type) -> bool:
        style = self._style
        if not style.names:
            return self._uses.get(kind, 0) > 1
        if isinstance(kind, Flags):
            return style.enums and not kind.single
        if isinstance(kind, Leaf) and isinstance(kind.shape, Format):
            # A type that is gone has a name in v0.0.40 only.
            return style.version is V40 and kind.shape in (Format.OBJECT, Format.ARRAY)
        return not (style.version is V40 and kind in first.NAMELESS)

    def _component(self, kind: Type) -> str:
        """The name of a type's component, which is made if it is not there yet."""
        name = self._style.prefix + kind.name.lower()
        if name not in self._components:
            # It has its place before those that it refers to.
            self._components[name] = {}
            self._components[name] = self._shape(kind, "")
        return name

    # -- shapes -------------------------------------------------------------------------

    def _shape(self, kind: Type, description: str) -> Schema:
        said = description or described(kind)
        if isinstance(kind, Struct):
            return self._struct(kind, said)
        if isinstance(kind, Flags):
            words = enumeration(kind, self._style.version)
            return _word(said, words) if kind.single else _array(said, words)
        if isinstance(kind, ListOf | ArrayOf):
            return _array(said, self.of(kind.item))
        if isinstance(kind, Leaf):
            return self._leaf(kind, said)
        raise TypeError(f"{kind.name} has no schema")

    def _leaf(self, kind: Leaf, said: str) -> Schema:
        if isinstance(kind.shape, Items):
            return _array(said, self.of(kind.shape.of))
        if isinstance(kind.shape, Type):
            return first.number(kind, said, complex_=self._style.complex)
        schema = plain(kind.shape, said)
        if self._style.version is V40 and kind in first.GONE:
            schema["deprecated"] = True
        return schema

    def _struct(self, struct: Struct, said: str) -> Schema:
        version = self._style.version
        for row in struct.rows(version) if self._style.names else ():
            # What rows refer to stands in their order, which is not that of the tree.
            self.of(row.type)
        schema = self._object(struct, "", tree(struct, version), said)
        if not (version is V40 and struct in first.NAMELESS):
            _require(schema, struct.rows(version))
        return schema

    def _object(self, struct: Struct, path: str, branch: Mapping[str, Any], said: str) -> Schema:
        """The object at ``path``, which is empty or ends in a slash."""
        properties = {
            key: self._object(struct, f"{path}{key}/", child, struct.branches.get(path + key, ""))
            if isinstance(child, dict)
            else self._property(child)
            for key, child in branch.items()
        }
        return {"type": "object", **_said(said), "properties": properties}

    def _property(self, row: Field) -> Schema:
        late = self._style.version >= V41
        if late and row.removed and self._style.complex and _is_gone(row.type):
            return _said(row.description)
        schema = self.of(row.type, row.description)
        if late and row.nullable:
            schema = _nullable(schema)
        if late and row.deprecated and row.deprecated.since <= self._style.version:
            schema["deprecated"] = True
        return schema


def _is_gone(kind: Type) -> bool:
    """Whether nothing is left to be told of a removed field, but null."""
    while isinstance(kind, Pointer):
        kind = kind.target
    return isinstance(kind, Leaf) and isinstance(kind.shape, Format)


def _require(schema: Schema, rows: Iterable[Field]) -> None:
    """Say which keys are always there: of a path, all its branches and what it ends in."""
    for row in rows:
        here = schema
        for key in row.key.split("/") if row.required else ():
            required = here.setdefault("required", [])
            if key not in required:
                required.append(key)
            here = here["properties"][key]


def _nullable(schema: Schema) -> Schema:
    """The same or null; what stands beside a reference would not count."""
    if "$ref" not in schema:
        return schema | {"nullable": True}
    reference = {"$ref": schema.pop("$ref")}
    return {"nullable": True, "allOf": [reference], **schema}


def _said(description: str) -> Schema:
    return {"description": description} if description else {}


def _array(said: str, items: Schema) -> Schema:
    return {"type": "array", **_said(said), "items": items}


def _word(said: str, words: Schema) -> Schema:
    return words | {"description": f"{said}\n\n{words['description']}"}


def plain(form: Format, said: str) -> Schema:
    """The schema of a value without parts, or of one of which no parts are known."""
    name, format_ = form.value
    schema: Schema = {"type": name}
    if format_ is not None:
        schema["format"] = format_
    schema |= _said(said)
    if form is Format.OBJECT:
        schema["properties"] = {}
    elif form is Format.ARRAY:
        schema["items"] = {}
    return schema


@cache
def enumeration(kind: Flags, version: Version) -> Schema:
    """The schema of one word; not to be changed."""
    words = list(shown_words(kind, version))
    said = "\n".join([f"- `{word.name}`: {word.description}" for word in words])
    return {"enum": [word.name for word in words], "type": "string", **_said(said)}


def shown_words(kind: Flags, version: Version) -> Iterable[Flag]:
    """The words that the document names."""
    return (flag for flag in in_version(kind.flags, version) if not flag.hidden)


def described(kind: Type) -> str:
    """What a value of a type is, in words."""
    if kind.description:
        return kind.description
    item = _item(kind)
    said = described(item) if item is not None else ""
    return f"List; each item: {said[:1].lower()}{said[1:]}" if said else ""


def _item(kind: Type) -> Type | None:
    """What a list is made of."""
    if isinstance(kind, ListOf | ArrayOf):
        item: Type | None = kind.item
    elif isinstance(kind, Leaf) and isinstance(kind.shape, Items):
        item = kind.shape.of
    else:
        return None
    while isinstance(item, Pointer | Same):
        item = item.target
    return item
