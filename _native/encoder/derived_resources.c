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
} node;

static bool is_allocated(const node *node, uint64_t core)
{
	const bitstr_t *bits = node->resources->core_bitmap;

	core += node->first;
	return core < sr_bit_count(bits) && sr_bit(bits, core);
}

static bool is_in_use(const node *node, uint64_t core)
{
	const bitstr_t *bits = node->resources->core_bitmap_used;

	core += node->first;
	return core < sr_bit_count(bits) && sr_bit(bits, core);
}

/* ---- from node to node ---- */

typedef int append_node(sr_list *list, const sr_insn *insn, const node *node, unsigned level);

static void begin_node(node *node)
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

static void end_node(node *node)
{
	free(node->name);
	node->first += (uint64_t)node->sockets * node->cores;
	node->index++;
}

static int append_nodes(sr_list *list, const sr_insn *insn, const job_resources_t *resources,
			void *hosts, append_node *append, unsigned level)
{
	const sr_host *host = list->encoder->host;
	node node = {.resources = resources};
	int status = SR_DONE;

	while (node.index < resources->nhosts && !status) {
		begin_node(&node);
		node.name = host->hostlist_shift(hosts);
		status = sr_item(list);
		if (!status)
			status = append(list, insn, &node, level);
		end_node(&node);
	}
	return status;
}

static bool is_known(const job_resources_t *resources)
{
	return resources->cores_per_socket && resources->sockets_per_node &&
	       resources->sock_core_rep_count;
}

static int append_resources(sr_encoder *encoder, const sr_insn *insn,
			    const job_resources_t *resources, append_node *append, unsigned level)
{
	const sr_host *host = encoder->host;
	sr_list list;
	int status = sr_begin_list(&list, encoder, insn->depth);

	if (is_known(resources) && resources->nhosts && !status) {
		void *hosts = host ? host->hostlist_create(resources->nodes) : NULL;

		if (!hosts)
			return sr_broken(encoder, ESLURM_DATA_CONV_FAILED);
		status = append_nodes(&list, insn, resources, hosts, append, level);
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
static sr_resource_socket *sockets_of(const node *node)
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

static bool goes_beyond(const node *node)
{
	uint64_t bits = sr_bit_count(node->resources->core_bitmap);

	return bits && node->first + (uint64_t)node->sockets * node->cores > bits;
}

static int append_record(sr_list *list, const sr_insn *insn, const node *node, unsigned level)
{
	const job_resources_t *resources = node->resources;
	const sr_nested *nested = insn->arg;
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
	status = sr_run(list->encoder, nested->program, &record, level + 1);
	free(record.sockets);
	return status;
}

int sr_job_resources(sr_encoder *encoder, const sr_insn *insn, const void *member, unsigned level)
{
	return append_resources(encoder, insn, member, append_record, level);
}

/* ---- v0.0.40: objects whose keys are numbers, of allocated cores only ---- */

/* Pieces of an object; after a failure nothing more is written. */
typedef struct {
	sr_encoder *encoder;
	int status;
} writer;

static void put(writer *writer, const char *text)
{
	if (!writer->status)
		writer->status = sr_append(writer->encoder, text, strlen(text));
}

static void put_number(writer *writer, uint64_t number)
{
	if (!writer->status)
		writer->status = sr_append_int(writer->encoder, (int64_t)number);
}

static void put_line(writer *writer, uint32_t depth)
{
	if (!writer->status)
		writer->status = sr_append_line(writer->encoder, depth);
}

static void begin_key(writer *writer, bool is_first, uint32_t depth)
{
	if (!is_first)
		put(writer, ",");
	put_line(writer, depth);
	put(writer, "\"");
}

static void end_key(writer *writer)
{
	put(writer, writer->encoder->pretty ? "\": " : "\":");
}

static void put_key(writer *writer, bool is_first, uint32_t depth, const char *key)
{
	begin_key(writer, is_first, depth);
	put(writer, key);
	end_key(writer);
}

static void put_numbered_key(writer *writer, bool is_first, uint32_t depth, uint64_t key)
{
	begin_key(writer, is_first, depth);
	put_number(writer, key);
	end_key(writer);
}

/* The allocated cores of a socket; whether there are any. */
static bool put_socket(writer *writer, const node *node, uint32_t socket, bool is_first,
		       uint32_t depth)
{
	bool any = false;

	for (uint32_t i = 0; i < node->cores; i++) {
		uint64_t place = (uint64_t)socket * node->cores + i;

		if (!is_allocated(node, place))
			continue;
		if (!any) {
			put_numbered_key(writer, is_first, depth, socket);
			put(writer, "{");
			put_key(writer, true, depth + 1, "cores");
			put(writer, "{");
		}
		put_numbered_key(writer, !any, depth + 2, i);
		put(writer, is_in_use(node, place) ? "\"allocated_and_in_use\"" : "\"allocated\"");
		any = true;
	}
	if (any) {
		put_line(writer, depth + 1);
		put(writer, "}");
		put_line(writer, depth);
		put(writer, "}");
	}
	return any;
}

static void put_sockets(writer *writer, const node *node, uint32_t depth)
{
	bool any = false;

	put(writer, "{");
	for (uint32_t i = 0; i < node->sockets; i++)
		any |= put_socket(writer, node, i, !any, depth + 1);
	if (any)
		put_line(writer, depth);
	put(writer, "}");
}

static int append_object(sr_list *list, const sr_insn *insn, const node *node, unsigned level)
{
	const job_resources_t *resources = node->resources;
	uint32_t depth = insn->depth + 2;
	writer writer = {.encoder = list->encoder};

	(void)level;
	put(&writer, "{");
	put_key(&writer, true, depth, "sockets");
	put_sockets(&writer, node, depth);
	put_key(&writer, false, depth, "nodename");
	if (!writer.status)
		writer.status = sr_append_string(list->encoder, node->name ? node->name : "");
	put_key(&writer, false, depth, "cpus_used");
	put_number(&writer, AT(resources->cpus_used, node->index));
	put_key(&writer, false, depth, "memory_used");
	put_number(&writer, AT(resources->memory_used, node->index));
	put_key(&writer, false, depth, "memory_allocated");
	put_number(&writer, AT(resources->memory_allocated, node->index));
	put_line(&writer, depth - 1);
	put(&writer, "}");
	return writer.status;
}

int sr_job_resources_40(sr_encoder *encoder, const sr_insn *insn, const void *member,
			unsigned level)
{
	return append_resources(encoder, insn, member, append_object, level);
}
