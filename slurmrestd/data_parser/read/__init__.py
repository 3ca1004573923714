# SPDX-License-Identifier: GPL-2.0-or-later
"""The way in: bodies and queries, read by the tables.

``structs.read(struct, value, reading, path=ROOT) -> Record`` reads a JSON value that a
serializer has made (dict, list, str, int, float, bool, None) by a table:

- a :class:`~slurmrestd.data_parser.read.context.Reading` is one request's: the version,
  ``fast`` and ``complex``, the site's settings, and the ``errors`` and ``warnings`` that
  the request has met, in the order in which the client sees them;
- a :class:`~slurmrestd.data_parser.read.context.Record` is the result: a dict of the C
  struct's members (``a.b`` for a member of a member), complete with the values that the
  struct starts with, and the name of the C struct;
- it raises :class:`~slurmrestd.data_parser.read.context.Unreadable`, which carries the
  errno that the operation ends with.  Its reason may or may not stand in ``errors``: the
  original refuses some values (``"tasks_per_node": "x"``) without a word.

An unknown flag is an entry in ``errors`` that does not stop the reading.

``store.store(ffi, kind, record, memory)`` makes the C struct of a record.

Where to look: ``structs`` walks the tables, ``flags`` reads lists of words, ``convert``
has the rules by which one JSON type stands for another; ``numbers``, ``strings``,
``times``, ``memory``, ``names``, ``hostlists``, ``steps`` and ``jobs`` read the leaves,
and the tables name their functions.
"""
