# SPDX-License-Identifier: GPL-2.0-or-later
"""Build slurmrestd._libslurm: the door to libslurm, which links it.

Types and numbers come from slurmrestd._encoder, which knows the same declarations
and links no libslurm. This module adds the functions.
"""

import sys
from pathlib import Path

from cffi import FFI

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import declarations  # noqa: E402
import locate  # noqa: E402
from build_encoder import ffi as encoder  # noqa: E402

C_LIBRARY = """
void free(void *pointer);
FILE *fdopen(int descriptor, const char *mode);
int mallopt(int parameter, int value);
int malloc_trim(size_t pad);
int shutdown(int socket, int how);
#define M_ARENA_MAX ...
#define M_MMAP_THRESHOLD ...
#define M_TRIM_THRESHOLD ...
#define SHUT_RDWR ...
"""

BINDING = (HERE / "binding" / "binding.h").read_text(encoding="utf-8")

SOURCE = """
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include "private_functions.h"
#include "encoder.h"
#include "binding.h"
"""

ffi = FFI()
ffi.include(encoder)
ffi.cdef(declarations.read("functions", "functions_accounting", "private_functions"))
ffi.cdef(C_LIBRARY)
ffi.cdef(declarations.without_preprocessor(BINDING))

plugin_dir = locate.plugin_dir()
ffi.set_source(
    "slurmrestd._libslurm",
    SOURCE,
    # Relative, as setuptools wants them: the build runs in the root of the project.
    sources=[
        "_native/binding/plugins.c",
        "_native/binding/question.c",
        "_native/binding/transaction.c",
    ],
    depends=["_native/binding/binding.h", *declarations.HEADERS],
    include_dirs=[
        str(declarations.FOLDER),
        str(HERE / "binding"),
        str(HERE / "encoder"),
        str(locate.include_dir()),
    ],
    library_dirs=[str(plugin_dir)],
    runtime_library_dirs=[str(plugin_dir)],
    libraries=["slurmfull"],
    extra_compile_args=locate.compile_args(sanitized=False),
)

if __name__ == "__main__":
    ffi.compile(verbose=True)
