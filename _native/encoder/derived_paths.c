/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a job reads and writes: the paths that sbatch(1) calls filename
 * patterns, expanded as Slurm's own commands show them, oddities included.
 */
#include "encoder.h"

#include <limits.h>

#include "text.h"

/* A path under construction; what is longer than the system allows is cut. */
typedef struct {
	size_t len;
	char text[PATH_MAX];
} path_text;

static void add(path_text *path, const char *text, size_t len)
{
	size_t room = sizeof(path->text) - 1 - path->len;

	if (len > room)
		len = room;
	memcpy(path->text + path->len, text, len);
	path->len += len;
}

static void add_string(path_text *path, const char *text)
{
	if (!text)
		text = "(null)"; /* as printf has it */
	add(path, text, strlen(text));
}

/* A number with zeros before it up to a width of at most 10. */
static void add_number(path_text *path, uint32_t number, unsigned width)
{
	static const char zeros[] = "0000000000";
	char digits[SR_SCALAR];
	size_t len = (size_t)(sr_put_uint(digits, number) - digits);

	if (width > len)
		add(path, zeros, width - len);
	add(path, digits, len);
}

/* ---- patterns ---- */

typedef struct {
	const char *percent; /* where the text before the pattern ends */
	const char *letter;
	unsigned width;
} path_pattern;

/*
 * What stands at a percent sign.  The text before it ends as if a width were
 * one digit, or two where it is above 9: of a longer one, the percent sign and
 * the first digits stay in the path.
 */
static path_pattern pattern_at(const char *percent)
{
	path_pattern found = {.percent = percent, .letter = percent + 1};

	if (*found.letter < '0' || *found.letter > '9')
		return found;
	for (; *found.letter >= '0' && *found.letter <= '9'; found.letter++)
		if (found.width < 10)
			found.width = found.width * 10 + (unsigned)(*found.letter - '0');
	found.percent = found.letter - (found.width > 9 ? 3 : 2);
	if (found.width > 10)
		found.width = 10;
	return found;
}

/* The user's name from the names' table, or what the job knows of it. */
static int add_user(sr_encoder *encoder, const sr_call *call, path_text *path,
		    const slurm_job_info_t *job)
{
	const sr_lookup *lookup = call->insn->arg;
	const char *user = job->user_name;

	if (lookup) {
		const sr_text *name = sr_name(encoder, lookup->table, job->user_id);

		if (!name)
			return SR_UNKNOWN_NAME;
		user = sr_plain_name(name);
	}
	if (user && *user)
		add_string(path, user);
	else
		add_number(path, job->user_id, 0);
	return SR_DONE;
}

static bool is_pattern(char letter)
{
	return letter && strchr("Aabjux", letter);
}

static int add_pattern(sr_encoder *encoder, const sr_call *call, path_text *path,
		       const slurm_job_info_t *job, const path_pattern *pattern)
{
	switch (*pattern->letter) {
	case 'A':
		add_number(path,
			   job->array_task_id == NO_VAL ? job->job_id : job->array_job_id,
			   pattern->width);
		return SR_DONE;
	case 'a':
		add_number(path, job->array_task_id, pattern->width);
		return SR_DONE;
	case 'b':
		add_number(path, job->array_task_id % 10, pattern->width);
		return SR_DONE;
	case 'j':
		add_number(path, job->job_id, pattern->width);
		return SR_DONE;
	case 'u':
		return add_user(encoder, call, path, job);
	default:
		add_string(path, job->name);
		return SR_DONE;
	}
}

/* Replace the patterns in `text`; those that are unknown stay. */
static int expand(sr_encoder *encoder, const sr_call *call, path_text *path,
		  const slurm_job_info_t *job, const char *text)
{
	const char *copied = text, *at = strchr(text, '%');
	int status = SR_DONE;

	while (at && !status) {
		path_pattern pattern = pattern_at(at);

		if (at[1] == '%') {
			add(path, copied, (size_t)(at + 1 - copied));
			copied = at + 2;
			at = strchr(copied, '%');
			continue;
		}
		if (is_pattern(*pattern.letter)) {
			add(path, copied, (size_t)(pattern.percent - copied));
			status = add_pattern(encoder, call, path, job, &pattern);
			copied = pattern.letter + 1;
		}
		at = strchr(pattern.letter, '%');
	}
	add_string(path, copied);
	return status;
}

/* ---- paths ---- */

static int append_path(sr_encoder *encoder, const path_text *path)
{
	return sr_write_string(encoder, path->text, path->len);
}

/* A path with patterns, from the job's folder unless it is absolute. */
static int append_expanded(sr_encoder *encoder, const sr_call *call,
			   const slurm_job_info_t *job, const char *text)
{
	path_text expanded, whole;
	int status;

	expanded.len = whole.len = 0;
	status = expand(encoder, call, &expanded, job, text);
	if (status)
		return status;
	if (expanded.len && expanded.text[0] == '/')
		return append_path(encoder, &expanded);
	add_string(&whole, job->work_dir);
	add(&whole, "/", 1);
	add(&whole, expanded.text, expanded.len);
	return append_path(encoder, &whole);
}

/* What sbatch does when it is not told. */
static int append_default(sr_encoder *encoder, const slurm_job_info_t *job)
{
	path_text path;

	path.len = 0;
	add_string(&path, job->work_dir);
	add_string(&path, "/slurm-");
	if (job->array_job_id) {
		add_number(&path, job->array_job_id, 0);
		add(&path, "_", 1);
		add_number(&path, job->array_task_id, 0);
	} else {
		add_number(&path, job->job_id, 0);
	}
	add_string(&path, ".out");
	return append_path(encoder, &path);
}

int sr_job_stdin(sr_encoder *encoder, const sr_call *call)
{
	const slurm_job_info_t *job = call->member;

	if (job->std_in)
		return append_expanded(encoder, call, job, job->std_in);
	return sr_append_string(encoder, job->batch_flag ? "/dev/null" : "");
}

int sr_job_stdout(sr_encoder *encoder, const sr_call *call)
{
	const slurm_job_info_t *job = call->member;

	if (job->std_out)
		return append_expanded(encoder, call, job, job->std_out);
	if (!job->batch_flag)
		return sr_append_string(encoder, "");
	return append_default(encoder, job);
}

int sr_job_stderr(sr_encoder *encoder, const sr_call *call)
{
	const slurm_job_info_t *job = call->member;

	if (job->std_err)
		return append_expanded(encoder, call, job, job->std_err);
	if (!job->batch_flag)
		return sr_append_string(encoder, "");
	return sr_job_stdout(encoder, call);
}
