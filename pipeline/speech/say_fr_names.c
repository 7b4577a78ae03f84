/* Names that are written in capitals ("Mme LE GALL", "29200 LA ROCHE-MORIN"), and those of saints. */
#include "speech/say_fr.h"

void fr_append_calm(const char *name, GString *out) {
  bool begins = true;
  for (const char *p = name; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    g_string_append_unichar(out, begins ? c : g_unichar_tolower(c));
    begins = !g_unichar_isalpha(c);
  }
}

bool fr_name(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *before = match_text(match, 1);
  g_autofree char *name = match_text(match, 2);
  g_string_append(out, before);
  fr_append_calm(name, out);
  return true;
}

bool fr_saint(const RuleSet *set, const GMatchInfo *match, GString *out) {
  (void)set;
  g_autofree char *first = match_text(match, 1);
  g_autofree char *name = match_text(match, 2);
  g_string_append_printf(out, "%sain-t", first); /* in one word: eSpeak makes no liaison before a capital */
  g_string_append_unichar(out, g_unichar_tolower(g_utf8_get_char(name)));
  g_string_append(out, g_utf8_next_char(name));
  return true;
}
