#include "commands/proposals.h"

#include "base/clock.h"
#include "logbook/asrun.h"
#include "logbook/entries.h"

#define ENTRIES_MOST 300 /* best first: more than anybody looks through, few enough to be compared while a page waits */

void proposals_free(Proposals *proposals) {
  if (!proposals)
    return;
  script_free(proposals->script);
  g_clear_pointer(&proposals->entries, g_ptr_array_unref);
  g_clear_pointer(&proposals->heard, g_hash_table_unref);
  g_free(proposals);
}

Proposals *proposals_open(Session *session, const Slot *slot, GError **error) {
  static const char *const endings[] = {"yaml", NULL};
  const Station *station = session->station;
  Store *store = session_store(session, error);
  g_autofree char *path = store ? station_find(station, "scripts", slot->script, endings, error) : NULL;
  if (!path)
    return NULL;
  g_autoptr(Proposals) proposals = g_new0(Proposals, 1);
  proposals->script = script_load(path, error);
  if (!proposals->script)
    return NULL;
  g_autofree char *from = day_add(slot->date, 1 - (int)proposals->script->days);
  g_autofree char *edition = g_strdup_printf("%s-%s", slot->date, slot->script);
  gint64 now_us = clock_now_us();
  proposals->entries = entries_candidates(store, from, slot->date, now_us, ENTRIES_MOST, false, error);
  if (proposals->entries)
    proposals->heard = asrun_heard(store, from, slot->date, slot->edition ? slot->edition : edition, error);
  if (!proposals->heard)
    return NULL;
  proposals->input = (ComposeInput){.script = proposals->script,
                                    .entries = proposals->entries,
                                    .heard = proposals->heard,
                                    .station_name = station->name,
                                    .date = slot->date,
                                    .hour = 12,
                                    .now_us = now_us};
  return g_steal_pointer(&proposals);
}
