/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Operations that write lists and nested structs. */
#include "encoder.h"

#include <errno.h>
#include <stdlib.h>

#include "members.h"

int sr_begin_list(sr_list *list, sr_encoder *encoder, uint32_t depth)
{
	*list = (sr_list){.encoder = encoder, .depth = depth};
	return encoder->yaml ? sr_append(encoder, "!!seq", 5) : sr_append(encoder, "[", 1);
}

/* An entry of a block sequence, which stands as far in as its key. */
static int yaml_item(sr_list *list)
{
	int status = sr_append_line(list->encoder, list->depth);

	list->count++;
	return status ? status : sr_append(list->encoder, "- ", 2);
}

int sr_item(sr_list *list)
{
	int status;

	if (list->encoder->yaml)
		return yaml_item(list);
	status = list->count++ ? sr_append(list->encoder, ",", 1) : SR_DONE;
	return status ? status : sr_append_line(list->encoder, list->depth + 1);
}

int sr_end_list(sr_list *list)
{
	int status;

	if (list->encoder->yaml)
		return list->count ? SR_DONE : sr_append(list->encoder, " []", 3);
	status = list->count ? sr_append_line(list->encoder, list->depth) : SR_DONE;
	return status ? status : sr_append(list->encoder, "]", 1);
}

int sr_nest(sr_encoder *encoder, const sr_call *call, const void *record)
{
	const sr_nested *nested = call->insn->arg;

	return sr_run(encoder, nested->program, record, call->level + 1);
}

int sr_record_item(sr_list *list, const sr_call *call, const void *record)
{
	int status = sr_item(list);

	if (status)
		return status;
	return record ? sr_nest(list->encoder, call, record) : sr_append_null(list->encoder);
}

static int string_item(sr_list *list, const char *text)
{
	int status = sr_item(list);

	return status ? status : sr_append_string(list->encoder, text);
}

/* ---- bits ---- */

/*
 * Whether a flag is set.  A flag that was found by equality owns the bits of
 * its mask: no single bit among them counts after that.
 */
static bool has_flag(const sr_flag *flag, uint64_t member, uint64_t *owned)
{
	uint64_t value = flag->mask & flag->value;

	if (flag->kind == SR_FLAG_BIT)
		return !(*owned & flag->mask) && (member & value) == value;
	if ((member & flag->mask) != value)
		return false;
	*owned |= flag->mask;
	return true;
}

static int append_flags(sr_encoder *encoder, const sr_call *call)
{
	const sr_flags *flags = call->insn->arg;
	uint64_t member = sr_load_uint(call->member, call->insn->size), owned = 0;
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	for (uint32_t i = 0; i < flags->count && !status; i++) {
		if (!has_flag(&flags->flags[i], member, &owned))
			continue;
		status = sr_item(&list);
		if (!status)
			status = sr_append_text(encoder, flags->flags[i].text);
	}
	return status ? status : sr_end_list(&list);
}

static int append_flag_word(sr_encoder *encoder, const sr_call *call)
{
	const sr_flags *flags = call->insn->arg;
	uint64_t member = sr_load_uint(call->member, call->insn->size), owned = 0;

	for (uint32_t i = 0; i < flags->count; i++)
		if (has_flag(&flags->flags[i], member, &owned))
			return sr_append_text(encoder, flags->flags[i].text);
	return sr_write_string(encoder, "", 0);
}

/* ---- strings ---- */

static int append_csv(sr_encoder *encoder, const sr_call *call)
{
	const char *text = sr_load_pointer(call->member);
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	while (text && *text && !status) {
		size_t len = strcspn(text, ",");

		if (len) {
			status = sr_item(&list);
			if (!status)
				status = sr_write_string(encoder, text, len);
		}
		text += len + (text[len] == ',');
	}
	return status ? status : sr_end_list(&list);
}

static int append_strings(sr_encoder *encoder, const sr_call *call)
{
	char *const *strings = sr_load_pointer(call->member);
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	for (; strings && *strings && !status; strings++)
		status = string_item(&list, *strings);
	return status ? status : sr_end_list(&list);
}

static int append_hosts(sr_list *list, const sr_host *host, void *hosts)
{
	int status = SR_DONE;
	char *name;

	while (!status && (name = host->hostlist_shift(hosts))) {
		status = string_item(list, name);
		free(name);
	}
	return status;
}

/* What is no host list is null: one record must not keep all others from being seen. */
static int append_hostlist(sr_encoder *encoder, const sr_call *call)
{
	const char *text = sr_load_pointer(call->member);
	const sr_host *host = encoder->host;
	void *hosts = NULL;
	sr_list list;
	int status;

	if (text && *text) {
		hosts = host ? host->hostlist_create(text) : NULL;
		if (!hosts)
			return sr_append_null(encoder);
	}
	status = sr_begin_list(&list, encoder, call->insn->depth);
	if (hosts) {
		if (!status)
			status = append_hosts(&list, host, hosts);
		host->hostlist_destroy(hosts);
	}
	return status ? status : sr_end_list(&list);
}

/* ---- structs ---- */

static int append_pointed(sr_encoder *encoder, const sr_call *call)
{
	const sr_nested *nested = call->insn->arg;
	const void *target = sr_load_pointer(call->member);

	if (target)
		return sr_nest(encoder, call, target);
	return sr_append_text(encoder, nested->null_text);
}

static int append_list_items(sr_list *list, const sr_call *call, void *iterator)
{
	const sr_host *host = list->encoder->host;
	int status = SR_DONE;
	void *item;

	while (!status && (item = host->list_next(iterator))) {
		if (call->insn->op == SR_LIST)
			status = sr_record_item(list, call, item);
		else
			status = string_item(list, item);
	}
	return status;
}

static int append_list(sr_encoder *encoder, const sr_call *call)
{
	void *items = sr_load_pointer(call->member);
	const sr_host *host = encoder->host;
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	if (items && !status) {
		void *iterator = host ? host->list_iterator_create(items) : NULL;

		if (!iterator)
			return sr_broken(encoder, ENOMEM);
		status = append_list_items(&list, call, iterator);
		host->list_iterator_destroy(iterator);
	}
	return status ? status : sr_end_list(&list);
}

static bool is_zero(const char *struct_, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (struct_[i])
			return false;
	return true;
}

static int append_array(sr_encoder *encoder, const sr_call *call)
{
	const sr_nested *nested = call->insn->arg;
	const char *item = sr_load_pointer(call->member);
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	for (; item && !status && !is_zero(item, nested->stride); item += nested->stride)
		status = sr_record_item(&list, call, item);
	return status ? status : sr_end_list(&list);
}

static int append_call(sr_encoder *encoder, const sr_call *call)
{
	sr_writer *writer = sr_writer_of(call->insn->function);

	return writer ? writer(encoder, call) : sr_broken(encoder, EINVAL);
}

int sr_run_list(sr_encoder *encoder, const sr_call *call)
{
	switch (call->insn->op) {
	case SR_FLAGS:
		return append_flags(encoder, call);
	case SR_FLAG_WORD:
		return append_flag_word(encoder, call);
	case SR_CSV:
		return append_csv(encoder, call);
	case SR_HOSTLIST:
		return append_hostlist(encoder, call);
	case SR_STRINGS:
		return append_strings(encoder, call);
	case SR_STRUCT:
		return sr_nest(encoder, call, call->member);
	case SR_POINTER:
		return append_pointed(encoder, call);
	case SR_LIST:
	case SR_LIST_OF_STRINGS:
		return append_list(encoder, call);
	case SR_ARRAY:
		return append_array(encoder, call);
	case SR_CALL:
		return append_call(encoder, call);
	default:
		return sr_broken(encoder, EINVAL);
	}
}
