# The door to libslurm, built by _native/build_libslurm.py.
from typing import Any

ffi: Any
lib: Any
