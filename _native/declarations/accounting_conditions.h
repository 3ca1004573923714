/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Conditions: what a query to the accounting database asks for. */

typedef struct {
    list_t *acct_list;
    list_t *cluster_list;
    list_t *def_qos_id_list;
    uint32_t flags;
    list_t *format_list;
    list_t *id_list;
    list_t *parent_acct_list;
    list_t *partition_list;
    list_t *qos_list;
    time_t usage_end;
    time_t usage_start;
    list_t *user_list;
    ...;
} slurmdb_assoc_cond_t;

typedef struct {
    list_t *acct_list;
    list_t *associd_list;
    list_t *cluster_list;
    list_t *constraint_list;
    uint32_t cpus_max;
    uint32_t cpus_min;
    uint32_t db_flags;
    int32_t exitcode;
    uint32_t flags;
    list_t *format_list;
    list_t *groupid_list;
    list_t *jobname_list;
    uint32_t nodes_max;
    uint32_t nodes_min;
    list_t *partition_list;
    list_t *qos_list;
    list_t *reason_list;
    list_t *resv_list;
    list_t *resvid_list;
    list_t *state_list;
    list_t *step_list;
    uint32_t timelimit_max;
    uint32_t timelimit_min;
    time_t usage_end;
    time_t usage_start;
    char *used_nodes;
    list_t *userid_list;
    list_t *wckey_list;
    ...;
} slurmdb_job_cond_t;

typedef struct {
    slurmdb_assoc_cond_t *assoc_cond;
    list_t *description_list;
    slurmdb_acct_flags_t flags;
    list_t *organization_list;
    ...;
} slurmdb_account_cond_t;

typedef struct {
    char *archive_dir;
    char *archive_script;
    slurmdb_job_cond_t *job_cond;
    uint32_t purge_event;
    uint32_t purge_job;
    uint32_t purge_resv;
    uint32_t purge_step;
    uint32_t purge_suspend;
    uint32_t purge_txn;
    uint32_t purge_usage;
    ...;
} slurmdb_archive_cond_t;

typedef struct {
    char *archive_file;
    char *insert;
    ...;
} slurmdb_archive_rec_t;

typedef struct {
    uint64_t count;
    list_t *format_list;
    list_t *id_list;
    list_t *name_list;
    list_t *type_list;
    uint16_t with_deleted;
    ...;
} slurmdb_tres_cond_t;

typedef struct {
    list_t *acct_list;
    slurmdb_assoc_rec_t assoc;
    list_t *cluster_list;
    char *default_acct;
    list_t *partition_list;
    list_t *user_list;
    list_t *wckey_list;
    ...;
} slurmdb_add_assoc_cond_t;

typedef struct {
    uint16_t classification;
    list_t *cluster_list;
    list_t *federation_list;
    uint32_t flags;
    list_t *format_list;
    list_t *rpc_version_list;
    time_t usage_end;
    time_t usage_start;
    uint16_t with_deleted;
    uint16_t with_usage;
    ...;
} slurmdb_cluster_cond_t;

typedef struct {
    list_t *cluster_list;
    uint32_t cond_flags;
    uint32_t cpus_max;
    uint32_t cpus_min;
    uint16_t event_type;
    list_t *format_list;
    char *node_list;
    time_t period_end;
    time_t period_start;
    list_t *reason_list;
    list_t *reason_uid_list;
    list_t *state_list;
    ...;
} slurmdb_event_cond_t;

typedef struct {
    list_t *cluster_list;
    list_t *federation_list;
    list_t *format_list;
    uint16_t with_deleted;
    ...;
} slurmdb_federation_cond_t;

typedef struct {
    list_t *cluster_list;
    list_t *extra_list;
    list_t *format_list;
    list_t *instance_id_list;
    list_t *instance_type_list;
    char *node_list;
    time_t time_end;
    time_t time_start;
    ...;
} slurmdb_instance_cond_t;

typedef struct {
    list_t *description_list;
    uint16_t flags;
    list_t *id_list;
    list_t *format_list;
    list_t *name_list;
    uint16_t preempt_mode;
    ...;
} slurmdb_qos_cond_t;

typedef struct {
    list_t *cluster_list;
    uint64_t flags;
    list_t *format_list;
    list_t *id_list;
    list_t *name_list;
    char *nodes;
    time_t time_end;
    time_t time_start;
    uint16_t with_usage;
    ...;
} slurmdb_reservation_cond_t;

typedef struct {
    list_t *allowed_list;
    list_t *cluster_list;
    list_t *description_list;
    uint32_t flags;
    list_t *format_list;
    list_t *id_list;
    list_t *manager_list;
    list_t *name_list;
    list_t *server_list;
    list_t *type_list;
    uint16_t with_deleted;
    uint16_t with_clusters;
    ...;
} slurmdb_res_cond_t;

typedef struct {
    list_t *acct_list;
    list_t *action_list;
    list_t *actor_list;
    list_t *cluster_list;
    list_t *format_list;
    list_t *id_list;
    list_t *info_list;
    list_t *name_list;
    time_t time_end;
    time_t time_start;
    list_t *user_list;
    uint16_t with_assoc_info;
    ...;
} slurmdb_txn_cond_t;

typedef struct {
    uint16_t admin_level;
    slurmdb_assoc_cond_t *assoc_cond;
    list_t *def_acct_list;
    list_t *def_wckey_list;
    uint16_t with_assocs;
    uint16_t with_coords;
    uint16_t with_deleted;
    uint16_t with_wckeys;
    uint16_t without_defaults;
    ...;
} slurmdb_user_cond_t;

typedef struct {
    list_t *cluster_list;
    list_t *format_list;
    list_t *id_list;
    list_t *name_list;
    uint16_t only_defs;
    time_t usage_end;
    time_t usage_start;
    list_t *user_list;
    uint16_t with_usage;
    uint16_t with_deleted;
    ...;
} slurmdb_wckey_cond_t;
