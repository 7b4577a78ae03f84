/* When what is heard: what the transcript, the chapters and the cues are made
 * from. The words are known, so the times are exact. (Built by the caller from
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

/* WebVTT (W3C): a cue for each sentence as written, with the role that speaks.
 * Returns (g_free). */
char *transcript_vtt(const Rundown *rundown, const ItemMarks *marks);
/* JSON chapters 1.2.0 (Podcast namespace): one for each item that has a title. Returns (g_free). */
char *chapters_json(const Rundown *rundown);
/* cues.json: where each item starts, frames at 48 kHz. Returns (g_free). */
char *cues_json(const Rundown *rundown, const char *edition);

/* A chapter: consecutive items of one title are one. */
typedef struct {
  const char *title, *url; /* borrowed from the rundown; url may be NULL */
  gint64 start_frame, end_frame;
} ChapterSpan;
/* Returns an array of ChapterSpan (g_array_unref). */
GArray *chapter_spans(const Rundown *rundown);

#endif
