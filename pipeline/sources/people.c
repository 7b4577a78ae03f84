#include "sources/people.h"

#include "base/text.h"
#include "sources/person.h"
#include "sources/words.h"

#include <string.h>

/* Two people of one name: neither has a place that is sure. */
#define SEVERAL_PLACES "?"

People *people_new(void) {
  People *people = g_new0(People, 1);
  people->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  people->places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  return people;
}

void people_free(People *people) {
  if (people != NULL) {
    g_hash_table_unref(people->known);
    g_hash_table_unref(people->places);
    g_free(people);
  }
}

static void learn(People *people, const char *name, const char *place) {
  g_autofree char *folded = text_fold(name);
  if (strlen(folded) < 2 || word_is(WORD_COMMON, folded) || word_is(WORD_SIGLE, folded)) {
    return;
  }
  const char *before = g_hash_table_lookup(people->known, folded);
  if (before == NULL || (place != NULL && *before == '\0')) {
    g_hash_table_insert(people->known, g_steal_pointer(&folded), g_strdup(place != NULL ? place : ""));
  } else if (place != NULL && strcmp(before, place) != 0) {
    g_hash_table_insert(people->known, g_steal_pointer(&folded), g_strdup(SEVERAL_PLACES));
  }
}

const char *people_place(const People *people, const char *author) {
  g_autofree char *folded = text_fold(author);
  const char *place = g_hash_table_lookup(people->known, folded);
  return place == NULL || *place == '\0' || strcmp(place, SEVERAL_PLACES) == 0 ? NULL : place;
}

bool people_speak_from(const People *people, const char *place) {
  g_autofree char *folded = text_fold(place);
  return g_hash_table_contains(people->places, folded);
}

void people_learn(People *people, const char *name, const char *place) {
  if (place != NULL) {
    g_hash_table_add(people->places, text_fold(place));
  }
  g_auto(GStrv) words = g_strsplit(name, " ", 6);
  g_autoptr(GString) initials = g_string_new(NULL);
  for (guint i = 0; words[i] != NULL; i++) {
    gunichar first = g_utf8_get_char(words[i]);
    if (g_unichar_isupper(first)) {
      g_string_append_unichar(initials, first);
      for (const char *dash = words[i]; (dash = strchr(dash, '-')) != NULL && dash[1] != '\0'; dash++) {
        g_string_append_unichar(initials, g_utf8_get_char(dash + 1));
        if (i == 0) {
          learn(people, initials->str, place); /* "JF" for "Jean-François" */
        }
      }
      learn(people, words[i], place);
    }
  }
  learn(people, name, place);
  if (initials->len > 1) {
    learn(people, initials->str, place);
  }
}

/* In a list of people a lone word with a capital is a name, even one that nobody has heard. */
static void learn_unheard(People *people, const char *line) {
  g_autofree char *name = g_strndup(line, strcspn(line, ":,(;/|"));
  g_strstrip(name);
  g_auto(GStrv) words = g_strsplit(name, " ", -1);
  guint n = g_strv_length(words);
  for (guint i = 0; i < n; i++) {
    g_autofree char *folded = text_fold(words[i]);
    bool other = word_is(WORD_COMMON, folded) || word_is(WORD_ORG, folded) || word_is(WORD_ROLE, folded);
    if (!g_unichar_isupper(g_utf8_get_char(words[i])) || (i == 0 && other) ||
        strpbrk(words[i], "0123456789@") != NULL) {
      return;
    }
  }
  const char *open = strchr(line, '('), *close = open != NULL ? strchr(open, ')') : NULL;
  g_autofree char *inside = close != NULL ? g_strndup(open + 1, (gsize)(close - open - 1)) : NULL;
  g_autofree char *place = inside != NULL ? person_place(inside, true) : NULL;
  if (n > 0 && n <= 3) {
    people_learn(people, name, place);
  }
}

/* Takes the first words with a capital of a line that lists people. */
void people_learn_participant(People *people, const char *line) {
  Person person = {0};
  gsize whole = strcspn(line, ":;"), n = strcspn(line, ":,(;/");
  if (person_read(line, whole, people->known, &person) || person_read(line, n, people->known, &person)) {
    people_learn(people, person.author, person.place);
  } else {
    learn_unheard(people, line);
  }
  person_clear(&person);
}

void people_learn_participants(People *people, const char *names) {
  g_autoptr(GString) row = g_string_new(names);
  int depth = 0;
  for (gsize i = 0; i < row->len; i++) { /* "Anne (maire, Kervalan), Paul et Luc": parted outside parentheses */
    depth += row->str[i] == '(' ? 1 : row->str[i] == ')' && depth > 0 ? -1 : 0;
    if (depth == 0 && (row->str[i] == ',' || row->str[i] == ';')) {
      row->str[i] = '\n';
    }
  }
  g_string_replace(row, " et ", "\n", 0);
  g_string_replace(row, " and ", "\n", 0);
  g_auto(GStrv) parts = g_strsplit(row->str, "\n", 400);
  for (guint i = 0; parts[i] != NULL; i++) {
    if (*g_strstrip(parts[i]) != '\0') {
      people_learn_participant(people, parts[i]);
    }
  }
}

void people_learn_key(People *people, const char *line) {
  g_auto(GStrv) parts = g_strsplit_set(line, ",;", -1);
  for (guint i = 0; parts[i] != NULL; i++) {
    char *sign = strchr(parts[i], '=');
    if (sign != NULL) {
      *sign = '\0';
      learn(people, g_strstrip(parts[i]), NULL);
      people_learn_participant(people, g_strstrip(sign + 1));
    }
  }
}
