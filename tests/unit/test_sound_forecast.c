/* The forecast against what libebur128 hears in the real mix: speech-like sounds, jingles, a ducked and looped bed. */
#include "base/error.h"
#include "base/files.h"
#include "base/wav.h"
#include "sound/forecast.h"
#include "sound/limiter.h"
#include "sound/measure.h"
#include "sound/mix.h"

#include <ebur128.h>
#include <math.h>
#include <time.h>

static char *folder;

#define NO_CEILING 60.0 /* dBTP */

/* Writes sound with its measure, as speech and sounds.c do. Returns its path. */
static char *keep_sound(const char *name, const float *samples, gint64 frames, guint channels) {
  char *path = g_build_filename(folder, name, NULL);
  g_autoptr(GError) error = NULL;
  Measure measure;
  g_assert_true(measure_sound(samples, frames, channels, &measure, &error));
  g_autofree char *object = measure_format(&measure);
  g_autofree char *info = g_strdup_printf("{\"measure\":%s}", object);
  g_assert_true(wav_write(path, samples, frames, channels, info, false, &error));
  g_assert_no_error(error);
  measure_clear(&measure);
  return path;
}

/* Syllables of filtered noise between short pauses, 80 to 300 ms each. */
static char *make_speech(const char *name, gint64 frames, double level, GRand *rand) {
  g_autofree float *samples = g_new0(float, (gsize)frames);
  double low = 0.0, mix = 0.3;
  gint64 until = 0, length = 1;
  double loud = 0.0;
  for (gint64 i = 0; i < frames; i++) {
    if (i >= until) {
      length = g_rand_int_range(rand, 4000, 15000);
      until = i + length;
      loud = g_rand_int_range(rand, 0, 6) == 0 ? 0.0 : level * g_rand_double_range(rand, 0.2, 1.0);
      mix = g_rand_double_range(rand, 0.02, 0.6);
    }
    low += mix * (g_rand_double_range(rand, -1.0, 1.0) - low);
    samples[i] = (float)(loud * low * sin(G_PI * (double)(until - i) / (double)length));
  }
  return keep_sound(name, samples, frames, 1);
}

/* A slow chord with a swell, in stereo. */
static char *make_music(const char *name, gint64 frames, double level, GRand *rand) {
  static const double notes[] = {110.0, 164.8, 220.0, 277.2, 329.6};
  g_autofree float *samples = g_new0(float, (gsize)frames * 2);
  double phase = g_rand_double_range(rand, 0.0, 6.0);
  double tune = g_rand_double_range(rand, 0.7, 1.4); /* sounds in tune to the hertz would not add by energy */
  for (gint64 i = 0; i < frames; i++) {
    double t = (double)i / FRAME_RATE, left = 0.0, right = 0.0;
    for (gsize k = 0; k < G_N_ELEMENTS(notes); k++) {
      left += sin(2.0 * G_PI * tune * notes[k] * t + phase);
      right += sin(2.0 * G_PI * tune * notes[k] * 1.003 * t);
    }
    double swell = 0.6 + 0.4 * sin(2.0 * G_PI * t / 7.0 + phase);
    samples[2 * i] = (float)(level * swell * left / 5.0);
    samples[2 * i + 1] = (float)(level * swell * right / 5.0);
  }
  return keep_sound(name, samples, frames, 2);
}

typedef struct {
  GArray *events; /* TimelineEvent */
  TimelineBed bed;
  bool has_bed;
  gint64 total, bed_until;
} Plan;

static void plan_clear(Plan *plan) {
  for (guint i = 0; i < plan->events->len; i++) {
    g_free(g_array_index(plan->events, TimelineEvent, i).path);
  }
  g_array_unref(plan->events);
  g_free(plan->bed.path);
}

/* The plan as a closed timeline, with `trim_db` on the bed and the events from `first` on. */
static Timeline *make_timeline(const Plan *plan, guint first, ForecastGains gains) {
  Timeline *timeline = timeline_new();
  if (plan->has_bed) {
    TimelineBed bed = plan->bed;
    bed.gain_db += gains.trim_db + gains.bed_db;
    timeline_set_bed(timeline, &bed);
  }
  for (guint i = 0; i < plan->events->len; i++) {
    TimelineEvent event = g_array_index(plan->events, TimelineEvent, i);
    event.gain_db += i < first ? 0.0 : gains.trim_db;
    timeline_append(timeline, &event);
  }
  timeline_close(timeline, plan->total, plan->bed_until);
  return timeline;
}

/* What libebur128's own gates say of what the mixer makes, behind the limiter. */
static double loudness_of_mix(Timeline *timeline, double ceiling_dbtp) {
  enum { BLOCK = 4096 };
  gint stop = 0;
  g_autoptr(GError) error = NULL;
  g_autoptr(Mixer) mixer = mixer_new(timeline, &stop);
  ebur128_state *state = ebur128_init(2, FRAME_RATE, EBUR128_MODE_I);
  g_autoptr(Limiter) limiter = limiter_new(ceiling_dbtp);
  float samples[BLOCK * 2], limited[(BLOCK + LIMITER_EXTRA_FRAMES) * 2];
  gint64 n;
  while ((n = mixer_read(mixer, samples, BLOCK, &error)) > 0) {
    ebur128_add_frames_float(state, limited, (size_t)limiter_process(limiter, samples, n, limited));
  }
  ebur128_add_frames_float(state, limited, (size_t)limiter_finish(limiter, limited));
  g_assert_no_error(error);
  double lufs = 0.0;
  ebur128_loudness_global(state, &lufs);
  ebur128_destroy(&state);
  return lufs;
}

static void add_event(Plan *plan, char *path, gint64 frames, gint64 gap, double gain_db, bool is_speech) {
  TimelineEvent event = {.path = path,
                         .start_frame = plan->total,
                         .frames = frames,
                         .gain_db = gain_db,
                         .fade_in_frames = is_speech ? 0 : 2400,
                         .fade_out_frames = is_speech ? 0 : 24000,
                         .is_speech = is_speech};
  g_array_append_val(plan->events, event);
  plan->total += frames + gap;
}

/* An opening, items with pauses between, some cut, a closing; a bed under all of it or none. */
static Plan make_plan(guint round, GRand *rand) {
  Plan plan = {.events = g_array_new(FALSE, FALSE, sizeof(TimelineEvent)), .has_bed = round % 3 != 0};
  gint64 jingle = g_rand_int_range(rand, 100000, 300000);
  add_event(&plan, make_music("opening.wav", jingle, 0.4, rand), jingle - 1000, g_rand_int_range(rand, 0, 30000),
            g_rand_double_range(rand, -8.0, 4.0), false);
  guint items = (guint)g_rand_int_range(rand, 2, 7);
  for (guint i = 0; i < items; i++) {
    g_autofree char *name = g_strdup_printf("item-%u-%u.wav", round, i);
    gint64 frames = g_rand_int_range(rand, 9000, 400000);
    add_event(&plan, make_speech(name, frames, g_rand_double_range(rand, 0.1, 0.9), rand), frames,
              g_rand_int_range(rand, 0, 60000), g_rand_double_range(rand, -6.0, 6.0), true);
  }
  add_event(&plan, make_music("closing.wav", jingle, 0.3, rand), jingle, 0, g_rand_double_range(rand, -8.0, 4.0),
            false);
  if (plan.has_bed) {
    gint64 frames = g_rand_int_range(rand, 200000, 500000);
    plan.bed = (TimelineBed){.path = make_music("bed.wav", frames, 0.5, rand),
                             .gain_db = g_rand_double_range(rand, -14.0, -2.0),
                             .duck_db = -12.0,
                             .attack_frames = 14400,
                             .release_frames = 28800,
                             .fade_in_frames = 48000,
                             .fade_out_frames = 96000,
                             .from_frame = g_rand_int_range(rand, 0, 100000)};
    plan.bed_until = plan.total - g_rand_int_range(rand, 0, 50000);
  }
  return plan;
}

static void test_lands_on_target(void) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(2020);
  double worst = 0.0;
  for (guint round = 0; round < (g_test_slow() ? 12 : 4); round++) {
    Plan plan = make_plan(round, rand);
    guint first = round % 4 == 3 ? 2 : 0; /* what is on the air already stays */
    double target = round % 2 == 0 ? -16.0 : -23.0;
    ForecastGains gains = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(Timeline) before = make_timeline(&plan, first, (ForecastGains){0});
    g_assert_true(forecast_gains(before, first, target, NO_CEILING, &gains, &error));
    g_assert_no_error(error);
    g_autoptr(Timeline) after = make_timeline(&plan, first, gains);
    double lufs = loudness_of_mix(after, NO_CEILING);
    g_test_message("round %u: trim %+.2f dB, %.2f LUFS wanted, %.2f heard", round, gains.trim_db, target, lufs);
    if (fabs(gains.trim_db) < 11.99) {
      g_assert_cmpfloat_with_epsilon(lufs, target, 0.2);
      worst = MAX(worst, fabs(lufs - target));
    }
    plan_clear(&plan);
  }
  g_test_message("worst %.3f LU", worst);
  g_assert_cmpfloat(worst, >, 0.0); /* the rounds were not all out of bounds */
}

/* A voice as a synthesizer makes it, without a polish: 110 pulses a second, high above what lies between them. */
static char *make_pulses(const char *name, gint64 frames, GRand *rand) {
  g_autofree float *samples = g_new0(float, (gsize)frames);
  double level = 0.0;
  for (gint64 i = 0; i < frames; i++) {
    if (i % 9600 == 0) {
      level = g_rand_int_range(rand, 0, 4) == 0 ? 0.0 : g_rand_double_range(rand, 0.2, 0.9);
    }
    double since = (double)(i % 436) / FRAME_RATE;
    samples[i] = (float)(level * exp(-2000.0 * since) * sin(2.0 * G_PI * 1100.0 * since));
  }
  return keep_sound(name, samples, frames, 1);
}

/* What the limiter takes off is made up for beforehand. */
static void test_behind_the_limiter(void) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(14);
  for (guint round = 0; round < 3; round++) {
    Plan plan = {.events = g_array_new(FALSE, FALSE, sizeof(TimelineEvent))};
    g_autofree char *name = g_strdup_printf("pulses-%u.wav", round);
    add_event(&plan, make_pulses(name, 700000, rand), 700000, 20000, 4.0, true);
    ForecastGains gains = {0};
    g_autoptr(Timeline) before = make_timeline(&plan, 0, gains);
    double target = -18.0 + round;
    g_assert_true(forecast_gains(before, 0, target, -2.5, &gains, NULL));
    g_autoptr(Timeline) after = make_timeline(&plan, 0, gains);
    double free = loudness_of_mix(after, NO_CEILING), limited = loudness_of_mix(after, -2.5);
    g_test_message("%+.2f dB: %.2f LUFS, %.2f behind the limiter, %.1f wanted", gains.trim_db, free, limited, target);
    g_assert_cmpfloat(free - limited, >, 0.5); /* else the limiter had nothing to do */
    g_assert_cmpfloat_with_epsilon(limited, target, 0.5);
    plan_clear(&plan);
  }
}

/* A bed alone for half of the time, 10 LU under the speech: a tenth of a decibel would decide what the whole measures. */
static void test_bed_at_the_gate(void) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(10);
  Plan plan = {.events = g_array_new(FALSE, FALSE, sizeof(TimelineEvent)), .has_bed = true};
  add_event(&plan, make_pulses("over.wav", 500000, rand), 500000, 500000, 0.0, true);
  plan.bed = (TimelineBed){.path = make_music("under.wav", 400000, 0.5, rand), .duck_db = -30.0};
  plan.bed_until = plan.total;
  double most = 0.0;
  for (double gain_db = -24.0; gain_db < -6.0; gain_db += g_test_slow() ? 0.25 : 1.0) {
    plan.bed.gain_db = gain_db;
    ForecastGains gains = {0};
    g_autoptr(Timeline) timeline = make_timeline(&plan, 0, gains);
    g_assert_true(forecast_gains(timeline, 0, -23.0, NO_CEILING, &gains, NULL));
    most = MAX(most, fabs(gains.bed_db));
    g_autoptr(Timeline) after = make_timeline(&plan, 0, gains);
    double lufs = loudness_of_mix(after, NO_CEILING);
    g_assert_cmpfloat_with_epsilon(lufs, -23.0, 0.3);
    gains.bed_db += 0.2; /* as another encoder would have it */
    g_autoptr(Timeline) near = make_timeline(&plan, 0, gains);
    g_assert_cmpfloat_with_epsilon(loudness_of_mix(near, NO_CEILING), lufs, 0.5);
  }
  g_assert_cmpfloat(most, >, 0.0);
  g_assert_cmpfloat(most, <=, 3.0);
  plan_clear(&plan);
}

static void test_bounded_and_silent(void) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(1);
  Plan plan = {.events = g_array_new(FALSE, FALSE, sizeof(TimelineEvent))};
  add_event(&plan, make_speech("faint.wav", 200000, 0.001, rand), 200000, 0, 0.0, true);
  g_autoptr(Timeline) faint = make_timeline(&plan, 0, (ForecastGains){0});
  ForecastGains gains = {0};
  g_assert_true(forecast_gains(faint, 0, -16.0, NO_CEILING, &gains, NULL));
  g_assert_cmpfloat_with_epsilon(gains.trim_db, 12.0, 0.01);
  plan_clear(&plan);

  plan = (Plan){.events = g_array_new(FALSE, FALSE, sizeof(TimelineEvent))};
  add_event(&plan, make_speech("silent.wav", 200000, 0.0, rand), 200000, 0, 0.0, true);
  g_autoptr(Timeline) silent = make_timeline(&plan, 0, (ForecastGains){0});
  g_assert_true(forecast_gains(silent, 0, -16.0, NO_CEILING, &gains, NULL));
  g_assert_cmpfloat(gains.trim_db, ==, 0.0);
  plan_clear(&plan);

  g_autoptr(Timeline) empty = timeline_new();
  timeline_close(empty, 0, 0);
  g_assert_true(forecast_gains(empty, 0, -16.0, NO_CEILING, &gains, NULL));
  g_assert_cmpfloat(gains.trim_db, ==, 0.0);
}

/* The same sound twice, and one that was to last longer than it does: as long as there is sound. */
static void test_sounds_again(void) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(5);
  Plan plan = {.events = g_array_new(FALSE, FALSE, sizeof(TimelineEvent))};
  char *path = make_speech("again.wav", 200000, 0.4, rand);
  add_event(&plan, path, 200000, 0, 0.0, true);
  add_event(&plan, g_strdup(path), 200000, 0, 0.0, true);
  ForecastGains once = {0}, longer = {0};
  g_autoptr(Timeline) exact = make_timeline(&plan, 0, once);
  g_assert_true(forecast_gains(exact, 0, -16.0, NO_CEILING, &once, NULL));
  g_array_index(plan.events, TimelineEvent, 1).frames += 300000;
  g_autoptr(Timeline) too_long = make_timeline(&plan, 0, longer);
  g_assert_true(forecast_gains(too_long, 0, -16.0, NO_CEILING, &longer, NULL));
  g_assert_cmpfloat_with_epsilon(once.trim_db, longer.trim_db, 0.1);
  plan_clear(&plan);
}

static void assert_missing(const Plan *plan, const char *path) {
  ForecastGains gains = {0};
  g_autoptr(GError) error = NULL;
  g_autoptr(Timeline) timeline = make_timeline(plan, 0, gains);
  g_assert_false(forecast_gains(timeline, 0, -16.0, NO_CEILING, &gains, &error));
  g_assert_nonnull(error);
  g_assert_nonnull(strstr(error->message, path));
}

/* Somebody emptied the cache meanwhile. */
static void test_sounds_gone(void) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(6);
  g_autofree char *gone = g_build_filename(folder, "gone.wav", NULL);
  Plan plan = {.events = g_array_new(FALSE, FALSE, sizeof(TimelineEvent)), .has_bed = true};
  add_event(&plan, make_speech("there.wav", 20000, 0.4, rand), 20000, 0, 0.0, true);
  plan.bed = (TimelineBed){.path = g_strdup(gone)};
  plan.bed_until = plan.total;
  assert_missing(&plan, gone);
  add_event(&plan, g_strdup(gone), 20000, 0, 0.0, true);
  assert_missing(&plan, gone);
  plan_clear(&plan);
}

static void test_refuses(void) {
  ForecastGains gains = {5.0, 0.0};
  g_autoptr(GError) error = NULL;
  g_autoptr(Timeline) growing = timeline_new();
  g_assert_false(forecast_gains(growing, 0, -16.0, NO_CEILING, &gains, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_BUG);
  g_clear_error(&error);

  Plan plan = {.events = g_array_new(FALSE, FALSE, sizeof(TimelineEvent))};
  float sample = 0.5f;
  char *path = g_build_filename(folder, "unmeasured.wav", NULL);
  g_assert_true(wav_write(path, &sample, 1, 1, NULL, false, NULL));
  add_event(&plan, path, 1, 0, 0.0, true);
  g_autoptr(Timeline) unmeasured = make_timeline(&plan, 0, (ForecastGains){0});
  g_assert_false(forecast_gains(unmeasured, 0, -16.0, NO_CEILING, &gains, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  plan_clear(&plan);
}

/* Ten minutes, thirty items and a bed: what one call costs. */
static void test_cost(void) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(10);
  Plan plan = {.events = g_array_new(FALSE, FALSE, sizeof(TimelineEvent)), .has_bed = true};
  for (guint i = 0; i < 30; i++) {
    g_autofree char *name = g_strdup_printf("long-%u.wav", i);
    add_event(&plan, make_speech(name, 860000, 0.5, rand), 860000, 100000, 0.0, true);
  }
  plan.bed = (TimelineBed){.path = make_music("bed.wav", 500000, 0.5, rand),
                           .gain_db = -20.0,
                           .duck_db = -12.0,
                           .attack_frames = 14400,
                           .release_frames = 28800};
  plan.bed_until = plan.total;
  g_autoptr(Timeline) timeline = make_timeline(&plan, 0, (ForecastGains){0});
  ForecastGains gains = {0};
  clock_t start = clock();
  g_assert_true(forecast_gains(timeline, 0, -16.0, NO_CEILING, &gains, NULL));
  g_test_message("10 minutes: %.1f ms", 1e3 * (double)(clock() - start) / CLOCKS_PER_SEC);
  plan_clear(&plan);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  folder = g_dir_make_tmp("carnet-forecast-XXXXXX", NULL);
  g_test_add_func("/sound/forecast/lands-on-target", test_lands_on_target);
  g_test_add_func("/sound/forecast/behind-the-limiter", test_behind_the_limiter);
  g_test_add_func("/sound/forecast/bed-at-the-gate", test_bed_at_the_gate);
  g_test_add_func("/sound/forecast/bounded-and-silent", test_bounded_and_silent);
  g_test_add_func("/sound/forecast/sounds-again", test_sounds_again);
  g_test_add_func("/sound/forecast/sounds-gone", test_sounds_gone);
  g_test_add_func("/sound/forecast/refuses", test_refuses);
  if (g_test_slow())
    g_test_add_func("/sound/forecast/cost", test_cost);
  int status = g_test_run();
  g_assert_true(folder_remove(folder, NULL));
  g_free(folder);
  return status;
}
