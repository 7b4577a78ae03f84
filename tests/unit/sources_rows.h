/* A line of a pad, who speaks in it, from where, and what is said: rows for the tests of sources/. */
#ifndef CARNET_TESTS_SOURCES_ROWS_H
#define CARNET_TESTS_SOURCES_ROWS_H

#include "sources/speaker.h"

typedef struct {
  const char *text, *author, *place, *rest; /* author NULL: nobody, and the text stays whole */
} Row;

static inline void check(const Row *rows, guint count) {
  g_autoptr(People) people = people_new();
  people_learn_participants(people, "Marie Le Goff, Loeiz (Kervalan), Chidi et Tanguy");
  people_learn_key(people, "XQ = Xavier Quintric");
  for (guint i = 0; i < count; i++) {
    Speaker speaker = {.kind = -1};
    const char *end = NULL;
    speaker_read(rows[i].text, people, &speaker, &end);
    g_autofree char *rest = end != NULL ? g_strndup(speaker.rest, (gsize)(end - speaker.rest)) : g_strdup(speaker.rest);
    g_test_message("%s", rows[i].text);
    g_assert_cmpstr(speaker.author, ==, rows[i].author);
    g_assert_cmpstr(speaker.place, ==, rows[i].place);
    g_assert_cmpstr(rest, ==, rows[i].rest);
    speaker_clear(&speaker);
  }
}

#endif
