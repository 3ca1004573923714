# SPDX-License-Identifier: GPL-2.0-or-later
"""Bodies and what slurmrestd 24.11.5 read from them.

``original.jsonl`` was recorded by handing each body to the original's data_parser plugins,
in Berlin's time: the return code, the errors with their sources, the sources of the
warnings, and the members that differ from those of an empty body.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from slurmrestd.data_parser.model import Struct, Version
from slurmrestd.data_parser.read import initial
from slurmrestd.data_parser.read.context import Record
from slurmrestd.data_parser.tables import job_description, job_signals, nodes, queries
from slurmrestd.serializer import json as json_reader
from tests.data_parser.read.helpers import Read, read_body

RECORDED = Path(__file__).with_name("original.jsonl")
TABLES: dict[str, Struct] = {
    name: table
    for module in (job_description, job_signals, nodes, queries)
    for name, table in vars(module).items()
    if isinstance(table, Struct)
}

pytestmark = pytest.mark.usefixtures("_berlin")


def recorded() -> list[Any]:
    cases = [json.loads(line) for line in RECORDED.read_text(encoding="ascii").splitlines()]
    return [
        pytest.param(version, case, id=f"{version}-{case['type']}-{case['body']}")
        for case in cases
        for version in case["versions"]
    ]


@pytest.mark.parametrize(("version", "case"), recorded())
def test_a_body_is_read_as_the_original_read_it(version: str, case: dict[str, Any]) -> None:
    found = _read(version, case)

    assert (found.errno, found.errors, found.warnings) == (
        case["rc"],
        [tuple(error) for error in case.get("errors", ())],
        case.get("warnings", []),
    )
    if found.errno == 0:
        assert _changed(found.record, TABLES[case["type"]]) == case.get("members", {})


def _read(version: str, case: dict[str, Any]) -> Read:
    name, _, flag = version.partition("+")
    return read_body(
        TABLES[case["type"]],
        json_reader.read(case["body"].encode()),
        Version(int(name.removeprefix("v0.0."))),
        fast=flag == "fast",
        complex_=flag == "complex",
    )


def _changed(record: Record, table: Struct) -> dict[str, Any]:
    """The members that are not as they were before, as the recording shows them."""
    before = initial.values(table)
    return {
        name: _plain(value)
        for name, value in record.items()
        if value != before.get(name, 0) and value is not None
    }


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, Record):
        is_job = value.ctype == "job_desc_msg_t"
        return _changed(value, job_description.JOB_DESC_MSG) if is_job else _bare(value)
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _bare(record: Record) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value is not None}
