/* A picture of a sound: its waveform above its spectrogram, as PNG. */
#ifndef CARNET_SOUND_PICTURE_H
#define CARNET_SOUND_PICTURE_H

#include <glib.h>
#include <stdbool.h>

#define PICTURE_WIDTH 1200
#define PICTURE_HEIGHT 520

/* Draws the whole of `wav_path` (base/wav.h; of two channels the first) to `png_path`, by draft and rename: time from
 * left to right, a mark each second, or each 5, 10… of a long sound; below, 0 to 16 kHz, 80 dB from dark to light. */
bool picture_write(const char *wav_path, const char *png_path, GError **error);

#endif
