/* A voice: voices/NAME.yaml (see voices/README.md, which has every default).
 * Which language it speaks is eSpeak's `voice`; a command's is what its program speaks. */
#ifndef CARNET_SPEECH_VOICE_H
#define CARNET_SPEECH_VOICE_H

#include <glib.h>
#include <stdbool.h>

typedef enum { ENGINE_ESPEAK, ENGINE_COMMAND } VoiceEngine;

typedef struct {
  char *name;
  VoiceEngine engine;
  char **command;        /* ENGINE_COMMAND: arguments; "{out}" is the WAV file it writes (else standard output) */
  char **reads;          /* what else the command may read: files, folders */
  bool network;          /* it may use the network */
  char *station;         /* the station's folder, of which the command sees nothing else */
  char *voice, *variant; /* eSpeak's: "fr", "f2" */
  unsigned rate_wpm;     /* 80–450 */
  unsigned pitch;        /* 0–99 */
  unsigned pitch_range;  /* 0–99 */
  unsigned word_gap;     /* tens of milliseconds at the default rate */
  char *polish;          /* libavfilter chain for sound/, "" none */
  double level_db;       /* against the programme's loudness, 0 */
  unsigned sentence_pause_ms, clause_pause_ms;
  unsigned headline_percent; /* of the rate, in a headline: 50–100 */
  unsigned deadline_s;       /* the command's, for one clip: 1–600 */
} Voice;

/* Reads and checks. An unknown key, a wrong type or a value out of range is
 * INPUT with PATH:LINE:COLUMN. Whether eSpeak has such a voice shows when it
 * speaks. Returns (free with voice_free), or NULL. */
Voice *voice_load(const char *path, GError **error);
void voice_free(Voice *voice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Voice, voice_free)

#endif
