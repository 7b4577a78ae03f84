/* What ICU knows of text: normal forms, and where a sentence ends. */
#include "base/language.h"
#include "base/text.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#define TAIL_UNITS 16 /* UTF-16 units: longer than any abbreviation */

/* --- forms ----------------------------------------------------------------- */

static UChar *to_utf16(const char *text, int32_t *length) {
  UErrorCode status = U_ZERO_ERROR;
  gsize nbytes = strlen(text);
  g_return_val_if_fail(nbytes < G_MAXINT32 / 4, NULL);
  UChar *out = g_new(UChar, nbytes + 1); /* never more units than bytes */
  u_strFromUTF8(out, (int32_t)nbytes + 1, length, text, (int32_t)nbytes, &status);
  if (U_FAILURE(status))
    *length = 0;
  return out;
}

static char *to_utf8(const UChar *text, int32_t length) {
  UErrorCode status = U_ZERO_ERROR;
  gsize room = (gsize)length * 3 + 1; /* never more than three bytes a unit */
  g_autofree char *out = g_malloc(room);
  u_strToUTF8(out, (int32_t)room, NULL, text, length, &status);
  return g_strdup(U_FAILURE(status) ? "" : out);
}

/* Not by g_utf8_normalize, whose time grows with the square of the length (measured:
 * 0.7 s for a megabyte of French). */
char *text_nfc(const char *text) {
  UErrorCode status = U_ZERO_ERROR;
  if (g_str_is_ascii(text))
    return g_strdup(text);
  int32_t length = 0;
  g_autofree UChar *given = to_utf16(text, &length);
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
  if (unorm2_isNormalized(nfc, given, length, &status))
    return g_strdup(text);
  status = U_ZERO_ERROR;
  int32_t room = unorm2_normalize(nfc, given, length, NULL, 0, &status);
  status = U_ZERO_ERROR;
  g_autofree UChar *form = g_new(UChar, (gsize)room + 1);
  room = unorm2_normalize(nfc, given, length, form, room + 1, &status);
  return U_FAILURE(status) ? g_strdup("") : to_utf8(form, room);
}

/* --- sentences ------------------------------------------------------------- */

/* What ends in a point without ending a sentence, beyond ICU's own list (which
 * its "ss=standard" rules keep whole). */
static const struct {
  const char *language, *words;
} abbreviations[] = {
    {"fr", " M. MM. Mr. Mme. Mmes. Mlle. Dr. Drs. Pr. Me. St. Ste. cf. Cf. ex. av. bd. art. chap. vol. p. pp. env. "
           "tél. Tél. réf. "},
    {"en", " Mr. Mrs. Ms. Dr. Prof. St. e.g. i.e. vs. No. approx. tel. p. pp. vol. "},
    {"es", " Sr. Sra. Srta. Dr. Dra. D. Dña. Ud. Uds. núm. pág. p. ej. Av. Avda. tel. "},
};

static bool ends_in_abbreviation(const char *sentence, const char *language) {
  const char *last = sentence;
  for (const char *at = sentence; *at; at = g_utf8_next_char(at))
    if (g_unichar_isspace(g_utf8_get_char(at)) || *at == '(')
      last = g_utf8_next_char(at);
  g_autofree char *wanted = g_strdup_printf(" %s ", last);
  for (gsize i = 0; i < G_N_ELEMENTS(abbreviations); i++)
    if (language_same(language, abbreviations[i].language))
      return strstr(abbreviations[i].words, wanted) != NULL;
  return false;
}

/* Without white space, no-break ones included, at either end. */
static char *trim(char *text) {
  while (*text && g_unichar_isspace(g_utf8_get_char(text)))
    text = g_utf8_next_char(text);
  char *end = text + strlen(text);
  for (char *last; (last = g_utf8_find_prev_char(text, end)) && g_unichar_isspace(g_utf8_get_char(last));)
    end = last;
  *end = '\0';
  return text;
}

/* French writes a space before it ("Bien. »"), which ICU takes for a sentence's beginning. */
static bool is_closing(UChar c) {
  return c == 0xBB || c == 0x201D || c == ')';
}

static void add_sentence(GPtrArray *sentences, const UChar *from, int32_t length) {
  UErrorCode status = U_ZERO_ERROR;
  g_autofree char *sentence = g_malloc((gsize)length * 3 + 1);
  u_strToUTF8(sentence, length * 3 + 1, NULL, from, length, &status);
  const char *trimmed = U_SUCCESS(status) ? trim(sentence) : "";
  if (*trimmed)
    g_ptr_array_add(sentences, g_strdup(trimmed));
}

/* The few characters before a break of ICU's tell whether it stands. */
static bool is_end(const UChar *from, int32_t length, const char *language) {
  char tail[TAIL_UNITS * 3 + 1];
  UErrorCode status = U_ZERO_ERROR;
  int32_t n = MIN(length, TAIL_UNITS);
  u_strToUTF8(tail, sizeof tail, NULL, from + length - n, n, &status);
  return U_FAILURE(status) || (length > 0 && from[length - 1] == '\n') || !ends_in_abbreviation(trim(tail), language);
}

char **text_sentences(const char *text, const char *language) {
  GPtrArray *sentences = g_ptr_array_new();
  int32_t length = 0;
  g_autofree UChar *wide = to_utf16(text, &length);
  UErrorCode status = U_ZERO_ERROR;
  g_autofree char *rules = g_strconcat(language, "@ss=standard", NULL);
  UBreakIterator *breaks = ubrk_open(UBRK_SENTENCE, rules, wide, length, &status);
  int32_t from = 0;
  for (int32_t at; U_SUCCESS(status) && (at = ubrk_next(breaks)) != UBRK_DONE;)
    if (at == length || (!is_closing(wide[at]) && is_end(wide + from, at - from, language))) {
      add_sentence(sentences, wide + from, at - from);
      from = at;
    }
  if (from < length)
    add_sentence(sentences, wide + from, length - from);
  ubrk_close(breaks);
  g_ptr_array_add(sentences, NULL);
  return (char **)g_ptr_array_free(sentences, FALSE);
}
