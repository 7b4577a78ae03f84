/* What is said in full once among texts that follow each other, and for whom. */
#include "base/files.h"
#include "speech/mentions.h"

#include <string.h>

static const char yaml[] =
    "- {word: CCAS, spell: yes, first: \"le CCAS, centre communal d'action sociale\"}\n"
    "- {word: AMAP, say: amape, first: \"une AMAP, association pour une agriculture paysanne\"}\n"
    "- {word: Kervalan, say: quervalane, voice: paul}\n";

typedef struct {
  char *folder;
  Lexicon *lexicon;
  Mentions *mentions;
} Fixture;

static void set_up(Fixture *f, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  f->folder = g_dir_make_tmp("carnet-test-mentions-XXXXXX", &error);
  g_assert_no_error(error);
  g_autofree char *path = g_build_filename(f->folder, "lexicon.fr.yaml", NULL);
  g_assert_true(g_file_set_contents(path, yaml, -1, NULL));
  f->lexicon = lexicon_load(path, &error);
  g_assert_no_error(error);
  f->mentions = mentions_new();
}

static void tear_down(Fixture *f, gconstpointer data) {
  (void)data;
  mentions_free(f->mentions);
  lexicon_free(f->lexicon);
  folder_remove(f->folder, NULL);
  g_free(f->folder);
}

typedef struct {
  const char *voice, *text, *said;
} Row;

static void say_rows(Fixture *f, const Row *rows, guint n) {
  g_autoptr(GHashTable) mentioned = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < n; i++) {
    LexiconUse use = {rows[i].voice, mentioned};
    g_assert_cmpstr(mentions_say(f->mentions, rows[i].text, "fr", f->lexicon, &use), ==, rows[i].said);
  }
}

/* The second time from the memory alone. */
static void check_rows(Fixture *f, const Row *rows, guint n) {
  say_rows(f, rows, n);
  say_rows(f, rows, n);
}

#define FULL "Le cé cé a esse, centre communal d'action sociale, ouvre."
#define SHORT "Le cé cé a esse ouvre."

static void test_once(Fixture *f, gconstpointer data) {
  (void)data;
  static const Row rows[] = {
      {"claire", "Bonjour.", "Bonjour."},
      {"claire", "Le CCAS ouvre.", FULL},
      {"claire", "Le CCAS ouvre.", SHORT},
      {"paul", "Le CCAS ouvre.", SHORT},
      {"paul", "Une AMAP et le CCAS.", "Une amape, association pour une agriculture paysanne, et le cé cé a esse."},
      {"claire", "Une AMAP et le CCAS.", "Une amape et le cé cé a esse."},
  };
  check_rows(f, rows, G_N_ELEMENTS(rows));
}

/* The same texts in another order: what was said for one order is not taken for the other. */
static void test_orders(Fixture *f, gconstpointer data) {
  (void)data;
  static const Row there[] = {{"paul", "Le CCAS ouvre.", FULL}, {"claire", "Le CCAS ouvre.", SHORT}};
  static const Row back[] = {{"claire", "Le CCAS ouvre.", FULL}, {"paul", "Le CCAS ouvre.", SHORT}};
  check_rows(f, there, 2);
  check_rows(f, back, 2);
  check_rows(f, there, 2);
}

static void test_voices(Fixture *f, gconstpointer data) {
  (void)data;
  static const Row rows[] = {{"claire", "À Kervalan.", "À Kervalan."},
                             {"paul", "À Kervalan.", "À quervalane."},
                             {NULL, "À Kervalan.", "À Kervalan."}};
  check_rows(f, rows, G_N_ELEMENTS(rows));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add("/speech/mentions/once", Fixture, NULL, set_up, test_once, tear_down);
  g_test_add("/speech/mentions/orders", Fixture, NULL, set_up, test_orders, tear_down);
  g_test_add("/speech/mentions/voices", Fixture, NULL, set_up, test_voices, tear_down);
  return g_test_run();
}
