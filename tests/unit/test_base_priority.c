/* A thread that stands back does so alone. */
#include "base/priority.h"

#include <glib.h>
#include <sys/resource.h>
#include <unistd.h>

static int nice_of_this_thread(void) {
  return getpriority(PRIO_PROCESS, (id_t)gettid());
}

static gpointer stand_back(gpointer steps) {
  priority_stand_back(GPOINTER_TO_INT(steps));
  return GINT_TO_POINTER(nice_of_this_thread());
}

static void test_alone(void) {
  const int before = nice_of_this_thread();
  GThread *thread = g_thread_new("back", stand_back, GINT_TO_POINTER(3));
  g_assert_cmpint(GPOINTER_TO_INT(g_thread_join(thread)), ==, MIN(before + 3, 19));
  g_assert_cmpint(nice_of_this_thread(), ==, before);
}

/* Nobody is further back than the last: as many steps as it likes. */
static void test_no_further(void) {
  GThread *thread = g_thread_new("back", stand_back, GINT_TO_POINTER(100));
  g_assert_cmpint(GPOINTER_TO_INT(g_thread_join(thread)), ==, 19);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/base/priority/alone", test_alone);
  g_test_add_func("/base/priority/no-further", test_no_further);
  return g_test_run();
}
