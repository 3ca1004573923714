/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Job steps, and what scontrol lists about them. */

typedef struct slurm_step_layout {
    uint16_t *cpt_compact_array;
    uint32_t cpt_compact_cnt;
    uint32_t *cpt_compact_reps;
    char *front_end;
    slurm_node_alias_addrs_t *alias_addrs;
    uint32_t node_cnt;
    char *node_list;
    uint16_t plane_size;
    uint16_t start_protocol_ver;
    uint16_t *tasks;
    uint32_t task_cnt;
    uint32_t task_dist;
    uint32_t **tids;
    ...;
} slurm_step_layout_t;

typedef struct {
    uint32_t array_job_id;
    uint32_t array_task_id;
    char *cluster;
    char *container;
    char *container_id;
    uint32_t cpu_freq_min;
    uint32_t cpu_freq_max;
    uint32_t cpu_freq_gov;
    char *cpus_per_tres;
    char *mem_per_tres;
    char *name;
    char *network;
    char *nodes;
    int32_t *node_inx;
    uint32_t num_cpus;
    uint32_t num_tasks;
    char *partition;
    char *resv_ports;
    time_t run_time;
    char *srun_host;
    uint32_t srun_pid;
    time_t start_time;
    uint16_t start_protocol_ver;
    uint32_t state;
    slurm_step_id_t step_id;
    char *submit_line;
    uint32_t task_dist;
    uint32_t time_limit;
    char *tres_alloc_str;
    char *tres_bind;
    char *tres_freq;
    char *tres_per_step;
    char *tres_per_node;
    char *tres_per_socket;
    char *tres_per_task;
    uint32_t user_id;
    ...;
} job_step_info_t;

typedef struct {
    uint32_t job_id;
    char *stepmgr;
    ...;
} stepmgr_job_info_t;

typedef struct job_step_info_response_msg {
    time_t last_update;
    uint32_t job_step_count;
    job_step_info_t *job_steps;
    list_t *stepmgr_jobs;
    ...;
} job_step_info_response_msg_t;

typedef struct listjobs_info {
    uint32_t job_id;
    ...;
} listjobs_info_t;

typedef struct listpids_info {
    uint32_t global_task_id;
    uint32_t job_id;
    uint32_t local_task_id;
    pid_t pid;
    char *step_id;
    ...;
} listpids_info_t;

typedef struct liststeps_info {
    uint32_t job_id;
    char *step_id;
    ...;
} liststeps_info_t;
