# SPDX-License-Identifier: GPL-2.0-or-later
"""The parts by themselves: ``pytest bench/test_parts.py``; inside the sandbox, without a cluster.

orjson, ujson and the standard library are yardsticks: they write what is a tree already, and
read what has no table.
"""

import json
from typing import Any

import orjson
import pytest
import ujson
from pytest_benchmark.fixture import BenchmarkFixture

from bench.cases import SUBMIT_BODY
from slurmrestd import serializer
from slurmrestd._encoder import ffi
from slurmrestd.data_parser.encode import Encoder, Records
from slurmrestd.data_parser.model import V42, Struct, Version
from slurmrestd.data_parser.program import Form
from slurmrestd.data_parser.read.context import Reading
from slurmrestd.data_parser.read.store import fill
from slurmrestd.data_parser.read.structs import read
from slurmrestd.data_parser.small import small
from slurmrestd.data_parser.tables.answers import OPENAPI_META
from slurmrestd.data_parser.tables.job_description import JOB_DESC_MSG, JOB_SUBMIT_REQ
from slurmrestd.data_parser.tables.jobs import JOB_INFO
from slurmrestd.data_parser.tables.licenses import LICENSE
from slurmrestd.data_parser.tables.partitions import PARTITION_INFO
from slurmrestd.data_parser.tables.queries import OPENAPI_JOB_INFO_QUERY
from slurmrestd.data_parser.tables.reservations import RESERVATION_INFO
from slurmrestd.http import media
from slurmrestd.openapi.routes import DataParser, Routes
from slurmrestd.openapi.slurmctld.plugin import PLUGIN as SLURMCTLD
from slurmrestd.openapi.slurmdbd.plugin import PLUGIN as SLURMDBD
from slurmrestd.slurm.memory import Owned

RECORDS = 1_000
ROUTES = Routes([SLURMCTLD, SLURMDBD], [DataParser(version) for version in Version])
TABLES = (JOB_INFO, PARTITION_INFO, RESERVATION_INFO, LICENSE)
VERSIONS = pytest.mark.parametrize("version", Version, ids=str)


def encode(records: Records, form: Form) -> bytes:
    """The whole array."""
    encoder = Encoder(form, ffi.NULL)
    made = []
    try:
        encoder.begin(records, 2)
        while encoder.fill():
            made.append(bytes(encoder.window()))
        return b"".join([*made, bytes(encoder.window())])
    finally:
        encoder.close()


def empty(table: Struct) -> Records:
    """So many records of a table in which nothing is set."""
    return Records(table, ffi.new(f"{table.ctype}[]", RECORDS), RECORDS)


@VERSIONS
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_encoder(benchmark: BenchmarkFixture, table: Struct, version: Version) -> None:
    """A thousand empty records: what the fields cost, without their texts.

    Of the tables that ask libslurm for nothing: a node asks for what runs on it.
    """
    benchmark(encode, empty(table), Form(version, pretty=False, complex=False))


@pytest.fixture(scope="module")
def tree() -> Any:
    """What the encoder wrote of a thousand empty jobs, as Python objects."""
    form = Form(V42, pretty=False, complex=False)
    return json.loads(b"[" + encode(empty(JOB_INFO), form) + b"]")


@pytest.mark.parametrize("library", [orjson, ujson, json], ids=lambda one: one.__name__)
def test_yardstick_for_the_encoder(benchmark: BenchmarkFixture, library: Any, tree: Any) -> None:
    """The same jobs by a library that has them as a tree already."""
    benchmark(library.dumps, tree)


@VERSIONS
def test_body_reader(benchmark: BenchmarkFixture, version: Version) -> None:
    """From the bytes of a job to values by its table."""
    body = SUBMIT_BODY.encode()

    def run() -> None:
        value = serializer.read(body, media.JSON)
        read(JOB_SUBMIT_REQ, value, Reading(version, fast=False, complex=False))

    benchmark(run)


@pytest.mark.parametrize("library", [orjson, ujson, json], ids=lambda one: one.__name__)
def test_yardstick_for_the_body_reader(benchmark: BenchmarkFixture, library: Any) -> None:
    """The same bytes by a library that knows no table."""
    benchmark(library.loads, SUBMIT_BODY)


def test_storing(benchmark: BenchmarkFixture) -> None:
    """From values to the struct."""
    value = json.loads(SUBMIT_BODY)["job"]
    record = read(JOB_DESC_MSG, value, Reading(V42, fast=False, complex=False))

    def run() -> None:
        fill(ffi, ffi.new("job_desc_msg_t *"), record, Owned())

    benchmark(run)


@VERSIONS
def test_query_reader(benchmark: BenchmarkFixture, version: Version) -> None:
    """From a query to values by its table."""

    def run() -> None:
        value = serializer.read(b"flags=DETAIL&flags=ALL", media.URL_ENCODED)
        read(OPENAPI_JOB_INFO_QUERY, value, Reading(version, fast=False, complex=False))

    benchmark(run)


@pytest.mark.parametrize(
    "path",
    ["/slurm/v0.0.42/ping", "/slurm/v0.0.42/job/4711", "/slurmdb/v0.0.42/qos/", "/nothing"],
)
def test_router(benchmark: BenchmarkFixture, path: str) -> None:
    """From a path to an operation."""
    benchmark(ROUTES.match, "GET", path)


def test_envelope(benchmark: BenchmarkFixture) -> None:
    """What is small and made anew: ``meta`` from its table, with orjson."""
    values = {
        "plugin.type": "openapi/slurmctld",
        "plugin.name": "Slurm OpenAPI slurmctld",
        "client.source": "[localhost]:6820(fd:9)",
        "command": [],
    }
    form = Form(V42, pretty=True, complex=False)

    def run() -> bytes:
        return orjson.dumps({"meta": small(OPENAPI_META, values, form)})

    benchmark(run)
