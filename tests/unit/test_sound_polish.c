/* A voice's polish: exact lengths, no delay, no file opened, level kept, from several threads. */
#include "base/error.h"
#include "base/wav.h"
#include "sound/measure.h"
#include "sound/polish.h"

#include <math.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SAMPLE_CHAIN                                                                                                   \
  "highpass=f=90, equalizer=f=3500:t=q:w=1.2:g=3, acompressor=threshold=0.1:ratio=3, alimiter=limit=0.9"

#define AIR "aresample=48000:filter_size=16:filter_type=kaiser:kaiser_beta=6"
#define ROOM "aecho=1:1:9|14|21:0.07|0.05|0.04"

static gint16 *make_sine(gint64 n, guint rate_hz, double hz, double level_dbfs) {
  gint16 *samples = g_new0(gint16, (gsize)MAX(n, 1));
  for (gint64 i = 0; i < n; i++) {
    samples[i] = (gint16)lround(32767.0 * pow(10.0, level_dbfs / 20.0) * sin(2.0 * G_PI * hz * (double)i / rate_hz));
  }
  return samples;
}

static float *polish(const char *chain, const gint16 *samples, gint64 n, guint rate_hz, gint64 *frames,
                     Measure *measure) {
  g_autoptr(GError) error = NULL;
  g_autofree char *json = NULL;
  float *out = NULL;
  bool ok = polish_speech(chain, samples, n, rate_hz, &out, frames, &json, NULL, &error);
  g_assert_no_error(error);
  g_assert_true(ok);
  if (measure != NULL) {
    g_autofree char *info = g_strdup_printf("{\"measure\":%s}", json);
    g_assert_true(measure_parse(info, measure, &error));
    g_assert_no_error(error);
  }
  return out;
}

static void test_lengths(void) {
  static const guint rates[] = {8000, 16000, 22050, 24000, 44100, 48000};
  static const gint64 lengths[] = {0, 1, 2, 7, 441, 4096, 4097, 22050, 57493};
  static const char *const chains[] = {"",         "highpass=f=90", SAMPLE_CHAIN, "afftdn=nr=6",
                                       "adeclick", "deesser",       ROOM "," AIR};
  for (gsize r = 0; r < G_N_ELEMENTS(rates); r++) {
    for (gsize l = 0; l < G_N_ELEMENTS(lengths); l++) {
      for (gsize c = 0; c < G_N_ELEMENTS(chains); c++) {
        g_autofree gint16 *samples = make_sine(lengths[l], rates[r], 440.0, -12.0);
        gint64 frames = -1;
        g_autofree float *out = polish(chains[c], samples, lengths[l], rates[r], &frames, NULL);
        g_assert_cmpint(frames, ==, (lengths[l] * FRAME_RATE + rates[r] - 1) / rates[r]);
        g_assert_nonnull(out);
      }
    }
  }
}

/* Every filter that is allowed, as it comes, on sounds from nothing to a second: the sanitizer looks on. */
static void test_every_filter(void) {
  static const char *const names[] = {
      "acompressor",
      "adeclick",
      "adeclip",
      "aecho",
      "aexciter",
      "afftdn",
      "agate",
      "alimiter",
      "allpass=f=1000",
      "anull",
      "asoftclip",
      "asubcut",
      "asupercut",
      "bandpass",
      "bandreject",
      "bass=g=2",
      "biquad=b0=1",
      "compand",
      "crystalizer",
      "deesser",
      "equalizer=f=1000",
      "highpass",
      "highshelf=g=2",
      "lowpass",
      "lowshelf=g=2",
      "speechnorm",
      "superequalizer",
      "tiltshelf=g=2",
      "treble=g=2",
      "volume=0.5",
      AIR,
  };
  static const gint64 lengths[] = {0, 1, 3, 500, 5000, 22050};
  g_autofree gint16 *samples = make_sine(22050, 22050, 440.0, -12.0);
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    for (gsize l = 0; l < G_N_ELEMENTS(lengths); l++) {
      gint64 frames = -1;
      g_free(polish(names[i], samples, lengths[l], 22050, &frames, NULL));
      g_assert_cmpint(frames, ==, (lengths[l] * FRAME_RATE + 22049) / 22050);
    }
  }
}

/* The sine comes back where it was: correlation with the ideal one, sampled at 48 kHz. */
static void test_in_place_and_clean(void) {
  const guint rate = 22050;
  const gint64 n = 2 * rate;
  g_autofree gint16 *samples = make_sine(n, rate, 1000.0, -12.0);
  gint64 frames = 0;
  g_autofree float *out = polish("", samples, n, rate, &frames, NULL);
  double worst = 0.0;
  for (gint64 i = 2000; i < frames - 2000; i++) {
    double ideal = pow(10.0, -12.0 / 20.0) * sin(2.0 * G_PI * 1000.0 * (double)i / FRAME_RATE);
    worst = MAX(worst, fabs((double)out[i] - ideal));
  }
  g_test_message("worst difference from the ideal sine: %.1f dBFS", 20.0 * log10(worst));
  g_assert_cmpfloat(worst, <, 1e-4); /* 3 of 32768: the source's own rounding and a little */
}

/* Where a click comes out, in frames from where it should. */
static gint64 delay_of(const char *chain) {
  const guint rate = 22050;
  const gint64 n = rate, at = 11025;
  g_autofree gint16 *samples = g_new0(gint16, (gsize)n);
  samples[at] = 20000;
  gint64 frames = 0, top = 0;
  g_autofree float *out = polish(chain, samples, n, rate, &frames, NULL);
  for (gint64 i = 0; i < frames; i++) {
    if (fabsf(out[i]) > fabsf(out[top])) {
      top = i;
    }
  }
  return top - at * FRAME_RATE / rate;
}

static void test_no_delay(void) {
  static const char *const chains[] = {"",
                                       "highpass=f=90",
                                       "alimiter=limit=0.9",
                                       "alimiter@last=limit=0.9:latency=0",
                                       "acompressor",
                                       "equalizer=f=3500:t=q:w=1.2:g=3",
                                       SAMPLE_CHAIN,
                                       "speechnorm=e=2:p=0.4",
                                       ROOM,
                                       AIR};
  for (gsize i = 0; i < G_N_ELEMENTS(chains); i++) {
    gint64 late = delay_of(chains[i]);
    g_test_message("\"%s\": %" G_GINT64_FORMAT " frames late", chains[i], late);
    g_assert_cmpint(ABS(late), <=, 4);
  }
}

static void test_end_is_there(void) {
  const guint rate = 22050;
  g_autofree gint16 *samples = g_new0(gint16, rate);
  for (guint i = rate - 2205; i < rate; i++) {
    samples[i] = (i / 20) % 2 == 0 ? 8000 : -8000;
  }
  gint64 frames = 0;
  g_autofree float *out = polish(SAMPLE_CHAIN, samples, rate, rate, &frames, NULL);
  double energy = 0.0;
  for (gint64 i = frames - 2400; i < frames; i++) {
    energy += (double)out[i] * (double)out[i];
  }
  g_assert_cmpfloat(sqrt(energy / 2400.0), >, 0.1);
}

static void test_level(void) {
  const guint rate = 22050;
  g_autofree gint16 *samples = make_sine(2 * rate, rate, 1000.0, -12.0);
  gint64 frames = 0;
  Measure plain = {0}, loud = {0};
  g_free(polish("", samples, 2 * rate, rate, &frames, &plain));
  /* A sine at -12 dBFS on both channels. */
  g_assert_cmpfloat_with_epsilon(plain.integrated_lufs, -12.0, 0.1);
  g_assert_cmpfloat_with_epsilon(plain.true_peak_dbtp, -12.0, 0.1);
  g_autofree float *boosted = polish("volume=30dB", samples, 2 * rate, rate, &frames, &loud);
  float top = 0.0f;
  for (gint64 i = 0; i < frames; i++) {
    top = fmaxf(top, fabsf(boosted[i]));
  }
  g_assert_cmpfloat(top, <=, 1.0f);
  g_assert_cmpfloat(top, >, 0.9f);
  measure_clear(&plain);
  measure_clear(&loud);
}

static void test_check_accepts(void) {
  /* clang-format off */
  static const char *const chains[] = {
      "", "  ", "anull", "highpass=f=90, equalizer=f=3500:t=q:w=1.2:g=3", "highpass", " lowpass = f=8000 ",
      "equalizer@presence=f=3500:t=q:w=1:g=2", "volume='2+0'", "compand=attacks=0.1:points=-80/-80|0/-6",
      "acompressor=threshold=-20dB:ratio=3:attack=5:release=80:makeup=2", "aecho=0.8:0.88:6:0.1",
      "superequalizer=1b=2", "afftdn=nf=-25", "deesser=i=0.4", "aresample=48000", ("highpass," AIR),
      "aresample=48000:resampler=soxr:precision=28:cutoff=0.95",
  };
  /* clang-format on */
  for (gsize i = 0; i < G_N_ELEMENTS(chains); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_true(polish_check(chains[i], &error));
    g_assert_no_error(error);
  }
}

/* What a hostile or mistaken voice file could hold. Nothing may be opened, made or read. */
static const char *const refused[] = {
    "amovie=/etc/passwd",
    "movie=/etc/passwd",
    "ametadata=mode=print:file=/tmp/carnet-must-not-exist",
    "highpass,ametadata=mode=print:file=/tmp/carnet-must-not-exist",
    "highpass=f=90\\,x,amovie=x",
    "highpass='f=90',a\\movie=x",
    "'amovie'=/etc/passwd",
    "asendcmd=f=/etc/passwd",
    "azmq",
    "ladspa=file=x",
    "lv2=p=x",
    "arnndn=m=/etc/passwd",
    "sofalizer=sofa=x",
    "afir",
    "firequalizer=dumpfile=/tmp/x",
    "aresample",
    "aresample=8000",
    "aresample=480000",
    "aresample=48000,highpass",
    "aresample@last=48000:first_pts=-48000",
    "aresample=48000:async=1000",
    "aresample=48000:filter_size=1000000",
    "aresample=48000:filter_size=16:osf=s16",
    "atempo=2",
    "adelay=1000",
    "apad",
    "atrim=end=1",
    "silenceremove",
    "loudnorm",
    "dynaudnorm",
    "anlmdn",
    "aloop=loop=-1",
    "highpass;lowpass",
    "[in]highpass[out]",
    "highpass[a];[a]lowpass",
    "highpass[a]",
    "highpass,",
    ",highpass",
    "highpass,,lowpass",
    "sws_flags=1;highpass",
    "highpass=f=nonsense",
    "highpass=nosuch=1",
    "equalizer=f=1000:w=",
    "nosuchfilter",
    "highpass=f=90]",
    "=",
    "highpass@",
    "volume=\xff",
    "anoisesrc",
    "sine",
    "abuffersink",
    "anullsink",
    "asplit",
    "amix",
    "amerge",
};

/* What an engine may say of its speech. */
static void test_speech_refused(void) {
  static const struct {
    const char *chain;
    gint64 nsamples;
    guint rate_hz;
    int code;
  } rows[] = {
      {"", 10, 0, CARNET_ERROR_BUG},
      {"", 10, 192001, CARNET_ERROR_BUG},
      {"", -1, 22050, CARNET_ERROR_BUG},
      {"", G_MAXINT64 / 1000, 22050, CARNET_ERROR_BUG},
      {"highpass=f=nonsense", 10, 22050, CARNET_ERROR_INPUT},
  };
  static const gint16 samples[10];
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = NULL;
    float *out = NULL;
    char *json = NULL;
    gint64 frames = 0;
    g_assert_false(
        polish_speech(rows[i].chain, samples, rows[i].nsamples, rows[i].rate_hz, &out, &frames, &json, NULL, &error));
    g_assert_error(error, CARNET_ERROR, rows[i].code);
    g_assert_true(out == NULL && json == NULL);
  }
}

/* A filter that is allowed, set so that its echo grows without end. */
static void test_unstable(void) {
  static const char *const chains[] = {"biquad=a0=1:a1=-3:a2=3:b0=1:b1=0:b2=0"};
  gint16 samples[8192] = {[100] = 20000};
  for (gsize i = 0; i < G_N_ELEMENTS(chains); i++) {
    g_autoptr(GError) error = NULL;
    float *out = NULL;
    char *json = NULL;
    gint64 frames = 0;
    g_assert_true(polish_check(chains[i], &error));
    g_assert_false(polish_speech(chains[i], samples, G_N_ELEMENTS(samples), 22050, &out, &frames, &json, NULL, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    g_assert_nonnull(strstr(error->message, "unstable"));
  }
}

static void test_check_refuses(void) {
  for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
    g_autoptr(GError) error = NULL;
    if (polish_check(refused[i], &error)) {
      g_test_message("accepted: %s", refused[i]);
      g_test_fail();
    } else {
      g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    }
  }
  g_autoptr(GError) error = NULL;
  g_autofree char *endless = g_strnfill(5000, 'a');
  g_assert_false(polish_check(endless, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_assert_false(g_file_test("/tmp/carnet-must-not-exist", G_FILE_TEST_EXISTS));
  gint16 sample[10] = {0};
  float *out = NULL;
  gint64 frames = 0;
  char *json = NULL;
  g_clear_error(&error);
  g_assert_false(polish_speech("amovie=/etc/passwd", sample, 10, 22050, &out, &frames, &json, NULL, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_assert_null(out);
}

/* --- what the resampling leaves above 11.025 kHz, and how a voice's room ends --- */

static gint16 *make_noise(gint64 n) {
  gint16 *samples = g_new0(gint16, (gsize)n);
  guint32 state = 1;
  for (gint64 i = 0; i < n; i++) {
    state = state * 1664525u + 1013904223u;
    samples[i] = (gint16)((gint32)(state >> 16) / 8 - 4096);
  }
  return samples;
}

/* Mean level of a band, in dB, a line every 97 Hz over half a second (Hann). */
static double band_db(const float *samples, gint64 n, double low_hz, double high_hz) {
  double sum = 0.0;
  int lines = 0;
  gint64 most = MIN(n, FRAME_RATE / 2);
  for (double hz = low_hz; hz < high_hz; hz += 97.0, lines++) {
    double re = 0.0, im = 0.0;
    for (gint64 i = 0; i < most; i++) {
      double window = 0.5 - 0.5 * cos(2.0 * G_PI * (double)i / (double)most);
      double turn = 2.0 * G_PI * hz * (double)i / FRAME_RATE;
      re += window * (double)samples[i] * cos(turn);
      im += window * (double)samples[i] * sin(turn);
    }
    sum += re * re + im * im;
  }
  return 10.0 * log10(sum / lines + 1e-30);
}

static void test_images(void) {
  g_autofree gint16 *noise = make_noise(22050);
  gint64 frames = 0;
  g_autofree float *plain = polish("", noise, 22050, 22050, &frames, NULL);
  double below = band_db(plain, frames, 7200, 10600), above = band_db(plain, frames, 11200, 15000);
  g_test_message("plain: %.1f dB above 11.2 kHz", above - below);
  g_assert_cmpfloat(above - below, <, -60.0);
  /* With air: the band below, mirrored, softly; and nothing above 15 kHz. */
  g_autofree float *airy = polish(AIR, noise, 22050, 22050, &frames, NULL);
  below = band_db(airy, frames, 7200, 10600);
  above = band_db(airy, frames, 11200, 13500);
  double high = band_db(airy, frames, 15000, 20000);
  g_test_message("air: %.1f dB from 11.2 to 13.5 kHz, %.1f dB above 15", above - below, high - below);
  g_assert_cmpfloat(above - below, <, -8.0);
  g_assert_cmpfloat(above - below, >, -30.0);
  g_assert_cmpfloat(high - below, <, -50.0);
  g_assert_cmpfloat_with_epsilon(band_db(airy, frames, 300, 7000), band_db(plain, frames, 300, 7000), 0.2);
}

/* The last word's reflections have died away before the clip's end: 30 ms of margin (speech/trim.h). */
static void test_room_dies_away(void) {
  const guint rate = 22050, n = rate, margin = rate * 30 / 1000;
  g_autofree gint16 *samples = make_noise(n);
  memset(samples + n - margin, 0, margin * sizeof *samples);
  gint64 frames = 0;
  g_autofree float *out = polish(ROOM "," AIR, samples, n, rate, &frames, NULL);
  g_autofree float *dry = polish(AIR, samples, n, rate, &frames, NULL);
  float room = 0.0f, last = 0.0f, outside = 0.0f;
  for (gint64 i = frames - 48 * 30; i < frames; i++) {
    room = fmaxf(room, i < frames - 48 * 20 ? fabsf(out[i]) : 0.0f);
    last = fmaxf(last, i >= frames - 48 * 7 ? fabsf(out[i]) : 0.0f);
  }
  for (gint64 i = 0; i < frames / 2; i++) {
    outside = fmaxf(outside, fabsf(out[i] - dry[i]));
  }
  g_test_message("reflections %.1f dBFS, the last 7 ms %.1f dBFS", 20.0 * log10((double)room),
                 20.0 * log10((double)last + 1e-9));
  g_assert_cmpfloat(room, >, 0.001f); /* the room is heard… */
  g_assert_cmpfloat(outside, <, 0.05f);
  g_assert_cmpfloat(last, <, 1e-5f); /* …and is not cut off */
}

typedef struct {
  const gint16 *samples;
  gint64 n;
  char *sum;
} Work;

static gpointer polish_again(gpointer data) {
  Work *work = data;
  gint64 frames = 0;
  g_autofree float *out = polish(SAMPLE_CHAIN, work->samples, work->n, 22050, &frames, NULL);
  work->sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)out, (gsize)frames * sizeof *out);
  return NULL;
}

static void test_threads_give_the_same(void) {
  enum { THREADS = 4 };
  g_autofree gint16 *samples = make_sine(60000, 22050, 300.0, -6.0);
  Work work[THREADS];
  GThread *threads[THREADS];
  for (int i = 0; i < THREADS; i++) {
    work[i] = (Work){samples, 60000, NULL};
    threads[i] = g_thread_new("polish", polish_again, &work[i]);
  }
  for (int i = 0; i < THREADS; i++) {
    g_thread_join(threads[i]);
    g_assert_cmpstr(work[i].sum, ==, work[0].sum);
  }
  for (int i = 0; i < THREADS; i++) {
    g_free(work[i].sum);
  }
}

/* Syllables of noise of many levels, as speech has. */
static gint16 *make_syllables(gint64 n) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(22050);
  gint16 *samples = g_new(gint16, (gsize)n);
  double level = 0.0;
  for (gint64 i = 0; i < n; i++) {
    if (i % 4000 == 0) {
      level = g_rand_double_range(rand, 0.0, 16000.0);
    }
    samples[i] = (gint16)(level * sin(G_PI * (double)(i % 4000) / 4000.0) * g_rand_double_range(rand, -1.0, 1.0));
  }
  return samples;
}

/* A boost in the middle of the chain that is taken back later must not have clipped. */
static void test_no_clipping_inside(void) {
  const guint rate = 22050;
  g_autofree gint16 *samples = make_sine(rate, rate, 1000.0, -1.0);
  gint64 frames = 0;
  g_autofree float *out = polish("volume=12dB, highpass=f=20, volume=-18dB", samples, rate, rate, &frames, NULL);
  double worst = 0.0;
  for (gint64 i = 10000; i < frames - 2000; i++) {
    double ideal = pow(10.0, -7.0 / 20.0) * sin(2.0 * G_PI * 1000.0 * (double)i / FRAME_RATE);
    worst = MAX(worst, fabs((double)out[i] - ideal));
  }
  g_test_message("worst difference %.4f", worst);
  g_assert_cmpfloat(worst, <, 0.02); /* the high-pass turns the phase a little; clipping would be 0.3 */
}

static void test_cost(void) {
  const guint rate = 22050;
  g_autofree gint16 *samples = make_syllables(20 * rate);
  gint64 frames = 0;
  clock_t before = clock();
  for (int i = 0; i < 3; i++) {
    g_free(polish(SAMPLE_CHAIN, samples, 20 * rate, rate, &frames, NULL));
  }
  clock_t middle = clock();
  for (int i = 0; i < 3; i++) {
    g_free(polish("", samples, 20 * rate, rate, &frames, NULL));
  }
  clock_t after = clock();
  g_test_message("10 minutes of speech: %.0f ms with the sample chain, %.0f ms without, measure included",
                 1e4 * (double)(middle - before) / CLOCKS_PER_SEC, 1e4 * (double)(after - middle) / CLOCKS_PER_SEC);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sound/polish/lengths", test_lengths);
  g_test_add_func("/sound/polish/every-filter", test_every_filter);
  g_test_add_func("/sound/polish/in-place-and-clean", test_in_place_and_clean);
  g_test_add_func("/sound/polish/no-delay", test_no_delay);
  g_test_add_func("/sound/polish/images", test_images);
  g_test_add_func("/sound/polish/room-dies-away", test_room_dies_away);
  g_test_add_func("/sound/polish/end-is-there", test_end_is_there);
  g_test_add_func("/sound/polish/level", test_level);
  g_test_add_func("/sound/polish/check-accepts", test_check_accepts);
  g_test_add_func("/sound/polish/check-refuses", test_check_refuses);
  g_test_add_func("/sound/polish/speech-refused", test_speech_refused);
  g_test_add_func("/sound/polish/unstable", test_unstable);
  g_test_add_func("/sound/polish/threads-give-the-same", test_threads_give_the_same);
  g_test_add_func("/sound/polish/no-clipping-inside", test_no_clipping_inside);
  g_test_add_func("/sound/polish/cost", test_cost);
  return g_test_run();
}
