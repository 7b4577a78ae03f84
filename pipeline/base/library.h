/* A library that is opened when it is needed, because what it needs itself would slow down every start. */
#ifndef CARNET_BASE_LIBRARY_H
#define CARNET_BASE_LIBRARY_H

#include <glib.h>
#include <stdbool.h>

/* One function, and where its pointer stands in the caller's table. */
typedef struct {
  const char *name;
  gsize offset;
} LibraryFunction;

/* Opens `file` for good and fills `table`. False when it, or one of them, is not there: dlerror(3) tells. */
bool library_open(const char *file, const LibraryFunction *functions, gsize n, void *table);

/* One that is opened by the first who needs it; the rest of it is zero. */
typedef struct {
  const char *file;
  const LibraryFunction *functions;
  gsize n;
  void *table;
  bool (*begin)(void); /* once, when it is open; NULL: nothing */
  bool is_open;        /* with `lock` */
  GMutex lock;
} Library;

/* Opens it for good, unless it is; thread-safe. SYSTEM, told as `words` with what dlerror(3) says ("…: %s"), when it is not
 * there or memory is short: asked again, it is tried again. */
bool library_need(Library *library, const char *words, GError **error);

#endif
