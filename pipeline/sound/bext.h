/* The loudness fields of a broadcast WAV (EBU Tech 3285 version 2, supplement 5's meanings): libavformat 5.1 writes a
 * bext chunk of version 1 without them, and they are known only when the sound is written. */
#ifndef CARNET_SOUND_BEXT_H
#define CARNET_SOUND_BEXT_H

#include <glib.h>
#include <stdbool.h>

/* As EBU Tech 3341 and 3342 measure them. */
typedef struct {
  double integrated_lufs, range_lu, true_peak_dbtp, max_momentary_lufs, max_short_term_lufs;
} BextLoudness;

/* Fills them in, in place, in the finished WAV at `path`, and makes its bext
 * version 2. A file without the chunk is BUG. */
bool bext_set_loudness(const char *path, const BextLoudness *loudness, GError **error);

#endif
