/* Clips: spoken text → sound on disk, made once.
 *
 * A clip is `CACHE/clips/xx/DIGEST.wav` (see base/wav.h), mono; the digest
 * covers everything that it depends on: text, language, voice (engine,
 * settings, polish), headline, synthesizer's version. A damaged one is made again. Its info is
 *   {"marks":[{"frame":0,"offset":0,"length":5},…],"measure":{…},"apology":false}
 * where a mark is a word or a phrase of `spoken` (byte offset and length), and
 * `measure` is what `finish` gave. */
#ifndef CARNET_SPEECH_CLIPS_H
#define CARNET_SPEECH_CLIPS_H

#include "base/nursery.h"
#include "speech/voice.h"

/* Longest spoken text of one clip (about six minutes): a longer one ends at a
 * sentence, with "the rest is on our page". */
#define CLIP_MAX_BYTES 6000

typedef struct {
  gint64 frame;         /* from the clip's start */
  guint offset, length; /* bytes of the spoken text */
} ClipMark;

typedef struct {
  char *path;    /* of the WAV */
  gint64 frames; /* at 48 kHz */
  GArray *marks; /* ClipMark */
  bool made;     /* made now, not found in the cache */
  bool apology;  /* the text could not be spoken: a plain apology is */
  bool instead;  /* the voice's own program failed: eSpeak NG says it */
} Clip;
void clip_free(Clip *clip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Clip, clip_free)

/* Raw speech → finished sound: polish, 48 kHz float32 mono of exactly
 * ceil(nsamples × 48000 / rate_hz) frames, and a JSON object of measures.
 * (Given by the caller: it lives in sound/polish.h.) Sets `*out` and
 * `*measure_json` (g_free). Called from several threads. */
typedef bool (*ClipFinish)(const char *polish, const gint16 *samples, gint64 nsamples, guint rate_hz, float **out,
                           gint64 *frames, char **measure_json, gpointer user, GError **error);

/* Forks the nurseries in which eSpeak NG lives (speaker.c, the only caller of
 * libespeak-ng; these three are what other rooms may ask of it).
 * `early`: somebody is sure to speak. Call first, from the only thread. Returns (nursery_pool_free), or NULL. */
NurseryPool *speaker_start(guint count, bool early, GError **error);
/* "eSpeak NG 1.51", once there are speakers. Borrowed. */
const char *speaker_version(void);
/* eSpeak's phonemes (IPA) for a spoken text. Returns (g_free), or NULL. */
char *speaker_ipa(NurseryPool *speakers, const Voice *voice, const char *spoken, GError **error);

typedef struct ClipMaker ClipMaker;
/* Returns (free with clip_maker_free), or NULL. `speakers` is borrowed. */
ClipMaker *clip_maker_new(const char *cache_folder, NurseryPool *speakers, ClipFinish finish, gpointer user,
                          GError **error);
void clip_maker_free(ClipMaker *maker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClipMaker, clip_maker_free)

/* The clip of `spoken` by `voice`: from the cache, or spoken now in a child
 * (retried with simplified text; then a spoken apology in `language`). Where another program fails as a voice
 * eSpeak NG speaks, and a g_message tells why; one that fails again and again, or hangs, is not asked again. Thread-safe.
 * Fails only when even the apology cannot be made, or the disk cannot be written.
 * Returns (clip_free), or NULL. */
Clip *clip_maker_get(ClipMaker *maker, const Voice *voice, const char *spoken, const char *language, GError **error);
/* The same of an entry, whose first `headline` sentences are its headline: eSpeak reads them a little slower. */
Clip *clip_maker_get_entry(ClipMaker *maker, const Voice *voice, const char *spoken, const char *language,
                           guint headline, GError **error);

/* Removes clips not used for `older_than_us`; then the least recently used ones
 * until at most `max_bytes` remain (0: no such limit). Returns bytes freed, -1 on failure. */
gint64 clips_prune(const char *cache_folder, gint64 older_than_us, gint64 max_bytes, guint *removed, GError **error);
/* Bytes of all clips in the cache, and how many (may be NULL). -1 on failure. */
gint64 clips_size(const char *cache_folder, guint *count, GError **error);

#endif
