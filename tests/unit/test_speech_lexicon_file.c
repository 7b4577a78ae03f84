/* voices/lexicon.LANG.yaml: what is in it, what is wrong with it and where, and what it says of a text. */
#include "base/error.h"
#include "base/files.h"
#include "speech/lexicon.h"
#include "speech/lexicon_context.h"
#include "speech/spoken.h"

#include <glib/gstdio.h>
#include <string.h>

static char *folder;

static Lexicon *load_as(const char *name, const char *yaml, GError **error) {
  g_autofree char *path = g_build_filename(folder, name, NULL);
  g_assert_true(g_file_set_contents(path, yaml, -1, NULL));
  Lexicon *lexicon = lexicon_load(path, error);
  g_assert_cmpint(g_unlink(path), ==, 0);
  return lexicon;
}

static Lexicon *lexicon_of(const char *yaml) {
  g_autoptr(GError) error = NULL;
  Lexicon *lexicon = load_as("lexicon.fr.yaml", yaml, &error);
  g_assert_no_error(error);
  return lexicon;
}

/* --- what is wrong ------------------------------------------------------------------ */

/* The second line is wrong. */
static const struct {
  const char *entry, *place, *words;
} WRONG[] = {
    {"{word: mairie}", "2:3", "how is"},
    {"{word: mairie, spell: no}", "2:3", "how is"},
    {"{word: mairie, say: a, ipa: plyto}", "2:3", "more than one way"},
    {"{word: mairie, ipa: plyto, language: en}", "2:3", "more than one way"},
    {"{word: mairie, say: a, spell: yes}", "2:3", "more than one way"},
    {"{word: mairie, ipa: plyðθ!}", "2:23", "\"!\""},
    {"{word: mairie, ipa: \".\"}", "2:23", "\".\""},
    {"{word: mairie, language: e}", "2:28", "too short"},
    {"{word: mairie, language: 1n}", "2:28", "\"1n\""},
    {"{word: mairie, language: e1}", "2:28", "\"e1\""},
    {"{word: mairie, language: en_GB}", "2:28", "\"en_GB\""},
    {"{word: mairie, say: \"a\\a\"}", "2:", "U+0007"},
    {"{word: mairie, say: \"a\\uE000\"}", "2:", "U+E000"},
    {"{word: mairie, say: \"{a|en}\"}", "2:23", "U+007B"},
    {"{word: mairie, first: \"a}\"}", "2:25", "U+007D"},
    {"{word: \"mai|rie\", say: a}", "2:10", "U+007C"},
    {"{word: \"-mairie\", say: a}", "2:10", "begins with"},
    {"{word: \" \", say: a}", "2:10", "begins with"},
    {"{word: mairie, say: a, before: [\"un  mot\"]}", "2:35", "one space"},
    {"{word: mairie, say: a, after: [le, \"un-mot\"]}", "2:38", "one space"},
    {"{word: mairie, say: a, after: [\"...\"]}", "2:34", "one to twelve"},
    {"{word: mairie, say: a, after: [\"a b c d e f g h i j k l m\"]}", "2:34", "one to twelve"},
    {"{word: maire, say: b}", "2:10", "there twice (line 1)"},
    {"{word: Maire, say: b}", "2:10", "there twice (line 1)"},
};

static void test_wrong(void) {
  for (guint i = 0; i < G_N_ELEMENTS(WRONG); i++) {
    g_autofree char *yaml = g_strdup_printf("- {word: maire, say: a}\n- %s\n", WRONG[i].entry);
    g_autoptr(GError) error = NULL;
    g_assert_null(load_as("lexicon.fr.yaml", yaml, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    g_autofree char *place = g_strdup_printf("lexicon.fr.yaml:%s", WRONG[i].place);
    if (!strstr(error->message, place) || !strstr(error->message, WRONG[i].words)) {
      g_error("%s: %s (wanted %s … %s)", WRONG[i].entry, error->message, place, WRONG[i].words);
    }
  }
}

/* Sounds are those of the file's language; a name without one has none. */
static void test_language_of_file(void) {
  static const struct {
    const char *name;
    bool right;
  } rows[] = {
      {"lexicon.fr.yaml", true}, {"lexicon.en.yaml", false}, {"lexicon.br.yaml", false}, {"lexicon.yaml", false}};
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(Lexicon) lexicon = load_as(rows[i].name, "- {word: plutôt, ipa: plyto}\n", &error);
    g_assert_true((lexicon != NULL) == rows[i].right);
    g_assert_true((error == NULL) == rows[i].right);
  }
}

/* Each entry of a word is looked at wherever the word stands: not without end. */
static void test_too_many_alike(void) {
  g_autoptr(GString) yaml = g_string_new(NULL);
  for (guint i = 0; i < 51; i++) {
    if (i == 50) {
      g_autoptr(Lexicon) most = lexicon_of(yaml->str);
      g_assert_cmpuint(lexicon_count(most), ==, 50);
    }
    g_string_append_printf(yaml, "- {word: a, say: b, voice: v%u}\n", i);
  }
  g_autoptr(GError) error = NULL;
  g_assert_null(load_as("lexicon.fr.yaml", yaml->str, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_assert_nonnull(strstr(error->message, "lexicon.fr.yaml:51:"));
}

static void test_none(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename(folder, "lexicon.fr.yaml", NULL);
  g_autoptr(Lexicon) nothing = lexicon_load(path, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(lexicon_count(nothing), ==, 0);
  g_assert_null(lexicon_lines(nothing));
  g_assert_cmpuint(lexicon_count(NULL), ==, 0);
  g_assert_null(lexicon_lines(NULL));
  g_assert_null(lexicon_find(NULL, "mairie"));
  g_autofree char *said = lexicon_apply(NULL, "la mairie");
  g_assert_cmpstr(said, ==, "la mairie");
  lexicon_free(NULL);
}

/* --- what it says -------------------------------------------------------------------- */

static const char *const SAMPLE = "- {word: EHPAD, say: épade}\n"
                                  "- {word: ehpad, say: é-pade, case: sensitive}\n"
                                  "- {word: plutôt, ipa: plyto}\n"
                                  "- {word: open data, language: en}\n"
                                  "- {word: MJC, spell: yes}\n"
                                  "- {word: CCAS, first: \"le CCAS, centre communal d’action sociale\", say: cécasse}\n"
                                  "- {word: ALSH, first: accueil de loisirs}\n"
                                  "- {word: Foy, say: foi, voice: claire}\n"
                                  "- {word: Foy, say: fouaille}\n"
                                  "- {word: est, say: èst, after: [\"l'\", \"à l'\"]}\n"
                                  "- {word: fier, say: fièr, after: [\"est\", \"suis ...\"], before: [\"de\", \".\"]}\n"
                                  "- {word: couvent, say: couve, after: [\"poules\"]}\n"
                                  "- {word: Saint Alban, say: saint alban le beau}\n"
                                  "- {word: Saint, say: sein}\n"
                                  "- {word: os, say: o, case: any, after: [\"des\"]}\n"
                                  "- {word: software, language: en, say: soft ware}\n";

static bool spell(const char *word, gsize nbytes, GString *out, gpointer user) {
  (void)user;
  for (gsize i = 0; i < nbytes; i++) {
    g_string_append_printf(out, "%s%c", i > 0 ? "." : "", word[i]);
  }
  return true;
}

/* Of what the lexicon leaves, only this is said otherwise. */
static bool other(const char *word, gsize nbytes, GString *out, gpointer user) {
  (void)user;
  bool knows = nbytes == 4 && memcmp(word, "ALSH", 4) == 0;
  if (knows) {
    g_string_append(out, "alche");
  }
  return knows;
}

static char *said_by(const Lexicon *lexicon, const char *text, const LexiconUse *use) {
  const LexiconSayers sayers = {other, spell, NULL};
  g_autofree char *walked = lexicon_walk(lexicon, text, use, &sayers);
  GString *spoken = g_string_new(walked);
  spoken_write(spoken);
  return g_string_free(spoken, FALSE);
}

static void test_said(void) {
  static const struct {
    const char *text, *said;
  } rows[] = {
      {"l'EHPAD, un ehpad, Ehpad", "l'épade, un é-pade, Ehpad"},
      {"Plutôt l'Open\tData.", "{Plutôt|/plyto/} l'{Open Data|en}."},
      {"plutôts", "plutôts"},
      {"la MJC", "la M.J.C"},
      {"la mjc", "la mjc"},
      {"ALSH", "alche"},
      {"le CCAS", "le cécasse"},
      {"Foy", "fouaille"},
      {"à l'est", "à l'èst"},
      {"il est", "il est"},
      {"est", "est"},
      {"il est fier de lui", "il est fièr de lui"},
      {"il est fier d'elle", "il est fier d'elle"},
      {"je suis vraiment très fier.", "je suis vraiment très fièr."},
      {"je suis, oui, fier.", "je suis, oui, fier."},
      {"les poules couvent, au couvent", "les poules couve, au couvent"},
      {"Saint-Alban, Saint Alban, Saint Albans", "sein-Alban, saint alban le beau, sein Albans"},
      {"des OS", "des o"},
      {"le software", "le {soft ware|en}"},
      {"", ""},
      {SPOKEN_OPEN "EHPAD" SPOKEN_BAR "en" SPOKEN_CLOSE " EHPAD", "{EHPAD|en} épade"},
      {SPOKEN_OPEN "EHPAD", "{épade"},
  };
  g_autoptr(Lexicon) lexicon = lexicon_of(SAMPLE);
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *said = said_by(lexicon, rows[i].text, NULL);
    g_assert_cmpstr(said, ==, rows[i].said);
  }
  g_autofree char *unspelled = lexicon_apply(lexicon, "la MJC, l'ALSH");
  g_assert_cmpstr(unspelled, ==, "la MJC, l'ALSH");
}

static void test_of_a_voice(void) {
  g_autoptr(Lexicon) lexicon = lexicon_of(SAMPLE);
  LexiconUse claire = {.voice = "claire"}, paul = {.voice = "paul"}, nobody = {.voice = NULL};
  g_autofree char *hers = said_by(lexicon, "Foy", &claire), *his = said_by(lexicon, "Foy", &paul);
  g_autofree char *theirs = said_by(lexicon, "Foy", &nobody);
  g_assert_cmpstr(hers, ==, "foi");
  g_assert_cmpstr(his, ==, "fouaille");
  g_assert_cmpstr(theirs, ==, "fouaille");
}

/* In full the first time, and not where the text explains it itself. */
static void test_first_time(void) {
  g_autoptr(Lexicon) lexicon = lexicon_of(SAMPLE);
  g_autoptr(GHashTable) mentioned = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  LexiconUse use = {.mentioned = mentioned};
  static const struct {
    const char *text, *said;
    bool again;
  } rows[] = {
      {"au CCAS demain", "au cécasse, centre communal d'action sociale, demain", false},
      {"au CCAS demain", "au cécasse demain", false},
      {"le centre communal d'action sociale (CCAS)", "le centre communal d'action sociale (cécasse)", true},
      {"l'ALSH et l'ALSH", "l'accueil de loisirs et l'alche", true},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    if (rows[i].again) {
      g_hash_table_remove_all(mentioned);
    }
    g_autofree char *said = said_by(lexicon, rows[i].text, &use);
    g_assert_cmpstr(said, ==, rows[i].said);
  }
}

static void test_found(void) {
  g_autoptr(Lexicon) lexicon = lexicon_of(SAMPLE);
  g_assert_cmpstr(lexicon_find(lexicon, "plutôt")->ipa, ==, "plyto");
  g_assert_cmpstr(lexicon_find(lexicon, "PLUTÔT")->ipa, ==, "plyto");
  g_assert_cmpstr(lexicon_find(lexicon, "Saint Alban")->say, ==, "saint alban le beau");
  static const char *const unknown[] = {"plutôt bien", "plutô", "Saint-Alban", "est", "zzz", ""};
  for (guint i = 0; i < G_N_ELEMENTS(unknown); i++) {
    g_assert_null(lexicon_find(lexicon, unknown[i]));
  }
  g_autofree unsigned *lines = lexicon_lines(lexicon);
  for (guint i = 0; i < lexicon_count(lexicon); i++) {
    const LexiconEntry *entry = lexicon_entry(lexicon, i);
    g_assert_cmpuint(entry->index, ==, i);
    g_assert_cmpuint(lines[i], ==, i + 1);
  }
  /* The article is the text's own; patterns are in small letters with the plain apostrophe. */
  g_assert_cmpstr(lexicon_entry(lexicon, 5)->first, ==, "CCAS, centre communal d'action sociale");
}

/* Entries that differ in one thing are two; the narrowest is tried first, wherever it stands in the file. */
static void test_alike(void) {
  g_autoptr(Lexicon) lexicon = lexicon_of("- {word: fils, say: un}\n"
                                          "- {word: fils, say: deux, before: [de]}\n"
                                          "- {word: fils, say: trois, after: [De]}\n"
                                          "- {word: fils, say: quatre, after: [les]}\n"
                                          "- {word: fils, say: cinq, case: sensitive}\n"
                                          "- {word: Fils, say: six, case: sensitive}\n"
                                          "- {word: fils, say: sept, voice: claire}\n");
  static const struct {
    const char *text, *said;
  } rows[] = {{"FILS", "un"},         {"fils", "cinq"},        {"Fils", "six"},
              {"FILS de", "deux de"}, {"de fils", "de trois"}, {"les fils", "les quatre"}};
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *said = lexicon_apply(lexicon, rows[i].text);
    g_assert_cmpstr(said, ==, rows[i].said);
  }
}

/* --- what stands around a word -------------------------------------------------------- */

static void test_patterns(void) {
  static const struct {
    const char *pattern, *text; /* the word is "X" */
    bool before, after;         /* does it stand before X, after X? */
  } rows[] = {
      {"le", "le X le", true, true},
      {"le", "LE X LE", true, true},
      {"le", "le petit X petit le", false, false},
      {"le", "le, X, le", false, false},
      {"le", "le – X – le", false, false},
      {"le", "le - X - le", true, true},
      {"l'", "l'X l'", true, true},
      {"l'", "' X l", false, false},
      {"*", "un X deux", true, true},
      {"*", "un, X. deux", false, false},
      {"*", "X", false, false},
      {".", "un X deux", false, false},
      {".", "X", true, true},
      {".", "un, X? deux", true, true},
      {"*ment", "vraiment X ment", true, true},
      {"*ment", "mental X en", false, false},
      {"anti*", "anti X antivol", true, true},
      {"anti*", "ant X tian", false, false},
      {"de la", "de la X de la", true, true},
      {"de la", "la X de", false, false},
      {"de la", "de le X de lu", false, false},
      {"ne ... pas", "ne X ne veut donc pas", false, true},
      {"ne ... pas", "ne veut donc pas X", true, false},
      {"ne ... pas", "ne veut, donc pas X ne veut, pas", false, false},
      {"ne ... pas", "ne a b c d e f g pas X ne a b c d e f g pas", false, false},
      {"ne ... pas", "ne a b c d e f pas X ne a b c d e f pas", true, true},
      {"ne ...", "ne a b X", true, false},
      {"z ... z ... z", "z a b c d e f z a b c d e f z X z a b c d e f z a b c d e f z", false, false},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    char *patterns[] = {(char *)"zzz", (char *)rows[i].pattern, NULL};
    const char *x = strchr(rows[i].text, 'X');
    if (context_precedes(patterns, rows[i].text, x) != rows[i].before ||
        context_follows(patterns, x + 1) != rows[i].after) {
      g_error("%s: %s", rows[i].pattern, rows[i].text);
    }
    g_assert_null(context_check(rows[i].pattern));
  }
}

static void test_no_patterns(void) {
  static const char *const wrong[] = {"",    "a  b", " a", "a ",  "...", "... ...", "*a*",
                                      "a*b", "a-b",  "'l", "l''", "a.b", "..",      "**"};
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
    if (!context_check(wrong[i])) {
      g_error("\"%s\" is taken", wrong[i]);
    }
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  folder = g_dir_make_tmp("carnet-lexicon-XXXXXX", NULL);
  g_test_add_func("/speech/lexicon/wrong", test_wrong);
  g_test_add_func("/speech/lexicon/language-of-file", test_language_of_file);
  g_test_add_func("/speech/lexicon/too-many-alike", test_too_many_alike);
  g_test_add_func("/speech/lexicon/none", test_none);
  g_test_add_func("/speech/lexicon/said", test_said);
  g_test_add_func("/speech/lexicon/of-a-voice", test_of_a_voice);
  g_test_add_func("/speech/lexicon/first-time", test_first_time);
  g_test_add_func("/speech/lexicon/found", test_found);
  g_test_add_func("/speech/lexicon/alike", test_alike);
  g_test_add_func("/speech/lexicon/patterns", test_patterns);
  g_test_add_func("/speech/lexicon/no-patterns", test_no_patterns);
  int status = g_test_run();
  g_assert_true(folder_remove(folder, NULL));
  g_free(folder);
  return status;
}
