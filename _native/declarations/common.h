/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records that several topics share: step ids, energy, plugin data. */

#define ACCT_GATHER_PROFILE_NOT_SET ...
#define ACCT_GATHER_PROFILE_NONE ...
#define ACCT_GATHER_PROFILE_ENERGY ...
#define ACCT_GATHER_PROFILE_TASK ...
#define ACCT_GATHER_PROFILE_LUSTRE ...
#define ACCT_GATHER_PROFILE_NETWORK ...
#define ACCT_GATHER_PROFILE_ALL ...
#define SLURM_DIST_STATE_BASE ...
#define SLURM_DIST_STATE_FLAGS ...
#define SLURM_DIST_PACK_NODES ...
#define SLURM_DIST_NO_PACK_NODES ...
#define SLURM_DIST_NODEMASK ...
#define SLURM_DIST_SOCKMASK ...
#define SLURM_DIST_COREMASK ...
#define SLURM_DIST_NODESOCKMASK ...
#define OPEN_MODE_APPEND ...
#define OPEN_MODE_TRUNCATE ...
#define CPU_BIND_T_TO_MASK ...
#define CPU_BIND_T_AUTO_TO_MASK ...
#define CPU_BIND_T_MASK ...
#define CPU_BIND_T_TASK_PARAMS_MASK ...
#define CPU_FREQ_RANGE_FLAG ...
#define CPU_FREQ_LOW ...
#define CPU_FREQ_MEDIUM ...
#define CPU_FREQ_HIGH ...
#define CPU_FREQ_HIGHM1 ...
#define CPU_FREQ_CONSERVATIVE ...
#define CPU_FREQ_ONDEMAND ...
#define CPU_FREQ_PERFORMANCE ...
#define CPU_FREQ_POWERSAVE ...
#define CPU_FREQ_USERSPACE ...
#define CPU_FREQ_SCHEDUTIL ...
#define CPU_FREQ_GOV_MASK ...
#define MEM_BIND_TYPE_MASK ...
#define MEM_BIND_TYPE_FLAGS_MASK ...
#define SHOW_ALL ...
#define SHOW_DETAIL ...
#define SHOW_MIXED ...
#define SHOW_LOCAL ...
#define SHOW_SIBLING ...
#define SHOW_FEDERATION ...
#define SHOW_FUTURE ...
#define CR_CPU ...
#define CR_SOCKET ...
#define CR_CORE ...
#define CR_BOARD ...
#define CR_MEMORY ...
#define ENFORCE_BINDING_GRES ...
#define ONE_TASK_PER_SHARING_GRES ...
#define CR_ONE_TASK_PER_CORE ...
#define CR_PACK_NODES ...
#define LL_SHARED_GRES ...
#define CR_CORE_DEFAULT_DIST_BLOCK ...
#define CR_LLN ...
#define MULTIPLE_SHARING_GRES_PJ ...
#define CR_LINEAR ...
#define MEM_PER_CPU ...
#define SHARED_FORCE ...
#define JOB_DEF_CPU_PER_GPU ...
#define JOB_DEF_MEM_PER_GPU ...
#define PREEMPT_MODE_OFF ...
#define PREEMPT_MODE_SUSPEND ...
#define PREEMPT_MODE_REQUEUE ...
#define PREEMPT_MODE_CANCEL ...
#define PREEMPT_MODE_COND_OFF ...
#define PREEMPT_MODE_WITHIN ...
#define PREEMPT_MODE_GANG ...

typedef struct {
    unsigned char type;
    unsigned char hash[32];
    ...;
} slurm_hash_t;

typedef struct slurm_step_id_msg {
    sluid_t sluid;
    uint32_t job_id;
    uint32_t step_het_comp;
    uint32_t step_id;
    ...;
} slurm_step_id_t;

typedef struct {
    bitstr_t *array_bitmap;
    uint32_t array_task_id;
    uint32_t het_job_offset;
    slurm_step_id_t step_id;
    ...;
} slurm_selected_step_t;

typedef struct dynamic_plugin_data {
    void *data;
    uint32_t plugin_id;
    ...;
} dynamic_plugin_data_t;

typedef struct acct_gather_energy {
    uint32_t ave_watts;
    uint64_t base_consumed_energy;
    uint64_t consumed_energy;
    uint32_t current_watts;
    uint64_t last_adjustment;
    uint64_t previous_consumed_energy;
    time_t poll_time;
    time_t slurmd_start_time;
    ...;
} acct_gather_energy_t;

typedef struct {
    time_t expiration;
    char *net_cred;
    slurm_addr_t *node_addrs;
    uint32_t node_cnt;
    char *node_list;
    ...;
} slurm_node_alias_addrs_t;

typedef struct job_defaults {
    uint16_t type;
    uint64_t value;
    ...;
} job_defaults_t;

enum job_acct_types {
    JOB_START,
    JOB_STEP,
    JOB_SUSPEND,
    JOB_TERMINATED,
    ...
};

enum auth_plugin_type {
    AUTH_PLUGIN_NONE,
    AUTH_PLUGIN_MUNGE,
    AUTH_PLUGIN_JWT,
    AUTH_PLUGIN_SLURM,
    ...
};

enum select_plugin_type {
    SELECT_PLUGIN_CONS_RES,
    SELECT_PLUGIN_LINEAR,
    SELECT_PLUGIN_CONS_TRES,
    ...
};

enum select_jobdata_type {
    SELECT_JOBDATA_NETWORK,
    ...
};

enum select_nodedata_type {
    SELECT_NODEDATA_SUBCNT,
    SELECT_NODEDATA_PTR,
    SELECT_NODEDATA_MEM_ALLOC,
    SELECT_NODEDATA_TRES_ALLOC_FMT_STR,
    SELECT_NODEDATA_TRES_ALLOC_WEIGHTED,
    ...
};

typedef enum {
    UPDATE_SET,
    UPDATE_ADD,
    UPDATE_REMOVE,
    ...
} update_mode_t;

typedef enum {
    SSF_NONE,
    SSF_EXCLUSIVE,
    SSF_NO_KILL,
    SSF_OVERCOMMIT,
    SSF_WHOLE,
    SSF_INTERACTIVE,
    SSF_MEM_ZERO,
    SSF_OVERLAP_FORCE,
    SSF_NO_SIG_FAIL,
    SSF_EXT_LAUNCHER,
    SSF_GRES_ALLOW_TASK_SHARING,
    ...
} step_spec_flags_t;

enum acct_gather_profile_info {
    ACCT_GATHER_PROFILE_DIR,
    ACCT_GATHER_PROFILE_DEFAULT,
    ACCT_GATHER_PROFILE_RUNNING,
    ...
};

enum acct_energy_type {
    ENERGY_DATA_JOULES_TASK,
    ENERGY_DATA_STRUCT,
    ENERGY_DATA_RECONFIG,
    ENERGY_DATA_PROFILE,
    ENERGY_DATA_LAST_POLL,
    ENERGY_DATA_SENSOR_CNT,
    ENERGY_DATA_NODE_ENERGY,
    ENERGY_DATA_NODE_ENERGY_UP,
    ENERGY_DATA_STEP_PTR,
    ...
};

typedef enum cpu_bind_type {
    CPU_BIND_VERBOSE,
    CPU_BIND_TO_THREADS,
    CPU_BIND_TO_CORES,
    CPU_BIND_TO_SOCKETS,
    CPU_BIND_TO_LDOMS,
    CPU_BIND_NONE,
    CPU_BIND_MAP,
    CPU_BIND_MASK,
    CPU_BIND_LDRANK,
    CPU_BIND_LDMAP,
    CPU_BIND_LDMASK,
    CPU_BIND_ONE_THREAD_PER_CORE,
    CPU_AUTO_BIND_TO_THREADS,
    CPU_AUTO_BIND_TO_CORES,
    CPU_AUTO_BIND_TO_SOCKETS,
    SLURMD_OFF_SPEC,
    CPU_BIND_OFF,
    OOM_KILL_STEP,
    ...
} cpu_bind_type_t;

typedef enum mem_bind_type {
    MEM_BIND_VERBOSE,
    MEM_BIND_NONE,
    MEM_BIND_RANK,
    MEM_BIND_MAP,
    MEM_BIND_MASK,
    MEM_BIND_LOCAL,
    MEM_BIND_SORT,
    MEM_BIND_PREFER,
    ...
} mem_bind_type_t;

typedef enum accel_bind_type {
    ACCEL_BIND_VERBOSE,
    ACCEL_BIND_CLOSEST_GPU,
    ACCEL_BIND_CLOSEST_NIC,
    ...
} accel_bind_type_t;

typedef enum task_dist_states {
    SLURM_DIST_CYCLIC,
    SLURM_DIST_BLOCK,
    SLURM_DIST_ARBITRARY,
    SLURM_DIST_PLANE,
    SLURM_DIST_CYCLIC_CYCLIC,
    SLURM_DIST_CYCLIC_BLOCK,
    SLURM_DIST_CYCLIC_CFULL,
    SLURM_DIST_BLOCK_CYCLIC,
    SLURM_DIST_BLOCK_BLOCK,
    SLURM_DIST_BLOCK_CFULL,
    SLURM_DIST_CYCLIC_CYCLIC_CYCLIC,
    SLURM_DIST_CYCLIC_CYCLIC_BLOCK,
    SLURM_DIST_CYCLIC_CYCLIC_CFULL,
    SLURM_DIST_CYCLIC_BLOCK_CYCLIC,
    SLURM_DIST_CYCLIC_BLOCK_BLOCK,
    SLURM_DIST_CYCLIC_BLOCK_CFULL,
    SLURM_DIST_CYCLIC_CFULL_CYCLIC,
    SLURM_DIST_CYCLIC_CFULL_BLOCK,
    SLURM_DIST_CYCLIC_CFULL_CFULL,
    SLURM_DIST_BLOCK_CYCLIC_CYCLIC,
    SLURM_DIST_BLOCK_CYCLIC_BLOCK,
    SLURM_DIST_BLOCK_CYCLIC_CFULL,
    SLURM_DIST_BLOCK_BLOCK_CYCLIC,
    SLURM_DIST_BLOCK_BLOCK_BLOCK,
    SLURM_DIST_BLOCK_BLOCK_CFULL,
    SLURM_DIST_BLOCK_CFULL_CYCLIC,
    SLURM_DIST_BLOCK_CFULL_BLOCK,
    SLURM_DIST_BLOCK_CFULL_CFULL,
    SLURM_DIST_NODECYCLIC,
    SLURM_DIST_NODEBLOCK,
    SLURM_DIST_SOCKCYCLIC,
    SLURM_DIST_SOCKBLOCK,
    SLURM_DIST_SOCKCFULL,
    SLURM_DIST_CORECYCLIC,
    SLURM_DIST_COREBLOCK,
    SLURM_DIST_CORECFULL,
    SLURM_DIST_UNKNOWN,
    ...
} task_dist_states_t;
