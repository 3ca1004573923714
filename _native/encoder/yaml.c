/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * YAML 1.1 in blocks, with a tag on every node.  What libyaml 0.2.5 makes of
 * the original's events is the measure, byte by byte: when a scalar has
 * quotes, what is escaped, and where a long line is folded (pretty form).
 */
#include "encoder.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>

#include "members.h"
#include "text.h"

enum {
	/* A space behind this column is where a line may be folded. */
	WIDTH = 80,
	/* DBL_MAX has 309 digits before the point; 6 follow it. */
	LONGEST_DOUBLE = 336,
	/* A character escaped: "\U0001F600". */
	LONGEST_CHARACTER = 10
};

/* ---- how a string can be written ---- */

typedef struct {
	bool has_space;
	bool has_break;
	bool plain;         /* without quotes */
	bool single_quoted; /* as it stands; else only escaped */
} yaml_looks;

static bool is_blank(char letter)
{
	return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

/* What the first character keeps from being plain, whatever follows it. */
static bool is_indicator(char letter)
{
	return letter && strchr("#,[]{}&*!|>'\"%@`", letter);
}

/* Whether a first character, and what is behind it, mean something in YAML. */
static bool starts_otherwise(const char *text, size_t len)
{
	bool before_blank = len == 1 || is_blank(text[1]);

	if (len >= 3 && (!memcmp(text, "---", 3) || !memcmp(text, "...", 3)))
		return true;
	return is_indicator(*text) || (before_blank && strchr("?:-", *text));
}

/* Whether a character within means something: a colon or a hash beside a blank. */
static bool is_otherwise(const char *text, size_t len, size_t at)
{
	if (text[at] == ':')
		return at + 1 == len || is_blank(text[at + 1]);
	return text[at] == '#' && is_blank(text[at - 1]);
}

/*
 * Nothing beyond ASCII and no control character stands as it is, and blanks
 * stay only where folding keeps them.
 */
static yaml_looks looks_of(const char *text, size_t len)
{
	yaml_looks looks = {.plain = true, .single_quoted = true};

	if (!len)
		return looks;
	if (starts_otherwise(text, len) || text[0] == ' ' || text[len - 1] == ' ')
		looks.plain = false;
	for (size_t i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)text[i];

		if (byte == ' ') {
			looks.has_space = true;
			if (i && text[i - 1] == '\n')
				looks.single_quoted = false;
		} else if (byte == '\n') {
			looks.has_break = true;
			if (i && text[i - 1] == ' ')
				looks.single_quoted = false;
		} else if (byte < ' ' || byte >= 0x7f) {
			looks.single_quoted = false;
			break;
		} else if (i && is_otherwise(text, len, i)) {
			looks.plain = false;
		}
	}
	looks.plain = looks.plain && looks.single_quoted && !looks.has_break;
	return looks;
}

/* ---- lines ---- */

/* The line that is being written: where it began, and how far in its folds stand. */
typedef struct {
	sr_encoder *encoder;
	size_t start;
	size_t indent;
} yaml_line;

static yaml_line current_line(sr_encoder *encoder)
{
	yaml_line line = {.encoder = encoder, .start = encoder->len, .indent = 2};

	while (line.start && encoder->data[line.start - 1] != '\n')
		line.start--;
	for (size_t i = line.start; i < encoder->len && encoder->data[i] == ' '; i++)
		line.indent++;
	return line;
}

static bool is_long(const yaml_line *line)
{
	return line->encoder->pretty && line->encoder->len - line->start > WIDTH;
}

/* Room for a character, and for a break before it. */
static bool has_room(const yaml_line *line)
{
	return sr_reserve(line->encoder, line->indent + 2 + LONGEST_CHARACTER);
}

static void put(const yaml_line *line, char letter)
{
	line->encoder->data[line->encoder->len++] = letter;
}

static void put_indent(const yaml_line *line)
{
	memset(line->encoder->data + line->encoder->len, ' ', line->indent);
	line->encoder->len += line->indent;
}

static void put_break(yaml_line *line)
{
	put(line, '\n');
	line->start = line->encoder->len;
}

static void fold(yaml_line *line)
{
	put_break(line);
	put_indent(line);
}

/* ---- strings ---- */

static int append_plain(yaml_line *line, const char *text, size_t len)
{
	bool after_space = false;

	for (size_t i = 0; i < len; i++) {
		bool is_space = text[i] == ' ';

		if (!has_room(line))
			return SR_NO_MEMORY;
		/* The last character is no space. */
		if (is_space && !after_space && is_long(line) && text[i + 1] != ' ')
			fold(line);
		else
			put(line, text[i]);
		after_space = is_space;
	}
	return SR_DONE;
}

/* A line break is doubled, since a single one reads as a space. */
static void put_quoted_break(yaml_line *line, bool after_break)
{
	if (!after_break)
		put_break(line);
	put_break(line);
}

static int append_single_quoted(yaml_line *line, const char *text, size_t len)
{
	bool after_space = false, after_break = false;

	for (size_t i = 0; i < len; i++) {
		if (!has_room(line))
			return SR_NO_MEMORY;
		if (text[i] == ' ') {
			if (!after_space && is_long(line) && i && i + 1 < len &&
			    text[i + 1] != ' ')
				fold(line);
			else
				put(line, ' ');
			after_space = true;
			continue;
		}
		if (text[i] == '\n') {
			put_quoted_break(line, after_break);
			after_break = true;
			continue;
		}
		if (after_break)
			put_indent(line);
		if (text[i] == '\'')
			put(line, '\'');
		put(line, text[i]);
		after_space = after_break = false;
	}
	if (after_break && !has_room(line))
		return SR_NO_MEMORY;
	if (after_break)
		put_indent(line);
	return SR_DONE;
}

static void put_hex(const yaml_line *line, char letter, uint32_t value, int digits)
{
	static const char hex[] = "0123456789ABCDEF";

	put(line, letter);
	while (digits--)
		put(line, hex[value >> (4 * digits) & 15]);
}

/* What follows the backslash of a character without digits; 0 where there is none. */
static char short_escape(uint32_t value)
{
	static const char escapes[] = {
		[0x00] = '0', [0x07] = 'a', [0x08] = 'b', [0x09] = 't', [0x0a] = 'n',
		[0x0b] = 'v', [0x0c] = 'f', [0x0d] = 'r', [0x1b] = 'e', ['"'] = '"',
		['\\'] = '\\', [0x85] = 'N', [0xa0] = '_',
	};

	if (value < sizeof(escapes))
		return escapes[value];
	return value == 0x2028 ? 'L' : value == 0x2029 ? 'P' : 0;
}

static void put_escape(const yaml_line *line, uint32_t value)
{
	char letter = short_escape(value);

	put(line, '\\');
	if (letter)
		put(line, letter);
	else if (value <= 0xff)
		put_hex(line, 'x', value, 2);
	else if (value <= 0xffff)
		put_hex(line, 'u', value, 4);
	else
		put_hex(line, 'U', value, 8);
}

/* The character at `text`, and how many bytes it has; U+FFFD for one that is none. */
static uint32_t character_at(const char *text, size_t available, unsigned *bytes)
{
	static const unsigned char first_bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	const unsigned char *byte = (const unsigned char *)text;
	uint32_t value;

	*bytes = sr_utf8_length(byte, available);
	if (!*bytes) {
		*bytes = 1;
		return 0xfffd;
	}
	value = byte[0] & first_bits[*bytes];
	for (unsigned i = 1; i < *bytes; i++)
		value = value << 6 | (byte[i] & 0x3f);
	return value;
}

static bool is_escaped(char letter)
{
	unsigned char byte = (unsigned char)letter;

	return byte < ' ' || byte >= 0x7f || byte == '"' || byte == '\\';
}

static int append_double_quoted(yaml_line *line, const char *text, size_t len)
{
	bool after_space = false;
	unsigned bytes;

	for (size_t i = 0; i < len; i += bytes) {
		bool is_space = text[i] == ' ';

		bytes = 1;
		if (!has_room(line))
			return SR_NO_MEMORY;
		if (is_escaped(text[i])) {
			put_escape(line, character_at(text + i, len - i, &bytes));
		} else if (is_space && !after_space && is_long(line) && i && i + 1 < len) {
			fold(line);
			/* A space at the start of a line would be lost. */
			if (text[i + 1] == ' ')
				put(line, '\\');
		} else {
			put(line, text[i]);
		}
		after_space = is_space;
	}
	return SR_DONE;
}

/* Whether the line, with `len` more, ends before any space at which it could be folded. */
static bool stays_short(const yaml_line *line, size_t len)
{
	return !line->encoder->pretty || line->encoder->len - line->start + len <= WIDTH;
}

static int append_scalar(sr_encoder *encoder, const char *text, size_t len, yaml_looks looks)
{
	yaml_line line = current_line(encoder);

	if (looks.plain)
		return append_plain(&line, text, len);
	if (looks.single_quoted)
		return append_single_quoted(&line, text, len);
	return append_double_quoted(&line, text, len);
}

static int append_quoted(sr_encoder *encoder, const char *text, size_t len, yaml_looks looks)
{
	const char *quote = looks.single_quoted ? "'" : "\"";
	int status = sr_append(encoder, quote, 1);

	if (!status)
		status = append_scalar(encoder, text, len, looks);
	return status ? status : sr_append(encoder, quote, 1);
}

int sr_append_yaml_string(sr_encoder *encoder, const char *text, size_t len)
{
	yaml_looks looks = looks_of(text, len);
	int status;

	if (!len)
		return sr_append(encoder, "!!str", 5);
	status = sr_append(encoder, "!!str ", 6);
	if (status)
		return status;
	if (!looks.plain)
		return append_quoted(encoder, text, len, looks);
	if (looks.has_space) {
		yaml_line line = current_line(encoder);

		if (!stays_short(&line, len))
			return append_plain(&line, text, len);
	}
	return sr_append(encoder, text, len);
}

/* ---- numbers ---- */

static int append_decimals(sr_encoder *encoder, double value)
{
	char *text;
	int len;

	if (!sr_reserve(encoder, LONGEST_DOUBLE))
		return SR_NO_MEMORY;
	text = encoder->data + encoder->len;
	len = snprintf(text, LONGEST_DOUBLE, "%f", value);
	/* The process may have a locale with another decimal point. */
	if (isfinite(value))
		text[len - 7] = '.';
	encoder->len += (size_t)len;
	return SR_DONE;
}

int sr_append_yaml_double(sr_encoder *encoder, double value)
{
	int status = sr_append(encoder, "!!float ", 8);

	return status ? status : append_decimals(encoder, value);
}

static int append_float128(sr_encoder *encoder, const char *member)
{
	long double value;
	uint32_t low;

	memcpy(&value, member, sizeof(value));
	low = sr_low_bits(value);
	if (low == INFINITE || low == NO_VAL)
		return sr_append_null(encoder);
	return sr_append_yaml_double(encoder, (double)value);
}

static int append_no_val_double(sr_encoder *encoder, const sr_no_val *form, double value)
{
	uint32_t low = sr_low_bits(value);
	int status;

	if (low == INFINITE || isinf(value))
		return sr_append_text(encoder, form->infinite);
	if (low == NO_VAL || isnan(value))
		return sr_append_text(encoder, form->unset);
	status = sr_append_text(encoder, form->before);
	if (!status)
		status = append_decimals(encoder, value);
	return status ? status : sr_append_text(encoder, form->after);
}

/* A scalar that JSON's interpreter writes: what it is tells its tag. */
static int append_scalar_of(sr_encoder *encoder, const sr_call *call)
{
	char scalar[SR_SCALAR];
	const char *behind = sr_put_scalar(encoder, scalar, call->insn, call->member);
	int status;

	if (!behind)
		return sr_run_list(encoder, call);
	if (behind == scalar)
		return SR_DONE;
	if (*scalar == 'n')
		return sr_append_null(encoder);
	if (*scalar == 't' || *scalar == 'f')
		return sr_append_bool(encoder, *scalar == 't');
	status = sr_append(encoder, "!!int ", 6);
	return status ? status : sr_append(encoder, scalar, (size_t)(behind - scalar));
}

/* ---- the interpreter ---- */

static int append_member(sr_encoder *encoder, const sr_call *call)
{
	const sr_insn *insn = call->insn;

	switch (insn->op) {
	case SR_STRING:
		return sr_append_string(encoder, sr_load_pointer(call->member));
	case SR_NAME:
		return sr_append_name(encoder, insn, call->member);
	case SR_NO_VAL:
	case SR_NO_VAL_SIGNED:
	case SR_MEM_PER_CPU:
	case SR_MEM_PER_NODE:
	case SR_PLANNED:
		return sr_append_value(encoder, insn, call->member);
	case SR_FLOAT64:
		return sr_append_yaml_double(encoder, sr_load_double(call->member));
	case SR_FLOAT64_NO_VAL:
		return append_no_val_double(encoder, insn->arg, sr_load_double(call->member));
	case SR_FLOAT128:
		return append_float128(encoder, call->member);
	default:
		return append_scalar_of(encoder, call);
	}
}

int sr_run_yaml(sr_encoder *encoder, const sr_program *program, const void *base, unsigned level)
{
	const sr_insn *insn = program->insns, *last = insn + program->count;
	int status = sr_append_text(encoder, program->prefix);

	for (; insn < last && !status; insn++) {
		sr_call call = {insn, (const char *)base + insn->offset, level};

		status = sr_append_text(encoder, insn->prefix);
		if (!status)
			status = append_member(encoder, &call);
	}
	return status ? status : sr_append_text(encoder, program->suffix);
}
