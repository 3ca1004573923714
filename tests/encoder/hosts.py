# SPDX-License-Identifier: GPL-2.0-or-later
"""What the encoder asks libslurm for, answered by a test."""

from __future__ import annotations

from typing import Any

from cffi import FFI

from slurmrestd._encoder import ffi

LIBC = FFI()
LIBC.cdef("char *strdup(const char *text); void free(void *memory);")
libc: Any = LIBC.dlopen(None)

SELECT_NODEDATA = {"cpus": 2, "memory": 8, "tres": 9, "weighted": 10}
NODE_STATE_ALLOCATED = 3


class Host:
    """An ``sr_host``: lists and host lists are Python's, kept by number.

    A host list is names between commas; ``nope`` makes none.
    """

    def __init__(self, *, controllers: int = 1, select_type_param: int = 0) -> None:
        self.lists: dict[int, list[Any]] = {}
        self.open: dict[int, list[Any]] = {}
        self.node: dict[str, Any] = {}
        self.error = 0
        self._number = 0
        self._kept = {
            "nodeinfo": ffi.callback("int (*)(void *, int, int, void *)", self._nodeinfo),
            "hostlist_create": ffi.callback("void *(*)(const char *)", self._hostlist_create),
            "hostlist_shift": ffi.callback("char *(*)(void *)", self._hostlist_shift),
            "hostlist_nth": ffi.callback("char *(*)(void *, int)", self._hostlist_nth),
            "hostlist_destroy": ffi.callback("void (*)(void *)", self._close),
            "expand_stdio": ffi.callback("char *(*)(char *, void *)", self._expand_stdio),
            "xfree": ffi.callback("void (*)(void **)", self._xfree),
            "list_iterator_create": ffi.callback("void *(*)(void *)", self._iterate),
            "list_next": ffi.callback("void *(*)(void *)", self._next),
            "list_iterator_destroy": ffi.callback("void (*)(void *)", self._close),
        }
        self.native = ffi.new(
            "sr_host *",
            self._kept | {"controllers": controllers, "select_type_param": select_type_param},
        )

    def list_of(self, items: list[Any]) -> Any:
        """A ``list_t *`` of these pointers."""
        handle = self._handle()
        self.lists[int(ffi.cast("uintptr_t", handle))] = items
        return handle

    def _handle(self) -> Any:
        self._number += 16
        return ffi.cast("void *", self._number)

    def _opened(self, items: list[Any]) -> Any:
        handle = self._handle()
        self.open[int(ffi.cast("uintptr_t", handle))] = items
        return handle

    def _close(self, handle: Any) -> None:
        del self.open[int(ffi.cast("uintptr_t", handle))]

    def _iterate(self, handle: Any) -> Any:
        return self._opened(list(self.lists[int(ffi.cast("uintptr_t", handle))]))

    def _next(self, handle: Any) -> Any:
        items = self.open[int(ffi.cast("uintptr_t", handle))]
        return ffi.cast("void *", items.pop(0)) if items else ffi.NULL

    def _hostlist_create(self, text: Any) -> Any:
        names = b"" if text == ffi.NULL else ffi.string(text)
        if names == b"nope":
            return ffi.NULL
        return self._opened(names.split(b",") if names else [])

    def _hostlist_shift(self, handle: Any) -> Any:
        names = self.open[int(ffi.cast("uintptr_t", handle))]
        return _copy(names.pop(0)) if names else ffi.NULL

    def _hostlist_nth(self, handle: Any, number: int) -> Any:
        names = self.open[int(ffi.cast("uintptr_t", handle))]
        return _copy(names[number]) if 0 <= number < len(names) else ffi.NULL

    def _expand_stdio(self, path: Any, job: Any) -> Any:
        """All that there is to be replaced, behind the path."""
        names = ffi.cast("job_std_pattern_t *", job)
        numbers = (names.array_job_id, names.array_task_id, names.jobid)
        texts = (
            ffi.string(text) if text != ffi.NULL else b"-"
            for text in (
                *(names.first_step_name, names.first_step_node, names.jobname, names.user),
                names.work_dir,
            )
        )
        parts = [ffi.string(path), *(str(number).encode() for number in numbers), *texts]
        return _copy(b"|".join(parts))

    def _xfree(self, memory: Any) -> None:
        libc.free(LIBC.cast("void *", int(ffi.cast("uintptr_t", memory[0]))))
        memory[0] = ffi.NULL

    def _nodeinfo(self, _info: Any, what: int, state: int, out: Any) -> int:
        assert state == NODE_STATE_ALLOCATED
        if self.error:
            return self.error
        if what == SELECT_NODEDATA["cpus"]:
            ffi.cast("uint16_t *", out)[0] = self.node["cpus"]
        elif what == SELECT_NODEDATA["memory"]:
            ffi.cast("uint64_t *", out)[0] = self.node["memory"]
        elif what == SELECT_NODEDATA["weighted"]:
            ffi.cast("double *", out)[0] = self.node["weighted"]
        elif self.node["tres"] is not None:
            copy = libc.strdup(self.node["tres"])
            ffi.cast("uintptr_t *", out)[0] = int(LIBC.cast("uintptr_t", copy))
        return 0


def _copy(text: bytes) -> Any:
    """A text that C frees."""
    return ffi.cast("char *", int(LIBC.cast("uintptr_t", libc.strdup(text))))
