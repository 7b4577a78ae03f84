/* A short programme for the tests of air/, encoded by ffmpeg, as packets. */
#ifndef CARNET_TESTS_AIR_PROGRAMME_H
#define CARNET_TESTS_AIR_PROGRAMME_H

#include "base/wav.h"
#include "sound/packets.h"

#include <glib/gstdio.h>
#include <ogg/ogg.h>
#include <string.h>

#define MP3_FRAME 1152 /* MPEG-1 layer III */

typedef struct {
  SoundFormat format;
  GPtrArray *packets; /* GBytes */
  GByteArray *joined;
  guint frames; /* of each packet */
  GBytes *head; /* OpusHead */
} Programme;

static inline void unref_bytes(gpointer bytes) {
  g_bytes_unref(bytes);
}

static inline void programme_add(Programme *programme, const void *data, gsize nbytes) {
  g_ptr_array_add(programme->packets, g_bytes_new(data, nbytes));
  g_byte_array_append(programme->joined, data, (guint)nbytes);
}

/* Constant bit rate, 48 kHz: each frame's length is 144 × bit rate / 48000, and one with padding. */
static inline void split_mp3(Programme *programme, const guint8 *data, gsize nbytes) {
  static const guint kbps[] = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0};
  programme->frames = MP3_FRAME;
  for (gsize at = 0; at + 4 <= nbytes;) {
    g_assert_cmphex(data[at] << 8 | (data[at + 1] & 0xfe), ==, 0xfffa);
    gsize length = kbps[data[at + 2] >> 4] * 3 + (data[at + 2] >> 1 & 1);
    g_assert_cmpuint(at + length, <=, nbytes);
    programme_add(programme, data + at, length);
    at += length;
  }
}

static inline void split_opus(Programme *programme, const guint8 *data, gsize nbytes) {
  ogg_sync_state sync;
  ogg_stream_state stream = {0};
  ogg_page page;
  ogg_packet packet;
  guint n = 0;
  programme->frames = 960;
  ogg_sync_init(&sync);
  memcpy(ogg_sync_buffer(&sync, (long)nbytes), data, nbytes);
  ogg_sync_wrote(&sync, (long)nbytes);
  while (ogg_sync_pageout(&sync, &page) == 1) {
    if (n == 0)
      ogg_stream_init(&stream, ogg_page_serialno(&page));
    ogg_stream_pagein(&stream, &page);
    for (; ogg_stream_packetout(&stream, &packet) == 1; n++) {
      if (n == 0)
        programme->head = g_bytes_new(packet.packet, (gsize)packet.bytes);
      if (n > 1)
        programme_add(programme, packet.packet, (gsize)packet.bytes);
    }
  }
  ogg_stream_clear(&stream);
  ogg_sync_clear(&sync);
}

/* A tone that rises, so that each moment of it can be told from the others. */
static inline Programme *programme_make(SoundFormat format, double seconds) {
  g_autofree char *source =
      g_strdup_printf("aevalsrc='0.3*sin(2*PI*(300+60*t)*t)|0.3*sin(2*PI*(500+90*t)*t)':s=48000:d=%.3f", seconds);
  const char *mp3[] = {"ffmpeg", "-v",         "error", "-f",   "lavfi",       "-i", source,
                       "-c:a",   "libmp3lame", "-b:a",  "128k", "-write_xing", "0",  "-id3v2_version",
                       "0",      "-f",         "mp3",   "-",    NULL};
  const char *opus[] = {"ffmpeg",  "-v",   "error", "-f", "lavfi", "-i", source, "-c:a",
                        "libopus", "-b:a", "64k",   "-f", "opus",  "-",  NULL};
  g_autofree char *path = g_build_filename(g_get_tmp_dir(), "carnet-air-programme-XXXXXX", NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *data = NULL;
  gsize nbytes = 0;
  int fd = g_mkstemp(path);
  const char **argv = format == FORMAT_MP3 ? mp3 : opus;
  for (guint i = 0; argv[i]; i++)
    if (strcmp(argv[i], "-") == 0)
      argv[i] = path;
  GPtrArray *with_y = g_ptr_array_new();
  for (guint i = 0; argv[i]; i++)
    g_ptr_array_add(with_y, (gpointer)argv[i]);
  g_ptr_array_insert(with_y, 1, (gpointer) "-y");
  g_ptr_array_add(with_y, NULL);
  int status = 0;
  g_spawn_sync(NULL, (char **)with_y->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error(error);
  g_assert_cmpint(status, ==, 0);
  g_ptr_array_unref(with_y);
  g_assert_true(g_file_get_contents(path, &data, &nbytes, NULL));
  close(fd);
  g_unlink(path);
  Programme *programme = g_new0(Programme, 1);
  programme->format = format;
  programme->packets = g_ptr_array_new_with_free_func(unref_bytes);
  programme->joined = g_byte_array_new();
  (format == FORMAT_MP3 ? split_mp3 : split_opus)(programme, (const guint8 *)data, nbytes);
  g_assert_cmpuint(programme->packets->len, >, 10);
  return programme;
}

/* MP3 frames of 128 kbit/s that no decoder reads, for servers that do not care; each tells its number. */
static inline Programme *programme_of_bytes(double seconds) {
  Programme *programme = g_new0(Programme, 1);
  programme->format = FORMAT_MP3;
  programme->frames = MP3_FRAME;
  programme->packets = g_ptr_array_new_with_free_func(unref_bytes);
  programme->joined = g_byte_array_new();
  for (guint32 i = 0; i < (guint)(seconds * FRAME_RATE / MP3_FRAME); i++) {
    guint8 frame[384] = {0xff, 0xfb, 0x94};
    for (gsize at = 4; at + 4 <= sizeof frame; at += 4)
      memcpy(frame + at, &i, 4);
    programme_add(programme, frame, sizeof frame);
  }
  return programme;
}

static inline void programme_free(Programme *programme) {
  g_ptr_array_unref(programme->packets);
  g_byte_array_unref(programme->joined);
  g_clear_pointer(&programme->head, g_bytes_unref);
  g_free(programme);
}

/* As an encoder would: header, packets, end. */
static inline PacketQueue *programme_queue(const Programme *programme) {
  PacketQueue *queue = packet_queue_new(64u << 20);
  StreamHeader header = {.format = programme->format,
                         .bitrate_kbps = programme->format == FORMAT_MP3 ? 128 : 64,
                         .channels = 2,
                         .preskip_frames = programme->format == FORMAT_MP3 ? 0 : 312,
                         .header = programme->head};
  packet_queue_set_header(queue, &header);
  for (guint i = 0; i < programme->packets->len; i++)
    g_assert_true(packet_queue_push(queue, (gint64)i * programme->frames, programme->frames,
                                    g_bytes_ref(programme->packets->pdata[i])));
  packet_queue_finish(queue);
  return queue;
}

#endif
