/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What libslurm shares with its own programs but puts into no public header:
 * layouts and numbers, as Slurm 24.11 has them.
 *
 * This text is both a C header and, without its preprocessor lines, cffi
 * declarations. Constants are therefore enumerators, never macros. Another
 * release may lay any of this out differently: it is refused at compile time
 * here, and at start-up by slurmrestd.slurm.ffi.
 */
#ifndef SLURMRESTD_DECLARATIONS_PRIVATE_H
#define SLURMRESTD_DECLARATIONS_PRIVATE_H
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <time.h>
#include <slurm/slurm.h>
#include <slurm/slurm_errno.h>
#include <slurm/slurmdb.h>
#if SLURM_VERSION_NUM(24, 11, 0) > SLURM_VERSION_NUMBER || SLURM_VERSION_NUM(25, 0, 0) <= SLURM_VERSION_NUMBER
#error "private.h is true for Slurm 24.11 only"
#endif

/* ---- lists and bit strings ---- */

typedef struct listNode {
    void *data;
    struct listNode *next;
} list_node_t;

/* The beginning of a list, enough to count and walk it. A lock and the nodes'
 * memory follow: never allocate or copy one. */
struct xlist {
    unsigned int magic;
    int count;
    list_node_t *head;
    list_node_t **tail;
    list_itr_t *iNext;
    ListDelF fDel;
};

/* A bit string is an array of words: this one, the number of bits, the bits. */
enum {
    PRIVATE_BITSTR_MAGIC = 0x42434445,
    PRIVATE_BITSTR_HEADER_WORDS = 2
};

/* ---- slurmdbd ---- */

/* The beginning of what slurmdb_connection_get() gives: never allocate or copy one. */
typedef struct {
    void *callbacks[5];
    char *cluster_name;
    time_t comm_fail_time;
    uint16_t my_port;
    int fd; /* -1 while there is no connection */
    uint16_t flags;
    bool inited;
    int persist_type;
    uid_t r_uid;
    char *rem_host;
    uint16_t rem_port;
    time_t *shutdown;
    unsigned long thread_id;
    int timeout; /* for the other end to answer, in milliseconds */
} private_persist_conn_t;

enum {
    PRIVATE_PERSIST_RECONNECT = 2
};

/* ---- jobs ---- */

enum {
    NODE_CR_AVAILABLE = 0,
    NODE_CR_ONE_ROW = 1,
    NODE_CR_RESERVED = 64000
};

struct job_resources {
    bitstr_t *core_bitmap;
    bitstr_t *core_bitmap_used;
    uint32_t cpu_array_cnt;
    uint16_t *cpu_array_value;
    uint32_t *cpu_array_reps;
    uint16_t *cpus;
    uint16_t *cpus_used;
    uint16_t *cores_per_socket;
    uint16_t cr_type;
    uint64_t *memory_allocated;
    uint64_t *memory_used;
    uint32_t next_step_node_inx;
    uint32_t nhosts;
    bitstr_t *node_bitmap;
    uint32_t node_req;
    char *nodes;
    uint32_t ncpus;
    uint32_t *sock_core_rep_count;
    uint16_t *sockets_per_node;
    uint16_t *tasks_per_node;
    uint16_t threads_per_core;
    uint8_t whole_node;
};

/* What the patterns in a job's stdin, stdout and stderr paths stand for. */
typedef struct {
    uint32_t array_job_id;
    uint32_t array_task_id;
    char *first_step_name;
    char *first_step_node;
    uint32_t jobid;
    char *jobname;
    char *user;
    char *work_dir;
} job_std_pattern_t;

enum {
    CRON_WILD_MINUTE = 2,
    CRON_WILD_HOUR = 4,
    CRON_WILD_DOM = 8,
    CRON_WILD_MONTH = 16,
    CRON_WILD_DOW = 32
};

typedef struct {
    uint32_t flags;
    bitstr_t *minute;
    bitstr_t *hour;
    bitstr_t *day_of_month;
    bitstr_t *month;
    bitstr_t *day_of_week;
    char *cronspec;
    char *command;
    uint32_t line_start;
    uint32_t line_end;
} cron_entry_t;

enum {
    SLURM_AUTH_NOBODY = 99
};

/* ---- shares ---- */

typedef struct assoc_shares_object {
    uint32_t assoc_id;
    char *cluster;
    char *name;
    char *parent;
    char *partition;
    double shares_norm;
    uint32_t shares_raw;
    uint64_t *tres_run_secs;
    uint64_t *tres_grp_mins;
    double usage_efctv;
    double usage_norm;
    uint64_t usage_raw;
    long double *usage_tres_raw;
    double fs_factor;
    double level_fs;
    uint16_t user;
} assoc_shares_object_t;

typedef struct shares_request_msg {
    list_t *acct_list;
    list_t *user_list;
} shares_request_msg_t;

typedef struct shares_response_msg {
    list_t *assoc_shares_list;
    uint64_t tot_shares;
    uint32_t tres_cnt;
    char **tres_names;
} shares_response_msg_t;

/* ---- statistics: the places in the arrays of stats_info_response_msg_t ---- */

enum {
    SCHEDULE_EXIT_END,
    SCHEDULE_EXIT_MAX_DEPTH,
    SCHEDULE_EXIT_MAX_JOB_START,
    SCHEDULE_EXIT_LIC,
    SCHEDULE_EXIT_RPC_CNT,
    SCHEDULE_EXIT_TIMEOUT,
    SCHEDULE_EXIT_COUNT
};

enum {
    BF_EXIT_END,
    BF_EXIT_MAX_JOB_START,
    BF_EXIT_MAX_JOB_TEST,
    BF_EXIT_STATE_CHANGED,
    BF_EXIT_TABLE_LIMIT,
    BF_EXIT_TIMEOUT,
    BF_EXIT_COUNT
};

/* ---- TRES ---- */

enum {
    TRES_CPU = 1,
    TRES_MEM,
    TRES_ENERGY,
    TRES_NODE,
    TRES_BILLING,
    TRES_FS_DISK,
    TRES_VMEM,
    TRES_PAGES,
    TRES_STATIC_CNT
};

enum {
    TRES_STR_FLAG_NONE = 0x0,
    TRES_STR_FLAG_ONLY_CONCAT = 0x1,
    TRES_STR_FLAG_REPLACE = 0x2,
    TRES_STR_FLAG_REMOVE = 0x4,
    TRES_STR_FLAG_SORT_ID = 0x8,
    TRES_STR_FLAG_SIMPLE = 0x10,
    TRES_STR_FLAG_COMMA1 = 0x20,
    TRES_STR_FLAG_NO_NULL = 0x40,
    TRES_STR_FLAG_SUM = 0x100,
    TRES_STR_FLAG_MAX = 0x200,
    TRES_STR_FLAG_MIN = 0x400,
    TRES_STR_FLAG_BYTES = 0x800
};

/* ---- the protocol ---- */

enum {
    SLURM_23_02_PROTOCOL_VERSION = 0x2700,
    SLURM_23_11_PROTOCOL_VERSION = 0x2800,
    SLURM_24_05_PROTOCOL_VERSION = 0x2900,
    SLURM_24_11_PROTOCOL_VERSION = 0x2a00
};

enum {
    REQUEST_PING = 1008,
    REQUEST_LICENSE_INFO = 1021,
    RESPONSE_LICENSE_INFO = 1022,
    RESPONSE_JOB_INFO = 2004,
    RESPONSE_NODE_INFO = 2008,
    REQUEST_PARTITION_INFO = 2009,
    RESPONSE_PARTITION_INFO = 2010,
    REQUEST_JOB_INFO_SINGLE = 2021,
    REQUEST_RESERVATION_INFO = 2024,
    RESPONSE_RESERVATION_INFO = 2025,
    REQUEST_STATS_INFO = 2035,
    RESPONSE_STATS_INFO = 2036,
    REQUEST_NODE_INFO_SINGLE = 2040,
    REQUEST_FED_INFO = 2049,
    RESPONSE_FED_INFO = 2050,
    REQUEST_UPDATE_JOB = 3001,
    REQUEST_SUBMIT_BATCH_JOB = 4003,
    RESPONSE_SUBMIT_BATCH_JOB = 4004,
    REQUEST_HET_JOB_ALLOCATION = 4025,
    RESPONSE_HET_JOB_ALLOCATION = 4026,
    RESPONSE_JOB_ARRAY_ERRORS = 5034,
    REQUEST_KILL_JOBS = 5041,
    RESPONSE_KILL_JOBS = 5042,
    RESPONSE_SLURM_RC = 8001,
    RESPONSE_SLURM_REROUTE_MSG = 8003
};

typedef struct job_id_msg {
    uint32_t job_id;
    uint16_t show_flags;
} job_id_msg_t;

typedef struct license_info_request_msg {
    time_t last_update;
    uint16_t show_flags;
} license_info_request_msg_t;

typedef struct resv_info_request_msg {
    time_t last_update;
} resv_info_request_msg_t;

typedef struct node_info_single_msg {
    char *node_name;
    uint16_t show_flags;
} node_info_single_msg_t;

typedef struct part_info_request_msg {
    time_t last_update;
    uint16_t show_flags;
} part_info_request_msg_t;

typedef struct return_code_msg {
    uint32_t return_code;
} return_code_msg_t;

/* A message on its way. What follows is about forwarding, which we never do: the
 * place for it is larger than it, since slurm_msg_t_init() writes all of it. */
typedef struct slurm_msg {
    uint64_t address[16];
    void *auth_cred;
    int auth_index;
    uid_t auth_uid;
    gid_t auth_gid;
    bool auth_ids_set;
    uid_t restrict_uid;
    bool restrict_uid_set;
    uint32_t body_offset;
    void *buffer;
    void *conn;
    int conn_fd;
    void *conmgr_fd;
    void *data;
    uint16_t flags;
    uint8_t hash_index;
    uint16_t msg_type;
    uint16_t protocol_version;
    uint64_t forwarding[64];
} slurm_msg_t;

/* Bytes, of which some are packed or read. */
typedef struct {
    uint32_t magic;
    char *head;
    uint32_t size;
    uint32_t processed;
    bool mmaped;
    bool shadow;
} private_buf_t;

/* The parts of a packed message, in their order; there may be no auth. */
typedef struct {
    private_buf_t *header;
    private_buf_t *auth;
    private_buf_t *body;
} private_msg_bufs_t;

/* ---- the log ---- */

typedef enum {
    LOG_LEVEL_QUIET = 0,
    LOG_LEVEL_FATAL,
    LOG_LEVEL_ERROR,
    LOG_LEVEL_INFO,
    LOG_LEVEL_VERBOSE,
    LOG_LEVEL_DEBUG,
    LOG_LEVEL_DEBUG2,
    LOG_LEVEL_DEBUG3,
    LOG_LEVEL_DEBUG4,
    LOG_LEVEL_DEBUG5,
    LOG_LEVEL_END
} log_level_t;

typedef enum {
    LOG_FILE_FMT_TIMESTAMP = 0,
    LOG_FILE_FMT_JSON
} log_file_fmt_t;

typedef struct {
    log_level_t stderr_level;
    log_level_t syslog_level;
    log_level_t logfile_level;
    bool prefix_level;
    bool buffered;
    bool raw;
    log_file_fmt_t logfile_fmt;
} log_options_t;
#endif
