/* An entry as a file that an editor changed: what is read, written and read again is the same entry. */
#include "drafts.h"

#include "base/clock.h"
#include "commands/entry_file.h"

#define NOW_US G_GINT64_CONSTANT(1773741600000000)

/* main.c has the program's. */
const Command *const commands[] = {NULL};

static Session *entry_session(void) {
  static Station station = {.language = "fr", .name = "Radio du Port", .zone_name = "Europe/Paris", .folder = "/tmp"};
  static Session session = {.folder = "/tmp", .station = &station, .quiet = true};
  if (station.zone == NULL)
    station.zone = g_time_zone_new_identifier("Europe/Paris");
  clock_set(NOW_US);
  return &session;
}

static Entry *entry_to_change(void) {
  Entry *entry = entry_new();
  entry->id = 12;
  entry->date = g_strdup("2026-03-17");
  entry->text = g_strdup("La passerelle est rouverte.");
  entry->language = g_strdup("fr");
  entry->place = g_strdup("Port-Aurelle");
  entry->author = g_strdup("Soizic Kermeur");
  return entry;
}

static void fuzz_entry(const guint8 *data, gsize nbytes) {
  GError *error = NULL;
  g_autoptr(Entry) entry = entry_to_change();
  if (!entry_file_apply(entry_session(), fuzz_file(data, nbytes), entry, &error)) {
    fuzz_refused(error);
    return;
  }
  if (fuzz_reads_only)
    return;
  check_draft_entry(entry);
  g_autofree char *file = entry_file_format(entry);
  g_autoptr(Entry) again = entry_to_change();
  again->source_name = g_strdup(entry->source_name);
  if (!entry_file_apply(entry_session(), fuzz_file((const guint8 *)file, strlen(file)), again, &error))
    g_error("refused when read again: %s\n%s", error->message, file);
  if (!entry_equal(entry, again)) {
    g_autofree char *fields = entry_differences(entry, again);
    g_error("%s changed when read again\n%s", fields, file);
  }
}

FUZZ_TARGET(fuzz_entry)
