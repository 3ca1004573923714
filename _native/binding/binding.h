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

/* A question to the controller. */
typedef struct sr_question sr_question_t;

enum { SR_NO_EPOLL = -1 /* who asks looks for himself when he can go on */ };

enum {
    SR_WAITS,     /* until epoll says that it can go on */
    SR_ANSWERED,  /* for sr_take() */
    SR_TOO_LARGE, /* the answer has more bytes than are wanted here */
    SR_NOT_ASKED, /* the controller has not got the whole question, for the reason in errno */
    SR_FAILED     /* there is no answer, for the reason in errno */
};

/* Begin to ask: a message of a `type` with `data`, for the `struct sockaddr` at `where`, as
 * whoever this thread acts for; an answer of at most so many bytes is wanted. The epoll
 * instance says when to go on. NULL: nothing was asked. */
sr_question_t *sr_ask(const void *where, uint16_t type, void *data, size_t most, int epoll);

/* Send and receive what goes without waiting. Gives one of the numbers above. */
int sr_go_on(sr_question_t *question, int epoll);

/* Whether the controller has been sent the whole question, and may do what it asks for. */
bool sr_is_asked(const sr_question_t *question);

/* Unpack the whole answer, once. 0 or an error number; with 0 there are its type and its data,
 * which is the caller's. */
int sr_take(sr_question_t *question, slurm_msg_t *answer);

/* Close it and free all of it. */
void sr_forget(sr_question_t *question);

/* Milliseconds: until the controller has the whole question, and until the answer is there. */
typedef struct {
    int connect, answer;
} sr_patience_t;

/* All of it, on a thread that waits. SR_ANSWERED with what sr_take() gives, SR_NOT_ASKED, or
 * SR_FAILED. */
int sr_exchange(const void *where, uint16_t type, void *data, sr_patience_t patience,
                slurm_msg_t *answer);
