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

ffi = FFI()
ffi.cdef(declarations.read())
ffi.set_source(
    "slurmrestd._encoder",
    declarations.SOURCE,
    include_dirs=[str(declarations.FOLDER), str(locate.include_dir())],
    extra_compile_args=locate.compile_args(),
    extra_link_args=locate.link_args(),
)

if __name__ == "__main__":
    ffi.compile(verbose=True)
