/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a job's record says in several members at once. */
#include "encoder.h"

#include <stdlib.h>

#include "members.h"

int sr_job_gres_detail(sr_encoder *encoder, const sr_call *call)
{
	const slurm_job_info_t *job = call->member;
	uint32_t count = job->gres_detail_str ? job->gres_detail_cnt : 0;
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	for (uint32_t i = 0; i < count && !status; i++) {
		const char *detail = job->gres_detail_str[i];

		status = sr_item(&list);
		if (!status)
			status = sr_append_string(encoder, detail ? detail : "");
	}
	return status ? status : sr_end_list(&list);
}

/* ---- priorities: names in one string, numbers in an array ---- */

static int append_priorities(sr_list *list, const sr_call *call, char *names,
			     const uint32_t *priorities)
{
	char *rest = NULL;
	int status = SR_DONE;

	for (char *name = strtok_r(names, ",", &rest); name && !status;
	     name = strtok_r(NULL, ",", &rest)) {
		sr_partition_priority record = {
			.partition = name,
			.priority = priorities[list->count],
		};

		status = sr_record_item(list, call, &record);
	}
	return status;
}

int sr_job_priorities(sr_encoder *encoder, const sr_call *call)
{
	const slurm_job_info_t *job = call->member;
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	if (job->priority_array && job->priority_array_names && !status) {
		/* A copy: the record may be written again. */
		char *names = strdup(job->priority_array_names);

		if (!names)
			return SR_NO_MEMORY;
		status = append_priorities(&list, call, names, job->priority_array);
		free(names);
	}
	return status ? status : sr_end_list(&list);
}

/* ---- v0.0.40: counts by what the cluster allocates ---- */

static int append_if_allocated(sr_encoder *encoder, const void *member, uint32_t what)
{
	uint32_t allocates = encoder->host ? encoder->host->select_type_param : 0;

	return sr_append_uint(encoder, allocates & what ? sr_load_32(member) : 0);
}

int sr_job_allocated_cores(sr_encoder *encoder, const sr_call *call)
{
	return append_if_allocated(encoder, call->member, CR_CORE | CR_SOCKET);
}

int sr_job_allocated_cpus(sr_encoder *encoder, const sr_call *call)
{
	return append_if_allocated(encoder, call->member, CR_CPU);
}

/* ---- the id in jobs/state ---- */

static int append_id(sr_encoder *encoder, uint32_t id, const char *between, uint32_t number)
{
	int status = sr_append_digits(encoder, id);

	if (!status)
		status = sr_append(encoder, between, 1);
	return status ? status : sr_append_digits(encoder, number);
}

/* The set bits as ranges: 1-3,5 */
static int append_ranges(sr_encoder *encoder, const bitstr_t *bits)
{
	uint64_t count = sr_bit_count(bits), first = sr_next_bit(bits, 0);
	bool is_first = true;
	int status = SR_DONE;

	while (first < count && !status) {
		uint64_t last = first;

		while (last + 1 < count && sr_bit(bits, last + 1))
			last++;
		if (!is_first)
			status = sr_append(encoder, ",", 1);
		if (!status)
			status = sr_append_digits(encoder, first);
		if (!status && last > first)
			status = sr_append(encoder, "-", 1);
		if (!status && last > first)
			status = sr_append_digits(encoder, last);
		is_first = false;
		first = sr_next_bit(bits, last + 1);
	}
	return status;
}

static int append_tasks(sr_encoder *encoder, uint32_t id, const bitstr_t *tasks)
{
	int status = sr_append_digits(encoder, id);

	if (!status)
		status = sr_append(encoder, "_[", 2);
	if (!status)
		status = append_ranges(encoder, tasks);
	return status ? status : sr_append(encoder, "]", 1);
}

static int append_unquoted_id(sr_encoder *encoder, const job_state_response_job_t *job,
			      uint32_t array_id)
{
	uint32_t task = job->array_task_id;

	if (job->het_job_id)
		return append_id(encoder, job->job_id, "+", job->job_id - job->het_job_id);
	if (!job->array_job_id)
		return sr_append_digits(encoder, job->job_id);
	if (job->array_task_id_bitmap)
		return append_tasks(encoder, job->job_id, job->array_task_id_bitmap);
	if (task != NO_VAL && task != INFINITE)
		return append_id(encoder, array_id, "_", task);
	/* No task, or all of them: the whole array. */
	if (!sr_append_digits(encoder, array_id))
		return sr_append(encoder, "_*", 2);
	return SR_NO_MEMORY;
}

static int append_state_id(sr_encoder *encoder, const job_state_response_job_t *job,
			   uint32_t array_id)
{
	int status;

	if (!job->job_id)
		return sr_append_string(encoder, NULL);
	status = sr_begin_word(encoder);
	if (!status)
		status = append_unquoted_id(encoder, job, array_id);
	return status ? status : sr_end_word(encoder);
}

int sr_job_state_id(sr_encoder *encoder, const sr_call *call)
{
	const job_state_response_job_t *job = call->member;

	return append_state_id(encoder, job, job->job_id);
}

int sr_job_state_id_40(sr_encoder *encoder, const sr_call *call)
{
	const job_state_response_job_t *job = call->member;

	return append_state_id(encoder, job, job->array_job_id);
}
