/* cues.json: where each item of an edition starts, as it was really mixed. A
 * rundown that a person edited keeps the lengths that it had; the cues have the
 * true ones. Frames are at 48 kHz. */
#ifndef CARNET_PODCAST_CUES_H
#define CARNET_PODCAST_CUES_H

#include "base/json.h"
#include "editorial/rundown.h"

/* Adds "items": an array of the rundown's items, each with its type, title, voice, entry and links (when it has them),
 * start_frame and frames; `with_words`: also text, spoken and file, as in rundown.yaml. */
void cues_add_items(JsonBuilder *builder, const Rundown *rundown, bool with_words);
/* Adds all of a rundown's members as the verb and the desk give it out: title to items, with their words. */
void cues_add_rundown(JsonBuilder *builder, const Rundown *rundown);
/* The file's text. Returns (g_free). */
char *cues_json(const Rundown *rundown, const char *edition);
/* Reads it back: a rundown with title, script, language and date (NULL in files of old), whose items have type, title,
 * entry, links, start_frame and frames alone (rundown_free), or NULL: a file that is missing or not ours is INPUT. */
Rundown *cues_load(const char *path, GError **error);

#endif
