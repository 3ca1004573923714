/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records of the accounting database: TRES, QOS, associations, accounts, users, clusters and the rest. */

typedef struct {
    uint64_t alloc_secs;
    uint32_t rec_count;
    uint64_t count;
    uint32_t id;
    char *name;
    char *type;
    ...;
} slurmdb_tres_rec_t;

typedef struct {
    list_t *assoc_list;
    list_t *coordinators;
    char *description;
    slurmdb_acct_flags_t flags;
    char *name;
    char *organization;
    ...;
} slurmdb_account_rec_t;

typedef struct {
    uint64_t alloc_secs;
    uint32_t id;
    uint32_t id_alt;
    time_t period_start;
    slurmdb_tres_rec_t tres_rec;
    ...;
} slurmdb_accounting_rec_t;

typedef struct slurmdb_assoc_rec {
    list_t *accounting_list;
    char *acct;
    struct slurmdb_assoc_rec *assoc_next;
    struct slurmdb_assoc_rec *assoc_next_id;
    slurmdb_bf_usage_t *bf_usage;
    char *cluster;
    char *comment;
    uint32_t def_qos_id;
    slurmdb_assoc_flags_t flags;
    uint32_t grp_jobs;
    uint32_t grp_jobs_accrue;
    uint32_t grp_submit_jobs;
    char *grp_tres;
    uint64_t *grp_tres_ctld;
    char *grp_tres_mins;
    uint64_t *grp_tres_mins_ctld;
    char *grp_tres_run_mins;
    uint64_t *grp_tres_run_mins_ctld;
    uint32_t grp_wall;
    uint32_t id;
    uint16_t is_def;
    slurmdb_assoc_usage_t *leaf_usage;
    uint32_t lft;
    char *lineage;
    uint32_t max_jobs;
    uint32_t max_jobs_accrue;
    uint32_t max_submit_jobs;
    char *max_tres_mins_pj;
    uint64_t *max_tres_mins_ctld;
    char *max_tres_run_mins;
    uint64_t *max_tres_run_mins_ctld;
    char *max_tres_pj;
    uint64_t *max_tres_ctld;
    char *max_tres_pn;
    uint64_t *max_tres_pn_ctld;
    uint32_t max_wall_pj;
    uint32_t min_prio_thresh;
    char *parent_acct;
    uint32_t parent_id;
    char *partition;
    uint32_t priority;
    list_t *qos_list;
    uint32_t rgt;
    uint32_t shares_raw;
    uint32_t uid;
    slurmdb_assoc_usage_t *usage;
    char *user;
    slurmdb_user_rec_t *user_rec;
    ...;
} slurmdb_assoc_rec_t;

struct slurmdb_assoc_usage {
    uint32_t accrue_cnt;
    list_t *children_list;
    bitstr_t *grp_node_bitmap;
    uint16_t *grp_node_job_cnt;
    uint64_t *grp_used_tres;
    uint64_t *grp_used_tres_run_secs;
    double grp_used_wall;
    double fs_factor;
    uint32_t level_shares;
    slurmdb_assoc_rec_t *parent_assoc_ptr;
    double priority_norm;
    slurmdb_assoc_rec_t *fs_assoc_ptr;
    double shares_norm;
    uint32_t tres_cnt;
    long double usage_efctv;
    long double usage_norm;
    long double usage_raw;
    long double *usage_tres_raw;
    uint32_t used_jobs;
    uint32_t used_submit_jobs;
    long double level_fs;
    bitstr_t *valid_qos;
    ...;
};

struct slurmdb_bf_usage {
    uint64_t count;
    time_t last_sched;
    ...;
};

typedef struct {
    list_t *feature_list;
    uint32_t id;
    char *name;
    void *recv;
    void *send;
    uint32_t state;
    _Bool sync_recvd;
    _Bool sync_sent;
    ...;
} slurmdb_cluster_fed_t;

struct slurmdb_cluster_rec {
    list_t *accounting_list;
    uint16_t classification;
    time_t comm_fail_time;
    slurm_addr_t control_addr;
    char *control_host;
    uint32_t control_port;
    uint16_t dimensions;
    int *dim_size;
    uint16_t id;
    slurmdb_cluster_fed_t fed;
    uint32_t flags;
    char *name;
    char *nodes;
    slurmdb_assoc_rec_t *root_assoc;
    uint16_t rpc_version;
    list_t *send_rpc;
    char *tres_str;
    ...;
};

typedef struct {
    uint64_t alloc_secs;
    uint64_t down_secs;
    uint64_t idle_secs;
    uint64_t over_secs;
    uint64_t pdown_secs;
    time_t period_start;
    uint64_t plan_secs;
    slurmdb_tres_rec_t tres_rec;
    ...;
} slurmdb_cluster_accounting_rec_t;

typedef struct {
    char *cluster;
    uint32_t allowed;
    ...;
} slurmdb_clus_res_rec_t;

typedef struct {
    char *name;
    uint16_t direct;
    ...;
} slurmdb_coord_rec_t;

typedef struct {
    char *cluster;
    char *cluster_nodes;
    uint16_t event_type;
    char *node_name;
    time_t period_end;
    time_t period_start;
    char *reason;
    uint32_t reason_uid;
    uint32_t state;
    char *tres_str;
    ...;
} slurmdb_event_rec_t;

typedef struct {
    char *name;
    uint32_t flags;
    list_t *cluster_list;
    ...;
} slurmdb_federation_rec_t;

typedef struct {
    char *cluster;
    char *extra;
    char *instance_id;
    char *instance_type;
    char *node_name;
    time_t time_end;
    time_t time_start;
    ...;
} slurmdb_instance_rec_t;

typedef struct {
    uint32_t accrue_cnt;
    list_t *acct_limit_list;
    list_t *job_list;
    bitstr_t *grp_node_bitmap;
    uint16_t *grp_node_job_cnt;
    uint32_t grp_used_jobs;
    uint32_t grp_used_submit_jobs;
    uint64_t *grp_used_tres;
    uint64_t *grp_used_tres_run_secs;
    double grp_used_wall;
    double norm_priority;
    uint32_t tres_cnt;
    long double usage_raw;
    long double *usage_tres_raw;
    list_t *user_limit_list;
    ...;
} slurmdb_qos_usage_t;

typedef struct {
    time_t blocked_until;
    char *description;
    uint32_t id;
    uint32_t flags;
    uint32_t grace_time;
    uint32_t grp_jobs_accrue;
    uint32_t grp_jobs;
    uint32_t grp_submit_jobs;
    char *grp_tres;
    uint64_t *grp_tres_ctld;
    char *grp_tres_mins;
    uint64_t *grp_tres_mins_ctld;
    char *grp_tres_run_mins;
    uint64_t *grp_tres_run_mins_ctld;
    uint32_t grp_wall;
    double limit_factor;
    uint32_t max_jobs_pa;
    uint32_t max_jobs_pu;
    uint32_t max_jobs_accrue_pa;
    uint32_t max_jobs_accrue_pu;
    uint32_t max_submit_jobs_pa;
    uint32_t max_submit_jobs_pu;
    char *max_tres_mins_pj;
    uint64_t *max_tres_mins_pj_ctld;
    char *max_tres_pa;
    uint64_t *max_tres_pa_ctld;
    char *max_tres_pj;
    uint64_t *max_tres_pj_ctld;
    char *max_tres_pn;
    uint64_t *max_tres_pn_ctld;
    char *max_tres_pu;
    uint64_t *max_tres_pu_ctld;
    char *max_tres_run_mins_pa;
    uint64_t *max_tres_run_mins_pa_ctld;
    char *max_tres_run_mins_pu;
    uint64_t *max_tres_run_mins_pu_ctld;
    uint32_t max_wall_pj;
    uint32_t min_prio_thresh;
    char *min_tres_pj;
    uint64_t *min_tres_pj_ctld;
    char *name;
    bitstr_t *preempt_bitstr;
    list_t *preempt_list;
    uint16_t preempt_mode;
    uint32_t preempt_exempt_time;
    uint32_t priority;
    uint64_t *relative_tres_cnt;
    slurmdb_qos_usage_t *usage;
    double usage_factor;
    double usage_thres;
    ...;
} slurmdb_qos_rec_t;

typedef struct {
    char *assocs;
    char *cluster;
    char *comment;
    uint64_t flags;
    uint32_t id;
    char *name;
    char *nodes;
    char *node_inx;
    time_t time_end;
    time_t time_start;
    time_t time_start_prev;
    char *tres_str;
    double unused_wall;
    list_t *tres_list;
    ...;
} slurmdb_reservation_rec_t;

typedef struct {
    uint32_t allocated;
    uint32_t last_consumed;
    list_t *clus_res_list;
    slurmdb_clus_res_rec_t *clus_res_rec;
    uint32_t count;
    char *description;
    uint32_t flags;
    uint32_t id;
    time_t last_update;
    char *manager;
    char *name;
    char *server;
    uint32_t type;
    ...;
} slurmdb_res_rec_t;

typedef struct {
    char *accts;
    uint16_t action;
    char *actor_name;
    char *clusters;
    uint32_t id;
    char *set_info;
    time_t timestamp;
    char *users;
    char *where_query;
    ...;
} slurmdb_txn_rec_t;

typedef struct {
    uint32_t accrue_cnt;
    char *acct;
    uint32_t jobs;
    uint32_t submit_jobs;
    uint64_t *tres;
    uint64_t *tres_run_secs;
    bitstr_t *node_bitmap;
    uint16_t *node_job_cnt;
    uint32_t uid;
    ...;
} slurmdb_used_limits_t;

struct slurmdb_user_rec {
    uint16_t admin_level;
    list_t *assoc_list;
    slurmdb_bf_usage_t *bf_usage;
    list_t *coord_accts;
    char *default_acct;
    char *default_wckey;
    uint32_t flags;
    char *name;
    char *old_name;
    uint32_t uid;
    list_t *wckey_list;
    ...;
};

typedef struct {
    list_t *objects;
    uint16_t type;
    ...;
} slurmdb_update_object_t;

typedef struct {
    list_t *accounting_list;
    char *cluster;
    uint32_t flags;
    uint32_t id;
    uint16_t is_def;
    char *name;
    uint32_t uid;
    char *user;
    ...;
} slurmdb_wckey_rec_t;

typedef struct {
    char *cluster_name;
    uint16_t count[DBD_ROLLUP_COUNT];
    time_t timestamp[DBD_ROLLUP_COUNT];
    uint64_t time_last[DBD_ROLLUP_COUNT];
    uint64_t time_max[DBD_ROLLUP_COUNT];
    uint64_t time_total[DBD_ROLLUP_COUNT];
    ...;
} slurmdb_rollup_stats_t;

typedef struct {
    uint32_t cnt;
    uint32_t id;
    uint64_t time;
    uint64_t time_ave;
    ...;
} slurmdb_rpc_obj_t;

typedef struct {
    slurmdb_rollup_stats_t *dbd_rollup_stats;
    list_t *rollup_stats;
    list_t *rpc_list;
    time_t time_start;
    list_t *user_list;
    ...;
} slurmdb_stats_rec_t;
