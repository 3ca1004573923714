# SPDX-License-Identifier: GPL-2.0-or-later
# The encoder and libslurm's types, built by _native/build_encoder.py.
from typing import Any

ffi: Any
lib: Any
