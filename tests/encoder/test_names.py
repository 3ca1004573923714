# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables of names for numbers."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurmrestd._encoder import ffi, lib

from .programs import EncoderError, Program, decode, encoder, member, take
from .test_records import add, tables

NAMES = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.dictionaries(st.integers(0, 2**64 - 1), NAMES, max_size=60))
def test_every_number_has_the_name_that_it_was_given(entries: dict[int, str]) -> None:
    program = Program()
    program.put("name", "NAME", size=8, arg=program.lookup(1))
    with tables(2) as names:
        for number, name in entries.items():
            add(names + 1, number, b"another")
            add(names + 1, number, name.encode())
        for number, name in entries.items():
            assert decode(program, member("Q", number), tables=names) == {"name": name}
        assert names[1].used == len(entries)


@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_a_number_without_a_name(size: int) -> None:
    program = Program()
    program.put("name", "NAME", size=size, arg=program.lookup(0))
    number = member({1: "B", 2: "H", 4: "I", 8: "Q"}[size], 200)
    with tables() as names:
        with pytest.raises(EncoderError) as caught:
            decode(program, number, tables=names)
        assert caught.value.status == lib.SR_UNKNOWN_NAME
        lib.sr_table_otherwise(names, b'what "else"', 11)
        assert decode(program, number, tables=names) == {"name": 'what "else"'}
        lib.sr_table_otherwise(names, ffi.NULL, 0)
        assert decode(program, number, tables=names) == {"name": None}
        add(names, 200, b"known")
        assert decode(program, number, tables=names) == {"name": "known"}
        lib.sr_table_clear(names)
        with pytest.raises(EncoderError):
            decode(program, number, tables=names)
        add(names, 200, b"again")
        assert decode(program, number, tables=names) == {"name": "again"}


def test_a_long_name_makes_the_window_larger() -> None:
    program = Program()
    program.put("name", "NAME", size=4, arg=program.lookup(0))
    with tables() as names:
        add(names, 1, b"x" * 100_000)
        assert len(decode(program, member("I", 1), tables=names)["name"]) == 100_000


def test_text_that_is_json_already_goes_as_it_is() -> None:
    with encoder() as made:
        assert lib.sr_write_text(made, b'{"a":1}', 7) == lib.SR_DONE
        assert json.loads(take(made)) == {"a": 1}
