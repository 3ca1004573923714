# SPDX-License-Identifier: GPL-2.0-or-later
"""Build slurmrestd._encoder: what libslurm's structs are, and the way from them to JSON.

It compiles against Slurm's headers and links nothing of Slurm.
"""

import sys
from pathlib import Path

from cffi import FFI

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import declarations  # noqa: E402
import locate  # noqa: E402

ENCODER = HERE / "encoder"

ffi = FFI()
ffi.cdef(declarations.read())
ffi.cdef((ENCODER / "interface.h").read_text(encoding="utf-8"))
ffi.set_source(
    "slurmrestd._encoder",
    '#include "encoder.h"\n' + declarations.SOURCE,
    # Relative, as setuptools wants them: the build runs in the root of the project.
    sources=sorted(f"_native/encoder/{source.name}" for source in ENCODER.glob("*.c")),
    depends=[
        *sorted(f"_native/encoder/{header.name}" for header in ENCODER.glob("*.h")),
        *declarations.HEADERS,
    ],
    include_dirs=[str(ENCODER), str(declarations.FOLDER), str(locate.include_dir())],
    extra_compile_args=locate.compile_args(),
    extra_link_args=locate.link_args(),
)

if __name__ == "__main__":
    ffi.compile(verbose=True)
