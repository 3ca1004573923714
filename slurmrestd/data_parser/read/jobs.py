# SPDX-License-Identifier: GPL-2.0-or-later
"""What only job descriptions have: types that read into several members at once."""

from __future__ import annotations

from slurmrestd.data_parser.model import Flags
from slurmrestd.data_parser.read import distribution, environment, flags
from slurmrestd.data_parser.read.context import (
    KEEP,
    Change,
    MemberReader,
    Reading,
    Record,
    StructReader,
    Unreadable,
    Value,
    quote,
)
from slurmrestd.data_parser.read.convert import to_int, to_text, type_name
from slurmrestd.data_parser.read.counts import node_count
from slurmrestd.data_parser.read.cpu_frequency import NoFrequency, cpu_frequency
from slurmrestd.data_parser.read.numbers import UINT16_MAX, UINT32_MAX, IntReader
from slurmrestd.data_parser.read.strings import array_as_nested, text
from slurmrestd.slurm.numbers import (
    ESLURM_BAD_DIST,
    ESLURM_DATA_CONV_FAILED,
    JOB_SHARED_NONE,
    JOB_SHARED_OK,
    NO_VAL,
    NO_VAL16,
    NO_VAL64,
    SLURM_DIST_ARBITRARY,
    SLURM_DIST_PLANE,
    SLURM_DIST_STATE_BASE,
    SLURM_DIST_UNKNOWN,
    SLURM_ERROR,
)

# -- arrays of texts --------------------------------------------------------------------


def strings(member: str, count: str) -> StructReader:
    """An array of texts and the member that counts them; null leaves both."""

    def read(reading: Reading, record: Record, value: Value, path: str) -> None:
        if value is None:
            return
        record[member] = array_as_nested(reading, value, path)
        record[count] = len(record[member])

    return read


def signalled(reading: Reading, record: Record, value: Value, path: str) -> None:
    """The jobs that are to be signalled, by name."""
    if not isinstance(value, list):
        if isinstance(value, dict):
            raise _unnamed_job(reading, value, path)
        reading.error_of(
            "KILL_JOBS_MSG_JOBS_ARRAY",
            ESLURM_DATA_CONV_FAILED,
            f"Jobs are a list, not {type_name(value)}",
        )
        raise Unreadable(ESLURM_DATA_CONV_FAILED)
    reading.check_items(value, path)
    jobs = []
    for item in value:
        if type(item) is not str and item is not None and reading.checks_types:
            reading.warn(path, f"Documented as a string, but given as {type_name(item)}")
        jobs.append(text(reading, item, path))
    record["jobs_array"] = jobs or None
    record["jobs_cnt"] = len(jobs)


def _unnamed_job(reading: Reading, value: Value, path: str) -> Unreadable:
    # An object is looked at as one job, but no object is a job's name.
    if reading.checks_types:
        reading.warn(path, f"Documented as a string, but given as {type_name(value)}")
    return reading.refuse(path, ESLURM_DATA_CONV_FAILED, "An object is no job id")


# -- limits -----------------------------------------------------------------------------


def rlimit(variable: str, as_number: IntReader) -> StructReader:
    """A limit of resources, which the job finds in its environment."""

    def read(reading: Reading, record: Record, value: Value, path: str) -> None:
        limit = as_number(reading, value, path)
        if limit != NO_VAL64:
            environment.put(record, variable, str(limit).encode())

    return read


# -- nodes and CPUs ---------------------------------------------------------------------


def nodes(reading: Reading, record: Record, value: Value, path: str) -> None:
    """A count of nodes as a text, or as a list of the least and the most."""
    if isinstance(value, list):
        _node_list(reading, record, value, path)
    else:
        _node_text(reading, record, value, path)
    if record["min_nodes"] > record["max_nodes"]:
        record["min_nodes"], record["max_nodes"] = record["max_nodes"], record["min_nodes"]


def _node_list(reading: Reading, record: Record, value: list[Value], path: str) -> None:
    if not 1 <= len(value) <= 2:
        raise _refuse_nodes(reading, path, "The least and the most nodes, or one of them")
    counts = [to_int(count) for count in value]
    for count, given in zip(counts, value, strict=True):
        if count is None:
            raise _refuse_nodes(reading, path, f"A count of nodes cannot be {type_name(given)}")
        record["max_nodes"] = count & UINT32_MAX
    if len(counts) == 2 and counts[0] is not None:
        record["min_nodes"] = counts[0] & UINT32_MAX


def _node_text(reading: Reading, record: Record, value: Value, path: str) -> None:
    given = to_text(value)
    if given is None:
        raise _refuse_nodes(reading, path, f"A count of nodes cannot be {type_name(value)}")
    count = node_count(given)
    if count is None:
        raise _refuse_nodes(reading, path, f"{quote(given)} is no count of nodes")
    record["min_nodes"] = count.least & UINT32_MAX
    record["max_nodes"] = count.most & UINT32_MAX
    record["job_size_str"] = None if count.sizes is None else count.sizes.encode()


def _refuse_nodes(reading: Reading, path: str, description: str) -> Unreadable:
    return reading.refuse(path, ESLURM_DATA_CONV_FAILED, description)


def cpu_freq(reading: Reading, record: Record, value: Value, path: str) -> None:
    """A range of frequencies and a governor, in three members."""
    if value is None:
        record["cpu_freq_min"] = record["cpu_freq_max"] = record["cpu_freq_gov"] = NO_VAL
        return
    given = to_text(value)
    if given is None:
        raise reading.refuse(
            path, ESLURM_DATA_CONV_FAILED, f"A frequency cannot be {type_name(value)}"
        )
    try:
        asked = cpu_frequency(given, reading.settings)
    except NoFrequency as error:
        raise reading.refuse(path, SLURM_ERROR, f"{quote(given)} is no CPU frequency") from error
    record["cpu_freq_min"] = asked.low
    record["cpu_freq_max"] = asked.high
    record["cpu_freq_gov"] = asked.governor


# -- distribution -----------------------------------------------------------------------


def plane_size(as_number: IntReader) -> StructReader:
    """The size of planes, which makes the distribution one of planes."""

    def read(reading: Reading, record: Record, value: Value, path: str) -> None:
        size = as_number(reading, value, path)
        if size != NO_VAL16:
            record["task_dist"] = SLURM_DIST_PLANE
        record["plane_size"] = size
        if size != NO_VAL16:
            _put_plane(reading, record, path)

    return read


def task_distribution(reading: Reading, record: Record, value: Value, path: str) -> None:
    """A distribution by its name, which must go with the size of planes."""
    if value is None:
        if record["plane_size"] == NO_VAL16:
            record["task_dist"] = SLURM_DIST_UNKNOWN
        return
    given = to_text(value)
    if given is None:
        raise reading.refuse(
            path, ESLURM_DATA_CONV_FAILED, f"A distribution cannot be {type_name(value)}"
        )
    found = distribution.parse(given)
    if found is None:
        raise reading.refuse(path, ESLURM_BAD_DIST, f"{quote(given)} is no distribution")
    _distribute(reading, record, found, path)


def _distribute(reading: Reading, record: Record, found: tuple[int, int | None], path: str) -> None:
    layout, size = found
    if record["plane_size"] not in (NO_VAL16, size):
        raise reading.refuse(path, ESLURM_BAD_DIST, "This does not go with distribution_plane_size")
    record["task_dist"] = layout
    if size is not None:
        record["plane_size"] = size & UINT16_MAX
        _put_plane(reading, record, path)
        return
    if layout & SLURM_DIST_STATE_BASE == SLURM_DIST_ARBITRARY:
        if record.get("req_nodes") is None:
            raise reading.refuse(
                path, ESLURM_BAD_DIST, "An arbitrary distribution needs required_nodes"
            )
        _put(reading, record, "SLURM_ARBITRARY_NODELIST", record["req_nodes"], path)
    _put(reading, record, "SLURM_DISTRIBUTION", distribution.name(layout).encode(), path)


def _put_plane(reading: Reading, record: Record, path: str) -> None:
    _put(reading, record, "SLURM_DISTRIBUTION", b"plane", path)
    _put(reading, record, "SLURM_DIST_PLANESIZE", str(record["plane_size"]).encode(), path)


def _put(reading: Reading, record: Record, name: str, value: bytes, path: str) -> None:
    try:
        environment.put(record, name, value)
    except environment.TooLong as error:
        raise reading.refuse(path, SLURM_ERROR, f"{name} is too long") from error


# -- sharing ----------------------------------------------------------------------------


def exclusive(words: Flags) -> MemberReader:
    """Whether a job shares its nodes: a boolean, null, or the flags of v0.0.41 and before."""

    def read(reading: Reading, value: Value, path: str) -> int | Change:
        if value is None or value is False:
            return JOB_SHARED_OK
        if value is True:
            return JOB_SHARED_NONE
        of_value = flags.reader(words, reading.version)
        return Change(lambda present: of_value(reading, value, path, present))

    return read


def unsupported_crontab(reading: Reading, _value: Value, path: str) -> Change:
    """A crontab entry cannot be submitted."""
    reading.warn(path, "Entries of a crontab cannot be submitted this way")
    return KEEP
