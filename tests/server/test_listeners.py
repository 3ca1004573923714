# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a server listens."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from slurmrestd.server.errors import CannotListen
from slurmrestd.server.listeners import Listener, listen, parse, passed

from .conftest import StartServer, eventually, receive

PING = b"GET /ping HTTP/1.0\r\nX-SLURM-USER-TOKEN: t\r\n\r\n"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("unix:/run/slurmrestd.socket", "/run/slurmrestd.socket"),
        ("localhost:6820", ("localhost", 6820)),
        ("127.0.0.1:6820", ("127.0.0.1", 6820)),
        ("[::1]:6820", ("::1", 6820)),
        ("[localhost]:6820", ("localhost", 6820)),
        (":6820", ("", 6820)),
        (":::6820", ("", 6820)),
    ],
)
def test_a_listener_is_a_path_or_a_host_and_a_port(text: str, where: object) -> None:
    assert parse(text) == where


@pytest.mark.parametrize(
    "text",
    [
        *("", "6820", "host", "/run/socket", "unix:", "host:", "host:http", "host:65536", "::1"),
        *("*:6820", "::6820", "::1:6820", "[::1]", "host:1:2"),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(CannotListen):
        parse(text)


@contextmanager
def listening(*texts: str) -> Iterator[list[Listener]]:
    listeners = listen(texts)
    try:
        yield listeners
    finally:
        for listener in listeners:
            listener.close()
            listener.remove_file()


def test_a_host_is_listened_on_at_all_its_addresses_once() -> None:
    with listening("127.0.0.1:0") as (first,):
        port = first.sock.getsockname()[1]
    with listening(f"127.0.0.1:{port}", f"127.0.0.1:{port}") as listeners:
        assert len(listeners) == 1


def names_of(*texts: str) -> set[str]:
    """Addresses, without their ports."""
    with listening(*texts) as listeners:
        return {str(listener).rpartition(":")[0] for listener in listeners}


def test_an_empty_host_is_all_interfaces_of_both_families() -> None:
    port = free_port()
    with listening(f":{port}"):
        for address in ("127.0.0.1", "::1"):
            socket.create_connection((address, port)).close()
    assert names_of(":0") == names_of("[]:0") == {"[0.0.0.0]", "[::]"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("127.0.0.1:0", {"[127.0.0.1]"}),
        ("[::1]:0", {"[::1]"}),
        ("0.0.0.0:0", {"[0.0.0.0]"}),
        ("[::]:0", {"[::]"}),
    ],
)
def test_an_address_is_listened_on_alone(text: str, names: set[str]) -> None:
    assert names_of(text) == names


def test_a_name_is_all_its_addresses() -> None:
    found = socket.getaddrinfo("localhost", None, type=socket.SOCK_STREAM)
    assert names_of("localhost:0") == {f"[{entry[4][0]}]" for entry in found}


def test_an_address_of_another_host_is_refused() -> None:
    with pytest.raises(CannotListen, match=r"192\.0\.2\.99"):
        listen(["192.0.2.99:0"])


def test_a_port_in_use_is_refused() -> None:
    with listening("127.0.0.1:0") as (first,):
        port = first.sock.getsockname()[1]
        with pytest.raises(CannotListen, match="in use"):
            listen([f"127.0.0.1:{port}"])


def test_a_host_that_does_not_exist_is_refused() -> None:
    with pytest.raises(CannotListen, match=r"nowhere\.invalid"):
        listen(["nowhere.invalid:6820"])


def test_a_stale_socket_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "socket"
    with socket.socket(socket.AF_UNIX) as stale:
        stale.bind(str(path))
    with listening(f"unix:{path}") as (listener,), socket.socket(socket.AF_UNIX) as client:
        client.connect(str(path))
        assert path.stat().st_mode & 0o777 == 0o777
        assert str(listener) == f"unix:{path}"
    assert not path.exists()


def test_a_socket_that_somebody_listens_on_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "socket"
    with listening(f"unix:{path}"):
        with pytest.raises(CannotListen, match="another server"):
            listen([f"unix:{path}"])
        assert path.exists()


def test_a_file_that_is_no_socket_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("precious")
    with pytest.raises(CannotListen, match="not a socket"):
        listen([f"unix:{path}"])
    assert path.read_text() == "precious"


@pytest.mark.parametrize("path", ["/nowhere/socket", "/tmp/" + "x" * 200])
def test_a_path_that_cannot_be_had_is_refused(path: str) -> None:
    with pytest.raises(CannotListen, match=path[:20]):
        listen([f"unix:{path}"])


def test_a_file_that_took_the_place_of_ours_is_not_removed(tmp_path: Path) -> None:
    path = tmp_path / "socket"
    with listening(f"unix:{path}"):
        path.unlink()
        # Two, so that the inode of ours is not used again at once.
        for name in ("other", "socket"):
            (tmp_path / name).write_text("of somebody else")
    assert path.exists()


def test_sockets_for_another_process_are_not_taken() -> None:
    assert not passed({"LISTEN_FDS": "1", "LISTEN_PID": "1"}, os.getpid())
    assert not passed({}, os.getpid())


def test_an_inherited_socket_is_served_and_its_file_left(
    start_server: StartServer, tmp_path: Path
) -> None:
    """As systemd does it: descriptor 3, LISTEN_FDS, and LISTEN_PID of the process itself."""
    path = tmp_path / "socket"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()

        def prepare() -> None:
            os.dup2(listener.fileno(), 3)
            os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))

        server = start_server(prepare=prepare, listeners=())
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(path))
        client.sendall(PING)
        assert receive(client, 10).startswith(b"HTTP/1.1 200 ")
    server.process.terminate()
    assert server.process.wait(10) == 0
    assert path.exists()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def others_have_python() -> bool:
    """Whether another user can read this Python: one in root's home does not let it."""
    library = Path(os.__file__)
    return all(folder.stat().st_mode & 0o005 == 0o005 for folder in library.parents)


@pytest.mark.skipif(
    os.getuid() != 0 or not others_have_python(), reason="nobody else to become here"
)
def test_workers_run_as_the_user_that_was_named(start_server: StartServer) -> None:
    port = free_port()
    server = start_server(
        prepare=lambda: None, listeners=(f"127.0.0.1:{port}",), user=4711, group=4712
    )
    assert eventually(lambda: len(server.workers()) == 2)
    for pid in (server.process.pid, *server.workers()):
        status = Path(f"/proc/{pid}/status").read_text()
        assert "Uid:\t4711\t4711\t4711\t4711\nGid:\t4712\t4712\t4712\t4712\n" in status
        assert "Groups:\t \n" in status
        assert "NoNewPrivs:\t1\n" in status
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(PING)
        assert receive(client).startswith(b"HTTP/1.1 200 ")


def test_tcp_and_unix_are_served_at_once(start_server: StartServer, tmp_path: Path) -> None:
    port = free_port()
    path = str(tmp_path / "socket")
    server = start_server(
        prepare=lambda: None, listeners=(f"127.0.0.1:{port}", f"unix:{path}"), auth=None
    )
    assert eventually(lambda: "listening on" in server.log.read_text())
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(PING)
        assert receive(client).startswith(b"HTTP/1.1 200 ")
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(path)
        client.sendall(PING.replace(b"X-SLURM-USER-TOKEN: t\r\n", b""))
        assert receive(client).startswith(b"HTTP/1.1 200 ")
