/* What is promised of the drafts of every source. */
#ifndef CARNET_TESTS_FUZZ_DRAFTS_H
#define CARNET_TESTS_FUZZ_DRAFTS_H

#include "fuzz.h"

#include "sources/draft.h"

static inline void check_draft_entry(const Entry *entry) {
  GError *error = NULL;
  if (!entry_check(entry, &error))
    g_error("a draft that the store refuses: %s", error->message);
  promise(fuzz_is_printable(entry->text, true) && fuzz_is_printable(entry->title, false));
  promise(fuzz_is_printable(entry->place, false) && fuzz_is_printable(entry->author, false));
  promise(fuzz_is_printable(entry->language, false) && fuzz_is_printable(entry->source_key, false));
  promise(fuzz_is_printable(entry->sound, false) && fuzz_is_printable(entry->place_id, false));
  for (char **link = entry->links; link != NULL && *link != NULL; link++)
    promise(**link != '\0' && fuzz_is_printable(*link, false));
}

/* Keys are each there once; an answer's parent is another draft of the source. */
static inline void check_drafts(const GPtrArray *drafts, guint lines, bool parents_known) {
  g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < drafts->len; i++) {
    const Draft *draft = drafts->pdata[i];
    promise(draft->entry->source_key != NULL && g_hash_table_add(keys, draft->entry->source_key));
    promise(draft->line >= 1 && draft->line <= lines);
    promise(draft->why != NULL);
    check_draft_entry(draft->entry);
  }
  for (guint i = 0; parents_known && i < drafts->len; i++) {
    const Draft *draft = drafts->pdata[i];
    promise(draft->parent_key == NULL || (g_hash_table_contains(keys, draft->parent_key) &&
                                          !g_str_equal(draft->parent_key, draft->entry->source_key)));
  }
}

static inline void check_notes(const SourceReport *report) {
  for (guint i = 0; report->notes != NULL && i < report->notes->len; i++)
    promise(fuzz_is_printable(report->notes->pdata[i], false));
}

/* However lines end: LF, CR LF, or CR alone. */
static inline guint lines_of(const char *text) {
  guint lines = 1;
  for (; *text != '\0'; text++)
    lines += *text == '\n' || (*text == '\r' && text[1] != '\n');
  return lines;
}

#endif
