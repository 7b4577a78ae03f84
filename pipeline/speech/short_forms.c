/* Short forms ("env.", "RDV", "p. ex.") said in full, from a table of plain
 * rows. One pass over the line: at each place where a word may begin, the rows
 * with its first byte are compared, the longest first. */
#include "speech/rules.h"

#include <string.h>

#define POINT "\302\267" /* of "tou·te·s" */

/* The rows by their first byte; "env." is with 'e' and with 'E'. */
typedef struct {
  GPtrArray *first[256]; /* of const ShortForm*, longest first; NULL when there is none */
} Index;

static gint compare_longest_first(gconstpointer a, gconstpointer b) {
  const ShortForm *const *x = a, *const *y = b;
  gsize nx = strlen((*x)->written), ny = strlen((*y)->written);
  return nx == ny ? 0 : nx < ny ? 1 : -1;
}

static void index_add(Index *index, guchar byte, const ShortForm *form) {
  if (!index->first[byte]) {
    index->first[byte] = g_ptr_array_new();
  }
  g_ptr_array_add(index->first[byte], (gpointer)form);
}

static void index_add_table(Index *index, const ShortForm *forms) {
  for (const ShortForm *form = forms; form && form->written; form++) {
    guchar byte = (guchar)*form->written;
    index_add(index, byte, form);
    if (g_ascii_islower(byte)) {
      index_add(index, (guchar)(byte - 'a' + 'A'), form);
    }
  }
}

/* The index of a language's tables, made once per process. */
static const Index *index_of(const RuleSet *set) {
  static GMutex mutex;
  static GHashTable *made;
  g_mutex_lock(&mutex);
  if (!made) {
    made = g_hash_table_new(NULL, NULL);
  }
  Index *index = g_hash_table_lookup(made, set);
  if (!index) {
    index = g_new0(Index, 1);
    index_add_table(index, set->short_forms);
    index_add_table(index, set->notes);
    for (guint i = 0; i < G_N_ELEMENTS(index->first); i++) {
      if (index->first[i]) {
        g_ptr_array_sort(index->first[i], compare_longest_first); /* stable: of two as long, the upper row */
      }
    }
    g_hash_table_insert(made, (gpointer)set, index);
  }
  g_mutex_unlock(&mutex);
  return index;
}

/* --- where ------------------------------------------------------------------------- */

static gsize gap_length(const char *p) {
  return *p == ' ' ? 1 : g_str_has_prefix(p, NBSP) ? strlen(NBSP) : 0;
}

static const char *after_gaps(const char *p) {
  for (gsize n; (n = gap_length(p)) > 0;) {
    p += n;
  }
  return p;
}

static bool word_goes_on(const char *p) {
  gunichar c = g_utf8_get_char(p);
  return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/* Whether what stands at `p`, after a full stop, is another sentence: "appart. T3", "chap. IV" go on. */
static bool sentence_ends(const char *p) {
  const char *next = after_gaps(p);
  if (*next == '\0') {
    return true;
  }
  gunichar second = g_utf8_get_char(g_utf8_next_char(next));
  return next > p && g_unichar_isupper(g_utf8_get_char(next)) && !g_unichar_isupper(second) &&
         !g_unichar_isdigit(second);
}

static bool has_number_before(const char *line, const char *p) {
  if (p - line >= 2 && memcmp(p - 2, NBSP, 2) == 0) {
    p -= 2;
  } else if (p > line && p[-1] == ' ') {
    p--;
  }
  return p > line && g_ascii_isdigit(p[-1]);
}

static bool place_fits(Place place, const char *line, const char *start, const char *end) {
  const char *next = after_gaps(end);
  gunichar c = g_utf8_get_char(next);
  switch (place) {
    case ANYWHERE:
    case GOES_ON:
      return true;
    case BEFORE_NUMBER:
      return g_ascii_isdigit(*next);
    case AFTER_NUMBER:
      return has_number_before(line, start);
    case BEFORE_NAME:
      return g_unichar_isupper(c);
    case BEFORE_WORD:
      return g_unichar_isalpha(c);
    case INSIDE:
      return *next && !strchr(".!?)", *next) && !g_unichar_isupper(c);
    case AT_THE_END:
      return *next == '\0' || strchr(".,;:!?)", *next);
  }
  return false;
}

/* --- matching ------------------------------------------------------------------------ */

/* Bytes of `p` that are `written`: its first letter may be a capital, its spaces wider or
 * missing, its middle point another sign. 0: it is not there. */
static gsize written_length(const char *written, const char *p) {
  const char *start = p;
  for (const char *w = written; *w; w++) {
    if (*w == *p || (w == written && g_ascii_islower(*w) && *p == g_ascii_toupper(*w))) {
      p++;
    } else if (*w == ' ') {
      p += gap_length(p);
    } else if (g_str_has_prefix(w, POINT)) {
      gsize sign = g_str_has_prefix(p, POINT) ? strlen(POINT) : *p && strchr("./-", *p) ? 1 : 0;
      if (sign == 0) {
        return 0;
      }
      p += sign;
      w += strlen(POINT) - 1;
    } else {
      return 0;
    }
  }
  return (gsize)(p - start);
}

/* A word that a hyphen or an apostrophe joins to the next is another word: "max-imum". */
static bool stands_alone(const char *last, const char *end) {
  bool joined = (*end == '-' || *end == '\'') && word_goes_on(end + 1);
  return !g_unichar_isalnum(g_utf8_get_char(last)) || (!word_goes_on(end) && !joined);
}

/* Bytes that the row takes at `p`, with the full stop after it unless that ends a sentence. 0: it does not fit. */
static gsize form_length(const ShortForm *form, const char *line, const char *p) {
  gsize n = written_length(form->written, p);
  if (n == 0 || !stands_alone(g_utf8_prev_char(p + n), p + n)) {
    return 0;
  }
  bool stop = p[n - 1] == '.';
  if (!stop && p[n] == '.' && !word_goes_on(p + n + 1)) {
    stop = true;
    n++;
  }
  if (!place_fits(form->place, line, p, p + n)) {
    return stop && place_fits(form->place, line, p, p + n - 1) ? n - 1 : 0;
  }
  bool needs_next = form->place == BEFORE_NAME || form->place == BEFORE_WORD || form->place == BEFORE_NUMBER;
  bool goes_on = needs_next || (form->place == GOES_ON && *after_gaps(p + n) != '\0');
  return stop && !goes_on && sentence_ends(p + n) ? n - 1 : n;
}

/* Not within a word, a name of a file, an account; after a hyphen only a form with a full stop ("lun.-ven."). */
static bool may_begin(const ShortForm *form, const char *line, const char *p) {
  if (p == line) {
    return true;
  }
  gunichar before = g_utf8_get_char(g_utf8_prev_char(p));
  if (g_unichar_isdigit(before)) {
    return form->place == AFTER_NUMBER;
  }
  bool within = g_unichar_isalpha(before) || g_unichar_ismark(before) || before == '_' || before == '@';
  return !within && (before != '-' || strchr(form->written, '.'));
}

static void append_said(const ShortForm *form, const char *p, const char *end, GString *out) {
  if (out->len > 0 && g_ascii_isdigit(out->str[out->len - 1])) {
    g_string_append_c(out, ' ');
  }
  gsize at = out->len;
  g_string_append(out, form->said);
  if (g_ascii_isupper(*p) && g_ascii_islower(*form->written)) {
    out->str[at] = g_ascii_toupper(out->str[at]);
  }
  if (word_goes_on(end) && g_ascii_isalpha(form->said[strlen(form->said) - 1])) {
    g_string_append_c(out, ' ');
  }
}

void short_forms_apply(const RuleSet *set, GString *line) {
  const Index *index = index_of(set);
  g_autoptr(GString) out = g_string_sized_new(line->len + 32);
  for (const char *p = line->str; *p;) {
    if (g_str_has_prefix(p, AS_WRITTEN)) {
      p += strlen(AS_WRITTEN);
      gsize word = strcspn(p, " ");
      g_string_append_len(out, p, (gssize)word);
      p += word;
      continue;
    }
    const GPtrArray *rows = index->first[(guchar)*p];
    const ShortForm *form = NULL;
    gsize n = 0;
    for (guint i = 0; rows && i < rows->len && n == 0; i++) {
      form = g_ptr_array_index(rows, i);
      n = form_length(form, line->str, p); /* which nearly all rows have not */
      n = n > 0 && may_begin(form, line->str, p) ? n : 0;
    }
    if (n > 0) {
      append_said(form, p, p + n, out);
    } else {
      n = (gsize)(g_utf8_next_char(p) - p);
      g_string_append_len(out, p, (gssize)n);
    }
    p += n;
  }
  g_string_assign(line, out->str);
}
