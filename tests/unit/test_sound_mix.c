/* The mixer: exact places, constant gains, no click, and a bed that gives way. */
#include "base/error.h"
#include "sound/mix.h"
#include "sound_material.h"

#include <unistd.h>

#define SECOND ((gint64)FRAME_RATE)

static const gint never = 0;

/* Mixes a whole closed timeline in calls of `step`. Returns stereo (g_free). */
static float *mix_all(Timeline *timeline, gint64 step, gint64 *frames) {
  g_autoptr(Mixer) mixer = mixer_new(timeline, &never);
  g_autoptr(GError) error = NULL;
  GArray *sound = g_array_new(FALSE, FALSE, sizeof(float));
  g_autofree float *call = g_new(float, (gsize)step * 2);
  for (gint64 n; (n = mixer_read(mixer, call, step, &error)) != 0;) {
    g_assert_no_error(error);
    g_array_append_vals(sound, call, (guint)(2 * n));
  }
  g_assert_cmpint(mixer_total_frames(mixer), ==, sound->len / 2);
  *frames = sound->len / 2;
  return (float *)(void *)g_array_free(sound, FALSE);
}

static double largest_step(const float *sound, gint64 frames) {
  double most = 0.0;
  for (gint64 i = 1; i < frames; i++) {
    most = MAX(most, fabs((double)(sound[2 * i] - sound[2 * i - 2])));
  }
  return most;
}

static void test_exact_places(void) {
  char *folder = material_folder();
  g_autofree char *mono = material_wav(folder, "mono.wav", 1, SECOND, material_impulse);
  g_autofree char *stereo = material_wav(folder, "stereo.wav", 2, SECOND, material_impulse);
  g_autoptr(Timeline) timeline = timeline_new();
  material_add(timeline, mono, 12345, SECOND, 0.0, false);
  material_add(timeline, stereo, 12346, SECOND, -6.0206, false); /* overlaps */
  material_add(timeline, mono, 3 * SECOND, SECOND, 0.0, false);
  timeline_close(timeline, 5 * SECOND + 1, 0);
  gint64 frames = 0;
  g_autofree float *sound = mix_all(timeline, 4800, &frames);
  g_assert_cmpint(frames, ==, 5 * SECOND + 1);
  gint64 first = 12345 + SECOND / 2, third = 3 * SECOND + SECOND / 2;
  for (gint64 i = 0; i < frames; i++) {
    double left = i == first || i == third ? 0.8 : i == first + 1 ? 0.4 : 0.0;
    double right = i == first || i == third ? 0.8 : i == first + 1 ? 0.2 : 0.0;
    g_assert_cmpfloat_with_epsilon(sound[2 * i], left, 1e-4);
    g_assert_cmpfloat_with_epsilon(sound[2 * i + 1], right, 1e-4);
  }
  material_remove(folder);
}

/* Sound that starts and ends at full level, cut, faded: the samples never jump. */
static void test_no_click(void) {
  char *folder = material_folder();
  g_autofree char *wav = material_wav(folder, "steady.wav", 1, SECOND, material_steady);
  g_autoptr(Timeline) timeline = timeline_new();
  material_add(timeline, wav, 1000, SECOND, 0.0, true);
  material_add(timeline, wav, 1000 + SECOND, SECOND / 3, 0.0, true); /* cut short, joined to the one before */
  material_add(timeline, wav, 2 * SECOND, 50, 0.0, true);            /* shorter than its fades */
  TimelineEvent faded = {
      .path = wav, .start_frame = 3 * SECOND, .frames = SECOND, .fade_in_frames = 9600, .fade_out_frames = 24000};
  timeline_append(timeline, &faded);
  timeline_close(timeline, 4 * SECOND, 0);
  gint64 frames = 0;
  g_autofree float *sound = mix_all(timeline, 4800, &frames);
  g_assert_cmpfloat(largest_step(sound, frames), <, 0.5 * G_PI / 2 / MIX_MIN_FADE_FRAMES * 1.1);
  g_assert_cmpfloat_with_epsilon(sound[2 * (1000 + SECOND / 2)], 0.5, 1e-4);
  g_assert_cmpfloat_with_epsilon(sound[2 * (3 * SECOND + 4800)], 0.25, 1e-3);  /* half-way in */
  g_assert_cmpfloat_with_epsilon(sound[2 * (4 * SECOND - 12000)], 0.25, 1e-3); /* half-way out */
  g_assert_cmpfloat(fabs((double)sound[2 * (4 * SECOND - 1)]), <, 1e-5);
  material_remove(folder);
}

static Timeline *bed_timeline(const char *bed_path, const char *speech_path, gint64 total, gint64 bed_until) {
  Timeline *timeline = timeline_new();
  TimelineBed bed = {.path = (char *)bed_path,
                     .gain_db = -6.0206,
                     .duck_db = -12.0,
                     .attack_frames = 9600,
                     .release_frames = 24000,
                     .fade_in_frames = 24000,
                     .fade_out_frames = 48000,
                     .from_frame = SECOND / 2 + 13};
  timeline_set_bed(timeline, &bed);
  material_add(timeline, speech_path, 4 * SECOND, 2 * SECOND, 0.0, true);
  timeline_close(timeline, total, bed_until);
  return timeline;
}

static void test_bed(void) {
  char *folder = material_folder();
  g_autofree char *bed = material_wav(folder, "bed.wav", 1, 60 * SECOND, material_steady);
  g_autofree char *quiet = material_wav(folder, "quiet.wav", 1, 2 * SECOND, material_silence);
  g_autoptr(Timeline) timeline = bed_timeline(bed, quiet, 12 * SECOND, 11 * SECOND);
  gint64 frames = 0;
  g_autofree float *sound = mix_all(timeline, 4800, &frames);
  static const struct {
    double second, level;
  } rows[] = {
      {0.4, 0.0},     {0.5, 0.0},     {0.75027, 0.125}, {2.0, 0.25},    {3.79, 0.25},
      {3.9, 0.12530}, {4.0, 0.06280}, {5.0, 0.06280},   {6.0, 0.06280}, {6.25, 0.12530},
      {6.51, 0.25},   {9.99, 0.25},   {10.5, 0.125},    {11.0, 0.0},    {11.9, 0.0},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    gint64 at = (gint64)(rows[i].second * FRAME_RATE);
    g_assert_cmpfloat_with_epsilon(sound[2 * at], rows[i].level, 2e-3);
  }
  g_assert_cmpfloat(largest_step(sound, frames), <, 1e-4);
  material_remove(folder);
}

/* The loop's seam: as loud as the rest, and without a jump. */
static void test_bed_seam(void) {
  char *folder = material_folder();
  g_autofree char *bed = material_wav(folder, "bed.wav", 2, 3 * SECOND + 77, material_tone);
  g_autofree char *quiet = material_wav(folder, "quiet.wav", 1, 2 * SECOND, material_silence);
  g_autoptr(Timeline) timeline = bed_timeline(bed, quiet, 40 * SECOND, 40 * SECOND);
  gint64 frames = 0;
  g_autofree float *sound = mix_all(timeline, 4800, &frames);
  double tone_step = 0.25 * 2.0 * G_PI * 440.0 / FRAME_RATE;
  g_assert_cmpfloat(largest_step(sound, frames), <, tone_step);
  for (gint64 at = 12 * SECOND; at < 38 * SECOND; at += SECOND / 2) {
    double energy = 0.0;
    for (gint64 i = at; i < at + SECOND / 2; i++) {
      energy += (double)(sound[2 * i] * sound[2 * i]);
    }
    g_assert_cmpfloat(energy / (double)(SECOND / 2), >, 0.001); /* it never stops */
  }
  material_remove(folder);
}

/* Neither the cut into calls nor the moment of knowing changes a bit. */
static void test_any_cut(void) {
  char *folder = material_folder();
  g_autofree char *bed = material_wav(folder, "bed.wav", 2, 2 * SECOND + 77, material_tone);
  g_autofree char *speech = material_wav(folder, "speech.wav", 1, 2 * SECOND, material_speech);
  static const gint64 steps[] = {4800, 960, 1000, 47};
  g_autofree float *reference = NULL;
  for (guint i = 0; i < G_N_ELEMENTS(steps); i++) {
    g_autoptr(Timeline) timeline = bed_timeline(bed, speech, 9 * SECOND + 5, 9 * SECOND);
    gint64 frames = 0;
    g_autofree float *sound = mix_all(timeline, steps[i], &frames);
    g_assert_cmpint(frames, ==, 9 * SECOND + 5);
    if (reference == NULL) {
      reference = g_steal_pointer(&sound);
    } else {
      g_assert_cmpint(memcmp(reference, sound, sizeof(float) * 2 * (gsize)frames), ==, 0);
    }
  }
  material_remove(folder);
}

/* --- filled while it is mixed ------------------------------------------------ */

typedef struct {
  Timeline *timeline;
  const char *bed, *speech;
} Filling;

static gpointer fill_slowly(gpointer data) {
  const Filling *filling = data;
  TimelineBed bed = {.path = (char *)filling->bed,
                     .gain_db = -12.0,
                     .duck_db = -12.0,
                     .attack_frames = 9600,
                     .release_frames = 24000,
                     .fade_out_frames = 24000,
                     .from_frame = 2 * SECOND};
  timeline_set_bed(filling->timeline, &bed);
  for (gint64 at = 0; at < 10 * SECOND; at += 2 * SECOND + 1001) {
    g_usleep(5000);
    material_add(filling->timeline, filling->speech, at, 2 * SECOND, 0.0, true);
    timeline_known_until(filling->timeline, at + 2 * SECOND);
  }
  g_usleep(5000);
  timeline_close(filling->timeline, 14 * SECOND, 14 * SECOND);
  return NULL;
}

static void test_live(void) {
  char *folder = material_folder();
  g_autofree char *bed = material_wav(folder, "bed.wav", 2, 3 * SECOND, material_tone);
  g_autofree char *speech = material_wav(folder, "speech.wav", 1, 2 * SECOND, material_speech);
  gint64 before_frames = 0, live_frames = 0;
  g_autoptr(Timeline) before = timeline_new(), live = timeline_new();
  Filling filled = {before, bed, speech}, filling = {live, bed, speech};
  fill_slowly(&filled);
  g_autofree float *expected = mix_all(before, 4800, &before_frames);
  GThread *thread = g_thread_new("fill", fill_slowly, &filling);
  g_autofree float *sound = mix_all(live, 960, &live_frames);
  g_thread_join(thread);
  g_assert_cmpint(live_frames, ==, before_frames);
  g_assert_cmpint(memcmp(expected, sound, sizeof(float) * 2 * (gsize)live_frames), ==, 0);
  material_remove(folder);
}

/* A bed that is told of, or closed, too late comes in and goes out softly all the same. */
static void test_late_bed(void) {
  char *folder = material_folder();
  g_autofree char *wav = material_wav(folder, "bed.wav", 1, 10 * SECOND, material_steady);
  g_autoptr(Timeline) timeline = timeline_new();
  g_autoptr(Mixer) mixer = mixer_new(timeline, &never);
  g_autofree float *sound = g_new(float, 10 * SECOND * 2);
  timeline_known_until(timeline, 2 * SECOND);
  g_assert_cmpint(mixer_read(mixer, sound, 2 * SECOND, NULL), ==, 2 * SECOND);
  TimelineBed bed = {.path = wav, .fade_in_frames = SECOND, .fade_out_frames = SECOND, .from_frame = SECOND};
  timeline_set_bed(timeline, &bed);
  timeline_known_until(timeline, 8 * SECOND);
  g_assert_cmpint(mixer_read(mixer, sound + 4 * SECOND, 4 * SECOND, NULL), ==, 4 * SECOND);
  timeline_close(timeline, 10 * SECOND, 3 * SECOND); /* long past */
  g_assert_cmpint(mixer_read(mixer, sound + 12 * SECOND, 4 * SECOND, NULL), ==, 4 * SECOND);
  g_assert_cmpfloat_with_epsilon(sound[2 * 5 * SECOND], 0.5, 1e-3);
  g_assert_cmpfloat(sound[2 * 7 * SECOND], ==, 0.0f);
  g_assert_cmpfloat(largest_step(sound, 10 * SECOND), <, 0.5 * G_PI / 2 / 480 * 1.1);
  material_remove(folder);
}

/* --- failure ------------------------------------------------------------------ */

static void test_missing_sound(void) {
  g_autoptr(Timeline) timeline = timeline_new();
  material_add(timeline, "/nowhere/clip.wav", 100, 100, 0.0, false);
  timeline_close(timeline, 9600, 0);
  g_autoptr(Mixer) mixer = mixer_new(timeline, &never);
  g_autoptr(GError) error = NULL;
  float out[9600];
  g_assert_cmpint(mixer_read(mixer, out, 4800, &error), ==, -1);
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_assert_nonnull(strstr(error->message, "/nowhere/clip.wav"));
}

/* A bed that is missing or empty, and files that are cut while they are heard. */
static void test_beds_and_sounds_that_go(void) {
  static const struct {
    const char *bed, *voice, *cut; /* cut: after the first block */
    const char *says;              /* NULL: all is well */
  } rows[] = {
      {"missing.wav", NULL, NULL, "missing.wav"},
      {"empty.wav", NULL, NULL, NULL},
      {"bed.wav", NULL, "bed.wav", "bed.wav"},
      {"bed.wav", "voice.wav", "voice.wav", "voice.wav"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    char *folder = material_folder();
    g_autoptr(GError) error = NULL;
    g_free(material_wav(folder, "bed.wav", 1, 10 * SECOND, material_steady));
    g_free(material_wav(folder, "voice.wav", 2, 10 * SECOND, material_steady));
    g_free(material_wav(folder, "empty.wav", 2, 0, material_steady));
    g_autofree char *path = g_build_filename(folder, rows[i].bed, NULL);
    g_autofree char *voice = g_build_filename(folder, "voice.wav", NULL);
    g_autoptr(Timeline) timeline = timeline_new();
    TimelineBed bed = {.path = path, .fade_in_frames = 480, .fade_out_frames = 480};
    timeline_set_bed(timeline, &bed);
    if (rows[i].voice != NULL) {
      material_add(timeline, voice, 0, 10 * SECOND, 0.0, true);
    }
    timeline_close(timeline, 10 * SECOND, 10 * SECOND);
    g_autoptr(Mixer) mixer = mixer_new(timeline, &never);
    g_autofree float *out = g_new(float, 4800 * 2);
    gint64 n = mixer_read(mixer, out, 4800, &error);
    if (rows[i].cut != NULL) {
      g_assert_cmpint(n, ==, 4800);
      g_autofree char *cut = g_build_filename(folder, rows[i].cut, NULL);
      g_assert_cmpint(truncate(cut, 100), ==, 0);
      while (n > 0) {
        n = mixer_read(mixer, out, 4800, &error);
      }
    }
    g_assert_cmpint(n, ==, rows[i].says != NULL ? -1 : 4800);
    g_assert_true((error != NULL) == (rows[i].says != NULL));
    if (error != NULL) {
      g_assert_nonnull(strstr(error->message, rows[i].says));
    }
    material_remove(folder);
  }
}

static void test_failed_and_stopped(void) {
  g_autoptr(Timeline) timeline = timeline_new();
  g_autoptr(GError) error = NULL;
  float out[9600];
  gint stop = 1;
  g_autoptr(Mixer) stopped = mixer_new(timeline, &stop);
  g_assert_cmpint(mixer_read(stopped, out, 4800, &error), ==, -1);
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN);
  g_clear_error(&error);
  g_autoptr(GError) why = g_error_new(CARNET_ERROR, CARNET_ERROR_INPUT, "no rundown");
  timeline_fail(timeline, why);
  g_autoptr(Mixer) failed = mixer_new(timeline, &never);
  g_assert_cmpint(mixer_read(failed, out, 4800, &error), ==, -1);
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
}

static void test_empty(void) {
  g_autoptr(Timeline) timeline = timeline_new();
  timeline_close(timeline, 0, 0);
  gint64 frames = -1;
  g_free(mix_all(timeline, 4800, &frames));
  g_assert_cmpint(frames, ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mix/exact-places", test_exact_places);
  g_test_add_func("/mix/no-click", test_no_click);
  g_test_add_func("/mix/bed", test_bed);
  g_test_add_func("/mix/bed-seam", test_bed_seam);
  g_test_add_func("/mix/any-cut", test_any_cut);
  g_test_add_func("/mix/live", test_live);
  g_test_add_func("/mix/late-bed", test_late_bed);
  g_test_add_func("/mix/missing-sound", test_missing_sound);
  g_test_add_func("/mix/beds-and-sounds-that-go", test_beds_and_sounds_that_go);
  g_test_add_func("/mix/failed-and-stopped", test_failed_and_stopped);
  g_test_add_func("/mix/empty", test_empty);
  return g_test_run();
}
