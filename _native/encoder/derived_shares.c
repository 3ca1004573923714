/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an association has of each TRES: numbers in the association's record,
 * their names in the message that it came in.
 */
#include "encoder.h"

#include "members.h"

/* How many names there are; none without a message. */
static uint32_t names_of(const sr_encoder *encoder, char *const **names)
{
	const shares_response_msg_t *message = encoder->parent;

	*names = message ? message->tres_names : NULL;
	return *names ? message->tres_cnt : 0;
}

int sr_shares_counts(sr_encoder *encoder, const sr_call *call)
{
	const uint64_t *values = sr_load_pointer(call->member);
	char *const *names;
	uint32_t count = names_of(encoder, &names);
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	for (uint32_t i = 0; values && i < count && !status; i++) {
		sr_shares_count record = {.name = names[i], .value = values[i]};

		status = sr_record_item(&list, call, &record);
	}
	return status ? status : sr_end_list(&list);
}

int sr_shares_usages(sr_encoder *encoder, const sr_call *call)
{
	const long double *values = sr_load_pointer(call->member);
	char *const *names;
	uint32_t count = names_of(encoder, &names);
	sr_list list;
	int status = sr_begin_list(&list, encoder, call->insn->depth);

	for (uint32_t i = 0; values && i < count && !status; i++) {
		sr_shares_usage record = {.name = names[i], .value = values[i]};

		status = sr_record_item(&list, call, &record);
	}
	return status ? status : sr_end_list(&list);
}
