/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What libslurm can do, as its public headers declare it: the accounting side.
 * A list that slurmdb_*_get returns is freed with slurm_list_destroy. */

/* ---- Queries and changes ---- */

int slurmdb_accounts_add(void *db_conn, list_t *acct_list);
char *slurmdb_accounts_add_cond(
    void *db_conn, slurmdb_add_assoc_cond_t *add_assoc, slurmdb_account_rec_t *acct);
list_t *slurmdb_accounts_get(void *db_conn, slurmdb_account_cond_t *acct_cond);
list_t *slurmdb_accounts_modify(
    void *db_conn, slurmdb_account_cond_t *acct_cond, slurmdb_account_rec_t *acct);
list_t *slurmdb_accounts_remove(void *db_conn, slurmdb_account_cond_t *acct_cond);
int slurmdb_associations_add(void *db_conn, list_t *assoc_list);
list_t *slurmdb_associations_get(void *db_conn, slurmdb_assoc_cond_t *assoc_cond);
list_t *slurmdb_associations_modify(
    void *db_conn, slurmdb_assoc_cond_t *assoc_cond, slurmdb_assoc_rec_t *assoc);
list_t *slurmdb_associations_remove(void *db_conn, slurmdb_assoc_cond_t *assoc_cond);
int slurmdb_clusters_add(void *db_conn, list_t *cluster_list);
list_t *slurmdb_clusters_get(void *db_conn, slurmdb_cluster_cond_t *cluster_cond);
list_t *slurmdb_clusters_modify(
    void *db_conn, slurmdb_cluster_cond_t *cluster_cond, slurmdb_cluster_rec_t *cluster);
list_t *slurmdb_clusters_remove(void *db_conn, slurmdb_cluster_cond_t *cluster_cond);
void *slurmdb_connection_get(uint16_t *persist_conn_flags);
int slurmdb_connection_close(void **db_conn);
int slurmdb_connection_commit(void *db_conn, bool commit);
int slurmdb_coord_add(void *db_conn, list_t *acct_list, slurmdb_user_cond_t *user_cond);
list_t *slurmdb_coord_remove(void *db_conn, list_t *acct_list, slurmdb_user_cond_t *user_cond);
list_t *slurmdb_job_modify(void *db_conn, slurmdb_job_cond_t *job_cond, slurmdb_job_rec_t *job);
list_t *slurmdb_jobs_get(void *db_conn, slurmdb_job_cond_t *job_cond);
int slurmdb_reconfig(void *db_conn);
int slurmdb_clear_stats(void *db_conn);
int slurmdb_get_stats(void *db_conn, slurmdb_stats_rec_t **stats_pptr);
list_t *slurmdb_config_get(void *db_conn);
list_t *slurmdb_events_get(void *db_conn, slurmdb_event_cond_t *event_cond);
list_t *slurmdb_instances_get(void *db_conn, slurmdb_instance_cond_t *instance_cond);
list_t *slurmdb_problems_get(void *db_conn, slurmdb_assoc_cond_t *assoc_cond);
list_t *slurmdb_reservations_get(void *db_conn, slurmdb_reservation_cond_t *resv_cond);
list_t *slurmdb_txn_get(void *db_conn, slurmdb_txn_cond_t *txn_cond);
int slurmdb_ping(char *rem_host);
slurmdbd_ping_t *slurmdb_ping_all(void);
int slurmdb_res_add(void *db_conn, list_t *res_list);
list_t *slurmdb_res_get(void *db_conn, slurmdb_res_cond_t *res_cond);
list_t *slurmdb_res_modify(void *db_conn, slurmdb_res_cond_t *res_cond, slurmdb_res_rec_t *res);
list_t *slurmdb_res_remove(void *db_conn, slurmdb_res_cond_t *res_cond);
int slurmdb_qos_add(void *db_conn, list_t *qos_list);
list_t *slurmdb_qos_get(void *db_conn, slurmdb_qos_cond_t *qos_cond);
list_t *slurmdb_qos_modify(void *db_conn, slurmdb_qos_cond_t *qos_cond, slurmdb_qos_rec_t *qos);
list_t *slurmdb_qos_remove(void *db_conn, slurmdb_qos_cond_t *qos_cond);
int slurmdb_tres_add(void *db_conn, list_t *tres_list);
list_t *slurmdb_tres_get(void *db_conn, slurmdb_tres_cond_t *tres_cond);
int slurmdb_usage_get(void *db_conn, void *in, int type, time_t start, time_t end);
int slurmdb_users_add(void *db_conn, list_t *user_list);
char *slurmdb_users_add_cond(
    void *db_conn, slurmdb_add_assoc_cond_t *add_assoc, slurmdb_user_rec_t *user);
list_t *slurmdb_users_get(void *db_conn, slurmdb_user_cond_t *user_cond);
list_t *slurmdb_users_modify(
    void *db_conn, slurmdb_user_cond_t *user_cond, slurmdb_user_rec_t *user);
list_t *slurmdb_users_remove(void *db_conn, slurmdb_user_cond_t *user_cond);
int slurmdb_wckeys_add(void *db_conn, list_t *wckey_list);
list_t *slurmdb_wckeys_get(void *db_conn, slurmdb_wckey_cond_t *wckey_cond);
list_t *slurmdb_wckeys_modify(
    void *db_conn, slurmdb_wckey_cond_t *wckey_cond, slurmdb_wckey_rec_t *wckey);
list_t *slurmdb_wckeys_remove(void *db_conn, slurmdb_wckey_cond_t *wckey_cond);

/* ---- Making and freeing records and conditions ---- */

void slurmdb_destroy_assoc_usage(void *object);
void slurmdb_destroy_bf_usage(void *object);
void slurmdb_destroy_bf_usage_members(void *object);
void slurmdb_destroy_qos_usage(void *object);
void slurmdb_free_user_rec_members(slurmdb_user_rec_t *slurmdb_user);
void slurmdb_destroy_user_rec(void *object);
void slurmdb_destroy_account_rec(void *object);
void slurmdb_destroy_coord_rec(void *object);
void slurmdb_destroy_clus_res_rec(void *object);
void slurmdb_destroy_cluster_accounting_rec(void *object);
void slurmdb_destroy_cluster_rec(void *object);
void slurmdb_destroy_accounting_rec(void *object);
void slurmdb_free_assoc_rec_members(slurmdb_assoc_rec_t *assoc);
void slurmdb_destroy_assoc_rec(void *object);
void slurmdb_destroy_event_rec(void *object);
void slurmdb_destroy_instance_rec(void *object);
void slurmdb_destroy_job_rec(void *object);
void slurmdb_free_qos_rec_members(slurmdb_qos_rec_t *qos);
void slurmdb_destroy_qos_rec(void *object);
void slurmdb_destroy_reservation_rec(void *object);
void slurmdb_destroy_step_rec(void *object);
void slurmdb_destroy_res_rec(void *object);
void slurmdb_destroy_txn_rec(void *object);
void slurmdb_destroy_wckey_rec(void *object);
void slurmdb_destroy_tres_rec_noalloc(void *object);
void slurmdb_destroy_tres_rec(void *object);
void slurmdb_destroy_user_cond(void *object);
void slurmdb_destroy_account_cond(void *object);
void slurmdb_destroy_cluster_cond(void *object);
void slurmdb_destroy_tres_cond(void *object);
void slurmdb_destroy_assoc_cond(void *object);
void slurmdb_destroy_event_cond(void *object);
void slurmdb_destroy_instance_cond(void *object);
void slurmdb_destroy_job_cond(void *object);
void slurmdb_destroy_job_cond_members(slurmdb_job_cond_t *job_cond);
void slurmdb_destroy_qos_cond(void *object);
void slurmdb_destroy_reservation_cond(void *object);
void slurmdb_destroy_res_cond(void *object);
void slurmdb_destroy_txn_cond(void *object);
void slurmdb_destroy_wckey_cond(void *object);
void slurmdb_free_add_assoc_cond_members(slurmdb_add_assoc_cond_t *add_assoc);
void slurmdb_destroy_add_assoc_cond(void *object);
void slurmdb_destroy_used_limits(void *object);
void slurmdb_destroy_rpc_obj(void *object);
void slurmdb_destroy_rollup_stats(void *object);
void slurmdb_free_stats_rec_members(void *object);
void slurmdb_destroy_stats_rec(void *object);
void slurmdb_free_slurmdb_stats_members(slurmdb_stats_t *stats);
void slurmdb_destroy_slurmdb_stats(slurmdb_stats_t *stats);
void slurmdb_init_assoc_rec(slurmdb_assoc_rec_t *assoc, bool free_it);
void slurmdb_init_clus_res_rec(slurmdb_clus_res_rec_t *clus_res, bool free_it);
void slurmdb_init_cluster_rec(slurmdb_cluster_rec_t *cluster, bool free_it);
void slurmdb_init_instance_rec(slurmdb_instance_rec_t *instance);
void slurmdb_init_qos_rec(slurmdb_qos_rec_t *qos, bool free_it, uint32_t init_val);
void slurmdb_init_res_rec(slurmdb_res_rec_t *res, bool free_it);
void slurmdb_init_wckey_rec(slurmdb_wckey_rec_t *wckey, bool free_it);
void slurmdb_init_add_assoc_cond(slurmdb_add_assoc_cond_t *add_assoc, bool free_it);
void slurmdb_init_tres_cond(slurmdb_tres_cond_t *tres, bool free_it);
void slurmdb_init_cluster_cond(slurmdb_cluster_cond_t *cluster, bool free_it);
void slurmdb_init_res_cond(slurmdb_res_cond_t *cluster, bool free_it);
