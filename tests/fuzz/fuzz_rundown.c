/* A rundown that a person edited: what is read, written and read again is the same. */
#include "fuzz.h"

#include "editorial/compose.h"
#include "editorial/rundown_file.h"

#include "base/wav.h"

static Rundown *read_rundown(const char *text, gsize nbytes, GError **error) {
  g_autoptr(GBytes) bytes = g_bytes_new(text, nbytes);
  return rundown_parse("rundown.yaml", bytes, error);
}

static void check_rundown(const Rundown *rundown) {
  gint64 at = 0;
  promise(rundown->slot_frames > 0);
  for (guint i = 0; i < rundown->items->len; i++) {
    const RundownItem *item = rundown->items->pdata[i];
    promise(item->start_frame == at && item->frames >= 0 && item->frames <= G_MAXINT64 - at);
    promise(item->type != ITEM_PAUSE || item->least_frames <= item->most_frames);
    promise(item->type != ITEM_SPEECH || (item->text != NULL && item->voice != NULL));
    promise((item->type != ITEM_JINGLE && item->type != ITEM_SOUND) || item->file != NULL);
    at += item->frames;
  }
  promise(rundown->frames == at);
}

static void check_again(const Rundown *rundown) {
  GError *error = NULL;
  g_autofree char *once = rundown_format(rundown);
  g_autoptr(Rundown) read = read_rundown(once, strlen(once), &error);
  if (read == NULL)
    g_error("refused when read again: %s\n%s", error->message, once);
  check_rundown(read);
  promise(rundown_sounds_like(rundown, read) && read->locked == rundown->locked);
  g_autofree char *twice = rundown_format(read);
  promise(g_str_equal(once, twice));
}

static void fuzz_rundown(const guint8 *data, gsize nbytes) {
  GError *error = NULL;
  g_autoptr(Rundown) rundown = read_rundown((const char *)data, nbytes, &error);
  if (rundown == NULL)
    fuzz_refused(error);
  if (rundown == NULL || fuzz_reads_only)
    return;
  check_rundown(rundown);
  check_again(rundown);
  compose_refit(rundown);
  check_rundown(rundown);
}

FUZZ_TARGET(fuzz_rundown)
