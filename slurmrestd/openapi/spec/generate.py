# SPDX-License-Identifier: GPL-2.0-or-later
"""The document as ``--generate-openapi-spec`` prints it."""

from __future__ import annotations

import orjson

from slurmrestd.cli import plugins
from slurmrestd.cli.options import Options
from slurmrestd.openapi.spec.document import document

MEDIA_TYPES = ("application/json",)
"""The original loads no other serializer for this."""


def generate(options: Options) -> bytes:
    """The document in JSON, pretty whatever SLURMRESTD_JSON says; raises UnknownPlugin."""
    made = document(
        plugins.load(plugins.select_openapi(options.openapi)),
        plugins.select_data_parsers(options.data_parser),
        options.response_status_codes,
        MEDIA_TYPES,
    )
    return orjson.dumps(made, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
