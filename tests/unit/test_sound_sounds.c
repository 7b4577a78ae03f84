/* Outside sound: every common format comes in whole and at its level; damaged, foreign and hostile files stay out. */
#include "base/error.h"
#include "base/files.h"
#include "base/wav.h"
#include "sound/measure.h"
#include "sound/sounds.h"
#include "sound_tools.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

static NurseryPool *decoders;
static char *folder, *cache;

static char *in_folder(const char *name) {
  return g_build_filename(folder, name, NULL);
}

/* Runs ffmpeg with blank-separated arguments; the last one is a name in the folder. */
static char *make_file(const char *arguments, const char *name) {
  return tool_make(folder, arguments, name);
}

static char *prepare(const char *path, gint64 *frames) {
  g_autoptr(GError) error = NULL;
  char *prepared = sound_prepare(decoders, path, cache, frames, &error);
  g_assert_no_error(error);
  g_assert_nonnull(prepared);
  return prepared;
}

#define SINE(hz, rate, seconds) "-f lavfi -i sine=f=" hz ":r=" rate ":d=" seconds
#define STEREO "-f lavfi -i aevalsrc=0.2*sin(2*PI*440*t)|0.1*sin(2*PI*660*t):s=44100:d=2"

static const struct {
  const char *name, *arguments;
  double seconds, lufs; /* lufs 0: not looked at */
} formats[] = {
    {"s16.wav", STEREO, 2.0, -16.7},
    {"s24.wav", STEREO " -c:a pcm_s24le", 2.0, -16.7},
    {"f32.wav", STEREO " -c:a pcm_f32le", 2.0, -16.7},
    {"u8.wav", STEREO " -c:a pcm_u8", 2.0, -16.7},
    {"alaw.wav", STEREO " -ar 8000 -c:a pcm_alaw", 2.0, 0.0},
    {"big.aiff", STEREO, 2.0, -16.7},
    {"wide.w64", STEREO, 2.0, -16.7},
    {"whole.flac", STEREO, 2.0, -16.7},
    {"sound.mp3", STEREO " -b:a 192k", 2.0, -16.7},
    {"low.mp3", STEREO " -ar 22050 -b:a 64k", 2.0, -16.7},
    {"bare.mp3", STEREO " -write_xing 0 -id3v2_version 0", 2.05, -16.7},
    {"vorbis.ogg", STEREO, 2.0, -16.7},
    {"sound.opus", STEREO " -c:a libopus -b:a 96k", 2.0, -16.7},
    {"sound.m4a", STEREO " -c:a aac -b:a 160k", 2.0, -16.7},
    {"piped.wav", STEREO " -f wav -seekable 0", 2.0, -16.7},
    {"lossless.m4a", STEREO " -c:a alac", 2.0, -16.7},
    {"bare.aac", STEREO " -c:a aac -b:a 160k", 2.05, -16.7},
    {"mono.wav", SINE("1000", "48000", "2"), 2.0, -18.0},
    {"slow.mp3", SINE("1000", "8000", "2"), 2.0, 0.0}, /* its encoder's padding alone is 0.2 s */
    {"mono-22050.wav", SINE("1000", "22050", "2"), 2.0, -18.0},
    {"mono-96000.flac", SINE("1000", "96000", "2"), 2.0, -18.0},
    {"surround.flac", SINE("1000", "48000", "2") " -ac 6", 2.0, 0.0},
    {"tiny.wav", SINE("1000", "48000", "0.01"), 0.01, 0.0},
};

static void test_formats(void) {
  for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
    g_autofree char *path = make_file(formats[i].arguments, formats[i].name);
    gint64 frames = 0;
    g_autofree char *prepared = prepare(path, &frames);
    g_autoptr(GError) error = NULL;
    g_autoptr(WavReader) wav = wav_reader_open(prepared, &error);
    g_assert_no_error(error);
    Measure measure;
    g_assert_true(measure_parse(wav_reader_info(wav), &measure, &error));
    g_assert_no_error(error);
    g_test_message("%s: %" G_GINT64_FORMAT " frames, %.2f LUFS", formats[i].name, frames, measure.integrated_lufs);
    g_assert_cmpint(frames, ==, wav_reader_frames(wav));
    if (formats[i].seconds == 2.0) {
      g_assert_cmpint(ABS(frames - 2 * FRAME_RATE), <=, 1); /* the delay and the padding of encoders are taken off */
    }
    g_assert_cmpuint(wav_reader_channels(wav), ==, 2);
    g_assert_cmpfloat_with_epsilon((double)frames / FRAME_RATE, formats[i].seconds, 0.03);
    g_assert_cmpuint(measure.n_blocks, ==, (guint)((frames + 4799) / 4800));
    if (formats[i].lufs < 0.0) {
      g_assert_cmpfloat_with_epsilon(measure.integrated_lufs, formats[i].lufs, 0.5);
    }
    measure_clear(&measure);
  }
}

/* Lossless sound of 48 kHz comes out as it went in, in its place, sample by sample. */
static void test_lossless_is_the_same(void) {
  g_autofree char *path = make_file(SINE("997", "48000", "1") " -ac 1", "exact.flac");
  gint64 frames = 0;
  g_autofree char *prepared = prepare(path, &frames);
  g_assert_cmpint(frames, ==, FRAME_RATE);
  g_autoptr(WavReader) wav = wav_reader_open(prepared, NULL);
  g_autofree float *samples = g_new(float, (gsize)frames * 2);
  g_assert_cmpint(wav_reader_read(wav, 0, samples, frames, NULL), ==, frames);
  for (gint64 i = 0; i < frames; i++) {
    double ideal = 0.125 * sin(2.0 * G_PI * 997.0 * (double)i / FRAME_RATE);
    g_assert_cmpfloat_with_epsilon((double)samples[i * 2], ideal, 2e-4);
    g_assert_cmpfloat(samples[i * 2], ==, samples[i * 2 + 1]); /* one channel: both, at the same level */
  }
}

/* Tags and a cover do not disturb. */
static void test_cover_is_left_alone(void) {
  g_autofree char *cover = make_file("-f lavfi -i color=red:s=300x300 -frames:v 1", "cover.png");
  g_autofree char *sound = make_file(STEREO, "plain.wav");
  g_autofree char *arguments = g_strdup_printf(
      "-i %s -i %s -map 0:a -map 1:v -c:v copy -id3v2_version 3 -metadata title=x -disposition:v:0 attached_pic", sound,
      cover);
  g_autofree char *path = make_file(arguments, "covered.mp3");
  gint64 frames = 0;
  g_free(prepare(path, &frames));
  g_assert_cmpint(frames, ==, 2 * FRAME_RATE);
}

static void assert_refused(const char *path, const char *what) {
  g_autoptr(GError) error = NULL;
  g_autofree char *prepared = sound_prepare(decoders, path, cache, NULL, &error);
  if (prepared != NULL) {
    g_test_message("%s was taken", path);
    g_test_fail();
    return;
  }
  g_test_message("%s", error->message);
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_assert_true(g_str_has_prefix(error->message, path));
  if (what != NULL) {
    g_assert_nonnull(strstr(error->message, what));
  }
}

static char *write_file(const char *name, const char *content, gssize nbytes) {
  char *path = in_folder(name);
  g_assert_true(g_file_set_contents(path, content, nbytes, NULL));
  return path;
}

/* A copy of `path` of which only `keep` is left, `from` on of which is noise. */
static char *damage(const char *path, const char *name, double keep, double from, double until) {
  g_autofree char *content = NULL;
  gsize nbytes = 0;
  g_assert_true(g_file_get_contents(path, &content, &nbytes, NULL));
  g_autoptr(GRand) rand = g_rand_new_with_seed(5);
  for (gsize i = (gsize)((double)nbytes * from); i < (gsize)((double)nbytes * until); i++) {
    content[i] = (char)g_rand_int(rand);
  }
  return write_file(name, content, (gssize)((double)nbytes * keep));
}

static void test_damaged(void) {
  static const char *const sources[] = {"whole.flac", "s16.wav", "sound.m4a", "big.aiff"};
  for (gsize i = 0; i < G_N_ELEMENTS(sources); i++) {
    g_autofree char *whole = make_file(STEREO, sources[i]);
    g_autofree char *name = g_strdup_printf("cut-%s", sources[i]);
    g_autofree char *cut = damage(whole, name, 0.5, 0.0, 0.0);
    assert_refused(cut, NULL);
  }
  g_autofree char *flac = in_folder("whole.flac");
  g_autofree char *noise = damage(flac, "noise-inside.flac", 1.0, 0.4, 0.45);
  assert_refused(noise, "damaged");
  g_autofree char *headless = damage(flac, "noise-first.flac", 1.0, 0.0, 0.2);
  assert_refused(headless, NULL);
  g_autofree char *mp3 = make_file(STEREO, "to-damage.mp3");
  g_autofree char *all_noise = damage(mp3, "all-noise.mp3", 1.0, 0.0, 1.0);
  assert_refused(all_noise, NULL);
  g_autofree char *head_only = damage(flac, "head-only.flac", 0.02, 0.0, 0.0);
  assert_refused(head_only, NULL);
  /* Cut by less than a packet, as a recorder that was switched off leaves it: taken. */
  g_autofree char *last_packet = damage(mp3, "last-packet.mp3", 0.998, 0.0, 0.0);
  g_free(prepare(last_packet, NULL));
}

static void test_foreign(void) {
  g_autofree char *missing = in_folder("missing.wav");
  assert_refused(missing, "No such file");
  assert_refused(folder, "not a file");
  g_autofree char *empty = write_file("empty.flac", "", 0);
  assert_refused(empty, "empty");
  g_autofree char *text = write_file("text.mp3", "Bonjour, ceci est un texte.\n", -1);
  assert_refused(text, NULL);
  g_autofree char *zeros_content = g_malloc0(200000);
  g_autofree char *zeros = write_file("zeros.mp3", zeros_content, 200000);
  assert_refused(zeros, NULL);
  g_autofree char *pipe = in_folder("pipe.wav");
  g_assert_cmpint(mkfifo(pipe, 0600), ==, 0);
  assert_refused(pipe, "not a file");
  g_autofree char *picture = make_file("-f lavfi -i color=red:s=64x64 -frames:v 1", "picture.png");
  assert_refused(picture, NULL);
  g_autofree char *matroska = make_file(STEREO, "sound.mka");
  assert_refused(matroska, NULL);
  g_autofree char *adpcm = make_file(STEREO " -c:a adpcm_ms", "adpcm.wav");
  assert_refused(adpcm, "adpcm_ms");
  g_autofree char *silent_film = make_file("-f lavfi -i color=red:s=64x64:d=1 -c:v mpeg4", "film.mp4");
  assert_refused(silent_film, "no sound");
}

/* Files that make libav* open other files, or that never end. */
static void test_hostile(void) {
  g_autofree char *secret = make_file(STEREO, "secret.wav");
  g_autofree char *concat_text = g_strdup_printf("ffconcat version 1.0\nfile %s\n", secret);
  g_autofree char *concat = write_file("concat.wav", concat_text, -1);
  assert_refused(concat, NULL);
  g_autofree char *playlist_text =
      g_strdup_printf("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://%s\n#EXT-X-ENDLIST\n", secret);
  g_autofree char *playlist = write_file("playlist.mp3", playlist_text, -1);
  assert_refused(playlist, NULL);
  /* An hour and a half that weighs nothing: a sparse file. */
  g_autofree char *head = make_file("-f lavfi -i anullsrc=r=8000:cl=mono -t 0.1 -c:a pcm_u8 -bitexact", "head.wav");
  g_autofree char *content = NULL;
  gsize nbytes = 0;
  g_assert_true(g_file_get_contents(head, &content, &nbytes, NULL));
  guint32 claimed = GUINT32_TO_LE(5400u * 8000u);
  memcpy(content + 40, &claimed, 4);
  g_autofree char *endless = write_file("endless.wav", content, 44);
  g_assert_cmpint(truncate(endless, 44 + 5400 * 8000), ==, 0);
  assert_refused(endless, "longer than 60 minutes");
  g_autofree char *odd = write_file("a\"b;rm -rf $(x)\n.wav", "RIFF", 4);
  assert_refused(odd, NULL);
}

/* Each names another file, which holds sound; none may be opened. */
static void test_names_others(void) {
  g_autofree char *secret = make_file(STEREO, "other.wav");
  g_autofree char *pattern = in_folder("frame%03d.png");
  const struct {
    const char *name, *head, *tail;
  } files[] = {
      {"sdp.mp3", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\na=", "\n"},
      {"hls.mp3", "#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:2,\n", "\n#EXT-X-ENDLIST\n"},
      {"hls-http.ogg", "#EXTM3U\n#EXTINF:2,\nhttp://127.0.0.1:9/", "\n#EXT-X-ENDLIST\n"},
      {"subfile.wav", "ffconcat version 1.0\nfile subfile,,start,0,end,0,,:", "\n"},
      {"concat.flac", "ffconcat version 1.0\nfile '", "'\n"},
      {"dash.m4a", "<MPD><Period><AdaptationSet><Representation><BaseURL>",
       "</BaseURL></Representation></AdaptationSet></Period></MPD>"},
      {"pls.mp3", "[playlist]\nFile1=", "\nNumberOfEntries=1\n"},
      {"asx.aac", "<asx><entry><ref href=\"", "\"/></entry></asx>"},
      {"script.wav", "AVSource(\"", "\")\n"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
    g_autofree char *content = g_strconcat(files[i].head, secret, files[i].tail, NULL);
    g_autofree char *path = write_file(files[i].name, content, -1);
    assert_refused(path, NULL);
  }
  g_free(make_file("-f lavfi -i color=red:s=16x16 -frames:v 1", "frame001.png"));
  assert_refused(pattern, "No such file"); /* a name is a name: no pattern, no protocol */
  static const char *const protocols[] = {"http://127.0.0.1:9/x.wav", "concat:/etc/passwd", "pipe:0", "data:,x"};
  for (gsize i = 0; i < G_N_ELEMENTS(protocols); i++) {
    assert_refused(protocols[i], "No such file");
  }
}

/* What is not a number, or infinite, or absurd, is made into sound or refused, never passed on. */
static void test_absurd_numbers(void) {
  static const guint32 words[] = {0x7fc00000, 0xffc00000, 0x7f800000, 0xff800000, 0x7f7fffff, 0x7fc00001};
  g_autofree char *whole = make_file(STEREO " -c:a pcm_f32le -bitexact", "floats.wav");
  g_autofree char *content = NULL;
  gsize nbytes = 0;
  g_assert_true(g_file_get_contents(whole, &content, &nbytes, NULL));
  for (gsize at = 4000; at + 4 <= nbytes && at < 40000; at += 4) {
    guint32 word = GUINT32_TO_LE(words[at / 4 % G_N_ELEMENTS(words)]);
    memcpy(content + at, &word, 4);
  }
  g_autofree char *path = write_file("not-numbers.wav", content, (gssize)nbytes);
  gint64 frames = 0;
  g_autofree char *prepared = prepare(path, &frames);
  g_autoptr(WavReader) wav = wav_reader_open(prepared, NULL);
  Measure measure;
  g_assert_true(measure_parse(wav_reader_info(wav), &measure, NULL));
  g_assert_true(isfinite(measure.integrated_lufs));
  measure_clear(&measure);
  static const guint32 rates[] = {0, 1, 3999, 400000, 0x7fffffff, 0xffffffff};
  for (gsize i = 0; i < G_N_ELEMENTS(rates); i++) {
    guint32 rate = GUINT32_TO_LE(rates[i]);
    memcpy(content + 24, &rate, 4);
    g_autofree char *name = g_strdup_printf("rate-%u.wav", rates[i]);
    g_autofree char *odd = write_file(name, content, (gssize)nbytes);
    assert_refused(odd, NULL);
  }
}

/* --- a decoding process that lies ---------------------------------------------------- */

static bool decode_nothing(const char *request, gsize nbytes, int out_fd, gpointer user, GError **error) {
  (void)request, (void)nbytes, (void)out_fd, (void)user, (void)error;
  return true;
}

static bool decode_three_bytes(const char *request, gsize nbytes, int out_fd, gpointer user, GError **error) {
  (void)request, (void)nbytes, (void)out_fd, (void)user, (void)error;
  return write(nursery_lent(1), "abc", 3) == 3;
}

static bool decode_for_ever(const char *request, gsize nbytes, int out_fd, gpointer user, GError **error) {
  (void)request, (void)nbytes, (void)out_fd, (void)user, (void)error;
  return ftruncate(nursery_lent(1), ((off_t)SOUND_MAX_SECONDS + 60) * FRAME_RATE * 4) == 0; /* a hole */
}

static bool decode_and_die(const char *request, gsize nbytes, int out_fd, gpointer user, GError **error) {
  (void)request, (void)nbytes, (void)out_fd, (void)user, (void)error;
  g_assert_cmpint(write(nursery_lent(1), "abcdabcd", 8), ==, 8);
  _exit(9);
}

static void test_lying_decoder(void) {
  static const struct {
    NurseryTask task;
    int kind;
    const char *what;
  } liars[] = {
      {decode_nothing, CARNET_ERROR_INPUT, "holds no sound"},
      {decode_three_bytes, CARNET_ERROR_INPUT, "holds no sound"},
      {decode_for_ever, CARNET_ERROR_INPUT, "longer than 60 minutes"},
      {decode_and_die, CARNET_ERROR_SYSTEM, "failed"},
  };
  g_autofree char *path = make_file(SINE("450", "44100", "1"), "victim.wav");
  NurseryLimits limits = {.deadline_ms = 20000};
  for (gsize i = 0; i < G_N_ELEMENTS(liars); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(NurseryPool) pool = nursery_pool_new(1, NULL, liars[i].task, NULL, &limits, &error);
    g_autofree char *prepared = sound_prepare(pool, path, cache, NULL, &error);
    g_assert_null(prepared);
    g_test_message("%s", error->message);
    g_assert_error(error, CARNET_ERROR, liars[i].kind);
    g_assert_nonnull(strstr(error->message, liars[i].what));
  }
  g_free(prepare(path, NULL)); /* the true one: nothing of theirs was kept */
}

static void test_cache(void) {
  g_autofree char *path = make_file(SINE("300", "44100", "6"), "jingle.flac");
  gint64 frames = 0, again = 0;
  gint64 before = g_get_monotonic_time();
  g_autofree char *first = prepare(path, &frames);
  gint64 first_us = g_get_monotonic_time() - before;
  struct stat made, kept;
  g_assert_cmpint(g_stat(first, &made), ==, 0);

  /* The same content under another name is the same sound. */
  g_autofree char *content = NULL;
  gsize nbytes = 0;
  g_assert_true(g_file_get_contents(path, &content, &nbytes, NULL));
  g_autofree char *twin = write_file("twin.flac", content, (gssize)nbytes);
  g_autofree char *second = prepare(twin, &again);
  g_assert_cmpstr(second, ==, first);
  g_assert_cmpint(again, ==, frames);

  g_usleep(2100000);           /* the change time cannot be set back: that is why it is looked at */
  g_free(prepare(path, NULL)); /* at rest now: remembered */
  before = g_get_monotonic_time();
  g_autofree char *third = prepare(path, &again);
  gint64 hit_us = g_get_monotonic_time() - before;
  g_assert_cmpstr(third, ==, first);
  g_assert_cmpint(again, ==, frames);
  g_assert_cmpint(g_stat(first, &kept), ==, 0);
  g_assert_cmpuint(kept.st_ino, ==, made.st_ino);
  g_test_message("a jingle of 6 s: %.1f ms, then %.2f ms", (double)first_us / 1e3, (double)hit_us / 1e3);

  /* Other content in the same place, with the old time of modification. */
  struct stat was;
  g_assert_cmpint(g_stat(path, &was), ==, 0);
  g_free(make_file(SINE("500", "44100", "6"), "jingle.flac"));
  struct utimbuf times = {was.st_atime, was.st_mtime};
  g_assert_cmpint(utime(path, &times), ==, 0);
  g_autofree char *other = prepare(path, NULL);
  g_assert_cmpstr(other, !=, first);

  /* A prepared file that was cut is made again, with the same bytes: nothing in it depends on the hour. */
  g_autofree char *whole = NULL, *remade = NULL;
  gsize whole_nbytes = 0, remade_nbytes = 0;
  g_assert_true(g_file_get_contents(other, &whole, &whole_nbytes, NULL));
  g_assert_cmpint(truncate(other, 1000), ==, 0);
  g_autofree char *mended = prepare(path, &again);
  g_assert_cmpstr(mended, ==, other);
  g_assert_cmpint(again, ==, frames);
  g_assert_true(g_file_get_contents(mended, &remade, &remade_nbytes, NULL));
  g_assert_cmpuint(remade_nbytes, ==, whole_nbytes);
  g_assert_true(memcmp(remade, whole, whole_nbytes) == 0);
}

static void test_nothing_left_behind(void) {
  g_autofree char *sounds = g_build_filename(cache, "sounds", NULL);
  g_autoptr(GDir) dir = g_dir_open(sounds, 0, NULL);
  g_assert_nonnull(dir);
  for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
    g_assert_true(g_str_has_suffix(name, ".wav"));
    g_assert_null(strstr(name, ".part-"));
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_autoptr(GError) error = NULL;
  decoders = decoder_start(1, false, &error);
  g_assert_no_error(error);
  folder = g_dir_make_tmp("carnet-sounds-XXXXXX", NULL);
  cache = g_build_filename(folder, "cache", NULL);
  g_test_add_func("/sound/sounds/formats", test_formats);
  g_test_add_func("/sound/sounds/lossless-is-the-same", test_lossless_is_the_same);
  g_test_add_func("/sound/sounds/cover-is-left-alone", test_cover_is_left_alone);
  g_test_add_func("/sound/sounds/damaged", test_damaged);
  g_test_add_func("/sound/sounds/foreign", test_foreign);
  g_test_add_func("/sound/sounds/hostile", test_hostile);
  g_test_add_func("/sound/sounds/names-others", test_names_others);
  g_test_add_func("/sound/sounds/absurd-numbers", test_absurd_numbers);
  g_test_add_func("/sound/sounds/lying-decoder", test_lying_decoder);
  g_test_add_func("/sound/sounds/cache", test_cache);
  g_test_add_func("/sound/sounds/nothing-left-behind", test_nothing_left_behind);
  int status = g_test_run();
  g_assert_true(folder_remove(folder, NULL));
  nursery_pool_free(decoders);
  g_free(cache);
  g_free(folder);
  return status;
}
