# SPDX-License-Identifier: GPL-2.0-or-later
"""One run of wrk: how many answers a second, how long each took, and what went wrong."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PERCENTILES = (50.0, 75.0, 90.0, 99.0, 99.9)
TIMEOUT_SECONDS = 30
MARK = "bench-result "

_SCRIPT = """
local headers = %(headers)s
local ids = %(ids)s
local count = 0
request = function()
  local path = %(path)s
  if #ids > 0 then
    count = count %% #ids + 1
    path = path:gsub("{job}", ids[count])
  end
  return wrk.format(%(method)s, path, headers, %(body)s)
end
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '%(mark)s{"requests":%%d,"microseconds":%%d,"bytes":%%d,"connect":%%d,"read":%%d,' ..
    '"write":%%d,"status":%%d,"timeout":%%d,"latency":{',
    summary.requests, summary.duration, summary.bytes, e.connect, e.read, e.write, e.status,
    e.timeout))
  for i, p in ipairs({%(percentiles)s}) do
    io.write(string.format('%%s"%%g":%%d', i > 1 and "," or "", p, latency:percentile(p)))
  end
  io.write('}}\\n')
end
"""


@dataclass(frozen=True)
class Load:
    """What came of a run.  Latencies are microseconds by percentile."""

    requests: int
    seconds: float
    errors: Mapping[str, int]
    latency: Mapping[str, int]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds if self.seconds else 0.0


@dataclass(frozen=True)
class Request:
    """What is sent over and over."""

    port: int
    path: str
    token: str
    method: str = "GET"
    body: str = ""
    keep_alive: bool = True
    ids: Sequence[int] = ()


def run(request: Request, connections: int, seconds: int, watch: Callable[[], None]) -> Load:
    """Load a server for some seconds.  ``watch`` is called now and then, and may raise."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_script(request))
        script.flush()
        process = subprocess.Popen(
            [
                *("wrk", "-t1", f"-c{connections}", f"-d{seconds}s"),
                *(f"--timeout={TIMEOUT_SECONDS}s", "-s", script.name),
                f"http://127.0.0.1:{request.port}",
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            said = _finish(process, watch)
        finally:
            process.kill()
            process.wait()
    line = next((line for line in said.splitlines() if line.startswith(MARK)), None)
    if line is None:
        raise RuntimeError(f"wrk said nothing of use: {said[-500:]!r}")
    return _load(json.loads(line.removeprefix(MARK)))


def _finish(process: subprocess.Popen[str], watch: Callable[[], None]) -> str:
    while True:
        try:
            said, _ = process.communicate(timeout=0.05)
        except subprocess.TimeoutExpired:
            watch()
        else:
            return str(said)


def _load(found: Mapping[str, Any]) -> Load:
    names = ("connect", "read", "write", "status", "timeout")
    errors = {name: int(found[name]) for name in names if found[name]}
    return Load(int(found["requests"]), found["microseconds"] / 1e6, errors, found["latency"])


def _script(request: Request) -> str:
    headers = {"X-SLURM-USER-TOKEN": request.token, "Accept": "application/json"}
    if request.body:
        headers["Content-Type"] = "application/json"
    if not request.keep_alive:
        headers["Connection"] = "close"
    pairs = ", ".join(f"[{_lua(name)}] = {_lua(value)}" for name, value in headers.items())
    return _SCRIPT % {
        "headers": f"{{{pairs}}}",
        "ids": f"{{{', '.join(map(_lua, map(str, request.ids)))}}}",
        "path": _lua(request.path),
        "method": _lua(request.method),
        "body": _lua(request.body) if request.body else "nil",
        "mark": MARK,
        "percentiles": ", ".join(f"{p:g}" for p in PERCENTILES),
    }


def _lua(text: str) -> str:
    """A Lua string: JSON's escapes are Lua's but for the slash and \\u, which do not occur."""
    return json.dumps(text)
