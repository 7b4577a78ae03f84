#include "commands/reader.h"

#include "speech/normalise.h"

#include <string.h>

static const struct {
  const char *language, *voice;
} usual_voices[] = {{"fr", "claire"}, {"en", "emma"}, {"es", "elena"}};

const char *reader_usual_voice(const char *language) {
  for (guint i = 0; i < G_N_ELEMENTS(usual_voices); i++) {
    if (g_str_has_prefix(language, usual_voices[i].language)) {
      return usual_voices[i].voice;
    }
  }
  return usual_voices[0].voice;
}

Voice *reader_voice(const Station *station, const char *name, GError **error) {
  static const char *const extensions[] = {"yaml", NULL};
  g_autofree char *path = station_find(station, "voices", name, extensions, error);
  return path ? voice_load(path, error) : NULL;
}

char *reader_lexicon_path(const Station *station, const char *language) {
  gsize letters =
      strspn(language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"); /* nothing else names a file */
  g_autofree char *base = g_ascii_strdown(language, (gssize)letters);
  g_autofree char *file = g_strdup_printf("lexicon.%s.yaml", base);
  return station_path(station, "voices", file, NULL);
}

Lexicon *reader_lexicon(const Station *station, const char *language, GError **error) {
  g_autofree char *path = reader_lexicon_path(station, language);
  return lexicon_load(path, error);
}

char *reader_says(const Voice *voice, const char *text, const char *language, const Lexicon *lexicon) {
  g_autoptr(GHashTable) mentioned = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  LexiconUse use = {voice->name, mentioned};
  return normalise_said(text, language, lexicon, &use);
}
