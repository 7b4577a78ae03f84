/* A pad, read once, read again as a second import would, and read after an edit (what follows a form feed). */
#include "drafts.h"

#include "sources/match.h"
#include "sources/pad.h"

static const SourceOptions pad_options = {
    .source_name = "pad essai", .today = "2020-04-20", .language = "fr", .source_url = "https://pad.example/essai"};

static GPtrArray *read_pad(const char *text) {
  SourceReport report = {0};
  GError *error = NULL;
  GPtrArray *drafts = pad_read(text, &pad_options, &report, &error);
  if (drafts == NULL)
    fuzz_refused(error);
  else if (!fuzz_reads_only)
    check_drafts(drafts, lines_of(text), true);
  check_notes(&report);
  source_report_clear(&report);
  return drafts;
}

/* As the store would hold them. */
static GPtrArray *store_drafts(const GPtrArray *drafts) {
  GPtrArray *stored = g_ptr_array_new_with_free_func((GDestroyNotify)entry_free);
  for (guint i = 0; i < drafts->len; i++) {
    Entry *entry = entry_copy(((Draft *)drafts->pdata[i])->entry);
    entry->id = i + 1;
    g_ptr_array_add(stored, entry);
  }
  return stored;
}

static void check_no_entry_twice(const GPtrArray *found) {
  g_autoptr(GHashTable) given = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < found->len; i++)
    promise(found->pdata[i] == NULL || g_hash_table_add(given, found->pdata[i]));
}

/* The same pad again: every draft is its entry, and nothing changes. */
static void check_unchanged(const GPtrArray *drafts) {
  g_autoptr(GPtrArray) stored = store_drafts(drafts);
  g_autoptr(GPtrArray) found = match_drafts(drafts, stored);
  promise(found->len == drafts->len);
  check_no_entry_twice(found);
  for (guint i = 0; i < found->len; i++) {
    const Entry *now = ((Draft *)drafts->pdata[i])->entry;
    bool reopened = false;
    promise(found->pdata[i] == stored->pdata[i]);
    g_autoptr(Entry) merged = entry_copy(found->pdata[i]);
    promise(!match_merge(merged, stored->pdata[i], now, &reopened) && !reopened);
  }
}

static void check_edited(const GPtrArray *before, const GPtrArray *after) {
  g_autoptr(GPtrArray) stored = store_drafts(before);
  g_autoptr(GPtrArray) found = match_drafts(after, stored);
  check_no_entry_twice(found);
  for (guint i = 0; i < found->len; i++) {
    const Entry *now = ((Draft *)after->pdata[i])->entry, *base = found->pdata[i];
    g_autoptr(Entry) merged = base != NULL ? entry_copy(base) : NULL;
    bool reopened = false;
    if (merged != NULL)
      match_merge(merged, base, now, &reopened);
    if (merged != NULL)
      check_draft_entry(merged);
  }
}

static void fuzz_pad(const guint8 *data, gsize nbytes) {
  const guint8 *edited = fuzz_reads_only || nbytes == 0 ? NULL : memchr(data, '\f', nbytes);
  gsize first = edited != NULL ? (gsize)(edited - data) : nbytes;
  g_autofree char *text = fuzz_clean_text(data, first);
  g_autoptr(GPtrArray) drafts = text != NULL ? read_pad(text) : NULL;
  if (drafts == NULL || fuzz_reads_only)
    return;
  check_unchanged(drafts);
  g_autofree char *later = edited != NULL ? fuzz_clean_text(edited + 1, nbytes - first - 1) : NULL;
  g_autoptr(GPtrArray) changed = later != NULL ? read_pad(later) : NULL;
  if (changed != NULL)
    check_edited(drafts, changed);
}

FUZZ_TARGET(fuzz_pad)
