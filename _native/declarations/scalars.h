/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scalar types, the types that stay closed, and the shape of callbacks. */

typedef int... time_t;
typedef int... uid_t;
typedef int... gid_t;
typedef int... pid_t;
typedef uint64_t sluid_t;
typedef int64_t bitstr_t;
typedef bitstr_t bitoff_t;

struct sockaddr_storage {
    unsigned short ss_family;
    ...;
};
typedef struct sockaddr_storage slurm_addr_t;

typedef struct xlist list_t;
typedef struct listIterator list_itr_t;
typedef struct hostlist hostlist_t;
typedef struct job_resources job_resources_t;
typedef struct select_jobinfo select_jobinfo_t;
typedef struct select_nodeinfo select_nodeinfo_t;
typedef struct jobacctinfo jobacctinfo_t;
typedef struct slurmdb_cluster_rec slurmdb_cluster_rec_t;
typedef struct slurmdb_assoc_usage slurmdb_assoc_usage_t;
typedef struct slurmdb_bf_usage slurmdb_bf_usage_t;
typedef struct slurmdb_user_rec slurmdb_user_rec_t;

typedef void (*ListDelF)(void *item);
typedef int (*ListCmpF)(void *left, void *right);
typedef int (*ListFindF)(void *item, void *key);
typedef int (*ListForF)(void *item, void *argument);
