/* Out of memory: the process ends and says so (with which status: faults.bats), whoever asked for the memory; a large
 * request is refused to who made it, and the process goes on. */
#include "base/memory.h"

#include <errno.h>
#include <glib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define ROOM ((rlim_t)64 << 20)

/* A sanitizer maps terabytes, and has a malloc of its own. */
#if defined(__SANITIZE_ADDRESS__)
#define LIMITED 0
#elif defined(__has_feature)
#define LIMITED !__has_feature(address_sanitizer)
#else
#define LIMITED 1
#endif

static void limit_memory(rlim_t most) {
  struct rlimit room;
  g_assert_cmpint(getrlimit(RLIMIT_AS, &room), ==, 0);
  room.rlim_cur = MIN(most, room.rlim_max);
  g_assert_cmpint(setrlimit(RLIMIT_AS, &room), ==, 0);
}

static void fill_by_malloc(void) {
  for (char *memory; (memory = malloc(1000));)
    memory[0] = 1;
}

static void fill_by_glib(void) {
  for (GSList *list = NULL;;)
    list = g_slist_prepend(list, g_strdup_printf("%0999d", 1));
}

static void *volatile sink; /* or the compiler leaves out what nobody looks at */

static void fill_by_realloc(void) {
  for (gsize n = 0;; n++)
    sink = n % 2 ? realloc(malloc(10), 900) : calloc(3, 300);
}

static void fill_aligned(void) {
  for (void *memory = NULL; posix_memalign(&memory, 64, 2000) == 0;)
    memset(memory, 1, 64);
}

static void fill_aligned_too(void) {
  while ((sink = aligned_alloc(64, 1984)))
    ;
}

static gpointer fill_in_thread(gpointer unused) {
  (void)unused;
  fill_by_glib();
  return NULL;
}

static void fill_by_thread(void) {
  g_thread_join(g_thread_new("greedy", fill_in_thread, NULL));
}

static void test_ends(gconstpointer data) {
  if (!LIMITED) {
    g_test_skip("a sanitizer's malloc comes first");
    return;
  }
  if (g_test_subprocess()) {
    memory_say("no memory is left");
    limit_memory(ROOM);
    ((void (*)(void))(gsize)data)();
    exit(0);
  }
  g_test_trap_subprocess(NULL, 20 * G_USEC_PER_SEC, 0);
  g_assert_false(g_test_trap_has_passed());
  g_test_trap_assert_stderr("*carnet: no memory is left (*)\n*");
}

static void test_large(void) {
  if (!LIMITED) {
    g_test_skip("a sanitizer's malloc comes first");
    return;
  }
  if (g_test_subprocess()) {
    limit_memory(ROOM);
    void *memory = NULL;
    volatile gsize most = G_MAXSIZE; /* the compiler would not let it pass */
    /* More than can be counted, of small things: as large as any. */
    if ((sink = calloc(most / 2, 3)) != NULL || posix_memalign(&memory, 24, 100) != EINVAL)
      exit(1);
    bool ok = (sink = malloc(ROOM)) == NULL && (sink = calloc(ROOM, 2)) == NULL && (sink = malloc(10)) != NULL;
    ok = ok && posix_memalign(&memory, 64, ROOM) == ENOMEM;
    limit_memory(RLIM_INFINITY);
    exit(ok ? 0 : 1);
  }
  g_test_trap_subprocess(NULL, 20 * G_USEC_PER_SEC, 0);
  g_test_trap_assert_passed();
}

int main(int argc, char **argv) {
  static const struct {
    const char *path;
    void (*fill)(void);
  } fills[] = {
      {"/base/memory/malloc", fill_by_malloc},   {"/base/memory/glib", fill_by_glib},
      {"/base/memory/realloc", fill_by_realloc}, {"/base/memory/aligned", fill_aligned},
      {"/base/memory/thread", fill_by_thread},   {"/base/memory/aligned-too", fill_aligned_too},
  };
  g_test_init(&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(fills); i++)
    g_test_add_data_func(fills[i].path, (gconstpointer)(gsize)fills[i].fill, test_ends);
  g_test_add_func("/base/memory/large", test_large);
  return g_test_run();
}
