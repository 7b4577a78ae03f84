/* Rundowns made by hand, for the tests of the podcast's files. */
#ifndef CARNET_TESTS_PODCAST_RUNDOWN_H
#define CARNET_TESTS_PODCAST_RUNDOWN_H

#include "base/wav.h"
#include "podcast/timings.h"

#include <string.h>

/* Adds an item of `frames`; the strings (NULL: none) are copied. The caller retimes. */
static inline RundownItem *add_item(Rundown *rundown, ItemType type, const char *title, const char *text,
                                    gint64 frames) {
  RundownItem *item = rundown_item_new(type);
  item->title = g_strdup(title);
  item->text = g_strdup(text);
  item->spoken = g_strdup(text);
  item->voice = g_strdup(text ? "claire" : NULL);
  item->frames = frames;
  g_ptr_array_add(rundown->items, item);
  rundown_retime(rundown);
  return item;
}

#endif
