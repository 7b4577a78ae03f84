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

#endif
