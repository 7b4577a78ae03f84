#include "air/feed.h"

static void chunk_free(gpointer data) {
  Chunk *chunk = data;
  g_array_unref(chunk->packets);
  g_byte_array_unref(chunk->joined);
  g_free(chunk);
}

static void clear_packet(gpointer packet) {
  packet_clear(packet);
}

static Chunk *chunk_new(void) {
  Chunk *chunk = g_new0(Chunk, 1);
  chunk->packets = g_array_new(FALSE, FALSE, sizeof(Packet));
  g_array_set_clear_func(chunk->packets, clear_packet);
  chunk->joined = g_byte_array_new();
  return chunk;
}

Feed *feed_new(PacketQueue *queue) {
  Feed *feed = g_new0(Feed, 1);
  feed->queue = packet_queue_ref(queue);
  g_queue_init(&feed->chunks);
  return feed;
}

void feed_free(Feed *feed) {
  if (!feed)
    return;
  packet_queue_cancel(feed->queue);
  packet_queue_unref(feed->queue);
  g_queue_clear_full(&feed->chunks, chunk_free);
  g_clear_error(&feed->failure);
  g_free(feed);
}

bool feed_ready(Feed *feed) {
  if (feed->ended)
    return true;
  if (!feed->header && packet_queue_header(feed->queue, &feed->header) == PACKET_NOT_YET)
    return false;
  if (packet_queue_next_frame(feed->queue) != -1)
    return true;
  feed_take(feed, G_MININT64); /* notices an end without sound, and a failure */
  return feed->ended;
}

bool feed_has_begun(const Feed *feed) {
  return feed->header && (feed->chunks.length > 0 || feed->taken_frame > 0);
}

/* Appends the next packet if it starts before `until_frame`. */
static bool take_one(Feed *feed, Chunk *chunk, gint64 until_frame) {
  gint64 next_frame = packet_queue_next_frame(feed->queue); /* -1: none (an MP3 may begin before 0) */
  if (next_frame != -1 && next_frame >= until_frame)
    return false;
  Packet packet = {0};
  PacketState state = packet_queue_take(feed->queue, &packet, &feed->failure);
  if (state != PACKET_READY) {
    feed->ended = state != PACKET_NOT_YET;
    return false;
  }
  gsize nbytes;
  const guint8 *bytes = g_bytes_get_data(packet.data, &nbytes);
  g_byte_array_append(chunk->joined, bytes, (guint)nbytes);
  g_array_append_val(chunk->packets, packet);
  feed->taken_frame = packet.start_frame + packet.frames;
  return true;
}

const Chunk *feed_take(Feed *feed, gint64 until_frame) {
  if (feed->ended)
    return NULL;
  if (!feed->header)
    packet_queue_header(feed->queue, &feed->header);
  Chunk *chunk = chunk_new();
  while (take_one(feed, chunk, until_frame))
    continue;
  if (chunk->packets->len == 0) {
    chunk_free(chunk);
    return NULL;
  }
  chunk->start_frame = g_array_index(chunk->packets, Packet, 0).start_frame;
  chunk->end_frame = feed->taken_frame;
  g_queue_push_tail(&feed->chunks, chunk);
  return chunk;
}

void feed_trim(Feed *feed, gint64 frame) {
  for (Chunk *oldest; (oldest = g_queue_peek_head(&feed->chunks)) && oldest->end_frame <= frame;)
    chunk_free(g_queue_pop_head(&feed->chunks));
}
