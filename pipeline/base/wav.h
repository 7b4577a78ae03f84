/* The one form of sound between rooms: a WAV file, 48 kHz, 16 bits, one or two
 * channels, with a chunk of our own ("carn", JSON: loudness, marks…) before
 * the samples, so that a clip and what is known of it are published by one
 * rename. Any player opens it (RIFF/WAVE, Microsoft 1991; unknown chunks are
 * skipped). Inside memory sound is float32 in [-1, 1]. */
#ifndef CARNET_BASE_WAV_H
#define CARNET_BASE_WAV_H

#include <glib.h>
#include <stdbool.h>

#define FRAME_RATE 48000 /* frames a second, everywhere after the voice */

#define frames_to_us(frames) ((gint64)(frames)*1000000 / FRAME_RATE)
#define us_to_frames(us) ((gint64)(us)*FRAME_RATE / 1000000)

/* Writes `frames` frames of interleaved float32 as 16 bits (rounded, clipped)
 * by draft and rename. `info` may be NULL. `durable` false skips fsync (a
 * cache that can be made again). More than 4 GiB, which RIFF cannot say, is INPUT. */
bool wav_write(const char *path, const float *samples, gint64 frames, guint channels, const char *info, bool durable,
               GError **error);

/* The same, piece by piece: memory does not depend on the length.
 * wav_writer_free without a commit leaves nothing. */
typedef struct WavWriter WavWriter;
WavWriter *wav_writer_open(const char *path, guint channels, const char *info, bool durable, GError **error);
/* `samples`: `frames` interleaved frames. */
bool wav_writer_add(WavWriter *writer, const float *samples, gint64 frames, GError **error);
bool wav_writer_commit(WavWriter *writer, GError **error);
void wav_writer_free(WavWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WavWriter, wav_writer_free)

/* A WAV file of the form above, read in place by pread: no seek state, memory
 * flat whatever the length. */
typedef struct WavReader WavReader;
/* A file that is not of this form, or is shorter than it says, is INPUT.
 * Returns (free with wav_reader_free), or NULL. */
WavReader *wav_reader_open(const char *path, GError **error);
void wav_reader_free(WavReader *wav);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WavReader, wav_reader_free)
gint64 wav_reader_frames(const WavReader *wav);
guint wav_reader_channels(const WavReader *wav);
/* The "carn" chunk's JSON, "" when none (borrowed). */
const char *wav_reader_info(const WavReader *wav);
/* Reads up to `frames` frames from `from_frame` into `out` (interleaved
 * float32). Returns the frames read: fewer only at the end, -1 on a read error. */
gint64 wav_reader_read(const WavReader *wav, gint64 from_frame, float *out, gint64 frames, GError **error);

#endif
