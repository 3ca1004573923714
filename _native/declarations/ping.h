/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which controllers and which accounting daemons answer. */

typedef struct {
    char *hostname;
    _Bool pinged;
    long latency;
    int offset;
    ...;
} controller_ping_t;

typedef struct {
    char *hostname;
    _Bool pinged;
    long latency;
    int offset;
    ...;
} slurmdbd_ping_t;
