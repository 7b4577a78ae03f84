/* The border of the program: text that comes in is made clean, text that goes to a terminal or a log harmless. */
#include "base/text.h"

#include "base/error.h"
#include "base/i18n.h"

#include <string.h>

#define MARKS_MOST 30 /* combining marks in a row */

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

static bool is_line_end(gunichar c) {
  return c == 0x2028 || c == 0x2029 || c == 0x0c || c == 0x0b || c == 0x85;
}

static bool is_dropped(gunichar c) {
  return (is_control(c) && c != '\r' && !is_line_end(c)) || is_bidi_control(c);
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
    bool is_mark = g_unichar_combining_class(c) != 0;
    if (is_mark && ++marks > MARKS_MOST)
      continue;
    marks = is_mark || is_dropped(c) ? marks : 0; /* what goes stands between no two */
    if (c == '\r') {
      if (at[1] != '\n')
        g_string_append_c(out, '\n');
    } else if (is_line_end(c)) {
      g_string_append_c(out, '\n');
    } else if (!is_dropped(c)) {
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

/* --- to a terminal, to a log ------------------------------------------------- */

/* How many bytes of plain ASCII, which is most of what there is, stand at the head. */
static gsize plain_length(const char *text) {
  gsize n = 0;
  while (text[n] >= ' ' && text[n] < 0x7f)
    n++;
  return n;
}

char *text_printable(const char *text) {
  GString *out = g_string_sized_new(strlen(text));
  for (const char *at = text; *at;) {
    gsize plain = plain_length(at);
    g_string_append_len(out, at, (gssize)plain);
    at += plain;
    if (*at == '\0')
      break;
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
