/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Jobs as the controller tells of them. */

#define JOB_STATE_BASE ...
#define JOB_STATE_FLAGS ...
#define JOB_LAUNCH_FAILED ...
#define JOB_REQUEUE ...
#define JOB_REQUEUE_HOLD ...
#define JOB_SPECIAL_EXIT ...
#define JOB_RESIZING ...
#define JOB_CONFIGURING ...
#define JOB_COMPLETING ...
#define JOB_STOPPED ...
#define JOB_RECONFIG_FAIL ...
#define JOB_POWER_UP_NODE ...
#define JOB_REVOKED ...
#define JOB_REQUEUE_FED ...
#define JOB_RESV_DEL_HOLD ...
#define JOB_SIGNALING ...
#define JOB_STAGE_OUT ...
#define READY_JOB_FATAL ...
#define READY_JOB_ERROR ...
#define READY_NODE_STATE ...
#define READY_JOB_STATE ...
#define READY_PROLOG_STATE ...
#define MAIL_JOB_BEGIN ...
#define MAIL_JOB_END ...
#define MAIL_JOB_FAIL ...
#define MAIL_JOB_REQUEUE ...
#define MAIL_JOB_TIME100 ...
#define MAIL_JOB_TIME90 ...
#define MAIL_JOB_TIME80 ...
#define MAIL_JOB_TIME50 ...
#define MAIL_JOB_STAGE_OUT ...
#define MAIL_ARRAY_TASKS ...
#define MAIL_INVALID_DEPEND ...
#define ARRAY_TASK_REQUEUED ...
#define KILL_INV_DEP ...
#define NO_KILL_INV_DEP ...
#define HAS_STATE_DIR ...
#define BACKFILL_TEST ...
#define GRES_ENFORCE_BIND ...
#define TEST_NOW_ONLY ...
#define JOB_SEND_ENV ...
#define GRACE_PREEMPT ...
#define SPREAD_JOB ...
#define USE_MIN_NODES ...
#define JOB_KILL_HURRY ...
#define TRES_STR_CALC ...
#define SIB_JOB_FLUSH ...
#define HET_JOB_FLAG ...
#define JOB_NTASKS_SET ...
#define JOB_CPUS_SET ...
#define BF_WHOLE_NODE_TEST ...
#define TOP_PRIO_TMP ...
#define JOB_ACCRUE_OVER ...
#define GRES_DISABLE_BIND ...
#define JOB_WAS_RUNNING ...
#define RESET_ACCRUE_TIME ...
#define CRON_JOB ...
#define JOB_MEM_SET ...
#define USE_DEFAULT_ACCT ...
#define USE_DEFAULT_PART ...
#define USE_DEFAULT_QOS ...
#define USE_DEFAULT_WCKEY ...
#define JOB_DEPENDENT ...
#define JOB_MAGNETIC ...
#define JOB_PART_ASSIGNED ...
#define BACKFILL_SCHED ...
#define BACKFILL_LAST ...
#define TASKS_CHANGED ...
#define JOB_SEND_SCRIPT ...
#define RESET_LIC_TASK ...
#define RESET_LIC_JOB ...
#define GRES_ONE_TASK_PER_SHARING ...
#define GRES_MULT_TASKS_PER_SHARING ...
#define GRES_ALLOW_TASK_SHARING ...
#define STEPMGR_ENABLED ...
#define X11_FORWARD_ALL ...
#define X11_FORWARD_BATCH ...
#define X11_FORWARD_FIRST ...
#define X11_FORWARD_LAST ...
#define ALLOC_SID_ADMIN_HOLD ...
#define ALLOC_SID_USER_HOLD ...
#define JOB_SHARED_NONE ...
#define JOB_SHARED_OK ...
#define JOB_SHARED_USER ...
#define JOB_SHARED_MCS ...
#define JOB_SHARED_TOPO ...
#define CORE_SPEC_THREAD ...
#define WARN_SENT ...

enum job_states {
    JOB_PENDING,
    JOB_RUNNING,
    JOB_SUSPENDED,
    JOB_COMPLETE,
    JOB_CANCELLED,
    JOB_FAILED,
    JOB_TIMEOUT,
    JOB_NODE_FAIL,
    JOB_PREEMPTED,
    JOB_BOOT_FAIL,
    JOB_DEADLINE,
    JOB_OOM,
    JOB_END,
    ...
};

enum job_state_reason {
    WAIT_NO_REASON,
    WAIT_PRIORITY,
    WAIT_DEPENDENCY,
    WAIT_RESOURCES,
    WAIT_PART_NODE_LIMIT,
    WAIT_PART_TIME_LIMIT,
    WAIT_PART_DOWN,
    WAIT_PART_INACTIVE,
    WAIT_HELD,
    WAIT_TIME,
    WAIT_LICENSES,
    WAIT_ASSOC_JOB_LIMIT,
    WAIT_ASSOC_RESOURCE_LIMIT,
    WAIT_ASSOC_TIME_LIMIT,
    WAIT_RESERVATION,
    WAIT_NODE_NOT_AVAIL,
    WAIT_HELD_USER,
    WAIT_FRONT_END,
    FAIL_DEFER,
    FAIL_DOWN_PARTITION,
    FAIL_DOWN_NODE,
    FAIL_BAD_CONSTRAINTS,
    FAIL_SYSTEM,
    FAIL_LAUNCH,
    FAIL_EXIT_CODE,
    FAIL_TIMEOUT,
    FAIL_INACTIVE_LIMIT,
    FAIL_ACCOUNT,
    FAIL_QOS,
    WAIT_QOS_THRES,
    WAIT_QOS_JOB_LIMIT,
    WAIT_QOS_RESOURCE_LIMIT,
    WAIT_QOS_TIME_LIMIT,
    FAIL_SIGNAL,
    DEFUNCT_WAIT_34,
    WAIT_CLEANING,
    WAIT_PROLOG,
    WAIT_QOS,
    WAIT_ACCOUNT,
    WAIT_DEP_INVALID,
    WAIT_QOS_GRP_CPU,
    WAIT_QOS_GRP_CPU_MIN,
    WAIT_QOS_GRP_CPU_RUN_MIN,
    WAIT_QOS_GRP_JOB,
    WAIT_QOS_GRP_MEM,
    WAIT_QOS_GRP_NODE,
    WAIT_QOS_GRP_SUB_JOB,
    WAIT_QOS_GRP_WALL,
    WAIT_QOS_MAX_CPU_PER_JOB,
    WAIT_QOS_MAX_CPU_MINS_PER_JOB,
    WAIT_QOS_MAX_NODE_PER_JOB,
    WAIT_QOS_MAX_WALL_PER_JOB,
    WAIT_QOS_MAX_CPU_PER_USER,
    WAIT_QOS_MAX_JOB_PER_USER,
    WAIT_QOS_MAX_NODE_PER_USER,
    WAIT_QOS_MAX_SUB_JOB,
    WAIT_QOS_MIN_CPU,
    WAIT_ASSOC_GRP_CPU,
    WAIT_ASSOC_GRP_CPU_MIN,
    WAIT_ASSOC_GRP_CPU_RUN_MIN,
    WAIT_ASSOC_GRP_JOB,
    WAIT_ASSOC_GRP_MEM,
    WAIT_ASSOC_GRP_NODE,
    WAIT_ASSOC_GRP_SUB_JOB,
    WAIT_ASSOC_GRP_WALL,
    WAIT_ASSOC_MAX_JOBS,
    WAIT_ASSOC_MAX_CPU_PER_JOB,
    WAIT_ASSOC_MAX_CPU_MINS_PER_JOB,
    WAIT_ASSOC_MAX_NODE_PER_JOB,
    WAIT_ASSOC_MAX_WALL_PER_JOB,
    WAIT_ASSOC_MAX_SUB_JOB,
    WAIT_MAX_REQUEUE,
    WAIT_ARRAY_TASK_LIMIT,
    WAIT_BURST_BUFFER_RESOURCE,
    WAIT_BURST_BUFFER_STAGING,
    FAIL_BURST_BUFFER_OP,
    DEFUNCT_WAIT_76,
    DEFUNCT_WAIT_77,
    WAIT_ASSOC_GRP_UNK,
    WAIT_ASSOC_GRP_UNK_MIN,
    WAIT_ASSOC_GRP_UNK_RUN_MIN,
    WAIT_ASSOC_MAX_UNK_PER_JOB,
    WAIT_ASSOC_MAX_UNK_PER_NODE,
    WAIT_ASSOC_MAX_UNK_MINS_PER_JOB,
    WAIT_ASSOC_MAX_CPU_PER_NODE,
    WAIT_ASSOC_GRP_MEM_MIN,
    WAIT_ASSOC_GRP_MEM_RUN_MIN,
    WAIT_ASSOC_MAX_MEM_PER_JOB,
    WAIT_ASSOC_MAX_MEM_PER_NODE,
    WAIT_ASSOC_MAX_MEM_MINS_PER_JOB,
    WAIT_ASSOC_GRP_NODE_MIN,
    WAIT_ASSOC_GRP_NODE_RUN_MIN,
    WAIT_ASSOC_MAX_NODE_MINS_PER_JOB,
    WAIT_ASSOC_GRP_ENERGY,
    WAIT_ASSOC_GRP_ENERGY_MIN,
    WAIT_ASSOC_GRP_ENERGY_RUN_MIN,
    WAIT_ASSOC_MAX_ENERGY_PER_JOB,
    WAIT_ASSOC_MAX_ENERGY_PER_NODE,
    WAIT_ASSOC_MAX_ENERGY_MINS_PER_JOB,
    WAIT_ASSOC_GRP_GRES,
    WAIT_ASSOC_GRP_GRES_MIN,
    WAIT_ASSOC_GRP_GRES_RUN_MIN,
    WAIT_ASSOC_MAX_GRES_PER_JOB,
    WAIT_ASSOC_MAX_GRES_PER_NODE,
    WAIT_ASSOC_MAX_GRES_MINS_PER_JOB,
    WAIT_ASSOC_GRP_LIC,
    WAIT_ASSOC_GRP_LIC_MIN,
    WAIT_ASSOC_GRP_LIC_RUN_MIN,
    WAIT_ASSOC_MAX_LIC_PER_JOB,
    WAIT_ASSOC_MAX_LIC_MINS_PER_JOB,
    WAIT_ASSOC_GRP_BB,
    WAIT_ASSOC_GRP_BB_MIN,
    WAIT_ASSOC_GRP_BB_RUN_MIN,
    WAIT_ASSOC_MAX_BB_PER_JOB,
    WAIT_ASSOC_MAX_BB_PER_NODE,
    WAIT_ASSOC_MAX_BB_MINS_PER_JOB,
    WAIT_QOS_GRP_UNK,
    WAIT_QOS_GRP_UNK_MIN,
    WAIT_QOS_GRP_UNK_RUN_MIN,
    WAIT_QOS_MAX_UNK_PER_JOB,
    WAIT_QOS_MAX_UNK_PER_NODE,
    WAIT_QOS_MAX_UNK_PER_USER,
    WAIT_QOS_MAX_UNK_MINS_PER_JOB,
    WAIT_QOS_MIN_UNK,
    WAIT_QOS_MAX_CPU_PER_NODE,
    WAIT_QOS_GRP_MEM_MIN,
    WAIT_QOS_GRP_MEM_RUN_MIN,
    WAIT_QOS_MAX_MEM_MINS_PER_JOB,
    WAIT_QOS_MAX_MEM_PER_JOB,
    WAIT_QOS_MAX_MEM_PER_NODE,
    WAIT_QOS_MAX_MEM_PER_USER,
    WAIT_QOS_MIN_MEM,
    WAIT_QOS_GRP_ENERGY,
    WAIT_QOS_GRP_ENERGY_MIN,
    WAIT_QOS_GRP_ENERGY_RUN_MIN,
    WAIT_QOS_MAX_ENERGY_PER_JOB,
    WAIT_QOS_MAX_ENERGY_PER_NODE,
    WAIT_QOS_MAX_ENERGY_PER_USER,
    WAIT_QOS_MAX_ENERGY_MINS_PER_JOB,
    WAIT_QOS_MIN_ENERGY,
    WAIT_QOS_GRP_NODE_MIN,
    WAIT_QOS_GRP_NODE_RUN_MIN,
    WAIT_QOS_MAX_NODE_MINS_PER_JOB,
    WAIT_QOS_MIN_NODE,
    WAIT_QOS_GRP_GRES,
    WAIT_QOS_GRP_GRES_MIN,
    WAIT_QOS_GRP_GRES_RUN_MIN,
    WAIT_QOS_MAX_GRES_PER_JOB,
    WAIT_QOS_MAX_GRES_PER_NODE,
    WAIT_QOS_MAX_GRES_PER_USER,
    WAIT_QOS_MAX_GRES_MINS_PER_JOB,
    WAIT_QOS_MIN_GRES,
    WAIT_QOS_GRP_LIC,
    WAIT_QOS_GRP_LIC_MIN,
    WAIT_QOS_GRP_LIC_RUN_MIN,
    WAIT_QOS_MAX_LIC_PER_JOB,
    WAIT_QOS_MAX_LIC_PER_USER,
    WAIT_QOS_MAX_LIC_MINS_PER_JOB,
    WAIT_QOS_MIN_LIC,
    WAIT_QOS_GRP_BB,
    WAIT_QOS_GRP_BB_MIN,
    WAIT_QOS_GRP_BB_RUN_MIN,
    WAIT_QOS_MAX_BB_PER_JOB,
    WAIT_QOS_MAX_BB_PER_NODE,
    WAIT_QOS_MAX_BB_PER_USER,
    WAIT_QOS_MAX_BB_MINS_PER_JOB,
    WAIT_QOS_MIN_BB,
    FAIL_DEADLINE,
    WAIT_QOS_MAX_BB_PER_ACCT,
    WAIT_QOS_MAX_CPU_PER_ACCT,
    WAIT_QOS_MAX_ENERGY_PER_ACCT,
    WAIT_QOS_MAX_GRES_PER_ACCT,
    WAIT_QOS_MAX_NODE_PER_ACCT,
    WAIT_QOS_MAX_LIC_PER_ACCT,
    WAIT_QOS_MAX_MEM_PER_ACCT,
    WAIT_QOS_MAX_UNK_PER_ACCT,
    WAIT_QOS_MAX_JOB_PER_ACCT,
    WAIT_QOS_MAX_SUB_JOB_PER_ACCT,
    WAIT_PART_CONFIG,
    WAIT_ACCOUNT_POLICY,
    WAIT_FED_JOB_LOCK,
    FAIL_OOM,
    WAIT_PN_MEM_LIMIT,
    WAIT_ASSOC_GRP_BILLING,
    WAIT_ASSOC_GRP_BILLING_MIN,
    WAIT_ASSOC_GRP_BILLING_RUN_MIN,
    WAIT_ASSOC_MAX_BILLING_PER_JOB,
    WAIT_ASSOC_MAX_BILLING_PER_NODE,
    WAIT_ASSOC_MAX_BILLING_MINS_PER_JOB,
    WAIT_QOS_GRP_BILLING,
    WAIT_QOS_GRP_BILLING_MIN,
    WAIT_QOS_GRP_BILLING_RUN_MIN,
    WAIT_QOS_MAX_BILLING_PER_JOB,
    WAIT_QOS_MAX_BILLING_PER_NODE,
    WAIT_QOS_MAX_BILLING_PER_USER,
    WAIT_QOS_MAX_BILLING_MINS_PER_JOB,
    WAIT_QOS_MAX_BILLING_PER_ACCT,
    WAIT_QOS_MIN_BILLING,
    WAIT_RESV_DELETED,
    WAIT_RESV_INVALID,
    FAIL_CONSTRAINTS,
    WAIT_QOS_MAX_BB_RUN_MINS_PER_ACCT,
    WAIT_QOS_MAX_BILLING_RUN_MINS_PER_ACCT,
    WAIT_QOS_MAX_CPU_RUN_MINS_PER_ACCT,
    WAIT_QOS_MAX_ENERGY_RUN_MINS_PER_ACCT,
    WAIT_QOS_MAX_GRES_RUN_MINS_PER_ACCT,
    WAIT_QOS_MAX_NODE_RUN_MINS_PER_ACCT,
    WAIT_QOS_MAX_LIC_RUN_MINS_PER_ACCT,
    WAIT_QOS_MAX_MEM_RUN_MINS_PER_ACCT,
    WAIT_QOS_MAX_UNK_RUN_MINS_PER_ACCT,
    WAIT_QOS_MAX_BB_RUN_MINS_PER_USER,
    WAIT_QOS_MAX_BILLING_RUN_MINS_PER_USER,
    WAIT_QOS_MAX_CPU_RUN_MINS_PER_USER,
    WAIT_QOS_MAX_ENERGY_RUN_MINS_PER_USER,
    WAIT_QOS_MAX_GRES_RUN_MINS_PER_USER,
    WAIT_QOS_MAX_NODE_RUN_MINS_PER_USER,
    WAIT_QOS_MAX_LIC_RUN_MINS_PER_USER,
    WAIT_QOS_MAX_MEM_RUN_MINS_PER_USER,
    WAIT_QOS_MAX_UNK_RUN_MINS_PER_USER,
    WAIT_MAX_POWERED_NODES,
    WAIT_MPI_PORTS_BUSY,
    REASON_END,
    ...
};

typedef struct job_info {
    char *account;
    time_t accrue_time;
    char *admin_comment;
    char *alloc_node;
    uint32_t alloc_sid;
    bitstr_t *array_bitmap;
    uint32_t array_job_id;
    uint32_t array_task_id;
    uint32_t array_max_tasks;
    char *array_task_str;
    uint32_t assoc_id;
    char *batch_features;
    uint16_t batch_flag;
    char *batch_host;
    uint64_t bitflags;
    uint16_t boards_per_node;
    char *burst_buffer;
    char *burst_buffer_state;
    char *cluster;
    char *cluster_features;
    char *command;
    char *comment;
    char *container;
    char *container_id;
    uint16_t contiguous;
    uint16_t core_spec;
    uint16_t cores_per_socket;
    double billable_tres;
    uint16_t cpus_per_task;
    uint32_t cpu_freq_min;
    uint32_t cpu_freq_max;
    uint32_t cpu_freq_gov;
    char *cpus_per_tres;
    char *cronspec;
    time_t deadline;
    uint32_t delay_boot;
    char *dependency;
    uint32_t derived_ec;
    time_t eligible_time;
    time_t end_time;
    char *exc_nodes;
    int32_t *exc_node_inx;
    uint32_t exit_code;
    char *extra;
    char *failed_node;
    char *features;
    char *fed_origin_str;
    uint64_t fed_siblings_active;
    char *fed_siblings_active_str;
    uint64_t fed_siblings_viable;
    char *fed_siblings_viable_str;
    uint32_t gres_detail_cnt;
    char **gres_detail_str;
    char *gres_total;
    uint32_t group_id;
    uint32_t het_job_id;
    char *het_job_id_set;
    uint32_t het_job_offset;
    uint32_t job_id;
    job_resources_t *job_resrcs;
    char *job_size_str;
    uint32_t job_state;
    time_t last_sched_eval;
    char *licenses;
    uint16_t mail_type;
    char *mail_user;
    uint32_t max_cpus;
    uint32_t max_nodes;
    char *mcs_label;
    char *mem_per_tres;
    char *name;
    char *network;
    char *nodes;
    uint32_t nice;
    int32_t *node_inx;
    uint16_t ntasks_per_core;
    uint16_t ntasks_per_tres;
    uint16_t ntasks_per_node;
    uint16_t ntasks_per_socket;
    uint16_t ntasks_per_board;
    uint32_t num_cpus;
    uint32_t num_nodes;
    uint32_t num_tasks;
    uint16_t oom_kill_step;
    char *partition;
    char *prefer;
    uint64_t pn_min_memory;
    uint16_t pn_min_cpus;
    uint32_t pn_min_tmp_disk;
    time_t preempt_time;
    time_t preemptable_time;
    time_t pre_sus_time;
    uint32_t priority;
    uint32_t *priority_array;
    char *priority_array_names;
    uint32_t profile;
    char *qos;
    uint8_t reboot;
    char *req_nodes;
    int32_t *req_node_inx;
    uint32_t req_switch;
    uint16_t requeue;
    time_t resize_time;
    uint16_t restart_cnt;
    char *resv_name;
    char *resv_ports;
    char *sched_nodes;
    char *selinux_context;
    uint16_t shared;
    uint32_t site_factor;
    uint16_t sockets_per_board;
    uint16_t sockets_per_node;
    time_t start_time;
    uint16_t start_protocol_ver;
    char *state_desc;
    uint32_t state_reason;
    char *std_err;
    char *std_in;
    char *std_out;
    time_t submit_time;
    time_t suspend_time;
    char *system_comment;
    uint32_t time_limit;
    uint32_t time_min;
    uint16_t threads_per_core;
    char *tres_bind;
    char *tres_freq;
    char *tres_per_job;
    char *tres_per_node;
    char *tres_per_socket;
    char *tres_per_task;
    char *tres_req_str;
    char *tres_alloc_str;
    uint32_t user_id;
    char *user_name;
    uint32_t wait4switch;
    char *wckey;
    char *work_dir;
    ...;
} slurm_job_info_t;

typedef slurm_job_info_t job_info_t;

typedef struct {
    uint32_t nice;
    double priority_age;
    double priority_assoc;
    double priority_fs;
    double priority_js;
    double priority_part;
    double priority_qos;
    uint32_t priority_site;
    double *priority_tres;
    uint32_t tres_cnt;
    char **tres_names;
    double *tres_weights;
    ...;
} priority_factors_t;

typedef struct job_info_msg {
    time_t last_backfill;
    time_t last_update;
    uint32_t record_count;
    slurm_job_info_t *job_array;
    ...;
} job_info_msg_t;

typedef struct {
    uint32_t job_id;
    uint32_t array_job_id;
    uint32_t array_task_id;
    bitstr_t *array_task_id_bitmap;
    uint32_t het_job_id;
    uint32_t state;
    ...;
} job_state_response_job_t;

typedef struct {
    uint32_t jobs_count;
    job_state_response_job_t *jobs;
    ...;
} job_state_response_msg_t;
