/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What libslurmfull can do that no public header declares, as Slurm 24.11 has
 * it. Like private.h this is a C header and, without its preprocessor lines,
 * cffi declarations.
 */
#ifndef SLURMRESTD_DECLARATIONS_PRIVATE_FUNCTIONS_H
#define SLURMRESTD_DECLARATIONS_PRIVATE_FUNCTIONS_H
#include <stddef.h>
#include "private.h"
#endif

/* ---- configuration ---- */

extern slurm_conf_t slurm_conf;
extern char *default_slurm_config_file;
bool slurm_with_slurmdbd(void);
int slurm_conf_reinit(const char *conf_file);
int select_g_init(bool only_default);

/* ---- who calls: per thread ---- */

int auth_g_thread_config(const char *token, const char *username);
void auth_g_thread_clear(void);

/* ---- the log ---- */

int slurm_log_init(char *program, log_options_t options, int facility, char *logfile);
int slurm_log_alter(log_options_t options, int facility, char *logfile);
int slurm_log_alter_with_fp(log_options_t options, int facility, FILE *file);
void slurm_log_fini(void);
int slurm_error(const char *format, ...);
void log_set_timefmt(unsigned format);

/* ---- Slurm's own heap ---- */

void *slurm_xcalloc(size_t count, size_t size, bool clear, bool may_fail, const char *file,
                    int line, const char *function);
void slurm_xfree(void **pointer);
void slurm_xfree_ptr(void *pointer);
char *slurm_xstrdup(const char *text);

/* ---- lists, host lists, bit strings ---- */

int slurm_list_for_each(list_t *list, ListForF function, void *argument);
char *slurm_hostlist_nth(hostlist_t *hostlist, int n);
bitstr_t *bit_alloc(bitoff_t bits);
char *bit_fmt_full(bitstr_t *bits);
int bit_unfmt(bitstr_t *bits, const char *text);

/* ---- requests and answers ---- */

int slurm_associations_get_shares(shares_request_msg_t *request, shares_response_msg_t **answer);
void slurm_free_shares_request_msg(shares_request_msg_t *request);
void slurm_free_shares_response_msg(shares_response_msg_t *answer);
void slurm_free_stats_response_msg(stats_info_response_msg_t *answer);
void slurm_free_kill_jobs_msg(kill_jobs_msg_t *request);
void slurm_free_kill_jobs_response_msg(kill_jobs_resp_msg_t *answer);
void slurm_free_job_desc_msg(job_desc_msg_t *request);
void slurm_free_update_node_msg(update_node_msg_t *request);

/* ---- messages by hand, and ports for the controller to call ---- */

void slurm_set_addr(slurm_addr_t *address, uint16_t port, char *host);
void slurm_msg_t_init(slurm_msg_t *message);
int slurm_send_recv_controller_msg(slurm_msg_t *request, slurm_msg_t *answer,
                                   slurmdb_cluster_rec_t *cluster);
int slurm_buffers_pack_msg(slurm_msg_t *message, private_msg_bufs_t *parts, bool forward);
int slurm_unpack_received_msg(slurm_msg_t *message, int descriptor, private_buf_t *bytes);
private_buf_t *slurm_create_buf(char *data, uint32_t size);
void slurm_free_buf(private_buf_t *bytes);
void auth_g_destroy(void *credential);
int slurm_free_msg_data(int type, void *data);
int slurm_send_rc_msg(slurm_msg_t *request, int return_code);
bool cluster_in_federation(void *federation, char *cluster_name);
void slurm_destroy_federation_rec(void *federation);
void slurm_free_return_code_msg(return_code_msg_t *answer);
uint16_t *slurm_get_srun_port_range(void);
int slurm_init_msg_engine_port(uint16_t port);
int slurm_init_msg_engine_ports(uint16_t *range);

/* ---- numbers to words and back ---- */

const char *job_state_reason_string(enum job_state_reason reason);
const char *rpc_num2string(uint16_t message_type);
char *slurmdbd_msg_type_2_str(int message_type, int get_enum);
char *sig_num2name(int number);
int sig_name2num(const char *name);
uint64_t str_to_mbytes(const char *text);
bool verify_node_count(const char *text, int *min, int *max, char **sizes);
int fmt_job_id_string(slurm_selected_step_t *id, char **text);
char *cpu_freq_to_cmdline(uint32_t min, uint32_t max, uint32_t governor);
void cpu_freq_to_string(char *buffer, int size, uint32_t frequency);
int cpu_freq_verify_cmdline(const char *text, uint32_t *min, uint32_t *max, uint32_t *governor);
char *slurm_step_layout_type_name(task_dist_states_t distribution);
char *expand_stdio_fields(char *path, job_std_pattern_t *job);
time_t parse_time(const char *text, int past);
void slurmdb_job_cond_def_start_end(slurmdb_job_cond_t *condition);
char *slurmdb_make_tres_string(list_t *tres, uint32_t flags);
