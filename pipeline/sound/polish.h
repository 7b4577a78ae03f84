/* A voice's polish: raw speech through a libavfilter chain, to 48 kHz. */
#ifndef CARNET_SOUND_POLISH_H
#define CARNET_SOUND_POLISH_H

#include <glib.h>
#include <stdbool.h>

/* A ClipFinish (see speech/clips.h): `chain` "" leaves the sound as it is. The
 * chain is the station's own file, never outside text; filters that read or
 * write files are refused. Output frames are exactly ceil(n × 48000 / rate_hz),
 * mono; what would go over full scale is turned down as a whole. A chain that
 * cannot be opened is INPUT with libavfilter's reason. */
bool polish_speech(const char *chain, const gint16 *samples, gint64 nsamples, guint rate_hz, float **out,
                   gint64 *frames, char **measure_json, gpointer unused, GError **error);
/* Opens the chain without sound, for `carnet doctor`: the same INPUT errors. */
bool polish_check(const char *chain, GError **error);

#endif
