#include "base/memory.h"

#include "base/error.h"

#include <dlfcn.h>
#include <errno.h>
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

/* The allocator's own function: the C library's, or that of a tool loaded before it. Found
 * at the first call, which comes before main, and by more than one thread at worst. */
#define NEXT(type, name)                                                                                               \
  static _Atomic(type) found;                                                                                          \
  type next = atomic_load_explicit(&found, memory_order_relaxed);                                                      \
  if (!next) {                                                                                                         \
    *(void **)&next = dlsym(RTLD_NEXT, name);                                                                          \
    atomic_store_explicit(&found, next, memory_order_relaxed);                                                         \
  }

typedef void *(*Malloc)(size_t);
typedef void *(*Calloc)(size_t, size_t);
typedef void *(*Realloc)(void *, size_t);
typedef void *(*AlignedAlloc)(size_t, size_t);
typedef int (*PosixMemalign)(void **, size_t, size_t);

void *malloc(size_t nbytes) {
  NEXT(Malloc, "malloc")
  return check(next(nbytes), nbytes);
}

void *calloc(size_t n, size_t nbytes) {
  NEXT(Calloc, "calloc")
  size_t all;
  return check(next(n, nbytes), __builtin_mul_overflow(n, nbytes, &all) ? MAY_FAIL_BYTES : all);
}

void *realloc(void *memory, size_t nbytes) {
  NEXT(Realloc, "realloc")
  return check(next(memory, nbytes), nbytes);
}

void *aligned_alloc(size_t alignment, size_t nbytes) {
  NEXT(AlignedAlloc, "aligned_alloc")
  return check(next(alignment, nbytes), nbytes);
}

int posix_memalign(void **memory, size_t alignment, size_t nbytes) {
  NEXT(PosixMemalign, "posix_memalign")
  int errnum = next(memory, alignment, nbytes);
  if (errnum == ENOMEM)
    check(NULL, nbytes);
  return errnum;
}

#endif
