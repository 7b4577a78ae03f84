/* What the tests of the mix share: a folder of their own, sounds, timelines. */
#ifndef CARNET_TESTS_SOUND_MATERIAL_H
#define CARNET_TESTS_SOUND_MATERIAL_H

#include "base/files.h"
#include "base/wav.h"
#include "sound/timeline.h"

#include <glib.h>
#include <math.h>
#include <string.h>

static inline char *material_folder(void) {
  char *folder = g_dir_make_tmp("carnet-sound-XXXXXX", NULL);
  g_assert_nonnull(folder);
  return folder;
}

static inline void material_remove(char *folder) {
  g_assert_true(folder_remove(folder, NULL));
  g_free(folder);
}

/* FOLDER/NAME with `frames` frames of `value(frame)`. Returns its path (g_free). */
typedef float (*MaterialSound)(gint64 frame);
static inline char *material_wav(const char *folder, const char *name, guint channels, gint64 frames,
                                 MaterialSound value) {
  char *path = g_build_filename(folder, name, NULL);
  g_autofree float *samples = g_new(float, (gsize)frames *channels);
  for (gint64 i = 0; i < frames; i++) {
    for (guint c = 0; c < channels; c++) {
      samples[i * channels + c] = value(i) * (c == 0 ? 1.0f : 0.5f);
    }
  }
  g_autoptr(GError) error = NULL;
  g_assert_true(wav_write(path, samples, frames, channels, NULL, false, &error));
  g_assert_no_error(error);
  return path;
}

/* Sounds to choose from. */
static inline float material_tone(gint64 frame) {
  return (float)(0.25 * sin(2.0 * G_PI * 440.0 * (double)frame / FRAME_RATE));
}
static inline float material_steady(gint64 frame) {
  (void)frame;
  return 0.5f;
}
static inline float material_silence(gint64 frame) {
  (void)frame;
  return 0.0f;
}
/* One sample in the middle of a second. */
static inline float material_impulse(gint64 frame) {
  return frame == FRAME_RATE / 2 ? 0.8f : 0.0f;
}
/* Something like speech: bursts of noisy tones. */
static inline float material_speech(gint64 frame) {
  double t = (double)frame / FRAME_RATE;
  double syllable = MAX(0.0, sin(2.0 * G_PI * 4.0 * t));
  double vowel = sin(2.0 * G_PI * 180.0 * t) + 0.6 * sin(2.0 * G_PI * 1310.0 * t + 3.0 * sin(31.0 * t));
  return (float)(0.3 * syllable * vowel);
}

static inline void material_add(Timeline *timeline, const char *path, gint64 start_frame, gint64 frames, double gain_db,
                                bool is_speech) {
  TimelineEvent event = {
      .path = (char *)path, .start_frame = start_frame, .frames = frames, .gain_db = gain_db, .is_speech = is_speech};
  timeline_append(timeline, &event);
}

#endif
