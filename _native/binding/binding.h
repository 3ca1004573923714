/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the binding adds to libslurm. A C header and cffi declarations at once. */
#ifndef SLURMRESTD_BINDING_H
#define SLURMRESTD_BINDING_H
#include <stdbool.h>
#include "private.h"
#endif

/* Make every loaded object under `folder` (NULL: libslurm's own) call libslurm's
 * error() where it would call glibc's error(3), which ends the process. Returns how
 * many calls were bound anew, -1 with errno where memory could not be made writable. */
int sr_bind_error(const char *folder);

/* How many objects the dynamic linker has loaded so far. */
unsigned long long sr_loaded_objects(void);

/* Whether slurmdbd still listens at the other end, as far as this end has heard, and has
 * said nothing that is not read yet. */
bool sr_is_alive(private_persist_conn_t *connection);

/* Ask slurmdbd to end the transaction of a connection, and to give up what is not
 * committed, without waiting for what it says. Whether the question was sent: not on a
 * connection that is not alive. */
bool sr_ask_to_begin_anew(private_persist_conn_t *connection);

/* Whether sr_began_anew() would not have to wait. */
bool sr_is_answered(private_persist_conn_t *connection);

/* Whether it did so, and is alive; waits for it for `patience` milliseconds. To be called
 * once for each question, before anything else is done with the connection: the answer
 * would be taken for that of the next question. Where it did not, the connection is of no
 * use. */
bool sr_began_anew(private_persist_conn_t *connection, int patience);
