/* A person's IPA → eSpeak NG's names of the sounds: only what the language has, the stress where it belongs. */
#include "speech/ipa.h"

#include <string.h>

static const struct {
  const char *ipa, *language, *espeak;
} RIGHT[] = {
    {"plyto", "fr", "p|l|y|t|'o"},
    {"plyto", "FR", "p|l|y|t|'o"},
    {"plyto", "fr-CA", "p|l|y|t|'o"},
    {"plyto", "fr+f2", "p|l|y|t|'o"},
    {"pə.ti.tə", "fr", "p|@|t|'i|t|@"}, /* a last ə bears no stress */
    {"lə", "fr", "l|'@"},               /* but for the only vowel */
    {"ˈplyto", "fr", "p|l|'y|t|o"},     /* right before the vowel */
    {"pst", "fr", "p|s|t"},             /* nothing to stress */
    {"plytˈst", "fr", "p|l|y|t|s|t"},   /* a mark that no vowel follows */
    {" œ̃  mo ", "fr", "'W~ m|'o"},
    {"tʃik-et", "fr", "tS|i|k|'e|t"},
    {"ˌɪntəˈnæʃənəl", "en", ",I|n|t|@|n|'a|S|@|n|@|l"},
    {"deɪtə", "en", "d|'eI|t|@"}, /* on the first */
    {"bˌst", "en", "b|s|t"},
    {"mesa", "es", "m|'e|s|a"}, /* on the last but one */
    {"mesas", "es", "m|'e|s|a|s"},
    {"sol", "es", "s|'o|l"},
    {"kanal", "es", "k|a|n|'a|l"}, /* but for a last consonant */
    {"a", "es", "'a"},
    {"perro", "es", "p|'e|R|o"},
};

static void test_right(void) {
  for (guint i = 0; i < G_N_ELEMENTS(RIGHT); i++) {
    const char *wrong = "";
    g_autofree char *espeak = ipa_to_espeak(RIGHT[i].ipa, RIGHT[i].language, &wrong);
    g_assert_cmpstr(espeak, ==, RIGHT[i].espeak);
    g_assert_cmpstr(wrong, ==, "");
    g_autofree char *unasked = ipa_to_espeak(RIGHT[i].ipa, RIGHT[i].language, NULL);
    g_assert_cmpstr(unasked, ==, espeak);
  }
}

/* Where it is wrong, or that nothing can be said in the language. */
static void test_wrong(void) {
  static const struct {
    const char *ipa, *language, *wrong; /* what follows the place; NULL: no table */
  } rows[] = {
      {"pl!to", "fr", "!to"},
      {"θyto ɹo", "fr", "ɹo"},
      {"plyto", "en", "yto"},
      {"øl", "es", "øl"},
      {"[[k@t]]", "en", "[[k@t]]"},
      {"plyto", "br", NULL},
      {"plyto", "", NULL},
      {"plyto", "frp", NULL},
      {"", "fr", ""},
      {"  ", "fr", ""},
      {".", "fr", ""},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    const char *wrong = "?";
    g_assert_null(ipa_to_espeak(rows[i].ipa, rows[i].language, &wrong));
    g_assert_cmpstr(wrong, ==, rows[i].wrong);
  }
}

/* A word of more sounds than any has. */
static void test_too_long(void) {
  g_autofree char *most = g_strnfill(200, 'a'), *more = g_strnfill(201, 'a');
  const char *wrong = NULL;
  g_autofree char *espeak = ipa_to_espeak(most, "fr", &wrong);
  g_assert_cmpuint(strlen(espeak), ==, 400);
  g_assert_null(ipa_to_espeak(more, "fr", &wrong));
  g_assert_true(wrong == more + 200);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/speech/sounds/right", test_right);
  g_test_add_func("/speech/sounds/wrong", test_wrong);
  g_test_add_func("/speech/sounds/too-long", test_too_long);
  return g_test_run();
}
