/* Reading cues.json back: what was really mixed, item by item. A rundown that a
 * person edited keeps the lengths that it had; the cues have the true ones. */
#ifndef CARNET_PODCAST_CUES_H
#define CARNET_PODCAST_CUES_H

#include "editorial/rundown.h"

/* Returns a rundown whose items have type, title, entry, start_frame and frames
 * alone (rundown_free), or NULL: a file that is missing or not ours is INPUT. */
Rundown *cues_load(const char *path, GError **error);

#endif
