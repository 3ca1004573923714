/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers that stand for names: open addressing over a power of two of slots,
 * at most three quarters of them used.
 *
 * The text of a slot is quoted and escaped, ready to be copied, and is followed
 * in the same memory by a NUL and the plain name, itself ended by a NUL.
 */
#include "encoder.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 16 };

static uint32_t place_of(uint64_t id, uint32_t capacity)
{
	/* Fibonacci hashing: the top bits are the well mixed ones. */
	return (uint32_t)(id * 0x9e3779b97f4a7c15 >> 32) & (capacity - 1);
}

/* The slot of an id: its own, or the free one where it belongs. */
static sr_slot *find(const sr_table *table, uint64_t id)
{
	uint32_t place = place_of(id, table->capacity);

	while (table->slots[place].text.data && table->slots[place].id != id)
		place = (place + 1) & (table->capacity - 1);
	return &table->slots[place];
}

static int enlarge(sr_table *table)
{
	sr_table larger = {.capacity = table->capacity ? table->capacity * 2 : FIRST_CAPACITY};

	if (!larger.capacity)
		return -1;
	larger.slots = calloc(larger.capacity, sizeof(*larger.slots));
	if (!larger.slots)
		return -1;
	for (uint32_t i = 0; i < table->capacity; i++)
		if (table->slots[i].text.data)
			*find(&larger, table->slots[i].id) = table->slots[i];
	free(table->slots);
	table->slots = larger.slots;
	table->capacity = larger.capacity;
	return 0;
}

/* The text as JSON and the plain text after it; text NULL is null. */
static int render(sr_text *rendered, const char *text, size_t len)
{
	sr_encoder window = {0};
	size_t quoted;
	int status;

	status = text ? sr_write_string(&window, text, len) : sr_append(&window, "null", 4);
	quoted = window.len;
	if (!status)
		status = sr_append(&window, "", 1);
	if (!status && text)
		status = sr_append(&window, text, len);
	if (!status)
		status = sr_append(&window, "", 1);
	if (status || quoted > UINT32_MAX) {
		free(window.data);
		return -1;
	}
	*rendered = (sr_text){window.data, (uint32_t)quoted};
	return 0;
}

static void release(sr_text *text)
{
	free((char *)text->data);
	text->data = NULL;
}

int sr_table_add(sr_table *table, uint64_t id, const char *text, size_t len)
{
	sr_text rendered;
	sr_slot *slot;

	if (table->used >= table->capacity / 4 * 3 && enlarge(table))
		return -1;
	if (render(&rendered, text, len))
		return -1;
	slot = find(table, id);
	if (slot->text.data)
		release(&slot->text);
	else
		table->used++;
	*slot = (sr_slot){.id = id, .text = rendered};
	return 0;
}

int sr_table_otherwise(sr_table *table, const char *text, size_t len)
{
	sr_text rendered;

	if (render(&rendered, text, len))
		return -1;
	release(&table->otherwise);
	table->otherwise = rendered;
	return 0;
}

sr_table *sr_tables_new(uint32_t count)
{
	return calloc(count ? count : 1, sizeof(sr_table));
}

void sr_table_clear(sr_table *table)
{
	for (uint32_t i = 0; i < table->capacity; i++)
		release(&table->slots[i].text);
	free(table->slots);
	release(&table->otherwise);
	*table = (sr_table){0};
}

void sr_tables_free(sr_table *tables, uint32_t count)
{
	for (uint32_t i = 0; tables && i < count; i++)
		sr_table_clear(&tables[i]);
	free(tables);
}

const sr_text *sr_name(sr_encoder *encoder, uint32_t number, uint64_t id)
{
	const sr_table *table = &encoder->tables[number];

	if (table->capacity) {
		const sr_slot *slot = find(table, id);

		if (slot->text.data)
			return &slot->text;
	}
	if (table->otherwise.data)
		return &table->otherwise;
	encoder->missing_table = number;
	encoder->missing_id = id;
	return NULL;
}

const char *sr_plain_name(const sr_text *name)
{
	return name->data + name->len + 1;
}
