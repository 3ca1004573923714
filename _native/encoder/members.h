/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Members of a struct, read by copy: whatever offset a table gives is aligned. */
#ifndef SLURMRESTD_ENCODER_MEMBERS_H
#define SLURMRESTD_ENCODER_MEMBERS_H

#include <stdint.h>
#include <string.h>

static inline uint16_t sr_load_16(const void *member)
{
	uint16_t value;

	memcpy(&value, member, sizeof(value));
	return value;
}

static inline uint32_t sr_load_32(const void *member)
{
	uint32_t value;

	memcpy(&value, member, sizeof(value));
	return value;
}

static inline uint64_t sr_load_64(const void *member)
{
	uint64_t value;

	memcpy(&value, member, sizeof(value));
	return value;
}

static inline double sr_load_double(const void *member)
{
	double value;

	memcpy(&value, member, sizeof(value));
	return value;
}

static inline void *sr_load_pointer(const void *member)
{
	void *value;

	memcpy(&value, member, sizeof(value));
	return value;
}

static inline uint64_t sr_load_uint(const void *member, unsigned size)
{
	switch (size) {
	case 1:
		return *(const uint8_t *)member;
	case 2:
		return sr_load_16(member);
	case 4:
		return sr_load_32(member);
	default:
		return sr_load_64(member);
	}
}

static inline int64_t sr_load_int(const void *member, unsigned size)
{
	switch (size) {
	case 1:
		return (int8_t)*(const uint8_t *)member;
	case 2:
		return (int16_t)sr_load_16(member);
	case 4:
		return (int32_t)sr_load_32(member);
	default:
		return (int64_t)sr_load_64(member);
	}
}

/*
 * The low 32 bits of a floating point number without its fraction, which is
 * where Slurm looks for NO_VAL and INFINITE; 0 where it is beyond 64 bits.
 */
static inline uint32_t sr_low_bits(long double value)
{
	if (!(value > -0x1p63L && value < 0x1p63L))
		return 0;
	return (uint32_t)(int64_t)value;
}

#endif
