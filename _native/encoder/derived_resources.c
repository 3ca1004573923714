/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a job holds on each of its nodes.  One bitmap has the cores of all
 * nodes, one after the other; how many sockets and cores a node has is said
 * once for each run of equal nodes.
 */
#include "encoder.h"

#include <errno.h>
#include <stdlib.h>

/* The states of a core as v0.0.41 and later name them by flags. */
#define CORE_UNALLOCATED NO_VAL64
#define CORE_ALLOCATED (UINT64_C(1) << 1)
#define CORE_IN_USE (UINT64_C(1) << 2)

/* The cores of one node, and where they begin in the bitmaps. */
typedef struct {
	const job_resources_t *resources;
	uint32_t index;
	uint32_t run;     /* of equal nodes: the index for sockets and cores */
	uint32_t in_run;  /* how many nodes of the run there were before */
	uint64_t first;
	uint16_t sockets;
	uint16_t cores;   /* of each socket */
	char *name;
} node_cores;

static bool is_allocated(const node_cores *node, uint64_t core)
{
	const bitstr_t *bits = node->resources->core_bitmap;

	core += node->first;
	return core < sr_bit_count(bits) && sr_bit(bits, core);
}

static bool is_in_use(const node_cores *node, uint64_t core)
{
	const bitstr_t *bits = node->resources->core_bitmap_used;

	core += node->first;
	return core < sr_bit_count(bits) && sr_bit(bits, core);
}

/* ---- from node to node ---- */

typedef int append_node(sr_list *list, const sr_call *call, const node_cores *node);

static void begin_node(node_cores *node)
{
	const job_resources_t *resources = node->resources;

	if (node->in_run >= resources->sock_core_rep_count[node->run]) {
		node->run++;
		node->in_run = 0;
	}
	node->in_run++;
	node->sockets = resources->sockets_per_node[node->run];
	node->cores = resources->cores_per_socket[node->run];
}

static void end_node(node_cores *node)
{
	free(node->name);
	node->first += (uint64_t)node->sockets * node->cores;
	node->index++;
}

static int append_nodes(sr_list *list, const sr_call *call, void *hosts, append_node *append)
{
	const sr_host *host = list->encoder->host;
	const job_resources_t *resources = call->member;
	node_cores node = {.resources = resources};
	int status = SR_DONE;

	while (node.index < resources->nhosts && !status) {
		begin_node(&node);
		node.name = host->hostlist_shift(hosts);
		status = sr_item(list);
		if (!status)
			status = append(list, call, &node);
		end_node(&node);
	}
	return status;
}

static bool is_known(const job_resources_t *resources)
{
	return resources->cores_per_socket && resources->sockets_per_node &&
	       resources->sock_core_rep_count;
}

static int append_resources(sr_encoder *encoder, const sr_call *call, append_node *append)
{
	const job_resources_t *resources = call->member;
	const sr_host *host = encoder->host;
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	if (is_known(resources) && resources->nhosts && !status) {
		void *hosts = host ? host->hostlist_create(resources->nodes) : NULL;

		if (!hosts)
			return sr_broken(encoder, ESLURM_DATA_CONV_FAILED);
		status = append_nodes(&list, call, hosts, append);
		host->hostlist_destroy(hosts);
	}
	return status ? status : sr_end_list(&list);
}

/* An array that the controller did not send counts as zeros. */
#define AT(array, i) ((array) ? (array)[i] : 0)

/* ---- v0.0.41 and later: records of sockets and cores ---- */

/*
 * One block of memory: the sockets and an empty one, then for each socket its
 * cores and an empty one.
 */
static sr_resource_socket *sockets_of(const node_cores *node)
{
	size_t sockets = node->sockets, cores = node->cores;
	sr_resource_socket *socket;
	sr_resource_core *core;

	/* Both are 16 bits wide: no product below comes near the end of size_t. */
	socket = calloc(1, (sockets + 1) * sizeof(*socket) +
				   sockets * (cores + 1) * sizeof(*core));
	if (!socket)
		return NULL;
	core = (sr_resource_core *)(socket + sockets + 1);
	for (size_t i = 0; i < sockets; i++, core += cores + 1) {
		socket[i] = (sr_resource_socket){.index = (uint32_t)i, .cores = core};
		for (size_t j = 0; j < cores; j++) {
			uint64_t place = i * cores + j;

			core[j].index = (uint32_t)j;
			if (!is_allocated(node, place))
				core[j].status = CORE_UNALLOCATED;
			else
				core[j].status = CORE_ALLOCATED |
						 (is_in_use(node, place) ? CORE_IN_USE : 0);
		}
	}
	return socket;
}

static bool goes_beyond(const node_cores *node)
{
	uint64_t bits = sr_bit_count(node->resources->core_bitmap);

	return bits && node->first + (uint64_t)node->sockets * node->cores > bits;
}

static int append_record(sr_list *list, const sr_call *call, const node_cores *node)
{
	const job_resources_t *resources = node->resources;
	sr_resource_node record = {
		.index = node->index,
		.name = node->name,
		.cpus_count = AT(resources->cpus, node->index),
		.cpus_used = AT(resources->cpus_used, node->index),
		.memory_used = AT(resources->memory_used, node->index),
		.memory_allocated = AT(resources->memory_allocated, node->index),
	};
	int status;

	if (goes_beyond(node))
		return sr_broken(list->encoder, ESLURM_BAD_TASK_COUNT);
	record.sockets = sockets_of(node);
	if (!record.sockets)
		return SR_NO_MEMORY;
	status = sr_nest(list->encoder, call, &record);
	free(record.sockets);
	return status;
}

int sr_job_resources(sr_encoder *encoder, const sr_call *call)
{
	return append_resources(encoder, call, append_record);
}

/* ---- v0.0.40: objects whose keys are numbers, of allocated cores only ---- */

/* Pieces of an object; after a failure nothing more is written. */
typedef struct {
	sr_encoder *encoder;
	int status;
} object_pieces;

static void put(object_pieces *pieces, const char *text)
{
	if (!pieces->status)
		pieces->status = sr_append(pieces->encoder, text, strlen(text));
}

static void put_number(object_pieces *pieces, uint64_t number)
{
	if (!pieces->status)
		pieces->status = sr_append_int(pieces->encoder, (int64_t)number);
}

static void put_word(object_pieces *pieces, const char *text)
{
	if (!pieces->status)
		pieces->status = sr_append_string(pieces->encoder, text);
}

static void put_line(object_pieces *pieces, uint32_t depth)
{
	if (!pieces->status)
		pieces->status = sr_append_line(pieces->encoder, depth);
}

static void begin_object(object_pieces *pieces)
{
	put(pieces, pieces->encoder->yaml ? "!!map" : "{");
}

static void end_object(object_pieces *pieces, bool is_empty, uint32_t depth)
{
	if (pieces->encoder->yaml) {
		put(pieces, is_empty ? " {}" : "");
		return;
	}
	if (!is_empty)
		put_line(pieces, depth);
	put(pieces, "}");
}

static void begin_key(object_pieces *pieces, bool is_first, uint32_t depth)
{
	if (!is_first && !pieces->encoder->yaml)
		put(pieces, ",");
	put_line(pieces, depth);
	put(pieces, pieces->encoder->yaml ? "!!str " : "\"");
}

static void end_key(object_pieces *pieces)
{
	if (pieces->encoder->yaml)
		put(pieces, ": ");
	else
		put(pieces, pieces->encoder->pretty ? "\": " : "\":");
}

static void put_key(object_pieces *pieces, bool is_first, uint32_t depth, const char *key)
{
	begin_key(pieces, is_first, depth);
	put(pieces, key);
	end_key(pieces);
}

static void put_numbered_key(object_pieces *pieces, bool is_first, uint32_t depth, uint64_t key)
{
	begin_key(pieces, is_first, depth);
	if (!pieces->status)
		pieces->status = sr_append_digits(pieces->encoder, key);
	end_key(pieces);
}

/* The allocated cores of a socket; whether there are any. */
static bool put_socket(object_pieces *pieces, const node_cores *node, uint32_t socket,
		       bool is_first, uint32_t depth)
{
	bool any = false;

	for (uint32_t i = 0; i < node->cores; i++) {
		uint64_t place = (uint64_t)socket * node->cores + i;

		if (!is_allocated(node, place))
			continue;
		if (!any) {
			put_numbered_key(pieces, is_first, depth, socket);
			begin_object(pieces);
			put_key(pieces, true, depth + 1, "cores");
			begin_object(pieces);
		}
		put_numbered_key(pieces, !any, depth + 2, i);
		put_word(pieces, is_in_use(node, place) ? "allocated_and_in_use" : "allocated");
		any = true;
	}
	if (any) {
		end_object(pieces, false, depth + 1);
		end_object(pieces, false, depth);
	}
	return any;
}

static void put_sockets(object_pieces *pieces, const node_cores *node, uint32_t depth)
{
	bool any = false;

	begin_object(pieces);
	for (uint32_t i = 0; i < node->sockets; i++)
		any |= put_socket(pieces, node, i, !any, depth + 1);
	end_object(pieces, !any, depth);
}

static int append_object(sr_list *list, const sr_call *call, const node_cores *node)
{
	const job_resources_t *resources = node->resources;
	/* In YAML an entry of a list stands no further in than the list. */
	uint32_t depth = call->insn->depth + (list->encoder->yaml ? 1 : 2);
	object_pieces pieces = {.encoder = list->encoder};

	begin_object(&pieces);
	put_key(&pieces, true, depth, "sockets");
	put_sockets(&pieces, node, depth);
	put_key(&pieces, false, depth, "nodename");
	put_word(&pieces, node->name ? node->name : "");
	put_key(&pieces, false, depth, "cpus_used");
	put_number(&pieces, AT(resources->cpus_used, node->index));
	put_key(&pieces, false, depth, "memory_used");
	put_number(&pieces, AT(resources->memory_used, node->index));
	put_key(&pieces, false, depth, "memory_allocated");
	put_number(&pieces, AT(resources->memory_allocated, node->index));
	end_object(&pieces, false, depth - 1);
	return pieces.status;
}

int sr_job_resources_40(sr_encoder *encoder, const sr_call *call)
{
	return append_resources(encoder, call, append_object);
}
