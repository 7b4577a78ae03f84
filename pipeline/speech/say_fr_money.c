/* Euros in French. */
#include "speech/say_fr.h"

#include <string.h>

/* "50" and "5" after the mark are fifty cents. */
static int cents_of(const GMatchInfo *match, gint group) {
  g_autofree char *written = match_text(match, group);
  int cents = match_int(match, group);
  return strlen(written) == 1 ? cents * 10 : cents;
}

bool fr_euros(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *euros = match_text(match, 1);
  int cents = cents_of(match, 2);
  bool none = strspn(euros, "0") == strlen(euros);
  if (!none || cents <= 0) {
    say_number(set, euros, false, out);
    g_string_append(out, say_is_plural(set, euros) ? " euros" : " euro");
  }
  if (cents > 0) {
    g_string_append(out, none ? "" : " ");
    say_cardinal(set, cents, false, out);
  }
  if (none && cents > 0) {
    g_string_append(out, cents > 1 ? " centimes" : " centime");
  }
  g_autofree char *per = match_text(match, 3);
  return !*per || fr_append_per(set, per, out);
}

bool fr_big_euros(const RuleSet *set, const GMatchInfo *match, GString *out) {
  g_autofree char *number = match_text(match, 1);
  g_autofree char *scale = match_text(match, 2);
  say_number(set, number, false, out);
  if (g_ascii_tolower(*scale) == 'k') {
    g_string_append(out, strpbrk(number, ",.") ? " milliers d'euros" : " mille euros");
  } else {
    bool milliard = strlen(scale) > 1 && scale[1] != 'i';
    g_string_append_printf(out, " %s%s d'euros",
                           milliard || g_str_has_prefix(scale, "milliard") ? "milliard" : "million",
                           say_is_plural(set, number) ? "s" : "");
  }
  return true;
}
