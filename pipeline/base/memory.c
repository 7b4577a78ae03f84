#include "base/memory.h"

#include "base/error.h"

#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAY_FAIL_BYTES ((size_t)1 << 20) /* from here on the caller is told */

static const char *said = "out of memory";

void memory_say(const char *message) {
  said = message;
}

void memory_end(const char *text) {
  const struct iovec parts[] = {{(void *)"carnet: ", 8}, {(void *)text, strlen(text)}, {(void *)"\n", 1}};
  ssize_t told = writev(STDERR_FILENO, parts, 3);
  (void)told; /* nobody listens: the status says it too */
  _exit(CARNET_EXIT_SYSTEM);
}

void memory_share_heap(void) {
  mallopt(M_ARENA_MAX, 1);
}

/* A sanitizer has a malloc of its own, which must be the first. */
#if defined(__SANITIZE_ADDRESS__)
#define OWN_MALLOC 0
#elif defined(__has_feature)
#define OWN_MALLOC !__has_feature(address_sanitizer)
#else
#define OWN_MALLOC 1
#endif

#if OWN_MALLOC

static void *check(void *memory, size_t nbytes) {
  if (memory || nbytes == 0 || nbytes >= MAY_FAIL_BYTES)
    return memory;
  char text[256];
  snprintf(text, sizeof text, "%s (%zu)", said, nbytes);
  memory_end(text);
}

typedef void (*Function)(void); /* any: it is made into its own type before it is called */

/* The allocator's own function of that name: the C library's, or that of a tool loaded before it. Found
 * at the first call, which comes before main, and by more than one thread at worst. */
static Function own_function(_Atomic(Function) *found, const char *name) {
  Function function = atomic_load_explicit(found, memory_order_relaxed);
  if (!function) {
    *(void **)&function = dlsym(RTLD_NEXT, name);
    atomic_store_explicit(found, function, memory_order_relaxed);
  }
  return function;
}

void *malloc(size_t nbytes) {
  static _Atomic(Function) found;
  void *(*own)(size_t) = (void *(*)(size_t))own_function(&found, "malloc");
  return check(own(nbytes), nbytes);
}

void *calloc(size_t n, size_t nbytes) {
  static _Atomic(Function) found;
  void *(*own)(size_t, size_t) = (void *(*)(size_t, size_t))own_function(&found, "calloc");
  size_t all;
  return check(own(n, nbytes), __builtin_mul_overflow(n, nbytes, &all) ? MAY_FAIL_BYTES : all);
}

void *realloc(void *memory, size_t nbytes) {
  static _Atomic(Function) found;
  void *(*own)(void *, size_t) = (void *(*)(void *, size_t))own_function(&found, "realloc");
  return check(own(memory, nbytes), nbytes);
}

void *aligned_alloc(size_t alignment, size_t nbytes) {
  static _Atomic(Function) found;
  void *(*own)(size_t, size_t) = (void *(*)(size_t, size_t))own_function(&found, "aligned_alloc");
  return check(own(alignment, nbytes), nbytes);
}

int posix_memalign(void **memory, size_t alignment, size_t nbytes) {
  static _Atomic(Function) found;
  int (*own)(void **, size_t, size_t) = (int (*)(void **, size_t, size_t))own_function(&found, "posix_memalign");
  int errnum = own(memory, alignment, nbytes);
  if (errnum == ENOMEM)
    check(NULL, nbytes);
  return errnum;
}

#endif
