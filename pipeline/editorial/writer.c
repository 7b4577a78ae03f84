#include "editorial/writer.h"

#include "base/wav.h"

/* Silences that do not stretch, in milliseconds. */
#define GAP_WORDS_MS 450
#define GAP_AFTER_MUSIC_MS 250
#define GAP_BEFORE_MUSIC_MS 400

/* --- items --- */

RundownItem *writer_pause(gint64 least_frames, gint64 most_frames) {
  RundownItem *item = rundown_item_new(ITEM_PAUSE);
  item->least_frames = item->frames = least_frames;
  item->most_frames = most_frames;
  return item;
}

RundownItem *writer_sound(ItemType type, const char *title, const char *file) {
  RundownItem *item = rundown_item_new(type);
  item->title = g_strdup(title);
  item->file = g_strdup(file);
  return item;
}

RundownItem *writer_speech(const char *title, char *text, const char *language, const char *voice) {
  RundownItem *item = rundown_item_new(ITEM_SPEECH);
  item->title = g_strdup(title);
  item->text = text;
  item->language = g_strdup(language);
  item->voice = g_strdup(voice);
  return item;
}

/* --- silences --- */

static void add_pause(Writer *writer, gint64 least_frames, gint64 most_frames) {
  if (most_frames > 0)
    g_ptr_array_add(writer->items, writer_pause(least_frames, most_frames));
}

static void add_gap(Writer *writer, Heard next) {
  const Script *script = writer->script;
  Heard last = writer->last;
  if (last == HEARD_NOTHING || last == HEARD_SILENCE || next == HEARD_SILENCE)
    return;
  if (last == HEARD_ENTRY && next != HEARD_MUSIC) {
    add_pause(writer, script->pause_least_frames, script->pause_most_frames);
    return;
  }
  if (last == HEARD_MUSIC && next == HEARD_MUSIC)
    return;
  gint64 ms = last == HEARD_MUSIC ? GAP_AFTER_MUSIC_MS : next == HEARD_MUSIC ? GAP_BEFORE_MUSIC_MS : GAP_WORDS_MS;
  gint64 frames = MIN(us_to_frames(ms * 1000), script->pause_most_frames);
  add_pause(writer, frames, frames);
}

static void put(Writer *writer, RundownItem *item, Heard heard) {
  add_gap(writer, heard);
  g_ptr_array_add(writer->items, item);
  writer->last = heard;
}

static void flush_waiting(Writer *writer) {
  for (guint i = 0; i < writer->waiting->len; i++) {
    RundownItem *item = writer->waiting->pdata[i];
    put(writer, item, item->type == ITEM_PAUSE ? HEARD_SILENCE : HEARD_MUSIC);
  }
  g_ptr_array_set_size(writer->waiting, 0);
  writer->waiting_closed = false;
}

/* --- writing --- */

void writer_init(Writer *writer, const Script *script) {
  *writer = (Writer){.script = script,
                     .items = g_ptr_array_new_with_free_func((GDestroyNotify)rundown_item_free),
                     .waiting = g_ptr_array_new()};
}

GPtrArray *writer_end(Writer *writer) {
  flush_waiting(writer);
  g_clear_pointer(&writer->waiting, g_ptr_array_unref);
  return g_steal_pointer(&writer->items);
}

void writer_add(Writer *writer, RundownItem *item, Heard heard) {
  flush_waiting(writer);
  put(writer, item, heard);
}

void writer_separate(Writer *writer, RundownItem *item) {
  if (writer->waiting_closed)
    rundown_item_free(item);
  else
    g_ptr_array_add(writer->waiting, item);
}

void writer_skip(Writer *writer) {
  writer->waiting_closed = writer->waiting->len > 0;
}

void writer_close(Writer *writer) {
  flush_waiting(writer);
  add_pause(writer, writer->script->close_least_frames, writer->script->close_most_frames);
  writer->last = HEARD_SILENCE;
}
