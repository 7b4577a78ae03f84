/* A feed: each packet taken once, when it is due, and kept for mounts that come later. */
#include "air/feed.h"
#include "base/error.h"

#include <string.h>

static const StreamHeader HEADER = {0};

static void push(PacketQueue *queue, gint64 start_frame, const char *bytes) {
  g_assert_true(packet_queue_push(queue, start_frame, 1000, g_bytes_new(bytes, strlen(bytes))));
}

static void test_when_it_is_due(void) {
  g_autoptr(PacketQueue) queue = packet_queue_new(1 << 20);
  Feed *feed = feed_new(queue);
  g_assert_false(feed_ready(feed)); /* nothing is known of it */
  g_assert_false(feed_has_begun(feed));
  packet_queue_set_header(queue, &HEADER);
  g_assert_false(feed_ready(feed)); /* what it is, but no sound yet */
  g_assert_null(feed_take(feed, 10000));
  g_assert_false(feed_has_begun(feed));
  for (int i = 0; i < 4; i++)
    push(queue, 1000 * i - 500, "abcd");
  g_assert_true(feed_ready(feed));
  const Chunk *first = feed_take(feed, 1500);
  g_assert_cmpint(first->start_frame, ==, -500);
  g_assert_cmpint(first->end_frame, ==, 1500);
  g_assert_cmpuint(first->packets->len, ==, 2);
  g_assert_cmpuint(first->joined->len, ==, 8);
  g_assert_true(feed_has_begun(feed));
  g_assert_null(feed_take(feed, 1500)); /* the next one begins just then */
  const Chunk *second = feed_take(feed, 9000);
  g_assert_cmpint(second->end_frame, ==, 3500);
  feed_trim(feed, 1500);
  g_assert_cmpuint(feed->chunks.length, ==, 1);
  feed_trim(feed, 3500);
  g_assert_cmpuint(feed->chunks.length, ==, 0);
  g_assert_true(feed_has_begun(feed)); /* though the next packet is late */
  packet_queue_finish(queue);
  g_assert_null(feed_take(feed, 99000));
  g_assert_true(feed->ended);
  g_assert_null(feed->failure);
  g_assert_true(feed_ready(feed));
  g_assert_null(feed_take(feed, 99000));
  feed_free(feed);
  feed_free(NULL);
}

/* An encoder that ends without a sound, or fails at once, keeps nobody waiting. */
static void test_without_sound(void) {
  for (int fails = 0; fails < 2; fails++) {
    g_autoptr(PacketQueue) queue = packet_queue_new(1 << 20);
    g_autoptr(GError) error = g_error_new(CARNET_ERROR, CARNET_ERROR_SYSTEM, "the encoder is lost");
    Feed *feed = feed_new(queue);
    if (fails)
      packet_queue_fail(queue, error);
    else
      packet_queue_finish(queue);
    g_assert_true(feed_ready(feed));
    g_assert_true(feed->ended);
    g_assert_cmpint(feed->failure != NULL, ==, fails);
    g_assert_false(feed_has_begun(feed));
    feed_free(feed);
  }
}

/* Who feeds a feed that is gone is told. */
static void test_gone(void) {
  g_autoptr(PacketQueue) queue = packet_queue_new(1 << 20);
  feed_free(feed_new(queue));
  g_assert_false(packet_queue_push(queue, 0, 1000, g_bytes_new("a", 1)));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/feed/when-it-is-due", test_when_it_is_due);
  g_test_add_func("/feed/without-sound", test_without_sound);
  g_test_add_func("/feed/gone", test_gone);
  return g_test_run();
}
