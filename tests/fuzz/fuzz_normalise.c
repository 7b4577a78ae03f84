/* The normaliser. The first byte chooses the language. */
#include "spoken.h"

#include "speech/normalise.h"

static const char *const spoken_languages[] = {"fr", "en", "es", "br"};

/* The station's own words, read once. */
static const Lexicon *station_lexicon(guint language) {
  static Lexicon *lexicons[G_N_ELEMENTS(spoken_languages)];
  if (lexicons[language] == NULL) {
    g_autofree char *path = g_strdup_printf("voices/lexicon.%s.yaml", spoken_languages[language]);
    lexicons[language] = lexicon_load(path, NULL);
    promise(lexicons[language] != NULL);
  }
  return lexicons[language];
}

static void fuzz_normalise(const guint8 *data, gsize nbytes) {
  if (nbytes == 0)
    return;
  guint language = data[0] % G_N_ELEMENTS(spoken_languages);
  g_autofree char *raw = fuzz_text(data + 1, nbytes - 1);
  g_autofree char *said = normalise_text(raw, spoken_languages[language], station_lexicon(language));
  if (fuzz_reads_only)
    return;
  check_spoken(said, raw);
  check_phrases(said, spoken_languages[language]);
  g_autofree char *again = normalise_text(said, spoken_languages[language], NULL);
  check_spoken(again, said);
}

FUZZ_TARGET(fuzz_normalise)
