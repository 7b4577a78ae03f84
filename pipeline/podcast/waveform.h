/* waveform.json: the outline of a bulletin, in the form of the BBC's audiowaveform (version 2, 8 bits, one channel), which
 * players such as peaks.js read; and its drawing. */
#ifndef CARNET_PODCAST_WAVEFORM_H
#define CARNET_PODCAST_WAVEFORM_H

#include "podcast/episode.h"

#define WAVEFORM_MOST 1000 /* columns of the file */

/* `peaks` (0 to 127) of columns of `column_frames` frames each; fewer and wider ones are written when there are many.
 * Returns (g_free). */
char *waveform_json(const guint8 *peaks, guint n, guint column_frames);
/* Its peaks, as many as are drawn (g_byte_array_unref), or NULL: it is none of ours. */
GByteArray *waveform_parse(const char *text, gssize nbytes);
/* An SVG of the episode: its sound, and a line where each part begins. Returns (g_free), or NULL: nothing is known of it. */
char *waveform_svg(const Episode *episode);

#endif
