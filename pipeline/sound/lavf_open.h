/* Inside sound/lavf.c only: fills `lavf` (lavf.h). */
#ifndef CARNET_SOUND_LAVF_OPEN_H
#define CARNET_SOUND_LAVF_OPEN_H

#include <stdbool.h>

/* False: libavformat of the version that this was compiled with is not there, or memory is short; dlerror(3) tells. */
bool lavf_open(void);

#endif
