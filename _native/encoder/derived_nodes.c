/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the select plugin knows about a node, asked through sr_host. */
#include "encoder.h"

#include <errno.h>

static int ask(sr_encoder *encoder, const node_info_t *node, int what, void *answer)
{
	const sr_host *host = encoder->host;
	int error;

	if (!host)
		return sr_broken(encoder, ENOSYS);
	error = host->nodeinfo(node->select_nodeinfo, what, NODE_STATE_ALLOCATED, answer);
	return error ? sr_broken(encoder, error) : SR_DONE;
}

int sr_node_alloc_memory(sr_encoder *encoder, const sr_call *call)
{
	uint64_t memory = 0;
	int status = ask(encoder, call->member, SELECT_NODEDATA_MEM_ALLOC, &memory);

	return status ? status : sr_append_int(encoder, (int64_t)memory);
}

int sr_node_alloc_cpus(sr_encoder *encoder, const sr_call *call)
{
	uint16_t cpus = 0;
	int status = ask(encoder, call->member, SELECT_NODEDATA_SUBCNT, &cpus);

	return status ? status : sr_append_uint(encoder, cpus);
}

int sr_node_idle_cpus(sr_encoder *encoder, const sr_call *call)
{
	const node_info_t *node = call->member;
	uint16_t cpus = 0;
	int status = ask(encoder, node, SELECT_NODEDATA_SUBCNT, &cpus);

	return status ? status : sr_append_int(encoder, (int64_t)node->cpus - cpus);
}

int sr_node_tres_used(sr_encoder *encoder, const sr_call *call)
{
	char *tres = NULL;
	void *memory;
	int status = ask(encoder, call->member, SELECT_NODEDATA_TRES_ALLOC_FMT_STR, &tres);

	if (status)
		return status;
	status = sr_append_string(encoder, tres ? tres : "");
	memory = tres;
	if (memory)
		encoder->host->xfree(&memory);
	return status;
}

int sr_node_tres_weighted(sr_encoder *encoder, const sr_call *call)
{
	double weighted = 0;
	int status = ask(encoder, call->member, SELECT_NODEDATA_TRES_ALLOC_WEIGHTED, &weighted);

	return status ? status : sr_append_double(encoder, weighted);
}
