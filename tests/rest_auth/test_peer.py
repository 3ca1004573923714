# SPDX-License-Identifier: GPL-2.0-or-later
"""The other end of a connection."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from slurmrestd.rest_auth.peer import Peer, peer_of


def test_a_unix_socket_says_who_is_at_the_other_end(tmp_path: Path) -> None:
    path = str(tmp_path / "socket")
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as client:
        listener.bind(path)
        listener.listen()
        client.connect(path)
        server, _ = listener.accept()
        with server:
            peer = peer_of(server)
    assert peer.is_unix
    assert (peer.uid, peer.gid, peer.pid) == (os.getuid(), os.getgid(), os.getpid())
    assert peer.source == f"unix:{path}(fd:{peer.descriptor})"


def test_a_tcp_connection_is_named_by_our_end_of_it() -> None:
    """As in the original's meta.client.source."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as client:
            server, _ = listener.accept()
            with server:
                peer = peer_of(server)
                assert peer.remote == f"127.0.0.1:{client.getsockname()[1]}"
    assert (peer.uid, peer.gid, peer.pid) == (None, None, None)
    assert peer.source == f"[localhost]:{port}(fd:{peer.descriptor})"


def test_an_address_without_a_name_is_all_addresses() -> None:
    assert Peer(("192.0.2.1", 80), 9).source == "[::]:80(fd:9)"
