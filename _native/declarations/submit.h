/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Requests that make, change, signal or allocate jobs, and their answers. */

#define KILL_JOB_BATCH ...
#define KILL_ARRAY_TASK ...
#define KILL_STEPS_ONLY ...
#define KILL_FULL_JOB ...
#define KILL_FED_REQUEUE ...
#define KILL_HURRY ...
#define KILL_OOM ...
#define KILL_NO_SIBS ...
#define KILL_JOB_RESV ...
#define KILL_NO_CRON ...
#define KILL_NO_SIG_FAIL ...
#define KILL_JOBS_VERBOSE ...
#define KILL_CRON ...

typedef struct job_descriptor {
    char *account;
    char *acctg_freq;
    char *admin_comment;
    char *alloc_node;
    uint16_t alloc_resp_port;
    uint32_t alloc_sid;
    uint32_t argc;
    char **argv;
    char *array_inx;
    bitstr_t *array_bitmap;
    char *batch_features;
    time_t begin_time;
    uint64_t bitflags;
    char *burst_buffer;
    char *clusters;
    char *cluster_features;
    char *comment;
    uint16_t contiguous;
    char *container;
    char *container_id;
    uint16_t core_spec;
    char *cpu_bind;
    uint16_t cpu_bind_type;
    uint32_t cpu_freq_min;
    uint32_t cpu_freq_max;
    uint32_t cpu_freq_gov;
    char *cpus_per_tres;
    void *crontab_entry;
    time_t deadline;
    uint32_t delay_boot;
    char *dependency;
    time_t end_time;
    char **environment;
    slurm_hash_t env_hash;
    uint32_t env_size;
    char *exc_nodes;
    char *extra;
    char *features;
    uint64_t fed_siblings_active;
    uint64_t fed_siblings_viable;
    uint32_t group_id;
    uint32_t het_job_offset;
    void *id;
    uint16_t immediate;
    uint32_t job_id;
    char *job_id_str;
    char *job_size_str;
    uint16_t kill_on_node_fail;
    char *licenses;
    char *licenses_tot;
    uint16_t mail_type;
    char *mail_user;
    char *mcs_label;
    char *mem_bind;
    uint16_t mem_bind_type;
    char *mem_per_tres;
    char *name;
    char *network;
    uint32_t nice;
    uint32_t num_tasks;
    uint16_t oom_kill_step;
    uint8_t open_mode;
    char *origin_cluster;
    uint16_t other_port;
    uint8_t overcommit;
    char *partition;
    uint16_t plane_size;
    char *prefer;
    uint32_t priority;
    uint32_t profile;
    char *qos;
    uint16_t reboot;
    char *resp_host;
    uint16_t restart_cnt;
    char *req_nodes;
    uint16_t requeue;
    char *reservation;
    uint16_t resv_port_cnt;
    char *script;
    void *script_buf;
    slurm_hash_t script_hash;
    uint16_t shared;
    uint32_t site_factor;
    char **spank_job_env;
    uint32_t spank_job_env_size;
    char *submit_line;
    uint32_t task_dist;
    uint32_t time_limit;
    uint32_t time_min;
    char *tres_bind;
    char *tres_freq;
    char *tres_per_job;
    char *tres_per_node;
    char *tres_per_socket;
    char *tres_per_task;
    uint32_t user_id;
    uint16_t wait_all_nodes;
    uint16_t warn_flags;
    uint16_t warn_signal;
    uint16_t warn_time;
    char *work_dir;
    uint16_t cpus_per_task;
    uint32_t min_cpus;
    uint32_t max_cpus;
    uint32_t min_nodes;
    uint32_t max_nodes;
    uint16_t boards_per_node;
    uint16_t sockets_per_board;
    uint16_t sockets_per_node;
    uint16_t cores_per_socket;
    uint16_t threads_per_core;
    uint16_t ntasks_per_node;
    uint16_t ntasks_per_socket;
    uint16_t ntasks_per_core;
    uint16_t ntasks_per_board;
    uint16_t ntasks_per_tres;
    uint16_t pn_min_cpus;
    uint64_t pn_min_memory;
    uint32_t pn_min_tmp_disk;
    char *req_context;
    uint32_t req_switch;
    uint16_t segment_size;
    char *selinux_context;
    char *std_err;
    char *std_in;
    char *std_out;
    uint64_t *tres_req_cnt;
    uint32_t wait4switch;
    char *wckey;
    uint16_t x11;
    char *x11_magic_cookie;
    char *x11_target;
    uint16_t x11_target_port;
    ...;
} job_desc_msg_t;

typedef struct submit_response_msg {
    uint32_t job_id;
    uint32_t step_id;
    uint32_t error_code;
    char *job_submit_user_msg;
    ...;
} submit_response_msg_t;

typedef struct {
    uint32_t job_array_count;
    char **job_array_id;
    uint32_t *error_code;
    char **err_msg;
    ...;
} job_array_resp_msg_t;

typedef struct resource_allocation_response_msg {
    char *account;
    uint32_t job_id;
    char *alias_list;
    char *batch_host;
    uint32_t cpu_freq_min;
    uint32_t cpu_freq_max;
    uint32_t cpu_freq_gov;
    uint16_t *cpus_per_node;
    uint32_t *cpu_count_reps;
    uint32_t env_size;
    char **environment;
    uint32_t error_code;
    gid_t gid;
    char *group_name;
    char *job_submit_user_msg;
    slurm_addr_t *node_addr;
    uint32_t node_cnt;
    char *node_list;
    uint16_t ntasks_per_board;
    uint16_t ntasks_per_core;
    uint16_t ntasks_per_tres;
    uint16_t ntasks_per_socket;
    uint32_t num_cpu_groups;
    char *partition;
    uint64_t pn_min_memory;
    char *qos;
    char *resv_name;
    char *tres_per_node;
    uid_t uid;
    char *user_name;
    void *working_cluster_rec;
    ...;
} resource_allocation_response_msg_t;

typedef struct will_run_response_msg {
    uint32_t job_id;
    char *job_submit_user_msg;
    char *node_list;
    char *part_name;
    list_t *preemptee_job_id;
    uint32_t proc_cnt;
    time_t start_time;
    double sys_usage_per;
    ...;
} will_run_response_msg_t;

typedef struct job_alloc_info_msg {
    uint32_t job_id;
    char *req_cluster;
    ...;
} job_alloc_info_msg_t;

typedef struct {
    char *account;
    uint16_t flags;
    char *job_name;
    char **jobs_array;
    uint32_t jobs_cnt;
    char *partition;
    char *qos;
    char *reservation;
    uint16_t signal;
    uint32_t state;
    uint32_t user_id;
    char *user_name;
    char *wckey;
    char *nodelist;
    ...;
} kill_jobs_msg_t;

typedef struct {
    uint32_t error_code;
    char *error_msg;
    slurm_selected_step_t *id;
    uint32_t real_job_id;
    char *sibling_name;
    ...;
} kill_jobs_resp_job_t;

typedef struct {
    kill_jobs_resp_job_t *job_responses;
    uint32_t jobs_cnt;
    ...;
} kill_jobs_resp_msg_t;

typedef struct {
    char *err_msg;
    char *failed_lines;
    uint32_t *jobids;
    uint32_t jobids_count;
    char *job_submit_user_msg;
    uint32_t return_code;
    ...;
} crontab_update_response_msg_t;
