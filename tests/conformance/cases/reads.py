# SPDX-License-Identifier: GPL-2.0-or-later
"""Every GET of the controller's side, with every query parameter."""

from __future__ import annotations

from collections.abc import Iterator

from tests.conformance.case import Case

FUTURE = "99999999999"

UPDATE_TIMES = {
    "zero": "0",
    "past": "1000",
    "future": FUTURE,
    "32 bits and more": "4294967296",
    "64 bits and more": "18446744073709551616",
    "negative": "-1",
    "float": "1.5",
    "exponent": "1e3",
    "hexadecimal": "0x10",
    "plus sign": "%2B1",
    "spaces": "%201%20",
    "now": "now",
    "relative": "now-1hour",
    "tomorrow": "tomorrow",
    "date": "2020-01-01",
    "date and time": "2020-01-01T12:30:00",
    "time of day": "12:30",
    "uts": "uts1500000000",
    "nonsense": "abc",
    "number and text": "12abc",
    "empty": "",
    "true": "true",
    "null": "null",
    "infinity": "inf",
    "INFINITE": "INFINITE",
    "UNLIMITED": "UNLIMITED",
    "nan": "nan",
    "escaped NUL": "%00",
    "invalid UTF-8": "%e2%28%a1",
    "brackets": "[1]",
    "braces": "%7B%7D",
}

SHOW_FLAGS = ("ALL", "DETAIL", "MIXED", "LOCAL", "SIBLING", "FEDERATION", "FUTURE")

FLAGS = {
    **{name: f"flags={name}" for name in SHOW_FLAGS},
    "lower case": "flags=detail",
    "two": "flags=ALL&flags=DETAIL",
    "all of them": "&".join(f"flags={name}" for name in SHOW_FLAGS),
    "the same twice": "flags=ALL&flags=ALL",
    "comma": "flags=ALL,DETAIL",
    "escaped comma": "flags=ALL%2CDETAIL",
    "escaped comma and an unknown one": "flags=ALL%2CNOPE",
    "unknown": "flags=NOPE",
    "unknown and known": "flags=NOPE&flags=ALL",
    "two unknown": "flags=NOPE&flags=NEITHER",
    "empty": "flags=",
    "without a value": "flags",
    "empty and known": "flags=&flags=ALL",
    "number": "flags=1",
    "negative": "flags=-1",
    "float": "flags=1.5",
    "hexadecimal": "flags=0x3",
    "true": "flags=true",
    "prefix of a name": "flags=DET",
    "spaces": "flags=%20ALL%20",
    "SHOW_ALL": "flags=SHOW_ALL",
    "indexed": "flags%5B%5D=ALL",
}

ODD_QUERIES = {
    "unknown parameter": "nope=1",
    "two unknown parameters": "nope=1&neither=2",
    "empty query": "",
    "only an ampersand": "&",
    "ampersands": "&&update_time=0&&",
    "no name": "=1",
    "update_time twice": "update_time=0&update_time=1000",
    "upper case name": "UPDATE_TIME=0",
    "half an escape": "update_time=%4",
    "escape of no byte": "update_time=%zz",
    "plus for a space": "update_time=1+1",
    "equals sign in the value": "update_time=1=2",
    "semicolon": "update_time=0;flags=ALL",
    "escaped name": "update%5Ftime=0",
    "escaped ampersand": "update_time=0%26flags",
    "control character": "update_time=%01",
    "not ASCII": "update_time=\u00e4",
    "text of a JSON path": "a/b=1",
    "name with a tilde and a dot": "a~b.c=1",
    "unknown and future": f"nope=1&update_time={FUTURE}",
    "unknown and nonsense": "nope=1&update_time=abc",
}

PATHS = {
    "trailing slash": "{}/",
    "two trailing slashes": "{}//",
    "dot": "./{}",
    "trailing dot": "{}/.",
    "dots": "x/../{}",
    "fragment": "{}#part",
    "empty query": "{}?",
    "more after it": "{}/more",
}

LONG = ("jobs", "nodes")
LISTS = ("jobs", "nodes", "partitions", "reservations")
WITH_FLAGS = ("jobs", "nodes", "partitions")
WITHOUT_QUERY = ("ping", "diag", "licenses")
# Long lists take the original long: what does not touch their records is asked of the others.
OF_LONG_LISTS = ("zero", "past", "future", "negative", "nonsense", "empty", *SHOW_FLAGS, "unknown")


def _lists() -> Iterator[Case]:
    for path in LISTS:
        operation = f"GET {path}"
        yield Case(operation, "plain", path)
        for name, value in UPDATE_TIMES.items():
            if path not in LONG or name in OF_LONG_LISTS:
                yield Case(operation, f"update_time {name}", path, f"update_time={value}")
        for name, query in ODD_QUERIES.items() if path not in LONG else ():
            yield Case(operation, name, path, query)
        for name, query in FLAGS.items() if path in WITH_FLAGS else ():
            if path not in LONG or name in OF_LONG_LISTS:
                yield Case(operation, f"flags {name}", path, query)
        if path in WITH_FLAGS:
            yield Case(operation, "both", path, f"update_time={FUTURE}&flags=ALL")
            yield Case(operation, "both wrong", path, "update_time=abc&flags=NOPE")
        else:
            yield Case(operation, "flags are unknown", path, "flags=ALL")
    # Of jobs an update_time in the future is answered without them, whatever else is asked.
    for name, query in (ODD_QUERIES | FLAGS).items():
        yield Case("GET jobs", f"none: {name}", "jobs", f"{query}&update_time={FUTURE}")
    for name, value in UPDATE_TIMES.items():
        query = f"update_time={value}&update_time={FUTURE}"
        yield Case("GET jobs", f"none: update_time {name} first", "jobs", query)


def _without_query() -> Iterator[Case]:
    for path in WITHOUT_QUERY:
        operation = f"GET {path}"
        yield Case(operation, "plain", path)
        for name in ("unknown parameter", "empty query", "no name", "half an escape"):
            yield Case(operation, name, path, ODD_QUERIES[name])
        yield Case(operation, "update_time", path, f"update_time={FUTURE}")
        yield Case(operation, "flags", path, "flags=NOPE")


def _spellings() -> Iterator[Case]:
    everything = (*LISTS, *WITHOUT_QUERY, "jobs/state", "node/n1", "partition/gpu", "job/<running>")
    operations = {
        "node/n1": "GET node/{name}",
        "partition/gpu": "GET partition/{name}",
        "job/<running>": "GET job/{id}",
    }
    for path in (*everything, "reservation/course"):
        operation = operations.get(path, f"GET {path}")
        if path == "reservation/course":
            operation = "GET reservation/{name}"
        for name, spelling in PATHS.items():
            yield Case(operation, f"path with {name}", spelling.format(path))
    yield Case("GET ping", "doubled slashes", "//slurm//<version>//ping//")
    yield Case("GET ping", "escaped letter", "pin%67")
    yield Case("GET ping", "escaped slash", "/slurm/<version>%2Fping")
    yield Case("GET ping", "escaped version", "/slurm/%76<version>/ping")
    yield Case("GET ping", "escaped space", "ping%20")
    yield Case("GET ping", "upper case", "PING")
    yield Case("GET ping", "whole URL", "http://localhost/slurm/<version>/ping")
    yield Case("GET ping", "whole URL with a port", "http://localhost:1/slurm/<version>/ping")
    yield Case("GET jobs", "escaped letter", "job%73")


CASES = (*_lists(), *_without_query(), *_spellings())
