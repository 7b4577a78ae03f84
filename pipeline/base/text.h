/* Text and Unicode (the only caller of ICU, with language.h).
 * All strings are UTF-8, terminated, and valid unless a function says "outside". */
#ifndef CARNET_BASE_TEXT_H
#define CARNET_BASE_TEXT_H

#include <glib.h>
#include <stdbool.h>

/* What text_from_outside found. */
typedef enum { TEXT_UTF8, TEXT_UTF8_BOM, TEXT_UTF16, TEXT_LATIN1 } TextEncoding;

/* Turns outside bytes into clean UTF-8: the BOM goes, UTF-16 with a BOM and
 * Latin-1 / Windows-1252 are converted, CRLF and CR become LF, the result is
 * NFC. Whole escape sequences (ECMA-48: colours, titles, links of a terminal),
 * control characters other than tab and newline, and bidirectional
 * controls (U+202A–E, U+2066–9, U+200E/F), are dropped, and so are combining
 * marks beyond 30 in a row. Refuses (INPUT) what is empty or is not text (NUL
 * bytes, known binary signatures, many control codes) and UTF-8 with bad bytes,
 * whose line it tells: guessing would spoil every accent. One accent or quotation
 * mark of UTF-8 makes bad bytes damaged UTF-8; without any, they are Latin-1. `name` opens
 * the message; `encoding` may be NULL.
 * Returns (free with g_free), or NULL. */
char *text_from_outside(const char *name, GBytes *bytes, TextEncoding *encoding, GError **error);

/* NFC form. Returns (free with g_free). */
char *text_nfc(const char *text);
/* For comparing: lower case, accents stripped, "œ" as "oe", every run of anything but
 * letters and digits one space, trimmed. Returns (free with g_free). */
char *text_fold(const char *text);
/* Safe on a terminal or in a log: control characters, escapes and bidi
 * controls are shown as \xNN or \u{NNNN}; newline and tab become spaces.
 * Returns (free with g_free). */
char *text_printable(const char *text);
/* At most `columns` columns wide (East Asian wide counts two), cut with "…".
 * Returns (free with g_free). */
char *text_ellipsize(const char *text, guint columns);
guint text_columns(const char *text);
/* White space of every kind (no-break too) to single spaces, trimmed. Returns (g_free). */
char *text_squeeze(const char *text);
/* CR LF, as a browser ends the lines of a text area (WHATWG HTML, 4.10.22), become LF. Returns (g_free). */
char *text_with_lf(const char *text);
/* Nothing but white space of every kind; NULL too. */
bool text_is_blank(const char *text);
/* Its first `most_bytes` bytes or fewer, never half a character. Returns (g_free). */
char *text_head(const char *text, gsize most_bytes);
/* With its first letter as a capital. Returns (g_free). */
char *text_capitalise(const char *text);
/* The sentences of `text` by ICU's rules for `language`, each trimmed, none
 * empty; "M. Dupont", "p. ex. Marie" stay whole; a line's end ends a sentence. Returns (free with g_strfreev). */
char **text_sentences(const char *text, const char *language);
/* A string as a YAML (and JSON) double-quoted scalar. Returns (g_free). */
char *text_yaml_quote(const char *text);
/* SHA-256 in hexadecimal of the parts, each preceded by its length, so that no
 * two lists of parts share a sum. NULL ends the list. Returns (g_free). */
char *text_digest(const char *first, ...) G_GNUC_NULL_TERMINATED;
/* Enough of that sum (16 digits) to tell one version of a text from another. Returns (g_free). */
char *text_version(const char *text);

#endif
