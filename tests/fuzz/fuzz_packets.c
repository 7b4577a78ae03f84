/* A rendered bulletin on its way to the air: packets read out of a file and, for Opus, laid out as pages again,
 * which libogg must find whole. */
#include "fuzz.h"

#include "air/ogg.h"
#include "sound/programme.h"

#include <libavutil/log.h>
#include <ogg/ogg.h>

#define QUEUE_BYTES (1u << 20)

/* Every page is whole, and every packet comes out of them again. */
static void check_pages(GByteArray *pages, guint packets) {
  ogg_sync_state sync;
  ogg_stream_state stream;
  ogg_page page;
  ogg_packet packet;
  guint found = 0;
  ogg_sync_init(&sync);
  ogg_stream_init(&stream, 7);
  memcpy(ogg_sync_buffer(&sync, (long)pages->len), pages->data, pages->len);
  ogg_sync_wrote(&sync, (long)pages->len);
  int status;
  while ((status = ogg_sync_pageout(&sync, &page)) > 0) {
    promise(ogg_stream_pagein(&stream, &page) == 0);
    while (ogg_stream_packetout(&stream, &packet) > 0)
      found++;
  }
  promise(status == 0 && found == packets);
  ogg_stream_clear(&stream);
  ogg_sync_clear(&sync);
}

static void lay_out(PacketQueue *queue, const StreamHeader *header) {
  g_autoptr(GByteArray) pages = g_byte_array_new();
  OggStream stream;
  bool is_opus = header->format == FORMAT_OPUS;
  guint count = 2;
  if (is_opus)
    ogg_begin(&stream, 7, 0, header, "Essai", "Radio du Port", pages);
  for (PacketState state = PACKET_NOT_YET; state != PACKET_END && state != PACKET_FAILED;) {
    Packet packet = {0};
    GError *error = NULL;
    state = packet_queue_take(queue, &packet, &error);
    if (state == PACKET_NOT_YET)
      packet_queue_wait(queue, 60000);
    if (state == PACKET_FAILED)
      fuzz_refused(error);
    if (state != PACKET_READY)
      continue;
    if (is_opus)
      ogg_packets(&stream, &packet, 1, false, pages);
    count++;
    packet_clear(&packet);
  }
  if (is_opus)
    check_pages(pages, count);
}

static void fuzz_packets(const guint8 *data, gsize nbytes) {
  GError *error = NULL;
  const StreamHeader *header = NULL;
  av_log_set_level(AV_LOG_QUIET);
  g_autoptr(PacketQueue) queue = packet_queue_new(QUEUE_BYTES);
  GThread *thread = packets_read_file(fuzz_file(data, nbytes), queue, &error);
  if (thread == NULL) {
    fuzz_refused(error);
    return;
  }
  promise(packet_queue_header(queue, &header) == PACKET_READY);
  lay_out(queue, header);
  g_thread_join(thread);
}

FUZZ_TARGET(fuzz_packets)
