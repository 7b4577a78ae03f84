#include "sources/remains.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* "…l'étoffer.12.11": the hour of the last change, glued on by an export. */
char *remains_take_time(char *text) {
  gsize n = strlen(text);
  gsize digits = 0;
  while (digits < n && digits < 6 && strchr("0123456789.:", text[n - 1 - digits]) != NULL) {
    digits++;
  }
  while (digits > 0 && !g_ascii_isdigit(text[n - digits])) {
    digits--;
  }
  const char *time = text + n - digits;
  guint hour = 0, minute = 0;
  char sign = '\0', more = '\0';
  if (digits < 4 || digits == n || sscanf(time, "%2u%c%2u%c", &hour, &sign, &minute, &more) != 3 || hour > 23 ||
      minute > 59 || strchr(".:", sign) == NULL || digits != strcspn(time, ".:") + 3) {
    return NULL;
  }
  bool after_end = strchr(".!?)", time[-1]) != NULL || (n - digits > 2 && g_str_has_prefix(time - 3, "…"));
  bool after_word =
      n - digits > 3 && g_ascii_islower(time[-1]) && g_ascii_islower(time[-2]) && g_ascii_islower(time[-3]);
  if (after_end || after_word) {
    char *taken = g_strdup(time);
    text[n - digits] = '\0';
    return taken;
  }
  return NULL;
}

bool remains_words(const char *text) {
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
    if (g_unichar_isalnum(g_utf8_get_char(p))) {
      return true;
    }
  }
  return false;
}

/* "(cf texte ci-dessus)", "voir plus haut": points at something and says nothing. */
bool remains_pointer(const char *text) {
  g_autofree char *folded = strlen(text) < 120 ? text_fold(text) : NULL;
  static const char *const opens[] = {
      "cf ",       "voir ci ",  "voir plus haut", "voir plus bas",  "voir texte", "voir document",
      "see above", "see below", "ver arriba",     "ver mas arriba", NULL};
  static const char *const empty[] = {"cf",     "idem ci dessus", "a completer", "tbd",  "rien a signaler",
                                      "ras",    "neant",          "etc",         "rien", "aucun",
                                      "aucune", "nothing",        "none",        "nada", NULL};
  bool wrapped = *text == '(' && g_str_has_suffix(text, ")");
  if (folded == NULL || g_strv_contains(empty, folded)) {
    return folded != NULL;
  }
  for (guint i = 0; opens[i] != NULL; i++) {
    if (g_str_has_prefix(folded, opens[i]) && (wrapped || strlen(folded) < 40)) {
      return true;
    }
  }
  return wrapped &&
         (g_str_has_prefix(folded, "voir ") || g_str_has_prefix(folded, "see ") || g_str_has_prefix(folded, "ver "));
}

/* "voir", "lien :" before an address that was taken out. */
bool remains_bare_pointer(const char *text) {
  static const char *const pointers[] = {"voir",    "cf",  "lien",   "liens",   "ici",  "site",  "site web", "source",
                                         "sources", "web", "url",    "adresse", "see",  "link",  "links",    "here",
                                         "website", "ver", "enlace", "enlaces", "aqui", "sitio", NULL};
  g_autofree char *folded = strlen(text) < 16 ? text_fold(text) : NULL;
  return folded != NULL && g_strv_contains(pointers, folded);
}
