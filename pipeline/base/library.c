#include "base/library.h"

#include "base/error.h"

#include <dlfcn.h>
#include <string.h>

/* Each function is looked for when it is first called: at once it would be a tenth of the time to the first sound. */
bool library_open(const char *file, const LibraryFunction *functions, gsize n, void *table) {
  void *library = dlopen(file, RTLD_LAZY | RTLD_LOCAL);
  bool ok = library != NULL;
  for (gsize i = 0; ok && i < n; i++) {
    void *function = dlsym(library, functions[i].name);
    /* POSIX's dlsym allows it, C does not */
    memcpy((char *)table + functions[i].offset, &function, sizeof function);
    ok = function != NULL;
  }
  return ok;
}

bool library_need(Library *library, const char *words, GError **error) {
  g_mutex_lock(&library->lock);
  if (!library->is_open)
    library->is_open = library_open(library->file, library->functions, library->n, library->table) &&
                       (!library->begin || library->begin());
  bool ok = library->is_open;
  if (!ok)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, words, dlerror());
  g_mutex_unlock(&library->lock);
  return ok;
}
