/* What was made of what: a page whose sources have not changed is not even written in memory again. A cache: without its
 * file everything is made anew, and comes out the same. Inside podcast/ only. */
#ifndef CARNET_PODCAST_MADE_H
#define CARNET_PODCAST_MADE_H

#include <glib.h>
#include <stdbool.h>

typedef struct Made Made;
/* Reads the file, if it is there. Returns (made_free). */
Made *made_load(const char *path);
/* Writes it, without what was not asked for since made_load. A failure costs time, later. */
void made_save(Made *made);
void made_free(Made *made);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Made, made_free)
/* Was it made of this before? From now on it is. */
bool made_is(Made *made, const char *name, const char *source);

#endif
