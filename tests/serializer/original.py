# SPDX-License-Identifier: GPL-2.0-or-later
"""The original's own serializers, without its daemon: ``python -m tests.serializer.original``.

Each line of the input is JSON: a media type to read, one to write, and the text in
latin-1.  Each line of the output is the text that came of it, or null.  A process of its
own, since what libslurm says of a bad text would end one that is not prepared for it.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Iterable

_PRETTY, _COMPACT = 1 << 2, 1 << 1


def converted(
    texts: Iterable[bytes], read: str, write: str, *, pretty: bool = True
) -> list[bytes | None]:
    """What the original makes of texts of one media type in another; None where it refuses."""
    lines = [json.dumps([read, write, pretty, text.decode("latin-1")]) for text in texts]
    done = subprocess.run(
        [sys.executable, "-m", "tests.serializer.original"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "SLURM_CONF": "/dev/null"},
        check=True,
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == len(lines)
    return [None if text is None else text.encode("latin-1") for text in found]


class _Slurm:
    """libslurmfull, loaded so that its error() stays its own."""

    def __init__(self) -> None:
        from _native import locate

        path = locate.plugin_dir() / "libslurmfull.so"
        mode = os.RTLD_NOW | os.RTLD_GLOBAL | os.RTLD_DEEPBIND
        self._library = ctypes.CDLL(str(path), mode=mode)
        assert self._library.serializer_g_init(None, None) == 0

    def convert(self, read: str, write: str, pretty: bool, text: bytes) -> bytes | None:
        """Serializers may leak here: the process is short."""
        data, made = ctypes.c_void_p(), ctypes.c_void_p()
        length = ctypes.c_size_t()
        size = ctypes.c_size_t(len(text))
        if self._library.serialize_g_string_to_data(ctypes.byref(data), text, size, read.encode()):
            return None
        if self._library.serialize_g_data_to_string(
            ctypes.byref(made),
            ctypes.byref(length),
            data,
            write.encode(),
            _PRETTY if pretty else _COMPACT,
        ):
            return None
        # The length counts the NUL of some.
        return ctypes.string_at(made, length.value).rstrip(b"\0")


def main() -> None:
    slurm = _Slurm()
    for line in sys.stdin:
        read, write, pretty, text = json.loads(line)
        found = slurm.convert(read, write, pretty, text.encode("latin-1"))
        shown = json.dumps(None if found is None else found.decode("latin-1"))
        sys.stdout.write(f"{shown}\n")


if __name__ == "__main__":
    main()
