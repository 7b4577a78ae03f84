/* Encoded files, seen by other people's tools: exact lengths, exact places,
 * tags, chapters, cover, and the same bytes twice. */
#include "base/error.h"
#include "sound/programme.h"
#include "sound_material.h"
#include "sound_tools.h"

#include <glib/gstdio.h>

#define SECOND ((gint64)FRAME_RATE)
#define TOTAL (6 * SECOND + 123) /* no codec's frame divides it */
#define IMPULSE_AT (3 * SECOND + 777)

static const ProgrammeOptions sound = {.target_lufs = -16.0, .ceiling_dbtp = -2.0};

typedef struct {
  SoundFormat format;
  const char *file;
  gint64 extra_frames; /* that ffmpeg may decode after the end */
} Row;

/* ffmpeg 5.1 does not cut the last AAC frame at the edit list's end. */
static const Row rows[] = {{FORMAT_MP3, "b.mp3", 0},
                           {FORMAT_OPUS, "b.opus", 0},
                           {FORMAT_FLAC, "b.flac", 0},
                           {FORMAT_WAV, "b.wav", 0},
                           {FORMAT_AAC, "b.m4a", 1023}};

static Timeline *bulletin(const char *folder) {
  g_autofree char *impulse = material_wav(folder, "impulse.wav", 1, SECOND, material_impulse);
  g_autofree char *speech = material_wav(folder, "speech.wav", 1, 2 * SECOND, material_speech);
  Timeline *timeline = timeline_new();
  material_add(timeline, speech, 100, 2 * SECOND, 3.0, true);
  material_add(timeline, impulse, IMPULSE_AT - SECOND / 2, SECOND, 0.0, false);
  material_add(timeline, speech, 4 * SECOND, 2 * SECOND, 3.0, true);
  timeline_close(timeline, TOTAL, 0);
  return timeline;
}

/* A 1×1 PNG. */
static char *write_cover(const char *folder) {
  static const char base64[] = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJ"
                               "RU5ErkJggg==";
  gsize nbytes = 0;
  g_autofree guchar *data = g_base64_decode(base64, &nbytes);
  char *path = g_build_filename(folder, "cover.png", NULL);
  g_assert_true(file_write(path, (const char *)data, (gssize)nbytes, 0644, NULL));
  return path;
}

static ProgrammeTags *some_tags(const char *cover) {
  ProgrammeTags *tags = g_new0(ProgrammeTags, 1);
  tags->title = g_strdup("Le carnet de midi, été");
  tags->artist = g_strdup("Radio de Port-Aurelle");
  tags->album = g_strdup("Carnet d'ondes");
  tags->date = g_strdup("2026-11-23");
  tags->language = g_strdup("fr");
  tags->genre = g_strdup("News");
  tags->comment = g_strdup("Les nouvelles du pays");
  tags->url = g_strdup("https://radio.example/");
  tags->originator = g_strdup("Radio de Port-Aurelle");
  tags->cover = g_strdup(cover);
  tags->loudness_lufs = -16.0;
  tags->chapters = g_array_new(FALSE, FALSE, sizeof(Chapter));
  Chapter chapters[] = {{g_strdup("Ouverture"), 0, 2 * SECOND, NULL},
                        {g_strdup("À Kervalan : l'école"), 2 * SECOND, TOTAL, g_strdup("https://radio.example/1")}};
  g_array_append_vals(tags->chapters, chapters, G_N_ELEMENTS(chapters));
  return tags;
}

/* Renders the bulletin in every format into FOLDER. */
static void render(const char *folder, const char *cover) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Timeline) timeline = bulletin(folder);
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
  Encoding encodings[G_N_ELEMENTS(rows)];
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_ptr_array_add(paths, g_build_filename(folder, rows[i].file, NULL));
    encodings[i] = (Encoding){.format = rows[i].format, .path = paths->pdata[i]};
  }
  g_autoptr(Programme) programme = programme_start(timeline, encodings, G_N_ELEMENTS(rows), &sound, NULL, NULL, &error);
  g_assert_no_error(error);
  g_autoptr(ProgrammeTags) tags = some_tags(cover);
  programme_set_tags(programme, tags);
  bool done = programme_wait(programme, &error);
  g_assert_no_error(error);
  g_assert_true(done);
  g_assert_cmpint(programme_frames(programme), ==, TOTAL);
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) /* nothing is in place yet */
    g_assert_false(g_file_test(paths->pdata[i], G_FILE_TEST_EXISTS));
  g_assert_true(programme_publish(programme, &error));
  g_assert_no_error(error);
}

typedef struct {
  char *folder;
} Fixture;

static void set_up(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  fixture->folder = material_folder();
  g_autofree char *cover = write_cover(fixture->folder);
  render(fixture->folder, cover);
}

static void tear_down(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  material_remove(fixture->folder);
}

static char *made(const Fixture *fixture, const char *file) {
  return g_build_filename(fixture->folder, file, NULL);
}

static void test_exact(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *path = made(fixture, rows[i].file);
    g_autoptr(GBytes) bytes = tool_decode(path);
    const float *heard = g_bytes_get_data(bytes, NULL);
    gint64 frames = (gint64)(g_bytes_get_size(bytes) / (2 * sizeof(float)));
    g_test_message("%s: %" G_GINT64_FORMAT " frames", rows[i].file, frames);
    g_assert_cmpint(frames, >=, TOTAL);
    g_assert_cmpint(frames, <=, TOTAL + rows[i].extra_frames);
    gint64 loudest = 2 * SECOND + SECOND / 2;
    for (gint64 at = loudest; at < 4 * SECOND; at++) {
      loudest = fabsf(heard[2 * at]) > fabsf(heard[2 * loudest]) ? at : loudest;
    }
    bool lossless = rows[i].format == FORMAT_FLAC || rows[i].format == FORMAT_WAV;
    g_assert_cmpint(ABS(loudest - IMPULSE_AT), <=, lossless ? 0 : 2);
    if (lossless) {
      g_assert_cmpfloat(heard[2 * IMPULSE_AT], ==, heard[2 * IMPULSE_AT + 1]);
    }
  }
}

static void test_tags(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  static const struct {
    const char *file;
    const char *says[12];
  } expected[] = {
      {"b.mp3",
       {"chapters.chapter.1.tags.title=\"À Kervalan : l'école\"", "chapters.chapter.1.start_time=\"2.000000\"",
        "REPLAYGAIN_TRACK_GAIN=\"-2.00 dB\"", "tags.language=\"fra\"", "tags.date=\"2026-11-23\"",
        "disposition.attached_pic=1", "tags.comment=\"Les nouvelles du pays\"", "format.tags.genre=\"News\""}},
      {"b.opus",
       {"chapters.chapter.1.tags.title=\"À Kervalan : l'école\"", "R128_TRACK_GAIN=\"-1792\"",
        "disposition.attached_pic=1", "tags.language=\"fr\""}},
      {"b.flac",
       {"chapters.chapter.1.tags.title=\"À Kervalan : l'école\"", "REPLAYGAIN_TRACK_GAIN=\"-2.00 dB\"",
        "disposition.attached_pic=1"}},
      {"b.m4a",
       {"chapters.chapter.1.tags.title=\"À Kervalan : l'école\"", "disposition.attached_pic=1",
        "tags.comment=\"Les nouvelles du pays\""}},
      {"b.wav",
       {"tags.encoded_by=\"Radio de Port-Aurelle\"", "tags.date=\"2026-11-23\"", "bits_per_raw_sample=\"24\""}},
  };
  for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
    g_autofree char *path = made(fixture, expected[i].file);
    g_autofree char *probe = tool_probe(path);
    tool_assert_says(probe, "title=\"Le carnet de midi, été\"");
    tool_assert_says(probe, "artist=\"Radio de Port-Aurelle\"");
    for (guint k = 0; expected[i].says[k] != NULL; k++) {
      tool_assert_says(probe, expected[i].says[k]);
    }
  }
}

/* Players read chapters by the ID3v2 table of contents. */
static void test_id3(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  g_autofree char *path = made(fixture, "b.mp3");
  g_autoptr(GBytes) file = file_read(path, 1u << 24, NULL);
  gsize nbytes = 0;
  const char *data = g_bytes_get_data(file, &nbytes);
  g_assert_cmpint(memcmp(data, "ID3\3", 4), ==, 0);
  static const char *const marks[] = {"CTOC", "CHAP", "APIC", "TIT2", "TLAN", "Info"};
  for (guint i = 0; i < G_N_ELEMENTS(marks); i++) {
    g_assert_nonnull(memmem(data, MIN(nbytes, 8192), marks[i], 4));
  }
}

static void test_bext(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  g_autofree char *path = made(fixture, "b.wav");
  g_autoptr(GBytes) file = file_read(path, 1u << 24, NULL);
  const char *data = g_bytes_get_data(file, NULL);
  const char *chunk = memmem(data, 4096, "bext", 4);
  g_assert_nonnull(chunk);
  const char *bext = chunk + 8; /* EBU Tech 3285: description 256, originator 32, reference 32, date 10, time 8 */
  g_assert_cmpstr(bext, ==, "Le carnet de midi, ete"); /* ASCII only */
  g_assert_true(g_str_has_prefix(bext + 256, "Radio de Port-Aurelle"));
  g_assert_cmpint(memcmp(bext + 320, "2026-11-2300:00:00", 18), ==, 0);
}

static void test_checkers(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  g_autofree char *mp3 = made(fixture, "b.mp3");
  g_autofree char *opus = made(fixture, "b.opus");
  const char *mp3val[] = {"mp3val", mp3, NULL};
  g_autofree char *mp3_report = tool_text(mp3val);
  g_test_message("%s", mp3_report);
  g_assert_null(strstr(mp3_report, "WARNING"));
  tool_assert_says(mp3_report, "ID3v2");
  const char *opusinfo[] = {"opusinfo", opus, NULL};
  g_autofree char *opus_report = tool_text(opusinfo);
  g_assert_null(strstr(opus_report, "WARNING"));
  g_assert_null(strstr(opus_report, "ERROR"));
  tool_assert_says(opus_report, "Pre-skip: 312");
}

static void test_same_bytes(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  g_autofree char *cover = made(fixture, "cover.png");
  char *again = material_folder();
  render(again, cover);
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *first = made(fixture, rows[i].file);
    g_autofree char *second = g_build_filename(again, rows[i].file, NULL);
    g_autoptr(GBytes) a = file_read(first, 1u << 24, NULL);
    g_autoptr(GBytes) b = file_read(second, 1u << 24, NULL);
    g_assert_true(g_bytes_equal(a, b));
  }
  material_remove(again);
}

/* Pictures of other kinds: opusinfo compares what is declared with what is there. */
static void test_covers(void) {
  static const struct {
    const char *name, *pixels;
  } covers[] = {{"cover.jpg", "yuvj420p"}, {"palette.png", "pal8"}, {"grey.jpg", "gray"}, {"deep.png", "rgb48be"}};
  for (guint i = 0; i < (g_test_slow() ? G_N_ELEMENTS(covers) : 2); i++) {
    char *folder = material_folder();
    g_autofree char *cover = g_build_filename(folder, covers[i].name, NULL);
    const char *draw[] = {
        "ffmpeg",         "-v",      "error", "-f",  "lavfi", "-i", "testsrc=s=48x32", "-frames:v", "1", "-pix_fmt",
        covers[i].pixels, "-update", "1",     cover, NULL};
    g_free(tool_text(draw));
    render(folder, cover);
    for (guint k = 0; k < G_N_ELEMENTS(rows); k++) {
      g_autofree char *path = g_build_filename(folder, rows[k].file, NULL);
      g_autofree char *probe = tool_probe(path);
      if (rows[k].format != FORMAT_WAV) {
        tool_assert_says(probe, "disposition.attached_pic=1");
        tool_assert_says(probe, "width=48");
        tool_assert_says(probe, "height=32");
      }
    }
    g_autofree char *opus = g_build_filename(folder, "b.opus", NULL);
    const char *opusinfo[] = {"opusinfo", opus, NULL};
    g_autofree char *report = tool_text(opusinfo);
    g_assert_null(strstr(report, "WARNING"));
    tool_assert_says(report, "48x32");
    material_remove(folder);
  }
}

/* Without tags, nothing is said. A cover that is no picture is refused, and nothing is left. */
static void test_no_tags_and_bad_cover(void) {
  char *folder = material_folder();
  g_autofree char *path = g_build_filename(folder, "out.mp3", NULL);
  g_autofree char *bad = g_build_filename(folder, "impulse.wav", NULL);
  for (guint i = 0; i < 2; i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(Timeline) timeline = bulletin(folder);
    Encoding encoding = {.format = FORMAT_MP3, .path = path};
    g_autoptr(Programme) programme = programme_start(timeline, &encoding, 1, &sound, NULL, NULL, &error);
    g_assert_no_error(error);
    ProgrammeTags tags = {.cover = bad};
    if (i == 1) {
      programme_set_tags(programme, &tags);
    }
    g_assert_true(programme_publish(programme, &error) == (i == 0));
    if (i == 0) {
      g_assert_cmpint(tool_decoded_frames(path), ==, TOTAL);
      g_assert_cmpint(g_unlink(path), ==, 0);
    } else {
      g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
      g_assert_nonnull(strstr(error->message, "impulse.wav"));
      g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    }
  }
  material_remove(folder);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add("/encode/exact", Fixture, NULL, set_up, test_exact, tear_down);
  g_test_add("/encode/tags", Fixture, NULL, set_up, test_tags, tear_down);
  g_test_add("/encode/id3", Fixture, NULL, set_up, test_id3, tear_down);
  g_test_add("/encode/bext", Fixture, NULL, set_up, test_bext, tear_down);
  g_test_add("/encode/checkers", Fixture, NULL, set_up, test_checkers, tear_down);
  g_test_add("/encode/same-bytes", Fixture, NULL, set_up, test_same_bytes, tear_down);
  g_test_add_func("/encode/covers", test_covers);
  g_test_add_func("/encode/no-tags-and-bad-cover", test_no_tags_and_bad_cover);
  return g_test_run();
}
