/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What slurmdbd gives as numbers and a client reads as names: TRES strings
 * ("1=4,1001=2"), QOS, associations.  The names are in the records of
 * sr_lookups, which were asked for beforehand.
 */
#include "encoder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "members.h"

static const slurmdb_tres_rec_t *tres_of(const sr_encoder *encoder, uint32_t id)
{
	return encoder->lookups ? sr_index_find(&encoder->lookups->tres, id) : NULL;
}

static const slurmdb_qos_rec_t *qos_of(const sr_encoder *encoder, uint32_t id)
{
	return encoder->lookups ? sr_index_find(&encoder->lookups->qos, id) : NULL;
}

/* Whether an id came before in a string: of two entries the first counts. */
static bool came_before(const char *text, uint32_t id, const char *end)
{
	uint32_t other;
	uint64_t count;

	for (text = sr_first_tres(text); sr_next_tres(&text, &other, &count) && text != end;)
		if (other == id)
			return true;
	return false;
}

int sr_tres_string(sr_encoder *encoder, const sr_call *call)
{
	const char *whole = sr_load_pointer(call->member), *text = sr_first_tres(whole);
	slurmdb_tres_rec_t record = {0};
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	while (!status && sr_next_tres(&text, &record.id, &record.count)) {
		const slurmdb_tres_rec_t *known = tres_of(encoder, record.id);

		if (came_before(whole, record.id, text))
			continue;
		record.type = known ? known->type : NULL;
		record.name = known ? known->name : NULL;
		status = sr_record_item(&list, call, &record);
	}
	return status ? status : sr_end_list(&list);
}

/* ---- QOS ---- */

static int append_qos(sr_encoder *encoder, const slurmdb_qos_rec_t *qos)
{
	char number[16];

	if (qos->name && *qos->name)
		return sr_append_string(encoder, qos->name);
	snprintf(number, sizeof(number), "%u", qos->id);
	return sr_append_string(encoder, number);
}

int sr_qos_name(sr_encoder *encoder, const sr_call *call)
{
	uint32_t id = sr_load_32(call->member);
	const slurmdb_qos_rec_t *qos;
	int status;

	if (!id || id == INFINITE)
		return sr_append_string(encoder, NULL);
	qos = qos_of(encoder, id);
	if (qos)
		return append_qos(encoder, qos);
	/* +complex has no word for it, and so no warning. */
	if (encoder->complex)
		return sr_append_null(encoder);
	status = sr_note_unknown(encoder, SR_UNKNOWN_QOS, id);
	return status ? status : sr_append_string(encoder, "Unknown");
}

/* A list of ids as texts; one that is not known is left out. */
int sr_qos_names(sr_encoder *encoder, const sr_call *call)
{
	void *items = sr_load_pointer(call->member);
	const sr_host *host = encoder->host;
	void *iterator = NULL;
	const char *item;
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	if (items && !status) {
		iterator = host ? host->list_iterator_create(items) : NULL;
		if (!iterator)
			return sr_broken(encoder, ENOMEM);
	}
	while (iterator && !status && (item = host->list_next(iterator))) {
		const slurmdb_qos_rec_t *qos = qos_of(encoder, (uint32_t)strtoul(item, NULL, 10));

		if (!qos)
			continue;
		status = sr_item(&list);
		if (!status)
			status = append_qos(encoder, qos);
	}
	if (iterator)
		host->list_iterator_destroy(iterator);
	return status ? status : sr_end_list(&list);
}

/* A bit for each id; one that is not known is left out. */
int sr_qos_preempt(sr_encoder *encoder, const sr_call *call)
{
	const bitstr_t *bits = ((const slurmdb_qos_rec_t *)call->member)->preempt_bitstr;
	uint64_t count = sr_bit_count(bits);
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	for (uint64_t id = 1; id < count && !status; id++) {
		const slurmdb_qos_rec_t *qos =
			sr_bit(bits, id) ? qos_of(encoder, (uint32_t)id) : NULL;

		if (!qos)
			continue;
		status = sr_item(&list);
		if (!status)
			status = append_qos(encoder, qos);
	}
	return status ? status : sr_end_list(&list);
}

/* ---- associations ---- */

/*
 * Ids of associations are unique within a cluster only.  `cluster` NULL is a
 * record without one.
 */
const slurmdb_assoc_rec_t *sr_assoc_of(const sr_encoder *encoder, uint32_t id,
				       const char *cluster)
{
	const sr_index *index = encoder->lookups ? &encoder->lookups->assocs : NULL;
	const slurmdb_assoc_rec_t *found;
	uint32_t step = 0;

	while (index && (found = sr_index_next(index, id, &step))) {
		if (!found->cluster || !cluster ? found->cluster == cluster
						: !strcasecmp(found->cluster, cluster))
			return found;
	}
	return NULL;
}

/* ---- statistics ---- */

/* Those periods that have had any. */
int sr_rollups(sr_encoder *encoder, const sr_call *call)
{
	static const char *const types[DBD_ROLLUP_COUNT] = {"internal", "user", "unknown"};
	const slurmdb_rollup_stats_t *stats = sr_load_pointer(call->member);
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	for (unsigned i = 0; stats && i < DBD_ROLLUP_COUNT && !status; i++) {
		sr_rollup record = {
			.type = types[i],
			.last_run = stats->timestamp[i],
			.last_cycle = stats->time_last[i],
			.max_cycle = stats->time_max[i],
			.total_time = stats->time_total[i],
			.total_cycles = stats->count[i],
		};

		if (!stats->time_total[i])
			continue;
		if (stats->count[i])
			record.mean_cycles = stats->time_total[i] / stats->count[i];
		status = sr_record_item(&list, call, &record);
	}
	return status ? status : sr_end_list(&list);
}
