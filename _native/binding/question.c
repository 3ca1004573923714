/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A question to the controller, with few system calls.
 *
 * libslurm packs and unpacks. What it would do in between takes 37 calls of the system,
 * to look for addresses and to turn waiting on and off; here a whole question goes into one
 * send(), and mostly a whole answer comes out of one recv(). It is done in steps that never
 * wait, for whoever has better to do, or by a thread that waits in between.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "private_functions.h"
#include "binding.h"

enum {
    PREFIX = 4,           /* bytes that tell a message's length, in network order */
    FIRST_ROOM = 16384    /* most answers fit */
};

struct sr_question {
    int fd;
    size_t most;        /* bytes of an answer that are wanted here */
    unsigned char *out; /* holds a credential until it is sent */
    size_t out_length, sent;
    char *in;           /* of Slurm's heap: prefix and message */
    size_t room, got;
};

static bool pack(sr_question_t *question, uint16_t type, void *data)
{
    slurm_msg_t message;
    private_msg_bufs_t parts = {0};
    int rc;

    slurm_msg_t_init(&message);
    message.msg_type = type;
    message.data = data;
    message.restrict_uid = (uid_t) -1; /* whoever the controller is */
    message.restrict_uid_set = true;
    rc = slurm_buffers_pack_msg(&message, &parts, false);
    if (!rc) {
        const private_buf_t *each[] = {parts.header, parts.auth, parts.body};
        size_t length = 0;

        for (size_t i = 0; i < 3; i++)
            length += each[i] ? each[i]->processed : 0;
        question->out = malloc(PREFIX + length);
        if (question->out) {
            uint32_t prefix = htonl((uint32_t) length);
            unsigned char *end = question->out;

            memcpy(end, &prefix, PREFIX);
            end += PREFIX;
            for (size_t i = 0; i < 3; i++) {
                if (each[i]) {
                    memcpy(end, each[i]->head, each[i]->processed);
                    end += each[i]->processed;
                }
            }
            question->out_length = PREFIX + length;
        }
    }
    if (parts.header)
        slurm_free_buf(parts.header);
    if (parts.auth) {
        explicit_bzero(parts.auth->head, parts.auth->processed);
        slurm_free_buf(parts.auth);
    }
    if (parts.body)
        slurm_free_buf(parts.body);
    return question->out;
}

static void forget_out(sr_question_t *question)
{
    if (question->out)
        explicit_bzero(question->out, question->out_length);
    free(question->out);
    question->out = NULL;
}

/* Whether the whole question is sent; otherwise errno is EAGAIN, or why it cannot be. */
static bool send_rest(sr_question_t *question)
{
    while (question->sent < question->out_length) {
        ssize_t sent = send(question->fd, question->out + question->sent,
                            question->out_length - question->sent, MSG_NOSIGNAL);

        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return false;
        question->sent += (size_t) sent;
    }
    forget_out(question);
    return true;
}

static bool start_to_connect(sr_question_t *question, const struct sockaddr *where)
{
    socklen_t length = where->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
                                                    : sizeof(struct sockaddr_in);
    int yes = 1;

    question->fd = socket(where->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (question->fd < 0)
        return false;
    setsockopt(question->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    return !connect(question->fd, where, length) || errno == EINPROGRESS;
}

static bool start_to_send(sr_question_t *question, int epoll)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = question};

    if (!send_rest(question)) {
        if (errno != EAGAIN)
            return false;
        event.events = EPOLLOUT;
    }
    return epoll == SR_NO_EPOLL || !epoll_ctl(epoll, EPOLL_CTL_ADD, question->fd, &event);
}

sr_question_t *sr_ask(const void *where, uint16_t type, void *data, size_t most, int epoll)
{
    sr_question_t *question = calloc(1, sizeof(*question));

    if (!question)
        return NULL;
    question->fd = -1;
    question->most = most;
    /* Packed before: the controller needs not wake up twice. */
    if (!pack(question, type, data) || !start_to_connect(question, where)
        || !start_to_send(question, epoll)) {
        sr_forget(question);
        return NULL;
    }
    return question;
}

static bool make_room(sr_question_t *question, size_t room)
{
    char *more = slurm_xcalloc(1, room, false, true, __FILE__, __LINE__, __func__);

    if (!more)
        return false;
    if (question->got)
        memcpy(more, question->in, question->got);
    slurm_xfree_ptr(question->in);
    question->in = more;
    question->room = room;
    return true;
}

/* How many bytes the answer has with its prefix, as far as that is known. */
static size_t wanted(const sr_question_t *question)
{
    uint32_t length;

    if (question->got < PREFIX)
        return PREFIX;
    memcpy(&length, question->in, PREFIX);
    return PREFIX + (size_t) ntohl(length);
}

static int receive(sr_question_t *question)
{
    if (!question->room && !make_room(question, FIRST_ROOM)) {
        errno = ENOMEM;
        return SR_FAILED;
    }
    for (;;) {
        size_t want = wanted(question);

        if (question->got >= PREFIX && question->got >= want)
            return SR_ANSWERED;
        if (want > question->most)
            return SR_TOO_LARGE;
        if (want > question->room && !make_room(question, want)) {
            errno = ENOMEM;
            return SR_FAILED;
        }
        ssize_t got = recv(question->fd, question->in + question->got,
                           question->room - question->got, 0);

        if (got > 0) {
            question->got += (size_t) got;
        } else if (!got) {
            errno = SLURM_PROTOCOL_SOCKET_ZERO_BYTES_SENT;
            return SR_FAILED;
        } else if (errno == EAGAIN) {
            return SR_WAITS;
        } else if (errno != EINTR) {
            return SR_FAILED;
        }
    }
}

int sr_go_on(sr_question_t *question, int epoll)
{
    if (question->sent < question->out_length) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = question};

        if (!send_rest(question))
            return errno == EAGAIN ? SR_WAITS : SR_NOT_ASKED;
        if (epoll != SR_NO_EPOLL && epoll_ctl(epoll, EPOLL_CTL_MOD, question->fd, &event))
            return SR_FAILED;
    }
    return receive(question);
}

bool sr_is_asked(const sr_question_t *question)
{
    return question->sent == question->out_length;
}

int sr_take(sr_question_t *question, slurm_msg_t *answer)
{
    private_buf_t *bytes = slurm_create_buf(question->in, (uint32_t) wanted(question));
    int rc;

    slurm_msg_t_init(answer);
    if (!bytes)
        return ENOMEM;
    question->in = NULL; /* goes with the bytes */
    bytes->processed = PREFIX;
    rc = slurm_unpack_received_msg(answer, question->fd, bytes);
    slurm_free_buf(bytes);
    if (answer->auth_cred)
        auth_g_destroy(answer->auth_cred);
    answer->auth_cred = NULL;
    return rc;
}

void sr_forget(sr_question_t *question)
{
    if (question->fd >= 0)
        close(question->fd);
    forget_out(question);
    slurm_xfree_ptr(question->in);
    free(question);
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Whether there is something to do before so many milliseconds after `began` are over;
 * otherwise errno says why not. */
static bool wait_until_ready(const sr_question_t *question, int64_t began, int patience)
{
    struct pollfd one = {.fd = question->fd, .events = sr_is_asked(question) ? POLLIN : POLLOUT};

    for (;;) {
        int64_t left = began + patience - now_ms();
        int ready = poll(&one, 1, left > 0 ? (int) left : 0);

        if (ready > 0)
            return true;
        if (!ready) {
            errno = SLURM_PROTOCOL_SOCKET_IMPL_TIMEOUT;
            return false;
        }
        if (errno != EINTR)
            return false;
    }
}

int sr_exchange(const void *where, uint16_t type, void *data, sr_patience_t patience,
                slurm_msg_t *answer)
{
    int64_t began = now_ms();
    sr_question_t *question = sr_ask(where, type, data, SIZE_MAX, SR_NO_EPOLL);
    int progress = SR_WAITS;
    int error;

    if (!question)
        return SR_NOT_ASKED;
    while (progress == SR_WAITS) {
        bool asked = sr_is_asked(question);

        if (wait_until_ready(question, began, asked ? patience.answer : patience.connect))
            progress = sr_go_on(question, SR_NO_EPOLL);
        else
            progress = asked ? SR_FAILED : SR_NOT_ASKED;
    }
    error = errno;
    if (progress == SR_ANSWERED && (error = sr_take(question, answer)))
        progress = SR_FAILED;
    sr_forget(question);
    errno = error;
    return progress;
}
