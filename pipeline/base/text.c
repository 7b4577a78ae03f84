#include "base/text.h"

#include "base/error.h"
#include "base/i18n.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#define MARKS_MOST 30 /* combining marks in a row */
#define TAIL_UNITS 16 /* UTF-16 units: longer than any abbreviation */

/* --- from outside ---------------------------------------------------------- */

/* What binary files begin with; a pad never does. */
static const struct {
  const char *magic;
  gsize nbytes;
  const char *what;
  bool has_zeros; /* a text may begin so too ("RIFF de guitare"), but holds no zero byte */
} signatures[] = {
    {"%PDF-", 5, N_("a PDF"), false},
    {"PK\x03\x04", 4, N_("an archive or an office document"), false},
    {"\x89PNG", 4, N_("a picture"), false},
    {"\xff\xd8\xff", 3, N_("a picture"), false},
    {"GIF8", 4, N_("a picture"), true},
    {"RIFF", 4, N_("a sound or a picture"), true},
    {"ID3", 3, N_("a sound"), true},
    {"OggS", 4, N_("a sound"), true},
    {"fLaC", 4, N_("a sound"), true},
    {"\x1f\x8b", 2, N_("a compressed file"), false},
    {"\x7f"
     "ELF",
     4, N_("a program"), true},
    {"SQLite format 3", 15, N_("a database"), true},
    {"\xd0\xcf\x11\xe0", 4, N_("an office document"), false},
    {"{\\rtf", 5, N_("an office document"), false},
};

static bool refuse(GError **error, const char *name, const char *why) {
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s: %s", name, why);
  return false;
}

static bool has_bom(const char *data, gsize nbytes, const char *bom, gsize bom_bytes) {
  return nbytes >= bom_bytes && memcmp(data, bom, bom_bytes) == 0;
}

static bool check_signature(const char *name, const char *data, gsize nbytes, GError **error) {
  for (gsize i = 0; i < G_N_ELEMENTS(signatures); i++)
    if (has_bom(data, nbytes, signatures[i].magic, signatures[i].nbytes) &&
        (!signatures[i].has_zeros || memchr(data, '\0', nbytes))) {
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                  _("%s: this is %s, not text; export or save it as plain text"), name, _(signatures[i].what));
      return false;
    }
  return true;
}

/* Bytes 80 to 9F of Windows-1252, which is Latin-1 with letters and quotation
 * marks where Latin-1 has control codes; its five unused bytes are dropped. */
static const gunichar windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* NULL when more than a few bytes, and one in 32, are control codes: that is no text, whatever it is. */
static char *from_latin1(const char *data, gsize nbytes) {
  GString *text = g_string_sized_new(nbytes + nbytes / 8);
  gsize controls = 0;
  for (gsize i = 0; i < nbytes; i++) {
    guchar byte = (guchar)data[i];
    gunichar c = byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
    controls += c == 0 || c == 0x7F || (c < 0x20 && !g_ascii_isspace((char)byte));
    if (c)
      g_string_append_unichar(text, c);
  }
  bool is_text = controls <= 4 + nbytes / 32;
  return g_string_free(text, !is_text);
}

/* What nobody writes in Latin-1: there its first byte is "Â", "Ã", "Ä", "Å", "â€" or "ðŸ" before a sign. (Other
 * sequences may stand in Latin-1: the bytes of "CAFÉ" and a no-break space read as one letter.) */
static bool is_only_utf8(gunichar c) {
  return (c >= 0x80 && c <= 0x17F) || (c >= 0x2000 && c <= 0x203F) || (c >= 0x2080 && c <= 0x20BF) ||
         (c >= 0x1F000 && c <= 0x1FFFF);
}

/* UTF-8 with bad bytes (a file cut in the middle, two files joined) is not Latin-1: one accent or quotation mark
 * of UTF-8 tells, or more letters of another script than bad bytes. `line`: of the first bad byte. */
static bool is_damaged_utf8(const char *data, gsize nbytes, guint *line) {
  gsize letters = 0, bad = 0;
  bool tells = false;
  *line = 1;
  for (const char *at = data, *end = data + nbytes; at < end;) {
    gunichar c = (guchar)*at < 0x80 ? (gunichar)*at : g_utf8_get_char_validated(at, end - at);
    bool is_bad = c == (gunichar)-1 || c == (gunichar)-2;
    bad += is_bad;
    letters += !is_bad && c >= 0x80;
    tells = tells || (!is_bad && is_only_utf8(c));
    *line += c == '\n' && bad == 0;
    at = is_bad ? at + 1 : g_utf8_next_char(at);
  }
  return tells || letters > bad;
}

static char *decode_utf16(const char *name, const char *data, gsize nbytes, bool is_le, GError **error) {
  gsize written = 0;
  char *text = g_convert(data, (gssize)nbytes, "UTF-8", is_le ? "UTF-16LE" : "UTF-16BE", NULL, &written, NULL);
  if (text && strlen(text) == written)
    return text;
  g_free(text);
  refuse(error, name, _("not text: damaged UTF-16"));
  return NULL;
}

static char *decode_8_bits(const char *name, const char *data, gsize nbytes, bool has_mark, GError **error) {
  guint line;
  if (has_mark || is_damaged_utf8(data, nbytes, &line)) {
    if (has_mark)
      is_damaged_utf8(data, nbytes, &line);
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s:%u: damaged UTF-8; save the text again as UTF-8"), name,
                line);
    return NULL;
  }
  char *text = from_latin1(data, nbytes);
  if (!text)
    refuse(error, name, _("not text in UTF-8, UTF-16 or Latin-1"));
  return text;
}

static char *decode(const char *name, const char *data, gsize nbytes, TextEncoding *encoding, GError **error) {
  bool is_le = has_bom(data, nbytes, "\xff\xfe", 2), is_be = has_bom(data, nbytes, "\xfe\xff", 2);
  if (is_le || is_be) {
    *encoding = TEXT_UTF16;
    return decode_utf16(name, data + 2, nbytes - 2, is_le, error);
  }
  if (memchr(data, '\0', nbytes)) {
    refuse(error, name, _("not text (it holds zero bytes)"));
    return NULL;
  }
  *encoding = has_bom(data, nbytes, "\xef\xbb\xbf", 3) ? TEXT_UTF8_BOM : TEXT_UTF8;
  gsize skip = *encoding == TEXT_UTF8_BOM ? 3 : 0;
  if (g_utf8_validate_len(data + skip, nbytes - skip, NULL))
    return g_strndup(data + skip, nbytes - skip);
  *encoding = TEXT_LATIN1;
  return decode_8_bits(name, data + skip, nbytes - skip, skip > 0, error);
}

static bool is_bidi_control(gunichar c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C;
}

static bool is_control(gunichar c) {
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) || c == 0xFEFF ||
         (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

/* The escape sequence (ECMA-48) that begins at `at`, an ESC: CSI to its final byte, OSC and the other strings to
 * BEL or ESC \, "ESC ( B" whole. One that does not end on its line loses its opening alone: no words go with it. */
static const char *skip_escape(const char *at) {
  const char *end = at + 2;
  if (at[1] == '[') {
    while (*end >= 0x30 && *end <= 0x3F)
      end++;
    const char *last = end;
    while (*last >= 0x20 && *last <= 0x2F)
      last++;
    return *last >= 0x40 && *last <= 0x7E ? last + 1 : end;
  }
  if (at[1] != '\0' && strchr("]PX^_", at[1])) {
    while (*end && !strchr("\n\r\a\033", *end))
      end++;
    return *end == '\a' ? end + 1 : *end == '\033' && end[1] == '\\' ? end + 2 : at + 2;
  }
  return at[1] != '\0' && strchr("()*+", at[1]) && g_ascii_isalnum(*end) ? at + 3 : at + 1;
}

/* Line ends to LF, escape sequences and controls dropped. Text of controls alone is not text. Marks
 * beyond the 30 of a stream-safe text (UAX 15) go: sorting a longer run, which
 * every normal form does, takes the square of its length. */
static char *clean(const char *text) {
  GString *out = g_string_sized_new(strlen(text));
  guint marks = 0;
  for (const char *at = text, *next; *at; at = next) {
    gunichar c = g_utf8_get_char(at);
    next = c == 0x1B ? skip_escape(at) : g_utf8_next_char(at);
    marks = g_unichar_combining_class(c) ? marks + 1 : 0;
    if (marks > MARKS_MOST)
      continue;
    if (c == '\r') {
      if (at[1] != '\n')
        g_string_append_c(out, '\n');
    } else if (c == 0x2028 || c == 0x2029 || c == 0x0c || c == 0x0b || c == 0x85) {
      g_string_append_c(out, '\n');
    } else if (!is_control(c) && !is_bidi_control(c)) {
      g_string_append_len(out, at, next - at);
    }
  }
  return g_string_free(out, FALSE);
}

char *text_from_outside(const char *name, GBytes *bytes, TextEncoding *encoding, GError **error) {
  gsize nbytes;
  const char *data = g_bytes_get_data(bytes, &nbytes);
  TextEncoding found = TEXT_UTF8;
  if (nbytes == 0)
    refuse(error, name, _("empty"));
  if (nbytes == 0 || !check_signature(name, data, nbytes, error))
    return NULL;
  g_autofree char *decoded = decode(name, data, nbytes, &found, error);
  if (!decoded)
    return NULL;
  g_autofree char *cleaned = clean(decoded);
  const char *bare = cleaned + strspn(cleaned, " \t\n");
  if (*bare == '\0')
    refuse(error, name, _("empty"));
  /* Again: what is taken once is taken when it is given again, trimmed. */
  if (*bare == '\0' || !check_signature(name, bare, strlen(bare), error))
    return NULL;
  if (encoding)
    *encoding = found;
  return text_nfc(cleaned);
}

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
  if (given == NULL || unorm2_isNormalized(nfc, given, length, &status))
    return g_strdup(length > 0 ? text : "");
  status = U_ZERO_ERROR;
  int32_t room = unorm2_normalize(nfc, given, length, NULL, 0, &status);
  status = U_ZERO_ERROR;
  g_autofree UChar *form = g_new(UChar, (gsize)room + 1);
  room = unorm2_normalize(nfc, given, length, form, room + 1, &status);
  return U_FAILURE(status) ? g_strdup("") : to_utf8(form, room);
}

/* --- folding: character by character, because neither lower case nor NFKD looks at neighbours --- */

#define LATIN_FROM 0x80u /* the accented letters that most texts have are folded once */
#define LATIN_UNTIL 0x180u

/* What is left of a character: letters and digits; a blank for each of anything else; nothing of a mark. */
static char *fold_character(gunichar character) {
  char bytes[7] = "";
  g_unichar_to_utf8(character, bytes);
  /* Taken apart before its case is looked at: a capital of mathematics, or in a circle, is a capital. */
  g_autofree char *plain = g_utf8_normalize(bytes, -1, G_NORMALIZE_NFKD);
  g_autofree char *lower = g_utf8_casefold(plain ? plain : "", -1);
  g_autofree char *parts = g_utf8_normalize(lower, -1, G_NORMALIZE_NFKD);
  GString *out = g_string_new(NULL);
  for (const char *at = parts ? parts : ""; *at; at = g_utf8_next_char(at)) {
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

static gpointer fold_latin(G_GNUC_UNUSED gpointer unused) {
  char **folded = g_new(char *, LATIN_UNTIL - LATIN_FROM);
  for (gunichar c = LATIN_FROM; c < LATIN_UNTIL; c++)
    folded[c - LATIN_FROM] = fold_character(c);
  return folded;
}

/* One blank between words, none at the ends. */
static void append_folded(GString *out, const char *folded, bool *wants_space) {
  for (; *folded; folded++) {
    if (*folded == ' ') {
      *wants_space = out->len > 0;
      continue;
    }
    if (*wants_space)
      g_string_append_c(out, ' ');
    *wants_space = false;
    g_string_append_c(out, *folded);
  }
}

char *text_fold(const char *text) {
  static GOnce once = G_ONCE_INIT;
  char *const *latin = g_once(&once, fold_latin, NULL);
  gsize nbytes = strlen(text);
  GString *out = g_string_sized_new(nbytes + 1);
  bool wants_space = false;
  const char *end =
      g_utf8_validate(text, (gssize)nbytes, NULL) ? text + nbytes : text; /* nothing, of what is no text */
  for (const char *at = text; at < end; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    if (c < LATIN_FROM) {
      const char ascii[] = {g_ascii_isalnum((char)c) ? g_ascii_tolower((char)c) : ' ', '\0'};
      append_folded(out, ascii, &wants_space);
    } else if (c < LATIN_UNTIL) {
      append_folded(out, latin[c - LATIN_FROM], &wants_space);
    } else {
      g_autofree char *rare = fold_character(c);
      append_folded(out, rare, &wants_space);
    }
  }
  return g_string_free(out, FALSE);
}

char *text_printable(const char *text) {
  GString *out = g_string_new(NULL);
  for (const char *at = text; *at;) {
    gunichar c = g_utf8_get_char_validated(at, -1);
    if (c == (gunichar)-1 || c == (gunichar)-2) {
      g_string_append_printf(out, "\\x%02X", (guchar)*at++);
      continue;
    }
    if (c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029)
      g_string_append_c(out, ' ');
    else if (c < 0x20 || c == 0x7f)
      g_string_append_printf(out, "\\x%02X", c);
    else if (is_control(c) || is_bidi_control(c))
      g_string_append_printf(out, "\\u{%04X}", c);
    else
      g_string_append_unichar(out, c);
    at = g_utf8_next_char(at);
  }
  return g_string_free(out, FALSE);
}

static guint char_columns(gunichar c) {
  if (g_unichar_iszerowidth(c) || g_unichar_ismark(c))
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
  while (*at && used + char_columns(g_utf8_get_char(at)) + 1 <= columns) {
    used += char_columns(g_utf8_get_char(at));
    at = g_utf8_next_char(at);
  }
  while (at > text && at[-1] == ' ')
    at--;
  return g_strdup_printf("%.*s…", (int)(at - text), text);
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
  gsize n = strcspn(language, "-_");
  g_autofree char *wanted = g_strdup_printf(" %s ", last);
  for (gsize i = 0; *last && i < G_N_ELEMENTS(abbreviations); i++)
    if (strlen(abbreviations[i].language) == n && g_ascii_strncasecmp(language, abbreviations[i].language, n) == 0)
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
