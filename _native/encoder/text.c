/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Strings, integers and floating point numbers as JSON, or by the encoder's form. */
#include "encoder.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "text.h"

#define PAIRS_OF(tens)                                                                             \
	tens, '0', tens, '1', tens, '2', tens, '3', tens, '4', tens, '5', tens, '6', tens, '7',    \
		tens, '8', tens, '9'

const char sr_digit_pairs[200] = {
	PAIRS_OF('0'), PAIRS_OF('1'), PAIRS_OF('2'), PAIRS_OF('3'), PAIRS_OF('4'),
	PAIRS_OF('5'), PAIRS_OF('6'), PAIRS_OF('7'), PAIRS_OF('8'), PAIRS_OF('9'),
};

#define EIGHT_OF(value) value, value, value, value, value, value, value, value
#define THIRTY_TWO_OF(value) EIGHT_OF(value), EIGHT_OF(value), EIGHT_OF(value), EIGHT_OF(value)

const uint8_t sr_escapes[256] = {
	EIGHT_OF('u'),
	'b', 't', 'n', 'u', 'f', 'r', 'u', 'u',
	EIGHT_OF('u'),
	EIGHT_OF('u'),
	['"'] = '"',
	['\\'] = '\\',
	[0x80] = THIRTY_TWO_OF(SR_BEYOND_ASCII),
	THIRTY_TWO_OF(SR_BEYOND_ASCII),
	THIRTY_TWO_OF(SR_BEYOND_ASCII),
	THIRTY_TWO_OF(SR_BEYOND_ASCII),
};

/* ---- strings ---- */

static bool is_continuation(unsigned char byte)
{
	return (byte & 0xc0) == 0x80;
}

/* Table 3-7 of the Unicode standard: no overlong form, no surrogate, nothing
 * beyond U+10FFFF. */
unsigned sr_utf8_length(const unsigned char *text, size_t available)
{
	unsigned char first = text[0], low = 0x80, high = 0xbf;
	unsigned len;

	if (first < 0x80)
		return 1;
	if (first < 0xc2 || first > 0xf4)
		return 0;
	len = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	if (available < len)
		return 0;
	if (first == 0xe0)
		low = 0xa0;
	else if (first == 0xed)
		high = 0x9f;
	else if (first == 0xf0)
		low = 0x90;
	else if (first == 0xf4)
		high = 0x8f;
	if (text[1] < low || text[1] > high)
		return 0;
	for (unsigned i = 2; i < len; i++)
		if (!is_continuation(text[i]))
			return 0;
	return len;
}

/* How much of the text can be copied as it stands. */
static size_t clean_run(const unsigned char *text, size_t len)
{
	size_t run = 0;

	while (run < len) {
		unsigned char care = sr_escapes[text[run]];
		unsigned character;

		if (!care) {
			run++;
			continue;
		}
		if (care != SR_BEYOND_ASCII)
			break;
		character = sr_utf8_length(text + run, len - run);
		if (!character)
			break;
		run += character;
	}
	return run;
}

static int append_escaped(sr_encoder *encoder, unsigned char byte)
{
	static const char hex[] = "0123456789abcdef";
	uint8_t escape = sr_escapes[byte];
	char text[6] = {'\\', (char)escape, '0', '0', hex[byte >> 4], hex[byte & 15]};

	if (escape == SR_BEYOND_ASCII)
		return sr_append(encoder, "\xef\xbf\xbd", 3); /* U+FFFD */
	return sr_append(encoder, text, escape == 'u' ? 6 : 2);
}

static int append_with_care(sr_encoder *encoder, const char *text, size_t len)
{
	int status = SR_DONE;

	while (len && !status) {
		size_t run = clean_run((const unsigned char *)text, len);

		status = sr_append(encoder, text, run);
		if (run < len && !status)
			status = append_escaped(encoder, (unsigned char)text[run++]);
		text += run;
		len -= run;
	}
	return status;
}

int sr_write_string(sr_encoder *encoder, const char *text, size_t len)
{
	int status;

	if (encoder->yaml)
		return sr_append_yaml_string(encoder, text, len);
	if (len > SIZE_MAX - 2 || !sr_reserve(encoder, len + 2))
		return SR_NO_MEMORY;
	encoder->data[encoder->len++] = '"';
	if (sr_put_plain(encoder->data + encoder->len, text, len)) {
		encoder->len += len;
	} else {
		status = append_with_care(encoder, text, len);
		if (status)
			return status;
	}
	return sr_append(encoder, "\"", 1);
}

int sr_append_string(sr_encoder *encoder, const char *text)
{
	if (!text)
		return encoder->complex ? sr_append_null(encoder)
					: sr_write_string(encoder, "", 0);
	return sr_write_string(encoder, text, strlen(text));
}

int sr_begin_word(sr_encoder *encoder)
{
	return encoder->yaml ? sr_append(encoder, "!!str ", 6) : sr_append(encoder, "\"", 1);
}

int sr_end_word(sr_encoder *encoder)
{
	return encoder->yaml ? SR_DONE : sr_append(encoder, "\"", 1);
}

int sr_append_null(sr_encoder *encoder)
{
	return encoder->yaml ? sr_append(encoder, "!!null null", 11)
			     : sr_append(encoder, "null", 4);
}

int sr_append_bool(sr_encoder *encoder, bool value)
{
	int status = encoder->yaml ? sr_append(encoder, "!!bool ", 7) : SR_DONE;

	if (status)
		return status;
	return value ? sr_append(encoder, "true", 4) : sr_append(encoder, "false", 5);
}

/* ---- integers ---- */

static unsigned digits_of(uint64_t value)
{
	static const uint64_t powers[] = {
		0u,
		10u,
		100u,
		1000u,
		10000u,
		100000u,
		1000000u,
		10000000u,
		100000000u,
		1000000000u,
		10000000000u,
		100000000000u,
		1000000000000u,
		10000000000000u,
		100000000000000u,
		1000000000000000u,
		10000000000000000u,
		100000000000000000u,
		1000000000000000000u,
		10000000000000000000u,
	};
	unsigned bits = 64 - (unsigned)__builtin_clzll(value | 1);
	unsigned guess = bits * 1233 >> 12; /* bits times log10(2) */

	return guess + (value >= powers[guess] || !guess);
}

char *sr_put_long_uint(char *at, uint64_t value)
{
	unsigned digits = digits_of(value);
	char *behind = at + digits, *pair = behind;

	for (; value >= 100; value /= 100) {
		pair -= 2;
		memcpy(pair, sr_digit_pairs + 2 * (value % 100), 2);
	}
	if (value >= 10)
		memcpy(at, sr_digit_pairs + 2 * value, 2);
	else
		*at = (char)('0' + value);
	return behind;
}

int sr_append_digits(sr_encoder *encoder, uint64_t value)
{
	if (!sr_reserve(encoder, SR_SCALAR))
		return SR_NO_MEMORY;
	encoder->len = (size_t)(sr_put_uint(encoder->data + encoder->len, value) - encoder->data);
	return SR_DONE;
}

static int append_int_tag(sr_encoder *encoder)
{
	return encoder->yaml ? sr_append(encoder, "!!int ", 6) : SR_DONE;
}

int sr_append_uint(sr_encoder *encoder, uint64_t value)
{
	int status = append_int_tag(encoder);

	return status ? status : sr_append_digits(encoder, value);
}

int sr_append_int(sr_encoder *encoder, int64_t value)
{
	int status = append_int_tag(encoder);

	if (status)
		return status;
	if (!sr_reserve(encoder, SR_SCALAR))
		return SR_NO_MEMORY;
	encoder->len = (size_t)(sr_put_int(encoder->data + encoder->len, value) - encoder->data);
	return SR_DONE;
}

/* ---- floating point ---- */

/* 10 to the 0th up to the 22nd: those that a double holds exactly. */
static const double powers_of_ten[] = {
	1e0,  1e1,  1e2,  1e3,	1e4,  1e5,  1e6,  1e7,	1e8,  1e9,  1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

/* digits / 10^places, which has a fraction. */
static char *put_decimal(char *at, uint64_t digits, unsigned places)
{
	char *point;

	while (digits % 10 == 0) {
		digits /= 10;
		places--;
	}
	if (digits_of(digits) <= places) {
		unsigned zeros = places - digits_of(digits);

		*at++ = '0';
		*at++ = '.';
		memset(at, '0', zeros);
		return sr_put_uint(at + zeros, digits);
	}
	at = sr_put_uint(at, digits);
	point = at - places;
	memmove(point + 1, point, places);
	*point = '.';
	return at + 1;
}

/*
 * Up to 15 significant digits, which is what most numbers were made from:
 * value * 10^places is rounded to an integer below 10^15, and where dividing
 * it by the same power gives the value again (both are exact doubles, so the
 * quotient is the double next to the decimal), then these are its digits, and
 * no shorter ones can be since 15 of them tell any two decimals apart.
 * Returns NULL where more are needed.
 */
static char *put_15_digits(char *at, double value)
{
	unsigned places = 0;
	double scaled;

	if (value < 1e-6)
		return NULL;
	while (places < 22 && value * powers_of_ten[places] < 1e14)
		places++;
	scaled = nearbyint(value * powers_of_ten[places]);
	if (scaled > 999999999999999.0 || scaled / powers_of_ten[places] != value)
		return NULL;
	return put_decimal(at, (uint64_t)scaled, places);
}

/* The fewest digits that read back the same; 17 always do. */
static char *put_17_digits(char *at, double value)
{
	int len = 0;

	for (int digits = 15; digits <= 17; digits++) {
		len = snprintf(at, SR_SCALAR, "%.*g", digits, value);
		if (strtod(at, NULL) == value)
			break;
	}
	/* The process may have a locale with another decimal point. */
	for (char *c = at; c < at + len; c++)
		if (!strchr("0123456789+-e", *c))
			*c = '.';
	return at + len;
}

/*
 * JSON has no word for infinity.  A number beyond every double is JSON all the
 * same, and is infinity again to those who read it into a double.
 */
static char *put_infinity(char *at)
{
	return sr_put(at, "1e999", 5);
}

char *sr_put_double(char *at, double value)
{
	char *behind;

	if (isnan(value))
		return sr_put_null(at);
	if (signbit(value)) {
		*at++ = '-';
		value = -value;
	}
	if (isinf(value))
		return put_infinity(at);
	if (value < 1e17 && value == (double)(uint64_t)value) {
		at = sr_put_uint(at, (uint64_t)value);
		memcpy(at, ".0", 2);
		return at + 2;
	}
	behind = value < 1e15 ? put_15_digits(at, value) : NULL;
	return behind ? behind : put_17_digits(at, value);
}

int sr_append_double(sr_encoder *encoder, double value)
{
	if (encoder->yaml)
		return sr_append_yaml_double(encoder, value);
	if (!sr_reserve(encoder, SR_SCALAR))
		return SR_NO_MEMORY;
	encoder->len = (size_t)(sr_put_double(encoder->data + encoder->len, value) - encoder->data);
	return SR_DONE;
}
