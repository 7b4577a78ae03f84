/* One value of a YAML text is changed; what else a person wrote stays as it is. */
#include "base/yaml_edit.h"

#include "base/error.h"

#include <glib.h>
#include <string.h>

static const char STATION[] = "# The station.\n"
                              "name: Radio d'Aurelle   # on the air\n"
                              "language: fr\n"
                              "\n"
                              "# How loud.\n"
                              "loudness: -16            # LUFS\n"
                              "podcast: {title: \"L'été\", automatic: yes, email: a@b.example}\n"
                              "run:\n"
                              "  late: \"10:00\"  # then it is missed\n"
                              "  filler: [attente, annonces]\n"
                              "\n"
                              "# The last ones.\n"
                              "mounts:\n"
                              "  - {mount: /a.mp3, format: mp3}";

#define BOM "\xEF\xBB\xBF"

typedef struct {
  const char *before, *where, *value, *after; /* after: NULL: refused */
} Case;

static void check(const Case *one) {
  g_autoptr(GError) error = NULL;
  g_autofree char *after = yaml_edit(one->before, one->where, one->value, &error);
  g_test_message("%s", one->before);
  if (!one->after) {
    g_assert_null(after);
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    g_assert_nonnull(strstr(error->message, one->where));
    return;
  }
  g_assert_no_error(error);
  g_assert_cmpstr(after, ==, one->after);
  g_autofree char *reads = yaml_value(after, one->where);
  g_assert_cmpstr(reads, ==, one->value);
}

static void test_replaced(void) {
  static const Case cases[] = {
      {"a: 1\nb: 2\n", "a", "3", "a: 3\nb: 2\n"},
      {"a: 1   # one\nb: 2", "a", "un mot", "a: un mot   # one\nb: 2"},
      {"é: \"ü\" # ö\nb: 2\n", "b", "ñ", "é: \"ü\" # ö\nb: ñ\n"},
      {"a: {b: 'x', c: y}\n", "a.b", "5:00", "a: {b: \"5:00\", c: y}\n"},
      {"a:\n  b: x # why\n  c: y\n", "a.c", "no", "a:\n  b: x # why\n  c: no\n"},
      {"a: |\n  one\n  two\nb: 2\n", "a", "three", "a: three\nb: 2\n"},
      {"a: >-\n  one\n  two\n", "a", "l'un: \"deux\"\ntrois", "a: \"l'un: \\\"deux\\\"\\ntrois\"\n"},
      {"a:\nb: 2\n", "a", "x", "a: x\nb: 2\n"},
      {"a: ~\n", "a", "null", "a: \"null\"\n"},
      {"a: 1\r\nb: 2\r\n", "a", "3", "a: 3\r\nb: 2\r\n"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    check(&cases[i]);
}

static void test_put_in(void) {
  static const Case cases[] = {
      {"a: 1\n", "b", "2", "a: 1\nb: 2\n"},
      {"a: 1", "b", "2", "a: 1\nb: 2\n"},
      {"a: 1\n", "b.c", "x y", "a: 1\nb: {c: x y}\n"},
      {"a: 1\nb: {d: 4}\n", "b.c", "#1", "a: 1\nb: {d: 4, c: \"#1\"}\n"},
      {"a: 1\nb: {d: 4, }\n", "b.c", "1", "a: 1\nb: {d: 4, c: 1, }\n"},
      {"a: 1\nb: {}\n", "b.c", "-16.5", "a: 1\nb: {c: -16.5}\n"},
      {"b:\n  # of d\n  d: 4 # four\n# of a\na: 1\n", "b.c", "- x",
       "b:\n  # of d\n  d: 4 # four\n  c: \"- x\"\n# of a\na: 1\n"},
      {"b:\n  d: [1,\n      2] # two", "b.c", "x", "b:\n  d: [1,\n      2] # two\n  c: x\n"},
      {"b:\n  d:\n    - 1\n    - 2 # two\n\n# of a\na: 1\n", "b.c", "x",
       "b:\n  d:\n    - 1\n    - 2 # two\n  c: x\n\n# of a\na: 1\n"},
      {"b:\n  d: |\n    x\n\na: 1\n", "b.c", "x", "b:\n  d: |\n    x\n\n  c: x\na: 1\n"},
      {"b:\na: 1\n", "b.c", "x", "b: {c: x}\na: 1\n"},
      {"{a: 1}\n", "b", "2", "{a: 1, b: 2}\n"},
      {"{a: 1}\n", "b.c", "2", "{a: 1, b: {c: 2}}\n"},
      {BOM "a: 1\nb: {d: 4}\n", "b.c", "2", BOM "a: 1\nb: {d: 4, c: 2}\n"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    check(&cases[i]);
}

static void test_taken_out(void) {
  static const Case cases[] = {
      {"a: 1 # one\nb: 2\n", "a", NULL, "b: 2\n"},
      {"a: 1\nb: 2", "b", NULL, "a: 1\n"},
      {"a: 1\n# two\nb: |\n  x\n  y\n# three\nc: 3\n", "b", NULL, "a: 1\n# two\n# three\nc: 3\n"},
      {BOM "a: 1\nb: 2\nc: 3\n", "b", NULL, BOM "a: 1\nc: 3\n"},
      {"a: {b: 1, c: 2, d: 3}\n", "a.b", NULL, "a: {c: 2, d: 3}\n"},
      {"a: {b: 1, c: 2, d: 3}\n", "a.c", NULL, "a: {b: 1, d: 3}\n"},
      {"a: {b: 1, c: 2, d: 3}\n", "a.d", NULL, "a: {b: 1, c: 2}\n"},
      {"a: {\n  b: 1,  # one\n  c: 2,  # two\n}\n", "a.c", NULL, "a: {\n  b: 1,  # one\n  # two\n}\n"},
      {"a: {\n  b: 1,  # one\n  c: 2  # two\n}\n", "a.c", NULL, "a: {\n  b: 1,  # one\n    # two\n}\n"},
      {"a: {b: 1, # one\n  # of c\n  c: 2}\n", "a.b", NULL, "a: {# one\n  # of c\n  c: 2}\n"},
      {"z: 0\na: {b: 1}\n# end\n", "a.b", NULL, "z: 0\n# end\n"},
      {"z: 0\na:\n  b: 1 # one\n\n# of c\nc: 3\n", "a.b", NULL, "z: 0\n\n# of c\nc: 3\n"},
      {"z: 0\na: # of a\n  # of b\n  b: 1 # one\n  # maybe\nc: 3\n", "a.b", NULL,
       "z: 0\na: {} # of a\n  # of b\n  # maybe\nc: 3\n"},
      {"z: 0\na:\n  b: 1 # one\n  # maybe\nc: 3\n", "a.b", NULL, "z: 0\na: {}\n  # maybe\nc: 3\n"},
      {"z: 0\na: { # of a\n  b: 1 }\n", "a.b", NULL, "z: 0\na: { # of a\n   }\n"},
      {"z: 0\na:\n  b: 1\n  c: {d: 1}\n", "a.b", NULL, "z: 0\na:\n  c: {d: 1}\n"},
      {"a: 1\n", "b", NULL, "a: 1\n"},
      {"a: 1\n", "b.c", NULL, "a: 1\n"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    check(&cases[i]);
}

/* What one value cannot be put into is left to a person. */
static void test_refused(void) {
  static const Case cases[] = {
      {"a: [1, 2]\n", "a", "3", NULL},
      {"a: {b: 1}\n", "a", "3", NULL},
      {"a: 1\n", "a.b", "3", NULL},
      {"a: [1]\n", "a.b", "3", NULL},
      {"a: {b: [1]}\n", "a.b", NULL, NULL},
      {"- a\n- b\n", "a", "3", NULL},
      {"a: 1\n...\n", "b", "2", NULL},
      {"a: 1\n", "a", NULL, NULL},
      {"a: \"\n", "a", "1", NULL},
      {"", "a", "1", NULL},
      {"a: \xFF\n", "a", "1", NULL},
      {"a: &x 1\nb: *x\n", "a", "2", NULL},
      {"--- {a: 1}\n--- {a: 2}\n", "b", "2", NULL},
      {"a: 1\nb: &x [*x]\n", "a", "2", NULL},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_autofree char *after = yaml_edit(cases[i].before, cases[i].where, cases[i].value, &error);
    if (after) /* it may be done where it is whole: what is there must read so, and the rest as before */
      g_test_message("%s → %s", cases[i].before, after);
    g_assert_true(after ? !error : g_error_matches(error, CARNET_ERROR, CARNET_ERROR_INPUT));
  }
}

/* Any value reads back as it was given, anywhere, and nothing else of the file has moved. */
static void test_any_value(void) {
  static const char *const places[] = {"name",     "url",        "loudness",       "podcast.title", "podcast.license",
                                       "run.late", "run.urgent", "desk.contribute"};
  static const char *const values[] = {"x",     "0",
                                       "-1",    "5:00",
                                       "yes",   "null",
                                       "~",     "'",
                                       "\"",    "\\",
                                       "# x",   "a # b",
                                       "a: b",  "{",
                                       "[x",    "- x",
                                       "*x",    "&x",
                                       "!x",    "%x",
                                       "@x",    "`x",
                                       "| x",   "> x",
                                       "? x",   ", x",
                                       "é à ü", "œ\u2019 …",
                                       "a\nb",  "😀",
                                       " x",    "x ",
                                       "\t",    "=",
                                       "<<",    "2026-03-17",
                                       "0x10",  "1e3",
                                       ".5",    "-",
                                       "--",    "---",
                                       "...",   "true",
                                       "x:",    "https://a.example/b?c=d#e"};
  for (gsize i = 0; i < G_N_ELEMENTS(places); i++)
    for (gsize k = 0; k < G_N_ELEMENTS(values); k++) {
      g_autoptr(GError) error = NULL;
      g_autofree char *after = yaml_edit(STATION, places[i], values[k], &error);
      g_assert_no_error(error);
      g_autofree char *reads = yaml_value(after, places[i]);
      g_assert_cmpstr(reads, ==, values[k]);
      g_autoptr(GHashTable) all = yaml_values(after);
      g_assert_cmpstr(g_hash_table_lookup(all, places[i]), ==, values[k]);
      g_assert_cmpstr(g_hash_table_lookup(all, "language"), ==, "fr");
      g_assert_nonnull(strstr(after, "# on the air"));
      g_assert_nonnull(strstr(after, "# LUFS\n"));
      g_assert_nonnull(strstr(after, "# then it is missed\n  filler: [attente, annonces]\n"));
      g_assert_nonnull(strstr(after, "\n\n# The last ones.\nmounts:\n  - {"));
      g_autofree char *back = yaml_edit(after, places[i], NULL, &error), *other = yaml_value(after, "language");
      g_assert_no_error(error);
      g_assert_cmpstr(other, ==, "fr");
      g_autofree char *gone = yaml_value(back, places[i]);
      g_assert_null(gone);
    }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/base/yaml_edit/replaced", test_replaced);
  g_test_add_func("/base/yaml_edit/put-in", test_put_in);
  g_test_add_func("/base/yaml_edit/taken-out", test_taken_out);
  g_test_add_func("/base/yaml_edit/refused", test_refused);
  g_test_add_func("/base/yaml_edit/any-value", test_any_value);
  return g_test_run();
}
