/* A small recursive reader of wording, used both to check and to fill. */
#include "editorial/wording.h"

#include "base/i18n.h"
#include "base/language.h"

#include <string.h>

#define DEPTH_MAX 4

typedef struct {
  const WordingValues *values; /* NULL: only checking */
  char *problem;
} Filler;

static bool fill_text(Filler *filler, const char **at, int depth, const gint64 *number, GString *out);

static void problem(Filler *filler, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void problem(Filler *filler, const char *format, ...) {
  va_list args;
  va_start(args, format);
  filler->problem = g_strdup_vprintf(format, args);
  va_end(args);
}

static void skip_spaces(const char **at) {
  while (g_ascii_isspace(**at))
    (*at)++;
}

/* A name up to a space, comma or brace. Returns (g_free). */
static char *read_name(const char **at) {
  skip_spaces(at);
  const char *from = *at;
  *at += strcspn(from, " \t\r\n,{}");
  char *name = g_strndup(from, (gsize)(*at - from));
  skip_spaces(at);
  return name;
}

static const char *value_of(const WordingValues *values, const char *name) {
  const struct {
    const char *name, *value;
  } table[] = {{"date", values->date}, {"time", values->time}, {"station", values->station}, {"place", values->place}};
  for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
    if (strcmp(table[i].name, name) == 0)
      return table[i].value;
  return NULL;
}

static bool is_placeholder(const char *name) {
  static const WordingValues probe = {"", "", "", "", "", 0};
  return strcmp(name, "count") == 0 || value_of(&probe, name) != NULL;
}

static bool is_category(const char *name) {
  static const char *const NAMES[] = {"zero", "one", "two", "few", "many", "other", NULL};
  return g_strv_contains(NAMES, name);
}

/* Does the branch `selector` hold `count`? "=1" goes before a category. */
static int branch_rank(const Filler *filler, const char *selector) {
  if (filler->values == NULL)
    return 0;
  if (selector[0] == '=')
    return g_ascii_strtoll(selector + 1, NULL, 10) == filler->values->count ? 3 : 0;
  if (strcmp(selector, language_plural(filler->values->language, filler->values->count)) == 0)
    return 2;
  return strcmp(selector, "other") == 0 ? 1 : 0;
}

static bool check_selector(Filler *filler, const char *selector) {
  if (selector[0] == '=') {
    char *end;
    g_ascii_strtoull(selector + 1, &end, 10);
    if (end != selector + 1 && *end == '\0')
      return true;
  }
  if (is_category(selector))
    return true;
  problem(filler, _("\"%s\" is not a plural category (one, few, many, other, =0, =1…)"), selector);
  return false;
}

/* After "{count, plural,": SELECTOR {text}… up to the closing brace. */
static bool fill_plural(Filler *filler, const char **at, int depth, GString *out) {
  g_autoptr(GString) best = g_string_new(NULL);
  int best_rank = 0;
  bool has_other = false;
  for (;;) {
    skip_spaces(at);
    if (**at == '}')
      break;
    g_autofree char *selector = read_name(at);
    if (!check_selector(filler, selector))
      return false;
    if (**at != '{') {
      problem(filler, _("\"{\" is missing after \"%s\" in a plural"), selector);
      return false;
    }
    (*at)++;
    g_autoptr(GString) branch = g_string_new(NULL);
    gint64 number = filler->values == NULL ? 0 : filler->values->count;
    if (!fill_text(filler, at, depth + 1, &number, branch))
      return false;
    (*at)++;
    has_other = has_other || strcmp(selector, "other") == 0;
    int rank = branch_rank(filler, selector);
    if (rank > best_rank) {
      best_rank = rank;
      g_string_assign(best, branch->str);
    }
  }
  if (!has_other)
    problem(filler, _("a plural needs a branch \"other {…}\""));
  g_string_append(out, best->str);
  return has_other;
}

/* After "{": a placeholder, up to and with its "}". */
static bool fill_placeholder(Filler *filler, const char **at, int depth, GString *out) {
  g_autofree char *name = read_name(at);
  if (!is_placeholder(name)) {
    problem(filler, _("unknown placeholder \"{%s}\" (there are {date}, {time}, {station}, {count}, {place})"), name);
    return false;
  }
  if (**at == ',') {
    (*at)++;
    g_autofree char *format = read_name(at);
    if (strcmp(name, "count") != 0 || strcmp(format, "plural") != 0 || **at != ',') {
      problem(filler, _("after \"{%s,\" only \"{count, plural, …}\" is known"), name);
      return false;
    }
    (*at)++;
    if (!fill_plural(filler, at, depth, out))
      return false;
  } else if (filler->values != NULL) {
    if (strcmp(name, "count") == 0)
      g_string_append_printf(out, "%" G_GINT64_FORMAT, filler->values->count);
    else
      g_string_append(out, value_of(filler->values, name));
  }
  if (**at != '}') {
    problem(filler, _("\"}\" is missing after \"{%s\""), name);
    return false;
  }
  (*at)++;
  return true;
}

/* Plain text with placeholders, up to the end (depth 0) or an unpaired "}". */
static bool fill_text(Filler *filler, const char **at, int depth, const gint64 *number, GString *out) {
  if (depth > DEPTH_MAX) {
    problem(filler, _("placeholders are nested too deep"));
    return false;
  }
  for (; **at != '\0';) {
    if (**at == '}') {
      if (depth > 0)
        return true;
      problem(filler, _("a \"}\" without its \"{\""));
      return false;
    }
    if (**at == '{') {
      (*at)++;
      if (!fill_placeholder(filler, at, depth, out))
        return false;
      continue;
    }
    if (**at == '#' && number != NULL)
      g_string_append_printf(out, "%" G_GINT64_FORMAT, *number);
    else
      g_string_append_c(out, **at);
    (*at)++;
  }
  if (depth == 0)
    return true;
  problem(filler, _("\"}\" is missing at the end of a plural"));
  return false;
}

char *wording_problem(const char *wording) {
  Filler filler = {NULL, NULL};
  g_autoptr(GString) out = g_string_new(NULL);
  const char *at = wording;
  fill_text(&filler, &at, 0, NULL, out);
  return filler.problem;
}

bool wording_tells_entries(const char *wording) {
  for (const char *at = wording; (at = strchr(at, '{')) != NULL;) {
    at++;
    skip_spaces(&at);
    if (g_str_has_prefix(at, "count") || g_str_has_prefix(at, "place"))
      return true;
  }
  return false;
}

char *wording_fill(const char *wording, const WordingValues *values) {
  Filler filler = {values, NULL};
  g_autoptr(GString) out = g_string_new(NULL);
  const char *at = wording;
  if (!fill_text(&filler, &at, 0, NULL, out))
    g_string_assign(out, wording);
  g_free(filler.problem);
  return g_string_free(g_steal_pointer(&out), FALSE);
}
