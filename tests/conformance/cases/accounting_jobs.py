# SPDX-License-Identifier: GPL-2.0-or-later
"""Jobs of the accounting database: who sees which, and every filter in every form."""

from __future__ import annotations

from collections.abc import Iterator

from tests.conformance.case import Case
from tests.conformance.cases.reads import UPDATE_TIMES

_ALL, _ONE = "GET slurmdb/jobs", "GET slurmdb/job/{id}"
_JOBS, _JOB = "slurmdb/jobs", "slurmdb/job"
_EVERYBODY = ("alice", "bob", "carol", "oscar", "admin", "mallory", "root")

_NUMBERS = {
    "number": "2",
    "zero": "0",
    "negative": "-1",
    "float": "1.5",
    "hexadecimal": "0x2",
    "largest": "4294967295",
    "unset": "4294967294",
    "32 bits and more": "4294967296",
    "64 bits and more": "18446744073709551616",
    "empty": "",
    "null": "null",
    "true": "true",
    "text": "x",
    "range": "2-3",
    "time": "1-00%3A00%3A00",
    "infinity": "inf",
    "INFINITE": "INFINITE",
    "UNLIMITED": "UNLIMITED",
    "object": "%7B%22set%22%3Atrue%7D",
}

_LISTS = {
    "unknown": "nope",
    "empty": "",
    "two": "{}%2Cnope",
    "commas": "%2C%2C{}%2C%2C",
    "blank": "%20{}",
    "upper case": "NORMAL",
    "null": "null",
    "number": "1",
    "tilde": "~",
    "quoted": "%27",
    "percent sign": "%25",
    "not UTF-8": "%e2%28%a1",
    "not ASCII": "%c3%a4",
    "control character": "%01",
    "brackets": "%5B1%5D",
}
"""What is asked of a parameter that is a list of names; {} is one that there is."""

_NAMES = {
    "account": "physics",
    "association": "11",
    "cluster": "sandbox",
    "constraints": "a100",
    "format": "jobid",
    "job_name": "measured-steps",
    "partition": "gpu",
    "qos": "1",
    "reason": "0",
    "reservation": "solver",
    "reservation_id": "3",
    "wckey": "teaching",
}

_SWITCHES = (
    *("scheduler_unset", "scheduled_on_submit", "scheduled_by_main", "scheduled_by_backfill"),
    *("job_started", "show_duplicates", "skip_steps", "disable_truncate_usage_time"),
    *("whole_hetjob", "disable_whole_hetjob", "disable_wait_for_result"),
    *("usage_time_as_submit_time", "show_batch_script", "show_job_environment"),
    *("none", "clear_scheduling", "runaway"),
)
_SWITCH_VALUES = (
    *("true", "false", "1", "0", "", "nope", "null", "yes", "no", "-1", "1.5", "0.0", "%5B%5D"),
    *("TRUE", "on", "off", "~"),
)

_USERS = (
    *("alice", "20004", "root", "0", "nope", "4242", "", "null", "true", "-1", "1.5", "ALICE"),
    *("alice%2Cbob", "99999999999", "2147483647", "%20alice", "0x4e24", "~"),
)
_GROUPS = ("20004", "0", "4242", "", "-1", "1.5", "true", "2147483647", "0x4e24")

_STATES = (
    *("RUNNING", "running", "PENDING", "COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "REQUEUED"),
    *("COMPLETING", "RESIZING", "SUSPENDED", "R", "nope", "", "1", "null", "RUNNING%2CFAILED"),
)

_STEPS = (
    *("<measured-steps>", "<measured-steps>.0", "<measured-steps>.batch", "<running-array>_1"),
    *("<running-array>", "<finished-het>", "<finished-het>%2B1", "<finished-het>%2B0.0"),
    *("<finished-array>_2", "<finished-array>_%5B0-1%5D", "<finished-array>_x", "99999999"),
    *("nope", "", "0", "-1", "4294967295", "67108864", "<requeued>", "<failed-steps>.3"),
    *("<measured-steps>%2C<failed-steps>", "%20<measured-steps>", "<measured-steps>%20"),
    *("<measured-steps>.", "<measured-steps>_", "<measured-steps>%2B", "null", "1.5"),
    *("<measured-steps>.0%2B1", "<measured-steps>_1.0", "<measured-steps>.extern"),
)

_NODES = (
    *("n1", "n%5B1-2%5D", "n1%2Cn2", "n2%2Cn1%2Cn1", "nope", "", "n%5B5-1%5D", "n%5B", "%5B%5D"),
    *("n%5B1-99999999%5D", "%20n1", "n1%20n2", "null", "e%5B0001-1000%5D"),
)

_TIMES = UPDATE_TIMES | {
    "date, time, escaped": "2020-01-01T12%3A30%3A00",
    "time of day, escaped": "00%3A01",
    "with a blank": "now%20-%201day",
    "yesterday's words": "midnight",
    "no such date": "2020-13-45",
    "uts of a future": "uts4000000000",
}

_MIXED = {
    "range": "start_time=uts1600000000&end_time=now",
    "range the wrong way round": "start_time=now&end_time=uts1600000000",
    "numbers of seconds": "start_time=1600000000&end_time=1600000001",
    "states in a range": "start_time=now-1hour&end_time=now&state=COMPLETED&state=FAILED",
    "state and a begin": "state=RUNNING&start_time=now-1hour",
    "state and an end": "state=RUNNING&end_time=now",
    "two states": "state=RUNNING&state=PENDING",
    "one state of two": "state=RUNNING&state=nope",
    "other state of two": "state=nope&state=RUNNING",
    "step and a begin": "step=<measured-steps>&start_time=now-1hour",
    "step and an end": "step=<measured-steps>&end_time=uts1600000000",
    "two steps": "step=<measured-steps>&step=<failed-steps>",
    "a step and none": "step=<measured-steps>&step=nope",
    "script": "show_batch_script=true&step=<measured-steps>",
    "script of a part": "show_batch_script=true&step=<finished-het>%2B1",
    "environment": "show_job_environment=true&step=<measured-steps>",
    "script and environment": "show_batch_script=1&show_job_environment=1&step=<measured-steps>",
    "submitted since": "submit_time=now-1hour&skip_steps=true",
    "submitted since, without steps first": "skip_steps=true&submit_time=now-1hour",
    "submitted since and until": "submit_time=now-1hour&end_time=now",
    "usage as submission": "usage_time_as_submit_time=true&start_time=uts1600000000",
    "two users": "users=alice&users=bob",
    "two groups": "groups=20004&groups=20005",
    "two accounts": "account=physics&account=chemistry",
    "fewest and most CPUs": "cpus_min=1&cpus_max=4",
    "fewest and most nodes": "nodes_min=2&nodes_max=4",
    "a range of limits": "timelimit_min=1&timelimit_max=100000",
    "two numbers": "cpus_min=1&cpus_min=2",
    "two exit codes": "exit_code=1&exit_code=2",
    "two begins": "start_time=now&start_time=now",
    "two nodes": "node=n1&node=n2",
    "a switch twice": "skip_steps=1&skip_steps=0",
    "two switches": "skip_steps=true&show_duplicates=true",
    "switches of a start": "scheduled_on_submit=1&scheduled_by_main=1&job_started=1",
    "unset and started": "scheduler_unset=true&job_started=true",
    "none and started": "none=true&job_started=true",
    "user and account": "users=alice&account=physics&partition=gpu",
    "several errors": "users=nope&state=nope&start_time=x",
    "unknown and user": "nope=1&users=alice",
}

_ODD = {
    "unknown parameter": "nope=1",
    "two unknown parameters": "nope=1&neither=2",
    "empty query": "",
    "only an ampersand": "&",
    "no name": "=1",
    "upper case name": "USERS=alice",
    "upper case switch": "SKIP_STEPS=true",
    "switch without a value": "skip_steps",
    "name without a value": "users",
    "time without a value": "start_time",
    "comma": "users=alice,bob",
    "apostrophe": "job_name=a'b",
    "escaped NUL": "job_name=a%00b",
    "half an escape": "job_name=%4",
    "plus": "job_name=a+b",
    "path of keys": "time/start=1",
    "name of the answer": "jobs=1",
    "update_time": "update_time=1",
}

_IDS = (
    *("<measured-steps>", "<measured-steps>.0", "<running-array>", "<running-array>_1"),
    *("<finished-array>", "<finished-het>", "<requeued>", "99999999", "0", "-1", "x", "1x"),
    *(
        "<measured-steps>_",
        "4294967295",
        "67108864",
        "<measured-steps>.batch",
    ),
)


def _queries() -> Iterator[tuple[str, str]]:
    for name in ("cpus_min", "cpus_max", "nodes_min", "nodes_max", "timelimit_min"):
        yield from ((f"{name}: {form}", f"{name}={value}") for form, value in _NUMBERS.items())
    yield "timelimit_max", "timelimit_max=60"
    yield from ((f"exit_code: {form}", f"exit_code={value}") for form, value in _NUMBERS.items())
    for name, known in _NAMES.items():
        yield f"{name}", f"{name}={known}"
        for form, value in _LISTS.items():
            yield f"{name}: {form}", f"{name}={value.format(known)}"
    for switch in _SWITCHES:
        yield f"{switch}", f"{switch}=true"
    yield from ((f"skip_steps: {value}", f"skip_steps={value}") for value in _SWITCH_VALUES)
    for name, values in (
        ("users", _USERS),
        ("groups", _GROUPS),
        ("state", _STATES),
        ("step", _STEPS),
        ("node", _NODES),
    ):
        yield from ((f"{name}: {value!r}", f"{name}={value}") for value in values)
    for name in ("start_time", "end_time", "submit_time"):
        yield from ((f"{name}: {form}", f"{name}={value}") for form, value in _TIMES.items())
    yield from _MIXED.items()
    yield from _ODD.items()


CASES = (
    *(Case(_ALL, f"as {user}", _JOBS, user=user) for user in _EVERYBODY),
    *(Case(_ALL, f"of alice, as {user}", _JOBS, "users=alice", user=user) for user in _EVERYBODY),
    *(Case(_ALL, name, _JOBS, query, user="admin") for name, query in _queries()),
    *(Case(_ONE, f"id {name!r}", f"{_JOB}/{name}", user="admin") for name in _IDS),
    *(
        Case(_ONE, f"as {user}", f"{_JOB}/<measured-steps>", user=user)
        for user in (*_EVERYBODY, "dave")
    ),
    Case(_ONE, "step of no name", f"{_JOB}/<measured-steps>.x2"),
    Case(_ALL, "step of no name", _JOBS, "step=<measured-steps>.x2"),
    *(
        Case(_ALL, f"group {name!r}", _JOBS, f"groups={name}", user="admin")
        for name in ("alice", "nope", "%20alice")
    ),
    Case(_ONE, "query", f"{_JOB}/<measured-steps>", "skip_steps=true"),
    Case(_ALL, "without a slash", "slurmdb/jobs", user="admin"),
    Case(_ALL, "with a slash", "slurmdb/jobs/", user="admin"),
    Case(_ONE, "with a slash", f"{_JOB}/<measured-steps>/"),
    Case(_ALL, "more after it", f"{_JOBS}/more"),
    Case(_ONE, "no id", f"{_JOB}/"),
    Case("refusal", "POST slurmdb/jobs", _JOBS, method="POST", body={"jobs": []}),
    Case("refusal", "DELETE slurmdb/job", f"{_JOB}/<measured-steps>", method="DELETE"),
    *(
        Case(
            "credential",
            f"{path} with a worthless token",
            path,
            method="GET",
            headers={"X-SLURM-USER-TOKEN": "worthless"},
        )
        for path in (_JOBS, f"{_JOB}/1", f"{_JOB}/x", f"{_JOBS}?users=nope")
    ),
)
