/* The queue of packets between an encoder's thread and playout's. */
#include "base/error.h"
#include "sound/packets.h"

static GBytes *bytes(gsize n) {
  return g_bytes_new_take(g_malloc0(n), n);
}

static void test_order_and_end(void) {
  g_autoptr(PacketQueue) queue = packet_queue_new(1000);
  g_autoptr(GError) error = NULL;
  Packet packet;
  g_assert_cmpint(packet_queue_take(queue, &packet, &error), ==, PACKET_NOT_YET);
  g_assert_cmpint(packet_queue_next_frame(queue), ==, -1);
  g_assert_true(packet_queue_push(queue, 0, 960, bytes(10)));
  g_assert_true(packet_queue_push(queue, 960, 960, bytes(20)));
  packet_queue_finish(queue);
  g_assert_cmpint(packet_queue_next_frame(queue), ==, 0);
  for (gint64 i = 0; i < 2; i++) {
    g_assert_cmpint(packet_queue_take(queue, &packet, &error), ==, PACKET_READY);
    g_assert_cmpint(packet.start_frame, ==, 960 * i);
    g_assert_cmpuint(g_bytes_get_size(packet.data), ==, (gsize)(10 + 10 * i));
    packet_clear(&packet);
  }
  g_assert_cmpint(packet_queue_take(queue, &packet, &error), ==, PACKET_END);
  g_assert_false(packet_queue_push(queue, 1920, 960, bytes(5))); /* after the end */
  g_assert_no_error(error);
}

static void test_header(void) {
  g_autoptr(PacketQueue) queue = packet_queue_new(1000);
  const StreamHeader *seen = NULL;
  g_assert_cmpint(packet_queue_header(queue, &seen), ==, PACKET_NOT_YET);
  g_assert_null(seen);
  g_autoptr(GBytes) head = bytes(19);
  StreamHeader header = {
      .format = FORMAT_OPUS, .bitrate_kbps = 64, .channels = 2, .preskip_frames = 312, .header = head};
  packet_queue_set_header(queue, &header);
  g_clear_pointer(&head, g_bytes_unref);
  g_assert_cmpint(packet_queue_header(queue, &seen), ==, PACKET_READY);
  g_assert_cmpuint(seen->preskip_frames, ==, 312);
  g_assert_cmpuint(g_bytes_get_size(seen->header), ==, 19);
}

typedef struct {
  PacketQueue *queue;
  gint pushed;  /* atomic */
  gint refused; /* atomic */
} Pusher;

static gpointer push_many(gpointer data) {
  Pusher *pusher = data;
  for (gint64 i = 0; i < 100; i++) {
    if (!packet_queue_push(pusher->queue, i * 960, 960, bytes(100))) {
      g_atomic_int_set(&pusher->refused, 1);
      break;
    }
    g_atomic_int_inc(&pusher->pushed);
  }
  return NULL;
}

/* Waits until the pusher stands still at `n`. */
static void wait_for_pushed(Pusher *pusher, gint n) {
  for (guint i = 0; i < 500 && g_atomic_int_get(&pusher->pushed) < n; i++) {
    g_usleep(2000);
  }
  g_usleep(10000);
  g_assert_cmpint(g_atomic_int_get(&pusher->pushed), ==, n);
}

static void test_full_queue_waits(void) {
  g_autoptr(PacketQueue) queue = packet_queue_new(350);
  Pusher pusher = {.queue = queue};
  GThread *thread = g_thread_new("push", push_many, &pusher);
  wait_for_pushed(&pusher, 3);
  Packet packet;
  for (guint i = 0; i < 2; i++) { /* the pusher goes on when half the queue has gone */
    wait_for_pushed(&pusher, 3);
    g_assert_cmpint(packet_queue_take(queue, &packet, NULL), ==, PACKET_READY);
    packet_clear(&packet);
  }
  wait_for_pushed(&pusher, 5);
  packet_queue_cancel(queue); /* the listener has gone: the pusher is let go */
  g_thread_join(thread);
  g_assert_cmpint(pusher.refused, ==, 1);
  g_assert_cmpint(packet_queue_take(queue, &packet, NULL), ==, PACKET_END);
}

static void test_failure(void) {
  g_autoptr(PacketQueue) queue = packet_queue_new(350);
  Pusher pusher = {.queue = queue};
  GThread *thread = g_thread_new("push", push_many, &pusher);
  wait_for_pushed(&pusher, 3);
  g_autoptr(GError) why = g_error_new(CARNET_ERROR, CARNET_ERROR_SYSTEM, "disk full");
  packet_queue_fail(queue, why);
  g_thread_join(thread);
  g_assert_cmpint(pusher.refused, ==, 1);
  Packet packet;
  for (guint i = 0; i < 3; i++) { /* what was made is still heard */
    g_assert_cmpint(packet_queue_take(queue, &packet, NULL), ==, PACKET_READY);
    packet_clear(&packet);
  }
  g_autoptr(GError) error = NULL;
  g_assert_cmpint(packet_queue_take(queue, &packet, &error), ==, PACKET_FAILED);
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
}

static void test_packet_larger_than_the_queue(void) {
  g_autoptr(PacketQueue) queue = packet_queue_new(10);
  g_assert_true(packet_queue_push(queue, 0, 960, bytes(5000)));
  Packet packet;
  g_assert_cmpint(packet_queue_take(queue, &packet, NULL), ==, PACKET_READY);
  packet_clear(&packet);
}

static gpointer push_three(gpointer data) {
  for (guint i = 0; i < 3; i++) {
    packet_queue_push(data, i * 960, 960, bytes(100));
  }
  return NULL;
}

static void test_wait(void) {
  g_autoptr(PacketQueue) queue = packet_queue_new(1000);
  GThread *pusher = g_thread_new("pusher", push_three, queue);
  packet_queue_wait(queue, 300); /* all three: nothing less wakes us */
  Packet packet;
  for (guint i = 0; i < 3; i++) {
    g_assert_cmpint(packet_queue_take(queue, &packet, NULL), ==, PACKET_READY);
    packet_clear(&packet);
  }
  g_assert_cmpint(packet_queue_take(queue, &packet, NULL), ==, PACKET_NOT_YET);
  g_thread_join(pusher);
  packet_queue_finish(queue);
  packet_queue_wait(queue, 300); /* the end is there */
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/packets/order-and-end", test_order_and_end);
  g_test_add_func("/packets/header", test_header);
  g_test_add_func("/packets/full-queue-waits", test_full_queue_waits);
  g_test_add_func("/packets/failure", test_failure);
  g_test_add_func("/packets/larger-than-the-queue", test_packet_larger_than_the_queue);
  g_test_add_func("/packets/wait", test_wait);
  return g_test_run();
}
