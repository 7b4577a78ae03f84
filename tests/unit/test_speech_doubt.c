/* Which words are doubted: each reason by its examples, plain text by none; names of people are left alone. */
#include "speech/doubt.h"

#include "base/files.h"

#include <string.h>

/* "reason word" of each, apart by commas. Returns (g_free). */
static char *doubts_of(const char *text, const char *language, const Lexicon *lexicon) {
  g_autoptr(GPtrArray) doubts = doubts_find(text, language, lexicon);
  GString *list = g_string_new(NULL);
  for (guint i = 0; i < doubts->len; i++) {
    const Doubt *doubt = doubts->pdata[i];
    g_string_append_printf(list, "%s%s %s", i ? ", " : "", doubt_reason_name(doubt->reason), doubt->word);
    g_assert_nonnull(doubt_reason(doubt));
    g_assert_nonnull(doubt->context);
    g_assert_cmpuint(doubt->times, >, 0);
  }
  return g_string_free(list, FALSE);
}

typedef struct {
  const char *language, *text, *doubts;
} Row;

static void check_rows(const Row *rows, guint n) {
  for (guint i = 0; i < n; i++) {
    g_autofree char *doubts = doubts_of(rows[i].text, rows[i].language, NULL);
    g_assert_cmpstr(doubts, ==, rows[i].doubts);
  }
}

static void test_reasons(void) {
  static const Row rows[] = {
      /* Sigles that no lexicon knows; not two letters, nor one that is read as a word. */
      {"fr", "l'ENSA et la CNA, le CADA, le CAUE", "sigle ENSA, sigle CNA, sigle CADA, sigle CAUE"},
      {"fr", "la CAF, l'ONU, les SAMUs", "sigle CAF, sigle ONU, sigle SAMUs"},
      {"fr", "le CCAS, le CNFPT, l'UE, à la TABLE", "sigle CCAS, sigle CNFPT"},
      {"fr", "la SMICTOM", ""}, /* longer: read as a word */
      /* Foreign letters. */
      {"fr", "chez Fañch", "letter Fañch"},
      {"fr", "la Straße et le smørrebrød", "letter Straße, letter smørrebrød"},
      {"fr", "voilà Noël, l'œuf, l'aiguë, l'Haÿ, où, çà, ex æquo", ""},
      {"es", "el niño pingüino canta allí", ""},
      {"es", "la façade", "letter façade"},
      {"en", "a naïve café", ""},
      /* Capitals and digits inside. */
      {"fr", "mon iPhone, sur OpenAgenda", "mixed iPhone, mixed OpenAgenda"},
      {"fr", "du B2B, une RN12, le bus 12b, la 5G, un A4", "digits B2B"},
      {"fr", "le covid19x", "digits covid19x"},
      {"fr", "à 14h30, le 1er, le 3e, 20 m2, 12 km", ""},
      /* No vowel. */
      {"fr", "c'est xqz, et zbrq", "vowel xqz, vowel zbrq"},
      {"fr", "l'eau, d'abord, qu'il s'y tienne, y", ""},
      /* Foreign spellings; a name with a capital only where it is a thing's. */
      {"fr", "un briefing, du wax, le cash, un freezer",
       "spelling briefing, spelling wax, spelling cash, spelling freezer"},
      {"fr", "le poing, un coing, le camping, l'alcool, la coopérative, le zoo, déshabiller, un wagon", ""},
      {"fr", "sur Bluetooth, via Woobla", "spelling Bluetooth, spelling Woobla"},
      {"es", "un show de kitesurf", "spelling show"},
      {"en", "a meeting at the show", ""},
      /* Names of the country. */
      {"fr", "à Penmarc'h, vers Breizh", "regional Penmarc'h, regional Breizh"},
      {"fr", "à Etxalar et à Cordelha", "regional Etxalar, regional Cordelha"},
      /* A language without a row: what letters and digits show. */
      {"nl", "de briefing, mijn iPhone", "mixed iPhone"},
  };
  check_rows(rows, G_N_ELEMENTS(rows));
}

static void test_people(void) {
  static const Row rows[] = {
      {"fr", "Anne Rockwell et Gwenn Le Ashby lisent.", ""},
      {"fr", "Nolwenn a dit bonjour, M. Woodshee aussi.", ""},
      {"fr", "Merci à Kathleen, et à Edwige.", ""},
      {"fr", "M. Etxeberri et Mme Lec'hvien passent.", ""},
      {"fr", "Anne Muñoz", "letter Muñoz"},
  };
  check_rows(rows, G_N_ELEMENTS(rows));
}

static void test_plain_text(void) {
  static const Row rows[] = {
      {"fr",
       "L'école de Port-Aurelle garde une classe ouverte, de 8h à 17h30. Il suffit d'appeler le 02 00 00 12 34 ;\n"
       "« bonjour », crie-t-elle : on a offert onze tasses de café, 50 €, et cætera. Chacun·e peut venir.",
       ""},
      {"fr", "ATTENTION TRAVAUX RUE DU PORT", ""},
      {"fr", "https://aurelle.example/iPhone?a=B2B et maelle@aurelle.example", ""},
      {"fr", "", ""},
      {"fr", "!!! ... 12 34", ""},
      {"en", "Does anyone know if the boat to the island still sails on Fridays?", ""},
      {"es", "¿Quién puede ayudar a una familia del puerto con los formularios?", ""},
  };
  check_rows(rows, G_N_ELEMENTS(rows));
}

static void test_places(void) {
  g_autoptr(GPtrArray) doubts =
      doubts_find("Une ligne.\nÉté : l’iPhone, mon iPhone\net d'autres mots qui suivent ; iPhone.", "fr", NULL);
  g_assert_cmpuint(doubts->len, ==, 1);
  const Doubt *doubt = doubts->pdata[0];
  g_assert_cmpuint(doubt->line, ==, 2);
  g_assert_cmpuint(doubt->column, ==, 9);
  g_assert_cmpuint(doubt->times, ==, 3);
  g_assert_cmpstr(doubt->context, ==, "Été : l’iPhone, mon iPhone");
}

static void test_settled(void) {
  g_autofree char *folder = g_dir_make_tmp("carnet-test-doubt-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "lexicon.fr.yaml", NULL);
  g_assert_true(g_file_set_contents(path, "- {word: ENSA, spell: yes}\n- {word: iPhone, language: en}\n", -1, NULL));
  g_autoptr(Lexicon) lexicon = lexicon_load(path, NULL);
  g_autofree char *doubts = doubts_of("l'ENSA, un iPhone, le CADA", "fr", lexicon);
  g_assert_cmpstr(doubts, ==, "sigle CADA");
  folder_remove(folder, NULL);
  /* What eSpeak says by another language's rules it reads well. */
  g_autoptr(GPtrArray) foreign = doubts_find("un briefing", "fr", NULL);
  g_assert_true(doubt_is_settled(foreign->pdata[0], "(en)bɹˈiːfɪŋ(fr)"));
  g_assert_false(doubt_is_settled(foreign->pdata[0], "bʁiəfˈɛ̃ɡ"));
}

static void test_remedies(void) {
  static const struct {
    const char *text, *remedy;
  } rows[] = {
      {"l'ENSA", "--spell"},
      {"des ENSAs", "--say \"…\""},
      {"un iPhone", "--say \"i phone\""},
      {"sur OpenStreetMapX", "--say \"open street map x\""},
      {"un briefing", "--language en"},
      {"à Etxalar", "--language eu"},
      {"chez Fañch", "--say \"…\""},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GPtrArray) doubts = doubts_find(rows[i].text, "fr", NULL);
    g_assert_cmpuint(doubts->len, ==, 1);
    g_autofree char *remedy = doubt_remedy(doubts->pdata[0]);
    g_assert_cmpstr(remedy, ==, rows[i].remedy);
  }
}

/* Whatever comes, words are letters and digits (and a Breton apostrophe): a line to type is one. */
static void test_hostile(void) {
  static const char *const texts[] = {"\x1b[31miPhone\x1b[0m",
                                      "$(touch x)B2B`id`",
                                      "iPhone\xe2\x80\xae",
                                      "{iPhone|en}",
                                      "[[iPhone]]",
                                      "i\xcc\x81\xcc\x82\xcc\x83Po",
                                      "\xee\x80\x80iPhone\xee\x80\x81",
                                      "c'hC'H'h'h",
                                      "ﬁPhOne",
                                      "Ⅻx٣Y"};
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GPtrArray) doubts = doubts_find(texts[i], "fr", NULL);
    for (guint j = 0; j < doubts->len; j++) {
      const Doubt *doubt = doubts->pdata[j];
      for (const char *p = doubt->word; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        g_assert_true(g_unichar_isalnum(c) || g_unichar_ismark(c) || c == '\'');
      }
    }
  }
  g_autoptr(GString) many = g_string_new(NULL);
  for (guint i = 0; i < 20000; i++) {
    g_string_append_printf(many, "x%uY ", i);
  }
  g_autoptr(GPtrArray) doubts = doubts_find(many->str, "fr", NULL);
  g_assert_cmpuint(doubts->len, >, 1000);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/speech/doubt/reasons", test_reasons);
  g_test_add_func("/speech/doubt/people", test_people);
  g_test_add_func("/speech/doubt/plain-text", test_plain_text);
  g_test_add_func("/speech/doubt/places", test_places);
  g_test_add_func("/speech/doubt/settled", test_settled);
  g_test_add_func("/speech/doubt/remedies", test_remedies);
  g_test_add_func("/speech/doubt/hostile", test_hostile);
  return g_test_run();
}
