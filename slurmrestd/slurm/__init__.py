# SPDX-License-Identifier: GPL-2.0-or-later
"""libslurm: the only package that touches it.

- ``ffi`` loads the compiled module, ``library`` starts libslurm in this process;
- ``credential`` says who calls, ``rpc`` is the gate that every request passes;
- ``errors`` has the one exception and the one check of return codes;
- ``jobs``, ``nodes``, ``partitions`` and so on make the requests, one topic each;
- ``exchange``, on a thread, and ``questions``, on an event loop, ask a ``question`` without
  libslurm's functions, at ``addresses``;
- ``names`` and ``job_ids`` turn numbers into words;
- ``memory`` owns what a request is made of, ``log`` takes libslurm's log lines.
"""
