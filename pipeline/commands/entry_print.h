/* Entries as people and programs read them. */
#ifndef CARNET_COMMANDS_ENTRY_PRINT_H
#define CARNET_COMMANDS_ENTRY_PRINT_H

#include "base/json.h"
#include "base/station.h"
#include "logbook/entry.h"

/* Adds the keys of an entry to the object that `builder` is in: the words of
 * the logbook, instants in RFC 3339, null where nothing is said. */
void entry_json_members(JsonBuilder *builder, const Entry *entry);
/* One entry as a JSON object. Returns (g_free). */
char *entry_json(const Entry *entry, bool pretty);
/* "2026-11-23 18:05" in the station's zone. Returns (g_free). */
char *instant_local(const Station *station, gint64 instant_us);
/* Title and text on one line, cut: what a table shows of an entry. Returns (g_free). */
char *entry_summary(const Entry *entry);

#endif
