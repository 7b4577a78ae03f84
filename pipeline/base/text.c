#include "base/text.h"

#include <string.h>

/* --- folding: character by character, because neither lower case nor NFKD looks at neighbours --- */

/* What most texts have besides ASCII is folded once: accented letters, then typographic signs (a page of quotation
 * marks took a second for a megabyte). */
static const struct { gunichar from, until; } common[] = {{0x80, 0x180}, {0x2000, 0x2130}};
#define COMMON_SIGNS 0x230 /* in both */

/* What is left of a character: letters and digits; a blank for each of anything else; nothing of a mark. */
static char *fold_character(gunichar character) {
  char bytes[7] = "";
  g_unichar_to_utf8(character, bytes);
  /* Taken apart before its case is looked at: a capital of mathematics, or in a circle, is a capital. */
  g_autofree char *plain = g_utf8_normalize(bytes, -1, G_NORMALIZE_NFKD);
  g_autofree char *lower = g_utf8_casefold(plain, -1);
  g_autofree char *parts = g_utf8_normalize(lower, -1, G_NORMALIZE_NFKD);
  GString *out = g_string_new(NULL);
  for (const char *at = parts; *at; at = g_utf8_next_char(at)) {
    gunichar c = g_unichar_tolower(g_utf8_get_char(at)); /* GLib folds the small letters of Cherokee to capitals */
    if (g_unichar_ismark(c))
      continue;
    if (c == 0x153) /* ligatures that no normal form takes apart */
      g_string_append(out, "oe");
    else if (c == 0xE6)
      g_string_append(out, "ae");
    else if (g_unichar_isalnum(c))
      g_string_append_unichar(out, c);
    else
      g_string_append_c(out, ' ');
  }
  return g_string_free(out, FALSE);
}

static gpointer fold_common(G_GNUC_UNUSED gpointer unused) {
  char **folded = g_new(char *, COMMON_SIGNS);
  guint n = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(common); i++)
    for (gunichar c = common[i].from; c < common[i].until; c++)
      folded[n++] = fold_character(c);
  return folded;
}

/* Borrowed, or NULL when the character is rare. */
static const char *common_fold(char *const *folded, gunichar c) {
  for (gsize i = 0, n = 0; i < G_N_ELEMENTS(common); i++) {
    if (c >= common[i].from && c < common[i].until)
      return folded[n + c - common[i].from];
    n += common[i].until - common[i].from;
  }
  return NULL;
}

/* One blank between words, none at the ends. */
static inline void append_folded_byte(GString *out, char c, bool *wants_space) {
  if (c == ' ') {
    *wants_space = out->len > 0;
    return;
  }
  if (*wants_space)
    g_string_append_c(out, ' ');
  *wants_space = false;
  g_string_append_c(out, c);
}

static void append_folded(GString *out, const char *folded, bool *wants_space) {
  for (; *folded; folded++)
    append_folded_byte(out, *folded, wants_space);
}

char *text_fold(const char *text) {
  static GOnce once = G_ONCE_INIT;
  char *const *folded = g_once(&once, fold_common, NULL);
  gsize nbytes = strlen(text);
  GString *out = g_string_sized_new(nbytes + 1);
  bool wants_space = false;
  const char *end =
      g_utf8_validate(text, (gssize)nbytes, NULL) ? text + nbytes : text; /* nothing, of what is no text */
  for (const char *at = text; at < end; at = g_utf8_next_char(at)) {
    if ((guchar)*at < 0x80) { /* nearly all */
      append_folded_byte(out, g_ascii_isalnum(*at) ? g_ascii_tolower(*at) : ' ', &wants_space);
      continue;
    }
    gunichar c = g_utf8_get_char(at);
    const char *known = common_fold(folded, c);
    g_autofree char *rare = known ? NULL : fold_character(c);
    append_folded(out, known ? known : rare, &wants_space);
  }
  return g_string_free(out, FALSE);
}

static guint char_columns(gunichar c) {
  if (g_unichar_iszerowidth(c))
    return 0;
  return g_unichar_iswide(c) ? 2 : 1;
}

guint text_columns(const char *text) {
  guint columns = 0;
  for (const char *at = text; *at; at = g_utf8_next_char(at))
    columns += char_columns(g_utf8_get_char(at));
  return columns;
}

char *text_ellipsize(const char *text, guint columns) {
  if (text_columns(text) <= columns)
    return g_strdup(text);
  if (columns == 0)
    return g_strdup("");
  guint used = 0;
  const char *at = text;
  while (used + char_columns(g_utf8_get_char(at)) + 1 <= columns) {
    used += char_columns(g_utf8_get_char(at));
    at = g_utf8_next_char(at);
  }
  while (at > text && at[-1] == ' ')
    at--;
  return g_strdup_printf("%.*s…", (int)(at - text), text);
}

char *text_with_lf(const char *text) {
  GString *out = g_string_new(text);
  g_string_replace(out, "\r\n", "\n", 0);
  return g_string_free(out, FALSE);
}

char *text_squeeze(const char *text) {
  GString *out = g_string_sized_new(strlen(text));
  bool wants_space = false;
  for (const char *at = text; *at; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    if (g_unichar_isspace(c) || c == 0x200B) {
      wants_space = out->len > 0;
      continue;
    }
    if (wants_space)
      g_string_append_c(out, ' ');
    wants_space = false;
    g_string_append_unichar(out, c);
  }
  return g_string_free(out, FALSE);
}

bool text_is_blank(const char *text) {
  g_autofree char *squeezed = text_squeeze(text ? text : "");
  return *squeezed == '\0';
}

char *text_head(const char *text, gsize most_bytes) {
  gsize nbytes = strnlen(text, most_bytes);
  while (nbytes > 0 && ((guchar)text[nbytes] & 0xC0) == 0x80)
    nbytes--;
  return g_strndup(text, nbytes);
}

char *text_capitalise(const char *text) {
  g_autofree char *first = g_utf8_substring(text, 0, *text ? 1 : 0);
  g_autofree char *upper = g_utf8_strup(first, -1);
  return g_strconcat(upper, text + strlen(first), NULL);
}

char *text_yaml_quote(const char *text) {
  GString *out = g_string_new("\"");
  for (const char *at = text; *at; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    if (c == '"' || c == '\\')
      g_string_append_printf(out, "\\%c", (char)c);
    else if (c == '\n')
      g_string_append(out, "\\n");
    else if (c == '\t')
      g_string_append(out, "\\t");
    else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE ||
             c == 0xFFFF)
      g_string_append_printf(out, "\\u%04X", c);
    else
      g_string_append_unichar(out, c);
  }
  g_string_append_c(out, '"');
  return g_string_free(out, FALSE);
}

char *text_digest(const char *first, ...) {
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
  va_list parts;
  va_start(parts, first);
  for (const char *part = first; part; part = va_arg(parts, const char *)) {
    g_autofree char *length = g_strdup_printf("%zu:", strlen(part));
    g_checksum_update(sum, (const guchar *)length, -1);
    g_checksum_update(sum, (const guchar *)part, -1);
  }
  va_end(parts);
  return g_strdup(g_checksum_get_string(sum));
}

char *text_version(const char *text) {
  char *sum = text_digest(text, NULL);
  sum[16] = '\0';
  return sum;
}
