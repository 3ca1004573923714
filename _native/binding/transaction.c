/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The end of a transaction in two halves.
 *
 * slurmdb_connection_commit() asks and waits for the answer. Here the question is sent
 * when a connection is given back, and its answer is read when the connection is taken
 * again: slurmdbd works meanwhile, and nobody waits for it.
 *
 * Question and answer are always the same bytes, each written and read at once: libslurm
 * sends the length of a message by itself, for which slurmdbd would wake up first.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "binding.h"

/* DBD_FINI as Slurm 24.11 has it: neither close the connection nor commit. */
static const unsigned char QUESTION[] = {
    0, 0, 0, 6,  /* length */
    0x05, 0x79,  /* type: 1401 */
    0, 0,        /* close_conn */
    0, 0,        /* commit */
};

/* PERSIST_RC that tells of no failure. */
static const unsigned char DONE[] = {
    0, 0, 0, 14, /* length */
    0x05, 0x99,  /* type: 1433 */
    0, 0, 0, 0,  /* comment: none */
    0, 0,        /* flags */
    0, 0, 0, 0,  /* rc */
    0x05, 0x79,  /* ret_info: what was asked */
};

bool sr_is_alive(private_persist_conn_t *connection)
{
    char said;

    /* Of what is no socket (any more) this is an error as well, but another one. */
    return recv(connection->fd, &said, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

bool sr_ask_to_begin_anew(private_persist_conn_t *connection)
{
    if (!sr_is_alive(connection))
        return false;

    ssize_t sent = send(connection->fd, QUESTION, sizeof(QUESTION), MSG_NOSIGNAL | MSG_DONTWAIT);

    return sent == sizeof(QUESTION);
}

bool sr_is_answered(private_persist_conn_t *connection)
{
    unsigned char said[sizeof(DONE)];
    ssize_t got = recv(connection->fd, said, sizeof(said), MSG_PEEK | MSG_DONTWAIT);

    return got > 0 ? got == sizeof(said) : !got || errno != EAGAIN;
}

static bool is_readable(int fd, int patience)
{
    struct pollfd waiting = {.fd = fd, .events = POLLIN};

    return poll(&waiting, 1, patience) == 1;
}

bool sr_began_anew(private_persist_conn_t *connection, int patience)
{
    unsigned char said[sizeof(DONE)];
    size_t length = 0;

    while (length < sizeof(said)) {
        ssize_t got = recv(connection->fd, said + length, sizeof(said) - length, MSG_DONTWAIT);

        if (got > 0)
            length += (size_t) got;
        else if (!got || (errno != EAGAIN && errno != EINTR))
            return false;
        else if (errno == EAGAIN && !is_readable(connection->fd, patience))
            return false;
    }
    return !memcmp(said, DONE, sizeof(DONE)) && sr_is_alive(connection);
}
