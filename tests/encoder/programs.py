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
    """An object with a key for each instruction; its brace stands on a line of ``depth``."""

    def __init__(self, *, pretty: bool = False, depth: int = 0) -> None:
        self.pretty = pretty
        self.depth = depth
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
        prefix = ("," if self._insns else "") + self._line(1) + self._key(key)
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
        end = self._line(0) if self._insns else ""
        return self.keep(
            "sr_program *",
            {
                "insns": insns,
                "count": len(self._insns),
                "prefix": self.text(b"{"),
                "suffix": self.text(f"{end}}}".encode()),
            },
        )

    def nested(self, inner: Program, *, stride: int = 0, null: bytes = b"{}") -> Any:
        """An argument: the program of what nests."""
        self.kept.append(inner)
        value = {"program": inner.native, "stride": stride, "null_text": self.text(null)}
        return self.keep("sr_nested *", value)

    def inner(self, *, items: bool = False) -> Program:
        """An empty program for the value of a key, or for the items of a list there."""
        return Program(pretty=self.pretty, depth=self.depth + 1 + items)

    def no_val(self, nought: str = "0") -> Any:
        """An argument: how a number that may be unset is put."""

        def text(is_set: str, infinite: str, rest: str) -> Any:
            keys = (("set", is_set), ("infinite", infinite), ("number", rest))
            lines = (self._line(2) + self._key(key) + value for key, value in keys)
            return self.text(("{" + ",".join(lines)).encode())

        end = self._line(1) + "}"
        return self.keep(
            "sr_no_val *",
            {
                "unset": text("false", "false", nought + end),
                "infinite": text("false", "true", nought + end),
                "before": text("true", "false", ""),
                "after": self.text(end.encode()),
            },
        )

    def flags(self, *flags: tuple[str, str, int, int]) -> Any:
        """An argument: flags as (BIT or EQUAL, name, value, mask)."""
        rows = [
            {
                "kind": getattr(lib, f"SR_FLAG_{kind}"),
                "value": value,
                "mask": mask,
                "text": self.text(json.dumps(name).encode()),
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

    def _line(self, deeper: int) -> str:
        return "\n" + "  " * (self.depth + deeper) if self.pretty else ""

    def _key(self, key: str) -> str:
        return json.dumps(key) + (": " if self.pretty else ":")


@contextmanager
def encoder(
    *,
    window: int = 1,
    tables: Any = ffi.NULL,
    host: Any = ffi.NULL,
    pretty: bool = False,
    complex: bool = False,  # noqa: A002
) -> Iterator[Any]:
    """An encoder whose window is as small as it gets, unless told otherwise."""
    made = lib.sr_encoder_new(window, tables, host, pretty, complex)
    assert made != ffi.NULL
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
    with encoder(pretty=program.pretty, **options) as made:
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
    options = {k: fields.pop(k) for k in ("tables", "host", "complex") if k in fields}
    program = Program()
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
