/* Silence at the ends of raw speech: taken away to the sample, the same for every engine. */
#ifndef CARNET_SPEECH_TRIM_H
#define CARNET_SPEECH_TRIM_H

#include <glib.h>

/* What stays before the first sound and after the last: a breath of the consonant that begins, and the room
 * (see voices/README.md) that dies away. Both are ramped from and to zero. */
#define TRIM_LEAD_MS 10
#define TRIM_TAIL_MS 30
/* Quieter than this (of 32,768; -50 dBFS) is silence. */
#define TRIM_SILENCE 100

/* `speech` (gint16, mono) becomes exactly TRIM_LEAD_MS, what is heard, TRIM_TAIL_MS; where the synthesizer gave
 * less than that, zeros are added. Empty when nothing in it is heard. Returns how many samples earlier all of it is
 * now (may be negative). */
gint64 trim_speech(GArray *speech, guint rate_hz);
/* Frames of the lead and the tail at a rate. */
guint trim_lead(guint rate_hz);
guint trim_tail(guint rate_hz);

#endif
