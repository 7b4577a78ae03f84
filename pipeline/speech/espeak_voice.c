#include "speech/espeak_voice.h"

#include "base/error.h"
#include "base/i18n.h"
#include "speech/espeak.h"
#include "speech/spoken.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- the voice ------------------------------------------------------------------ */

/* The identifier ("gmw/en") of the voice that `espeak-ng --voices` lists for a
 * language ("en-gb"): SetVoiceByName knows some of these names only. NULL: none. */
static const char *voice_of_language(const char *language) {
  for (const espeak_VOICE **voices = espeak.espeak_ListVoices(NULL); *voices; voices++) {
    /* languages: a byte of priority, the name and its NUL, again and again, then 0 */
    for (const char *p = (*voices)->languages; *p; p += strlen(p) + 1) {
      if (g_ascii_strcasecmp(p + 1, language) == 0) {
        return (*voices)->identifier;
      }
    }
  }
  return NULL;
}

/* eSpeak takes a variant that is not there for none. */
static bool has_variant(const char *variant) {
  const char *data = NULL;
  espeak.espeak_Info(&data);
  g_autofree char *path = g_build_filename(data ? data : "", "voices", "!v", variant, NULL);
  return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

/* eSpeak goes on in English without a voice's file that it could not open, and with the plain voice without a
 * variant's. What it has read shows in the voice's name, and at the end of its identifier ("roa/fr+f2"). */
static bool was_read(const char *variant) {
  const espeak_VOICE *voice = espeak.espeak_GetCurrentVoice();
  const char *plus = strrchr(voice->identifier, '+');
  return *voice->name && (!variant || (plus && strcmp(plus + 1, variant) == 0));
}

/* Nor does it tell that it goes on without a dictionary that it could not read, with garbage or silence for words: it only
 * complains on standard error, which is a file of the child's own. (Of some languages it says that a fuller dictionary is
 * not installed, which may be so.) */
static off_t complaints(void) {
  struct stat status;
  return fstat(STDERR_FILENO, &status) == 0 && S_ISREG(status.st_mode) ? status.st_size : 0;
}

static bool has_no_dictionary(off_t since) {
  static const char *const complaint[] = {"Can't read dictionary", "Empty _dict", "Bad data", NULL};
  char text[1024] = "";
  bool ok = complaints() <= since || pread(STDERR_FILENO, text, sizeof text - 1, since) > 0;
  for (guint i = 0; ok && complaint[i]; i++) {
    ok = strstr(text, complaint[i]) == NULL;
  }
  return !ok;
}

/* By a name or a language. Returns false, with no error, when eSpeak has none of it. */
static bool set_voice_named(const char *voice, const char *variant) {
  g_autofree char *name = g_strdup_printf("%s%s%s", voice, variant ? "+" : "", variant ? variant : "");
  if (espeak.espeak_SetVoiceByName(name) == EE_OK) {
    return true;
  }
  const char *found = voice_of_language(voice);
  g_autofree char *other = g_strdup_printf("%s%s%s", found ? found : "", variant ? "+" : "", variant ? variant : "");
  return found && espeak.espeak_SetVoiceByName(other) == EE_OK;
}

bool espeak_voice_set(const char *voice, GError **error) {
  off_t before = complaints();
  g_auto(GStrv) parts = g_strsplit(voice, "+", 2);
  const char *variant = parts[0] ? parts[1] : NULL;
  if (variant && !has_variant(variant)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("eSpeak NG has no variant \"%s\""), variant);
    return false;
  }
  if (!set_voice_named(parts[0] ? parts[0] : "", variant)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("eSpeak NG has no voice \"%s\""), voice);
    return false;
  }
  if (!was_read(variant) || has_no_dictionary(before)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN, _("eSpeak NG could not read its voice \"%s\""), voice);
    return false;
  }
  return true;
}

/* --- words of another language ------------------------------------------------- */

#define MAX_TAG 35

/* In the middle of a sentence eSpeak can go on with another language's sounds ("_^_en") and with the same voice, rate
 * and melody; it knows by that name only the languages whose file is named so in small letters. */
static bool may_switch(const char *name) {
  gsize n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
  return n > 0 && n <= MAX_TAG && name[n] == '\0';
}

/* The name by which it can go on with the language of the voice that is set: "roa/fr-CH+f2" → "fr". Returns (g_free), or NULL. */
static char *switch_name(void) {
  g_autofree char *name = g_path_get_basename(espeak.espeak_GetCurrentVoice()->identifier);
  name[strcspn(name, "+")] = '\0';
  if (!may_switch(name)) {
    name[strcspn(name, "-")] = '\0';
  }
  return may_switch(name) ? g_steal_pointer(&name) : NULL;
}

/* eSpeak's own names of the sounds of `words`, by the voice that is set. Returns (g_free), or NULL. */
static char *sounds_of_words(const char *words) {
  g_autoptr(GString) sounds = g_string_new(NULL);
  const void *left = words;
  while (left) {
    const char *names = espeak.espeak_TextToPhonemes(&left, espeakCHARS_UTF8, '|' << 8);
    if (names && *names) {
      g_string_append_printf(sounds, "%s%s", sounds->len > 0 ? " " : "", names);
    }
  }
  /* Brackets: it went on in a third language, or they would end the sounds. */
  bool is_plain = sounds->len > 0 && !strpbrk(sounds->str, "()[]");
  return is_plain ? g_string_free(g_steal_pointer(&sounds), FALSE) : NULL;
}

void foreign_clear(Foreign *foreign) {
  g_free(foreign->home);
  g_clear_pointer(&foreign->known, g_hash_table_unref);
}

/* Leaves another voice set. */
static void learn_words(Foreign *foreign, const char *words, const char *language) {
  g_autofree char *tag = g_ascii_strdown(language, -1);
  bool is_there = may_switch(tag) && set_voice_named(tag, NULL);
  g_autofree char *name = is_there ? switch_name() : NULL;
  if (name && set_voice_named(name, NULL)) {
    g_autofree char *sounds = sounds_of_words(words);
    g_autofree char *all = sounds ? g_strdup_printf("_^_%s %s _^_%s", name, sounds, foreign->home) : NULL;
    g_hash_table_insert(foreign->known, g_strdup_printf("%s\n%s", language, words), g_steal_pointer(&all));
  }
}

bool foreign_learn(Foreign *foreign, const char *text) {
  foreign->home = switch_name();
  foreign->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  bool is_away = false;
  SpokenPiece piece;
  for (const char *p = text; foreign->home && spoken_next(&p, &piece);) {
    g_autofree char *language = spoken_language(&piece);
    g_autofree char *words = language ? g_strndup(piece.words, piece.nbytes) : NULL;
    if (words) {
      learn_words(foreign, words, language);
      is_away = true;
    }
  }
  return is_away;
}

char *foreign_find(const char *words, const char *language, gpointer user) {
  const Foreign *foreign = user;
  g_autofree char *key = g_strdup_printf("%s\n%s", language, words);
  return foreign->known ? g_strdup(g_hash_table_lookup(foreign->known, key)) : NULL;
}
