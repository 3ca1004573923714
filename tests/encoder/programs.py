# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs made by hand, an instruction a key, and what they write."""

from __future__ import annotations

import codecs
import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slurmrestd._encoder import ffi, lib

NO_VAL16, INFINITE16 = 0xFFFE, 0xFFFF
NO_VAL, INFINITE = 0xFFFF_FFFE, 0xFFFF_FFFF
NO_VAL64, INFINITE64 = 0xFFFF_FFFF_FFFF_FFFE, 0xFFFF_FFFF_FFFF_FFFF
NOT_SKIPPED = 0xFFFF_FFFF_FFFF_FFFF

UNSET = {"set": False, "infinite": False, "number": 0}
UNLIMITED = {"set": False, "infinite": True, "number": 0}


class EncoderError(Exception):
    """The encoder ended with this status."""

    def __init__(self, status: int, number: int = 0) -> None:
        super().__init__(status, number)
        self.status = status
        self.number = number


def number(value: object) -> dict[str, object]:
    """The object that a number which is set is written as."""
    return {"set": True, "infinite": False, "number": value}


class Program:
    """An object with a key for each instruction; it begins on a line of ``depth``.

    In YAML the depth of a whole document is -1.
    """

    def __init__(
        self,
        *,
        pretty: bool = False,
        depth: int | None = None,
        yaml: bool = False,
        complex: bool = False,  # noqa: A002
    ) -> None:
        self.pretty = pretty
        self.yaml = yaml
        self.complex = complex
        self.depth = (-1 if yaml else 0) if depth is None else depth
        self.kept: list[Any] = []
        self._insns: list[dict[str, Any]] = []

    def put(
        self,
        key: str,
        operation: str,
        offset: int = 0,
        *,
        size: int = 0,
        function: str = "NONE",
        arg: Any = ffi.NULL,
    ) -> Program:
        """Add an instruction; ``arg`` is one of the methods below, or NULL."""
        comma = "," if self._insns and not self.yaml else ""
        prefix = comma + self._line(1) + self._key(key)
        self._insns.append(
            {
                "op": getattr(lib, f"SR_{operation}"),
                "size": size,
                "function": getattr(lib, f"SR_FN_{function}"),
                "depth": self.depth + 1,
                "offset": offset,
                "prefix": self.text(prefix.encode()),
                "arg": arg,
            }
        )
        return self

    @property
    def native(self) -> Any:
        """The program for the encoder; as long as this object lives."""
        insns = self.keep("sr_insn[]", self._insns)
        prefix, suffix = "{", (self._line(0) if self._insns else "") + "}"
        if self.yaml:
            prefix, suffix = "!!map" if self._insns else "!!map {}", ""
        return self.keep(
            "sr_program *",
            {
                "insns": insns,
                "count": len(self._insns),
                "prefix": self.text(prefix.encode()),
                "suffix": self.text(suffix.encode()),
            },
        )

    def nested(self, inner: Program, *, stride: int = 0, null: bytes | None = None) -> Any:
        """An argument: the program of what nests."""
        self.kept.append(inner)
        if null is None:
            null = self._null if self.complex else b"!!map {}" if self.yaml else b"{}"
        value = {"program": inner.native, "stride": stride, "null_text": self.text(null)}
        return self.keep("sr_nested *", value)

    def inner(self, *, items: bool = False) -> Program:
        """An empty program for the value of a key, or for the items of a list there."""
        further = items and not self.yaml
        return Program(
            pretty=self.pretty,
            depth=self.depth + 1 + further,
            yaml=self.yaml,
            complex=self.complex,
        )

    def no_val(self, *, is_float: bool = False) -> Any:
        """An argument: how a number that may be unset is put."""
        nought = "0" if not is_float else "0.000000" if self.yaml else "0.0"
        tag = "" if not self.yaml else "!!float " if is_float else "!!int "
        bool_tag = "!!bool " if self.yaml else ""

        def text(is_set: str, infinite: str, rest: str) -> str:
            keys = (("set", bool_tag + is_set), ("infinite", bool_tag + infinite))
            lines = [self._line(2) + self._key(key) + value for key, value in keys]
            lines.append(self._line(2) + self._key("number") + tag + rest)
            return ("!!map" if self.yaml else "{") + ("" if self.yaml else ",").join(lines)

        end = "" if self.yaml else self._line(1) + "}"
        texts = {
            "unset": text("false", "false", nought + end),
            "infinite": text("false", "true", nought + end),
            "before": text("true", "false", ""),
            "after": end,
        }
        if self.complex:
            infinity = "!!str Infinity" if self.yaml else '"Infinity"'
            null = self._null.decode()
            texts = {"unset": null, "infinite": infinity, "before": tag, "after": ""}
        kept = {key: self.text(value.encode()) for key, value in texts.items()}
        return self.keep("sr_no_val *", kept)

    def flags(self, *flags: tuple[str, str, int, int]) -> Any:
        """An argument: flags as (BIT or EQUAL, name, value, mask)."""
        rows = [
            {
                "kind": getattr(lib, f"SR_FLAG_{kind}"),
                "value": value,
                "mask": mask,
                "text": self.text(self._word(name).encode()),
            }
            for kind, name, value, mask in flags
        ]
        return self.keep("sr_flags *", {"flags": self.keep("sr_flag[]", rows), "count": len(rows)})

    def lookup(self, table: int) -> Any:
        """An argument: the table of an SR_NAME."""
        return self.keep("sr_lookup *", {"table": table})

    def keep(self, ctype: str, value: Any) -> Any:
        made = ffi.new(ctype, value)
        self.kept.append(made)
        return made

    def text(self, data: bytes) -> dict[str, Any]:
        made = exactly(data)
        self.kept.append(made)
        return {"data": made, "len": len(data)}

    @property
    def _null(self) -> bytes:
        return b"!!null null" if self.yaml else b"null"

    def _word(self, word: str) -> str:
        return f"!!str {word}".rstrip() if self.yaml else json.dumps(word)

    def _line(self, deeper: int) -> str:
        return "\n" + "  " * (self.depth + deeper) if self.pretty or self.yaml else ""

    def _key(self, key: str) -> str:
        if self.yaml:
            return f"!!str {key}: "
        return json.dumps(key) + (": " if self.pretty else ":")


@contextmanager
def encoder(
    *,
    window: int = 1,
    tables: Any = ffi.NULL,
    host: Any = ffi.NULL,
    lookups: Any = ffi.NULL,
    pretty: bool = False,
    complex: bool = False,  # noqa: A002
) -> Iterator[Any]:
    """An encoder whose window is as small as it gets, unless told otherwise."""
    made = lib.sr_encoder_new(window, tables, host, pretty, complex)
    assert made != ffi.NULL
    made.lookups = lookups
    try:
        yield made
    finally:
        lib.sr_encoder_free(made)


def take(made: Any) -> bytes:
    """What the window holds, which is empty then."""
    data = bytes(ffi.buffer(made.data, made.len))
    made.len = 0
    return data


def encode(program: Program, base: Any, **options: Any) -> bytes:
    """The bytes of one struct."""
    options.setdefault("complex", program.complex)
    with encoder(pretty=program.pretty, **options) as made:
        made.yaml = program.yaml
        status = lib.sr_write_struct(made, program.native, ffi.cast("void *", base))
        if status != lib.SR_DONE:
            assert made.len == 0
            raise EncoderError(status, made.error_number)
        return take(made)


def decode(program: Program, base: Any, **options: Any) -> Any:
    """The value that the bytes of one struct mean."""
    return json.loads(encode(program, base, **options))


def value_of(operation: str, base: Any, **fields: Any) -> Any:
    """What one operation writes for a member at ``base``."""
    options = {k: fields.pop(k) for k in ("tables", "host", "lookups", "complex") if k in fields}
    program = Program(complex=options.get("complex", False))
    if fields.pop("no_val", False):
        fields["arg"] = program.no_val()
    return decode(program.put("value", operation, **fields), base, **options)["value"]


def pointer_to(text: bytes | None, keep: list[Any]) -> Any:
    """A ``char **`` to the text, NULL for None."""
    data = ffi.NULL if text is None else ffi.new("char[]", text)
    member = ffi.new("char **", data)
    keep += [data, member]
    return member


def text_of(data: bytes) -> str:
    """What text the encoder makes of bytes: U+FFFD for each that is no UTF-8."""
    return data.decode("utf-8", "replace-each-byte")


def _replace_each(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "\ufffd" * (error.end - error.start), error.end


codecs.register_error("replace-each-byte", _replace_each)


def exactly(data: bytes) -> Any:
    """Memory of these bytes and no NUL: ASan sees who reads behind it."""
    made = ffi.new("char[]", len(data))
    ffi.memmove(made, data, len(data))
    return made


def member(form: str, value: Any) -> Any:
    """Memory that holds a number, as :mod:`struct` has its forms."""
    return exactly(struct.pack(f"={form}", value))
