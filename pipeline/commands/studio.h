/* The studio: what every verb that makes sound needs, opened once: the
 * nurseries, the clip cache, the voices and lexicons, prepared sounds.
 *
 * Open it before anything else (it forks: no thread, no database yet). */
#ifndef CARNET_COMMANDS_STUDIO_H
#define CARNET_COMMANDS_STUDIO_H

#include "commands/command.h"
#include "editorial/compose.h"
#include "sound/measure.h"
#include "speech/clips.h"
#include "speech/lexicon.h"
#include "speech/voice.h"

typedef struct Studio Studio;

/* `encodes`: what is made here will be sound. Returns (free with studio_free), or NULL. */
Studio *studio_open(Session *session, bool encodes, GError **error);
void studio_free(Studio *studio);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Studio, studio_free)

const Station *studio_station(const Studio *studio);
NurseryPool *studio_speakers(const Studio *studio); /* borrowed */
/* Borrowed; loaded on first use. INPUT when there is no such voice. */
const Voice *studio_voice(Studio *studio, const char *name, GError **error);
/* Borrowed; NULL when the station has none for the language. */
const Lexicon *studio_lexicon(Studio *studio, const char *language, GError **error);
/* The voice's loudness against the programme's, in dB. */
double studio_voice_level(Studio *studio, const char *name);

/* A SayItems (editorial/compose.h) whose `user` is the Studio: `spoken` of each
 * speech that has none, by its voice; what the lexicon says in full is said so by
 * the first item of them that names it (those that have `spoken` name what is in
 * their text). From one thread at a time. */
bool studio_say(GPtrArray *items, gpointer studio, GError **error);
/* A MeasureItems: speaks what must be spoken, side by side, prepares what must be
 * decoded, sets frames. Of items without `spoken` it has studio_say make it, so
 * they must be in the order they are heard. What was made is kept for studio_sound. */
bool studio_measure(GPtrArray *items, gpointer studio, GError **error);
/* Has the next studio_measure make a bed ready on the side (NULL: none): nobody waits
 * for it then when the mix begins. What is wrong with it is told when it is used. */
void studio_expect_bed(Studio *studio, const char *file);
/* Shows "speaking 12 of 30" on a terminal. Off by default. */
void studio_show_progress(Studio *studio, bool show);

/* What a measured item sounds like. */
typedef struct {
  const char *path; /* prepared WAV */
  gint64 frames;
  double loudness_lufs; /* as it is in the file */
  const GArray *marks;  /* ClipMark, speech only */
  bool apology;         /* could not be spoken */
} StudioSound;
/* False when the item was never measured. Strings live as long as the studio. */
bool studio_sound(Studio *studio, const RundownItem *item, StudioSound *sound);

/* What may follow the name of a jingle or a sound ("flac"…), NULL ended. */
extern const char *const studio_endings[];
/* Where a jingle or a sound lies. Returns (g_free), or NULL with INPUT. */
char *studio_find(const Studio *studio, ItemType type, const char *file, GError **error);
/* The prepared form of any jingle's or bed's file name. Borrowed. */
bool studio_prepare(Studio *studio, ItemType type, const char *file, StudioSound *sound, GError **error);

typedef struct {
  guint spoken, found; /* clips made now, and found in the cache */
  guint apologies;
} StudioCounts;
StudioCounts studio_counts(const Studio *studio);

#endif
