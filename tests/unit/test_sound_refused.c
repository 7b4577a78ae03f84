/* What an encoding, a cover, a broadcast WAV and the monitor refuse: disks that are full, pictures and packets that are
 * not what they say. */
#include "base/error.h"
#include "sound/bext.h"
#include "sound/decode.h"
#include "sound/encode.h"
#include "sound/lavf.h"
#include "sound/tags.h"
#include "sound_material.h"
#include "sound_tools.h"

#include <glib/gstdio.h>
#include <libavutil/mem.h>
#include <signal.h>
#include <sys/resource.h>

static char *folder;

static char *in_folder(const char *name) {
  return g_build_filename(folder, name, NULL);
}

static char *made_by_ffmpeg(const char *arguments, const char *name) {
  g_autofree char *path = in_folder(name);
  g_autofree char *line = g_strdup_printf("ffmpeg -nostdin -v error -y %s %s", arguments, path);
  g_auto(GStrv) argv = g_strsplit(line, " ", -1);
  g_free(tool_text((const char *const *)argv));
  return g_steal_pointer(&path);
}

/* No file of ours may become longer, as on a full disk; -1: any length again. */
static void limit_files(gint64 nbytes) {
  struct rlimit limit;
  g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = nbytes < 0 ? limit.rlim_max : (rlim_t)nbytes;
  g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &limit), ==, 0);
}

/* Whatever size a file declares, libav* is not given as much. */
static void test_large_allocation(void) {
  lavf_start();
  g_autofree void *most = av_malloc(LAVF_MOST_BYTES / 2);
  g_assert_nonnull(most);
  g_assert_null(av_malloc(LAVF_MOST_BYTES + 1));
}

/* --- encodings ---------------------------------------------------------------------- */

static bool add_noise(Encoder *encoder, guint blocks, GError **error) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(3);
  bool added = true;
  for (guint i = 0; added && i < blocks; i++) {
    g_autoptr(Block) block = block_new((gint64)i * 4800, 4800);
    for (guint k = 0; k < 4800 * PROGRAMME_CHANNELS; k++) {
      block->samples[k] = (float)g_rand_double_range(rand, -0.5, 0.5);
    }
    added = encoder_add(encoder, block, error);
  }
  return added;
}

static void test_bit_rates(void) {
  static const struct {
    Encoding encoding;
    const char *begins; /* the failure's message; NULL: taken, or the nearest that the codec has */
  } rows[] = {
      {{FORMAT_OPUS, 9000, NULL, NULL}, "opus: "}, {{FORMAT_OPUS, 1, NULL, NULL}, NULL},
      {{FORMAT_MP3, 320, NULL, NULL}, NULL},       {{FORMAT_MP3, 9000, NULL, NULL}, NULL},
      {{FORMAT_AAC, 9000, NULL, NULL}, NULL},      {{FORMAT_FLAC, 9000, NULL, NULL}, NULL},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(Encoder) encoder = encoder_new(&rows[i].encoding, &error);
    g_assert_true((encoder == NULL) == (rows[i].begins != NULL));
    if (encoder == NULL) {
      g_assert_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
      g_assert_true(g_str_has_prefix(error->message, rows[i].begins));
    }
  }
}

/* Without a file: nothing to begin, to keep or to publish. */
static void test_packets_only(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(PacketQueue) queue = packet_queue_new(1u << 20);
  const Encoding encoding = {FORMAT_OPUS, 0, NULL, queue};
  g_autoptr(Encoder) encoder = encoder_new(&encoding, &error);
  g_assert_no_error(error);
  g_assert_true(encoder_file_begun(encoder));
  g_assert_null(encoder_draft_path(encoder));
  g_assert_true(add_noise(encoder, 3, &error));
  g_assert_cmpuint(encoder_held_bytes(encoder), ==, 0);
  g_assert_true(encoder_finish(encoder, &error));
  g_assert_true(encoder_publish(encoder, &error));
  g_assert_no_error(error);
  gint64 frames = 0;
  Packet packet;
  while (packet_queue_take(queue, &packet, &error) == PACKET_READY) {
    frames += packet.frames;
    packet_clear(&packet);
  }
  g_assert_cmpint(frames, >=, 3 * 4800);
}

/* What is louder than full scale is cut there; it does not wrap round. */
static void test_too_loud(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = in_folder("loud.wav");
  const Encoding encoding = {FORMAT_WAV, 0, path, NULL};
  const ProgrammeTags tags = {0};
  g_autoptr(Encoder) encoder = encoder_new(&encoding, &error);
  g_autoptr(Block) block = block_new(0, 4800);
  for (guint i = 0; i < 4800 * PROGRAMME_CHANNELS; i++) {
    block->samples[i] = i % 2 == 0 ? 1.5f : -1.5f;
  }
  g_assert_true(encoder_begin_file(encoder, &tags, &error) && encoder_add(encoder, block, &error));
  g_assert_true(encoder_finish(encoder, &error) && encoder_publish(encoder, &error));
  g_autoptr(GBytes) bytes = tool_decode(path);
  const float *heard = g_bytes_get_data(bytes, NULL);
  g_assert_cmpuint(g_bytes_get_size(bytes), ==, 4800 * 2 * sizeof(float));
  for (guint i = 0; i < 4800; i++) {
    g_assert_cmpfloat(heard[2 * i], >=, 0.9999f);
    g_assert_cmpfloat(heard[2 * i + 1], <=, -0.9999f);
  }
}

static void test_full_disk(void) {
  static const struct {
    gint64 nbytes; /* that fit */
    guint before, after;
    bool held, written, finished; /* what still succeeds */
  } rows[] = {
      {100, 1, 0, true, true, false},        /* told by the last flush */
      {100000, 40, 40, false, false, false}, /* by what was kept until the header */
      {300000, 2, 40, true, false, false},   /* by a block */
  };
  const ProgrammeTags tags = {0};
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = NULL;
    g_autofree char *path = in_folder("full.wav");
    const Encoding encoding = {FORMAT_WAV, 0, path, NULL};
    g_autoptr(Encoder) encoder = encoder_new(&encoding, &error);
    g_assert_no_error(error);
    g_assert_true(add_noise(encoder, rows[i].before, &error));
    g_assert_cmpuint(encoder_held_bytes(encoder), >, 0);
    limit_files(rows[i].nbytes);
    bool held = encoder_begin_file(encoder, &tags, &error);
    bool written = held && add_noise(encoder, rows[i].after, &error);
    bool finished = written && encoder_finish(encoder, &error);
    limit_files(-1);
    g_assert_true(held == rows[i].held && written == rows[i].written && finished == rows[i].finished);
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
    g_assert_true(g_str_has_prefix(error->message, path));
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
  }
}

/* --- covers -------------------------------------------------------------------------- */

#define PNG "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
#define SIZE "\0\0\0\x30\0\0\0\x20"

typedef struct {
  const char *name, *bytes;
  gsize nbytes;
  guint32 width, height, depth, colours;
} CoverRow;

static const CoverRow covers[] = {
    {"grey", PNG SIZE "\x08\0\0\0\0CRC.", 33, 48, 32, 8, 0},
    {"a-colour-type-that-is-none", PNG SIZE "\x08\x09\0\0\0CRC.", 33, 48, 32, 24, 0},
    {"palette-missing", PNG SIZE "\x08\x03\0\0\0CRC.", 33, 48, 32, 24, 0},
    {"palette-after-another-chunk", PNG SIZE "\x08\x03\0\0\0CRC.\0\0\0\1gAMA.CRC.\0\0\0\6PLTEaaabbbCRC.", 33 + 13 + 18,
     48, 32, 24, 2},
    {"chunk-longer-than-the-file", PNG SIZE "\x08\x03\0\0\0CRC.\xff\xff\xff\xffgAMA", 41, 48, 32, 24, 0},
    {"jpeg", "\xff\xd8\xff\xc0\0\x11\x08\0\x20\0\x30\3", 12, 48, 32, 24, 0},
    {"jpeg-cut-in-its-frame", "\xff\xd8\xff\xc0\0\x11\x08\0\x20\0\x30", 11, 48, 32, 24, 0},
    {"jpeg-of-tables", "\xff\xd8\xff\xc4\0\2\xff\xc8\0\2\xff\xcc\0\2\xff\xe0\0\2\xff\xfe\0\2", 22, 0, 0, 0, 0},
    {"jpeg-of-a-marker-below-the-frames", "\xff\xd8\xff\x01\0\2\xff\xc0\0\x11\x08\0\x20\0\x30\3", 16, 48, 32, 24, 0},
    {"jpeg-that-goes-astray", "\xff\xd8\xff\xe0\0\3..........", 16, 0, 0, 0, 0},
};

static guint32 word(const guchar *at) {
  return (guint32)at[0] << 24 | (guint32)at[1] << 16 | (guint32)at[2] << 8 | at[3];
}

/* In the block that Opus carries: what a player reads of the picture before it decodes it. */
static void test_cover_headers(void) {
  g_autofree char *path = in_folder("cover");
  for (gsize i = 0; i < G_N_ELEMENTS(covers); i++) {
    const CoverRow *row = &covers[i];
    g_test_message("%s", row->name);
    g_autoptr(GError) error = NULL;
    g_assert_true(file_write(path, row->bytes, (gssize)row->nbytes, 0644, NULL));
    AVFormatContext *output = avformat_alloc_context();
    AVPacket *packet = NULL;
    bool applied = cover_apply(output, FORMAT_OPUS, path, &packet, &error);
    g_assert_no_error(error);
    g_assert_true(applied && packet == NULL);
    gsize n = 0;
    g_autofree guchar *block =
        g_base64_decode(av_dict_get(output->metadata, "METADATA_BLOCK_PICTURE", NULL, 0)->value, &n);
    const guchar *form = block + 8 + word(block + 4) + 4; /* behind the type, the MIME type, no description */

    g_assert_cmpuint(word(form), ==, row->width);
    g_assert_cmpuint(word(form + 4), ==, row->height);
    g_assert_cmpuint(word(form + 8), ==, row->depth);
    g_assert_cmpuint(word(form + 12), ==, row->colours);
    g_assert_cmpuint(word(form + 16), ==, row->nbytes);
    avformat_free_context(output);
  }
}

static void test_not_a_cover(void) {
  static const char *const contents[] = {"", "GIF", "GIF89a and more than thirty-three bytes", "\x89PNG\r\n\x1a\n"};
  g_autofree char *path = in_folder("cover"), *missing = in_folder("missing.png");
  AVFormatContext *output = avformat_alloc_context();
  AVPacket *packet = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(contents); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_true(file_write(path, contents[i], -1, 0644, NULL));
    g_assert_false(cover_apply(output, FORMAT_MP3, path, &packet, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    g_assert_nonnull(strstr(error->message, path));
  }
  g_autoptr(GError) error = NULL;
  g_assert_false(cover_apply(output, FORMAT_MP3, missing, &packet, &error));
  g_assert_nonnull(strstr(error->message, missing));
  g_assert_cmpuint(output->nb_streams, ==, 0);
  avformat_free_context(output);
}

/* --- the loudness of a broadcast WAV ---------------------------------------------------- */

#define BEXT_BYTES 602 /* EBU Tech 3285: without a coding history */

static char *write_riff(const char *chunk, guint32 declared, gsize nbytes) {
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  g_autofree guint8 *body = g_malloc0(nbytes);
  const guint32 size = GUINT32_TO_LE(declared);
  g_byte_array_append(bytes, (const guint8 *)"RIFF\0\0\0\0WAVEodd \3\0\0\0...\0", 24);
  g_byte_array_append(bytes, (const guint8 *)chunk, 4);
  g_byte_array_append(bytes, (const guint8 *)&size, 4);
  g_byte_array_append(bytes, body, (guint)nbytes);
  g_byte_array_append(bytes, (const guint8 *)"data\0\0\0\0", 8);
  char *path = in_folder("bext.wav");
  g_assert_true(file_write(path, (const char *)bytes->data, bytes->len, 0644, NULL));
  return path;
}

static void test_bext_fields(void) {
  static const guint8 expected[] = {0xf8, 0xf8, /* -18.00 */ 0xff, 0x7f, /* 400 LU: not told */
                                    0x38, 0xff, /* -2.00 */ 0xff,  0x7f, /* silence: not told */ 0xff, 0x7f};
  g_autofree char *path = write_riff("bext", BEXT_BYTES, BEXT_BYTES);
  g_autoptr(GError) error = NULL;
  const BextLoudness loudness = {-18.0, 400.0, -2.0, -INFINITY, -70.0};
  g_assert_true(bext_set_loudness(path, &loudness, &error));
  g_assert_no_error(error);
  g_autofree char *bytes = NULL;
  g_assert_true(g_file_get_contents(path, &bytes, NULL, NULL));
  const char *bext = bytes + 24 + 8;
  g_assert_cmpint(bext[346], ==, 2);
  g_assert_true(memcmp(bext + 412, expected, sizeof expected) == 0);
}

static void test_bext_refused(void) {
  static const struct {
    const char *chunk;
    guint32 declared;
    gsize nbytes;
  } rows[] = {{"odd2", 20, 20}, {"bext", 400, 400}, {"data", 0, 0}, {"odd2", 0xfffffff0, 20}};
  const BextLoudness loudness = {-18.0, 5.0, -2.0, -15.0, -16.0};
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *path = write_riff(rows[i].chunk, rows[i].declared, rows[i].nbytes);
    g_autoptr(GError) error = NULL;
    g_assert_false(bext_set_loudness(path, &loudness, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_BUG);
  }
  g_autofree char *missing = in_folder("missing.wav"), *full = write_riff("bext", BEXT_BYTES, BEXT_BYTES);
  g_autoptr(GError) error = NULL;
  g_assert_false(bext_set_loudness(missing, &loudness, &error));
  g_assert_nonnull(strstr(error->message, missing));
  g_clear_error(&error);
  static const gint64 room[] = {100, 400}; /* the fields lie behind it; the version fits, the loudness does not */
  for (gsize i = 0; i < G_N_ELEMENTS(room); i++) {
    limit_files(room[i]);
    g_assert_false(bext_set_loudness(full, &loudness, &error));
    limit_files(-1);
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
    g_assert_nonnull(strstr(error->message, full));
    g_clear_error(&error);
  }
}

/* --- the monitor ------------------------------------------------------------------------- */

static void hear_file(Monitor *monitor, const char *path) {
  g_autoptr(SoundFile) file = sound_file_open(path, NULL);
  g_assert_nonnull(file);
  const AVPacket *packet = NULL;
  gint64 played = 0;
  while (sound_file_next_packet(file, &packet, &played, NULL) && packet != NULL) {
    g_autoptr(GBytes) bytes = g_bytes_new(packet->data, (gsize)packet->size);
    monitor_hear(monitor, bytes);
  }
}

#define MP3 "-f lavfi -i sine=f=440:r=48000:d=1 -b:a 64k "

static void test_monitor_refuses(void) {
  static const struct {
    const char *first, *second, *says;
  } rows[] = {
      {MP3 "-ac 2", MP3 "-ac 1", "changes"},
      {MP3 "-ac 2 -ar 48000", MP3 "-ac 2 -ar 44100", "changes"},
      {MP3 "-ac 2 -ar 48000", MP3 "-ac 2 -c:a libopus", "damaged"}, /* packets of another codec */
      {MP3 "-ac 1 -ar 11025", NULL, ""},                            /* what the meter cannot take */
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    AVCodecParameters parameters = {.codec_type = AVMEDIA_TYPE_AUDIO, .codec_id = AV_CODEC_ID_MP3};
    g_autoptr(GError) error = NULL;
    g_autoptr(Monitor) monitor = monitor_new(&parameters, 0, &error);
    g_assert_no_error(error);
    g_autofree char *first = made_by_ffmpeg(rows[i].first, "first.mp3");
    hear_file(monitor, first);
    if (rows[i].second != NULL) {
      bool opus = strstr(rows[i].second, "opus") != NULL;
      g_autofree char *second = made_by_ffmpeg(rows[i].second, opus ? "second.opus" : "second.mp3");
      hear_file(monitor, second);
    }
    Heard heard;
    g_assert_false(monitor_finish(monitor, &heard, &error));
    g_assert_nonnull(error);
    tool_assert_says(error->message, rows[i].says);
  }
}

static void test_monitor_without_decoder(void) {
  AVCodecParameters parameters = {.codec_type = AVMEDIA_TYPE_AUDIO, .codec_id = AV_CODEC_ID_NONE};
  g_autoptr(GError) error = NULL;
  g_assert_null(monitor_new(&parameters, 0, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  (void)signal(SIGXFSZ, SIG_IGN); /* as the program does: a failed write is told */
  folder = material_folder();
  g_test_add_func("/sound/refused/bit-rates", test_bit_rates);
  g_test_add_func("/sound/refused/packets-only", test_packets_only);
  g_test_add_func("/sound/refused/large-allocation", test_large_allocation);
  g_test_add_func("/sound/refused/too-loud", test_too_loud);
  g_test_add_func("/sound/refused/full-disk", test_full_disk);
  g_test_add_func("/sound/refused/cover-headers", test_cover_headers);
  g_test_add_func("/sound/refused/not-a-cover", test_not_a_cover);
  g_test_add_func("/sound/refused/bext-fields", test_bext_fields);
  g_test_add_func("/sound/refused/bext", test_bext_refused);
  g_test_add_func("/sound/refused/monitor", test_monitor_refuses);
  g_test_add_func("/sound/refused/monitor-without-decoder", test_monitor_without_decoder);
  int status = g_test_run();
  material_remove(folder);
  return status;
}
