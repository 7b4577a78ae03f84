/* Which written word is heard when: "14h30" where "quatorze heures trente" begins. Inside podcast/ only. */
#ifndef CARNET_PODCAST_WORD_TIMES_H
#define CARNET_PODCAST_WORD_TIMES_H

#include "podcast/timings.h"

/* What is said for a sentence: bytes [from, until) of an item's spoken text, whose marks tell when. */
typedef struct {
  const char *spoken;
  gsize from, until;
  const GArray *marks; /* SpokenMark; NULL: nothing is known */
  gint64 start_frame;  /* of the item */
} SaidSpan;

/* Appends `written` to a cue's text (WebVTT 1, 4.2.2), escaped, with a time before each word that is known to begin later
 * than `*last_ms`, which moves along, and before `end_ms`. */
void word_times_append(GString *out, const char *written, const SaidSpan *said, gint64 *last_ms, gint64 end_ms);
/* hh:mm:ss.mmm (WebVTT 1, 4.1). */
void vtt_append_time(GString *out, gint64 ms);
/* "&" and "<" are markup there; a blank line or "-->" would end the cue, ">" a tag. */
void vtt_append_escaped(GString *out, const char *text);

#endif
