#include "speech/clean.h"

#include "base/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* --- HTML ------------------------------------------------------------------ */

/* clang-format off */
static const struct {
  const char *name;
  gunichar c;
} entities[] = {
    {"amp", '&'},      {"lt", '<'},       {"gt", '>'},      {"quot", '"'},    {"apos", '\''},   {"nbsp", 0xa0},
    {"eacute", 0xe9},  {"egrave", 0xe8},  {"ecirc", 0xea},  {"agrave", 0xe0}, {"acirc", 0xe2},  {"ccedil", 0xe7},
    {"icirc", 0xee},   {"iuml", 0xef},    {"ocirc", 0xf4},  {"ugrave", 0xf9}, {"ucirc", 0xfb},  {"Eacute", 0xc9},
    {"Agrave", 0xc0},  {"oelig", 0x153},  {"laquo", 0xab},  {"raquo", 0xbb},  {"rsquo", 0x2019}, {"lsquo", 0x2018},
    {"ldquo", 0x201c}, {"rdquo", 0x201d}, {"hellip", 0x2026}, {"ndash", 0x2013}, {"mdash", 0x2014}, {"euro", 0x20ac},
    {"deg", 0xb0},     {"aacute", 0xe1},  {"iacute", 0xed}, {"oacute", 0xf3}, {"uacute", 0xfa}, {"ntilde", 0xf1},
};
/* clang-format on */

/* The character that the entity at `p` ("&…;") stands for, 0 when it is none. */
static gunichar entity_at(const char *p, gsize *length) {
  gsize n = strcspn(p, ";");
  if (n < 3 || n > 10 || p[n] != ';') {
    return 0;
  }
  *length = n + 1;
  if (p[1] == '#') {
    bool hex = p[2] == 'x' || p[2] == 'X';
    char *end;
    guint64 c = g_ascii_strtoull(p + (hex ? 3 : 2), &end, hex ? 16 : 10);
    return end == p + n && c > 0 && c < 0x110000 && g_unichar_validate((gunichar)c) ? (gunichar)c : 0;
  }
  for (guint i = 0; i < G_N_ELEMENTS(entities); i++) {
    if (strlen(entities[i].name) == n - 1 && memcmp(p + 1, entities[i].name, n - 1) == 0) {
      return entities[i].c;
    }
  }
  return 0;
}

static GString *without_entities(const char *text) {
  GString *out = g_string_sized_new(strlen(text));
  for (const char *p = text; *p;) {
    gsize plain = strcspn(p, "&");
    g_string_append_len(out, p, (gssize)plain);
    p += plain;
    if (*p == '&') {
      gsize length = 1;
      char head[16] = {0};
      strncpy(head, p, sizeof head - 1); /* entity_at looks no further: linear whatever follows */
      gunichar c = entity_at(head, &length);
      if (c) {
        g_string_append_unichar(out, c);
      } else {
        g_string_append_c(out, '&');
        length = 1;
      }
      p += length;
    }
  }
  return out;
}

/* Length of the tag or comment at `p` ("<b>"), 0 when it is none ("<https://…>"). A tag is at most 2,000 bytes. */
static gsize tag_at(const char *p) {
  if (!g_ascii_isalpha(p[1]) && p[1] != '/' && p[1] != '!' && p[1] != '?') {
    return 0;
  }
  bool is_address = g_ascii_strncasecmp(p, "<http", 5) == 0 || g_ascii_strncasecmp(p, "<www.", 5) == 0;
  for (gsize i = 1; !is_address && p[i] && p[i] != '<' && i < 2000; i++) {
    if (p[i] == '>') {
      return i + 1;
    }
  }
  return 0;
}

static bool tag_breaks_line(const char *tag) {
  static const char *const blocks[] = {"p", "br", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "hr"};
  const char *name = tag + (tag[1] == '/' ? 2 : 1);
  for (guint i = 0; i < G_N_ELEMENTS(blocks); i++) {
    gsize n = strlen(blocks[i]);
    if (g_ascii_strncasecmp(name, blocks[i], n) == 0 && !g_ascii_isalnum(name[n])) {
      return true;
    }
  }
  return false;
}

static GString *without_tags(const char *text) {
  GString *out = g_string_sized_new(strlen(text));
  bool no_more_script_ends = false;
  for (const char *p = text; *p;) {
    gsize plain = strcspn(p, "<");
    g_string_append_len(out, p, (gssize)plain);
    p += plain;
    if (!*p) {
      break;
    }
    gsize length = tag_at(p);
    if (length == 0) {
      g_string_append_c(out, '<');
      p++;
      continue;
    }
    bool is_script = g_ascii_strncasecmp(p, "<script", 7) == 0 || g_ascii_strncasecmp(p, "<style", 6) == 0;
    if (tag_breaks_line(p)) {
      g_string_append_c(out, '\n');
    }
    p += length;
    if (is_script && !no_more_script_ends) {
      const char *end = strstr(p, "</s");
      no_more_script_ends = !end;
      p = end ? end : p;
    }
  }
  return out;
}

/* --- characters ------------------------------------------------------------ */

/* clang-format off */
static const struct {
  gunichar c;
  const char *as;
} characters[] = {
    {'\r', "\n"},     {'\v', "\n"},     {'\f', "\n"},     {0x85, "\n"},     {0x2028, "\n"},   {0x2029, "\n"},
    {'\t', " "},      {0x2007, "\302\240"}, {0x2009, "\302\240"}, {0x202f, "\302\240"},
    {0x2019, "'"},    {0x2018, "'"},    {0x2bc, "'"},     {0x2032, "'"},    {0xb4, "'"},      {0x201b, "'"},
    {0x201c, " "},    {0x201d, " "},    {0x201e, " "},    {0xab, " "},      {0xbb, " "},      {0x2039, " "},
    {0x203a, " "},    {0x2033, "''"},   {'"', " "},       {'`', ""},        {0x2014, "\342\200\223"},
    {0x2015, "\342\200\223"}, {0x2010, "-"}, {0x2011, "-"}, {0x2012, "-"},  {0x2212, "-"},    {0x2026, "..."},
    {0x2022, "\302\267"}, {0x2027, "\302\267"}, {0x22c5, "\302\267"}, {0x2192, "->"}, {0x21d2, ", "}, {0x27a1, "->"},
    {0x2116, "n\302\260"},  {0xfffd, ""},     {0x20e3, ""},
};
/* clang-format on */

static const char *replacement_of(gunichar c) {
  for (guint i = 0; i < G_N_ELEMENTS(characters); i++) {
    if (characters[i].c == c) {
      return characters[i].as;
    }
  }
  return NULL;
}

/* Emoji, controls, invisible and private characters: nothing to say. */
static bool is_unspoken(gunichar c) {
  if (c == '\n' || c == 0xb0) {
    return false;
  }
  switch (g_unichar_type(c)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_OTHER_SYMBOL:
      return true;
    default:
      return (c >= 0xfe00 && c <= 0xfe0f) || c >= 0x1f000;
  }
}

/* Letters and figures in another dress: "ﬁ", "Ⅳ", "②", "Ａ", "𝐁". */
static bool is_dressed(gunichar c) {
  return (c >= 0xfb00 && c <= 0xfb06) || (c >= 0x2160 && c <= 0x217f) || (c >= 0x2460 && c <= 0x2473) ||
         (c >= 0xff01 && c <= 0xff5e) || (c >= 0x1d400 && c <= 0x1d7ff);
}

typedef struct {
  GString *out;
  gunichar last;
  guint same;   /* how often `last` came in a row */
  guint word;   /* characters since the last space */
  guint marks;  /* combining marks in a row */
  bool quoting; /* between two straight quotation marks */
} Scan;

/* Appends `c`, unless it only repeats: at most three of a letter or sign,
 * two combining marks; a word longer than CLEAN_MAX_WORD is cut (a script
 * without spaces is broken instead). */
static void scan_append(Scan *scan, gunichar c) {
  scan->same = c == scan->last ? scan->same + 1 : 1;
  scan->last = c;
  bool is_space = g_unichar_isspace(c);
  scan->word = is_space ? 0 : scan->word + 1;
  scan->marks = g_unichar_ismark(c) ? scan->marks + 1 : 0;
  if ((scan->same > 3 && !g_unichar_isdigit(c)) || scan->marks > 2) {
    return;
  }
  if (scan->word > CLEAN_MAX_WORD) {
    if (g_unichar_type(c) != G_UNICODE_OTHER_LETTER) {
      return;
    }
    g_string_append_c(scan->out, ' ');
    scan->word = 1;
  }
  g_string_append_unichar(scan->out, c);
}

static void scan_append_plain(Scan *scan, gunichar c) {
  char dressed[8] = {0};
  g_unichar_to_utf8(c, dressed);
  g_autofree char *plain = g_utf8_normalize(dressed, -1, G_NORMALIZE_NFKC);
  for (const char *p = plain; *p; p = g_utf8_next_char(p)) {
    scan_append(scan, g_utf8_get_char(p));
  }
}

/* Bytes of a terminal's control sequence (ECMA-48: ESC [ … letter) at `p`, 0 when it is none. */
static gsize escape_at(const char *p) {
  if (p[0] != 0x1b || p[1] != '[') {
    return 0;
  }
  gsize n = 2 + strspn(p + 2, "0123456789;?<=> ");
  return g_ascii_isalpha(p[n]) ? n + 1 : n;
}

/* A quotation mark behind a figure, where no quotation is open, is a measure: 6" of rain. */
static bool is_inch_mark(Scan *scan, gunichar c) {
  if (c != '"') {
    scan->quoting = scan->quoting && c != '\n';
    return false;
  }
  bool inch = !scan->quoting && g_unichar_isdigit(scan->last);
  scan->quoting = !inch && !scan->quoting;
  return inch;
}

static GString *plain_characters(const char *text) {
  Scan scan = {.out = g_string_sized_new(strlen(text))};
  for (const char *p = text; *p && scan.out->len < CLEAN_MAX_BYTES; p = g_utf8_next_char(p)) {
    for (gsize n; (n = escape_at(p)) > 0;) {
      p += n;
    }
    if (!*p) {
      break;
    }
    gunichar c = g_utf8_get_char(p);
    const char *as = is_inch_mark(&scan, c)                                      ? "''"
                     : c < 0x80 && c != '\t' && c != '"' && c != '`' && c >= ' ' ? NULL
                                                                                 : replacement_of(c);
    if (as) {
      for (const char *q = as; *q; q = g_utf8_next_char(q)) {
        scan_append(&scan, g_utf8_get_char(q));
      }
    } else if (is_dressed(c)) {
      scan_append_plain(&scan, c);
    } else if (is_unspoken(c)) {
      if (g_unichar_type(c) == G_UNICODE_OTHER_SYMBOL) {
        scan_append(&scan, ' ');
      }
    } else {
      scan_append(&scan, g_unichar_type(c) == G_UNICODE_SPACE_SEPARATOR && c != 0xa0 ? ' ' : c);
    }
  }
  return scan.out;
}

/* --- lines ------------------------------------------------------------------ */

/* "+ 5 %", "> 60 ans", "+ de 60 ans", "- de 5 ans" begin with a sign, not with the head of an item, of a quotation. */
static bool begins_with_sign(const char *line) {
  bool plus = g_str_has_prefix(line, "+ ") && (g_str_has_prefix(line + 2, "de ") || g_str_has_prefix(line + 2, "d'"));
  bool minus = g_str_has_prefix(line, "- de ") && g_ascii_isdigit(line[5]);
  return plus || minus || ((g_str_has_prefix(line, "+ ") || g_str_has_prefix(line, "> ")) && g_ascii_isdigit(line[2]));
}

/* The line's own text, after "> ## - [x] " and the like; `is_item` when something was there. */
static char *line_content(char *line, bool *is_item) {
  static const char *const heads[] = {"- ", "* ", "+ ",   "\342\200\223 ", "\302\267 ", "\302\267",
                                      "> ", "# ", "[ ] ", "[x] ",          "[X] "};
  g_strchomp(line);
  *is_item = false;
  for (bool again = true; again;) {
    again = false;
    line += strspn(line, " ");
    if (*line == '#') {
      gsize n = strspn(line, "#");
      line += line[n] == ' ' ? n - 1 : 0;
    }
    for (guint i = 0; i < G_N_ELEMENTS(heads) && !again; i++) {
      again = g_str_has_prefix(line, heads[i]) && !begins_with_sign(line);
      line += again ? strlen(heads[i]) : 0;
    }
    *is_item = *is_item || again;
  }
  return line;
}

/* "b) travaux": another point of a list, though it begins with a small letter. */
static bool is_lettered(const char *line) {
  return g_ascii_islower(line[0]) && line[1] == ')' && line[2] == ' ';
}

static bool has_something_to_say(const char *line) {
  for (const char *p = line; *p; p = g_utf8_next_char(p)) {
    if (g_unichar_isalnum(g_utf8_get_char(p))) {
      return true;
    }
  }
  return false;
}

/* Joins a line to those before it: as the same sentence when it goes on in small letters. */
static void join_line(GString *out, const char *line, bool is_item) {
  if (out->len > 0) {
    char last = out->str[out->len - 1];
    bool goes_on = !is_item && !is_lettered(line) && g_unichar_islower(g_utf8_get_char(line)) && !strchr(".!?:;", last);
    g_string_append_c(out, goes_on ? ' ' : '\n');
  }
  g_string_append(out, line);
}

GString *clean_text(const char *text) {
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  g_autoptr(GString) decoded = without_entities(valid);
  g_autoptr(GString) untagged = without_tags(decoded->str);
  g_autoptr(GString) plain = plain_characters(untagged->str);
  g_autofree char *nfc = text_nfc(plain->str); /* after the cap on marks: ordering them is not linear */
  GString *out = g_string_sized_new(plain->len);
  for (char *line = nfc, *next; line; line = next) {
    next = strchr(line, '\n');
    if (next) {
      *next++ = '\0';
    }
    bool is_item;
    char *content = line_content(line, &is_item);
    if (has_something_to_say(content)) {
      join_line(out, content, is_item);
    }
  }
  return out;
}
