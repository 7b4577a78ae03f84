/* Drafts into the store: added, or merged into the entries that they are. */
#ifndef CARNET_COMMANDS_IMPORT_STORE_H
#define CARNET_COMMANDS_IMPORT_STORE_H

#include "logbook/store.h"
#include "sources/draft.h"

typedef struct {
  guint added, updated, unchanged;
  guint reopened; /* approved entries whose words changed: pending again */
  guint gone;     /* entries that the source no longer holds; left alone */
  char *gone_ids; /* "3, 7", the first ones */
} ImportResult;

void import_result_clear(ImportResult *result);
/* All or nothing, in one transaction, in the name of `who`. */
bool import_store(Store *store, const GPtrArray *drafts, const char *source_name, const char *who, ImportResult *result,
                  GError **error);

#endif
