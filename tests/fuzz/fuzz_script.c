/* A script (scripts/NAME.yaml), its wording filled, and a bulletin of two entries made by it. */
#include "fuzz.h"

#include "editorial/compose.h"
#include "editorial/rundown_file.h"
#include "editorial/wording.h"

#include "base/wav.h"

static bool measure_script(GPtrArray *items, gpointer user, GError **error) {
  (void)user;
  (void)error;
  for (guint i = 0; i < items->len; i++) {
    RundownItem *item = items->pdata[i];
    item->frames = item->type == ITEM_SPEECH ? (gint64)strlen(item->text) * FRAME_RATE / 14 : 6 * FRAME_RATE;
  }
  return true;
}

static Entry *script_entry(gint64 id, EntryKind kind, const char *text) {
  Entry *entry = entry_new();
  entry->id = id;
  entry->kind = kind;
  entry->date = g_strdup("2026-03-17");
  entry->text = g_strdup(text);
  entry->language = g_strdup("fr");
  entry->place = g_strdup("Port-Aurelle");
  entry->status = STATUS_APPROVED;
  return entry;
}

static void check_wording(const char *wording) {
  const WordingValues values = {.language = "fr", .date = "mardi", .time = "midi", .station = "R", .place = "P"};
  g_autofree char *problem = wording != NULL ? wording_problem(wording) : NULL;
  g_autofree char *filled = wording != NULL ? wording_fill(wording, &values) : NULL;
  promise(problem == NULL && (filled == NULL || g_utf8_validate(filled, -1, NULL)));
}

static void check_script(const Script *script) {
  promise(script->slot_frames > 0 && script->slot_frames <= (gint64)SCRIPT_MAX_SECONDS * FRAME_RATE);
  promise(script->n_blocks > 0 && script->n_roles <= SCRIPT_MAX_ROLES);
  check_wording(script->title);
  for (guint i = 0; i < script->n_blocks; i++) {
    const ScriptBlock *block = &script->blocks[i];
    promise(block->least_frames <= block->most_frames && block->least <= block->most);
    promise(block->type != BLOCK_SAY || block->say != NULL);
    promise((block->type != BLOCK_JINGLE && block->type != BLOCK_SOUND) || block->file != NULL);
    check_wording(block->say);
    check_wording(block->lead);
    check_wording(block->empty);
  }
}

/* Only what a person can mend may stand in the way, and what was made is what a file gives back. */
static void check_bulletin(const Script *script) {
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func((GDestroyNotify)entry_free);
  g_ptr_array_add(entries, script_entry(1, KIND_ALERT, "La passerelle est fermée ce soir."));
  g_ptr_array_add(entries, script_entry(2, KIND_QUESTION, "Qui a une échelle ?"));
  const ComposeInput input = {
      .script = script, .entries = entries, .station_name = "Radio du Port", .date = "2026-03-17", .hour = 12};
  GError *error = NULL;
  g_autoptr(Rundown) rundown = compose_rundown(&input, measure_script, NULL, NULL, &error);
  if (rundown == NULL) {
    fuzz_refused(error);
    return;
  }
  g_autofree char *file = rundown_format(rundown);
  g_autoptr(GBytes) bytes = g_bytes_new(file, strlen(file));
  g_autoptr(Rundown) read = rundown_parse("rundown.yaml", bytes, &error);
  if (read == NULL)
    g_error("a bulletin that cannot be read back: %s\n%s", error->message, file);
  promise(rundown_sounds_like(rundown, read) && !read->edited);
}

static void fuzz_script(const guint8 *data, gsize nbytes) {
  g_autoptr(GBytes) bytes = g_bytes_new(data, nbytes);
  GError *error = NULL;
  g_autoptr(Script) script = script_parse("scripts/essai.yaml", bytes, &error);
  if (script == NULL)
    fuzz_refused(error);
  if (script == NULL || fuzz_reads_only)
    return;
  check_script(script);
  check_bulletin(script);
}

FUZZ_TARGET(fuzz_script)
