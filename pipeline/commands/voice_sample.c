#include "commands/voice_sample.h"

#include "base/files.h"
#include "base/wav.h"
#include "commands/output.h"
#include "commands/reader.h"
#include "sound/picture.h"
#include "sound/polish.h"
#include "speech/clips.h"

#include <string.h>

#define MAX_CLIP_BYTES (1u << 30)

/* Something of everything: a day, an hour, a name, a list's colon, nasal vowels, s and ch. */
static const struct {
  const char *language, *sentence;
} sentences[] = {
    {"fr", "Ce samedi 21 mars, le marché de Port-Aurelle ouvre à 8 h 30 : venez nombreux, le café est offert."},
    {"en", "This Saturday, 21 March, the market at Port-Aurelle opens at 8:30 am: do come, the coffee is free."},
    {"es", "Este sábado, 21 de marzo, el mercado de Port-Aurelle abre a las 8:30: vengan todos, el café es gratis."},
};

void listed_free(Listed *listed) {
  if (listed) {
    voice_free(listed->voice);
    g_clear_error(&listed->error);
    g_free(listed->name);
    g_free(listed->language);
    g_free(listed->sentence);
    g_free(listed->sound);
    g_free(listed->picture);
    g_free(listed);
  }
}

/* A language that has no sentence here says the station's name. */
static char *sentence_of(const char *language, const Station *station) {
  for (guint i = 0; i < G_N_ELEMENTS(sentences); i++) {
    if (g_ascii_strncasecmp(language, sentences[i].language, 2) == 0 && !g_ascii_isalpha(language[2])) {
      return g_strdup(sentences[i].sentence);
    }
  }
  return g_strdup_printf("%s.", station->name);
}

Listed *listed_new(const Station *station, const char *name, Voice *voice, GError *error) {
  Listed *listed = g_new0(Listed, 1);
  bool by_voice = voice && voice->engine == ENGINE_ESPEAK;
  listed->name = g_strdup(name);
  listed->voice = voice;
  listed->error = error;
  listed->language = by_voice ? g_strndup(voice->voice, 2) : g_strdup(station->language);
  listed->sentence = sentence_of(listed->language, station);
  return listed;
}

/* The clip as `carnet say` makes it, in the voice itself or not at all. Returns (clip_free), or NULL. */
static Clip *speak(const Session *session, ClipMaker *maker, const Listed *listed, GError **error) {
  g_autoptr(Lexicon) lexicon = reader_lexicon(session->station, listed->language, error);
  if (!lexicon) {
    return NULL;
  }
  g_autofree char *spoken = reader_says(listed->voice, listed->sentence, listed->language, lexicon);
  g_autoptr(Clip) clip = clip_maker_get(maker, listed->voice, spoken, listed->language, error);
  if (clip && (clip->instead || clip->apology)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("voice %s: it could not say its sentence"), listed->name);
    return NULL;
  }
  return g_steal_pointer(&clip);
}

static bool copy(const char *from, const char *to, GError **error) {
  g_autoptr(GBytes) bytes = file_read(from, MAX_CLIP_BYTES, error);
  gsize nbytes = 0;
  const char *data = bytes ? g_bytes_get_data(bytes, &nbytes) : NULL;
  return bytes && file_write(to, data, (gssize)nbytes, 0644, error);
}

static void sample(const Session *session, ClipMaker *maker, Listed *listed, const char *folder) {
  g_autofree char *sound = g_strdup_printf("%s/%s.wav", folder, listed->name);
  g_autofree char *picture = g_strdup_printf("%s/%s.png", folder, listed->name);
  g_autoptr(Clip) clip = speak(session, maker, listed, &listed->error);
  if (clip && copy(clip->path, sound, &listed->error) && picture_write(sound, picture, &listed->error)) {
    listed->sound = g_steal_pointer(&sound);
    listed->picture = g_steal_pointer(&picture);
    listed->seconds = (double)clip->frames / FRAME_RATE;
  }
}

static bool go_on(GError **error) {
  if (session_interrupted()) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_AGAIN, _("interrupted"));
    return false;
  }
  return true;
}

bool voice_sample_write(Session *session, GPtrArray *voices, const char *folder, GError **error) {
  g_autofree char *cache = station_path(session->station, "cache", NULL);
  session_catch_signals();
  g_autoptr(NurseryPool) speakers = speaker_start(1, true, error);
  g_autoptr(ClipMaker) maker = speakers ? clip_maker_new(cache, speakers, polish_speech, NULL, error) : NULL;
  bool ok = maker && folder_make(folder, error);
  for (guint i = 0; ok && (ok = go_on(error)) && i < voices->len; i++) {
    Listed *listed = g_ptr_array_index(voices, i);
    progress_line(session->quiet, _("%s, voice %u of %u"), listed->name, i + 1, voices->len);
    if (listed->voice) {
      sample(session, maker, listed, folder);
    }
  }
  progress_clear();
  return ok;
}
