# SPDX-License-Identifier: GPL-2.0-or-later
"""Inetd mode: the same answers and exit codes as the original's, on anything one can be given."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import socket
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.daemon.inetd import PING, PING_AND_CLOSE, SECONDS, Ended, Process, Program, settled
from tests.fix_cluster import Cluster
from tests.robustness.waiting import eventually

JWT = ("-a", "rest_auth/jwt")
DAEMON = {"SLURM_JWT": "daemon"}
SUBMIT = (
    b"POST /slurm/v0.0.42/job/submit HTTP/1.1\r\nContent-Type: application/json\r\n"
    b"Content-Length: %d\r\n\r\n%s"
)


def with_token(program: Program, *arguments: str) -> Program:
    return replace(program, arguments=arguments or JWT, environment=DAEMON)


@pytest.mark.parametrize(
    ("data", "statuses", "exit_code"),
    [
        (PING, [200], 0),
        (PING * 3, [200] * 3, 0),
        (PING.replace(b"1.1", b"1.0"), [200], 0),
        (PING_AND_CLOSE, [200], 0),
        (b"GET http://ignored/slurm/v0.0.42/node/n1 HTTP/1.1\r\n\n", [200], 0),
        (b"GET /nothing HTTP/1.1\r\n\r\n", [404], 0),
        (b"GET /slurm/v0.0.42/job/99999999 HTTP/1.1\r\n\r\n", [404], 0),
        (SUBMIT % (2, b"{}"), [422], 0),
        (b"", [], 0),
        (b"GET /slurm/v0.0.42/ping HT", [], 0),
        (b"GET /slurm/v0.0.42/ping HTTP/1.1\r\nHost: x\r\n", [], 0),
        (SUBMIT % (1000, b"{}"), [], 0),
        (PING + b"rubbish\r\n\r\n", [200, 400], 1),
    ],
    ids=[
        *("one", "three", "HTTP/1.0", "close", "the manual's example", "404", "no such job", "422"),
        *("nothing", "half a line", "half a head", "half a body", "rubbish"),
    ],
)
def test_what_is_piped_in_is_answered_as_by_the_original(
    ours: Program, original: Program, data: bytes, statuses: list[int], exit_code: int
) -> None:
    assert ours.pipe(data).kept == (statuses, exit_code)
    assert settled(lambda: original.pipe(data)).kept == (statuses, exit_code)


def test_rubbish_is_refused_and_a_failure(ours: Program) -> None:
    """The original never comes back from it."""
    assert ours.pipe(b"rubbish\r\n\r\n").kept == ([400], 1)


def test_nothing_is_answered_after_the_last_answer(ours: Program) -> None:
    """The original crashes."""
    assert ours.pipe(PING_AND_CLOSE + PING).kept == ([200], 0)


@pytest.mark.parametrize("kind", ["pipe", "file", "fifo"])
@pytest.mark.parametrize(
    ("mode", "owner", "status"),
    [
        (0o600, "slurmrestd", 200),
        (0o660, "slurmrestd", 200),
        (0o400, "slurmrestd", 200),
        (0o1600, "slurmrestd", 200),
        (0o604, "slurmrestd", 401),
        (0o602, "slurmrestd", 401),
        (0o601, "slurmrestd", 401),
        (0o4600, "slurmrestd", 401),
        (0o2600, "slurmrestd", 401),
        (0o600, "alice", 401),
        (0o600, "root", 401),
    ],
)
def test_the_owner_of_a_file_is_who_asks_if_nobody_else_had_access(
    both: tuple[Program, Program], kind: str, mode: int, owner: str, status: int
) -> None:
    for program in both:
        ended: Ended = getattr(program, kind)(PING_AND_CLOSE, owner=owner, mode=mode)
        assert ended.statuses == [status], ended


@pytest.mark.parametrize("kind", ["pipe", "file", "fifo"])
def test_the_connection_has_the_originals_name(ours: Program, original: Program, kind: str) -> None:
    assert getattr(ours, kind)(PING).source == getattr(original, kind)(PING).source != ""


def test_a_socket_has_the_originals_name(
    cluster: Cluster, ours: Program, original: Program
) -> None:
    ping = asking(cluster.token("alice"))
    ours, original = with_token(ours), with_token(original)
    assert ours.unix(ping, "alice").source == original.unix(ping, "alice").source != ""
    assert ours.tcp(ping).source == original.tcp(ping).source != ""


def asking(token: str) -> bytes:
    return PING.replace(b"\r\n\r\n", f"\r\nX-SLURM-USER-TOKEN: {token}\r\n\r\n".encode())


@pytest.mark.parametrize("peer", ["slurmrestd", "root", "alice"])
def test_local_authentication_does_not_apply_to_a_socket(
    ours: Program, original: Program, peer: str
) -> None:
    """Nobody has asked the kernel for its peer: become_user does."""
    assert ours.unix(PING, peer).kept == ([401], 0)
    assert settled(lambda: original.unix(PING, peer)).kept == ([401], 0)


def test_nor_to_tcp(ours: Program, original: Program) -> None:
    assert ours.tcp(PING).kept == ([401], 0)
    assert settled(lambda: original.tcp(PING)).kept == ([401], 0)


@pytest.mark.parametrize("arguments", [JWT, ()], ids=["jwt", "all"])
def test_a_token_is_taken_on_a_socket(
    cluster: Cluster, ours: Program, original: Program, arguments: tuple[str, ...]
) -> None:
    ping = asking(cluster.token("alice"))
    for one in (ours, original):
        program = replace(one, arguments=arguments, environment=DAEMON)
        assert program.unix(ping, "alice").statuses == [200]
        assert program.tcp(ping).statuses == [200]
        assert program.tcp(PING).statuses == [401]


def test_a_token_is_taken_from_a_file_of_anybody(
    cluster: Cluster, ours: Program, original: Program
) -> None:
    ping = asking(cluster.token("alice"))
    for program in (with_token(ours), with_token(original)):
        assert program.file(ping, owner="alice", mode=0o644).statuses == [200]


def test_a_socket_that_is_not_output_too_is_refused(ours: Program) -> None:
    server, client = socket.socketpair()
    with server, client, ours.start(server.fileno()) as process:
        assert process.wait(SECONDS) == 1
        assert process.stderr is not None
        assert b"standard output is not the same one" in process.stderr.read()


@pytest.mark.parametrize("closed", [0, 1])
def test_a_closed_descriptor_is_refused(ours: Program, closed: int) -> None:
    uid = ours.cluster.user(ours.user).uid
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}<&-', "sh", ours.path, *ours.arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        user=uid,
        group=uid,
        extra_groups=[],
        check=False,
    )
    assert done.returncode == 1
    assert b"is closed: give a listener" in done.stderr


def test_a_large_answer_comes_whole(ours: Program) -> None:
    """More than a pipe holds, in many windows, with a reader that takes its time."""
    request = b"GET /slurm/v0.0.42/nodes HTTP/1.0\r\n\r\n"
    ended = ours.pipe(request)
    _, _, body = ended.out.partition(b"\r\n\r\n")
    assert ended.exit_code == 0
    assert len(json.loads(body)["nodes"]) == 1004


def test_a_large_body_comes_whole(ours: Program) -> None:
    """More than one read, and lines in it stay as they are."""
    body = json.dumps(
        {"job": {"comment": "x" * 300_000}, "script": "#!/bin/sh\n\n" * 9000}
    ).encode()
    assert ours.pipe(SUBMIT % (len(body), body) + PING).statuses[-1:] != [400]
    assert ours.file(SUBMIT % (len(body), body)).statuses in ([200], [500])


def test_a_reader_that_leaves_is_no_failure(ours: Program) -> None:
    """As in the original."""
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen(["printf", "%s", PING.decode()], stdout=subprocess.PIPE) as printer:
        assert printer.stdout is not None
        os.fchown(printer.stdout.fileno(), ours.cluster.service_user.uid, 0)
        with ours.start(printer.stdout.fileno(), writing) as process:
            os.close(writing)
            assert process.wait(SECONDS) == 0


def test_a_full_disk_is_named(ours: Program) -> None:
    with Path("/dev/full").open("wb") as full:
        reading, writing = os.pipe()
        os.fchown(reading, ours.cluster.service_user.uid, 0)
        os.write(writing, PING)
        os.close(writing)
        with ours.start(reading, full.fileno()) as process:
            os.close(reading)
            _, said = process.communicate(timeout=SECONDS)
    assert b"No space left" in said


@pytest.mark.parametrize(
    ("number", "exit_code"),
    [(signal.SIGINT, 0), (signal.SIGTERM, -signal.SIGTERM), (signal.SIGHUP, -signal.SIGHUP)],
)
def test_sigint_ends_it_cleanly(ours: Program, number: signal.Signals, exit_code: int) -> None:
    """The others do what they do to any program, as in the original."""
    with asked(ours) as process:
        process.send_signal(number)
        assert process.wait(SECONDS) == exit_code


def asked(program: Program) -> Process:
    """A program that has answered, and waits for more."""
    reading, writing = os.pipe()
    os.fchown(reading, program.cluster.service_user.uid, 0)
    process = program.start(reading)
    process.stdin = os.fdopen(writing, "wb", buffering=0)
    os.close(reading)
    process.stdin.write(PING)
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b"HTTP/1.1 200 ")
    return process


def test_who_asks_later_is_answered(ours: Program) -> None:
    with asked(ours) as process:
        assert process.stdin is not None
        process.stdin.write(b"GET /nothing HTTP/1.1\r\n\r\n")
        out, _ = process.communicate(timeout=SECONDS)
        assert b"HTTP/1.1 404 " in out
        assert process.returncode == 0


def test_at_a_terminal_lines_may_be_typed_and_more_is_logged(ours: Program) -> None:
    controller, terminal = pty.openpty()
    os.fchown(terminal, ours.cluster.service_user.uid, 0)
    os.fchmod(terminal, 0o600)
    with ours.start(terminal, terminal) as process:
        os.close(terminal)
        os.write(controller, b"GET /slurm/v0.0.42/ping HTTP/1.1\n")
        os.write(controller, b"Connection: close\n\n")
        shown = read_terminal(controller)
        assert process.wait(SECONDS) == 0
        assert process.stderr is not None
        said = process.stderr.read()
    os.close(controller)
    assert b"HTTP/1.1 200 " in shown
    assert b"GET /slurm/v0.0.42/ping: 200" in said
    assert b"debug: " in said


def read_terminal(controller: int) -> bytes:
    """All that is shown until nobody is at the other end."""
    shown = b""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if not select.select([controller], [], [], 1)[0]:
            continue
        try:
            shown += os.read(controller, 1 << 16)
        except OSError:  # EIO: hung up
            break
    return shown


def test_a_socket_on_standard_error_gets_no_log(cluster: Cluster, ours: Program) -> None:
    """inetd makes all three the connection."""
    server, client = socket.socketpair()
    program = replace(with_token(ours), arguments=(*JWT, "-vvvvvv"))
    with client:
        with server:
            process = program.start(server.fileno(), server.fileno(), server.fileno())
        client.sendall(asking(cluster.token("alice")))
        client.shutdown(socket.SHUT_WR)
        out = b""
        while more := client.recv(1 << 16):
            out += more
    assert process.wait(SECONDS) == 0
    head, _, body = out.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert json.loads(body)["pings"]


def test_a_listening_socket_on_standard_input_is_listened_on(
    cluster: Cluster, ours: Program
) -> None:
    """As inetd with "wait" hands it over."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        process = with_token(ours).start(listener.fileno(), errors=subprocess.DEVNULL)
        with process:
            for _ in range(2):
                with socket.create_connection(listener.getsockname()) as client:
                    client.settimeout(SECONDS)
                    client.sendall(asking(cluster.token("alice")))
                    assert client.recv(1 << 16).startswith(b"HTTP/1.1 200 ")
            process.terminate()
            assert process.wait(SECONDS) == 0


@pytest.mark.parametrize("on_input", [False, True])
def test_a_connection_from_systemd_is_served(
    cluster: Cluster, ours: Program, on_input: bool
) -> None:
    """Accept=yes passes it as descriptor 3, and with StandardInput=socket as 0 and 1 too."""
    server, client = socket.socketpair()
    uid = cluster.service_user.uid

    def pass_on() -> None:
        os.dup2(server.fileno(), 3)
        os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()), SLURM_JWT="daemon")

    with client:
        with server:
            process = subprocess.Popen(
                [ours.path, *JWT],
                stdin=server.fileno() if on_input else subprocess.DEVNULL,
                stdout=server.fileno() if on_input else subprocess.DEVNULL,
                preexec_fn=pass_on,  # noqa: PLW1509 - this process has no threads
                close_fds=False,
                user=uid,
                group=uid,
                extra_groups=[],
            )
        client.settimeout(SECONDS)
        client.sendall(asking(cluster.token("alice")))
        client.shutdown(socket.SHUT_WR)
        assert client.recv(1 << 16).startswith(b"HTTP/1.1 200 ")
        while client.recv(1 << 16):
            pass
    assert process.wait(SECONDS) == 0


def test_what_takes_long_to_import_is_not(ours: Program) -> None:
    """gunicorn, TLS, what debuggers need, and the operations that nobody asks for."""
    traced = replace(ours, environment={"PYTHONPROFILEIMPORTTIME": "1"})
    ended = traced.pipe(PING_AND_CLOSE)
    assert ended.statuses == [200]
    imported = {line.rpartition("|")[2].strip() for line in ended.said.splitlines() if "|" in line}
    assert "slurmrestd.server.inetd" in imported
    for name in (
        "gunicorn",
        "_ssl",
        "jwt",
        "yaml",
        "slurmrestd.openapi.slurmdbd",
        "slurmrestd.openapi.slurmctld.jobs",
        "slurmrestd.data_parser.tables.jobs",
        "ast",  # by inspect
        "email",
        "glob",  # by pathlib
        "http.client",
        "urllib.parse",
    ):
        assert name not in imported


def test_an_allocation_is_not_given_up_because_a_pipe_ends(ours: Program) -> None:
    """The end of what is piped in does not say that nobody reads."""
    name = f"piped-{os.getpid()}-{time.monotonic_ns()}"
    job = {"name": name, "hold": True, "current_working_directory": "/tmp", "environment": ["A=b"]}
    body = json.dumps({"job": job}).encode()
    reading, writing = os.pipe()
    alice = replace(ours, user="alice")
    os.fchown(reading, ours.cluster.user("alice").uid, 0)
    with alice.start(reading) as process:
        os.close(reading)
        os.write(writing, SUBMIT.replace(b"job/submit", b"job/allocate") % (len(body), body))
        os.close(writing)
        try:
            assert eventually(lambda: bool(ids_of(ours.cluster, name)))
            ours.cluster.run("scontrol", "release", *ids_of(ours.cluster, name))
            out, _ = process.communicate(timeout=SECONDS)
            assert out.startswith(b"HTTP/1.1 200 ")
            assert process.returncode == 0
        finally:
            ours.cluster.run("scancel", "-n", name)


def ids_of(cluster: Cluster, name: str) -> list[str]:
    """Of the jobs of a name that are not over."""
    return cluster.run("squeue", "-h", "-n", name, "-o", "%i").split()


def test_it_is_one_process(ours: Program) -> None:
    with asked(ours) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        assert not children.read_text()
        process.send_signal(signal.SIGINT)
        assert eventually(lambda: process.poll() is not None)


def test_slurm_conf_is_what_an_option_or_a_variable_says(ours: Program, folder: Path) -> None:
    conf = folder / "named.conf"
    text = Path("/etc/slurm/slurm.conf").read_text()
    conf.write_text(text.replace("ClusterName=sandbox", "ClusterName=named"))
    by_option = replace(ours, arguments=(*ours.arguments, "-f", str(conf)))
    by_variable = replace(ours, environment={"SLURM_CONF": str(conf)})
    for program in (by_option, by_variable):
        body = program.pipe(PING_AND_CLOSE).out.partition(b"\r\n\r\n")[2]
        assert json.loads(body)["meta"]["slurm"]["cluster"] == "named"


@pytest.mark.parametrize("style", ["compact", "pretty"])
def test_json_is_compact_or_pretty(ours: Program, style: str) -> None:
    """In inetd mode the original is never compact."""
    program = replace(ours, environment={"SLURMRESTD_JSON": style})
    body = program.pipe(PING).out.partition(b"\r\n\r\n")[2]
    assert json.loads(body)["pings"]
    assert (b"\n" in body.strip()) == (style == "pretty")
