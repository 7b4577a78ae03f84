/* Jingles, beds and recorded sounds: any common format, read once in a limited
 * child (white-listed demuxers and codecs), kept as CACHE/sounds/DIGEST.wav
 * (48 kHz, stereo, info = its Measure) by the content of the file.
 *
 * A file whose place, size, inode and times are those of an earlier run is not
 * read again: CACHE/sounds/seen-SUM.wav is a symbolic link to its DIGEST.wav.
 * Both may be removed at any time. */
#ifndef CARNET_SOUND_SOUNDS_H
#define CARNET_SOUND_SOUNDS_H

#include "base/nursery.h"

#include <stdbool.h>

/* Longest sound that is read (a bed is looped, a recorded sound may be a debate). */
#define SOUND_MAX_SECONDS 3600

/* Forks the decoding nurseries. `shares`: the caller will use libav* itself, so it is opened now and paid once; else by
 * those that decode. Call first, from the only thread. Returns (nursery_pool_free), or NULL. */
NurseryPool *decoder_start(guint count, bool shares, GError **error);
/* Makes (or finds) the prepared WAV of `path`. A corrupt, too long or foreign
 * file is INPUT and names `path`. Returns its path (g_free), or NULL. `frames` may be NULL. */
char *sound_prepare(NurseryPool *decoders, const char *path, const char *cache_folder, gint64 *frames, GError **error);

#endif
