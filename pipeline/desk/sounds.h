/* Sounds that come and go as files. Inside desk/ only. */
#ifndef CARNET_DESK_SOUNDS_H
#define CARNET_DESK_SOUNDS_H

#include "desk/visit.h"

/* What a file's name should end in, by its first bytes ("wav"); what it really is, the limited child that decodes it finds
 * out. NULL with INPUT: none that we take. */
const char *sound_ending(GBytes *body, GError **error);
/* The request's body becomes a file of sounds/, once it was decoded in the limited child; the same sound has the same name.
 * Returns its name (g_free), or NULL. */
char *sound_keep(const Visit *visit, GError **error);
/* The media type of what is given, by its name. */
const char *sound_type(const char *file);

#endif
