#include "sources/lines.h"

#include "base/text.h"

#include <string.h>

#define TAB_COLUMNS 4
/* One column of white space weighs more than a repeated marker ("**"), so both can be compared. */
#define COLUMN_WEIGHT 16

/* Answers to the line above first: the longest of one beginning before the shorter ones. */
static const char *const arrows[] = {"→", "➔", "➜", "⇒", "↳", "↪", "└", "-->", "->", "==>", "=>", ">", NULL};
static const char *const bullets[] = {"•", "*", "-", "–", "—", "+", "◦", "▪", "·", "‣",
                                      "●", "○", "■", "□", "►", "▶", "✓", "✔", NULL};

static void line_free(gpointer data) {
  PadLine *line = data;
  g_free(line->text);
  g_free(line);
}

/* Skips white space of every kind; adds its width to `columns`. */
static const char *skip_blank(const char *p, guint *columns) {
  for (; *p != '\0'; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (c == '\t') {
      *columns += TAB_COLUMNS - *columns % TAB_COLUMNS;
    } else if (g_unichar_isspace(c) || c == 0x200B || c == 0xFEFF) {
      (*columns)++;
    } else {
      break;
    }
  }
  return p;
}

static bool is_blank_at(const char *p) {
  return *p == '\0' || g_unichar_isspace(g_utf8_get_char(p));
}

/* "+1" and "+ 12" alone, or before something that is no word, are agreements and not bullets. */
static bool is_agreement_plus(const char *p) {
  const char *q = p + 1;
  while (*q == ' ') {
    q++;
  }
  guint digits = 0;
  while (g_ascii_isdigit(*q)) {
    q++;
    digits++;
  }
  if (*q == '+') {
    return true;
  }
  if (digits == 0 || digits > 2) {
    return digits > 0 && p[1] != ' '; /* "+33 6…" is a telephone number, not a bullet */
  }
  if (p[1] != ' ') {
    return true;
  }
  while (*q == ' ' || g_ascii_ispunct(*q)) {
    q++;
  }
  return *q == '\0';
}

/* Length of the arrow at `p`, 0 when none; "->mot" is one too. */
static gsize arrow_length(const char *p) {
  for (guint i = 0; arrows[i] != NULL; i++) {
    if (g_str_has_prefix(p, arrows[i])) {
      gsize n = strlen(arrows[i]);
      gunichar next = g_utf8_get_char_validated(p + n, -1);
      bool opens = g_unichar_isalpha(next) || next == 0xAB || next == '"' || next == '[' || next == '>';
      return is_blank_at(p + n) || n > 1 || opens ? n : 0;
    }
  }
  return 0;
}

/* Length of the bullet at `p`, 0 when none. `indented`: white space stood before it. */
static gsize bullet_length(const char *p, bool indented) {
  if (*p == '+' && is_agreement_plus(p)) {
    return 0;
  }
  if (*p == 'o' && (p[1] == '\t' || (indented && p[1] == ' '))) {
    return 1;
  }
  for (guint i = 0; bullets[i] != NULL; i++) {
    if (!g_str_has_prefix(p, bullets[i])) {
      continue;
    }
    gsize n = strlen(bullets[i]);
    gunichar next = g_utf8_get_char_validated(p + n, -1);
    if (is_blank_at(p + n) || n > 1 || p[n] == *p) {
      return n;
    }
    /* "-texte" is a bullet, "-5 degrés" and "*mot*" are not. */
    return *p == '-' && (g_unichar_isalpha(next) || next == 0xAB || next == '"' || next == '[') ? n : 0;
  }
  return 0;
}

/* "1." "12)" "1.2." "a)" "II." before white space. */
static gsize number_length(const char *p) {
  gsize n = 0;
  guint dots = 0;
  if (*p == '(' && g_ascii_isalnum(p[1]) && p[2] == ')' && is_blank_at(p + 3)) {
    return 3;
  }
  if (g_ascii_isalpha(*p) && p[1] == ')' && is_blank_at(p + 2)) {
    return 2;
  }
  gsize roman = strspn(p, "IVX");
  if (roman > 0 && roman < 5 && (roman > 1 || *p == 'I') && (p[roman] == '.' || p[roman] == ')') &&
      is_blank_at(p + roman + 1)) {
    return roman + 1;
  }
  gsize count = roman > 0 ? roman : strspn(p, "0123456789");
  static const char *const dashes[] = {" - ", " – ", " — ", NULL};
  for (guint i = 0; count > 0 && count < 5 && dashes[i] != NULL; i++) { /* "II - MARCHÉ", "1 – Prêts" */
    const char *words = p + count + strlen(dashes[i]);
    if (g_str_has_prefix(p + count, dashes[i]) && g_unichar_isupper(g_utf8_get_char(words)) &&
        (roman > 0 || count < 3)) {
      return (gsize)(words - p) - 1;
    }
  }
  while (g_ascii_isdigit(p[n])) {
    gsize digits = strspn(p + n, "0123456789");
    if (digits > 3) {
      return 0;
    }
    n += digits;
    if (p[n] == '.' || p[n] == ')') {
      dots++;
      n++;
    } else if (n > 0 && p[n] == '/' && p[n + 1] == ' ') {
      return n + 1;
    } else {
      break;
    }
  }
  return dots > 0 && (p[n - 1] == '.' || p[n - 1] == ')') && is_blank_at(p + n) ? n : 0;
}

/* Takes every marker before the words; repeated ones nest ("** mot", "- - mot", "--- mot"). */
static const char *take_markers(const char *p, PadLine *line, guint *columns) {
  guint repeats = 0;
  bool indented = *columns > 0;
  guint first_columns = *columns;
  for (;;) {
    gsize n = arrow_length(p);
    line->arrow = line->arrow || (n > 0 && line->marker == MARKER_NONE);
    n = n > 0 ? n : bullet_length(p, indented);
    Marker marker = n > 0 ? MARKER_BULLET : MARKER_NUMBER;
    if (n == 0) {
      n = number_length(p);
    }
    if (n == 0 || (line->marker == MARKER_NUMBER && marker == MARKER_NUMBER)) {
      break;
    }
    /* "**mot**" is bold, not two bullets. */
    if (*p == '*' && p[1] == '*' && p[2] != '*' && !is_blank_at(p + 2)) {
      break;
    }
    repeats += marker == MARKER_BULLET && line->marker == MARKER_BULLET ? 1 : 0;
    line->marker = line->marker == MARKER_NONE ? marker : line->marker;
    p = skip_blank(p + n, columns);
  }
  line->indent = first_columns * COLUMN_WEIGHT + MIN(repeats, 1u << 24);
  return p;
}

/* "**Question** Comment…", "**Marie** On a…": the bold words stand as before a colon. Returns (g_free). */
static char *colon_after_bold(const char *text) {
  const char *close = g_str_has_prefix(text, "**") ? strstr(text + 2, "**") : NULL;
  bool lead = close != NULL && close - text > 3 && close - text < 60 && close[2] == ' ' && close[-1] != ':' &&
              close[-1] != '.' && g_unichar_isupper(g_utf8_get_char(close + 3));
  return lead ? g_strdup_printf("%.*s :%s", (int)(close - text) - 2, text + 2, close + 2) : g_strdup(text);
}

/* "_mot_", and not snake_case: the closing sign of the "_" at `p`, or NULL. */
static const char *underscore_end(const char *text, const char *p) {
  if (*p != '_' || (p > text && strchr(" (\"", p[-1]) == NULL) || !g_unichar_isalnum(g_utf8_get_char(p + 1))) {
    return NULL;
  }
  for (const char *q = p + 1; (q = strchr(q, '_')) != NULL; q++) {
    if (q[1] == '\0' || strchr(" .,;:!?)\"", q[1]) != NULL) {
      return q;
    }
  }
  return NULL;
}

/* Removes "**", "__", "~~", "`" pairs and a pair of single "*" or "_" around words. Edits in place. */
static void strip_emphasis(char *text) {
  char *out = text;
  const char *closing = NULL;
  for (const char *p = text; *p != '\0';) {
    const char *end = closing == NULL && *p == '_' ? underscore_end(text, p) : NULL;
    if (end != NULL || p == closing) {
      closing = end;
      p++;
    } else if ((p[0] == '*' && p[1] == '*') || (p[0] == '~' && p[1] == '~')) {
      p += 2;
    } else if (*p == '*' || *p == '`') {
      bool opens = (p == text || !g_ascii_isalnum(p[-1])) && p[1] != ' ' && p[1] != '\0';
      bool closes = p > text && p[-1] != ' ' && !g_ascii_isalnum(p[1]);
      if (*p == '`' || opens || closes) {
        p++;
      } else {
        *out++ = *p++;
      }
    } else if (p[0] == '_' && p[1] == '_' &&
               (p == text || p[-1] == ' ' || p[2] == ' ' || p[2] == '\0' || p[2] == ':')) {
      p += 2;
    } else {
      *out++ = *p++;
    }
  }
  *out = '\0';
}

/* "[ ]", "[x]", "☐", "☑" before the words. */
static const char *take_checkbox(const char *p, bool *checkbox) {
  guint ignored = 0;
  if (p[0] == '[' && p[1] != '\0' && strchr(" xXvV", p[1]) != NULL && p[2] == ']' && is_blank_at(p + 3)) {
    *checkbox = true;
    return skip_blank(p + 3, &ignored);
  }
  static const char *const boxes[] = {"☐", "☑", "☒", "✅", "⬜", "[]", NULL};
  for (guint i = 0; boxes[i] != NULL; i++) {
    if (g_str_has_prefix(p, boxes[i])) {
      *checkbox = true;
      return skip_blank(p + strlen(boxes[i]), &ignored);
    }
  }
  return p;
}

/* "-----", "* * *", "====", "____": no words at all, at least three of one sign. */
static bool is_rule(const char *p, char *sign) {
  guint count = 0;
  *sign = *p;
  if (strchr("-=_*~#+", *p) == NULL || *p == '\0') {
    return false;
  }
  for (; *p != '\0'; p++) {
    if (*p == *sign) {
      count++;
    } else if (*p != ' ' && *p != '\t' && *p != '\r') {
      return false;
    }
  }
  return count >= 3;
}

static const char *take_heading(char *p, PadLine *line) {
  gsize hashes = strspn(p, "#");
  if (hashes > 0 && hashes <= 6 && (p[hashes] == ' ' || g_unichar_isalpha(g_utf8_get_char(p + hashes)))) {
    if (hashes == 1 && p[1] != ' ') {
      return p; /* a "#tag" */
    }
    line->marker = MARKER_HEADING;
    p += hashes;
    gsize n = strlen(p);
    while (n > 0 && (p[n - 1] == '#' || p[n - 1] == ' ')) {
      p[--n] = '\0';
    }
    return g_strchug(p);
  }
  gsize n = strlen(p);
  gsize equals = strspn(p, "=");
  if (equals >= 2 && n > 2 * equals && g_str_has_suffix(p, "==")) {
    line->marker = MARKER_HEADING;
    while (n > 0 && (p[n - 1] == '=' || p[n - 1] == ' ')) {
      p[--n] = '\0';
    }
    return g_strchug(p + equals);
  }
  return p;
}

static bool is_pictogram(gunichar c) {
  static const gunichar agreements[] = {0x1F44D, 0x1F44F, 0x1F4AF, 0x1F44C, 0x1F64C};
  for (guint i = 0; i < G_N_ELEMENTS(agreements); i++) {
    if (c == agreements[i]) {
      return false;
    }
  }
  return (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF) || c == 0x2B50 || c == 0x2B06 || c == 0x203C;
}

/* "💡 ", "⚠️ " before the words, with what modifies it; a lone one stays. */
static const char *take_sign(const char *p, gunichar *sign) {
  const char *q = p;
  for (gunichar c = g_utf8_get_char(q); is_pictogram(c) || (q > p && (c == 0xFE0F || c == 0x200D));
       c = g_utf8_get_char(q)) {
    *sign = *sign == 0 ? c : *sign;
    q = g_utf8_next_char(q);
  }
  guint ignored = 0;
  const char *words = skip_blank(q, &ignored);
  if (q == p || *words == '\0' || *words == ':') {
    *sign = 0;
    return p;
  }
  return words;
}

/* "| Anne | Morzac | il manque des gants |" → "Anne, Morzac : il manque des gants":
 * a long last cell is what is said. */
static char *join_cells(const char *text) {
  g_auto(GStrv) cells = g_strsplit(text, "|", 32);
  g_autoptr(GString) row = g_string_new(NULL);
  for (guint i = 0; cells[i] != NULL; i++) {
    const char *cell = g_strstrip(cells[i]);
    bool last = cells[i + 1] == NULL || (*g_strstrip(cells[i + 1]) == '\0' && cells[i + 2] == NULL);
    bool said = last && strlen(cell) > 25 && strchr(cell, ' ') != NULL;
    if (*cell != '\0') {
      g_string_append_printf(row, "%s%s", row->len == 0 ? "" : said ? " : " : ", ", cell);
    }
  }
  return g_string_free(g_steal_pointer(&row), FALSE);
}

/* "|---|:--|", "--- | ---": between the head of a table and its rows. */
static bool is_table_rule(const char *text) {
  return strchr(text, '|') != NULL && strstr(text, "--") != NULL && strspn(text, "|:- \t\r") == strlen(text);
}

static PadLine *line_read(char *raw, guint number) {
  PadLine *line = g_new0(PadLine, 1);
  line->number = number;
  guint columns = 0;
  char *words = (char *)skip_blank(raw, &columns);
  const char *p = take_heading(words, line);
  if (line->marker == MARKER_HEADING) {
    line->indent = 0;
  } else {
    p = take_markers(p, line, &columns);
  }
  p = take_checkbox(p, &line->checkbox);
  p = take_sign(p, &line->sign);
  g_autofree char *words_of_line = colon_after_bold(p);
  line->text = text_squeeze(words_of_line);
  strip_emphasis(line->text);
  g_strstrip(line->text);
  return line;
}

/* "a. texte", and "b. texte" after it: "p. 12" opens no list. `last`: the letter before, '\0' when none. */
static void take_letter(PadLine *line, char *last) {
  char *text = line->text;
  if (line->marker != MARKER_NONE || !g_ascii_islower(*text) || text[1] != '.' || text[2] != ' ' ||
      (*text != 'a' && (*last == '\0' || *text != *last + 1))) {
    return;
  }
  *last = *text;
  line->marker = MARKER_NUMBER;
  line->text = g_strdup(text + strlen("a. "));
  g_free(text);
}

/* Answers stand half a column deeper than what they answer, and beside each other. */
static void place_arrow(const GPtrArray *lines, PadLine *line, bool quoted_apart) {
  const PadLine *last = lines->len > 0 ? g_ptr_array_index(lines, lines->len - 1) : NULL;
  if (last == NULL || line->marker == MARKER_HEADING) {
    return;
  }
  bool beside = last->arrow && last->indent / COLUMN_WEIGHT == line->indent / COLUMN_WEIGHT;
  bool deeper = beside ? last->indent % COLUMN_WEIGHT >= COLUMN_WEIGHT / 2 : !quoted_apart;
  line->indent += deeper ? COLUMN_WEIGHT / 2 : 0;
}

/* What a rule makes of the line above it: a heading, or the head of a table. */
static void underline(GPtrArray *lines, char sign, bool blank_before) {
  PadLine *last = lines->len > 0 ? g_ptr_array_index(lines, lines->len - 1) : NULL;
  if (last != NULL && !blank_before && last->marker == MARKER_NONE && strchr("=-|", sign) != NULL &&
      strlen(last->text) < 120) {
    last->marker = MARKER_HEADING;
    last->indent = 0;
  }
}

/* "---" to "---" at the very start holds "title:" and "date:" of the export. Returns where the text begins. */
static const char *take_front_matter(GPtrArray *lines, const char *text, guint *number) {
  const char *close = g_str_has_prefix(text, "---\n") ? strstr(text + 3, "\n---\n") : NULL;
  const char *first = text + strlen("---\n");
  if (close == NULL || close - text > 4000 || close < first || strstr(first, ": ") == NULL ||
      strstr(first, ": ") > close) {
    return text;
  }
  g_autofree char *block = g_strndup(first, (gsize)(close - first));
  g_auto(GStrv) rows = g_strsplit(block, "\n", -1);
  for (guint i = 0; rows[i] != NULL; i++) {
    if (g_str_has_prefix(rows[i], "date:") || g_str_has_prefix(rows[i], "title:")) {
      PadLine *line = line_read(rows[i], i + 2);
      line->marker = MARKER_HEADING;
      g_ptr_array_add(lines, line);
    }
  }
  *number = g_strv_length(rows) + 2;
  return close + strlen("\n---\n");
}

GPtrArray *lines_read(const char *text) {
  GPtrArray *lines = g_ptr_array_new_with_free_func(line_free);
  bool blank_before = true, signature = false, table = false;
  char letter = '\0';
  guint number = 0;
  for (const char *p = take_front_matter(lines, text, &number); *p != '\0';) {
    const char *end = strchrnul(p, '\n');
    g_autofree char *raw = g_strndup(p, (gsize)(end - p));
    p = *end == '\n' ? end + 1 : end;
    number++;
    guint ignored = 0;
    const char *words = skip_blank(raw, &ignored);
    char sign = '\0';
    if (is_rule(words, &sign) || is_table_rule(words)) {
      table = is_table_rule(words);
      underline(lines, table ? '|' : sign, blank_before);
      blank_before = !table;
      continue;
    }
    signature = signature || strcmp(g_strchomp(raw), "--") == 0;
    table = table && strchr(raw, '|') != NULL;
    g_autofree char *row = table ? join_cells(raw) : NULL;
    PadLine *line = line_read(row != NULL ? row : raw, number);
    if (*line->text == '\0') {
      blank_before = true;
      line_free(line);
      continue;
    }
    take_letter(line, &letter);
    line->table = table;
    line->signature = signature;
    line->blank_before = blank_before;
    if (line->arrow) {
      place_arrow(lines, line, blank_before && *words == '>');
    }
    blank_before = false;
    g_ptr_array_add(lines, line);
  }
  return lines;
}
