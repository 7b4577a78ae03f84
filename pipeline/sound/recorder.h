/* Writes the packets of a stream, as they are, to files: a new one each hour and each connection, named for the instant
 * at which it begins (UTC), with "-2" where that name is taken. One that is cut off anywhere can be played up to there. */
#ifndef CARNET_SOUND_RECORDER_H
#define CARNET_SOUND_RECORDER_H

#include "sound/lavf.h"

typedef struct Recorder Recorder;
/* Makes the folder when it is needed. Returns (recorder_free). */
Recorder *recorder_new(const char *folder);
/* Closes the file that is open. */
void recorder_free(Recorder *recorder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Recorder, recorder_free)
/* `packet` is of `stream`. A file that cannot be written is told once by g_warning, and tried again a minute later. */
void recorder_take(Recorder *recorder, const AVStream *stream, const AVPacket *packet);
/* The connection is over: the next packet begins another file. */
void recorder_break(Recorder *recorder);

#endif
