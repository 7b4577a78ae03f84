#include "sources/parts.h"

#include "base/text.h"
#include "sources/person.h"

#include <string.h>

static const char *word_end(const char *p) {
  while (*p != '\0' && *p != ' ') {
    p++;
  }
  return p;
}

char *parts_word(const char *p, const char **next) {
  const char *end = word_end(p);
  *next = *end == ' ' ? end + 1 : end;
  return g_strndup(p, (gsize)(end - p));
}

bool parts_is_capital(const char *p) {
  return g_unichar_isupper(g_utf8_get_char(p));
}

const char *parts_skip(const char *p) {
  while (*p != '\0' && (strchr(" :", *p) != NULL || g_str_has_prefix(p, "\302\240"))) {
    p += *p == '\302' ? 2 : 1;
  }
  return p;
}

const char *parts_colon(const char *text) {
  int depth = 0;
  for (const char *p = text; *p != '\0' && p - text < PERSON_MAX_BYTES; p++) {
    depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
    if (*p == ':' && depth <= 0) {
      bool in_number = p > text && g_ascii_isdigit(p[-1]) && g_ascii_isdigit(p[1]);
      return in_number || (p[1] == '/' && p[2] == '/') ? NULL : p;
    }
    if (strchr("?!;", *p) != NULL ||
        (*p == '.' && p[1] == ' ' && p - text > 3 && g_ascii_islower(p[-1]) && g_ascii_islower(p[-2]))) {
      return NULL;
    }
  }
  return NULL;
}

bool parts_is_nobody(const char *folded) {
  static const char *const names[] = {"anonyme",  "anonymous", "anonimo", "anonima",  "anon",      "inconnu",
                                      "inconnue", "unknown",   "unnamed", "sans nom", "quelqu un", "someone",
                                      "alguien",  "x",         "nn",      NULL};
  return g_strv_contains(names, folded);
}

bool parts_take_person(const char *from, gsize n, const People *people, const char *rest, Speaker *speaker) {
  Person person = {0};
  while (n > 0 && strchr(" .*", from[n - 1]) != NULL &&
         !(from[n - 1] == '.' && n > 1 && g_ascii_isupper(from[n - 2]))) {
    n--;
  }
  if (!person_read(from, n, people->known, &person)) {
    return false;
  }
  g_autofree char *folded = text_fold(person.author);
  bool is_place = !person.sure && g_strcmp0(person.author, person.place) == 0; /* "Infirmière, Morzac : …" */
  bool is_nobody = is_place || parts_is_nobody(folded);                        /* "Anonyme (Morzac) : …" */
  speaker->author = is_nobody ? NULL : g_steal_pointer(&person.author);
  speaker->place = g_steal_pointer(&person.place);
  speaker->rest = rest;
  speaker->answers = person.answers;
  person_clear(&person);
  return true;
}
