/* The notation of a spoken text: read, written, cut into phrases, and what eSpeak NG makes of it; and
 * that nothing which comes from outside is ever taken for it. */
#include "speech/spoken.h"

#include "base/error.h"
#include "speech/clips.h"
#include "speech/normalise.h"
#include "speech/phrases.h"
#include "speech/speaker.h"

#include <string.h>

static NurseryPool *speakers;

static void test_reading(void) {
  static const struct {
    const char *spoken, *plain;
  } rows[] = {
      {"Le {plutôt|/plyto/} de l'{open data|en}.", "Le plutôt de l'open data."},
      {"", ""},
      {"{}", "{}"},
      {"{a}", "{a}"},
      {"{a|", "{a|"},
      {"{a|}", "{a|}"},
      {"{|en}", "{|en}"},
      {"{a{b|en}", "{ab"},
      {"{a|en|b}", "{a|en|b}"},
      {"}{|}", "}{|}"},
      {"{a|en}{b|/b/}", "ab"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *plain = spoken_plain(rows[i].spoken);
    g_assert_cmpstr(plain, ==, rows[i].plain);
  }
}

static char *say_hello(const char *words, const char *language, gpointer user) {
  (void)user;
  return g_str_equal(language, "en") ? g_strdup_printf("_^_en %c _^_fr", *words) : NULL;
}

static void test_for_espeak(void) {
  static const struct {
    const char *spoken, *voice, *given;
    bool phonemes;
  } rows[] = {
      {"C'est {plutôt|/plyto/} bien", "fr+f2", "C'est [[p|l|y|t|'o]] bien", true},
      {"{plutôt|/plyto/}", "en", "[[p|l|y|t|'o]]", false}, /* English has no y */
      {"l'{open data|en}", "fr", "[[l _^_en o _^_fr]]", true},
      {"de L'{abat|/aba/}.", "fr", "de [[l|a|b|'a]].", true},
      {"qu'{abat|/aba/}", "fr", "qu'[[a|b|'a]]", true},
      {"seul'{abat|/aba/}", "fr", "seul'[[a|b|'a]]", true},
      {"«{abat|/aba/}»", "fr", "« [[a|b|'a]] »", true},
      {"{open data|zz}", "fr", "open data", false},
      {"{plutôt|/[[k@t]]/}", "fr", "plutôt", false},
      {"{plutôt|/k@t/}", "fr", "plutôt", false},
      {"[[k@t]] {a|en", "fr", "  k@t    a en", false},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    bool phonemes = !rows[i].phonemes;
    g_autofree char *given = spoken_for_espeak(rows[i].spoken, rows[i].voice, say_hello, NULL, &phonemes, NULL);
    g_assert_cmpstr(given, ==, rows[i].voice[0] == 'e' ? "plutôt" : rows[i].given);
    g_assert_cmpint(phonemes, ==, rows[i].phonemes);
  }
}

/* A cut never falls into a piece, whatever stands in it; every byte is where it was. */
static void test_phrases(void) {
  g_autoptr(GString) text = g_string_new("Bonjour. ");
  for (guint i = 0; i < 60; i++) {
    g_string_append_printf(text, "{un mot. Et, puis: un autre|/a.ba. ba/} avec {open data|en}%s", i % 7 ? " " : ", ");
  }
  g_autofree char *word = g_strnfill(900, 'a');
  g_string_append_printf(text, "{%s|en} fin.", word);
  g_autoptr(GArray) phrases = phrases_of(text->str, "fr", 400, 150);
  g_assert_cmpuint(phrases->len, >, 5);
  gsize end = 0;
  for (guint i = 0; i < phrases->len; i++) {
    const Phrase *phrase = &g_array_index(phrases, Phrase, i);
    g_assert_cmpuint(phrase->length, >, 0);
    g_assert_cmpuint(phrase->offset, >=, end);
    end = phrase->offset + phrase->length;
    g_autofree char *words = g_strndup(text->str + phrase->offset, phrase->length);
    g_autofree char *plain = spoken_plain(words);
    g_assert_null(strpbrk(plain, "{|}"));
  }
  g_assert_cmpuint(end, ==, text->len);
}

/* What outside text holds of the notation is dropped, its signs inside the normaliser too. */
static void test_outside_is_no_notation(void) {
  static const char *const texts[] = {
      "{plutôt|/plyto/}",
      "{a|en} {{b|en}|en}",
      "\356\200\200a\356\200\201/plyto/\356\200\202",
      "[[k@t]] [[_^_en k@t]]",
      "\357\275\233a\357\275\234en\357\275\235", /* the wide forms of the signs */
      "&#123;a&#124;en&#125;",
      "{a|\nen}",
  };
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autofree char *said = normalise_said(texts[i], "fr", NULL, NULL);
    g_assert_null(strpbrk(said, "{|}[]"));
    bool phonemes = true;
    g_autofree char *given = spoken_for_espeak(said, "fr", say_hello, NULL, &phonemes, NULL);
    g_assert_false(phonemes);
    g_assert_null(strstr(given, "[["));
  }
}

static char *ipa_of(const char *spoken, const char *voice_name) {
  g_autoptr(GError) error = NULL;
  Voice voice = {.name = (char *)"test", .voice = (char *)voice_name, .variant = (char *)"f2", .rate_wpm = 155};
  char *ipa = speaker_ipa(speakers, &voice, spoken, &error);
  g_assert_no_error(error);
  return ipa;
}

/* By eSpeak itself: IPA as it is written, a language by its own rules, and the way back to the first. */
static void test_heard(void) {
  static const struct {
    const char *voice, *spoken, *ipa;
  } rows[] = {
      {"fr", "C'est {plutôt|/plyto/} bien", "sɛ plytˈo bjˈɛ̃"},
      {"fr", "L'{open data|en} bien", "l (en) ˈəʊpən dˈeɪtə (fr) bjˈɛ̃"},
      {"fr", "de {data|en-US} bien", "də- (en) dˈeɪtə (fr) bjˈɛ̃"},
      {"fr", "de {café|pt-BR} bien", "də- (pt) kæfˈɛ (fr) bjˈɛ̃"},
      {"en", "like {plutôt|fr} there", "lˈaɪk (fr) plytˈoː (en) ðˈeə"},
      {"fr", "{bien|zz} bien", "bjˈɛ̃ bjˈɛ̃"},
      {"fr", "{bien|../../etc/passwd} bien", "bjˈɛ̃ bjˈɛ̃"},
      {"fr", "{bien|en+f3} bien", "bjˈɛ̃ bjˈɛ̃"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *ipa = ipa_of(rows[i].spoken, rows[i].voice);
    g_assert_cmpstr(ipa, ==, rows[i].ipa);
  }
  /* Brackets that are no piece's are no sounds. */
  g_autofree char *plain = ipa_of("[[k@t]] bien", "fr");
  g_assert_null(strstr(plain, "kət"));
}

static Speech *speak(const char *spoken) {
  g_autoptr(GError) error = NULL;
  Voice voice = {.name = (char *)"test",
                 .voice = (char *)"fr",
                 .variant = (char *)"f2",
                 .rate_wpm = 155,
                 .pitch = 50,
                 .pitch_range = 50,
                 .sentence_pause_ms = 400,
                 .clause_pause_ms = 180,
                 .headline_percent = 94};
  Speech *speech = speaker_speak(speakers, &voice, spoken, "fr", 0, &error);
  g_assert_no_error(error);
  return speech;
}

static void test_spoken_by_espeak(void) {
  g_autoptr(Speech) plain = speak("Le nouvel open data arrive.");
  g_autoptr(Speech) marked = speak("Le nouvel {open data|en} arrive.");
  g_autoptr(Speech) again = speak("Le nouvel {open data|en} arrive.");
  g_assert_cmpint(marked->nsamples, ==, again->nsamples);
  g_assert_cmpint(memcmp(marked->samples, again->samples, (gsize)marked->nsamples * 2), ==, 0);
  g_assert_false(marked->nsamples == plain->nsamples &&
                 memcmp(marked->samples, plain->samples, (gsize)plain->nsamples * 2) == 0);
  g_assert_cmpuint(marked->marks->len, ==, 4); /* the phrase, and its words after the first */
  g_assert_cmpuint(g_array_index(marked->marks, ClipMark, 0).length, ==, strlen("Le nouvel {open data|en} arrive."));
  /* IPA is a word among others, not letters that are spelled. */
  g_autoptr(Speech) ipa = speak("C'est {plutôt|/plyto/} bien.");
  g_autoptr(Speech) respelled = speak("C'est plutau bien.");
  g_assert_cmpint(ABS(ipa->nsamples - respelled->nsamples), <, respelled->nsamples / 4);
}

/* Pieces without measure: the sounds of a word are many, a language has a thousand words. */
static void test_deadly(void) {
  g_autoptr(GString) text = g_string_new("Un. {mot|/");
  for (guint i = 0; i < 200; i++) {
    g_string_append(text, i % 2 ? "a" : "t");
  }
  g_string_append(text, "/}. Deux. {");
  for (guint i = 0; i < 300; i++) {
    g_string_append(text, "s'");
  }
  g_string_append(text, "|en}. Trois.");
  g_autoptr(Speech) speech = speak(text->str);
  g_assert_cmpuint(speech->marks->len, >=, 2);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_autoptr(GError) error = NULL;
  speakers = speaker_start(1, false, &error);
  g_assert_no_error(error);
  g_test_add_func("/speech/spoken/reading", test_reading);
  g_test_add_func("/speech/spoken/for-espeak", test_for_espeak);
  g_test_add_func("/speech/spoken/phrases", test_phrases);
  g_test_add_func("/speech/spoken/outside", test_outside_is_no_notation);
  g_test_add_func("/speech/spoken/heard", test_heard);
  g_test_add_func("/speech/spoken/by-espeak", test_spoken_by_espeak);
  g_test_add_func("/speech/spoken/deadly", test_deadly);
  int status = g_test_run();
  nursery_pool_free(speakers);
  return status;
}
