#include "air/tally.h"

#include <malloc.h>

static void collect(const PlayoutSent *sent, gpointer user) {
  g_array_append_val((GArray *)user, *sent);
}

static GArray *items_of(guint n) {
  GArray *items = g_array_new(FALSE, FALSE, sizeof(PlayoutItem));
  for (guint i = 0; i < n; i++) {
    PlayoutItem item = {.start_frame = (gint64)i * 1000, .frames = 1000};
    g_array_append_val(items, item);
  }
  return items;
}

static void test_whole_items(void) {
  g_autoptr(Tally) tally = tally_new(7);
  g_autoptr(GArray) items = items_of(2);
  g_autoptr(GArray) got = g_array_new(FALSE, FALSE, sizeof(PlayoutSent));
  tally_handed(tally, 10, 0, 600, 11);
  tally_handed(tally, 10, 600, 1200, 22); /* straddles both */
  g_assert_cmpint(tally_taken(tally, 0), ==, 1200);
  tally_report(tally, items, 0, 1000, collect, got);
  g_assert_cmpuint(got->len, ==, 1);
  tally_handed(tally, 10, 1200, 2100, 33); /* longer than the programme: padding */
  tally_taken(tally, 0);
  tally_report(tally, items, 0, 2000, collect, got);
  g_assert_cmpuint(got->len, ==, 2);
  const PlayoutSent *sent = (const PlayoutSent *)(gpointer)got->data;
  g_assert_cmpuint(sent[0].mount, ==, 7);
  g_assert_cmpint(sent[0].sent_frames, ==, 1000);
  g_assert_cmpint(sent[0].start_us, ==, 11);
  g_assert_cmpint(sent[0].end_us, ==, 22);
  g_assert_cmpint(sent[1].sent_frames, ==, 1000);
  g_assert_cmpint(sent[1].start_us, ==,
                  33); /* what went out of it at 22 is an encoder's delay: less than half a packet */
  g_assert_cmpint(sent[1].end_us, ==, 33);
}

/* What waits in the queue is not yet sent; an item that waits is reported later. */
static void test_queued_is_not_taken(void) {
  g_autoptr(Tally) tally = tally_new(0);
  g_autoptr(GArray) items = items_of(1);
  g_autoptr(GArray) got = g_array_new(FALSE, FALSE, sizeof(PlayoutSent));
  tally_handed(tally, 100, 0, 500, 1);
  tally_handed(tally, 100, 500, 1000, 2);
  g_assert_cmpint(tally_taken(tally, 150), ==, 0);
  g_assert_cmpint(tally_taken(tally, 100), ==, 500);
  tally_report(tally, items, 0, 5000, collect, got);
  g_assert_cmpuint(got->len, ==, 0);
  g_assert_cmpint(tally_taken(tally, 0), ==, 500);
  tally_report(tally, items, 0, 5000, collect, got);
  g_assert_cmpuint(got->len, ==, 1);
  g_assert_cmpint(g_array_index(got, PlayoutSent, 0).sent_frames, ==, 1000);
}

/* Lost with half an item in the queue, and back for the third one's end. */
static void test_lost_and_back(void) {
  g_autoptr(Tally) tally = tally_new(0);
  g_autoptr(GArray) items = items_of(4);
  g_autoptr(GArray) got = g_array_new(FALSE, FALSE, sizeof(PlayoutSent));
  tally_handed(tally, 100, 0, 500, 1);
  tally_handed(tally, 100, 500, 1000, 2);
  tally_taken(tally, 60);
  tally_lost(tally);
  tally_handed(tally, 50, 2700, 3000, 9);
  tally_handed(tally, 50, 3000, 4000, 10);
  tally_taken(tally, 0);
  tally_report(tally, items, 0, G_MAXINT64, collect, got);
  g_assert_cmpuint(got->len, ==, 4);
  static const gint64 expected[] = {500, 0, 300, 1000};
  for (guint i = 0; i < 4; i++) {
    const PlayoutSent *sent = &g_array_index(got, PlayoutSent, i);
    g_assert_cmpint(sent->sent_frames, ==, expected[i]);
    g_assert_true((sent->start_us == 0) == (expected[i] == 0));
  }
}

/* An item that becomes known after its sound was sent. */
static void test_items_known_late(void) {
  g_autoptr(Tally) tally = tally_new(0);
  g_autoptr(GArray) none = items_of(0);
  g_autoptr(GArray) items = items_of(1);
  g_autoptr(GArray) got = g_array_new(FALSE, FALSE, sizeof(PlayoutSent));
  tally_handed(tally, 100, 0, 1000, 1);
  tally_taken(tally, 0);
  tally_report(tally, none, 0, 1000, collect, got);
  g_assert_cmpuint(got->len, ==, 0);
  tally_report(tally, items, 0, 1000, collect, got);
  tally_report(tally, items, 0, 1000, collect, got);
  g_assert_cmpuint(got->len, ==, 1);
  g_assert_cmpint(g_array_index(got, PlayoutSent, 0).sent_frames, ==, 1000);
}

/* Everything is given again that was sent since; an item already told of stays told. */
static void test_distrust_all(void) {
  g_autoptr(Tally) tally = tally_new(0);
  g_autoptr(GArray) items = items_of(1);
  tally_handed(tally, 10, 0, 400, 10);
  tally_handed(tally, 10, 400, 1000, 20);
  tally_taken(tally, 0);
  g_assert_cmpint(tally_distrust(tally, 5), ==, 1000);
  g_autoptr(GArray) got = g_array_new(FALSE, FALSE, sizeof(PlayoutSent));
  tally_report(tally, items, 0, 1000, collect, got);
  g_assert_cmpint(g_array_index(got, PlayoutSent, 0).sent_frames, ==, 0);
  g_assert_cmpint(tally_distrust(tally, 5), ==, 0);
  tally_report(tally, items, 0, 1000, collect, got);
  g_assert_cmpuint(got->len, ==, 1);
}

static void test_nobody_listens(void) {
  Tally *tally = tally_new(0);
  g_autoptr(GArray) items = items_of(2);
  tally_report(tally, items, 0, 1000, NULL, NULL); /* told to nobody, and not again */
  g_autoptr(GArray) got = g_array_new(FALSE, FALSE, sizeof(PlayoutSent));
  tally_report(tally, items, 0, 2000, collect, got);
  g_assert_cmpuint(got->len, ==, 1);
  g_assert_cmpuint(g_array_index(got, PlayoutSent, 0).item, ==, 1);
  tally_free(tally);
  tally_free(NULL);
}

static gsize used_bytes(void) {
  struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

/* Silence without an item, for two days: what was sent is forgotten, but for the last minute. */
static void test_no_item(void) {
  enum { N = 1000000, FRAMES = 7680 };
  g_autoptr(Tally) tally = tally_new(0);
  g_autoptr(GArray) none = items_of(0);
  gsize before_bytes = used_bytes();
  for (gint64 i = 0; i < N; i++) {
    tally_handed(tally, 10, i * FRAMES, (i + 1) * FRAMES, i + 1);
    g_assert_cmpint(tally_taken(tally, 0), ==, FRAMES);
    tally_report(tally, none, 0, i * FRAMES, collect, NULL);
  }
  g_assert_cmpuint(used_bytes(), <, before_bytes + 100000);
  /* An item that was made known late, and a server that stood still meanwhile. */
  g_autoptr(GArray) got = g_array_new(FALSE, FALSE, sizeof(PlayoutSent));
  g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(PlayoutItem));
  PlayoutItem item = {.start_frame = (gint64)(N - 200) * FRAMES, .frames = 100 * FRAMES};
  g_array_append_val(items, item);
  g_assert_cmpint(tally_distrust(tally, N - 150 + 1), ==, 150 * FRAMES);
  tally_report(tally, items, 0, (gint64)N * FRAMES, collect, got);
  g_assert_cmpint(g_array_index(got, PlayoutSent, 0).sent_frames, ==, 50 * FRAMES);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/air/tally/whole", test_whole_items);
  g_test_add_func("/air/tally/queued", test_queued_is_not_taken);
  g_test_add_func("/air/tally/lost", test_lost_and_back);
  g_test_add_func("/air/tally/late", test_items_known_late);
  g_test_add_func("/air/tally/no-item", test_no_item);
  g_test_add_func("/tally/distrust-all", test_distrust_all);
  g_test_add_func("/tally/nobody-listens", test_nobody_listens);
  return g_test_run();
}
