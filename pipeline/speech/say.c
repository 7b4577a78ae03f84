/* How rule functions say numbers, units and letters. */
#include "base/language.h"
#include "speech/rules.h"

#include <string.h>

#define MAX_DIGITS_AS_NUMBER 15
#define MAX_DIGITS_SAID 40
#define MAX_LETTERS_SAID 12

char *match_text(const GMatchInfo *match, gint group) {
  char *text = g_match_info_fetch(match, group);
  return text ? text : g_strdup("");
}

int match_int(const GMatchInfo *match, gint group) {
  g_autofree char *text = match_text(match, group);
  gsize n = strlen(text);
  return n > 0 && n <= 9 && strspn(text, "0123456789") == n ? (int)g_ascii_strtoll(text, NULL, 10) : -1;
}

void say_words(const char *words, GString *out) {
  for (const char *p = words; *p; p++) {
    if (p[0] == '\302' && p[1] == '\255') {
      p++;
    } else {
      g_string_append_c(out, *p);
    }
  }
}

void say_cardinal(const RuleSet *set, gint64 number, bool feminine, GString *out) {
  g_autofree char *words = language_cardinal(set->language, number);
  g_autoptr(GString) said = g_string_new(NULL);
  say_words(words, said);
  if (set->agree) {
    set->agree(said, feminine);
  }
  g_string_append_len(out, said->str, (gssize)said->len);
}

static void say_lone(const RuleSet *set, gint64 number, GString *out) {
  g_autoptr(GString) said = g_string_new(NULL);
  say_cardinal(set, number, false, said);
  if (set->alone) {
    set->alone(said);
  }
  g_string_append(out, said->str);
}

/* The ten figures as they are said alone, made once per process: a long row of them asks for nothing else. */
static const char *say_figure(const RuleSet *set, guint figure) {
  static GMutex mutex;
  static GHashTable *made; /* rule set → char*[10] */
  g_mutex_lock(&mutex);
  made = made ? made : g_hash_table_new(NULL, NULL);
  char **figures = g_hash_table_lookup(made, set);
  if (!figures) {
    figures = g_new0(char *, 10);
    for (guint i = 0; i < 10; i++) {
      g_autoptr(GString) said = g_string_new(NULL);
      say_lone(set, i, said);
      figures[i] = g_strdup(said->str);
    }
    g_hash_table_insert(made, (gpointer)set, figures);
  }
  g_mutex_unlock(&mutex);
  return figures[figure];
}

void say_digits(const RuleSet *set, const char *written, bool pairs, GString *out) {
  g_autoptr(GString) digits = g_string_new(NULL);
  for (const char *p = written; *p && digits->len < MAX_DIGITS_SAID; p++) {
    if (g_ascii_isdigit(*p)) {
      g_string_append_c(digits, *p);
    }
  }
  gsize step = pairs ? 2 : 1;
  for (gsize i = 0; i < digits->len; i += step) {
    bool two = pairs && i + 1 < digits->len;
    g_string_append(out, i == 0 ? "" : pairs ? ", " : " ");
    if (two && digits->str[i] == '0') {
      g_string_append_printf(out, "%s %s", say_figure(set, 0), say_figure(set, (guint)(digits->str[i + 1] - '0')));
    } else if (two) {
      say_lone(set, (digits->str[i] - '0') * 10 + digits->str[i + 1] - '0', out);
    } else {
      g_string_append(out, say_figure(set, (guint)(digits->str[i] - '0')));
    }
  }
}

/* "1 234,50" → "1234.50": group marks go, the decimal mark becomes a point. */
static char *plain_number(const RuleSet *set, const char *written) {
  GString *plain = g_string_new(NULL);
  for (const char *p = written; *p; p++) {
    if (g_ascii_isdigit(*p)) {
      g_string_append_c(plain, *p);
    } else if (*p == set->decimal_mark) {
      g_string_append_c(plain, '.');
    }
  }
  return g_string_free(plain, FALSE);
}

/* "14" after the mark → "quatorze", "05" → "zéro cinq"; more than three digits one by one. */
static void say_decimals(const RuleSet *set, const char *digits, GString *out) {
  gsize zeros = strspn(digits, "0");
  if (strlen(digits) > 3 || !digits[zeros]) {
    say_digits(set, digits, false, out);
    return;
  }
  for (gsize i = 0; i < zeros; i++) {
    say_cardinal(set, 0, false, out);
    g_string_append_c(out, ' ');
  }
  say_cardinal(set, g_ascii_strtoll(digits + zeros, NULL, 10), false, out);
}

void say_number(const RuleSet *set, const char *written, bool feminine, GString *out) {
  g_autofree char *plain = plain_number(set, written);
  const char *point = strchr(plain, '.');
  gsize whole = point ? (gsize)(point - plain) : strlen(plain);
  if (whole > MAX_DIGITS_AS_NUMBER || (whole > 1 && plain[0] == '0') || (point && strlen(point) > 7)) {
    say_digits(set, plain, false, out);
  } else if (point && point[1] && set->decimals_as_number) {
    say_lone(set, g_ascii_strtoll(plain, NULL, 10), out);
    g_string_append_printf(out, " %s ", set->decimal_word);
    say_decimals(set, point + 1, out);
  } else if (point && point[1] && set->decimal_word) {
    say_cardinal(set, g_ascii_strtoll(plain, NULL, 10), false, out);
    g_string_append_printf(out, " %s ", set->decimal_word);
    say_digits(set, point + 1, false, out);
  } else if (point) {
    g_autofree char *words = language_decimal(set->language, plain);
    say_words(words, out);
  } else {
    say_cardinal(set, g_ascii_strtoll(plain, NULL, 10), feminine, out);
  }
}

void say_alone(const RuleSet *set, const char *written, GString *out) {
  g_autoptr(GString) said = g_string_new(NULL);
  say_number(set, written, false, said);
  if (set->alone) {
    set->alone(said);
  }
  g_string_append(out, said->str);
}

bool say_is_plural(const RuleSet *set, const char *written) {
  g_autofree char *plain = plain_number(set, written);
  double value = g_ascii_strtod(plain, NULL);
  return set->singular_below_two ? value >= 2 : value < 1 || value > 1;
}

void say_letters(const RuleSet *set, const char *sigle, GString *out) {
  g_autofree char *plain = g_str_to_ascii(sigle, "C");
  guint said = 0;
  for (const char *p = plain; *p && said < MAX_LETTERS_SAID; p++) {
    if (g_ascii_isalpha(*p)) {
      g_string_append_printf(out, "%s%s", said > 0 ? " " : "", set->letters[g_ascii_tolower(*p) - 'a']);
      said++;
    }
  }
}

int roman_parse(const char *text) {
  static const struct {
    const char *sign;
    int value;
  } signs[] = {{"M", 1000}, {"CM", 900}, {"D", 500}, {"CD", 400}, {"C", 100}, {"XC", 90}, {"L", 50},
               {"XL", 40},  {"X", 10},   {"IX", 9},  {"V", 5},    {"IV", 4},  {"I", 1}};
  int value = 0;
  const char *p = text;
  for (guint i = 0; i < G_N_ELEMENTS(signs); i++) {
    /* A power of ten may stand three times, all else once. */
    for (int times = strlen(signs[i].sign) == 1 && strchr("MCXI", *signs[i].sign) ? 3 : 1;
         times > 0 && g_str_has_prefix(p, signs[i].sign); times--) {
      value += signs[i].value;
      p += strlen(signs[i].sign);
    }
  }
  return *p ? 0 : value;
}

static void say_sign(const RuleSet *set, const char *sign, GString *out) {
  if (strcmp(sign, "-") == 0) {
    g_string_append_printf(out, "%s ", set->minus);
  } else if (strcmp(sign, "+") == 0) {
    g_string_append_printf(out, "%s ", set->plus);
  }
}

bool rule_number(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *sign = match_text(match, 1);
  g_autofree char *number = match_text(match, 2);
  say_sign(set, sign, out);
  say_number(set, number, false, out);
  return true;
}

bool rule_unit(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *sign = match_text(match, 1);
  g_autofree char *number = match_text(match, 2);
  g_autofree char *symbol = match_text(match, 3);
  for (const Unit *unit = set->units; unit->symbol; unit++) {
    if (strcmp(unit->symbol, symbol) == 0) {
      say_sign(set, sign, out);
      say_number(set, number, unit->feminine, out);
      g_string_append_printf(out, " %s", say_is_plural(set, number) ? unit->many : unit->one);
      return true;
    }
  }
  return false;
}

/* "+33 2 98 00 12 34": each group as it is written. */
static void say_groups(const RuleSet *set, const char *written, GString *out) {
  g_auto(GStrv) groups = g_strsplit_set(written, " .-()+", -1);
  bool first = true;
  for (guint i = 0; groups[i]; i++) {
    if (g_ascii_isdigit(*groups[i])) {
      g_string_append_printf(out, "%s ", first ? set->plus : ",");
      say_digits(set, groups[i], strlen(groups[i]) % 2 == 0, out);
      first = false;
    }
  }
}

bool rule_phone(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *number = match_text(match, 0);
  if (*number == '+') {
    say_groups(set, number, out);
  } else {
    say_digits(set, number, true, out);
  }
  return true;
}

/* By its groups as written, digit by digit, a breath between them. */
bool rule_phone_digits(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *number = match_text(match, 0);
  g_auto(GStrv) groups = g_strsplit_set(number, " .-()\302\240", -1);
  bool first = true;
  if (*number == '+') {
    g_string_append_printf(out, "%s ", set->plus);
  }
  for (guint i = 0; groups[i]; i++) {
    if (strpbrk(groups[i], "0123456789")) {
      g_string_append(out, first ? "" : ", ");
      say_digits(set, groups[i], false, out);
      first = false;
    }
  }
  return true;
}
