/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nodes, and the request that changes them. */

#define NODE_STATE_BASE ...
#define NODE_STATE_FLAGS ...
#define NODE_STATE_RES ...
#define NODE_STATE_UNDRAIN ...
#define NODE_STATE_CLOUD ...
#define NODE_RESUME ...
#define NODE_STATE_DRAIN ...
#define NODE_STATE_COMPLETING ...
#define NODE_STATE_NO_RESPOND ...
#define NODE_STATE_POWERED_DOWN ...
#define NODE_STATE_FAIL ...
#define NODE_STATE_POWERING_UP ...
#define NODE_STATE_MAINT ...
#define NODE_STATE_REBOOT_REQUESTED ...
#define NODE_STATE_REBOOT_CANCEL ...
#define NODE_STATE_POWERING_DOWN ...
#define NODE_STATE_DYNAMIC_FUTURE ...
#define NODE_STATE_REBOOT_ISSUED ...
#define NODE_STATE_PLANNED ...
#define NODE_STATE_INVALID_REG ...
#define NODE_STATE_POWER_DOWN ...
#define NODE_STATE_POWER_UP ...
#define NODE_STATE_POWER_DRAIN ...
#define NODE_STATE_DYNAMIC_NORM ...
#define NODE_STATE_BLOCKED ...

enum node_states {
    NODE_STATE_UNKNOWN,
    NODE_STATE_DOWN,
    NODE_STATE_IDLE,
    NODE_STATE_ALLOCATED,
    NODE_STATE_ERROR,
    NODE_STATE_MIXED,
    NODE_STATE_FUTURE,
    NODE_STATE_END,
    ...
};

typedef struct node_info {
    char *arch;
    char *bcast_address;
    uint16_t boards;
    time_t boot_time;
    char *cluster_name;
    uint16_t cores;
    uint16_t core_spec_cnt;
    uint32_t cpu_bind;
    uint32_t cpu_load;
    uint64_t free_mem;
    uint16_t cpus;
    uint16_t cpus_efctv;
    char *cpu_spec_list;
    acct_gather_energy_t *energy;
    char *extra;
    char *features;
    char *features_act;
    char *gres;
    char *gres_drain;
    char *gres_used;
    char *instance_id;
    char *instance_type;
    time_t last_busy;
    char *mcs_label;
    uint64_t mem_spec_limit;
    char *name;
    uint32_t next_state;
    char *node_addr;
    char *node_hostname;
    uint32_t node_state;
    char *os;
    uint32_t owner;
    char *partitions;
    uint16_t port;
    uint64_t real_memory;
    uint16_t res_cores_per_gpu;
    char *gpu_spec;
    char *comment;
    char *reason;
    time_t reason_time;
    uint32_t reason_uid;
    time_t resume_after;
    char *resv_name;
    dynamic_plugin_data_t *select_nodeinfo;
    time_t slurmd_start_time;
    uint16_t sockets;
    uint16_t threads;
    uint32_t tmp_disk;
    uint32_t weight;
    char *tres_fmt_str;
    char *version;
    ...;
} node_info_t;

typedef struct node_info_msg {
    time_t last_update;
    uint32_t record_count;
    node_info_t *node_array;
    ...;
} node_info_msg_t;

typedef struct slurm_update_node_msg {
    char *comment;
    uint32_t cpu_bind;
    char *cert_token;
    char *extra;
    char *features;
    char *features_act;
    char *gres;
    char *instance_id;
    char *instance_type;
    char *node_addr;
    char *node_hostname;
    char *node_names;
    uint32_t node_state;
    char *reason;
    uint32_t reason_uid;
    uint32_t resume_after;
    uint32_t weight;
    ...;
} update_node_msg_t;
