# SPDX-License-Identifier: GPL-2.0-or-later
# The door to libslurm, built by _native/build_libslurm.py.
from typing import Any

ffi: Any
lib: Any
