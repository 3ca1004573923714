/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * heldjobs COUNT: submit COUNT held jobs of several users, each with text in the fields that
 * jobs usually have. For root inside the sandbox. sbatch would take a process for each job;
 * this takes one for each CPU or so.
 */

#include <errno.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <slurm/slurm.h>
#include <slurm/slurm_errno.h>

enum { PROCESSES = 4, TEXT = 256 };

static const struct {
	const char *user, *account, *qos;
} OWNERS[] = {
	{ "alice", "physics", "normal" }, { "bob", "chemistry", "normal" },
	{ "carol", "physics", "low" },	  { "dave", "biology", "scavenger" },
	{ "alice", "theory", "high" },	  { "erin", "biology", "normal" },
};
enum { OWNERS_COUNT = sizeof(OWNERS) / sizeof(OWNERS[0]) };

static const char *const NAMES[] = { "relax", "md_production", "train-resnet", "post", "variant_calling" };
enum { NAMES_COUNT = sizeof(NAMES) / sizeof(NAMES[0]) };

static bool submit(int number)
{
	static char script[] = "#!/bin/bash\nsrun ./a.out\n";
	char name[TEXT], comment[TEXT], home[TEXT], out[TEXT], path[] = "PATH=/usr/bin:/bin";
	char *environment[] = { path, NULL };
	int owner = number % OWNERS_COUNT;
	struct passwd *user = getpwnam(OWNERS[owner].user);
	submit_response_msg_t *answer = NULL;
	job_desc_msg_t job;

	if (!user) {
		fprintf(stderr, "there is no user %s\n", OWNERS[owner].user);
		return false;
	}
	snprintf(name, sizeof(name), "%s-%d", NAMES[number % NAMES_COUNT], number);
	snprintf(comment, sizeof(comment), "case %d of the \"parameter study\"", number);
	snprintf(home, sizeof(home), "/home/%s", OWNERS[owner].user);
	snprintf(out, sizeof(out), "%s/slurm-%%j.out", home);

	slurm_init_job_desc_msg(&job);
	job.name = name;
	job.comment = comment;
	job.account = (char *) OWNERS[owner].account;
	job.qos = (char *) OWNERS[owner].qos;
	job.partition = "normal";
	job.user_id = user->pw_uid;
	job.group_id = user->pw_gid;
	job.work_dir = home;
	job.std_out = out;
	job.std_err = out;
	job.std_in = "/dev/null";
	job.script = script;
	job.environment = environment;
	job.env_size = 1;
	job.num_tasks = 1 + (uint32_t) number % 8;
	job.cpus_per_task = 1 + (uint16_t) (number % 2);
	job.min_nodes = 1;
	job.time_limit = 10 + (uint32_t) number % 500;
	job.pn_min_memory = 500;
	job.priority = 0; /* held */
	if (slurm_submit_batch_job(&job, &answer)) {
		fprintf(stderr, "job %d: %s\n", number, slurm_strerror(errno));
		return false;
	}
	slurm_free_submit_response_response_msg(answer);
	return true;
}

static int submit_every(int first, int step, int count)
{
	slurm_init(NULL);
	for (int number = first; number < count; number += step)
		if (!submit(number))
			return EXIT_FAILURE;
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	int count = argc == 2 ? atoi(argv[1]) : 0;
	int failed = 0, status;

	if (count < 1) {
		fprintf(stderr, "usage: heldjobs COUNT\n");
		return EXIT_FAILURE;
	}
	for (int first = 0; first < PROCESSES; first++) {
		pid_t child = fork();

		if (child < 0) {
			perror("fork");
			return EXIT_FAILURE;
		}
		if (child == 0)
			_exit(submit_every(first, PROCESSES, count));
	}
	while (wait(&status) > 0)
		failed += status != 0;
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
