/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The window, and records one after the other. */
#include "encoder.h"

#include <stdlib.h>

#include "members.h"

enum { SMALLEST_WINDOW = 4096 };

sr_encoder *sr_encoder_new(size_t capacity, sr_table *tables, const sr_host *host, bool pretty,
			   bool complex)
{
	sr_encoder *encoder = calloc(1, sizeof(*encoder));

	if (!encoder)
		return NULL;
	encoder->tables = tables;
	encoder->host = host;
	encoder->pretty = pretty;
	encoder->complex = complex;
	if (!sr_reserve(encoder, capacity ? capacity : 1)) {
		free(encoder);
		return NULL;
	}
	return encoder;
}

void sr_encoder_free(sr_encoder *encoder)
{
	if (encoder) {
		free(encoder->data);
		free(encoder->unknown);
	}
	free(encoder);
}

bool sr_grow(sr_encoder *encoder, size_t more)
{
	size_t capacity = encoder->capacity < SMALLEST_WINDOW ? SMALLEST_WINDOW
							      : encoder->capacity;
	char *data;

	if (more > SIZE_MAX - encoder->len)
		return false;
	while (capacity < encoder->len + more)
		capacity = capacity > SIZE_MAX / 2 ? SIZE_MAX : capacity * 2;
	data = realloc(encoder->data, capacity);
	if (!data)
		return false;
	encoder->data = data;
	encoder->capacity = capacity;
	return true;
}

int sr_append_line(sr_encoder *encoder, uint32_t depth)
{
	size_t len = 1 + 2 * (size_t)depth;
	char *line;

	if (!encoder->pretty && !encoder->yaml)
		return SR_DONE;
	if (!sr_reserve(encoder, len))
		return SR_NO_MEMORY;
	line = encoder->data + encoder->len;
	line[0] = '\n';
	memset(line + 1, ' ', len - 1);
	encoder->len += len;
	return SR_DONE;
}

/* How far the encoder was before a record. */
typedef struct {
	size_t len;
	size_t unknown_count;
} place;

static place place_of(const sr_encoder *encoder)
{
	return (place){encoder->len, encoder->unknown_count};
}

/* What stands of a record that failed is taken back. */
static int taken_back(sr_encoder *encoder, place before, int status)
{
	if (status) {
		encoder->len = before.len;
		encoder->unknown_count = before.unknown_count;
	}
	return status;
}

int sr_write_struct(sr_encoder *encoder, const sr_program *program, const void *base)
{
	place before = place_of(encoder);

	return taken_back(encoder, before, sr_run(encoder, program, base, 0));
}

int sr_write_text(sr_encoder *encoder, const char *text, size_t len)
{
	return sr_append(encoder, text, len);
}

int sr_write_double(sr_encoder *encoder, double value)
{
	return sr_append_double(encoder, value);
}

/* ---- records ---- */

static const char *record_at(const sr_records *records, uint64_t index)
{
	const char *base = records->base;

	if (records->stride)
		return base + index * records->stride;
	return sr_load_pointer(base + index * sizeof(void *));
}

static bool is_skipped(const sr_records *records, const char *record)
{
	if (!record)
		return true;
	return records->skip_offset != UINT64_MAX &&
	       !sr_load_pointer(record + records->skip_offset);
}

static int begin_record(sr_encoder *encoder, const sr_records *records)
{
	int status = SR_DONE;

	if (records->written && !encoder->yaml)
		status = sr_append(encoder, ",", 1);
	if (!status)
		status = sr_append_line(encoder, records->depth);
	if (!status && encoder->yaml)
		status = sr_append(encoder, "- ", 2);
	return status;
}

static int write_record(sr_encoder *encoder, sr_records *records, const void *record)
{
	place before = place_of(encoder);
	int status = begin_record(encoder, records);

	if (!status)
		status = sr_run(encoder, records->program, record, 0);
	if (!status)
		records->written++;
	return taken_back(encoder, before, status);
}

/*
 * The next task of an array job, as a record of its own.  Sets *more while
 * there are others.
 */
static int write_task(sr_encoder *encoder, sr_records *records,
		      const job_state_response_job_t *job, bool *more)
{
	const bitstr_t *bits = job->array_task_id_bitmap;
	uint64_t task = sr_next_bit(bits, records->next_task);
	job_state_response_job_t record = {
		.job_id = job->job_id,
		.array_job_id = job->array_job_id,
		.array_task_id = (uint32_t)task,
		.state = job->state,
	};
	int status = SR_DONE;

	*more = false;
	if (task < sr_bit_count(bits)) {
		status = write_record(encoder, records, &record);
		if (status)
			return status;
		records->next_task = sr_next_bit(bits, task + 1);
		*more = records->next_task < sr_bit_count(bits);
	}
	if (!*more)
		records->next_task = 0;
	return status;
}

/* Write the record that is next, or a part of it, and step on. */
static int write_next(sr_encoder *encoder, sr_records *records)
{
	const char *record = record_at(records, records->next);
	bool more = false;
	int status = SR_DONE;

	if (is_skipped(records, record))
		status = SR_DONE;
	else if (records->expand &&
		 ((const job_state_response_job_t *)record)->array_task_id_bitmap)
		status = write_task(encoder, records, (const void *)record, &more);
	else
		status = write_record(encoder, records, record);
	if (!status && !more)
		records->next++;
	return status;
}

int sr_write_records(sr_encoder *encoder, sr_records *records, size_t window)
{
	int status = SR_DONE;

	if (!records->base)
		records->next = records->count;
	encoder->parent = records->parent;
	while (!status && records->next < records->count) {
		status = write_next(encoder, records);
		if (!status && encoder->len >= window && records->next < records->count)
			status = SR_FULL;
	}
	encoder->parent = NULL;
	return status;
}

/* One more pointer in an array that grows by doubling. */
static bool gathered(void ***items, uint64_t count, void *item)
{
	bool is_full = !(count & (count - 1)); /* at 0 and at each power of two */

	if (is_full) {
		size_t capacity = count ? count * 2 : 1;
		void **larger;

		if (capacity > SIZE_MAX / sizeof(item))
			return false;
		larger = realloc(*items, capacity * sizeof(item));
		if (!larger)
			return false;
		*items = larger;
	}
	(*items)[count] = item;
	return true;
}

int sr_gather(const sr_host *host, void *list, void ***items, uint64_t *count)
{
	void *iterator = host->list_iterator_create(list), *item;
	int status = iterator ? SR_DONE : SR_NO_MEMORY;

	*items = NULL;
	*count = 0;
	if (!iterator)
		return status;
	while (!status && (item = host->list_next(iterator))) {
		if (gathered(items, *count, item))
			++*count;
		else
			status = SR_NO_MEMORY;
	}
	host->list_iterator_destroy(iterator);
	if (status)
		sr_release(items);
	return status;
}

void sr_release(void ***items)
{
	free(*items);
	*items = NULL;
}

/* ---- bit strings ---- */

uint64_t sr_next_bit(const bitstr_t *bits, uint64_t bit)
{
	uint64_t count = sr_bit_count(bits);

	while (bit < count) {
		uint64_t rest = (uint64_t)bits[PRIVATE_BITSTR_HEADER_WORDS + bit / 64] >>
				(bit % 64);

		if (rest) {
			bit += (uint64_t)__builtin_ctzll(rest);
			return bit < count ? bit : count;
		}
		bit = (bit / 64 + 1) * 64;
	}
	return count;
}
