/* A sentence by each of the station's voices, and a picture of each: `carnet voices --sample`. */
#ifndef CARNET_COMMANDS_VOICE_SAMPLE_H
#define CARNET_COMMANDS_VOICE_SAMPLE_H

#include "commands/command.h"
#include "speech/voice.h"

/* A voice of the station, or why there is none. */
typedef struct {
  char *name;
  Voice *voice;          /* NULL: its file is wrong */
  char *language;        /* that it speaks */
  char *sentence;        /* in that language, as written */
  GError *error;         /* its file is wrong, or it could not be sampled */
  char *sound, *picture; /* files, once they are written */
  double seconds;        /* of the sound */
} Listed;

void listed_free(Listed *listed);
/* Takes `voice` and `error`, either of which is NULL. Returns (listed_free). */
Listed *listed_new(const Station *station, const char *name, Voice *voice, GError *error);

/* Writes FOLDER/NAME.wav and FOLDER/NAME.png of each of `voices` (Listed), one after the other, each file whole or not at
 * all; what is there is replaced. A voice that fails has its `error` set and the others go on. False: nothing could be
 * begun, or it was interrupted. */
bool voice_sample_write(Session *session, GPtrArray *voices, const char *folder, GError **error);

#endif
