/* What a file says of itself: title, chapters, loudness, cover, in each
 * format's own words. */
#ifndef CARNET_SOUND_TAGS_H
#define CARNET_SOUND_TAGS_H

#include "sound/lavf.h"
#include "sound/programme.h"

/* Gives `output`, whose only stream is the sound, its metadata and chapters.
 * Call before the header is written. */
bool tags_apply(AVFormatContext *output, SoundFormat format, const ProgrammeTags *tags, GError **error);

/* Adds the cover's stream to `output` where the format has one for it (MP3,
 * FLAC, AAC), or its METADATA_BLOCK_PICTURE comment (Opus). Returns the packet to
 * write after the header (av_packet_free) in `packet`, NULL when there is none.
 * A cover that is missing, too large or neither PNG nor JPEG is INPUT. */
bool cover_apply(AVFormatContext *output, SoundFormat format, const char *path, AVPacket **packet, GError **error);

#endif
