/* The first step of the normaliser: whatever was written → plain lines. One
 * scan for each concern, each linear. */
#ifndef CARNET_SPEECH_CLEAN_H
#define CARNET_SPEECH_CLEAN_H

#include <glib.h>

/* A clip holds CLIP_MAX_BYTES of spoken text: what comes after this many is not looked at. */
#define CLEAN_MAX_BYTES (64u << 10)
/* A longer word is cut (eSpeak aborts on some, and nobody wants to hear them). */
#define CLEAN_MAX_WORD 100

/* Lines of NFC text, one sentence or more each, without HTML, entities, emoji,
 * control and bidirectional characters, list bullets and Markdown signs at a
 * line's start; one kind of apostrophe ('), of no-break space (U+00A0), of
 * hyphen (-) and of dash (U+2013). A sentence wrapped over lines is joined.
 * Returns (g_string_free). */
GString *clean_text(const char *text);

#endif
