#include "speech/rules.h"

#include <string.h>

static gint compare_longest_first(gconstpointer a, gconstpointer b) {
  const char *const *x = a, *const *y = b;
  gsize nx = strlen(*x), ny = strlen(*y);
  return nx == ny ? strcmp(*x, *y) : nx < ny ? 1 : -1;
}

/* The symbols of `units`, escaped, the longest first: "km/h|km|m…". */
static char *units_pattern(const Unit *units) {
  g_autoptr(GPtrArray) symbols = g_ptr_array_new_with_free_func(g_free);
  for (const Unit *unit = units; unit->symbol; unit++) {
    g_ptr_array_add(symbols, g_regex_escape_string(unit->symbol, -1));
  }
  g_ptr_array_sort(symbols, compare_longest_first);
  g_ptr_array_add(symbols, NULL);
  return g_strjoinv("|", (char **)symbols->pdata);
}

/* Past the "(?<=…)" and "(?<!…)" that a pattern begins with. */
static const char *after_lookbehinds(const char *pattern) {
  while (g_str_has_prefix(pattern, "(?<=") || g_str_has_prefix(pattern, "(?<!")) {
    guint depth = 0;
    bool in_class = false;
    do {
      depth += !in_class && *pattern == '(' ? 1 : 0;
      depth -= !in_class && *pattern == ')' ? 1 : 0;
      in_class = in_class ? *pattern != ']' : *pattern == '[';
      pattern += *pattern == '\\' ? 2 : 1;
    } while (depth > 0);
  }
  return pattern;
}

/* What must be a digit is looked at before the words that may stand before it, which are many. */
static const char *digit_first(const char *pattern) {
  const char *rest = after_lookbehinds(pattern);
  return rest > pattern && (g_str_has_prefix(rest, "\\d") || g_str_has_prefix(rest, "(\\d")) ? "(?=\\d)" : "";
}

static char *rule_pattern(const RuleSet *set, const char *pattern) {
  const char *guard = digit_first(pattern);
  if (!strstr(pattern, "{unit}")) {
    return g_strconcat(guard, pattern, NULL);
  }
  g_autofree char *units = units_pattern(set->units);
  g_auto(GStrv) parts = g_strsplit(pattern, "{unit}", -1);
  g_autofree char *whole = g_strjoinv(units, parts);
  return g_strconcat(guard, whole, NULL);
}

static GMutex compiling; /* guards what is made ready at its first use */

/* Room for the expressions of a table: Rule table → GRegex array. */
static GRegex **table_regexes(const Rule *rules) {
  static GHashTable *compiled;
  g_mutex_lock(&compiling);
  if (!compiled) {
    compiled = g_hash_table_new(NULL, NULL);
  }
  GRegex **regexes = g_hash_table_lookup(compiled, rules);
  if (!regexes) {
    guint n = 0;
    while (rules[n].name) {
      n++;
    }
    regexes = g_new0(GRegex *, n + 1);
    g_hash_table_insert(compiled, (gpointer)rules, regexes);
  }
  g_mutex_unlock(&compiling);
  return regexes;
}

/* The rule's expression, compiled at its first use. With a match under the lock, before any other thread sees it: GLib
 * compiles to machine code in the first match, and of two that begin together one may find half of it and give up. */
static GRegex *rule_regex(const RuleSet *set, const Rule *rule, GRegex **regex) {
  GRegex *ready = g_atomic_pointer_get(regex);
  if (ready) {
    return ready;
  }
  g_mutex_lock(&compiling);
  ready = g_atomic_pointer_get(regex);
  if (!ready) {
    g_autoptr(GError) error = NULL;
    g_autofree char *pattern = rule_pattern(set, rule->pattern);
    ready = g_regex_new(pattern, G_REGEX_OPTIMIZE, 0, &error);
    if (!ready) {
      g_error("rule \"%s\": %s", rule->name, error->message);
    }
    g_regex_match(ready, "", 0, NULL);
    g_atomic_pointer_set(regex, ready);
  }
  g_mutex_unlock(&compiling);
  return ready;
}

typedef struct {
  const RuleSet *set;
  const Rule *rule;
} Applying;

static gboolean say_match(const GMatchInfo *match, GString *out, gpointer data) {
  const Applying *applying = data;
  gsize before = out->len;
  if (!applying->rule->function(applying->set, match, out)) {
    g_string_truncate(out, before);
    g_autofree char *whole = g_match_info_fetch(match, 0);
    g_string_append(out, whole);
  }
  return FALSE;
}

void rules_apply(const RuleSet *set, const Rule *rules, GString *line) {
  GRegex **regexes = table_regexes(rules);
  for (guint i = 0; rules[i].name; i++) {
    const Rule *rule = &rules[i];
    if (*rule->needs && !strpbrk(line->str, rule->needs)) {
      continue;
    }
    Applying applying = {set, rule};
    GRegex *regex = rule_regex(set, rule, &regexes[i]);
    gssize length = (gssize)line->len;
    g_autofree char *said = rule->function
                                ? g_regex_replace_eval(regex, line->str, length, 0, 0, say_match, &applying, NULL)
                                : g_regex_replace(regex, line->str, length, 0, rule->say, 0, NULL);
    if (said) { /* a match that gave up (a limit of PCRE2) leaves the line as it was */
      g_string_assign(line, said);
    }
  }
}

const RuleSet *rules_find(const char *language) {
  static const RuleSet *const sets[] = {&rules_fr, &rules_en, &rules_es};
  for (guint i = 0; language && i < G_N_ELEMENTS(sets); i++) {
    gsize n = strlen(sets[i]->language);
    if (g_ascii_strncasecmp(language, sets[i]->language, n) == 0 && !g_ascii_isalpha(language[n])) {
      return sets[i];
    }
  }
  return &rules_plain;
}
