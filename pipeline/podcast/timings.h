/* When what is heard: what the transcript and the chapters are made from. The words are known, so the times are exact. (Built by the caller from
 * a rundown and its clips' marks.) */
#ifndef CARNET_PODCAST_TIMINGS_H
#define CARNET_PODCAST_TIMINGS_H

#include "editorial/rundown.h"

/* A word or phrase of the spoken text. */
typedef struct {
  gint64 frame;         /* from the item's start */
  guint offset, length; /* bytes of the spoken text */
} SpokenMark;

/* Marks of item i of a rundown: an array of SpokenMark, or NULL. */
typedef GPtrArray ItemMarks; /* GArray* (may be NULL) in the order of the items */

/* WebVTT (W3C): a cue for each sentence as written, with the voice that speaks
 * it. Cues are in order, longer than nothing and never overlap: a sentence that
 * has no millisecond of its own is in the next one's cue. Returns (g_free). */
char *transcript_vtt(const Rundown *rundown, const ItemMarks *marks);
/* The same with the time of each word inside, as far as the marks tell it. Returns (g_free). */
char *transcript_words_vtt(const Rundown *rundown, const ItemMarks *marks);
/* JSON chapters 1.2.0 (Podcast namespace): the spans below, in seconds to the
 * millisecond, "url" only where there is one. Returns (g_free). */
char *chapters_json(const Rundown *rundown);

/* A chapter begins with an item that is heard and has a title, and lasts until
 * the next; consecutive items of one title are one. The first begins at 0. Its
 * url is the first web link (http, https) of its items. */
typedef struct {
  const char *title, *url; /* borrowed from the rundown; url may be NULL */
  gint64 start_frame, end_frame;
} ChapterSpan;
/* A link that a player may open: a web address that holds no user's name or password. */
bool chapter_link_is_shown(const char *link);
/* Returns an array of ChapterSpan (g_array_unref). */
GArray *chapter_spans(const Rundown *rundown);

#endif
