/* The normaliser. The first byte chooses the language. */
#include "spoken.h"

#include "speech/doubt.h"
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

/* Words of the text, each once, that may stand on a line to type; in its order. */
static void check_doubts(const char *raw, const char *language, const Lexicon *lexicon) {
  g_autoptr(GPtrArray) doubts = doubts_find(raw, language, lexicon);
  g_autoptr(GHashTable) words = g_hash_table_new(g_str_hash, g_str_equal);
  guint line = 1;
  for (guint i = 0; i < doubts->len; i++) {
    const Doubt *doubt = doubts->pdata[i];
    g_autofree char *remedy = doubt_remedy(doubt);
    promise(g_utf8_validate(doubt->context, -1, NULL) && g_utf8_validate(remedy, -1, NULL));
    promise(doubt->line >= line && doubt->column > 0 && doubt->times > 0);
    line = doubt->line;
    g_hash_table_add(words, doubt->word);
    for (const char *p = doubt->word; *p; p = g_utf8_next_char(p)) {
      gunichar c = g_utf8_get_char(p);
      promise(g_unichar_isalnum(c) || g_unichar_ismark(c) || c == '\'');
    }
  }
  promise(g_hash_table_size(words) == doubts->len);
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
  check_doubts(raw, spoken_languages[language], station_lexicon(language));
}

FUZZ_TARGET(fuzz_normalise)
