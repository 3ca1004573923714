# SPDX-License-Identifier: GPL-2.0-or-later
"""Every field of the job description alone, with values that a cluster like the sandbox's takes.

All jobs are held, so that what the controller made of them can be looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.conformance.case import Case

OPERATION = "POST job/submit"
SCRIPT = "#!/bin/sh\ntrue\n"
BASE: dict[str, Any] = {
    "name": "conformance",
    "current_working_directory": "/tmp",
    "environment": ["PATH=/bin:/usr/bin"],
    "hold": True,
}
LATER = 4102444800  # 2100: never while a test runs

JOB_FLAGS = (
    *("KILL_INVALID_DEPENDENCY", "NO_KILL_INVALID_DEPENDENCY", "HAS_STATE_DIRECTORY"),
    *("TESTING_BACKFILL", "GRES_BINDING_ENFORCED", "TEST_NOW_ONLY", "SEND_JOB_ENVIRONMENT"),
    *("SPREAD_JOB", "PREFER_MINIMUM_NODE_COUNT", "JOB_KILL_HURRY", "SKIP_TRES_STRING_ACCOUNTING"),
    *("SIBLING_CLUSTER_UPDATE_ONLY", "HETEROGENEOUS_JOB", "EXACT_TASK_COUNT_REQUESTED"),
    *("EXACT_CPU_COUNT_REQUESTED", "TESTING_WHOLE_NODE_BACKFILL", "TOP_PRIORITY_JOB"),
    *("ACCRUE_COUNT_CLEARED", "GRES_BINDING_DISABLED", "JOB_WAS_RUNNING", "JOB_ACCRUE_TIME_RESET"),
    *("CRON_JOB", "EXACT_MEMORY_REQUESTED", "USING_DEFAULT_ACCOUNT", "USING_DEFAULT_PARTITION"),
    *("USING_DEFAULT_QOS", "USING_DEFAULT_WCKEY", "DEPENDENT", "MAGNETIC", "PARTITION_ASSIGNED"),
    *("BACKFILL_ATTEMPTED", "SCHEDULING_ATTEMPTED", "SAVE_BATCH_SCRIPT", "STEPMGR_ENABLED"),
    *("GRES_ONE_TASK_PER_SHARING", "GRES_MULTIPLE_TASKS_PER_SHARING", "GRES_ALLOW_TASK_SHARING"),
)
CPU_BINDINGS = (
    *("CPU_BIND_TO_THREADS", "CPU_BIND_TO_CORES", "CPU_BIND_TO_SOCKETS", "CPU_BIND_TO_LDOMS"),
    *("CPU_BIND_NONE", "CPU_BIND_RANK", "CPU_BIND_MAP", "CPU_BIND_MASK", "CPU_BIND_LDRANK"),
    *("CPU_BIND_LDMAP", "CPU_BIND_LDMASK", "VERBOSE", "CPU_BIND_ONE_THREAD_PER_CORE"),
)
MAIL_TYPES = (
    *("BEGIN", "END", "FAIL", "REQUEUE", "TIME=100%", "TIME=90%", "TIME=80%", "TIME=50%"),
    *("STAGE_OUT", "ARRAY_TASKS", "INVALID_DEPENDENCY"),
)
MEMORY_BINDINGS = ("NONE", "RANK", "MAP", "MASK", "LOCAL", "VERBOSE", "SORT", "PREFER")
WARN_FLAGS = (
    *("BATCH_JOB", "ARRAY_TASK", "FULL_STEPS_ONLY", "FULL_JOB", "FEDERATION_REQUEUE", "HURRY"),
    *("OUT_OF_MEMORY", "NO_SIBLING_JOBS", "RESERVATION_JOB", "NO_CRON_JOBS", "VERBOSE"),
    *("CRON_JOBS", "WARNING_SENT"),
)


def number(value: object, **more: object) -> dict[str, object]:
    """A number as the API shows it."""
    return {"set": True, "infinite": False, "number": value} | more


def _each(names: tuple[str, ...]) -> tuple[list[str], ...]:
    return tuple([name] for name in names)


INFINITE = number(0, infinite=True)
CRON = {"minute": "0", "hour": "3", "day_of_month": "*", "month": "*", "day_of_week": "1-5"}
RLIMITS = ("cpu", "fsize", "data", "stack", "core", "rss", "nproc", "nofile", "memlock", "as")

FIELDS: dict[str, tuple[Any, ...]] = {
    "account": ("theory", "physics", "nope"),
    "account_gather_frequency": ("30", "task=15,energy=10"),
    "admin_comment": ("looked at",),
    "allocation_node_list": ("n1",),
    "allocation_node_port": (12345,),
    "argv": (["one", "two words", "\u00e4", "", '"'], [], "alone"),
    "array": ("1-3", "0-9%2", "1,5,7", "0-20:5"),
    "batch_features": ("nvlink",),
    "begin_time": (number(LATER), LATER, "now+1hour", "2099-01-01T00:00:00", 0),
    "flags": (*_each(JOB_FLAGS), ["SPREAD_JOB", "KILL_INVALID_DEPENDENCY"], "spread_job", []),
    "burst_buffer": ("capacity=1G",),
    "clusters": ("sandbox", "elsewhere"),
    "cluster_constraint": ("fast",),
    "comment": ("a comment",),
    "contiguous": (True, False),
    "container": ("/tmp/bundle",),
    "container_id": ("c1",),
    "cores_per_socket": (2,),
    "core_specification": (1, 0),
    "thread_specification": (1, 0),
    "cpu_binding": ("map_cpu:0,1",),
    "cpu_binding_flags": (*_each(CPU_BINDINGS), ["VERBOSE", "CPU_BIND_TO_CORES"], []),
    "cpu_frequency": ("low", "medium", "high", "highm1", "2000000", "1000-2000:performance", "x"),
    "cpus_per_tres": ("gres/gpu:2", "gpu:2"),
    "crontab": (CRON, CRON | {"command": "true", "specification": "0 3 * * 1-5"}, {}),
    "deadline": (LATER,),
    "delay_boot": (60,),
    "dependency": ("afterany:<running>", "afterok:<held>,afterok:<running>", "singleton"),
    "end_time": (LATER,),
    "environment": (
        ["A=b", "C=d e", "E=", "F==", "G=\u00e4\u20ac", 'H="\\', "I=\n"],
        {"A": "b", "NUMBER": 1, "TRUE": True, "FLOAT": 1.5, "EMPTY": "", "NULL": None},
        "A=b",
        ["no equals sign"],
        ["A=1", "A=2"],
        {},
        [],
    ),
    "excluded_nodes": (["n1", "n2"], "n1,n2", "n[1-2]", ["n[1-2]", "e0001"]),
    "exclusive": (["true"], ["false"], ["user"], ["mcs"], ["topo"], True, False, "user"),
    "extra": ("a=1",),
    "constraints": ("nvlink&rack1", "[rack1|rack2]"),
    "group_id": ("20004", 20004, "alice"),
    "hetjob_group": (0, 1),
    "immediate": (False, True),
    "job_id": (777777,),
    "kill_on_node_fail": (True, False),
    "licenses": ("fluent:2", "fluent:1,ansys:1", "nope"),
    "mail_type": (*_each(MAIL_TYPES), ["BEGIN", "END"], "END", "begin,end", []),
    "mail_user": ("someone@example.org",),
    "mcs_label": ("group",),
    "memory_binding": ("map_mem:0",),
    "memory_binding_type": (*_each(MEMORY_BINDINGS), ["LOCAL", "VERBOSE"], []),
    "memory_per_tres": ("gres/gpu:1000",),
    "name": ("another name",),
    "network": ("sn_all",),
    "nice": (10, 0, 2147483645),
    "tasks": (4, 1, 0),
    "ntasks_per_tres": (1, 2),
    "oom_kill_step": (0, 1),
    "open_mode": (["APPEND"], ["TRUNCATE"], "append", ["APPEND", "TRUNCATE"], []),
    "reserve_ports": (4,),
    "resv_mpi_ports": (4,),
    "overcommit": (True, False),
    "oversubscribe": (True, False),
    "partition": ("normal", "single", "normal,single", "hidden"),
    "distribution_plane_size": (number(2), 3, "4"),
    "power_flags": ([], ["SAVE"]),
    "prefer": ("nvlink",),
    "hold": (True,),
    "priority": (number(100), 100, number(0), INFINITE),
    "profile": (["NOT_SET"], ["NONE"], ["ENERGY"], ["LUSTRE"], ["NETWORK"], ["TASK"]),
    "qos": ("high", "low", "scavenger"),
    "reboot": (True, False),
    "required_nodes": (["n1"], "n1,n2", ["n[1-2]"], []),
    "requeue": (True, False),
    "reservation": ("solver", "course"),
    "rlimits": (
        *({name: number(1 + n)} for n, name in enumerate(RLIMITS)),
        {"cpu": INFINITE, "nofile": 1024, "core": "0", "stack": {"set": False}},
        {},
    ),
    "script": (SCRIPT, "#!/bin/bash\n#SBATCH --comment=ignored\ntrue\n"),
    "segment_size": (number(2), 1),
    "shared": (["none"], ["oversubscribe"], ["user"], ["mcs"], ["topo"], "user", []),
    "site_factor": (5, -5, 0),
    "spank_environment": (["A=b", "C=d"], {"A": "b"}, []),
    "distribution": (
        *("block", "cyclic", "block:cyclic", "cyclic:block:fcyclic", "plane=2", "arbitrary"),
        *("block,Pack", "block,NoPack", "nope"),
    ),
    "time_limit": (number(60), 60, "60", "1:00:00", INFINITE, "UNLIMITED"),
    "time_minimum": (number(10), 10),
    "tres_bind": ("gres/gpu:closest",),
    "tres_freq": ("gpu:high",),
    "tres_per_job": ("gres/gpu:1", "license/fluent:1"),
    "tres_per_node": ("gres/gpu:2", "gres/gpu:a100:1", "gpu:1", "nope:1"),
    "tres_per_socket": ("gres/gpu:1",),
    "tres_per_task": ("gres/gpu:1", "cpu:2"),
    "user_id": ("20004", 20004, "alice", "bob", 20005),
    "wait_all_nodes": (True, False),
    "kill_warning_flags": (*_each(WARN_FLAGS), ["BATCH_JOB", "RESERVATION_JOB"], "BATCH_JOB", []),
    "kill_warning_signal": ("USR1", "SIGTERM", "10", 10),
    "kill_warning_delay": (number(60), 60),
    "current_working_directory": ("/var/tmp", "/home/alice", "relative"),
    "cpus_per_task": (2, 1),
    "minimum_cpus": (3,),
    "maximum_cpus": (5,),
    "nodes": ("2", "2-3", "1-4:1", "1,3", "1k"),
    "minimum_nodes": (2,),
    "maximum_nodes": (3,),
    "minimum_boards_per_node": (1,),
    "minimum_sockets_per_board": (1,),
    "sockets_per_node": (2,),
    "threads_per_core": (1, 2),
    "tasks_per_node": (2,),
    "tasks_per_socket": (2,),
    "tasks_per_core": (1,),
    "tasks_per_board": (2,),
    "minimum_cpus_per_node": (2,),
    "memory_per_cpu": (number(500), 500, "500", "1G", "2048K"),
    "memory_per_node": (number(4000), 4000, "4G", INFINITE, 0),
    "temporary_disk_per_node": (10,),
    "selinux_context": ("unconfined_u",),
    "required_switches": (number(1), 1),
    "standard_error": ("/tmp/err-%j", "/dev/null"),
    "standard_input": ("/dev/zero",),
    "standard_output": ("/tmp/out-%x-%u-%A", "relative"),
    "wait_for_switch": (60,),
    "wckey": ("teaching", "*thesis", "nope"),
    "x11": (["FORWARD_ALL_NODES"], ["BATCH_NODE"], ["FIRST_NODE"], ["LAST_NODE"], []),
    "x11_magic_cookie": ("0123456789abcdef",),
    "x11_target_host": ("login1",),
    "x11_target_port": (6010,),
}

TOGETHER: dict[str, dict[str, Any]] = {
    "plane and its size": {"distribution": "plane", "distribution_plane_size": number(4)},
    "plane's size twice": {"distribution": "plane=2", "distribution_plane_size": number(4)},
    "both memories": {"memory_per_cpu": number(500), "memory_per_node": number(4000)},
    "both memories, otherwise": {"memory_per_node": number(4000), "memory_per_cpu": number(500)},
    "core and thread specification": {"core_specification": 1, "thread_specification": 2},
    "thread and core specification": {"thread_specification": 2, "core_specification": 1},
    "hold and priority": {"priority": number(50)},
    "not held": {"hold": False, "begin_time": LATER},
    "null for hold": {"hold": None, "begin_time": LATER},
    "priority after hold": {"hold": False, "priority": number(7)},
    "unset priority": {"hold": False, "priority": {"set": False}},
    "nodes and their bounds": {"nodes": "3", "minimum_nodes": 1, "maximum_nodes": 2},
    "minimum and maximum": {"minimum_nodes": 2, "maximum_nodes": 4, "tasks": 4},
    "maximum below minimum": {"minimum_nodes": 3, "maximum_nodes": 2},
    "tasks on nodes": {"nodes": "2", "tasks": 4, "tasks_per_node": 2, "cpus_per_task": 2},
    "sockets and cores": {"sockets_per_node": 2, "threads_per_core": 1, "tasks_per_socket": 1},
    "gpus of a job": {"tres_per_job": "gres/gpu:4", "cpus_per_tres": "gres/gpu:2", "nodes": "2"},
    "gpus of tasks": {"tres_per_task": "gres/gpu:1", "tasks": 2, "memory_per_tres": "gres/gpu:10"},
    "gpus of sockets": {"tres_per_socket": "gres/gpu:1", "sockets_per_node": 2, "tasks": 2},
    "binding": {"cpu_binding": "0,1", "cpu_binding_flags": ["CPU_BIND_MAP"]},
    "memory binding": {"memory_binding": "0", "memory_binding_type": ["MAP"]},
    "mail": {"mail_type": ["END", "FAIL"], "mail_user": "bob"},
    "warning": {"kill_warning_signal": "USR2", "kill_warning_delay": 30},
    "switches": {"required_switches": number(1), "wait_for_switch": 600},
    "times": {"time_limit": number(120), "time_minimum": number(60), "deadline": LATER},
    "x11": {"x11": ["FIRST_NODE"], "x11_magic_cookie": "a" * 32, "x11_target_port": 6000},
    "files": {"standard_output": "o", "standard_error": "e", "open_mode": ["APPEND"]},
    "array with a dependency": {"array": "1-2", "dependency": "singleton", "comment": "x"},
    "environment and rlimits": {"environment": ["A=b"], "rlimits": {"core": number(0)}},
    "rlimits and environment": {"rlimits": {"core": number(0)}, "environment": {"A": "b"}},
    "no environment": {"environment": None},
    "no working directory": {"current_working_directory": None},
    "no name": {"name": None},
    "arguments": {"argv": ["a", "b"], "script": SCRIPT},
    "licenses in a reservation": {"licenses": "fluent:1", "reservation": "solver"},
    "gpu partition": {"partition": "gpu", "tres_per_node": "gres/gpu:a100:2", "qos": "normal"},
    "wide": {"partition": "wide", "nodes": "10", "excluded_nodes": ["e[0001-0100]"]},
    "constraints and preference": {"constraints": "nvlink", "prefer": "rack1"},
}


def out_of_reach(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields, and no scheduler near the job: a priority takes the hold away.

    Its marks on one of two jobs (BACKFILL_ATTEMPTED) would be a difference.
    """
    return {"begin_time": LATER} | fields if "priority" in fields else fields


def body(fields: dict[str, Any], **top: Any) -> dict[str, Any]:
    """A request with a held job of some fields; None removes a field of the base."""
    base = BASE | out_of_reach(fields)
    job = {name: value for name, value in base.items() if value is not None}
    nulls = {name: None for name, value in fields.items() if value is None and name not in BASE}
    return {"script": SCRIPT, "job": job | nulls} | top


def _cases() -> Iterator[Case]:
    for field, values in FIELDS.items():
        for value in values:
            name = f"field {field}: {json.dumps(value)}"
            yield Case(OPERATION, name, "job/submit", body=body({field: value}))
    for name, fields in TOGETHER.items():
        yield Case(OPERATION, f"fields together: {name}", "job/submit", body=body(fields))


CASES = tuple(_cases())
