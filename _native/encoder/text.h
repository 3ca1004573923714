/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The inner loops: each writes at `at`, where the caller has made room, and
 * gives the place behind what it wrote.
 */
#ifndef SLURMRESTD_ENCODER_TEXT_H
#define SLURMRESTD_ENCODER_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* "00" to "99". */
extern const char sr_digit_pairs[200];

/* What a byte of a string becomes: 0 itself, else what follows its backslash
 * ('u' for four hexadecimal digits), or SR_BEYOND_ASCII. */
enum { SR_BEYOND_ASCII = 0x80 };
extern const uint8_t sr_escapes[256];

char *sr_put_long_uint(char *at, uint64_t value);

/* At most SR_SCALAR bytes; null where it is no number, 1e999 where it is infinite. */
char *sr_put_double(char *at, double value);

/* How many bytes the UTF-8 character at `text` has, 0 where it is none. */
unsigned sr_utf8_length(const unsigned char *text, size_t available);

static inline char *sr_put(char *restrict at, const char *restrict text, size_t len)
{
	/* Prefixes are short: two copies that overlap beat a call. */
	if (len > 16) {
		if (len > 32) {
			memcpy(at, text, len);
		} else {
			memcpy(at, text, 16);
			memcpy(at + len - 16, text + len - 16, 16);
		}
	} else if (len >= 8) {
		memcpy(at, text, 8);
		memcpy(at + len - 8, text + len - 8, 8);
	} else if (len >= 4) {
		memcpy(at, text, 4);
		memcpy(at + len - 4, text + len - 4, 4);
	} else if (len) {
		at[0] = text[0];
		at[len / 2] = text[len / 2];
		at[len - 1] = text[len - 1];
	}
	return at + len;
}

static inline char *sr_put_uint(char *at, uint64_t value)
{
	if (value < 10) {
		*at = (char)('0' + value);
		return at + 1;
	}
	return sr_put_long_uint(at, value);
}

static inline char *sr_put_int(char *at, int64_t value)
{
	if (value >= 0)
		return sr_put_uint(at, (uint64_t)value);
	*at = '-';
	return sr_put_uint(at + 1, -(uint64_t)value);
}

static inline char *sr_put_null(char *at)
{
	memcpy(at, "null", 4);
	return at + 4;
}

static inline char *sr_put_bool(char *at, bool value)
{
	memcpy(at, value ? "true" : "fals", 4);
	at[4] = 'e';
	return at + (value ? 4 : 5);
}

#ifdef __SSE2__
/* Whether any of sixteen bytes needs care in a JSON string. */
static inline bool sr_chunk_needs_care(__m128i chunk)
{
	/* Signed: bytes beyond ASCII are below a space, too. */
	__m128i low = _mm_cmplt_epi8(chunk, _mm_set1_epi8(' '));
	__m128i quote = _mm_cmpeq_epi8(chunk, _mm_set1_epi8('"'));
	__m128i backslash = _mm_cmpeq_epi8(chunk, _mm_set1_epi8('\\'));

	return _mm_movemask_epi8(_mm_or_si128(low, _mm_or_si128(quote, backslash)));
}

static inline bool sr_words_need_care(uint64_t one, uint64_t other)
{
	return sr_chunk_needs_care(_mm_set_epi64x((int64_t)one, (int64_t)other));
}
#else
static inline bool sr_word_needs_care(uint64_t word)
{
	const uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
	uint64_t quote = word ^ ones * '"', backslash = word ^ ones * '\\';

	/* A borrow may report a byte that needs none: no harm is done. */
	return ((word - ones * ' ') | (quote - ones) | (backslash - ones) | word) & tops;
}

static inline bool sr_words_need_care(uint64_t one, uint64_t other)
{
	return sr_word_needs_care(one) || sr_word_needs_care(other);
}
#endif

static inline uint64_t sr_load_8(const char *text)
{
	uint64_t word;

	memcpy(&word, text, sizeof(word));
	return word;
}

static inline uint32_t sr_load_4(const char *text)
{
	uint32_t word;

	memcpy(&word, text, sizeof(word));
	return word;
}

/*
 * Copy text if a JSON string can hold it as it stands, and say whether: no
 * quote, backslash or control character, and nothing beyond ASCII.  There must
 * be room for `len` bytes; no byte outside of text[0..len) is read.
 */
static inline bool sr_put_plain(char *restrict at, const char *restrict text, size_t len)
{
	size_t done = 0;

	if (len >= 16) {
#ifdef __SSE2__
		for (; len - done >= 16; done += 16) {
			__m128i chunk = _mm_loadu_si128((const __m128i *)(text + done));

			if (sr_chunk_needs_care(chunk))
				return false;
			_mm_storeu_si128((__m128i *)(at + done), chunk);
		}
#else
		for (; len - done >= 16; done += 16) {
			if (sr_words_need_care(sr_load_8(text + done),
					       sr_load_8(text + done + 8)))
				return false;
			memcpy(at + done, text + done, 16);
		}
#endif
		if (sr_words_need_care(sr_load_8(text + len - 16), sr_load_8(text + len - 8)))
			return false;
		memcpy(at + len - 16, text + len - 16, 16);
	} else if (len >= 8) {
		if (sr_words_need_care(sr_load_8(text), sr_load_8(text + len - 8)))
			return false;
		memcpy(at, text, 8);
		memcpy(at + len - 8, text + len - 8, 8);
	} else if (len >= 4) {
		uint64_t ends = sr_load_4(text) | (uint64_t)sr_load_4(text + len - 4) << 32;

		if (sr_words_need_care(ends, ends))
			return false;
		memcpy(at, text, 4);
		memcpy(at + len - 4, text + len - 4, 4);
	} else {
		for (; done < len; done++) {
			if (sr_escapes[(unsigned char)text[done]])
				return false;
			at[done] = text[done];
		}
	}
	return true;
}

#endif
