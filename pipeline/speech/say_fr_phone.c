/* Telephone numbers, post codes, references and long rows of digits in French. */
#include "speech/say_fr.h"

#include <string.h>

static char *digits_of(const char *written) {
  GString *digits = g_string_new(NULL);
  for (const char *p = written; *p; p++) {
    if (g_ascii_isdigit(*p)) {
      g_string_append_c(digits, *p);
    }
  }
  return g_string_free(digits, FALSE);
}

/* "001" → "zéro zéro un", "057" → "zéro cinquante-sept", "123" → "cent vingt-trois". */
static void say_group(const RuleSet *set, const char *digits, GString *out) {
  gsize zeros = strspn(digits, "0");
  if (!digits[zeros] || strlen(digits) > 4) {
    say_digits(set, digits, false, out);
    return;
  }
  for (gsize i = 0; i < zeros; i++) {
    say_cardinal(set, 0, false, out);
    g_string_append_c(out, ' ');
  }
  say_cardinal(set, g_ascii_strtoll(digits + zeros, NULL, 10), false, out);
}

/* The codes of countries are said whole; what follows them by its first digits, then by pairs. */
static gsize country_length(const char *digits) {
  static const char *const codes[] = {"262", "590", "594", "596", "508", "687", "689", "681", "352", "353",
                                      "351", "377", "212", "213", "216", "221", "225", "237", NULL};
  for (guint i = 0; codes[i]; i++) {
    if (g_str_has_prefix(digits, codes[i])) {
      return 3;
    }
  }
  return *digits == '1' || *digits == '7' ? 1 : 2;
}

/* "+33 (0)2 98 00 12 34" → "plusse trente-trois, deux, quatre-vingt-dix-huit, …". */
static void say_abroad(const RuleSet *set, const char *written, GString *out) {
  const char *optional_zero = strstr(written, "(0)");
  g_autofree char *head = optional_zero ? g_strndup(written, (gsize)(optional_zero - written)) : g_strdup("");
  g_autofree char *joined = optional_zero ? g_strconcat(head, optional_zero + 3, NULL) : g_strdup(written);
  g_autofree char *digits = digits_of(joined);
  const char *rest = g_str_has_prefix(digits, "00") ? digits + 2 : digits;
  gsize n = MIN(country_length(rest), strlen(rest)); /* "+00 0" is no number at all */
  g_autofree char *country = g_strndup(rest, n);
  rest += n;
  g_string_append(out, *written == '+' ? set->plus : "zéro zéro");
  g_string_append_c(out, ' ');
  say_group(set, country, out);
  gsize first = strlen(rest) % 2;
  first = first == 1 && n == 3 && strlen(rest) > 3 ? 3 : first;
  if (first > 0) {
    g_autofree char *region = g_strndup(rest, first);
    g_string_append(out, ", ");
    say_group(set, region, out);
  }
  if (rest[first]) {
    g_string_append(out, ", ");
    say_digits(set, rest + first, true, out);
  }
}

bool fr_phone(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *written = match_text(match, 0);
  g_autofree char *digits = digits_of(written);
  if (*written == '+' || g_str_has_prefix(digits, "00")) {
    say_abroad(set, written, out);
  } else {
    say_digits(set, digits, true, out);
  }
  return true;
}

bool fr_short_number(const RuleSet *set, const GMatchInfo *match, GString *out) {
  for (int group = 1; group <= 2; group++) {
    g_autofree char *digits = match_text(match, group);
    g_string_append(out, group == 1 ? "" : ", ");
    say_group(set, digits, out);
  }
  return true;
}

/* "0 800 123 456", "0 892 35 04 05": the groups as they are written. */
bool fr_free_number(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *first = match_text(match, 1);
  g_autofree char *rest = match_text(match, 2);
  g_string_append(out, "zéro ");
  say_group(set, first, out);
  g_auto(GStrv) groups = g_strsplit_set(rest, " .-", -1);
  for (guint i = 0; groups[i]; i++) {
    g_autofree char *digits = digits_of(groups[i]);
    if (*digits) {
      g_string_append(out, ", ");
      say_group(set, digits, out);
    }
  }
  return true;
}

bool fr_postcode(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *department = match_text(match, 1);
  g_autofree char *rest = match_text(match, 2);
  say_digits(set, department, true, out);
  if (strcmp(rest, "000") == 0) {
    g_string_append(out, " mille");
  } else {
    g_string_append(out, ", ");
    say_group(set, rest, out);
  }
  g_autofree char *town = match_text(match, 3);
  if (*town) {
    g_string_append_c(out, ' ');
    fr_append_calm(town, out);
  }
  return true;
}

/* "L. 2121-10" → "L deux mille cent vingt-et-un tiret dix". */
bool fr_reference(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *letters = match_text(match, 1);
  g_autofree char *numbers = match_text(match, 2);
  if (*letters) {
    g_string_append_printf(out, "%s ", letters);
  }
  g_auto(GStrv) parts = g_strsplit(numbers, "-", -1);
  for (guint i = 0; parts[i]; i++) {
    g_string_append(out, i == 0 ? "" : " tiret ");
    say_group(set, parts[i], out);
  }
  return true;
}

bool fr_plate(const RuleSet *set, const GMatchInfo *match, GString *out) {
  for (int group = 1; group <= 3; group++) {
    g_autofree char *part = match_text(match, group);
    g_string_append(out, group == 1 ? "" : ", ");
    if (g_ascii_isdigit(*part)) {
      say_group(set, part, out);
    } else {
      say_letters(set, part, out);
    }
  }
  return true;
}

/* The number of an account, of a card: by pairs. */
bool fr_long_digits(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *letters = match_text(match, 1);
  g_autofree char *written = match_text(match, 2);
  g_autofree char *digits = digits_of(written);
  if (*letters) {
    say_letters(set, letters, out);
    g_string_append_c(out, ' ');
  }
  say_digits(set, digits, true, out);
  return true;
}
