# SPDX-License-Identifier: GPL-2.0-or-later
"""What tests do in a process that has libslurm."""

from __future__ import annotations

import asyncio
import fcntl
import gc
import logging
import math
import os
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from slurmrestd.light import here
from slurmrestd.rest_auth import Credential
from slurmrestd.server.light_pool import LightPool
from slurmrestd.slurm import (
    control,
    exchange,
    job_ids,
    jobs,
    library,
    licenses,
    log,
    names,
    nodes,
    numbers,
    partitions,
    ping,
    reservations,
    rpc,
    shares,
    statistics,
    submit,
)
from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.accounting.lookups import load_tres
from slurmrestd.slurm.addresses import REST_SECONDS, controllers
from slurmrestd.slurm.credential import acting_as
from slurmrestd.slurm.errors import SlurmError
from slurmrestd.slurm.ffi import ffi, lib, text
from slurmrestd.slurm.memory import Owned, take_text
from slurmrestd.slurm.question import Declined, Question
from slurmrestd.slurm.questions import Questions

LOADS: dict[str, Callable[[], rpc.Message]] = {
    "jobs": lambda: jobs.load(0, numbers.SHOW_ALL | numbers.SHOW_DETAIL),
    "job": lambda: jobs.load_one(1, numbers.SHOW_ALL | numbers.SHOW_DETAIL),
    "job states": jobs.load_states,
    "job state": lambda: jobs.load_states([job_ids.whole(1)]),
    "nodes": lambda: nodes.load(0, numbers.SHOW_ALL | numbers.SHOW_DETAIL),
    "node": lambda: nodes.load_one("n1", numbers.SHOW_ALL),
    "partitions": lambda: partitions.load(0, numbers.SHOW_ALL),
    "reservations": lambda: reservations.load(0),
    "licenses": licenses.load,
    "statistics": statistics.load,
    "pings": ping.ping_all,
    "shares": shares.load,
    "shares of": lambda: shares.load(["physics"], ["alice"]),
}
LIGHT = ("job", "node", "reservations", "licenses", "statistics", "pings")
"""Those that a fiber can ask for."""

DIRECT = (*LIGHT, "partitions")
"""Those that a thread asks for without libslurm's functions."""

_SECONDS = 10
_PIPES_OF_A_USER = 1024  # of the usual size, before they become narrow: pipe-user-pages-soft
WRONG_TOKEN = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjk5OTk5OTk5OTl9.AAAA"


def start(jwt: bool = True) -> None:
    library.start(jwt=jwt)


def jwt_of(token: str | None) -> Credential:
    return Credential(None, token, None, None)


def outcome(call: Callable[..., Any], *arguments: Any) -> tuple[str, int] | str:
    """The name and number of the exception, or what came back."""
    try:
        return repr(call(*arguments))
    except SlurmError as error:
        return type(error).__name__, error.number
    except (RuntimeError, ValueError) as error:
        return type(error).__name__, 0


# ---- processes that may die ----


def bad_host_list() -> str:
    return repr(lib.slurm_hostlist_create(b"n[5-1]"))


def bad_slurmdbd_token() -> str:
    start()
    with acting_as(jwt_of(WRONG_TOKEN)):
        return repr(lib.slurmdb_connection_get(ffi.NULL))


def error_in_a_plugin() -> int:
    start()
    place = ffi.new("uint32_t *")
    return int(
        lib.slurm_get_select_nodeinfo(
            ffi.NULL, lib.SELECT_NODEDATA_SUBCNT, lib.NODE_STATE_ALLOCATED, place
        )
    )


def controller_gone() -> Any:
    start()
    lib.slurm_conf.slurmctld_port = 9
    lib.slurm_conf.msg_timeout = 1
    with acting_as(jwt_of(WRONG_TOKEN)):
        return outcome(partitions.load, 0, 0)


# ---- starting ----


def start_with(conf_file: str, jwt: bool = True) -> str:
    try:
        library.start(conf_file, jwt=jwt)
    except library.StartError as error:
        return f"StartError: {error}"
    return "started"


def reload_with(conf_file: str, before: str, after: str) -> tuple[str, int]:
    """What a reload said, and the time-out that is in use after it."""
    conf = Path(conf_file)
    conf.write_text(before)
    library.start(conf_file, jwt=True)
    conf.write_text(after)
    try:
        library.reload()
    except library.StartError as error:
        return f"StartError: {error}", library.config().message_timeout
    return library.config().auth_type, library.config().message_timeout


def host_functions() -> tuple[bool, list[str]]:
    """Whether the encoder knows the type of the host, and what of it is missing."""
    from slurmrestd import _encoder

    start()
    host = library.host_functions()
    fields = dict(_encoder.ffi.typeof("sr_host").fields)
    missing = [name for name in fields if not getattr(host, name)]
    return _encoder.ffi.typeof(host) is _encoder.ffi.typeof("sr_host *"), missing


def start_twice() -> Any:
    start()
    return outcome(start)


def authentication(jwt: bool) -> tuple[str, str | None]:
    start(jwt)
    return library.config().auth_type, os.environ.get(library.TOKEN_VARIABLE)


def ask_locally(user_name: str) -> Any:
    start(jwt=False)

    def ask() -> int:
        with acting_as(Credential(user_name, None, 0, 0)), partitions.load(0, 0) as message:
            return int(message.pointer.record_count)

    return outcome(ask)


# ---- credentials ----


def without_credential(name: str) -> Any:
    return outcome(LOADS[name])


def with_token(token: str | None) -> Any:
    def ask() -> bool:
        with acting_as(jwt_of(token)), partitions.load(0, 0) as message:
            return bool(message.pointer.record_count)

    return outcome(ask)


def after_an_exception(token: str) -> Any:
    try:
        with acting_as(jwt_of(token)):
            raise LookupError
    except LookupError:
        pass
    return outcome(partitions.load, 0, 0)


def on_another_thread(token: str) -> Any:
    found: list[Any] = []
    with acting_as(jwt_of(token)):
        thread = threading.Thread(target=lambda: found.append(outcome(partitions.load, 0, 0)))
        thread.start()
        thread.join()
    return found[0]


def twice(token: str) -> Any:
    def nested() -> None:
        with acting_as(jwt_of(token)), acting_as(jwt_of(token)):
            pass

    return outcome(nested)


def reconfigure(token: str) -> Any:
    with acting_as(jwt_of(token)):
        return outcome(control.reconfigure)


# ---- answers ----


def load(name: str, token: str) -> bool:
    with acting_as(jwt_of(token)), LOADS[name]() as message:
        return bool(message.pointer != ffi.NULL)


def growth(name: str, token: str, times: int) -> int:
    """Bytes by which the process grows over ``times`` requests: the least of some rounds.

    A leak is in each of them; a page that something else happened to need is not.
    """
    sizes = []
    with acting_as(jwt_of(token)):
        for _ in range(4):
            sizes.append(_resident())
            for _ in range(times // 3):
                LOADS[name]().close()
        sizes.append(_resident())
    return 3 * min(after - before for before, after in pairwise(sizes))


def growth_by_libslurm(name: str, token: str, times: int) -> int:
    """See growth()."""
    with _only_libslurm():
        return growth(name, token, times)


def lightly(*calls: Callable[[], Any]) -> list[Any]:
    """What each call gives when it is light work, and whether it was done without a thread."""

    async def main() -> list[Any]:
        loop = asyncio.get_running_loop()
        pool = LightPool(loop, 1, "test")
        pool.use(Questions(loop, pool.call, pool.catch_up))
        await _ready(pool)
        told = []
        for call in calls:
            future = loop.create_future()
            submitted = (lambda call=call: (call(), here.fiber is not None),)
            pool.submit(
                *submitted, done=lambda *it, future=future: future.set_result(it), light=True
            )
            result, error = await future
            if error is not None:
                raise error
            told.append(result)
        pool.close()
        return told

    return asyncio.run(main())


async def _ready(pool: LightPool) -> None:
    """The addresses are known, and the thread waits for a job."""
    await pool.call(bool)
    async with asyncio.timeout(_SECONDS):
        while not pool._idle:
            await asyncio.sleep(0.001)


def load_lightly(name: str, token: str) -> tuple[bool, bool]:
    """Whether there is an answer, and whether it came without a thread."""
    ((answer, light),) = lightly(lambda: load(name, token))
    return answer, light


def growth_lightly(name: str, token: str, times: int) -> int:
    """See growth()."""
    sizes = []
    for _ in range(5):
        sizes.append(_resident())
        told = lightly(*[lambda: load(name, token)] * (times // 3))
        assert all(light for _, light in told)
    return 3 * min(after - before for before, after in pairwise(sizes[1:]))


def acting_meanwhile(token: str) -> list[Any]:
    """For whom the loop's thread acts while an answer is waited for, then, and afterwards."""
    said: list[Any] = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        pool = LightPool(loop, 1, "test")
        questions = Questions(loop, pool.call, pool.catch_up)
        pool.use(questions)
        await _ready(pool)
        over = asyncio.Event()

        def work() -> None:
            with acting_as(jwt_of(token)), licenses.load():
                said.append(rpc.acting() == jwt_of(token))

        pool.submit(work, done=lambda *_: over.set(), light=True)
        said.append(rpc.acting())
        await over.wait()
        said.append(rpc.acting())
        pool.close()

    asyncio.run(main())
    return said


def load_directly(name: str, token: str) -> tuple[int, int]:
    """How many records a thread gets of libslurm, and how many by what questions of its own."""
    with _answers_counted() as answers, acting_as(jwt_of(token)):
        with _only_libslurm():
            found = _count(LOADS[name]())
        assert not answers
        directly = _count(LOADS[name]())
        assert answers
    return found, directly


@contextmanager
def _answers_counted() -> Iterator[list[int]]:
    """The types of questions that threads have answers to, and did not leave to libslurm."""
    answers: list[int] = []
    ask = exchange.ask

    def counted(question: Question) -> Any:
        try:
            data = ask(question)
        except Declined:
            answers.append(question.type)
            raise
        answers.append(question.type)
        return data

    exchange.ask = counted
    try:
        yield answers
    finally:
        exchange.ask = ask


@contextmanager
def _only_libslurm() -> Iterator[None]:
    """Threads leave each question to libslurm's functions."""
    controllers.rest(math.inf)
    try:
        yield
    finally:
        controllers.rest(-REST_SECONDS)


def _count(message: rpc.Message) -> int:
    """How many records there are; of an answer without any, what else is not 0."""
    with message:
        pointer = message.pointer
        counts = ("record_count", "num_lic", "parts_packed", "pinged")
        return next(int(getattr(pointer, name)) for name in counts if hasattr(pointer, name))


def outcomes(token: str, kind: str) -> Any:
    """What comes of a request by libslurm, on a thread without, and as light work.

    Also whether the second was asked for without libslurm's function, and the third without a
    thread.
    """
    calls: dict[str, Callable[[], Any]] = {
        "no job": lambda: jobs.load_one(999_999_999, numbers.SHOW_ALL),
        "no node": lambda: _states(nodes.load_one("nope", numbers.SHOW_ALL)),
        "no such change": lambda: _update(999_999_999),
        "no such job to cancel": lambda: _kill("999999999"),
        "a wrong job": lambda: _submit("nope"),
        "node states": lambda: _states(nodes.load_one("n1", numbers.SHOW_ALL | numbers.SHOW_MIXED)),
    }

    def once() -> Any:
        with acting_as(jwt_of(token)):
            return outcome(calls[kind])

    with _answers_counted() as answers:
        with _only_libslurm():
            by_libslurm = once()
        assert not answers
        on_a_thread = once()
    ((told, light),) = lightly(once)
    return by_libslurm, on_a_thread, told, bool(answers), light


def _update(number: int) -> Any:
    owned = Owned()
    request = submit.new_job(owned)
    request.job_id = number
    request.comment = owned.text("x")
    return jobs.update(request)


def _kill(job: str) -> list[dict[str, Any]]:
    with jobs.kill([job], 9, numbers.KILL_JOBS_VERBOSE) as message:
        return list(jobs.kill_results(message))


def _submit(partition: str) -> Any:
    owned = Owned()
    job = _held(owned, "refused")
    job.partition = owned.text(partition)
    return submit.batch(job)


def _states(message: Any) -> list[int]:
    with message:
        found = message.pointer
        return [node.node_state for node in found.node_array[0 : found.record_count]]


def _resident() -> int:
    lib.malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE")


def loaded_by_requests(token: str) -> int:
    """Objects that the dynamic linker loaded in the course of every request."""
    before = lib.sr_loaded_objects()
    with acting_as(jwt_of(token)):
        for ask in LOADS.values():
            ask().close()
    return int(lib.sr_loaded_objects() - before)


def sockets_of_leases(token: str, times: int) -> set[int]:
    """The sockets of leases that are taken one after the other, each for a query."""
    sockets = set()
    with acting_as(jwt_of(token)):
        for _ in range(times):
            with Lease() as lease, load_tres(lease):
                sockets.add(lease.connection.socket)
    return sockets


def asked_after_a_hang_up(token: str) -> tuple[bool, int]:
    """A query on a lease of which the connection broke: on the same socket?, how many TRES."""
    with acting_as(jwt_of(token)), Lease() as lease, load_tres(lease):
        before = lease.connection.socket
        descriptor = ffi.cast("private_persist_conn_t *", lease.connection.pointer).fd
        lib.shutdown(descriptor, lib.SHUT_RDWR)
        with load_tres(lease) as found:
            return lease.connection.socket == before, len(found)


def unchanged_jobs(token: str) -> Any:
    with acting_as(jwt_of(token)):
        return outcome(jobs.load, int(time.time()) + 3600, 0)


def forgotten_message(token: str) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with acting_as(jwt_of(token)):
            partitions.load(0, 0)
        gc.collect()
    return [warning.category.__name__ for warning in caught]


def closed_message(token: str) -> Any:
    with acting_as(jwt_of(token)):
        message = partitions.load(0, 0)
    message.close()
    message.close()
    return outcome(lambda: message.pointer)


def node_partitions(token: str) -> dict[str, str]:
    with acting_as(jwt_of(token)), nodes.load(0, numbers.SHOW_ALL) as message:
        found = message.pointer
        array = (found.node_array[i] for i in range(found.record_count))
        return {text(node.name): text(node.partitions) for node in array}


# ---- private layouts ----


def running_job_resources(token: str, job_id: int) -> tuple[str, str, int, int]:
    """The nodes of a job as its public and its private part tell."""
    with acting_as(jwt_of(token)), jobs.load_one(job_id, numbers.SHOW_DETAIL) as message:
        job = message.pointer.job_array[0]
        resources = ffi.cast("job_resources_t *", job.job_resrcs)
        return text(job.nodes), text(resources.nodes), job.num_nodes, resources.nhosts


def shares_of_users(token: str) -> tuple[int, int, list[str], list[str]]:
    """Items of the answer's list by libslurm's count and by ours, and what they hold."""
    with acting_as(jwt_of(token)), shares.load() as message:
        answer = message.pointer
        names_, node = [], answer.assoc_shares_list.head
        while node != ffi.NULL:
            share = ffi.cast("assoc_shares_object_t *", node.data)
            if share.user:
                names_.append(text(share.name))
            node = node.next
        tres = [text(answer.tres_names[i]) for i in range(answer.tres_cnt)]
        counted = int(lib.slurm_list_count(answer.assoc_shares_list))
        return counted, int(answer.assoc_shares_list.count), names_, tres


def expanded(pattern: str) -> str:
    """A path of a job as libslurm expands it, from a private struct."""
    owned = Owned()
    job = owned.new(
        "job_std_pattern_t *",
        {
            "array_job_id": 7,
            "array_task_id": 2,
            "jobid": 9,
            "jobname": owned.text("name"),
            "user": owned.text("alice"),
            "work_dir": owned.text("/home/alice"),
            "first_step_node": owned.text("n1"),
        },
    )
    return take_text(lib.expand_stdio_fields(owned.text(pattern), job))


# ---- submitting ----


def _held(owned: Owned, name: str) -> Any:
    job = submit.new_job(owned)
    job.name = owned.text(name)
    job.account = owned.text("physics")
    job.script = owned.text("#!/bin/sh\nexit 0\n")
    job.work_dir = owned.text("/tmp")
    job.environment = owned.texts(["PATH=/usr/bin:/bin"])
    job.env_size = 1
    job.priority = 0
    job.min_nodes = 1
    return job


def submit_and_kill(token: str) -> dict[str, Any]:
    owned = Owned()
    with acting_as(jwt_of(token)):
        with submit.batch(_held(owned, "held by a test")) as message:
            job_id = int(message.pointer.job_id)
        with jobs.load_one(job_id, 0) as message:
            name = text(message.pointer.job_array[0].name)
        update = submit.new_job(owned)
        update.job_id = job_id
        update.name = owned.text("renamed by a test")
        answer = jobs.update(update)
        if answer is not None:
            answer.close()
        with jobs.load_one(job_id, 0) as message:
            renamed = text(message.pointer.job_array[0].name)
        with jobs.kill([str(job_id)], 9, numbers.KILL_JOBS_VERBOSE) as message:
            killed = list(jobs.kill_results(message))
    return {"id": job_id, "name": name, "renamed": renamed, "killed": killed}


def submit_heterogeneous(token: str) -> int:
    owned = Owned()
    with acting_as(jwt_of(token)):
        with submit.het_batch([_held(owned, "leader"), _held(owned, "follower")]) as message:
            job_id = int(message.pointer.job_id)
        with jobs.load_one(job_id, 0) as message:
            count = int(message.pointer.record_count)
        jobs.kill([str(job_id)], 9, 0).close()
    return count


def submit_refused(token: str) -> Any:
    owned = Owned()
    job = _held(owned, "refused")
    job.partition = owned.text("no-such-partition")
    with acting_as(jwt_of(token)):
        return outcome(submit.batch, job)


def update_refused(token: str) -> Any:
    owned = Owned()
    request = nodes.new_update(owned)
    request.node_names = owned.text("no-such-node")
    request.weight = 1
    with acting_as(jwt_of(token)):
        return outcome(nodes.update, request), outcome(nodes.delete, "nosuch")


# ---- names ----


def formed(steps: list[dict[str, Any]]) -> list[Any]:
    """What libslurm makes of selected steps: the text, or the error number."""
    return [_formed(step) for step in steps]


def _formed(step: dict[str, Any]) -> Any:
    target = ffi.new("slurm_selected_step_t *")
    job_ids.fill(target, step)
    made = ffi.new("char **")
    number = lib.fmt_job_id_string(target, made)
    found = text(made[0])
    lib.slurm_xfree(ffi.cast("void **", made))
    return number or found


def words() -> dict[str, Any]:
    return {
        "signal": (names.signal_name(9), names.signal_name(120)),
        "reason": (names.reason_text(3), names.reason_text(60_000)),
        "rpc": (names.rpc_name(1008), names.rpc_name(65_000)),
        "slurmdbd": names.slurmdbd_rpc_name(1401),
        "steps": [names.step_name(n) for n in (3, numbers.SLURM_BATCH_SCRIPT, numbers.NO_VAL)],
        "error": names.error_text(numbers.ESLURM_INVALID_JOB_ID),
    }


# ---- the log ----


def lines_logged(level: int) -> list[tuple[int, str]]:
    start()
    kept: list[tuple[int, str]] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append((record.levelno, record.getMessage()))

    log.logger.setLevel(1)
    log.logger.addHandler(Keep())
    log.attach(level)
    lib.slurm_hostlist_create(b"n[5-1]")
    lib.slurm_error(b"it has %s in it", ffi.new("char[]", WRONG_TOKEN.encode()))
    deadline = time.monotonic() + 5
    while len(kept) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    return kept


def lines_logged_after_fork(level: int) -> bool:
    """Whether a child that attaches for itself gets its own lines."""
    start()
    log.attach(level)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        os._exit(0 if _hears_itself(level) else 1)
    return os.waitpid(child, 0)[1] == 0


def lines_logged_without_room(level: int, uid: int) -> bool:
    """Whether it goes without any of the memory that the kernel grants a user's pipes."""
    start()
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    pipes = [os.pipe() for _ in range(2 * _PIPES_OF_A_USER)]
    assert fcntl.fcntl(pipes[-1][0], fcntl.F_GETPIPE_SZ) < log.PIPE_BYTES // 16, "there is room"
    return _hears_itself(level)


def _hears_itself(level: int) -> bool:
    heard = threading.Event()

    class Hear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.set()

    log.logger.addHandler(Hear())
    log.attach(level)
    lib.slurm_hostlist_create(b"n[5-1]")
    return heard.wait(5)


def initial_job() -> dict[str, int]:
    """The members of a new job that are numbers and not zero."""
    job = submit.new_job(Owned())
    return _numbers("job_desc_msg_t", job)


def initial_qos() -> dict[str, float]:
    """The members of a QOS that libslurm does not start as zeros."""
    record = ffi.new("slurmdb_qos_rec_t *")
    lib.slurmdb_init_qos_rec(record, False, numbers.NO_VAL)
    return _numbers("slurmdb_qos_rec_t", record)


def _numbers(kind: str, struct: Any) -> dict[str, Any]:
    fields = ffi.typeof(kind).fields
    names = [name for name, field in fields if field.type.kind == "primitive"]
    return {name: getattr(struct, name) for name in names if getattr(struct, name)}
