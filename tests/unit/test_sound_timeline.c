/* The timeline between the thread that fills it and the one that waits. */
#include "base/error.h"
#include "sound/timeline_private.h"

typedef struct {
  Timeline *timeline;
  gint64 frame;
  gint stop;
  bool known;
  GError *error;
  gint returned;
} Waiter;

static gpointer wait_known(gpointer data) {
  Waiter *waiter = data;
  g_mutex_lock(&waiter->timeline->mutex);
  waiter->known = timeline_wait_known(waiter->timeline, waiter->frame, &waiter->stop, &waiter->error);
  g_mutex_unlock(&waiter->timeline->mutex);
  g_atomic_int_set(&waiter->returned, 1);
  return NULL;
}

/* Starts a thread that waits for frame 1000; it must still wait after a change that is too small. */
static GThread *start_waiting(Waiter *waiter, Timeline *timeline) {
  *waiter = (Waiter){.timeline = timeline, .frame = 1000};
  GThread *thread = g_thread_new("waiter", wait_known, waiter);
  timeline_known_until(timeline, 999);
  g_usleep(20000);
  g_assert_cmpint(g_atomic_int_get(&waiter->returned), ==, 0);
  return thread;
}

static void test_known(void) {
  g_autoptr(Timeline) timeline = timeline_new();
  Waiter waiter;
  GThread *thread = start_waiting(&waiter, timeline);
  timeline_known_until(timeline, 1000);
  timeline_known_until(timeline, 5); /* never goes back */
  g_thread_join(thread);
  g_assert_true(waiter.known);
  g_assert_cmpint(timeline->known_until, ==, 1000);
}

static void test_closed(void) {
  g_autoptr(Timeline) timeline = timeline_new();
  Waiter waiter;
  GThread *thread = start_waiting(&waiter, timeline);
  timeline_close(timeline, 500, 9999);
  g_thread_join(thread);
  g_assert_true(waiter.known);
  g_assert_cmpint(timeline->total_frames, ==, 500);
  g_assert_cmpint(timeline->bed_until_frame, ==, 500); /* never longer than the programme */
}

static void test_failed(void) {
  g_autoptr(Timeline) timeline = timeline_new();
  Waiter waiter;
  GThread *thread = start_waiting(&waiter, timeline);
  g_autoptr(GError) why = g_error_new(CARNET_ERROR, CARNET_ERROR_INPUT, "no voice");
  g_autoptr(GError) later = g_error_new(CARNET_ERROR, CARNET_ERROR_BUG, "second");
  timeline_fail(timeline, why);
  timeline_fail(timeline, later);
  g_thread_join(thread);
  g_assert_false(waiter.known);
  g_assert_error(waiter.error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_assert_cmpstr(waiter.error->message, ==, "no voice");
  g_error_free(waiter.error);
}

static void test_stopped(void) {
  g_autoptr(Timeline) timeline = timeline_new();
  Waiter waiter;
  GThread *thread = start_waiting(&waiter, timeline);
  g_atomic_int_set(&waiter.stop, 1);
  timeline_wake(timeline);
  g_thread_join(thread);
  g_assert_false(waiter.known);
  g_assert_no_error(waiter.error);
}

/* What is given is copied. */
static void test_copies(void) {
  g_autoptr(Timeline) timeline = timeline_new();
  char path[] = "clip.wav", bed_path[] = "bed.wav";
  TimelineEvent event = {.path = path, .start_frame = 7, .frames = 9};
  TimelineBed bed = {.path = bed_path, .gain_db = -20.0};
  timeline_append(timeline, &event);
  timeline_set_bed(timeline, &bed);
  path[0] = bed_path[0] = 'X';
  g_assert_cmpstr(g_array_index(timeline->events, TimelineEvent, 0).path, ==, "clip.wav");
  g_assert_cmpstr(timeline->bed.path, ==, "bed.wav");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/timeline/known", test_known);
  g_test_add_func("/timeline/closed", test_closed);
  g_test_add_func("/timeline/failed", test_failed);
  g_test_add_func("/timeline/stopped", test_stopped);
  g_test_add_func("/timeline/copies", test_copies);
  return g_test_run();
}
