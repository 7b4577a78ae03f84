/* Writing a running order down: one item after the other, the right silence
 * between them, and no music that would be heard twice in a row. Inside editorial only. Pure. */
#ifndef CARNET_EDITORIAL_WRITER_H
#define CARNET_EDITORIAL_WRITER_H

#include "editorial/script.h"

/* What was heard last decides how long the silence before the next item is. */
typedef enum { HEARD_NOTHING, HEARD_MUSIC, HEARD_SILENCE, HEARD_WORDS, HEARD_ENTRY } Heard;

typedef struct {
  const Script *script; /* whose pauses it keeps */
  GPtrArray *items;     /* RundownItem*, in the order they are heard */
  Heard last;
  GPtrArray *waiting;  /* RundownItem*: what separates sections, kept back until somebody speaks again */
  bool waiting_closed; /* a section without a word came: what separates it from the next is one too many */
} Writer;

void writer_init(Writer *writer, const Script *script);
/* Ends the writing. Returns the items, which own themselves (g_ptr_array_unref). */
GPtrArray *writer_end(Writer *writer);

/* Adds something that is listened to, after what waits and a silence. Takes `item`. */
void writer_add(Writer *writer, RundownItem *item, Heard heard);
/* Adds music or silence that separates: it waits for words, and is dropped
 * when it would only be heard as a hole around an empty section. Takes `item`. */
void writer_separate(Writer *writer, RundownItem *item);
/* A section ended without a word. */
void writer_skip(Writer *writer);
/* What waits is heard now, and then the bed alone, before what closes the bulletin. */
void writer_close(Writer *writer);

RundownItem *writer_pause(gint64 least_frames, gint64 most_frames);
RundownItem *writer_sound(ItemType type, const char *title, const char *file);
/* Takes `text`. */
RundownItem *writer_speech(const char *title, char *text, const char *language, const char *voice);

#endif
