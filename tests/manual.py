# SPDX-License-Identifier: GPL-2.0-or-later
"""slurmrestd(8), sentence by sentence, and the tests that hold each of them.

The sentences are in our words.  The README's table is made of these rows:
``python -m tests.manual`` prints it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import groupby
from typing import Final


@dataclass(frozen=True)
class Sentence:
    """What the manual page says under a heading; ``tests`` are files and functions.

    ``note`` says where the original does otherwise, and what we do.
    """

    heading: str
    says: str
    tests: tuple[str, ...]
    note: str = ""


_INETD = "daemon/test_inetd.py::test_"
_BECOME = "daemon/test_become_user.py::test_"
_PRIVILEGES = "daemon/test_privileges.py::test_"
_SIGNALS = "daemon/test_signals.py::test_"
_LISTENERS = "server/test_listeners.py::test_"
_EXAMPLES = "daemon/test_examples.py::test_"
_PLUGINS = "cli/test_plugins.py::test_"
_PARSE = "cli/test_parse.py::test_"
_MAIN = "cli/test_main.py::test_"
_LINES = "conformance/test_command_lines.py::test_same_end"
_YAML = "conformance/test_yaml.py::test_"
_DOCUMENT = "openapi/test_document.py::test_"

SENTENCES: Final = (
    Sentence(
        "Description",
        "The interface of Slurm by REST",
        ("conformance/test_complete.py::test_every_operation_was_compared",),
    ),
    Sentence(
        "Inetd mode",
        "Reads requests from standard input and writes answers to standard output",
        (f"{_INETD}what_is_piped_in_is_answered_as_by_the_original",),
    ),
    Sentence(
        "Inetd mode",
        "A socket on standard input is noticed and used as one",
        (
            f"{_INETD}a_token_is_taken_on_a_socket",
            f"{_INETD}a_socket_that_is_not_output_too_is_refused",
        ),
    ),
    Sentence(
        "Inetd mode",
        "At a terminal it is interactive, and logs more",
        (f"{_INETD}at_a_terminal_lines_may_be_typed_and_more_is_logged",),
        "The original logs no more there.",
    ),
    Sentence(
        "Inetd mode",
        "For pipes, inetd, xinetd and the socket activation of systemd",
        (
            f"{_INETD}the_owner_of_a_file_is_who_asks_if_nobody_else_had_access",
            f"{_INETD}a_socket_on_standard_error_gets_no_log",
            f"{_INETD}a_listening_socket_on_standard_input_is_listened_on",
            f"{_INETD}a_connection_from_systemd_is_served",
        ),
    ),
    Sentence(
        "Listen mode",
        "Listens at each host and port and each unix socket that is asked for",
        (f"{_LISTENERS}tcp_and_unix_are_served_at_once", _LINES),
    ),
    Sentence(
        "[host]:port",
        "The host is an IPv4 or IPv6 address, or a name",
        (
            f"{_LISTENERS}an_address_is_listened_on_alone",
            f"{_LISTENERS}a_name_is_all_its_addresses",
        ),
    ),
    Sentence(
        "[host]:port",
        "Names are looked up at the start only",
        (f"{_LISTENERS}a_host_that_does_not_exist_is_refused",),
    ),
    Sentence(
        "[host]:port",
        "Without a host, all interfaces",
        (f"{_LISTENERS}an_empty_host_is_all_interfaces_of_both_families",),
        "The original takes IPv6 only where slurm.conf enables it.",
    ),
    Sentence(
        "unix:/path/to/socket",
        "Listens on a unix socket, for which it needs permission",
        (
            f"{_LISTENERS}a_path_that_cannot_be_had_is_refused",
            f"{_LISTENERS}a_stale_socket_file_is_replaced",
        ),
    ),
    Sentence(
        "-a",
        "A list of authentication plugins, by default all; 'list' shows them",
        (
            f"{_MAIN}list_shows_what_there_is",
            "rest_auth/test_selection.py::test_methods_are_asked_in_the_order_of_the_option",
        ),
    ),
    Sentence(
        "-a",
        "rest_auth/local: by unix sockets, with munge",
        ("conformance/test_local.py::test_peer",),
    ),
    Sentence(
        "-a",
        "rest_auth/local: client and server must run as the same user",
        (
            "conformance/test_local.py::test_peer",
            f"{_INETD}local_authentication_does_not_apply_to_a_socket",
        ),
        "Root is let in too, as by the original; a socket from inetd never is, as there.",
    ),
    Sentence(
        "-a",
        "rest_auth/jwt: by TCP and unix sockets, where AuthAltTypes has it",
        (
            "rest_auth/test_selection.py::test_jwt_answers_on_tcp",
            f"{_INETD}a_token_is_taken_on_a_socket",
        ),
    ),
    Sentence(
        "-a",
        "rest_auth/jwt: X-SLURM-USER-NAME and X-SLURM-USER-TOKEN, with a token from scontrol",
        (
            "rest_auth/test_jwt.py::test_a_token_is_handed_on",
            "conformance/test_refusals.py::test_refusal",
        ),
        "They are headers, not cookies, and the name may be left out.",
    ),
    Sentence(
        "-d",
        "A list of data_parser plugins with +flags, by default all without; 'list' shows them",
        (f"{_PLUGINS}versions_are_selected", f"{_MAIN}list_shows_what_there_is"),
    ),
    Sentence("-d", "'latest' is the latest", (f"{_PLUGINS}the_latest_has_many_names",)),
    Sentence(
        "-d",
        "v0.0.40, v0.0.41, v0.0.42",
        ("conformance/test_reads.py::test_same_answer", _LINES),
    ),
    Sentence(
        "-d",
        "+fast: neither warnings nor strict checks",
        (f"{_YAML}same_with_a_flag",),
    ),
    Sentence(
        "-d",
        "+prefer_refs, +minimize_refs, +inline_enums change the OpenAPI document",
        (f"{_DOCUMENT}no_structure_differs",),
    ),
    Sentence(
        "-f", "Reads this slurm.conf", (f"{_INETD}slurm_conf_is_what_an_option_or_a_variable_says",)
    ),
    Sentence(
        "--generate-openapi-spec",
        "Prints the OpenAPI document as JSON, and exits, also without slurm.conf",
        (f"{_EXAMPLES}the_specification_is_generated_without_a_configuration",),
    ),
    Sentence(
        "-g",
        "Changes the group, and drops supplementary ones, before anything is served",
        (f"{_PRIVILEGES}another_user_and_group_are_become_for_good",),
    ),
    Sentence(
        "-g",
        "Does not start in the group of SlurmUser or of root",
        (f"{_PRIVILEGES}who_may_do_more_than_clients_may_not_serve_them",),
    ),
    Sentence("-h, --help", "A summary of the options", (f"{_MAIN}help_is_printed",)),
    Sentence(
        "--max-connections",
        "Bounds the connections that are processed at once; more wait in the kernel",
        ("robustness/test_limits.py::test_no_more_connections_than_allowed",),
    ),
    Sentence("--max-connections", "124 by default", (f"{_PARSE}nothing_given_is_the_defaults",)),
    Sentence(
        "-s",
        "A list of OpenAPI plugins, by default all; 'list' shows them",
        (f"{_PLUGINS}operations_are_selected", f"{_MAIN}list_shows_what_there_is"),
    ),
    Sentence(
        "-s",
        "slurmctld has slurm/, slurmdbd has slurmdb/",
        ("conformance/test_complete.py::test_operations_are_the_originals",),
    ),
    Sentence(
        "-s",
        "slurmdbd fails on a cluster without it",
        (
            f"{_PLUGINS}without_slurmdbd_its_operations_cannot_be_asked_for",
            f"{_PLUGINS}without_slurmdbd_the_controllers_operations_are_there",
        ),
        "Only where it is asked for: by default, what there is is served.",
    ),
    Sentence(
        "-t",
        "The number of threads; 20 by default",
        (
            "robustness/test_limits.py::test_no_more_calls_to_slurm_than_threads",
            f"{_PARSE}nothing_given_is_the_defaults",
        ),
        "Of calls to Slurm in flight, which they are for; a quarter is kept from slurmdbd's.",
    ),
    Sentence("-t", "Ignored in inetd mode", (f"{_INETD}it_is_one_process",)),
    Sentence(
        "-u",
        "Changes the user before anything is served",
        (f"{_PRIVILEGES}another_user_and_group_are_become_for_good",),
    ),
    Sentence(
        "-u",
        "Does not start as SlurmUser or root",
        (f"{_PRIVILEGES}who_may_do_more_than_clients_may_not_serve_them",),
    ),
    Sentence("-v", "More messages, up to six times", (f"{_PARSE}the_log_level",)),
    Sentence("-V", "Prints the version and exits", (_LINES,)),
    Sentence(
        "ABORT_ON_FATAL",
        "A fatal error aborts",
        (f"{_MAIN}a_fatal_error_aborts_where_that_is_asked_for",),
    ),
    Sentence(
        "SLURM_CONF",
        "Where slurm.conf is",
        (f"{_INETD}slurm_conf_is_what_an_option_or_a_variable_says",),
    ),
    Sentence(
        "SLURM_DEBUG_FLAGS",
        "DebugFlags that win over slurm.conf's",
        ("daemon/test_secrets.py::test_nothing_that_a_client_sends_as_a_secret_is_logged",),
        "Network dumps stay off: they hold tokens.",
    ),
    Sentence(
        "SLURMRESTD_JSON",
        "JSON compact or pretty",
        (f"{_INETD}json_is_compact_or_pretty",),
    ),
    Sentence(
        "SLURM_JWT",
        "Must be set for authentication by tokens",
        (
            "slurm/test_start.py::test_with_jwt_the_daemons_own_token_is_replaced",
            "daemon/test_secrets.py::test_the_daemons_own_token_lets_nobody_in",
        ),
        "Its value is nobody's to use; the original sends it for who has none.",
    ),
    Sentence(
        "SLURMRESTD_*",
        "AUTH_TYPES, DATA_PARSER_PLUGINS, LISTEN, MAX_CONNECTIONS, OPENAPI_PLUGINS as -a, -d, "
        "listeners, --max-connections, -s",
        (
            f"{_PARSE}a_variable_is_read",
            f"{_PARSE}an_option_wins_over_its_variable",
            f"{_PARSE}listeners_of_both_are_used",
        ),
    ),
    Sentence(
        "SLURMRESTD_DEBUG",
        "The log level, as a number or a word; -v wins",
        (f"{_PARSE}the_log_level",),
    ),
    Sentence(
        "SLURMRESTD_RESPONSE_STATUS_CODES",
        "The statuses in the OpenAPI document; 200 and default by default",
        (f"{_DOCUMENT}statuses_are_those_that_are_asked_for",),
    ),
    Sentence(
        "SLURMRESTD_SECURITY",
        "become_user: run as root, become the user who asks",
        (f"{_BECOME}two_hundred_connections_of_three_users",),
        "The original also wants disable_user_check.",
    ),
    Sentence(
        "SLURMRESTD_SECURITY",
        "become_user with rest_auth/local: user and group of who connects to a unix socket",
        (
            f"{_BECOME}a_process_is_its_peer_for_good",
            f"{_BECOME}the_peer_of_a_socket_from_inetd_is_who_asks",
        ),
        "The original lets nobody in by inetd, and dies on who is not root.",
    ),
    Sentence(
        "SLURMRESTD_SECURITY",
        "become_user is for inetd mode, as the change is for the process's life",
        (f"{_BECOME}a_process_ends_with_its_connection",),
        "In listen mode each connection has a process of its own.",
    ),
    Sentence(
        "SLURMRESTD_SECURITY",
        "become_user does not go with rest_auth/jwt",
        (f"{_BECOME}what_cannot_be_is_refused_at_the_start",),
    ),
    Sentence(
        "SLURMRESTD_SECURITY",
        "disable_unshare_files, disable_unshare_sysv",
        (
            f"{_PRIVILEGES}what_is_unshared",
            f"{_PRIVILEGES}semaphores_are_not_shared_with_who_started_it",
            f"{_PRIVILEGES}files_are_not_shared",
        ),
    ),
    Sentence(
        "SLURMRESTD_SECURITY",
        "disable_user_check",
        (f"{_PRIVILEGES}unless_told_otherwise",),
    ),
    Sentence("SLURMRESTD_YAML", "YAML compact or pretty", (f"{_YAML}same_style",)),
    Sentence(
        "SIGINT", "A clean shutdown", (f"{_SIGNALS}a_clean_end", f"{_INETD}sigint_ends_it_cleanly")
    ),
    Sentence("SIGPIPE", "Ignored", (f"{_SIGNALS}sigpipe_is_ignored",)),
    Sentence(
        "Notes",
        "SPANK and cli_filter plugins are not used",
        (f"{_EXAMPLES}spank_and_cli_filter_plugins_are_not_loaded",),
    ),
    Sentence(
        "Examples",
        "Generate the OpenAPI document without a configuration",
        (f"{_EXAMPLES}the_specification_is_generated_without_a_configuration",),
    ),
    Sentence(
        "Examples", "Listen on a unix socket; ping slurmctld", (f"{_EXAMPLES}slurmctld_is_pinged",)
    ),
    Sentence("Examples", "See that slurmdbd answers", (f"{_EXAMPLES}slurmdbd_is_reached",)),
    Sentence(
        "Examples",
        "Ask for a node in inetd mode",
        (f"{_EXAMPLES}a_node_is_asked_for_in_inetd_mode",),
    ),
    Sentence(
        "Examples", "Submit a job; a wrong type is a warning", (f"{_EXAMPLES}a_job_is_submitted",)
    ),
)


def table() -> str:
    """For the README: a row for each sentence, one after another as in the manual page."""
    rows = ["| | the manual page says | held by `tests/` | |", "|---|---|---|---|"]
    for heading, sentences in groupby(SENTENCES, key=lambda sentence: sentence.heading):
        first = heading
        for sentence in sentences:
            tests = "<br>".join(f"`{test}`" for test in sentence.tests)
            rows.append(f"| {first} | {sentence.says} | {tests} | {sentence.note} |")
            first = ""
    return "\n".join(rows)


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
