/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The interpreter for JSON.  Strings, and values whose length is bounded, are written
 * here with the place in the window held in registers; lists and what nests go
 * through lists.c.
 */
#include "encoder.h"

#include <errno.h>
#include <math.h>
#include <time.h>

#include "members.h"
#include "text.h"

typedef enum { UNSET, UNLIMITED, SET } sr_presence;

static inline uint64_t highest_of(unsigned size)
{
	return size == 1 ? UINT8_MAX : size == 2 ? UINT16_MAX : size == 4 ? UINT32_MAX : UINT64_MAX;
}

/* INFINITE and NO_VAL of any width are its two highest numbers. */
static inline sr_presence presence_of(uint64_t raw, unsigned size)
{
	uint64_t highest = highest_of(size);

	return raw < highest - 1 ? SET : raw == highest ? UNLIMITED : UNSET;
}

static sr_presence presence_of_double(double value)
{
	uint32_t low = sr_low_bits(value);

	if (low == INFINITE || isinf(value))
		return UNLIMITED;
	return low == NO_VAL || isnan(value) ? UNSET : SET;
}

static sr_text absent(const sr_no_val *form, sr_presence presence)
{
	return presence == UNSET ? form->unset : form->infinite;
}

/* Room for `text` and a scalar behind it: what every writer here leaves. */
static inline bool fits(const char *at, const char *end, size_t text)
{
	return (size_t)(end - at) >= text + SR_SCALAR;
}

/* ---- writers of bounded values: NULL where the window is too small ---- */

static inline char *put_text(char *at, const char *end, sr_text text)
{
	return fits(at, end, text.len) ? sr_put(at, text.data, text.len) : NULL;
}

static char *put_no_val_double(char *at, const char *end, const sr_no_val *form, double value)
{
	sr_presence presence = presence_of_double(value);

	if (presence != SET)
		return put_text(at, end, absent(form, presence));
	if (!fits(at, end, form->before.len + form->after.len))
		return NULL;
	at = sr_put_double(sr_put(at, form->before.data, form->before.len), value);
	return sr_put(at, form->after.data, form->after.len);
}

static inline char *put_no_val(char *at, const char *end, const sr_no_val *form,
			       sr_presence presence, int64_t value)
{
	if (presence != SET)
		return put_text(at, end, absent(form, presence));
	if (!fits(at, end, form->before.len + form->after.len))
		return NULL;
	at = sr_put_int(sr_put(at, form->before.data, form->before.len), value);
	return sr_put(at, form->after.data, form->after.len);
}

static inline char *put_member_no_val(char *at, const char *end, const sr_insn *insn,
				      const char *member)
{
	uint64_t raw = sr_load_uint(member, insn->size);
	int64_t value = insn->op == SR_NO_VAL_SIGNED ? sr_load_int(member, insn->size)
						     : (int64_t)raw;

	return put_no_val(at, end, insn->arg, presence_of(raw, insn->size), value);
}

/* The top bit says which of two keys a job's memory belongs to. */
static char *put_memory(char *at, const char *end, const sr_insn *insn, const char *member)
{
	uint64_t memory = sr_load_64(member);
	bool by_cpu = memory & MEM_PER_CPU;
	sr_presence presence = UNSET;

	if (by_cpu == (insn->op == SR_MEM_PER_CPU)) {
		memory &= ~(uint64_t)MEM_PER_CPU;
		presence = presence_of(memory, sizeof(memory));
	}
	return put_no_val(at, end, insn->arg, presence, (int64_t)memory);
}

/*
 * How long a job has waited since it could have started.  One that was
 * cancelled before has NO_VAL for its start.
 */
static char *put_planned(char *at, const char *end, const sr_insn *insn,
			 const slurmdb_job_rec_t *job)
{
	uint64_t seconds = 0;

	if (job->eligible && job->eligible != INFINITE) {
		time_t until = job->start == NO_VAL ? job->end : job->start;

		if (!until)
			until = time(NULL);
		seconds = (uint64_t)until - (uint64_t)job->eligible;
	}
	return put_no_val(at, end, insn->arg, presence_of(seconds, sizeof(seconds)),
			  (int64_t)seconds);
}

static char *put_bool_no_val(const sr_encoder *encoder, char *at, const char *member)
{
	uint16_t value = sr_load_16(member);

	if (value == NO_VAL16)
		return encoder->complex ? sr_put_null(at) : sr_put_bool(at, false);
	return sr_put_bool(at, value);
}

static char *put_float128(char *at, const char *member)
{
	long double value;
	uint32_t low;

	memcpy(&value, member, sizeof(value));
	low = sr_low_bits(value);
	if (low == INFINITE || low == NO_VAL)
		return sr_put_null(at);
	return sr_put_double(at, (double)value);
}

static char *put_uint_or_null(char *at, uint64_t value)
{
	if (presence_of(value, sizeof(value)) != SET)
		return sr_put_null(at);
	return sr_put_int(at, (int64_t)value);
}

/* A count of cores or of threads: a bit says which. */
static char *put_specialized(char *at, uint16_t value, bool threads)
{
	bool is_threads = value & CORE_SPEC_THREAD;

	return sr_put_uint(at, threads == is_threads ? value & ~CORE_SPEC_THREAD : 0);
}

static char *put_nice(char *at, uint32_t value)
{
	if (value == NO_VAL)
		value = NICE_OFFSET;
	return sr_put_int(at, (int64_t)value - (int64_t)NICE_OFFSET);
}

static inline char *put_scalar(const sr_encoder *encoder, char *at, const sr_insn *insn,
			       const char *member)
{
	switch (insn->op) {
	case SR_TEXT:
		return at;
	case SR_UINT:
		return sr_put_int(at, (int64_t)sr_load_uint(member, insn->size));
	case SR_INT:
		return sr_put_int(at, sr_load_int(member, insn->size));
	case SR_UINT64:
		return put_uint_or_null(at, sr_load_64(member));
	case SR_FLOAT64:
		return sr_put_double(at, sr_load_double(member));
	case SR_FLOAT128:
		return put_float128(at, member);
	case SR_BOOL:
		return sr_put_bool(at, sr_load_uint(member, insn->size));
	case SR_BOOL_NO_VAL:
		return put_bool_no_val(encoder, at, member);
	case SR_CORE_SPEC:
	case SR_THREAD_SPEC:
		return put_specialized(at, sr_load_16(member), insn->op == SR_THREAD_SPEC);
	case SR_NICE:
		return put_nice(at, sr_load_32(member));
	case SR_OVERSUBSCRIBE:
		return sr_put_uint(at, sr_load_16(member) & ~SHARED_FORCE);
	case SR_HOLD:
		return sr_put_bool(at, sr_load_32(member) == 0);
	default:
		return NULL;
	}
}

static inline char *put_string(const sr_encoder *encoder, char *at, const char *end,
			       const char *text)
{
	size_t len;

	if (!text) {
		if (encoder->complex)
			return sr_put_null(at);
		len = 0;
	} else {
		len = strlen(text);
	}
	if (!fits(at, end, len))
		return NULL;
	*at++ = '"';
	if (len && !sr_put_plain(at, text, len))
		return NULL;
	at[len] = '"';
	return at + len + 1;
}

static inline char *put_name(sr_encoder *encoder, char *at, const char *end,
			     const sr_insn *insn, const char *member)
{
	const sr_lookup *lookup = insn->arg;
	const sr_text *name =
		sr_name(encoder, lookup->table, sr_load_uint(member, insn->size));

	return name ? put_text(at, end, *name) : NULL;
}

static inline char *put_value(sr_encoder *encoder, char *at, const char *end,
			      const sr_insn *insn, const char *member)
{
	switch (insn->op) {
	case SR_STRING:
		return put_string(encoder, at, end, sr_load_pointer(member));
	case SR_NO_VAL:
	case SR_NO_VAL_SIGNED:
		return put_member_no_val(at, end, insn, member);
	case SR_FLOAT64_NO_VAL:
		return put_no_val_double(at, end, insn->arg, sr_load_double(member));
	case SR_MEM_PER_CPU:
	case SR_MEM_PER_NODE:
		return put_memory(at, end, insn, member);
	case SR_PLANNED:
		return put_planned(at, end, insn, (const void *)member);
	case SR_NAME:
		return put_name(encoder, at, end, insn, member);
	default:
		return put_scalar(encoder, at, insn, member);
	}
}

/* ---- what did not go the short way ---- */

static size_t longest(const sr_no_val *form)
{
	return (size_t)form->unset.len + form->infinite.len + form->before.len + form->after.len;
}

/* Make room for the value, which is bounded but larger than what was left. */
int sr_append_value(sr_encoder *encoder, const sr_insn *insn, const char *member)
{
	char *at;

	if (!sr_reserve(encoder, longest(insn->arg) + SR_SCALAR))
		return SR_NO_MEMORY;
	at = put_value(encoder, encoder->data + encoder->len, encoder->data + encoder->capacity,
		       insn, member);
	if (!at)
		return sr_broken(encoder, EINVAL);
	encoder->len = (size_t)(at - encoder->data);
	return SR_DONE;
}

int sr_append_name(sr_encoder *encoder, const sr_insn *insn, const char *member)
{
	const sr_lookup *lookup = insn->arg;
	const sr_text *name =
		sr_name(encoder, lookup->table, sr_load_uint(member, insn->size));

	if (!name)
		return SR_UNKNOWN_NAME;
	if (!encoder->yaml)
		return sr_append_text(encoder, *name);
	return sr_is_null_name(name) ? sr_append_null(encoder)
				     : sr_append_string(encoder, sr_plain_name(name));
}

char *sr_put_scalar(const sr_encoder *encoder, char *at, const sr_insn *insn, const char *member)
{
	return put_scalar(encoder, at, insn, member);
}

static int append_otherwise(sr_encoder *encoder, const sr_insn *insn, const char *member,
			    unsigned level)
{
	sr_call call = {insn, member, level};

	switch (insn->op) {
	case SR_STRING:
		return sr_append_string(encoder, sr_load_pointer(member));
	case SR_NO_VAL:
	case SR_NO_VAL_SIGNED:
	case SR_FLOAT64_NO_VAL:
	case SR_MEM_PER_CPU:
	case SR_MEM_PER_NODE:
	case SR_PLANNED:
		return sr_append_value(encoder, insn, member);
	case SR_NAME:
		return sr_append_name(encoder, insn, member);
	default:
		return sr_run_list(encoder, &call);
	}
}

int sr_run(sr_encoder *encoder, const sr_program *program, const void *base, unsigned level)
{
	const sr_insn *insn = program->insns, *last = insn + program->count;
	char *at, *end;
	int status;

	if (level >= SR_MAX_LEVEL)
		return sr_broken(encoder, ELOOP);
	if (encoder->yaml)
		return sr_run_yaml(encoder, program, base, level);
	status = sr_append_text(encoder, program->prefix);
	at = encoder->data + encoder->len;
	end = encoder->data + encoder->capacity;
	for (; insn < last && !status; insn++) {
		const char *member = (const char *)base + insn->offset;
		char *behind;

		if (!fits(at, end, insn->prefix.len)) {
			encoder->len = (size_t)(at - encoder->data);
			if (!sr_reserve(encoder, (size_t)insn->prefix.len + SR_SCALAR))
				return SR_NO_MEMORY;
			at = encoder->data + encoder->len;
			end = encoder->data + encoder->capacity;
		}
		at = sr_put(at, insn->prefix.data, insn->prefix.len);
		behind = put_value(encoder, at, end, insn, member);
		if (behind) {
			at = behind;
			continue;
		}
		encoder->len = (size_t)(at - encoder->data);
		status = append_otherwise(encoder, insn, member, level);
		at = encoder->data + encoder->len;
		end = encoder->data + encoder->capacity;
	}
	if (status)
		return status;
	encoder->len = (size_t)(at - encoder->data);
	return sr_append_text(encoder, program->suffix);
}
