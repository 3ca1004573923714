# SPDX-License-Identifier: GPL-2.0-or-later
"""The commands of ``python3 -m slurmrestd.sandbox``."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Sequence

from slurmrestd.sandbox import commands, host
from slurmrestd.sandbox.commands import Context
from slurmrestd.sandbox.errors import SandboxError
from slurmrestd.sandbox.layout import Layout
from slurmrestd.sandbox.progress import Progress

_ABOUT = """\
A real Slurm 24.11 cluster in one directory, with this project running on it.

It has four live nodes with four pretend GPUs each, a thousand declared nodes, accounts, QOS,
licenses, a reservation, and jobs in every state. It is shut off from this machine: nothing is
mounted, listens or stays on it but what is in the directory and one TCP port of 127.0.0.1.
Needs root and Debian 12 or 13 (apt, mmdebstrap); the first start takes a minute or two.

The directory is .sandbox in the checkout, or what SLURMRESTD_SANDBOX names. Several of them run
beside each other. SLURMRESTD_SANDBOX_MIRROR names another Debian mirror.
"""
_EXAMPLES = """\
examples:
  python3 -m slurmrestd.sandbox run            a cluster until Ctrl-C, and curl lines to paste
  python3 -m slurmrestd.sandbox test           every check and test of the project
  python3 -m slurmrestd.sandbox test tests/http -k token
  python3 -m slurmrestd.sandbox up             a cluster that stays
  python3 -m slurmrestd.sandbox exec -- squeue
  python3 -m slurmrestd.sandbox down
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser().parse_args(_protect(given))
    context = Context(Layout.from_environment(), Progress())
    try:
        host.check()
        host.interrupt_on_signals()
        command: Callable[[Context, argparse.Namespace], int] = options.command
        return command(context, options)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (SandboxError, OSError, subprocess.CalledProcessError) as error:
        print(f"sandbox: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("sandbox: interrupted", file=sys.stderr)
        return 130


def _protect(arguments: list[str]) -> list[str]:
    """Keep argparse from reading what is pytest's or a benchmark's."""
    passes_on = arguments[:1] in (["test"], ["bench"])
    if passes_on and arguments[1:2] not in ([], ["-h"], ["--help"], ["--"]):
        return [arguments[0], "--", *arguments[1:]]
    return arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 -m slurmrestd.sandbox",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    group = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(
        name: str, run: Callable[[Context, argparse.Namespace], int], text: str, example: str
    ) -> argparse.ArgumentParser:
        added = group.add_parser(
            name,
            help=text.partition(".")[0],
            description=text,
            epilog=f"example:\n  python3 -m slurmrestd.sandbox {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        added.set_defaults(command=run)
        return added

    _add_lifecycle(command)
    _add_users_commands(command)
    _add_developers_commands(command)
    return parser


_Add = Callable[
    [str, Callable[[Context, argparse.Namespace], int], str, str], argparse.ArgumentParser
]


def _add_lifecycle(command: _Add) -> None:
    run = command(
        "run",
        commands.run,
        "Bring everything up, print a token and curl lines, and take it down at Ctrl-C.",
        "run",
    )
    up = command("up", commands.up, "Bring everything up and leave it running.", "up --fresh")
    for parser in (run, up):
        parser.add_argument(
            "--fresh", action="store_true", help="fill the accounting database anew"
        )
        parser.add_argument(
            "--no-install", action="store_true", help="only Slurm, without our slurmrestd"
        )
    command("down", commands.down, "End every process of the sandbox.", "down")
    command(
        "status",
        commands.status,
        "Tell what is running. Exits with 3 when the cluster is down.",
        "status",
    )
    command("clean", commands.clean, "Take it down and remove its directory.", "clean")


def _add_users_commands(command: _Add) -> None:
    token = command(
        "token",
        commands.token,
        "Print a JWT for a user of the cluster. The users are those of conf/sandbox/users.json.",
        "token alice",
    )
    token.add_argument("user")
    token.add_argument(
        "--lifespan", type=int, default=86400, metavar="SECONDS", help="default: a day"
    )
    command("shell", commands.shell, "Open a root shell inside the sandbox.", "shell")
    execute = command(
        "exec",
        commands.execute,
        "Run one command inside, with our streams and its exit status. Without --user it starts "
        "in the copy of the checkout.",
        "exec --user alice -- sbatch --wrap hostname",
    )
    execute.add_argument("--user", default="root")
    execute.add_argument(
        "--env", action="append", default=[], metavar="NAME=VALUE", help="may be repeated"
    )
    execute.add_argument("arguments", nargs=argparse.REMAINDER, metavar="-- COMMAND")
    jobs = command("jobs", commands.jobs, "Add held jobs, about a thousand a second.", "jobs 16000")
    jobs.add_argument("count", type=int)
    original = command(
        "original",
        commands.original,
        "Run the original slurmrestd beside ours until Ctrl-C, with JWT on a unix socket. "
        "Arguments after -- are its own.",
        "original --env SLURMRESTD_JSON=compact -- -d v0.0.42+fast",
    )
    original.add_argument(
        "--env", action="append", default=[], metavar="NAME=VALUE", help="may be repeated"
    )
    original.add_argument("arguments", nargs=argparse.REMAINDER, metavar="-- ARGUMENTS")


def _add_developers_commands(command: _Add) -> None:
    test = command(
        "test",
        commands.test,
        "Run ruff, mypy and pytest inside; arguments go to pytest. Brings the cluster up, and "
        "down again if it was down before. Without arguments, on two cores and with the cluster "
        "down before, half of the tests run in a second cluster at the same time.",
        "test tests/http -x",
    )
    test.add_argument("arguments", nargs=argparse.REMAINDER, metavar="PYTEST-ARGUMENTS")
    bench = command(
        "bench",
        commands.bench,
        "Measure ours beside the original: everything, with a report, or one large answer.",
        "bench --quick",
    )
    bench.add_argument("arguments", nargs=argparse.REMAINDER, metavar="NAME ...")
    command(
        "install",
        commands.install,
        "Copy the checkout into the sandbox and install it there if it changed.",
        "install",
    )
    command(
        "restart",
        commands.restart,
        "Install what changed and restart our two slurmrestd on the running cluster.",
        "restart",
    )
