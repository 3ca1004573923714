/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Jobs as the accounting database keeps them: what a member alone does not tell. */
#include "encoder.h"

#include "members.h"

/* ---- who ---- */

/* The user of the association, or else the name of the id; null where it has none. */
int sr_accounting_job_user(sr_encoder *encoder, const sr_call *call)
{
	const slurmdb_job_rec_t *job = call->member;
	const sr_lookup *lookup = call->insn->arg;
	const sr_text *name;

	if (job->user && *job->user)
		return sr_append_string(encoder, job->user);
	name = sr_name(encoder, lookup->table, job->uid);
	if (!name)
		return SR_UNKNOWN_NAME;
	return sr_is_null_name(name) ? sr_append_null(encoder)
				     : sr_append_string(encoder, sr_plain_name(name));
}

int sr_accounting_job_assoc(sr_encoder *encoder, const sr_call *call)
{
	const slurmdb_job_rec_t *job = call->member;
	const slurmdb_assoc_rec_t *assoc = sr_assoc_of(encoder, job->associd, job->cluster);
	const sr_nested *nested = call->insn->arg;
	int status;

	if (assoc)
		return sr_nest(encoder, call, assoc);
	status = sr_note_unknown(encoder, SR_UNKNOWN_ASSOC, job->associd);
	return status ? status : sr_append_text(encoder, nested->null_text);
}

/* A star before the name says that the user did not ask for it. */
int sr_wckey_tag(sr_encoder *encoder, const sr_call *call)
{
	const char *text = sr_load_pointer(call->member);
	bool by_default = text && *text == '*';
	sr_wckey_parts record = {
		.name = by_default ? text + 1 : text,
		.by_default = by_default,
	};

	return sr_nest(encoder, call, &record);
}

/* ---- where it reads and writes ---- */

static const slurmdb_step_rec_t *first_step(const sr_host *host, void *steps)
{
	const slurmdb_step_rec_t *step;
	void *iterator = steps ? host->list_iterator_create(steps) : NULL;

	if (!iterator)
		return NULL;
	step = host->list_next(iterator);
	host->list_iterator_destroy(iterator);
	return step;
}

static int append_expanded(sr_encoder *encoder, const slurmdb_job_rec_t *job, char *path)
{
	const sr_host *host = encoder->host;
	job_std_pattern_t job_names = {
		.array_job_id = job->array_job_id,
		.array_task_id = job->array_task_id,
		.jobid = job->jobid,
		.jobname = job->jobname,
		.user = job->user,
		.work_dir = job->work_dir,
	};
	const slurmdb_step_rec_t *step;
	char *expanded;
	int status;

	if (!path || !*path || !host)
		return sr_append_string(encoder, NULL);
	step = strchr(path, '%') ? first_step(host, job->steps) : NULL;
	if (step) {
		job_names.first_step_name = step->stepname;
		job_names.first_step_node = step->nodes;
	}
	expanded = host->expand_stdio(path, &job_names);
	status = sr_append_string(encoder, expanded);
	host->xfree((void **)&expanded);
	return status;
}

int sr_accounting_job_stdin(sr_encoder *encoder, const sr_call *call)
{
	const slurmdb_job_rec_t *job = call->member;

	return append_expanded(encoder, job, job->std_in);
}

int sr_accounting_job_stdout(sr_encoder *encoder, const sr_call *call)
{
	const slurmdb_job_rec_t *job = call->member;

	return append_expanded(encoder, job, job->std_out);
}

int sr_accounting_job_stderr(sr_encoder *encoder, const sr_call *call)
{
	const slurmdb_job_rec_t *job = call->member;

	return append_expanded(encoder, job, job->std_err);
}
