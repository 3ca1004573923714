/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The functions of SR_CALL by number, and those that fit nowhere else. */
#include "encoder.h"

#include <sys/wait.h>

#include "members.h"

/* The status of a process, as wait(2) gives it, taken apart. */
static int exit_code(sr_encoder *encoder, const sr_call *call)
{
	uint32_t code = sr_load_32(call->member);
	int status = (int)code;
	sr_exit_code record = {
		.status = SR_EXIT_INVALID,
		.return_code = NO_VAL,
		.signal = NO_VAL16,
	};

	if (code == NO_VAL) {
		record.status = SR_EXIT_PENDING;
	} else if (WIFEXITED(status)) {
		record.return_code = WEXITSTATUS(status);
		record.status = record.return_code ? SR_EXIT_ERROR : SR_EXIT_SUCCESS;
	} else if (WIFSIGNALED(status)) {
		record.status = SR_EXIT_SIGNALED;
		record.signal = WTERMSIG(status);
	} else if (WCOREDUMP(status)) {
		record.status = SR_EXIT_CORE_DUMPED;
	} else {
		record.return_code = code;
	}
	return sr_nest(encoder, call, &record);
}

static int ping_mode(sr_encoder *encoder, const sr_call *call)
{
	uint32_t mode = sr_load_32(call->member);
	int status;

	if (mode == 0)
		return sr_append_string(encoder, "primary");
	if (mode == 1 && encoder->host && encoder->host->controllers == 2)
		return sr_append_string(encoder, "backup");
	status = sr_begin_word(encoder);
	if (!status)
		status = sr_append(encoder, "backup", 6);
	if (!status)
		status = sr_append_digits(encoder, mode);
	return status ? status : sr_end_word(encoder);
}

static int reservation_cores(sr_encoder *encoder, const sr_call *call)
{
	const reserve_info_t *reservation = call->member;
	uint32_t count = reservation->core_spec ? reservation->core_spec_cnt : 0;
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	for (uint32_t i = 0; i < count && !status; i++)
		status = sr_record_item(&list, call, &reservation->core_spec[i]);
	return status ? status : sr_end_list(&list);
}

sr_writer *sr_writer_of(uint32_t number)
{
	static sr_writer *const writers[SR_FUNCTIONS] = {
		[SR_FN_EXIT_CODE] = exit_code,
		[SR_FN_JOB_STDIN] = sr_job_stdin,
		[SR_FN_JOB_STDOUT] = sr_job_stdout,
		[SR_FN_JOB_STDERR] = sr_job_stderr,
		[SR_FN_JOB_GRES_DETAIL] = sr_job_gres_detail,
		[SR_FN_JOB_PRIORITIES] = sr_job_priorities,
		[SR_FN_JOB_RESOURCES] = sr_job_resources,
		[SR_FN_JOB_RESOURCES_40] = sr_job_resources_40,
		[SR_FN_JOB_ALLOCATED_CORES] = sr_job_allocated_cores,
		[SR_FN_JOB_ALLOCATED_CPUS] = sr_job_allocated_cpus,
		[SR_FN_NODE_ALLOC_MEMORY] = sr_node_alloc_memory,
		[SR_FN_NODE_ALLOC_CPUS] = sr_node_alloc_cpus,
		[SR_FN_NODE_IDLE_CPUS] = sr_node_idle_cpus,
		[SR_FN_NODE_TRES_USED] = sr_node_tres_used,
		[SR_FN_NODE_TRES_WEIGHTED] = sr_node_tres_weighted,
		[SR_FN_RESERVATION_CORES] = reservation_cores,
		[SR_FN_JOB_STATE_ID] = sr_job_state_id,
		[SR_FN_JOB_STATE_ID_40] = sr_job_state_id_40,
		[SR_FN_STATS_CYCLE_MEAN] = sr_stats_cycle_mean,
		[SR_FN_STATS_CYCLE_MEAN_DEPTH] = sr_stats_cycle_mean_depth,
		[SR_FN_STATS_CYCLE_PER_MINUTE] = sr_stats_cycle_per_minute,
		[SR_FN_STATS_BF_CYCLE_MEAN] = sr_stats_bf_cycle_mean,
		[SR_FN_STATS_BF_DEPTH_MEAN] = sr_stats_bf_depth_mean,
		[SR_FN_STATS_BF_DEPTH_MEAN_TRY] = sr_stats_bf_depth_mean_try,
		[SR_FN_STATS_BF_QUEUE_LEN_MEAN] = sr_stats_bf_queue_len_mean,
		[SR_FN_STATS_BF_TABLE_SIZE_MEAN] = sr_stats_bf_table_size_mean,
		[SR_FN_STATS_BF_ACTIVE] = sr_stats_bf_active,
		[SR_FN_STATS_SCHEDULE_EXIT] = sr_stats_schedule_exit,
		[SR_FN_STATS_BF_EXIT] = sr_stats_bf_exit,
		[SR_FN_STATS_RPCS_BY_TYPE] = sr_stats_rpcs_by_type,
		[SR_FN_STATS_RPCS_BY_USER] = sr_stats_rpcs_by_user,
		[SR_FN_STATS_RPCS_QUEUE] = sr_stats_rpcs_queue,
		[SR_FN_STATS_RPCS_DUMP] = sr_stats_rpcs_dump,
		[SR_FN_PING_MODE] = ping_mode,
		[SR_FN_SHARES_COUNTS] = sr_shares_counts,
		[SR_FN_SHARES_USAGES] = sr_shares_usages,
		[SR_FN_TRES_STRING] = sr_tres_string,
		[SR_FN_QOS_NAME] = sr_qos_name,
		[SR_FN_QOS_NAMES] = sr_qos_names,
		[SR_FN_QOS_PREEMPT] = sr_qos_preempt,
		[SR_FN_ACCOUNTING_JOB_USER] = sr_accounting_job_user,
		[SR_FN_ACCOUNTING_JOB_ASSOC] = sr_accounting_job_assoc,
		[SR_FN_ACCOUNTING_JOB_STDIN] = sr_accounting_job_stdin,
		[SR_FN_ACCOUNTING_JOB_STDOUT] = sr_accounting_job_stdout,
		[SR_FN_ACCOUNTING_JOB_STDERR] = sr_accounting_job_stderr,
		[SR_FN_WCKEY_TAG] = sr_wckey_tag,
		[SR_FN_STEP_ID] = sr_step_id,
		[SR_FN_STEP_TRES_IN_MAX] = sr_step_tres_in_max,
		[SR_FN_STEP_TRES_IN_MIN] = sr_step_tres_in_min,
		[SR_FN_STEP_TRES_OUT_MAX] = sr_step_tres_out_max,
		[SR_FN_STEP_TRES_OUT_MIN] = sr_step_tres_out_min,
		[SR_FN_ROLLUPS] = sr_rollups,
	};

	return number < SR_FUNCTIONS ? writers[number] : NULL;
}
