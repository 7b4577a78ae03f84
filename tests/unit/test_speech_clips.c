/* Clips with the real eSpeak NG: what aborts it, what lies, hangs or floods in
 * its place, the cache, and that the same text always gives the same bytes. */
#include "base/error.h"
#include "base/files.h"
#include "base/wav.h"
#include "speech/clips.h"
#include "speech/speaker.h"
#include "speech/trim.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <utime.h>

static NurseryPool *speakers;

typedef struct {
  char *folder;
  ClipMaker *maker;
  Voice *voice;
} Fixture;

/* A plain ClipFinish: the nearest sample. (sound/ has its own tests.) */
static bool finish_plainly(const char *polish, const gint16 *samples, gint64 nsamples, guint rate, float **out,
                           gint64 *frames, char **measure_json, gpointer user, GError **error) {
  (void)polish, (void)user, (void)error;
  *frames = (nsamples * FRAME_RATE + rate - 1) / rate;
  *out = g_new(float, (gsize)*frames);
  for (gint64 i = 0; i < *frames; i++) {
    (*out)[i] = (float)samples[MIN(i * rate / FRAME_RATE, nsamples - 1)] / 32768.0f;
  }
  *measure_json = g_strdup("{\"integrated\":-20}");
  return true;
}

static void write_text(const char *path, const char *text) {
  g_autoptr(GError) error = NULL;
  g_file_set_contents(path, text, -1, &error);
  g_assert_no_error(error);
}

/* Each has a name of its own: what one did is not held against the next. */
static Voice *load_voice(Fixture *f, const char *yaml) {
  static guint count;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_strdup_printf("%s/test%u.yaml", f->folder, ++count);
  write_text(path, yaml);
  Voice *voice = voice_load(path, &error);
  g_assert_no_error(error);
  return voice;
}

static void set_up(Fixture *f, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  f->folder = g_dir_make_tmp("carnet-test-clips-XXXXXX", &error);
  g_assert_no_error(error);
  f->maker = clip_maker_new(f->folder, speakers, finish_plainly, NULL, &error);
  g_assert_no_error(error);
  f->voice = load_voice(f, "voice: fr\nvariant: f2\n");
}

static void tear_down(Fixture *f, gconstpointer data) {
  (void)data;
  voice_free(f->voice);
  clip_maker_free(f->maker);
  folder_remove(f->folder, NULL);
  g_free(f->folder);
}

static Clip *must_get(Fixture *f, const Voice *voice, const char *text) {
  g_autoptr(GError) error = NULL;
  Clip *clip = clip_maker_get(f->maker, voice, text, "fr", &error);
  g_assert_no_error(error);
  g_assert_nonnull(clip);
  g_assert_cmpint(clip->frames, >, 0);
  return clip;
}

static char *repeat(const char *what, guint times) {
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < times; i++) {
    g_string_append(text, what);
  }
  return g_string_free(text, FALSE);
}

static GBytes *read_all(const char *path) {
  g_autoptr(GError) error = NULL;
  GBytes *bytes = file_read(path, 64 << 20, &error);
  g_assert_no_error(error);
  return bytes;
}

/* Where the words that begin with `word` start. */
static gint64 frame_of(const GArray *marks, const char *text, const char *word) {
  gint64 frame = -1;
  for (guint i = 0; i < marks->len && frame < 0; i++) {
    const ClipMark *mark = &g_array_index(marks, ClipMark, i);
    frame = g_str_has_prefix(text + mark->offset, word) ? mark->frame : -1;
  }
  g_assert_cmpint(frame, >=, 0);
  return frame;
}

static void test_speaks(Fixture *f, gconstpointer data) {
  (void)data;
  const char *text = "Bonjour à toutes et tous. Voici le carnet de bord.";
  g_autoptr(Clip) clip = must_get(f, f->voice, text);
  g_assert_true(clip->made);
  g_assert_false(clip->apology);
  g_assert_cmpint(clip->frames, >, 2 * FRAME_RATE);
  g_assert_cmpint(clip->frames, <, 6 * FRAME_RATE);
  gint64 second = frame_of(clip->marks, text, "Voici");
  g_assert_cmpint(second, >, FRAME_RATE);
  g_assert_cmpint(second, <, clip->frames);
}

static void test_starts_and_ends_quietly(Fixture *f, gconstpointer data) {
  (void)data;
  g_autoptr(Clip) clip = must_get(f, f->voice, "Bonjour.");
  g_autoptr(WavReader) wav = wav_reader_open(clip->path, NULL);
  g_autofree float *samples = g_new(float, (gsize)clip->frames);
  g_assert_cmpint(wav_reader_read(wav, 0, samples, clip->frames, NULL), ==, clip->frames);
  g_assert_cmpfloat(fabsf(samples[0]), <, 0.001);
  g_assert_cmpfloat(fabsf(samples[clip->frames - 1]), <, 0.001);
  gint64 first = 0;
  while (first < clip->frames && fabsf(samples[first]) < 0.01) {
    first++;
  }
  g_assert_cmpint(first, <, FRAME_RATE / 10);
}

static void test_cache_hit_is_the_same_file(Fixture *f, gconstpointer data) {
  (void)data;
  g_autoptr(Clip) made = must_get(f, f->voice, "La mairie ouvre à huit heures.");
  g_autoptr(GBytes) before = read_all(made->path);
  g_autoptr(Clip) found = must_get(f, f->voice, "La mairie ouvre à huit heures.");
  g_autoptr(GBytes) after = read_all(found->path);
  g_assert_false(found->made);
  g_assert_cmpstr(found->path, ==, made->path);
  g_assert_true(g_bytes_equal(before, after));
  g_assert_cmpuint(found->marks->len, ==, made->marks->len);
  /* Another setting is another clip. */
  g_autoptr(Voice) slower = load_voice(f, "voice: fr\nvariant: f2\nrate: 120\n");
  g_autoptr(Clip) other = must_get(f, slower, "La mairie ouvre à huit heures.");
  g_assert_cmpstr(other->path, !=, made->path);
  g_assert_cmpint(other->frames, >, made->frames);
}

static void test_same_bytes_whatever_came_before(Fixture *f, gconstpointer data) {
  (void)data;
  const char *text = "Le marché est ouvert. La mairie ferme à midi.";
  g_autoptr(Clip) first = must_get(f, f->voice, text);
  g_autoptr(GBytes) before = read_all(first->path);
  g_autoptr(Clip) other = must_get(f, f->voice, "Une tout autre phrase, pour changer.");
  g_assert_cmpint(g_unlink(first->path), ==, 0);
  g_autoptr(Clip) again = must_get(f, f->voice, text);
  g_autoptr(GBytes) after = read_all(again->path);
  g_assert_true(again->made);
  g_assert_true(g_bytes_equal(before, after));
}

/* After a phrase that kills the library, the next one is spoken as if it stood alone. */
static void test_killer_costs_itself_alone(Fixture *f, gconstpointer data) {
  (void)data;
  g_autofree char *killer = repeat("s'", 150);
  g_autofree char *text = g_strdup_printf("Le marché est ouvert. %s. La mairie ferme à midi.", killer);
  g_autoptr(Speech) alone = speaker_speak(speakers, f->voice, "La mairie ferme à midi.", "fr", 0, NULL);
  g_autoptr(Speech) after = speaker_speak(speakers, f->voice, text, "fr", 0, NULL);
  g_assert_nonnull(alone);
  g_assert_nonnull(after);
  g_assert_cmpuint(alone->simplified, ==, 0);
  g_assert_cmpuint(after->simplified, >, 0);
  gint64 from = frame_of(after->marks, text, "La mairie");
  /* And its words begin at the same moments. */
  g_assert_cmpint(frame_of(after->marks, text, "ferme") - from, ==,
                  frame_of(alone->marks, "La mairie ferme à midi.", "ferme"));
  g_assert_cmpint(after->nsamples - from, ==, alone->nsamples);
  g_assert_cmpint(memcmp(after->samples + from, alone->samples, (gsize)alone->nsamples * 2), ==, 0);
}

/* A voice that leaves a gap before each word: where sound comes after silence, a word begins (or its first stop is
 * released). Of a foreign word eSpeak counts the change of language as a word, which here is a gap of its own. */
static void test_words_begin_where_they_are_heard(Fixture *f, gconstpointer data) {
  (void)data;
  const char *text =
      "La mairie de {Kervalan|/kɛrvalan/} prendra votre {meeting|en} demain matin, toujours gratuitement.";
  static const char *const words[] = {"mairie", "{Kervalan", "prendra",  "votre",
                                      "demain", "matin",     "toujours", "gratuitement"};
  g_autoptr(Voice) voice = load_voice(f, "voice: fr\nrate: 150\nword-gap: 40\n");
  g_autoptr(Speech) speech = speaker_speak(speakers, voice, text, "fr", 0, NULL);
  g_assert_nonnull(speech);
  for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
    gint64 at = frame_of(speech->marks, text, words[i]), nearest = G_MAXINT64;
    guint quiet = 0, silence = speech->rate_hz / 8; /* longer than before any stop */
    for (gint64 s = 0; s < speech->nsamples; s++) {
      bool is_quiet = ABS((int)speech->samples[s]) < 100;
      if (!is_quiet && quiet > silence)
        nearest = ABS(s - at) < ABS(nearest) ? s - at : nearest;
      quiet = is_quiet ? quiet + 1 : 0;
    }
    g_test_message("%s: heard %.1f ms after its mark", words[i], (double)nearest * 1000 / speech->rate_hz);
    g_assert_cmpint(ABS(nearest) * 1000 / speech->rate_hz, <, 50);
  }
}

/* The headline lasts longer, what follows it does not; and it is another clip. */
static void test_headline_is_slower(Fixture *f, gconstpointer data) {
  (void)data;
  const char *text = "La passerelle du canal est fermée. Prenez la route du moulin.";
  g_autoptr(GError) error = NULL;
  g_autoptr(Clip) plain = must_get(f, f->voice, text);
  g_autoptr(Clip) entry = clip_maker_get_entry(f->maker, f->voice, text, "fr", 1, &error);
  g_assert_no_error(error);
  g_assert_true(entry->made);
  gint64 second = frame_of(plain->marks, text, "Prenez"), slow = frame_of(entry->marks, text, "Prenez");
  g_test_message("the headline lasts %.3f times as long", (double)slow / (double)second);
  g_assert_cmpfloat((double)slow, >, 1.03 * (double)second);
  g_assert_cmpfloat((double)slow, <, 1.12 * (double)second);
  g_assert_cmpint(ABS((entry->frames - slow) - (plain->frames - second)), <, FRAME_RATE / 50);
  g_autoptr(Clip) again = clip_maker_get_entry(f->maker, f->voice, text, "fr", 1, &error);
  g_assert_false(again->made);
  g_assert_cmpstr(again->path, ==, entry->path);
}

static void test_damaged_clip_is_made_again(Fixture *f, gconstpointer data) {
  (void)data;
  g_autoptr(Clip) clip = must_get(f, f->voice, "Bonjour.");
  g_autoptr(GBytes) whole = read_all(clip->path);
  static const gsize cuts[] = {0, 10, 60, 2000};
  for (guint i = 0; i < G_N_ELEMENTS(cuts); i++) {
    g_assert_true(g_file_set_contents(clip->path, g_bytes_get_data(whole, NULL), (gssize)cuts[i], NULL));
    g_autoptr(Clip) again = must_get(f, f->voice, "Bonjour.");
    g_autoptr(GBytes) made = read_all(again->path);
    g_assert_true(again->made);
    g_assert_true(g_bytes_equal(whole, made));
  }
  write_text(clip->path, "not a WAV file at all, but long enough to be looked at twice by a reader of headers");
  g_autoptr(Clip) again = must_get(f, f->voice, "Bonjour.");
  g_assert_true(again->made);
}

/* Text that kills the library, straight to the speaker (no normaliser before it). */
static void test_strings_that_abort_espeak(Fixture *f, gconstpointer data) {
  (void)data;
  static const struct {
    const char *what;
    guint times;
  } killers[] = {{"s'", 80},   {"s'", 300},  {"A.", 100}, {"A.", 1000},
                 {"s' ", 200}, {"l'a", 200}, {"(", 3000}, {"a-", 2000}};
  for (guint i = 0; i < G_N_ELEMENTS(killers); i++) {
    g_autofree char *text = repeat(killers[i].what, killers[i].times);
    g_autofree char *sentence = g_strdup_printf("Avant cela. %s", text);
    g_autoptr(Clip) clip = must_get(f, f->voice, sentence);
    g_assert_cmpint(clip->frames, >, FRAME_RATE / 4);
    g_assert_cmpint(clip->frames, <, 300 * FRAME_RATE);
  }
}

static void test_nothing_to_say_is_an_apology(Fixture *f, gconstpointer data) {
  (void)data;
  g_autoptr(Clip) clip = must_get(f, f->voice, "");
  g_assert_true(clip->apology);
  g_assert_cmpint(clip->frames, >, FRAME_RATE);
  g_autoptr(Clip) again = must_get(f, f->voice, "...");
  g_assert_true(again->apology);
  g_assert_false(again->made);
}

static void test_long_text_is_cut(Fixture *f, gconstpointer data) {
  (void)data;
  g_autofree char *text = repeat("Une phrase tout à fait ordinaire. ", 30000); /* 1 MB */
  g_autoptr(Clip) clip = must_get(f, f->voice, text);
  g_assert_cmpint(clip->frames, <, 600 * FRAME_RATE);
  g_assert_cmpuint(clip->marks->len, <, 2000); /* one a word */
}

static void test_unknown_voice_is_input(Fixture *f, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_autoptr(Voice) voice = load_voice(f, "voice: zz-nowhere\n");
  g_autoptr(Clip) clip = clip_maker_get(f->maker, voice, "Bonjour.", "fr", &error);
  g_assert_null(clip);
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_assert_nonnull(strstr(error->message, "zz-nowhere"));
}

static Voice *command_voice(Fixture *f, const char *script) {
  g_autofree char *path = g_build_filename(f->folder, "engine.sh", NULL);
  g_autofree char *content = g_strdup_printf("#!/bin/sh\n%s\n", script);
  write_text(path, content);
  g_chmod(path, 0700);
  g_autofree char *yaml = g_strdup_printf("command: [\"%s\", \"{out}\"]\n", path);
  return load_voice(f, yaml);
}

static void expect_fallback(Fixture *f, const char *script) {
  g_autoptr(Voice) voice = command_voice(f, script);
  g_test_expect_message("carnet", G_LOG_LEVEL_MESSAGE, "*eSpeak NG speaks instead*");
  g_autoptr(Clip) clip = must_get(f, voice, "Bonjour à tous.");
  g_test_assert_expected_messages();
  g_assert_false(clip->apology);
  g_assert_true(clip->instead);
  g_assert_cmpint(clip->frames, >, FRAME_RATE / 2);
}

static void test_command_that_fails(Fixture *f, gconstpointer data) {
  (void)data;
  expect_fallback(f, "exit 1");
  expect_fallback(f, "exit 0");
  expect_fallback(f, "kill -ABRT $$");
  expect_fallback(f, "echo this is no sound > \"$1\"");
  expect_fallback(f, "ln -s /dev/zero \"$1\"");
}

static void test_command_that_floods(Fixture *f, gconstpointer data) {
  (void)data;
  g_autoptr(Voice) voice = load_voice(f, "command: [sh, -c, \"cat /dev/zero\"]\n");
  g_test_expect_message("carnet", G_LOG_LEVEL_MESSAGE, "*eSpeak NG speaks instead*");
  g_autoptr(Clip) clip = must_get(f, voice, "Bonjour.");
  g_test_assert_expected_messages();
  g_assert_false(clip->apology);
}

static void test_command_that_lies(Fixture *f, gconstpointer data) {
  (void)data;
  /* 2 GB promised, 4 bytes there. */
  expect_fallback(f, "printf 'RIFF\\377\\377\\377\\177WAVEfmt "
                     "\\020\\0\\0\\0\\001\\0\\001\\0\\042\\126\\0\\0\\104\\254\\0\\0\\002\\0\\020\\0"
                     "data\\377\\377\\377\\177abcd' > \"$1\"");
  /* A rate of 1 Hz. */
  expect_fallback(
      f, "printf 'RIFF\\050\\0\\0\\0WAVEfmt \\020\\0\\0\\0\\001\\0\\001\\0\\001\\0\\0\\0\\002\\0\\0\\0\\002\\0\\020\\0"
         "data\\004\\0\\0\\0abcd' > \"$1\"");
}

/* A WAV without sound, of silence alone, of 24 bits, with a rate nobody has; half of one. */
static void test_command_that_says_nothing(Fixture *f, gconstpointer data) {
  (void)data;
  expect_fallback(f, ": > \"$1\"");
  expect_fallback(f, "sox -n -r 22050 -b 16 -c 1 \"$1\" trim 0 0");
  expect_fallback(f, "sox -n -r 22050 -b 16 -c 1 \"$1\" trim 0 1");
  expect_fallback(f, "sox -n -r 22050 -b 24 -c 1 \"$1\" synth 1 sine 300");
  expect_fallback(f, "sox -n -r 4000 -b 16 -c 1 \"$1\" synth 1 sine 300");
  expect_fallback(f, "sox -n -r 22050 -b 16 -c 3 \"$1\" synth 1 sine 300");
  expect_fallback(f, "sox -n -r 22050 -b 16 -c 1 -t wav - synth 1 sine 300 | head -c 20000 > \"$1\"");
  expect_fallback(f, "kill -9 $$");
}

/* What is well made is taken, whatever its rate and channels, and loses the silence at its ends. */
static void test_command_of_any_form(Fixture *f, gconstpointer data) {
  (void)data;
  static const char *const FORMS[] = {"-r 8000 -c 1", "-r 44100 -c 2", "-r 48000 -c 1", "-r 96000 -c 2"};
  for (guint i = 0; i < G_N_ELEMENTS(FORMS); i++) {
    g_autofree char *script = g_strdup_printf("sox -D %s -n -b 16 \"$1\" synth 1 square 300 pad 0.5 0.7", FORMS[i]);
    g_autoptr(Voice) voice = command_voice(f, script);
    g_autoptr(Clip) clip = must_get(f, voice, "Bonjour.");
    g_assert_true(clip->made);
    g_assert_false(clip->apology);
    g_assert_false(clip->instead);
    gint64 wanted = FRAME_RATE + FRAME_RATE * (TRIM_LEAD_MS + TRIM_TAIL_MS) / 1000;
    g_test_message("%s: %" G_GINT64_FORMAT " frames", FORMS[i], clip->frames);
    g_assert_cmpint(ABS(clip->frames - wanted), <=, 12); /* two samples of 8 kHz */
  }
}

/* One that hangs has its time once, one that fails is asked three times; then the bulletin goes on without. */
static void test_command_that_is_given_up(Fixture *f, gconstpointer data) {
  (void)data;
  g_autoptr(Voice) hangs = load_voice(f, "command: [sleep, \"60\"]\ndeadline: 1\n");
  g_autoptr(Voice) fails = load_voice(f, "command: [false]\n");
  g_test_expect_message("carnet", G_LOG_LEVEL_MESSAGE, "*took more than 1 s*, from here on");
  g_autoptr(Clip) late = must_get(f, hangs, "Bonjour.");
  g_test_assert_expected_messages();
  for (guint i = 0; i < 3; i++) {
    g_test_expect_message("carnet", G_LOG_LEVEL_MESSAGE,
                          i < 2 ? "*eSpeak NG speaks instead" : "*instead, from here on");
    g_autoptr(Clip) clip = must_get(f, fails, "Bonjour.");
    g_test_assert_expected_messages();
  }
  /* No message from here on: an unexpected one would end the test. */
  g_log_set_always_fatal(G_LOG_FATAL_MASK | G_LOG_LEVEL_MESSAGE);
  g_autoptr(Clip) quick = must_get(f, hangs, "Bonsoir.");
  g_autoptr(Clip) plain = must_get(f, fails, "Bonsoir.");
  g_log_set_always_fatal(G_LOG_FATAL_MASK);
  g_assert_cmpint(quick->frames, ==, plain->frames);
}

static void test_missing_program(Fixture *f, gconstpointer data) {
  (void)data;
  g_autoptr(Voice) voice = load_voice(f, "command: [no-such-program-at-all]\n");
  g_test_expect_message("carnet", G_LOG_LEVEL_MESSAGE, "*eSpeak NG speaks instead*");
  g_autoptr(Clip) clip = must_get(f, voice, "Bonjour.");
  g_test_assert_expected_messages();
  g_assert_false(clip->apology);
}

static void test_flite(Fixture *f, gconstpointer data) {
  (void)data;
  g_autofree char *flite = g_find_program_in_path("flite");
  if (!flite) {
    g_test_skip("flite is not installed");
    return;
  }
  g_autoptr(Voice) voice = load_voice(f, "command: [flite, -voice, slt, -o, \"{out}\"]\n");
  g_autoptr(Clip) clip = must_get(f, voice, "Good morning. This is the logbook.");
  g_assert_false(clip->instead);
  g_assert_cmpint(clip->frames, >, FRAME_RATE);
  g_assert_cmpint(clip->frames, <, 6 * FRAME_RATE);
  g_assert_cmpuint(clip->marks->len, ==, 1);
}

static void test_prune(Fixture *f, gconstpointer data) {
  (void)data;
  g_autoptr(Clip) old = must_get(f, f->voice, "Ancien.");
  g_autoptr(Clip) fresh = must_get(f, f->voice, "Nouveau.");
  struct utimbuf long_ago = {time(NULL) - 40 * 86400, time(NULL) - 40 * 86400};
  g_assert_cmpint(utime(old->path, &long_ago), ==, 0);
  guint count = 0, removed = 0;
  g_assert_cmpint(clips_size(f->folder, &count, NULL), >, 0);
  g_assert_cmpuint(count, ==, 2);
  g_assert_cmpint(clips_prune(f->folder, G_GINT64_CONSTANT(30) * 86400 * G_USEC_PER_SEC, 0, &removed, NULL), >, 0);
  g_assert_cmpuint(removed, ==, 1);
  g_assert_false(g_file_test(old->path, G_FILE_TEST_EXISTS));
  g_assert_true(g_file_test(fresh->path, G_FILE_TEST_EXISTS));
  g_assert_cmpint(clips_prune(f->folder, G_GINT64_CONSTANT(30) * 86400 * G_USEC_PER_SEC, 1, &removed, NULL), >, 0);
  g_assert_false(g_file_test(fresh->path, G_FILE_TEST_EXISTS));
}

static void test_use_protects_from_pruning(Fixture *f, gconstpointer data) {
  (void)data;
  g_autoptr(Clip) clip = must_get(f, f->voice, "Ancien.");
  struct utimbuf long_ago = {time(NULL) - 40 * 86400, time(NULL) - 40 * 86400};
  g_assert_cmpint(utime(clip->path, &long_ago), ==, 0);
  g_autoptr(Clip) used = must_get(f, f->voice, "Ancien.");
  g_assert_cmpint(clips_prune(f->folder, G_GINT64_CONSTANT(30) * 86400 * G_USEC_PER_SEC, 0, NULL, NULL), ==, 0);
}

static void test_ipa_and_version(Fixture *f, gconstpointer data) {
  (void)data;
  g_autofree char *ipa = speaker_ipa(speakers, f->voice, "Bonjour.", NULL);
  g_assert_cmpstr(ipa, ==, "bɔ̃ʒˈuʁ");
  g_assert_true(g_str_has_prefix(speaker_version(), "eSpeak NG 1."));
}

int main(int argc, char **argv) {
  g_autoptr(GError) error = NULL;
  signal(SIGPIPE, SIG_IGN); /* as main does: a voice's program may end without reading */
  speakers = speaker_start(2, true, &error);
  g_test_init(&argc, &argv, NULL);
  g_assert_no_error(error);
  static const struct {
    const char *path;
    void (*test)(Fixture *, gconstpointer);
  } tests[] = {
      {"speaks", test_speaks},
      {"starts-and-ends-quietly", test_starts_and_ends_quietly},
      {"cache-hit-is-the-same-file", test_cache_hit_is_the_same_file},
      {"same-bytes-whatever-came-before", test_same_bytes_whatever_came_before},
      {"killer-costs-itself-alone", test_killer_costs_itself_alone},
      {"headline-is-slower", test_headline_is_slower},
      {"words-begin-where-they-are-heard", test_words_begin_where_they_are_heard},
      {"damaged-clip-is-made-again", test_damaged_clip_is_made_again},
      {"strings-that-abort-espeak", test_strings_that_abort_espeak},
      {"nothing-to-say-is-an-apology", test_nothing_to_say_is_an_apology},
      {"long-text-is-cut", test_long_text_is_cut},
      {"unknown-voice-is-input", test_unknown_voice_is_input},
      {"command-that-fails", test_command_that_fails},
      {"command-that-floods", test_command_that_floods},
      {"command-that-says-nothing", test_command_that_says_nothing},
      {"command-of-any-form", test_command_of_any_form},
      {"command-that-is-given-up", test_command_that_is_given_up},
      {"command-that-lies", test_command_that_lies},
      {"missing-program", test_missing_program},
      {"flite", test_flite},
      {"prune", test_prune},
      {"use-protects-from-pruning", test_use_protects_from_pruning},
      {"ipa-and-version", test_ipa_and_version},
  };
  for (guint i = 0; i < G_N_ELEMENTS(tests); i++) {
    g_autofree char *path = g_strconcat("/speech/clips/", tests[i].path, NULL);
    g_test_add(path, Fixture, NULL, set_up, tests[i].test, tear_down);
  }
  int status = g_test_run();
  nursery_pool_free(speakers);
  return status;
}
