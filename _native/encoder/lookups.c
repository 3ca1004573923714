/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Records of slurmdbd by their number: open addressing over a power of two of
 * entries, at most half of them used.  Several records may have one number.
 */
#include "encoder.h"

#include <stdlib.h>

#include "members.h"

static uint32_t place_of(const sr_index *index, uint32_t id)
{
	/* Fibonacci hashing: the top bits are the well mixed ones. */
	return (uint32_t)(id * 0x9e3779b97f4a7c15 >> 32) & (index->capacity - 1);
}

int sr_index_make(sr_index *index, void *const *records, uint64_t count, uint64_t id_offset)
{
	uint32_t capacity = 16;

	while (capacity < count * 2) {
		if (capacity > UINT32_MAX / 4)
			return SR_NO_MEMORY;
		capacity *= 2;
	}
	sr_index_clear(index);
	index->entries = calloc(capacity, sizeof(*index->entries));
	if (!index->entries)
		return SR_NO_MEMORY;
	index->capacity = capacity;
	for (uint64_t i = 0; i < count; i++) {
		uint32_t id = sr_load_32((const char *)records[i] + id_offset);
		uint32_t place = place_of(index, id);

		while (index->entries[place].record)
			place = (place + 1) & (capacity - 1);
		index->entries[place] = (sr_entry){records[i], id};
	}
	return SR_DONE;
}

void sr_index_clear(sr_index *index)
{
	free(index->entries);
	*index = (sr_index){0};
}

/*
 * The records of a number, one after the other: *step counts from 0 how many
 * entries were looked at.
 */
const void *sr_index_next(const sr_index *index, uint32_t id, uint32_t *step)
{
	if (!index->capacity)
		return NULL;
	for (;;) {
		uint32_t place = (place_of(index, id) + *step) & (index->capacity - 1);
		const sr_entry *entry = &index->entries[place];

		if (!entry->record)
			return NULL;
		++*step;
		if (entry->id == id)
			return entry->record;
	}
}

const void *sr_index_find(const sr_index *index, uint32_t id)
{
	uint32_t step = 0;

	return sr_index_next(index, id, &step);
}

int sr_note_unknown(sr_encoder *encoder, sr_unknown_kind kind, uint32_t id)
{
	if (encoder->unknown_count == encoder->unknown_capacity) {
		size_t capacity = encoder->unknown_capacity ? encoder->unknown_capacity * 2 : 16;
		sr_unknown *larger =
			reallocarray(encoder->unknown, capacity, sizeof(*encoder->unknown));

		if (!larger)
			return SR_NO_MEMORY;
		encoder->unknown = larger;
		encoder->unknown_capacity = capacity;
	}
	encoder->unknown[encoder->unknown_count++] = (sr_unknown){kind, id};
	return SR_DONE;
}
