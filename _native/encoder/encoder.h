/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The way out: C structs of libslurm to JSON bytes, once.
 *
 * A *program* is a flat array of instructions that Python compiles from the
 * tables of slurmrestd.data_parser, one program for each struct, version and
 * form (pretty or compact).  An instruction first appends its prefix, which
 * holds everything that is known before the data is seen (commas, line breaks,
 * opened objects, the key), then the value that its operation reads from the
 * struct.
 *
 * Nothing here links libslurm: what only libslurm can tell comes through the
 * function pointers of sr_host, so that the encoder runs under ASan on structs
 * made by a test.  No state outlives an sr_encoder, and each of these is used
 * by one thread at a time.
 */
#ifndef SLURMRESTD_ENCODER_H
#define SLURMRESTD_ENCODER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "interface.h"

#endif
