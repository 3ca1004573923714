/* Read by the C compiler and, as it stands, by cffi: plain declarations only. */

typedef struct {
	const char *data;
	uint32_t len;
} sr_text;

/* An operation: how a value is read from the struct and written. */
typedef enum {
	/* member: char *; NULL is "" */
	SR_STRING = 1,
	/* members of 1, 2, 4 or 8 bytes: sr_insn.size */
	SR_UINT,
	SR_INT,
	SR_UINT64,           /* null where NO_VAL64 or INFINITE64 */
	SR_NO_VAL,           /* {"set","infinite","number"}; arg: sr_no_val */
	SR_NO_VAL_SIGNED,
	SR_FLOAT64,
	SR_FLOAT64_NO_VAL,
	SR_FLOAT128,         /* long double; null where unset or infinite */
	SR_BOOL,             /* sizes 1, 2, 4 */
	SR_BOOL_NO_VAL,      /* false where NO_VAL16 */
	/* numbers that stand for names; arg: sr_lookup */
	SR_NAME,
	/* sets of bits; arg: sr_flags */
	SR_FLAGS,
	/* one of a few words, "" where none matches; arg: sr_flags */
	SR_FLAG_WORD,
	/* strings that are lists */
	SR_CSV,
	SR_HOSTLIST,
	SR_STRINGS,          /* char **, ended by NULL */
	/* readings of one member by two keys; the NO_VAL ones have arg sr_no_val */
	SR_MEM_PER_CPU,
	SR_MEM_PER_NODE,
	SR_CORE_SPEC,
	SR_THREAD_SPEC,
	SR_NICE,
	SR_OVERSUBSCRIBE,
	SR_HOLD,
	SR_PLANNED,          /* slurmdb_job_rec_t: how long it waited; arg: sr_no_val */
	/* nesting; arg: sr_nested */
	SR_STRUCT,           /* the struct at offset itself */
	SR_POINTER,          /* a pointer to one; NULL writes sr_nested.null_text */
	SR_LIST,             /* a list_t * of pointers to structs */
	SR_LIST_OF_STRINGS,  /* a list_t * of char * */
	SR_ARRAY,            /* a pointer to structs of sr_nested.stride, ended by one of zeros */
	/* only text: the prefix is all there is */
	SR_TEXT,
	/* a function of derived.c by its number; arg: sr_nested or NULL */
	SR_CALL,
	SR_OPERATIONS        /* how many there are */
} sr_op;

/* The functions of SR_CALL: sr_insn.function. */
typedef enum {
	SR_FN_NONE = 0,
	SR_FN_EXIT_CODE,          /* uint32_t -> sr_exit_code -> nested */
	/* slurm_job_info_t: the path as it was expanded; arg: the sr_lookup of the
	 * users' names or numbers, or NULL: the job's user_name or the number */
	SR_FN_JOB_STDIN,
	SR_FN_JOB_STDOUT,
	SR_FN_JOB_STDERR,
	SR_FN_JOB_GRES_DETAIL,    /* slurm_job_info_t: gres_detail_str[gres_detail_cnt] */
	SR_FN_JOB_PRIORITIES,     /* slurm_job_info_t: priority_array by name -> sr_partition_priority */
	SR_FN_JOB_RESOURCES,      /* job_resources_t: its nodes -> sr_resource_node (v0.0.41 on) */
	SR_FN_JOB_RESOURCES_40,   /* job_resources_t: its nodes as v0.0.40 shows them */
	SR_FN_JOB_ALLOCATED_CORES, /* v0.0.40: uint32_t, 0 unless sr_host.select_type_param has CR_CORE or CR_SOCKET */
	SR_FN_JOB_ALLOCATED_CPUS,  /* v0.0.40: uint32_t, 0 unless it has CR_CPU */
	SR_FN_NODE_ALLOC_MEMORY,  /* node_info_t, through sr_host.nodeinfo */
	SR_FN_NODE_ALLOC_CPUS,
	SR_FN_NODE_IDLE_CPUS,
	SR_FN_NODE_TRES_USED,
	SR_FN_NODE_TRES_WEIGHTED,
	SR_FN_RESERVATION_CORES,  /* reserve_info_t: core_spec[core_spec_cnt] -> resv_core_spec_t */
	SR_FN_JOB_STATE_ID,       /* job_state_response_job_t: "1", "1_2", "1_*", "1+2" */
	SR_FN_JOB_STATE_ID_40,    /* v0.0.40: an array's tasks by the array's id */
	SR_FN_STATS_CYCLE_MEAN,   /* stats_info_response_msg_t: quotients, 0 where undefined */
	SR_FN_STATS_CYCLE_MEAN_DEPTH,
	SR_FN_STATS_CYCLE_PER_MINUTE,
	SR_FN_STATS_BF_CYCLE_MEAN,
	SR_FN_STATS_BF_DEPTH_MEAN,
	SR_FN_STATS_BF_DEPTH_MEAN_TRY,
	SR_FN_STATS_BF_QUEUE_LEN_MEAN,
	SR_FN_STATS_BF_TABLE_SIZE_MEAN,
	SR_FN_STATS_BF_ACTIVE,
	SR_FN_STATS_SCHEDULE_EXIT, /* -> sr_schedule_exit */
	SR_FN_STATS_BF_EXIT,       /* -> sr_backfill_exit */
	SR_FN_STATS_RPCS_BY_TYPE,  /* parallel arrays -> sr_rpc_type */
	SR_FN_STATS_RPCS_BY_USER,  /* -> sr_rpc_user */
	SR_FN_STATS_RPCS_QUEUE,    /* -> sr_rpc_queue */
	SR_FN_STATS_RPCS_DUMP,     /* -> sr_rpc_dump */
	SR_FN_PING_MODE,           /* int: "primary", "backup", "backup2" */
	/* in assoc_shares_object_t: an array of numbers, each beside its name in the
	 * shares_response_msg_t of sr_records.parent */
	SR_FN_SHARES_COUNTS,       /* uint64_t * -> sr_shares_count */
	SR_FN_SHARES_USAGES,       /* long double * -> sr_shares_usage */
	/* these look into sr_encoder.lookups */
	SR_FN_TRES_STRING,         /* char * "1=4,1001=2" -> slurmdb_tres_rec_t each */
	SR_FN_QOS_NAME,            /* uint32_t: "" where unset */
	SR_FN_QOS_NAMES,           /* list_t * of ids as texts -> names */
	SR_FN_QOS_PREEMPT,         /* slurmdb_qos_rec_t: preempt_bitstr, ids -> names */
	SR_FN_ACCOUNTING_JOB_USER,   /* slurmdb_job_rec_t; arg: the sr_lookup of names of users */
	SR_FN_ACCOUNTING_JOB_ASSOC,  /* -> slurmdb_assoc_rec_t */
	SR_FN_ACCOUNTING_JOB_STDIN,  /* the path as sr_host.expand_stdio expands it */
	SR_FN_ACCOUNTING_JOB_STDOUT,
	SR_FN_ACCOUNTING_JOB_STDERR,
	SR_FN_WCKEY_TAG,             /* char * -> sr_wckey_parts */
	SR_FN_STEP_ID,               /* slurm_step_id_t: "1.batch", "1.0+1" */
	SR_FN_STEP_TRES_IN_MAX,      /* slurmdb_step_rec_t -> sr_step_tres each */
	SR_FN_STEP_TRES_IN_MIN,
	SR_FN_STEP_TRES_OUT_MAX,
	SR_FN_STEP_TRES_OUT_MIN,
	SR_FN_ROLLUPS,             /* slurmdb_rollup_stats_t *, v0.0.40: -> sr_rollup each */
	SR_FUNCTIONS
} sr_function;

typedef struct {
	uint16_t op;         /* sr_op */
	uint16_t size;       /* of the member, where the operation serves several */
	uint16_t function;   /* sr_function, for SR_CALL */
	uint16_t depth;      /* of the value's own lines, for the pretty form */
	uint32_t offset;     /* of the member in the struct */
	sr_text prefix;
	const void *arg;
} sr_insn;

typedef struct {
	const sr_insn *insns;
	uint32_t count;
	uint32_t size;       /* of the struct; the stride of arrays of it */
	sr_text prefix;      /* "{" */
	sr_text suffix;      /* what closes the last objects */
} sr_program;

/* How a value that may be unset or infinite is put, rendered for its form and depth. */
typedef struct {
	sr_text unset;
	sr_text infinite;
	sr_text before;      /* up to the number */
	sr_text after;
} sr_no_val;

typedef struct {
	const sr_program *program;
	sr_text null_text;   /* SR_POINTER: what a NULL is */
	uint32_t stride;     /* SR_ARRAY */
} sr_nested;

typedef enum {
	SR_FLAG_BIT = 1,     /* all bits of mask & value are set */
	SR_FLAG_EQUAL,       /* member & mask == mask & value */
} sr_flag_kind;

typedef struct {
	uint64_t mask;
	uint64_t value;
	uint32_t kind;       /* sr_flag_kind */
	sr_text text;        /* quoted and escaped */
} sr_flag;

typedef struct {
	const sr_flag *flags;
	uint32_t count;
} sr_flags;

/* A table of id -> quoted text, open addressing, a power of two of slots. */
typedef struct {
	uint64_t id;
	sr_text text;        /* text.data NULL: the slot is free */
} sr_slot;

typedef struct {
	sr_slot *slots;
	uint32_t capacity;
	uint32_t used;
	/* an id without an entry: written as this, or asked for if data is NULL */
	sr_text otherwise;
} sr_table;

/* Tables by number: which of sr_encoder.tables an SR_NAME looks into. */
typedef struct {
	uint32_t table;
} sr_lookup;

/* What only libslurm can tell.  A test gives its own. */
typedef struct {
	/* (select_nodeinfo, what, state, out) -> 0 or an errno */
	int (*nodeinfo)(void *nodeinfo, int what, int state, void *out);
	void *(*hostlist_create)(const char *text);
	char *(*hostlist_shift)(void *hostlist);     /* free() the answer; NULL at the end */
	char *(*hostlist_nth)(void *hostlist, int n); /* free() the answer; NULL: there is none */
	void (*hostlist_destroy)(void *hostlist);
	/* (path, job_std_pattern_t *) -> the path without patterns, for xfree */
	char *(*expand_stdio)(char *path, void *job);
	void (*xfree)(void **pointer);               /* what nodeinfo gave as text */
	void *(*list_iterator_create)(void *list);
	void *(*list_next)(void *iterator);
	void (*list_iterator_destroy)(void *iterator);
	uint32_t controllers;                        /* slurm_conf.control_cnt */
	uint32_t select_type_param;                  /* slurm_conf.select_type_param */
} sr_host;

/* Records by their number. */
typedef struct {
	const void *record;  /* NULL: the entry is free */
	uint32_t id;
} sr_entry;

typedef struct {
	sr_entry *entries;
	uint32_t capacity;
} sr_index;

/* What slurmdbd's numbers stand for; an index of zeros knows nothing. */
typedef struct {
	sr_index tres;       /* slurmdb_tres_rec_t */
	sr_index qos;        /* slurmdb_qos_rec_t */
	sr_index assocs;     /* slurmdb_assoc_rec_t: their ids are unique in a cluster */
} sr_lookups;

/* Numbers that stand for nothing: the record shows it, and a warning tells of it. */
typedef enum {
	SR_UNKNOWN_QOS = 1,
	SR_UNKNOWN_ASSOC
} sr_unknown_kind;

typedef struct {
	uint32_t kind;       /* sr_unknown_kind */
	uint32_t id;
} sr_unknown;

typedef enum {
	SR_DONE = 0,         /* every record is written */
	SR_FULL,             /* the window holds what it should; call again */
	SR_UNKNOWN_NAME,     /* missing_table and missing_id name an id; add it and call again */
	SR_NO_MEMORY,
	SR_BROKEN            /* a host function, or the program, failed: error_number */
} sr_status;

typedef struct {
	char *data;          /* the window */
	size_t len;
	size_t capacity;
	sr_table *tables;
	const sr_host *host;
	const sr_lookups *lookups; /* NULL: the program needs none */
	const void *parent;  /* sr_records.parent, while records are written */
	bool pretty;
	bool complex;        /* the +complex flag: null where there is nothing */
	bool yaml;           /* YAML in place of JSON; pretty then folds long lines */
	/* those of the records that are written, in their order; the caller counts from 0 again */
	sr_unknown *unknown;
	size_t unknown_count;
	size_t unknown_capacity;
	uint32_t missing_table;
	uint64_t missing_id;
	int error_number;
} sr_encoder;

/* Records of one program, one after the other in memory or by pointers. */
typedef struct {
	const sr_program *program;
	const void *base;
	const void *parent;  /* the message that the records are from, for those that look there */
	uint64_t count;
	uint64_t stride;     /* 0: base is an array of pointers to records */
	uint64_t next;       /* the first that is not written yet; starts at 0 */
	uint64_t skip_offset; /* a record with a NULL pointer here is passed over; UINT64_MAX: none is */
	uint32_t written;    /* how many were, for the comma */
	uint32_t depth;      /* of a record's line */
	uint32_t expand;     /* 1: job_state_response_job_t, an array job's tasks one by one */
	uint64_t next_task;  /* of the next record, where it is expanded; starts at 0 */
} sr_records;

/* Make an encoder whose window starts with `capacity` bytes.  NULL: no memory. */
sr_encoder *sr_encoder_new(size_t capacity, sr_table *tables, const sr_host *host,
			   bool pretty, bool complex);
void sr_encoder_free(sr_encoder *encoder);

/*
 * Write records into the window, from records->next on, until it holds at least
 * `window` bytes or there are no more; at least one of them.  A record that does
 * not fit makes the window larger.  Each record but the first has a comma before
 * it; in the pretty form each stands on a line of its own, whose break comes
 * before the record.  The brackets, and the line break before the closing one
 * if records->written says that there were any, are the caller's.  In YAML each
 * is an entry of a block sequence, and what starts or ends that is the caller's.
 *
 * On SR_UNKNOWN_NAME, and on a failure, the window ends before the record that
 * it was.  The caller takes data[0..len) and sets len to 0.
 */
int sr_write_records(sr_encoder *encoder, sr_records *records, size_t window);

/* Write one struct by its program; the same status values without SR_FULL. */
int sr_write_struct(sr_encoder *encoder, const sr_program *program, const void *base);

/* Append bytes that are JSON, or YAML, already.  0, or -1 without memory. */
int sr_write_text(sr_encoder *encoder, const char *text, size_t len);

/*
 * Append text as a JSON string with its quotes, or as a YAML scalar with its tag;
 * invalid UTF-8 becomes U+FFFD.
 */
int sr_write_string(sr_encoder *encoder, const char *text, size_t len);

/* Append a number; in YAML with its tag. */
int sr_write_double(sr_encoder *encoder, double value);

/*
 * An array of what a list_t of pointers holds, for sr_records with stride 0, to
 * be released after use: SR_DONE or SR_NO_MEMORY.
 */
int sr_gather(const sr_host *host, void *list, void ***items, uint64_t *count);
void sr_release(void ***items);

/*
 * Tables: the text is copied, quoted and escaped; text NULL is null.  An id that
 * is there gets the new text.  0, or -1 without memory.
 */
sr_table *sr_tables_new(uint32_t count);
int sr_table_add(sr_table *table, uint64_t id, const char *text, size_t len);
int sr_table_otherwise(sr_table *table, const char *text, size_t len);
void sr_table_clear(sr_table *table);   /* frees what it holds; it may be filled again */
void sr_tables_free(sr_table *tables, uint32_t count);

/*
 * An index of `count` records, whose uint32_t number stands at `id_offset`; it
 * points to them.  SR_DONE, or SR_NO_MEMORY.
 */
int sr_index_make(sr_index *index, void *const *records, uint64_t count, uint64_t id_offset);
void sr_index_clear(sr_index *index);   /* frees what it holds, not the records */
const void *sr_index_find(const sr_index *index, uint32_t id);

/*
 * Whether an index has a record for each TRES that `count` records name, in the
 * members at these offsets, which are TRES strings.
 */
bool sr_knows_tres(const sr_index *index, void *const *records, uint64_t count,
		   const uint64_t *offsets, uint64_t members);

/* What SR_CALL makes on the way; Python reads the offsets of these. */
typedef enum {
	SR_EXIT_INVALID = 0,
	SR_EXIT_PENDING,
	SR_EXIT_SUCCESS,
	SR_EXIT_ERROR,
	SR_EXIT_SIGNALED,
	SR_EXIT_CORE_DUMPED
} sr_exit_status;

typedef struct {
	uint32_t status;     /* sr_exit_status */
	uint32_t return_code;
	uint16_t signal;
} sr_exit_code;

typedef struct {
	uint32_t index;
	const char *name;
	uint16_t cpus_count;
	uint16_t cpus_used;
	uint64_t memory_used;
	uint64_t memory_allocated;
	void *sockets;       /* sr_resource_socket, ended by one without cores */
} sr_resource_node;

typedef struct {
	uint32_t index;
	void *cores;         /* sr_resource_core, ended by one of zeros */
} sr_resource_socket;

typedef struct {
	uint32_t index;
	uint64_t status;
} sr_resource_core;

typedef struct {
	const char *partition;
	uint32_t priority;
} sr_partition_priority;

typedef struct {
	uint32_t end_job_queue;
	uint32_t default_queue_depth;
	uint32_t max_job_start;
	uint32_t max_rpc_cnt;
	uint32_t max_sched_time;
	uint32_t licenses;
} sr_schedule_exit;

typedef struct {
	uint32_t end_job_queue;
	uint32_t bf_max_job_start;
	uint32_t bf_max_job_test;
	uint32_t bf_max_time;
	uint32_t bf_node_space_size;
	uint32_t state_changed;
} sr_backfill_exit;

typedef struct {
	uint16_t id;
	uint32_t count;
	uint16_t queued;
	uint64_t dropped;
	uint16_t cycle_last;
	uint16_t cycle_max;
	uint64_t time;
	uint64_t average_time;     /* NO_VAL64 where there were none */
	uint32_t average_or_zero;  /* v0.0.40's */
} sr_rpc_type;

typedef struct {
	uint32_t id;
	uint32_t count;
	uint64_t time;
	uint64_t average_time;     /* NO_VAL64 where there were none */
	uint32_t average_or_zero;  /* v0.0.40's */
} sr_rpc_user;

typedef struct {
	uint16_t id;
	uint32_t count;
} sr_rpc_queue;

typedef struct {
	uint16_t id;
	const char *hostlist;
} sr_rpc_dump;

typedef struct {
	const char *name;
	uint64_t value;
} sr_shares_count;

typedef struct {
	const char *name;
	long double value;
} sr_shares_usage;

typedef struct {
	const char *name;
	uint32_t by_default; /* 1: the user did not ask for it */
} sr_wckey_parts;

typedef struct {
	char *type;
	char *name;
	uint32_t id;
	uint64_t count;
	uint64_t task;
	char *node;
	uint32_t parts;      /* which of count, node and task were given */
} sr_step_tres;

typedef struct {
	const char *type;
	time_t last_run;
	uint64_t last_cycle;
	uint64_t max_cycle;
	uint64_t total_time;
	uint64_t total_cycles;
	uint64_t mean_cycles;
} sr_rollup;
