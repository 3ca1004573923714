# SPDX-License-Identifier: GPL-2.0-or-later
"""The two compiled modules; everything else is in pyproject.toml."""

from setuptools import setup

setup(
    cffi_modules=[
        "_native/build_encoder.py:ffi",
        "_native/build_libslurm.py:ffi",
    ]
)
