/* What is said for what is written: the pairs of tests/spoken/, hostile text,
 * and that the cost is linear. Run from the repository's root. */
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "speech/normalise.h"
#include "speech/rules.h"
#include "speech/spoken.h"

#include <espeak-ng/speak_lib.h>
#include <string.h>

/* --- the pairs -------------------------------------------------------------------- */

static int hear_nothing(short *samples, int n, espeak_EVENT *events) {
  (void)samples;
  (void)n;
  (void)events;
  return 0;
}

/* eSpeak reads phonemes of a text ("[[…]]") after a synthesis that was told to. */
static void espeak_open(void) {
  static gsize opened;
  if (g_once_init_enter(&opened)) {
    g_assert_cmpint(espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL, 0), >, 0);
    espeak_SetSynthCallback(hear_nothing);
    g_once_init_leave(&opened, 1);
  }
}

/* The sounds of a spoken text, without stress and the breaks between words: a clause a line. */
static char *sounds_of(const char *spoken, const char *language) {
  espeak_open();
  g_assert_cmpint(espeak_SetVoiceByName(language), ==, EE_OK);
  espeak_Synth(" ", 2, 0, POS_CHARACTER, 0, espeakCHARS_UTF8 | espeakPHONEMES, NULL, NULL);
  bool has_phonemes;
  g_autofree char *text = spoken_for_espeak(spoken, language, NULL, NULL, &has_phonemes, NULL);
  GString *sounds = g_string_new(NULL);
  const void *left = text;
  while (left) {
    const char *clause = espeak_TextToPhonemes(&left, espeakCHARS_UTF8, 0x02);
    for (const char *p = clause; p && *p; p = g_utf8_next_char(p)) {
      gunichar c = g_utf8_get_char(p);
      if (c != ' ' && c != '-' && c != '_' && c != 0x2c8 && c != 0x2cc) {
        g_string_append_unichar(sounds, c);
      }
    }
    g_string_append_c(sounds, '\n');
  }
  return g_string_free(sounds, FALSE);
}

/* Whether `said` is `expected`, in letters or in sounds; of what is expected the lexicon is asked as well, and sigles are
 * spelled, so that a pair says "plutôt" and "la SNCF" and not how they are respelled. */
static bool sounds_as(const char *said, const char *expected, const char *language, const Lexicon *lexicon) {
  if (strcmp(said, expected) == 0) {
    return true;
  }
  g_autofree char *sounds = sounds_of(said, language);
  g_autofree char *plain = sounds_of(expected, language);
  g_autofree char *respelled = lexicon_apply(lexicon, expected);
  g_autoptr(GString) spoken = g_string_new(respelled);
  spoken_write(spoken);
  g_autofree char *by_lexicon = sounds_of(spoken->str, language);
  bool has_digits = strpbrk(expected, "0123456789") != NULL;
  g_autofree char *spelled = has_digits ? NULL : normalise_text(expected, language, lexicon);
  g_autofree char *by_letters = spelled ? sounds_of(spelled, language) : NULL;
  return strcmp(sounds, plain) == 0 || strcmp(sounds, by_lexicon) == 0 || g_strcmp0(sounds, by_letters) == 0;
}

static void test_pairs(gconstpointer data) {
  const char *language = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *lexicon_path = g_strdup_printf("voices/lexicon.%s.yaml", language);
  g_autofree char *pairs_path = g_strdup_printf("tests/spoken/%s.tsv", language);
  g_autoptr(Lexicon) lexicon = lexicon_load(lexicon_path, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(lexicon_count(lexicon), >, 10);
  g_autofree char *content = NULL;
  g_assert_true(g_file_get_contents(pairs_path, &content, NULL, NULL));
  g_auto(GStrv) lines = g_strsplit(content, "\n", -1);
  guint pairs = 0, wrong = 0;
  for (guint i = 0; lines[i]; i++) {
    g_auto(GStrv) pair = g_strsplit(lines[i], "\t", 2);
    if (!pair[0] || !pair[1]) { /* a comment, an empty line */
      continue;
    }
    pairs++;
    g_auto(GStrv) written = g_strsplit(pair[0], "\\n", -1);
    g_autofree char *text = g_strjoinv("\n", written);
    g_autofree char *said = normalise_text(text, language, lexicon);
    if (!sounds_as(said, pair[1], language, lexicon)) {
      wrong++;
      g_test_message("%s:%u: \"%s\" is said \"%s\", not \"%s\"", pairs_path, i + 1, pair[0], said, pair[1]);
    }
  }
  g_assert_cmpuint(pairs, >=, strcmp(language, "fr") == 0 ? 650 : strcmp(language, "en") == 0 ? 350 : 500);
  g_assert_cmpuint(wrong, ==, 0);
}

/* Letters, marks, digits, spaces and the plain punctuation of tidy.h alone. */
static void assert_plain(const char *said) {
  g_assert_true(g_utf8_validate(said, -1, NULL));
  for (const char *p = said; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (!g_unichar_isalnum(c) && !g_unichar_ismark(c) && (c >= 0x80 || !strchr(" .,;:!?'-", (int)c))) {
      g_error("U+%04X is left in \"%s\"", c, said);
    }
  }
}

/* A comparison that lets everything pass would prove nothing. */
static void test_sounds(void) {
  static const struct {
    const char *one, *other;
    bool alike;
  } pairs[] = {
      {"14 heures 30", "quatorze heures trente", true},
      {"vingt et un", "vingt-et-un", true},
      {"à 14h30", "à quatorze heures trente", false},
      {"le maire, la mairie", "le maire la mairie", false},
      {"deux", "trois", false},
      {"", "rien", false},
  };
  for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
    g_assert_cmpint(sounds_as(pairs[i].one, pairs[i].other, "fr", NULL), ==, pairs[i].alike);
  }
}

static void test_hostile(void) {
  /* clang-format off */
  static const char *const texts[] = {
      "<speak><audio src=\"file:///etc/passwd\">x</audio></speak>", "[[k@t]] et [[", "&lt;audio src=x&gt; fin",
      "$(reboot); `id` | sh && rm -rf ~", "volume=10,amovie=/etc/passwd[out];[in]anull", "\033[31mrouge\033[0m \a\b",
      "\xe2\x80\xae" "inverse \xe2\x81\xa6x", "a\xff\xfe" "b", "{out} %s %n", "<!-- x --> <![CDATA[y]]> <?xml z?>",
      "\xef\xbb\xbf" "BOM", "zalgo e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81", "<<<<<<>>>>>>", "((((((((", "&#0; &#x110000; &#27;[1m",
      "\xf3\xa0\x80\x81\xf3\xa0\x81\x81 étiquettes", "\xee\x80\x80 privé", "http://", "@", "#", "+", "''''", "-----", "https://[::1",
  };
  /* clang-format on */
  static const char *const languages[] = {"fr", "en", "es", "br", "", "xx-YY"};
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    for (guint j = 0; j < G_N_ELEMENTS(languages); j++) {
      g_autofree char *said = normalise_text(texts[i], languages[j], NULL);
      assert_plain(said);
      g_assert_null(strstr(said, "[["));
    }
  }
}

static char *repeat(const char *what, gsize nbytes) {
  GString *text = g_string_sized_new(nbytes);
  while (text->len < nbytes) {
    g_string_append(text, what);
  }
  return g_string_free(text, FALSE);
}

/* 1 MB of each costs less than 200 ms (on a machine that does nothing else; twice that here, ten times under a sanitizer):
 * "-m slow"; else a twentieth. */
static void test_linear(gconstpointer data) {
  const char *language = data;
  static const char *const pieces[] = {
      "1",
      ".",
      "1.",
      "(",
      "[",
      "[[",
      "<",
      "<a",
      "&",
      "&#",
      "s'",
      "A.",
      "a@",
      "a.",
      "http://",
      "1/",
      "1h",
      "12,5 € ",
      "\n",
      " ",
      "e\xcc\x81",
      "\xcc\x81",
      "Bonjour. ",
      "M. ",
      "i.e.",
      "a-",
      "1 000 ",
      "#a",
      "@",
      "+1 ",
      "XIV",
      "é",
      "<script>",
      "_",
      "*",
      ":a",
      "1:",
      "1-2",
      "12:30-",
      "a/",
      "x@s ",
      "1.º ",
      "9 ",
      "V ",
      "1/2 ",
      "10% ",
      "máx ",
      "L, ",
      "999999999999999999999999999999 €/",
      "12/03 - 18h ",
      "3 €/m²/an ",
      "LE PARC ",
      "- a et - b ",
      "1 1/2 a ",
  };
  g_free(normalise_text("1", language, NULL)); /* the tables are compiled now */
  for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
    g_autofree char *text = repeat(pieces[i], g_test_slow() ? 1000000 : 50000);
    gint64 start = g_get_monotonic_time();
    g_autofree char *said = normalise_text(text, language, NULL);
    gint64 took = g_get_monotonic_time() - start;
    g_test_message("%s, \"%s\": %.1f ms", language, pieces[i], (double)took / 1000);
    assert_plain(said);
    g_assert_cmpuint(strlen(said), <=, 20 * strlen(text));
  }
}

static void test_long_words_are_cut(void) {
  g_autofree char *text = repeat("s'", 160);
  g_autofree char *said = normalise_text(text, "fr", NULL);
  g_assert_cmpuint(strlen(said), <=, 110);
  g_autofree char *letters = repeat("abcdefghij", 5000);
  g_autofree char *cut = normalise_text(letters, "fr", NULL);
  g_assert_cmpuint(strlen(cut), ==, 100);
}

static void test_nothing_is_left(void) {
  static const char *const texts[] = {"", "   ", "\n\n", "...", "😀", "<br>", "---", "\xe2\x80\xae"};
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autofree char *said = normalise_text(texts[i], "fr", NULL);
    g_assert_cmpstr(said, ==, "");
  }
}

static void test_lines(void) {
  g_autofree char *said = normalise_text("Une phrase coupée\nsur deux lignes\n• une puce\n• deux\n\nFin !", "fr", NULL);
  g_assert_cmpstr(said, ==, "Une phrase coupée sur deux lignes. Une puce. Deux. Fin!");
}

/* --- the tables ----------------------------------------------------------------- */

/* Each row of the short forms is heard in its own example, so that no row hides another. */
static void test_short_forms(gconstpointer data) {
  const RuleSet *set = data;
  const ShortForm *const tables[] = {set->short_forms, set->notes};
  guint rows = 0, wrong = 0;
  for (guint i = 0; i < G_N_ELEMENTS(tables); i++) {
    for (const ShortForm *form = tables[i]; form->written; form++) {
      rows++;
      g_autoptr(GString) line = g_string_new(form->example);
      short_forms_apply(set, line);
      g_autofree char *said = g_utf8_casefold(line->str, -1);
      g_autofree char *wanted = g_utf8_casefold(form->said, -1);
      if (!strstr(said, wanted)) {
        wrong++;
        g_test_message("\"%s\" is not \"%s\" in \"%s\": \"%s\"", form->written, form->said, form->example, line->str);
      }
    }
  }
  g_assert_cmpuint(rows, >, 60);
  g_assert_cmpuint(wrong, ==, 0);
}

/* --- the lexicon ---------------------------------------------------------------- */

typedef struct {
  char *folder, *path;
} Folder;

static void folder_open(Folder *folder, const char *yaml) {
  folder->folder = g_dir_make_tmp("carnet-test-lexicon-XXXXXX", NULL);
  folder->path = g_build_filename(folder->folder, "lexicon.fr.yaml", NULL);
  g_assert_true(g_file_set_contents(folder->path, yaml, -1, NULL));
}

static void folder_close(Folder *folder) {
  folder_remove(folder->folder, NULL);
  g_free(folder->folder);
  g_free(folder->path);
}

static void test_lexicon(void) {
  Folder f;
  folder_open(
      &f,
      "- {word: chat, say: chien}\n- {word: chien, say: loup}\n- {word: CLIC, say: clique}\n"
      "- {word: Port-Aurelle, say: port orelle}\n- {word: open  data, say: never}\n- {word: open data, say: données}\n"
      "- {word: aujourd’hui, say: ce jour}\n- {word: Zoom, say: zoume, case: sensitive}\n- {word: étape, say: pas}\n"
      "- {word: open, say: ouvert}\n");
  g_autoptr(GError) error = NULL;
  g_autoptr(Lexicon) lexicon = lexicon_load(f.path, &error);
  g_assert_no_error(error);
  static const struct {
    const char *written, *said;
  } pairs[] = {
      {"le chat et le chien", "le chien et le loup"}, /* once, never again */
      {"Chat CHAT chaton", "chien chien chaton"},
      {"le CLIC, un clic", "le clique, un clic"},
      {"l'étape d'ÉTAPE", "l'pas d'pas"},
      {"à Port-Aurelle.", "à port orelle."},
      {"open data, open", "données, ouvert"},
      {"open\ndata", "données"},
      {"aujourd'hui", "ce jour"},
      {"Zoom et zoom", "zoume et zoom"},
      {"", ""},
  };
  for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
    g_autofree char *said = lexicon_apply(lexicon, pairs[i].written);
    g_assert_cmpstr(said, ==, pairs[i].said);
  }
  g_autofree char *same = lexicon_apply(NULL, "le chat");
  g_assert_cmpstr(same, ==, "le chat");
  folder_close(&f);
}

static void test_lexicon_errors(void) {
  static const struct {
    const char *yaml, *place;
  } wrong[] = {
      {"- {word: a, say: b}\n- {wrod: c, say: d}\n", ":2:"},
      {"- {word: a}\n", ":1:"},
      {"- {word: a, say: b}\n- {word: a, say: c}\n", ":2:10: \"a\" is there twice"},
      {"- {word: '!', say: b}\n", ":1:10: a word begins with a letter"},
      {"- {word: a, say: b, case: maybe}\n", ":1:"},
      {"word: a\n", ":1:"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
    Folder f;
    folder_open(&f, wrong[i].yaml);
    g_autoptr(GError) error = NULL;
    g_assert_null(lexicon_load(f.path, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    g_test_message("%s", error->message);
    g_assert_nonnull(strstr(error->message, wrong[i].place));
    folder_close(&f);
  }
}

static void test_lexicon_that_is_not_there(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Lexicon) lexicon = lexicon_load("/nowhere/lexicon.fr.yaml", &error);
  g_assert_no_error(error);
  g_assert_cmpuint(lexicon_count(lexicon), ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_data_func("/speech/normalise/fr", "fr", test_pairs);
  g_test_add_data_func("/speech/normalise/en", "en", test_pairs);
  g_test_add_data_func("/speech/normalise/es", "es", test_pairs);
  g_test_add_func("/speech/normalise/sounds", test_sounds);
  g_test_add_func("/speech/normalise/hostile", test_hostile);
  g_test_add_data_func("/speech/normalise/linear/fr", "fr", test_linear);
  g_test_add_data_func("/speech/normalise/linear/en", "en", test_linear);
  g_test_add_data_func("/speech/normalise/linear/es", "es", test_linear);
  g_test_add_func("/speech/normalise/long-words-are-cut", test_long_words_are_cut);
  g_test_add_func("/speech/normalise/nothing-is-left", test_nothing_is_left);
  g_test_add_func("/speech/normalise/lines", test_lines);
  g_test_add_data_func("/speech/short-forms/fr", &rules_fr, test_short_forms);
  g_test_add_data_func("/speech/short-forms/en", &rules_en, test_short_forms);
  g_test_add_data_func("/speech/short-forms/es", &rules_es, test_short_forms);
  g_test_add_func("/speech/lexicon/applies", test_lexicon);
  g_test_add_func("/speech/lexicon/errors", test_lexicon_errors);
  g_test_add_func("/speech/lexicon/not-there", test_lexicon_that_is_not_there);
  return g_test_run();
}
