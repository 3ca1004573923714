/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * TRES strings, "1=4,1001=2": read as slurmdbd's own tools read them, which
 * stop at the first entry without an id or a count.
 */
#include "encoder.h"

#include <ctype.h>
#include <stdlib.h>

#include "members.h"

const char *sr_first_tres(const char *text)
{
	return text && *text == ',' ? text + 1 : text;
}

bool sr_next_tres(const char **text, uint32_t *id, uint64_t *count)
{
	const char *at = *text;
	int number;

	if (!at || !isdigit((unsigned char)*at))
		return false;
	number = (int)strtol(at, NULL, 10);
	at = strchr(at, '=');
	if (number <= 0 || !at)
		return false;
	*id = (uint32_t)number;
	*count = strtoull(at + 1, NULL, 10);
	at = strchr(at, ',');
	*text = at ? at + 1 : NULL;
	return true;
}

bool sr_knows_tres(const sr_index *index, void *const *records, uint64_t count,
		   const uint64_t *offsets, uint64_t members)
{
	for (uint64_t i = 0; i < count; i++) {
		for (uint64_t member = 0; member < members; member++) {
			const char *text = sr_load_pointer((const char *)records[i] + offsets[member]);
			uint64_t amount;
			uint32_t id;

			text = sr_first_tres(text);
			while (sr_next_tres(&text, &id, &amount)) {
				if (!sr_index_find(index, id))
					return false;
			}
		}
	}
	return true;
}
