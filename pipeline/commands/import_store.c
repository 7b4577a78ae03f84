#include "commands/import_store.h"

#include "base/i18n.h"
#include "logbook/entries.h"
#include "logbook/revisions.h"
#include "sources/match.h"

#include <string.h>

/* How an import signs its revisions, so that the next one knows what the pad said. */
#define IMPORT_SIGN " (import)"
#define GONE_SHOWN 12

typedef struct {
  Store *store;
  const GPtrArray *drafts;
  GPtrArray *known; /* of each draft the stored Entry*, or NULL */
  GHashTable *ids;  /* source_key of a draft → gint64* id */
  char *who;
  ImportResult *result;
} Import;

void import_result_clear(ImportResult *result) {
  g_free(result->gone_ids);
  *result = (ImportResult){0};
}

static void remember_id(Import *import, const Draft *draft, gint64 id) {
  gint64 *value = g_new(gint64, 1);
  *value = id;
  g_hash_table_insert(import->ids, g_strdup(draft->entry->source_key), value);
}

static void set_parent(Import *import, Draft *draft) {
  const gint64 *id = draft->parent_key != NULL ? g_hash_table_lookup(import->ids, draft->parent_key) : NULL;
  draft->entry->parent = id != NULL ? *id : 0;
}

/* What the source said of `entry` at the last import. Returns (entry_free), or NULL. */
static Entry *imported_form(Import *import, const Entry *entry, GError **error) {
  g_autoptr(GPtrArray) revisions = revisions_of(import->store, entry->id, error);
  if (revisions == NULL) {
    return NULL;
  }
  g_autoptr(GPtrArray) steps = g_ptr_array_new();
  g_autofree bool *by_import = g_new0(bool, revisions->len + 1);
  for (guint i = 0; i < revisions->len; i++) {
    const Revision *revision = revisions->pdata[i];
    by_import[i] =
        revision->who != NULL && g_str_has_suffix(revision->who, IMPORT_SIGN) && strcmp(revision->what, "undo") != 0;
    g_ptr_array_add(steps, revision->entry);
  }
  return steps->len > 0 ? match_base(steps, by_import) : entry_copy(entry);
}

/* Nothing differs but what only editors set. */
static bool is_same(const Entry *now, const Entry *stored) {
  g_autoptr(Entry) copy = entry_copy(now);
  copy->status = stored->status;
  copy->id = stored->id;
  return entry_equal(copy, stored);
}

static bool update_one(Import *import, const Entry *now, const Entry *stored, GError **error) {
  if (is_same(now, stored)) {
    import->result->unchanged++;
    return true;
  }
  g_autoptr(Entry) base = imported_form(import, stored, error);
  g_autoptr(Entry) merged = entry_copy(stored);
  bool reopened = false;
  if (base == NULL) {
    return false;
  }
  if (!match_merge(merged, base, now, &reopened)) {
    import->result->unchanged++;
    return true;
  }
  import->result->updated++;
  import->result->reopened += reopened ? 1 : 0;
  return entries_update(import->store, merged, import->who, error);
}

/* Parents come first where the source allows; those named before they are there wait for the second pass. */
static bool add_new(Import *import, GError **error) {
  for (guint i = 0; i < import->drafts->len; i++) {
    Draft *draft = import->drafts->pdata[i];
    const Entry *stored = import->known->pdata[i];
    if (stored != NULL) {
      remember_id(import, draft, stored->id);
      continue;
    }
    set_parent(import, draft);
    gint64 id = entries_add(import->store, draft->entry, import->who, error);
    if (id == 0) {
      g_prefix_error(error, _("line %u: "), draft->line);
      return false;
    }
    draft->entry->id = id;
    remember_id(import, draft, id);
    import->result->added++;
  }
  return true;
}

static bool update_known(Import *import, GError **error) {
  for (guint i = 0; i < import->drafts->len; i++) {
    Draft *draft = import->drafts->pdata[i];
    const Entry *stored = import->known->pdata[i];
    gint64 parent = draft->entry->parent;
    set_parent(import, draft);
    bool fine = true;
    if (stored != NULL) {
      fine = update_one(import, draft->entry, stored, error);
    } else if (draft->entry->parent != parent) {
      fine = entries_update(import->store, draft->entry, import->who, error);
    }
    if (!fine) {
      g_prefix_error(error, _("line %u: "), draft->line);
      return false;
    }
  }
  return true;
}

static void count_gone(Import *import, const GPtrArray *stored) {
  g_autoptr(GHashTable) held = g_hash_table_new(g_direct_hash, g_direct_equal);
  g_autoptr(GString) ids = g_string_new(NULL);
  for (guint i = 0; i < import->known->len; i++) {
    g_hash_table_add(held, import->known->pdata[i]);
  }
  for (guint i = 0; i < stored->len; i++) {
    const Entry *entry = stored->pdata[i];
    if (g_hash_table_contains(held, stored->pdata[i]) || entry->status == STATUS_WITHDRAWN ||
        entry->status == STATUS_REJECTED) {
      continue;
    }
    if (import->result->gone++ < GONE_SHOWN) {
      g_string_append_printf(ids, "%s%" G_GINT64_FORMAT, ids->len > 0 ? ", " : "", entry->id);
    }
  }
  if (import->result->gone > GONE_SHOWN) {
    g_string_append(ids, ", …");
  }
  import->result->gone_ids = g_strdup(ids->str);
}

bool import_store(Store *store, const GPtrArray *drafts, const char *source_name, const char *who, ImportResult *result,
                  GError **error) {
  *result = (ImportResult){0};
  if (!store_begin(store, error)) {
    return false;
  }
  EntryFilter filter = ENTRY_FILTER_ALL;
  filter.source_name = source_name;
  g_autoptr(GPtrArray) stored = entries_find(store, &filter, error);
  g_autoptr(GPtrArray) known = stored != NULL ? match_drafts(drafts, stored) : NULL;
  g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *signature = g_strconcat(who, IMPORT_SIGN, NULL);
  Import import = {.store = store, .drafts = drafts, .known = known, .ids = ids, .who = signature, .result = result};
  bool done = known != NULL && entries_add_begin(store, error) && add_new(&import, error) &&
              entries_add_end(store, error) && update_known(&import, error);
  if (done) {
    count_gone(&import, stored);
    done = store_commit(store, error);
  }
  if (!done) {
    store_rollback(store);
  }
  return done;
}
