/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What libslurm can do, as its public headers declare it: the controller's side. */

/* ---- Start and version ---- */

void slurm_init(const char *conf);
void slurm_fini(void);
long slurm_api_version(void);
char *slurm_strerror(int errnum);

/* ---- Host lists and lists ---- */

hostlist_t *slurm_hostlist_create(const char *hostlist);
int slurm_hostlist_count(hostlist_t *hl);
void slurm_hostlist_destroy(hostlist_t *hl);
int slurm_hostlist_push(hostlist_t *hl, const char *hosts);
int slurm_hostlist_push_host(hostlist_t *hl, const char *host);
char *slurm_hostlist_ranged_string_xmalloc(hostlist_t *hl);
char *slurm_hostlist_shift(hostlist_t *hl);
void slurm_hostlist_uniq(hostlist_t *hl);
void slurm_list_append(list_t *l, void *x);
int slurm_list_count(list_t *l);
list_t *slurm_list_create(ListDelF f);
void slurm_list_destroy(list_t *l);
int slurm_list_is_empty(list_t *l);
list_itr_t *slurm_list_iterator_create(list_t *l);
void slurm_list_iterator_destroy(list_itr_t *i);
void *slurm_list_next(list_itr_t *i);
void *slurm_list_pop(list_t *l);

/* ---- Jobs ---- */

int slurm_load_job(job_info_msg_t **resp, uint32_t job_id, uint16_t show_flags);
int slurm_load_jobs(
    time_t update_time, job_info_msg_t **job_info_msg_pptr, uint16_t show_flags);
int slurm_load_job_state(
    int job_id_count, slurm_selected_step_t *job_ids, job_state_response_msg_t **jsr_pptr);
void slurm_free_job_info_msg(job_info_msg_t *job_buffer_ptr);
void slurm_free_job_state_response_msg(job_state_response_msg_t *msg);
void slurm_get_job_stderr(char *buf, int buf_size, job_info_t *job_ptr);
void slurm_get_job_stdin(char *buf, int buf_size, job_info_t *job_ptr);
void slurm_get_job_stdout(char *buf, int buf_size, job_info_t *job_ptr);
int slurm_get_job_steps(
    time_t update_time, uint32_t job_id, uint32_t step_id,
    job_step_info_response_msg_t **step_response_pptr, uint16_t show_flags);
void slurm_free_job_step_info_response_msg(job_step_info_response_msg_t *msg);

/* ---- Submission and changes ---- */

void slurm_init_job_desc_msg(job_desc_msg_t *job_desc_msg);
int slurm_submit_batch_job(
    job_desc_msg_t *job_desc_msg, submit_response_msg_t **slurm_alloc_msg);
int slurm_submit_batch_het_job(list_t *job_req_list, submit_response_msg_t **slurm_alloc_msg);
void slurm_free_submit_response_response_msg(submit_response_msg_t *msg);
int slurm_update_job2(job_desc_msg_t *job_msg, job_array_resp_msg_t **resp);
void slurm_free_job_array_resp(job_array_resp_msg_t *resp);
int slurm_kill_jobs(kill_jobs_msg_t *kill_msg, kill_jobs_resp_msg_t **kill_msg_resp);
int slurm_kill_job(uint32_t job_id, uint16_t signal, uint16_t flags);

/* ---- Allocations ---- */

int slurm_allocate_resources(
    job_desc_msg_t *job_desc_msg, resource_allocation_response_msg_t **job_alloc_resp_msg);
int slurm_allocation_lookup(uint32_t job_id, resource_allocation_response_msg_t **resp);
int slurm_het_job_lookup(uint32_t jobid, list_t **resp);
void slurm_free_resource_allocation_response_msg(resource_allocation_response_msg_t *msg);

/* ---- Nodes ---- */

int slurm_load_node(time_t update_time, node_info_msg_t **resp, uint16_t show_flags);
int slurm_load_node_single(node_info_msg_t **resp, char *node_name, uint16_t show_flags);
void slurm_populate_node_partitions(
    node_info_msg_t *node_buffer_ptr, partition_info_msg_t *part_buffer_ptr);
void slurm_free_node_info_msg(node_info_msg_t *node_buffer_ptr);
void slurm_init_update_node_msg(update_node_msg_t *update_node_msg);
int slurm_create_node(update_node_msg_t *node_msg);
int slurm_update_node(update_node_msg_t *node_msg);
int slurm_delete_node(update_node_msg_t *node_msg);
int slurm_get_select_nodeinfo(
    dynamic_plugin_data_t *nodeinfo, enum select_nodedata_type data_type,
    enum node_states state, void *data);

/* ---- Partitions, reservations, licenses ---- */

int slurm_load_partitions(
    time_t update_time, partition_info_msg_t **part_buffer_ptr, uint16_t show_flags);
void slurm_free_partition_info_msg(partition_info_msg_t *part_info_ptr);
int slurm_load_reservations(time_t update_time, reserve_info_msg_t **resp);
void slurm_free_reservation_info_msg(reserve_info_msg_t *resv_info_ptr);
void slurm_init_resv_desc_msg(resv_desc_msg_t *update_resv_msg);
char *slurm_create_reservation(resv_desc_msg_t *resv_msg);
int slurm_update_reservation(resv_desc_msg_t *resv_msg);
int slurm_delete_reservation(reservation_name_msg_t *resv_msg);
int slurm_load_licenses(time_t, license_info_msg_t **, uint16_t);
void slurm_free_license_info_msg(license_info_msg_t *);

/* ---- The controller itself ---- */

int slurm_get_statistics(stats_info_response_msg_t **buf, stats_info_request_msg_t *req);
controller_ping_t *ping_all_controllers();
int slurm_reconfigure(void);
