/* A sound file, decoded frame by frame: the reading half of what is done to
 * outside sound (in a limited child, see sounds.h) and of the gate.
 *
 *   path ── open(2), regular files only ─┐
 *   descriptor ─────────────────────────┴─ our own AVIO ── demuxer ── decoder ── AVFrame
 *
 * libav* never opens anything by name: it reads the one descriptor, so a playlist
 * or a reference inside a file leads nowhere. Demuxers and decoders are those of a
 * white list (wav w64 aiff flac mp3 ogg aac m4a; PCM, FLAC, MP3, Vorbis, Opus,
 * AAC, ALAC). The first sound stream is read; pictures and video are left alone. */
#ifndef CARNET_SOUND_DECODE_H
#define CARNET_SOUND_DECODE_H

#include "sound/lavf.h"

#define SOUND_FILE_MAX_CHANNELS 8

typedef struct SoundFile SoundFile;

/* What is not a sound file of the list is INPUT; the message does not name
 * `path` (the caller prefixes it). Returns (free with sound_file_free), or NULL. */
SoundFile *sound_file_open(const char *path, GError **error);
/* The same, from the start of what is open already: `fd` is taken. */
SoundFile *sound_file_open_fd(int fd, GError **error);
void sound_file_free(SoundFile *file);
/* Its length by its own words; 0 when they are not to be relied on. */
gint64 sound_file_declared_us(const SoundFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SoundFile, sound_file_free)

/* The next decoded frame, encoder delay and padding taken off, in the codec's
 * own form (rate and channels may change from one frame to the next; at most
 * SOUND_FILE_MAX_CHANNELS). `*frame` is borrowed until the next call, NULL at
 * the end. Damaged sound is INPUT; a last packet that is cut short is only left
 * out; a file that ends well before the length that it declares is damaged. */
bool sound_file_next(SoundFile *file, const AVFrame **frame, GError **error);

/* The next packet of the stream as it is, for who does not decode (either this or
 * sound_file_next): borrowed until the next call, NULL at the end. `*played` is how
 * many frames of it, at 48 kHz, a player plays. */
bool sound_file_next_packet(SoundFile *file, const AVPacket **packet, gint64 *played, GError **error);

/* A converter from frames like `like` to interleaved `format` with `channels`
 * (1 or 2) at `rate_hz`: soxr where the rate changes; one channel becomes two
 * of the same level, more are mixed down by the standard coefficients.
 * Returns (lavf_swr_free), or NULL. */
SwrContext *sound_converter_new(const AVFrame *like, int channels, enum AVSampleFormat format, int rate_hz,
                                GError **error);

#endif
