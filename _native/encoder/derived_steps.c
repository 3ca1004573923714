/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steps as the accounting database keeps them: their ids, and what they used. */
#include "encoder.h"

#include <stdio.h>
#include <stdlib.h>

#include "members.h"

/* ---- ids: 12, 12.3, 12.batch, 12.3+1 ---- */

static const char *special_step(uint32_t step)
{
	switch (step) {
	case SLURM_PENDING_STEP:
		return "TBD";
	case SLURM_EXTERN_CONT:
		return "extern";
	case SLURM_BATCH_SCRIPT:
		return "batch";
	case SLURM_INTERACTIVE_STEP:
		return "interactive";
	default:
		return NULL;
	}
}

int sr_step_id(sr_encoder *encoder, const sr_call *call)
{
	const slurm_step_id_t *id = call->member;
	const char *special = special_step(id->step_id);
	char text[SR_SCALAR];
	int len = snprintf(text, sizeof(text), "%u", id->job_id);

	if (id->step_id == NO_VAL)
		return sr_append_string(encoder, text);
	if (special)
		len += snprintf(text + len, sizeof(text) - (size_t)len, ".%s", special);
	else
		len += snprintf(text + len, sizeof(text) - (size_t)len, ".%u", id->step_id);
	if (id->step_het_comp != NO_VAL)
		snprintf(text + len, sizeof(text) - (size_t)len, "+%u", id->step_het_comp);
	return sr_append_string(encoder, text);
}

/* ---- TRES: a count, a task and a node, each in a text of its own ---- */

enum { FEW = 32 };

/* The records of a step's TRES under construction, by their ids in order. */
typedef struct {
	sr_step_tres *records;
	size_t count;
	bool unknown; /* an id that no TRES has: nothing is shown then */
	sr_step_tres few[FEW];
} tres_records;

/* The nodes of a step, expanded once they are asked for. */
typedef struct {
	const sr_host *host;
	const char *text;
	void *hosts;
	bool tried;
} step_nodes;

static bool make_room(tres_records *made, const char *const texts[3])
{
	size_t most = 0;

	for (unsigned i = 0; i < 3; i++)
		for (const char *at = texts[i]; at && (at = strchr(at, '=')); at++)
			most++;
	made->records = most > FEW ? malloc(most * sizeof(*made->records)) : made->few;
	made->count = 0;
	made->unknown = false;
	return made->records;
}

/* The record of an id, made where it belongs. */
static sr_step_tres *record_of(const sr_encoder *encoder, tres_records *made, uint32_t id)
{
	const slurmdb_tres_rec_t *known;
	size_t place = made->count;

	while (place && made->records[place - 1].id >= id)
		place--;
	if (place < made->count && made->records[place].id == id)
		return &made->records[place];
	known = encoder->lookups ? sr_index_find(&encoder->lookups->tres, id) : NULL;
	if (!known) {
		made->unknown = true;
		return NULL;
	}
	memmove(&made->records[place + 1], &made->records[place],
		(made->count++ - place) * sizeof(*made->records));
	made->records[place] = (sr_step_tres){
		.id = id,
		.type = known->type,
		.name = known->name,
	};
	return &made->records[place];
}

static char *node_at(step_nodes *nodes, uint64_t number)
{
	if (!nodes->tried) {
		nodes->tried = true;
		if (nodes->host && nodes->text && *nodes->text)
			nodes->hosts = nodes->host->hostlist_create(nodes->text);
	}
	return nodes->hosts ? nodes->host->hostlist_nth(nodes->hosts, (int)number) : NULL;
}

typedef enum { COUNT, NODE, TASK } tres_part;

/* Take over one of the three texts; of an id that comes twice, the first counts. */
static void take(const sr_encoder *encoder, tres_records *made, step_nodes *nodes,
		 tres_part part, const char *text)
{
	uint64_t value;
	uint32_t id;

	for (text = sr_first_tres(text); sr_next_tres(&text, &id, &value);) {
		sr_step_tres *record = record_of(encoder, made, id);

		if (!record)
			return;
		if (record->parts & (1u << part))
			continue;
		record->parts |= 1u << part;
		if (part == COUNT)
			record->count = value;
		else if (part == TASK)
			record->task = value;
		else
			record->node = node_at(nodes, value);
	}
}

static int append_records(sr_encoder *encoder, const sr_call *call, const tres_records *made)
{
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	for (size_t i = 0; i < made->count && !made->unknown && !status; i++) {
		const sr_step_tres *record = &made->records[i];

		if (record->count || record->task || (record->node && *record->node))
			status = sr_record_item(&list, call, record);
	}
	return status ? status : sr_end_list(&list);
}

static int step_tres(sr_encoder *encoder, const sr_call *call, const char *counts,
		     const char *nodeids, const char *taskids)
{
	const slurmdb_step_rec_t *step = call->member;
	const char *const texts[] = {counts, nodeids, taskids};
	step_nodes nodes = {.host = encoder->host, .text = step->nodes};
	tres_records made;
	int status;

	if (!make_room(&made, texts))
		return SR_NO_MEMORY;
	take(encoder, &made, &nodes, COUNT, counts);
	take(encoder, &made, &nodes, NODE, nodeids);
	take(encoder, &made, &nodes, TASK, taskids);
	status = append_records(encoder, call, &made);
	for (size_t i = 0; i < made.count; i++)
		free(made.records[i].node);
	if (nodes.hosts)
		nodes.host->hostlist_destroy(nodes.hosts);
	if (made.records != made.few)
		free(made.records);
	return status;
}

#define STEP_TRES(name, what)                                                                      \
	int name(sr_encoder *encoder, const sr_call *call)                                         \
	{                                                                                          \
		const slurmdb_stats_t *stats =                                                     \
			&((const slurmdb_step_rec_t *)call->member)->stats;                        \
                                                                                                   \
		return step_tres(encoder, call, stats->tres_usage_##what,                          \
				 stats->tres_usage_##what##_nodeid,                                \
				 stats->tres_usage_##what##_taskid);                               \
	}

STEP_TRES(sr_step_tres_in_max, in_max)
STEP_TRES(sr_step_tres_in_min, in_min)
STEP_TRES(sr_step_tres_out_max, out_max)
STEP_TRES(sr_step_tres_out_min, out_min)
