#include "air/ogg.h"

#include <ogg/ogg.h>
#include <string.h>

/* What a reader that is not ours (libogg) finds in a stream. */
typedef struct {
  GPtrArray *packets; /* GBytes */
  GArray *granules;   /* gint64, of each page */
  guint pages, last_pages, lost;
  int serial;
} Reading;

static void reading_free(Reading *reading) {
  g_ptr_array_unref(reading->packets);
  g_array_unref(reading->granules);
  g_free(reading);
}

static void free_bytes(gpointer bytes) {
  g_bytes_unref(bytes);
}

static void read_page(Reading *reading, ogg_stream_state *stream, ogg_page *page) {
  if (reading->pages == 0) {
    g_assert_true(ogg_page_bos(page));
    reading->serial = ogg_page_serialno(page);
    ogg_stream_init(stream, reading->serial);
  }
  gint64 granule = ogg_page_granulepos(page);
  g_array_append_val(reading->granules, granule);
  g_assert_cmpint(ogg_page_pageno(page), ==, (long)reading->pages++);
  g_assert_cmpint(ogg_stream_pagein(stream, page), ==, 0);
  reading->last_pages += ogg_page_eos(page) ? 1 : 0;
  ogg_packet packet;
  for (int got; (got = ogg_stream_packetout(stream, &packet)) != 0;) {
    if (got > 0)
      g_ptr_array_add(reading->packets, g_bytes_new(packet.packet, (gsize)packet.bytes));
    else
      reading->lost++;
  }
}

static Reading *read_stream(const GByteArray *bytes) {
  Reading *reading = g_new0(Reading, 1);
  reading->packets = g_ptr_array_new_with_free_func(free_bytes);
  reading->granules = g_array_new(FALSE, FALSE, sizeof(gint64));
  ogg_sync_state sync;
  ogg_stream_state stream = {0};
  ogg_page page;
  ogg_sync_init(&sync);
  memcpy(ogg_sync_buffer(&sync, (long)bytes->len), bytes->data, bytes->len);
  ogg_sync_wrote(&sync, (long)bytes->len);
  for (int got; (got = ogg_sync_pageout(&sync, &page)) != 0;) {
    g_assert_cmpint(got, >, 0); /* a bad checksum or a gap is -1 */
    read_page(reading, &stream, &page);
  }
  ogg_stream_clear(&stream);
  ogg_sync_clear(&sync);
  return reading;
}

static const guint8 HEAD[] = {'O', 'p', 'u', 's', 'H', 'e', 'a', 'd', 1, 2, 0x38, 1, 0x80, 0xbb, 0, 0, 0, 0, 0};

static void begin(OggStream *stream, gint64 origin_frame, const char *title, GByteArray *out) {
  g_autoptr(GBytes) head = g_bytes_new(HEAD, sizeof HEAD);
  StreamHeader header = {.format = FORMAT_OPUS, .channels = 2, .preskip_frames = 312, .header = head};
  ogg_begin(stream, 0xfedcba98u, origin_frame, &header, title, "Radio d'Aurelle", out);
}

static GArray *packets_of(guint n, gsize nbytes, gint64 start_frame) {
  GArray *packets = g_array_new(FALSE, FALSE, sizeof(Packet));
  for (guint i = 0; i < n; i++) {
    g_autofree guint8 *data = g_malloc(nbytes + 1);
    memset(data, (int)(i % 256), nbytes);
    Packet packet = {.start_frame = start_frame + (gint64)i * 960, .frames = 960, .data = g_bytes_new(data, nbytes)};
    g_array_append_val(packets, packet);
  }
  return packets;
}

static void free_packets(GArray *packets) {
  for (guint i = 0; i < packets->len; i++)
    packet_clear(&g_array_index(packets, Packet, i));
  g_array_unref(packets);
}

static void test_headers(void) {
  g_autoptr(GByteArray) out = g_byte_array_new();
  OggStream stream;
  begin(&stream, 0, "Le marché, à 9 h", out);
  Reading *reading = read_stream(out);
  g_assert_cmpuint(reading->pages, ==, 2); /* each header alone on its page: RFC 7845, section 3 */
  g_assert_cmpuint(reading->packets->len, ==, 2);
  g_assert_cmpuint((guint)reading->serial, ==, 0xfedcba98u);
  g_autoptr(GBytes) head = g_bytes_new(HEAD, sizeof HEAD);
  g_assert_true(g_bytes_equal(reading->packets->pdata[0], head));
  gsize nbytes;
  const char *tags = g_bytes_get_data(reading->packets->pdata[1], &nbytes);
  g_assert_cmpint(memcmp(tags, "OpusTags", 8), ==, 0);
  g_assert_nonnull(memmem(tags, nbytes, "TITLE=Le marché, à 9 h", strlen("TITLE=Le marché, à 9 h")));
  g_assert_nonnull(memmem(tags, nbytes, "ARTIST=Radio d'Aurelle", strlen("ARTIST=Radio d'Aurelle")));
  reading_free(reading);
}

/* What has no title, or an empty one, does not claim any. */
static void test_no_title(void) {
  static const char *const NONE[] = {NULL, ""};
  for (gsize i = 0; i < G_N_ELEMENTS(NONE); i++) {
    g_autoptr(GByteArray) out = g_byte_array_new();
    OggStream stream;
    begin(&stream, 0, NONE[i], out);
    g_assert_null(memmem(out->data, out->len, "TITLE", 5));
    g_assert_nonnull(memmem(out->data, out->len, "ARTIST=", 7));
  }
}

/* Packets of every awkward length come out as they went in. */
static void test_packets_of_every_length(void) {
  static const gsize lengths[] = {0, 1, 254, 255, 256, 509, 510, 511, 1275, 70000};
  for (guint i = 0; i < G_N_ELEMENTS(lengths); i++) {
    g_autoptr(GByteArray) out = g_byte_array_new();
    OggStream stream;
    begin(&stream, 0, NULL, out);
    GArray *packets = packets_of(300, lengths[i], 0);
    ogg_packets(&stream, (const Packet *)(gpointer)packets->data, packets->len, true, out);
    Reading *reading = read_stream(out);
    g_assert_cmpuint(reading->packets->len, ==, 302);
    g_assert_cmpuint(reading->lost, ==, 0);
    g_assert_cmpuint(reading->last_pages, ==, 1);
    for (guint n = 0; n < 300; n++)
      g_assert_true(g_bytes_equal(reading->packets->pdata[n + 2], g_array_index(packets, Packet, n).data));
    g_assert_cmpint(g_array_index(reading->granules, gint64, reading->pages - 1), ==, 300 * 960 + 312);
    reading_free(reading);
    free_packets(packets);
  }
}

/* A connection in the middle of the programme counts from its own beginning. */
static void test_granules_count_from_this_connection(void) {
  g_autoptr(GByteArray) out = g_byte_array_new();
  OggStream stream;
  begin(&stream, 480000, NULL, out);
  for (guint i = 0; i < 5; i++) {
    GArray *packets = packets_of(10, 160, 480000 + i * 9600);
    ogg_packets(&stream, (const Packet *)(gpointer)packets->data, packets->len, false, out);
    free_packets(packets);
  }
  ogg_packets(&stream, NULL, 0, true, out);
  Reading *reading = read_stream(out);
  static const gint64 expected[] = {0, 0, 9912, 19512, 29112, 38712, 48312, 48312};
  g_assert_cmpuint(reading->granules->len, ==, G_N_ELEMENTS(expected));
  for (guint i = 0; i < G_N_ELEMENTS(expected); i++)
    g_assert_cmpint(g_array_index(reading->granules, gint64, i), ==, expected[i]);
  g_assert_cmpuint(reading->last_pages, ==, 1);
  g_assert_cmpuint(reading->packets->len, ==, 52);
  reading_free(reading);
}

static void test_nothing_is_no_page(void) {
  g_autoptr(GByteArray) out = g_byte_array_new();
  OggStream stream = {0};
  ogg_packets(&stream, NULL, 0, false, out);
  g_assert_cmpuint(out->len, ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/air/ogg/headers", test_headers);
  g_test_add_func("/air/ogg/no-title", test_no_title);
  g_test_add_func("/air/ogg/lengths", test_packets_of_every_length);
  g_test_add_func("/air/ogg/granules", test_granules_count_from_this_connection);
  g_test_add_func("/air/ogg/nothing", test_nothing_is_no_page);
  return g_test_run();
}
