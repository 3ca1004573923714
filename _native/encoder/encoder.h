/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The way out: C structs of libslurm to JSON bytes (or YAML), once.
 *
 * A *program* is a flat array of instructions that Python compiles from the
 * tables of slurmrestd.data_parser, one program for each struct, version and
 * form (JSON, pretty or compact, or YAML).  An instruction first appends its prefix, which
 * holds everything that is known before the data is seen (commas, line breaks,
 * opened objects, the key), then the value that its operation reads from the
 * struct.
 *
 * Nothing here links libslurm: what only libslurm can tell comes through the
 * function pointers of sr_host, so that the encoder runs under ASan on structs
 * made by a test.  No state outlives an sr_encoder, and each of these is used
 * by one thread at a time.
 *
 *   encoder.c   the window, the records, the entry points
 *   program.c   the interpreter: operations of bounded length
 *   lists.c     operations that write lists and nested structs
 *   text.c      strings, integers and floating point numbers
 *   yaml.c      the interpreter, strings and numbers for YAML
 *   tables.c    numbers that stand for names
 *   lookups.c   numbers that stand for records of slurmdbd
 *   tres.c      TRES strings
 *   derived*.c  the functions of SR_CALL
 */
#ifndef SLURMRESTD_ENCODER_H
#define SLURMRESTD_ENCODER_H

/* Included first everywhere, so that this holds for the system's headers. */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif

#include <pthread.h> /* for slurmdb.h, which forgets it */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "private.h"

#include "interface.h"

enum {
	/* More than any number, boolean or null takes. */
	SR_SCALAR = 64,
	/* Programs within programs: a table that is deeper than this is wrong. */
	SR_MAX_LEVEL = 16
};

/* ---- the window: data[0..len), and room up to capacity ---- */

bool sr_grow(sr_encoder *encoder, size_t more);

/* See that `more` bytes fit after len. */
static inline bool sr_reserve(sr_encoder *encoder, size_t more)
{
	return encoder->capacity - encoder->len >= more || sr_grow(encoder, more);
}

static inline int sr_append(sr_encoder *encoder, const char *data, size_t len)
{
	if (!sr_reserve(encoder, len))
		return SR_NO_MEMORY;
	if (len)
		memcpy(encoder->data + encoder->len, data, len);
	encoder->len += len;
	return SR_DONE;
}

static inline int sr_append_text(sr_encoder *encoder, sr_text text)
{
	return sr_append(encoder, text.data, text.len);
}

/* In the pretty form, and in YAML: a line break and the indentation of `depth`. */
int sr_append_line(sr_encoder *encoder, uint32_t depth);

/* A failure of something that the encoder called. */
static inline int sr_broken(sr_encoder *encoder, int error_number)
{
	encoder->error_number = error_number;
	return SR_BROKEN;
}

/* ---- values ---- */

/* A C string, quoted.  NULL is "", or null in complex mode. */
int sr_append_string(sr_encoder *encoder, const char *text);
int sr_append_uint(sr_encoder *encoder, uint64_t value);
int sr_append_int(sr_encoder *encoder, int64_t value);
int sr_append_double(sr_encoder *encoder, double value);
int sr_append_bool(sr_encoder *encoder, bool value);
int sr_append_null(sr_encoder *encoder);

/*
 * A string made of pieces that need no escapes and, in YAML, no quotes: it
 * starts with a letter or a digit, and has neither blanks nor colons.
 */
int sr_begin_word(sr_encoder *encoder);
int sr_append_digits(sr_encoder *encoder, uint64_t value);
int sr_end_word(sr_encoder *encoder);

/*
 * A list that stands on a line of `depth`: sr_item before each element,
 * sr_end_list after the last.
 */
typedef struct {
	sr_encoder *encoder;
	uint32_t depth;
	uint32_t count;
} sr_list;

int sr_begin_list(sr_list *list, sr_encoder *encoder, uint32_t depth);
int sr_item(sr_list *list);
int sr_end_list(sr_list *list);

/* ---- programs ---- */

/* An instruction at work: on which member, and how many programs deep. */
typedef struct {
	const sr_insn *insn;
	const void *member; /* the struct at the instruction's offset */
	unsigned level;
} sr_call;

int sr_run(sr_encoder *encoder, const sr_program *program, const void *base,
	   unsigned level);

/* The same for a program of the YAML form. */
int sr_run_yaml(sr_encoder *encoder, const sr_program *program, const void *base,
		unsigned level);

/* A value of SR_NO_VAL, SR_NO_VAL_SIGNED, SR_MEM_PER_* or SR_PLANNED. */
int sr_append_value(sr_encoder *encoder, const sr_insn *insn, const char *member);

/* The scalar of an operation without an argument, as JSON; NULL where it has none. */
char *sr_put_scalar(const sr_encoder *encoder, char *at, const sr_insn *insn,
		    const char *member);

/* A name from the tables. */
int sr_append_name(sr_encoder *encoder, const sr_insn *insn, const char *member);

/* An operation of lists.c. */
int sr_run_list(sr_encoder *encoder, const sr_call *call);

/* Write a record by the program that the instruction's sr_nested names. */
int sr_nest(sr_encoder *encoder, const sr_call *call, const void *record);

/* The same as an item of a list; NULL is null. */
int sr_record_item(sr_list *list, const sr_call *call, const void *record);

/* The name of a number, NULL where the table lacks it: then the status is set. */
const sr_text *sr_name(sr_encoder *encoder, uint32_t table, uint64_t id);

/* The same as it was added, unquoted, ended by NUL; "" for a null. */
const char *sr_plain_name(const sr_text *name);

/* Whether it is null: all others have quotes. */
static inline bool sr_is_null_name(const sr_text *name)
{
	return name->data[0] != '"';
}

/* ---- YAML ---- */

/* A string as a scalar with its tag, as libyaml 0.2.5 writes it. */
int sr_append_yaml_string(sr_encoder *encoder, const char *text, size_t len);

/* A number with six decimals, as the original has it. */
int sr_append_yaml_double(sr_encoder *encoder, double value);

/* ---- the functions of SR_CALL ---- */

typedef int sr_writer(sr_encoder *encoder, const sr_call *call);

/* The function of a number, NULL where there is none. */
sr_writer *sr_writer_of(uint32_t number);

sr_writer sr_job_stdin, sr_job_stdout, sr_job_stderr;
sr_writer sr_job_gres_detail, sr_job_priorities, sr_job_state_id, sr_job_state_id_40;
sr_writer sr_job_resources, sr_job_resources_40, sr_job_allocated_cores, sr_job_allocated_cpus;
sr_writer sr_node_alloc_memory, sr_node_alloc_cpus, sr_node_idle_cpus, sr_node_tres_used,
	sr_node_tres_weighted;
sr_writer sr_stats_cycle_mean, sr_stats_cycle_mean_depth, sr_stats_cycle_per_minute,
	sr_stats_bf_cycle_mean, sr_stats_bf_depth_mean, sr_stats_bf_depth_mean_try,
	sr_stats_bf_queue_len_mean, sr_stats_bf_table_size_mean, sr_stats_bf_active,
	sr_stats_schedule_exit, sr_stats_bf_exit, sr_stats_rpcs_by_type, sr_stats_rpcs_by_user,
	sr_stats_rpcs_queue, sr_stats_rpcs_dump;
sr_writer sr_shares_counts, sr_shares_usages;
sr_writer sr_tres_string, sr_qos_name, sr_qos_names, sr_qos_preempt, sr_rollups;

sr_writer sr_accounting_job_user, sr_accounting_job_assoc, sr_wckey_tag, sr_accounting_job_stdin,
	sr_accounting_job_stdout, sr_accounting_job_stderr;
sr_writer sr_step_id, sr_step_tres_in_max, sr_step_tres_in_min, sr_step_tres_out_max,
	sr_step_tres_out_min;

/* ---- TRES strings ---- */

/* Where the first entry of a string stands, for: */
const char *sr_first_tres(const char *text);

/* Take an entry off; false where there is none, or nothing that is one. */
bool sr_next_tres(const char **text, uint32_t *id, uint64_t *count);

/* ---- look-ups ---- */

/* The record after *step others of an id, which starts as 0; NULL at the end. */
const void *sr_index_next(const sr_index *index, uint32_t id, uint32_t *step);

/* The association of an id in a cluster, NULL where it is not known. */
const slurmdb_assoc_rec_t *sr_assoc_of(const sr_encoder *encoder, uint32_t id,
				       const char *cluster);

/* Note a number that stands for nothing. */
int sr_note_unknown(sr_encoder *encoder, sr_unknown_kind kind, uint32_t id);

/* ---- bit strings ---- */

/* How many bits there are; a NULL or a broken one has none. */
static inline uint64_t sr_bit_count(const bitstr_t *bits)
{
	if (!bits || bits[0] != PRIVATE_BITSTR_MAGIC || bits[1] < 0)
		return 0;
	return (uint64_t)bits[1];
}

/* Whether a bit below sr_bit_count is set. */
static inline bool sr_bit(const bitstr_t *bits, uint64_t bit)
{
	uint64_t word = (uint64_t)bits[PRIVATE_BITSTR_HEADER_WORDS + bit / 64];

	return word >> (bit % 64) & 1;
}

/* The first set bit from `bit` on, or sr_bit_count. */
uint64_t sr_next_bit(const bitstr_t *bits, uint64_t bit);

#endif
