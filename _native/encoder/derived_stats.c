/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What sdiag works out of the controller's counters. */
#include "encoder.h"

/* 0 where there is nothing to divide by. */
static int append_quotient(sr_encoder *encoder, uint64_t sum, uint64_t count)
{
	return sr_append_uint(encoder, count ? sum / count : 0);
}

#define QUOTIENT(name, sum, count)                                                                 \
	int name(sr_encoder *encoder, const sr_call *call)                                         \
	{                                                                                          \
		const stats_info_response_msg_t *stats = call->member;                             \
                                                                                                   \
		return append_quotient(encoder, stats->sum, stats->count);                         \
	}

QUOTIENT(sr_stats_cycle_mean, schedule_cycle_sum, schedule_cycle_counter)
QUOTIENT(sr_stats_cycle_mean_depth, schedule_cycle_depth, schedule_cycle_counter)
QUOTIENT(sr_stats_bf_cycle_mean, bf_cycle_sum, bf_cycle_counter)
QUOTIENT(sr_stats_bf_depth_mean, bf_depth_sum, bf_cycle_counter)
QUOTIENT(sr_stats_bf_depth_mean_try, bf_depth_try_sum, bf_cycle_counter)
QUOTIENT(sr_stats_bf_queue_len_mean, bf_queue_len_sum, bf_cycle_counter)
QUOTIENT(sr_stats_bf_table_size_mean, bf_table_size_sum, bf_cycle_counter)

int sr_stats_cycle_per_minute(sr_encoder *encoder, const sr_call *call)
{
	const stats_info_response_msg_t *stats = call->member;
	int64_t seconds = stats->req_time > stats->req_time_start
				  ? stats->req_time - stats->req_time_start
				  : 0;

	return append_quotient(encoder, stats->schedule_cycle_counter, (uint64_t)seconds / 60);
}

int sr_stats_bf_active(sr_encoder *encoder, const sr_call *call)
{
	const stats_info_response_msg_t *stats = call->member;

	return sr_append_bool(encoder, stats->bf_active);
}

/* ---- why cycles ended: counts by their place in an array ---- */

static uint32_t count_at(const uint32_t *counts, uint32_t length, uint32_t place)
{
	return counts && place < length ? counts[place] : 0;
}

int sr_stats_schedule_exit(sr_encoder *encoder, const sr_call *call)
{
	const stats_info_response_msg_t *stats = call->member;
	const uint32_t *counts = stats->schedule_exit, length = stats->schedule_exit_cnt;
	sr_schedule_exit record = {
		.end_job_queue = count_at(counts, length, SCHEDULE_EXIT_END),
		.default_queue_depth = count_at(counts, length, SCHEDULE_EXIT_MAX_DEPTH),
		.max_job_start = count_at(counts, length, SCHEDULE_EXIT_MAX_JOB_START),
		.max_rpc_cnt = count_at(counts, length, SCHEDULE_EXIT_RPC_CNT),
		.max_sched_time = count_at(counts, length, SCHEDULE_EXIT_TIMEOUT),
		.licenses = count_at(counts, length, SCHEDULE_EXIT_LIC),
	};

	return sr_nest(encoder, call, &record);
}

int sr_stats_bf_exit(sr_encoder *encoder, const sr_call *call)
{
	const stats_info_response_msg_t *stats = call->member;
	const uint32_t *counts = stats->bf_exit, length = stats->bf_exit_cnt;
	sr_backfill_exit record = {
		.end_job_queue = count_at(counts, length, BF_EXIT_END),
		.bf_max_job_start = count_at(counts, length, BF_EXIT_MAX_JOB_START),
		.bf_max_job_test = count_at(counts, length, BF_EXIT_MAX_JOB_TEST),
		.bf_max_time = count_at(counts, length, BF_EXIT_TIMEOUT),
		.bf_node_space_size = count_at(counts, length, BF_EXIT_TABLE_LIMIT),
		.state_changed = count_at(counts, length, BF_EXIT_STATE_CHANGED),
	};

	return sr_nest(encoder, call, &record);
}

/* ---- remote procedure calls: parallel arrays zipped into records ---- */

/* An array that the controller did not send counts as zeros. */
#define AT(array, i) ((array) ? (array)[i] : 0)

static uint64_t average(uint64_t time, uint32_t count)
{
	return time && count ? time / count : NO_VAL64;
}

static uint32_t average_or_zero(uint64_t time, uint32_t count)
{
	return time && count ? (uint32_t)(time / count) : 0;
}

static sr_rpc_type rpc_of_type(const stats_info_response_msg_t *stats, uint32_t i)
{
	uint32_t count = AT(stats->rpc_type_cnt, i);
	uint64_t time = AT(stats->rpc_type_time, i);
	sr_rpc_type record = {
		.id = AT(stats->rpc_type_id, i),
		.count = count,
		.time = time,
		.average_time = average(time, count),
		.average_or_zero = average_or_zero(time, count),
	};

	if (stats->rpc_queue_enabled) {
		record.queued = AT(stats->rpc_type_queued, i);
		record.dropped = AT(stats->rpc_type_dropped, i);
		record.cycle_last = AT(stats->rpc_type_cycle_last, i);
		record.cycle_max = AT(stats->rpc_type_cycle_max, i);
	}
	return record;
}

int sr_stats_rpcs_by_type(sr_encoder *encoder, const sr_call *call)
{
	const stats_info_response_msg_t *stats = call->member;
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	for (uint32_t i = 0; i < stats->rpc_type_size && !status; i++) {
		sr_rpc_type record = rpc_of_type(stats, i);

		status = sr_record_item(&list, call, &record);
	}
	return status ? status : sr_end_list(&list);
}

int sr_stats_rpcs_by_user(sr_encoder *encoder, const sr_call *call)
{
	const stats_info_response_msg_t *stats = call->member;
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	for (uint32_t i = 0; i < stats->rpc_user_size && !status; i++) {
		uint32_t count = AT(stats->rpc_user_cnt, i);
		uint64_t time = AT(stats->rpc_user_time, i);
		sr_rpc_user record = {
			.id = AT(stats->rpc_user_id, i),
			.count = count,
			.time = time,
			.average_time = average(time, count),
			.average_or_zero = average_or_zero(time, count),
		};

		status = sr_record_item(&list, call, &record);
	}
	return status ? status : sr_end_list(&list);
}

int sr_stats_rpcs_queue(sr_encoder *encoder, const sr_call *call)
{
	const stats_info_response_msg_t *stats = call->member;
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	for (uint32_t i = 0; i < stats->rpc_queue_type_count && !status; i++) {
		sr_rpc_queue record = {
			.id = (uint16_t)AT(stats->rpc_queue_type_id, i),
			.count = AT(stats->rpc_queue_count, i),
		};

		status = sr_record_item(&list, call, &record);
	}
	return status ? status : sr_end_list(&list);
}

int sr_stats_rpcs_dump(sr_encoder *encoder, const sr_call *call)
{
	const stats_info_response_msg_t *stats = call->member;
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	for (uint32_t i = 0; i < stats->rpc_dump_count && !status; i++) {
		sr_rpc_dump record = {
			.id = (uint16_t)AT(stats->rpc_dump_types, i),
			.hostlist = stats->rpc_dump_hostlist ? stats->rpc_dump_hostlist[i] : NULL,
		};

		status = sr_record_item(&list, call, &record);
	}
	return status ? status : sr_end_list(&list);
}
