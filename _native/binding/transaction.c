/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The end of a transaction in two halves.
 *
 * slurmdb_connection_commit() asks and waits for the answer. Here the question is sent
 * when a connection is given back, and its answer is read when the connection is taken
 * again: slurmdbd works meanwhile, and nobody waits for it.
 */
#define _GNU_SOURCE
#include "binding.h"
#include "private_functions.h"

bool sr_ask_to_begin_anew(private_persist_conn_t *connection)
{
    dbd_fini_msg_t question = {.close_conn = false, .commit = false};
    persist_msg_t message = {
        .conn = connection, .data = &question, .msg_type = PRIVATE_DBD_FINI};
    struct slurm_buf *buffer = slurm_persist_msg_pack(connection, &message);
    bool sent;

    if (!buffer)
        return false;
    sent = !slurm_persist_send_msg(connection, buffer);
    slurm_free_buf(buffer);
    return sent;
}

static bool says_done(private_persist_conn_t *connection, struct slurm_buf *buffer)
{
    persist_msg_t message = {.conn = connection};
    persist_rc_msg_t *said;
    bool done;

    /* What is of another type is not freed: slurmdbd never says anything else, and the
     * connection is closed where it does. */
    if (slurm_persist_msg_unpack(connection, &message, buffer) ||
        message.msg_type != PRIVATE_PERSIST_RC)
        return false;
    said = message.data;
    done = !said->rc;
    slurm_persist_free_rc_msg(said);
    return done;
}

bool sr_began_anew(private_persist_conn_t *connection, int patience)
{
    int timeout = connection->timeout;
    struct slurm_buf *buffer;
    bool done;

    connection->timeout = patience;
    buffer = slurm_persist_recv_msg(connection);
    connection->timeout = timeout;
    if (!buffer)
        return false;
    done = says_done(connection, buffer);
    slurm_free_buf(buffer);
    return done;
}
