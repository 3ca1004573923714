# SPDX-License-Identifier: GPL-2.0-or-later
"""What the recording of the original cannot show: names, settings, bytes, and its own faults."""

from __future__ import annotations

import grp
import os
import pwd

import pytest

from slurmrestd.data_parser.model import V40, V41, V42, Type, Version
from slurmrestd.data_parser.read import distribution, environment, steps
from slurmrestd.data_parser.read.context import (
    MAX_ITEMS,
    Reading,
    Record,
    Settings,
    Unreadable,
)
from slurmrestd.data_parser.read.cpu_frequency import NoFrequency, cpu_frequency
from slurmrestd.data_parser.read.structs import read
from slurmrestd.data_parser.tables.job_description import JOB_DESC_MSG
from slurmrestd.data_parser.tables.job_signals import KILL_JOBS_MSG
from slurmrestd.data_parser.tables.job_states import WARN_FLAGS
from slurmrestd.data_parser.types import (
    CSV_STRING,
    CSV_STRING_LIST,
    GROUP_ID,
    HOSTLIST_STRING,
    STRING,
    STRING_ARRAY,
    TIMESTAMP,
    USER_ID,
)
from slurmrestd.slurm.numbers import (
    CPU_FREQ_POWERSAVE,
    ESLURM_DATA_CONV_FAILED,
    ESLURM_GROUP_ID_UNKNOWN,
    ESLURM_INVALID_STEP_ID_NON_NUMERIC,
    ESLURM_REST_FAIL_PARSING,
    ESLURM_USER_ID_UNKNOWN,
    NO_VAL,
)
from tests.data_parser.read.helpers import PATH, member, read_body, read_field

# -- users and groups -------------------------------------------------------------------


def test_a_user_is_a_name_or_a_number() -> None:
    me = pwd.getpwuid(os.getuid())

    assert member(USER_ID, me.pw_name) == me.pw_uid
    assert member(USER_ID, str(me.pw_uid)) == me.pw_uid


def test_a_group_is_a_name_or_a_number() -> None:
    group = grp.getgrgid(os.getgid())

    assert member(GROUP_ID, group.gr_name, V41) == group.gr_gid
    assert member(GROUP_ID, group.gr_gid, V42) == group.gr_gid


def test_the_first_version_knows_groups_by_number_alone() -> None:
    group = grp.getgrgid(os.getgid())

    assert member(GROUP_ID, str(group.gr_gid), V40) == group.gr_gid
    assert read_field(GROUP_ID, group.gr_name, V40).errno == ESLURM_DATA_CONV_FAILED


@pytest.mark.parametrize("name", ["no such one", "\udcff", "x" * 100_000])
def test_an_unknown_name_is_an_error_and_nothing_worse(name: str) -> None:
    # The original aborts on the group.
    assert read_field(USER_ID, name).errno == ESLURM_USER_ID_UNKNOWN
    assert read_field(GROUP_ID, name).errno == ESLURM_GROUP_ID_UNKNOWN


@pytest.mark.parametrize("value", [[], {}, {"set": True}])
def test_a_group_that_is_no_scalar_is_an_error_and_nothing_worse(value: object) -> None:
    assert read_field(GROUP_ID, value).errors == [(ESLURM_DATA_CONV_FAILED, "#/field/")]


def test_a_name_that_no_file_can_hold_is_unknown() -> None:
    assert read_field(USER_ID, "\ud800").errno == ESLURM_USER_ID_UNKNOWN
    assert read_field(GROUP_ID, "\ud800").errno == ESLURM_GROUP_ID_UNKNOWN


# -- texts ------------------------------------------------------------------------------


def test_a_text_ends_at_a_nul() -> None:
    assert member(STRING, "a\0b") == b"a"
    assert member(STRING_ARRAY, ["a\0b", "\0"]) == [b"a", b""]
    assert member(CSV_STRING, ["a\0b", "c"]) == b"a,c"


def test_bytes_that_are_no_utf8_stay_what_they_are() -> None:
    assert member(STRING, b"\xff\x80\xc3".decode("utf-8", "surrogateescape")) == b"\xff\x80\xc3"


def test_a_lone_surrogate_is_a_replacement_character() -> None:
    assert member(STRING, "a\ud800\udcff") == b"a\xef\xbf\xbd\xff"


def test_a_list_of_texts_may_be_a_text_with_commas() -> None:
    assert member(CSV_STRING_LIST, ",a,,b c,") == [b"a", b"b c"]
    assert member(CSV_STRING_LIST, {"a": 1, "b": None}) == [b"a=1", b"b="]


def test_an_entry_that_is_no_text_ends_the_list_but_not_the_reading() -> None:
    found = read_field(CSV_STRING_LIST, ["a", [], "b"])

    assert (found.errno, found.record["member"]) == (0, [b"a"])
    assert found.errors == [(ESLURM_DATA_CONV_FAILED, "#/field/")]


def test_a_list_of_hosts_with_a_wrong_one_is_an_error_and_nothing_worse() -> None:
    # The original dies of the item that is no host list.
    found = read_field(HOSTLIST_STRING, ["n1", "n[2"])

    assert found.errors == [(ESLURM_DATA_CONV_FAILED, "#/field/")]


# -- steps ------------------------------------------------------------------------------


def test_a_step_that_has_no_such_name_is_an_error_and_nothing_worse() -> None:
    # The original reads past its table of names.
    with pytest.raises(Unreadable) as refusal:
        steps.parse("12.nosuchstep")

    assert refusal.value.errno == ESLURM_INVALID_STEP_ID_NON_NUMERIC


@pytest.mark.parametrize(
    "text", ["12", "12_3", "12+3", "12.0", "12.batch", "12_3.extern", "12.7+2", "12+3.interactive"]
)
def test_what_was_read_can_be_written(text: str) -> None:
    assert steps.format_step(steps.parse(text)) == text


def test_no_job_cannot_be_written() -> None:
    nothing = steps.parse("1") | {"step_id.job_id": NO_VAL}

    with pytest.raises(Unreadable):
        steps.format_step(nothing)


# -- what depends on the site -----------------------------------------------------------


def test_a_governor_must_be_allowed() -> None:
    with pytest.raises(NoFrequency):
        cpu_frequency("powersave", Settings())

    allowed = Settings(cpu_freq_governors=CPU_FREQ_POWERSAVE)
    asked = cpu_frequency("powersave", allowed)
    assert (asked.low, asked.high, asked.governor) == (NO_VAL, NO_VAL, CPU_FREQ_POWERSAVE)


def test_a_range_without_a_governor_takes_the_default_one() -> None:
    with pytest.raises(NoFrequency):
        cpu_frequency("1000-2000", Settings())

    settings = Settings(CPU_FREQ_POWERSAVE, cpu_freq_default=CPU_FREQ_POWERSAVE)
    asked = cpu_frequency("1000-2000", settings)
    assert (asked.low, asked.high, asked.governor) == (1000, 2000, CPU_FREQ_POWERSAVE)


@pytest.mark.usefixtures("_berlin")
def test_a_number_in_a_text_is_a_time_from_the_last_version_on() -> None:
    assert member(TIMESTAMP, "1700000000", V42) == 1_700_000_000
    assert read_field(TIMESTAMP, "1700000000", V41).errno == ESLURM_DATA_CONV_FAILED


# -- the environment of a job -----------------------------------------------------------


@pytest.mark.parametrize("body", [{"rlimits": {"cpu": 5}}, {"distribution": "block"}])
def test_a_job_without_an_environment_gets_none(body: object) -> None:
    # The original sets the variables in its own environment, where they stay.
    before = dict(os.environ)

    assert "environment" not in read_body(JOB_DESC_MSG, body).record
    assert dict(os.environ) == before


def test_a_variable_that_is_there_is_replaced() -> None:
    record = Record("job_desc_msg_t", {"environment": [b"AB=1", b"A=1", b"A=2"]})
    environment.put(record, "A", b"x")

    assert record == {"environment": [b"AB=1", b"A=x", b"A=2"], "env_size": 3}


def test_a_variable_can_be_too_long() -> None:
    record = Record("job_desc_msg_t", {"environment": []})

    with pytest.raises(environment.TooLong):
        environment.put(record, "A", b"x" * environment.LONGEST)


def test_the_size_of_planes_does_not_come_from_our_own_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SLURM_DIST_PLANESIZE", "4")

    assert distribution.parse("plane") is None


def test_a_record_of_one_request_is_not_that_of_the_next() -> None:
    first = read(JOB_DESC_MSG, {"environment": ["A=1"]}, Reading(V42))
    first["environment"].append(b"B=2")
    first["nice"] = 1

    second = read(JOB_DESC_MSG, {"environment": ["A=1"]}, Reading(V42))
    assert second["environment"] == [b"A=1"]
    assert second["nice"] == NO_VAL


@pytest.mark.parametrize("version", Version)
def test_a_job_can_be_read_in_every_version(version: Version) -> None:
    found = read_body(JOB_DESC_MSG, {"name": "x", "tasks": 2}, version)

    assert (found.record["name"], found.record["num_tasks"]) == (b"x", 2)


# -- bounds -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [CSV_STRING, CSV_STRING_LIST, STRING_ARRAY, WARN_FLAGS])
def test_a_list_has_a_bounded_number_of_items(kind: Type) -> None:
    most = ["FULL_JOB"] * MAX_ITEMS
    assert read_field(kind, most).errno == 0
    found = read_field(kind, [*most, "FULL_JOB"])
    assert found.errors == [(ESLURM_REST_FAIL_PARSING, PATH)]


def test_jobs_to_signal_are_a_bounded_number() -> None:
    assert read_body(KILL_JOBS_MSG, {"jobs": ["1"] * MAX_ITEMS}).errno == 0
    assert read_body(KILL_JOBS_MSG, {"jobs": ["1"] * (MAX_ITEMS + 1)}).errno != 0
