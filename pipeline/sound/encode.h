/* One encoding: blocks in, a file and packets out (libavcodec, libavformat).
 * Bit rates apart, the encoders' own defaults. Used by one thread. */
#ifndef CARNET_SOUND_ENCODE_H
#define CARNET_SOUND_ENCODE_H

#include "sound/blocks.h"
#include "sound/monitor.h"
#include "sound/programme.h"

typedef struct Encoder Encoder;

/* Opens the encoder and the draft of `encoding` (borrowed for the encoder's
 * life), and hands the stream's header to its packet queue. Returns (encoder_free,
 * which removes the draft when it was not published), or NULL. */
Encoder *encoder_new(const Encoding *encoding, GError **error);
void encoder_free(Encoder *encoder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Encoder, encoder_free)

/* Processor time against the other formats' for the same sound, by the encoders' defaults. */
guint encoder_cost(SoundFormat format);
/* Encodes a block. Packets go to the queue at once; for the file they are kept
 * until encoder_begin_file. Waits while the packet queue is full. */
bool encoder_add(Encoder *encoder, const Block *block, GError **error);
/* Bytes kept until the file begins; 0 when it has begun, or when there is none. */
gsize encoder_held_bytes(const Encoder *encoder);
/* Writes the file's header and what was kept. Once, before encoder_finish. */
bool encoder_begin_file(Encoder *encoder, const ProgrammeTags *tags, GError **error);
bool encoder_file_begun(const Encoder *encoder); /* true as well when there is no file */
/* The last frames, the trailer; the queue is finished. */
bool encoder_finish(Encoder *encoder, GError **error);
/* What a receiver hears in the file's packets, once it is finished; there must be
 * a file. Waits until the monitor has heard all. Once. */
bool encoder_heard(Encoder *encoder, Heard *heard, GError **error);

const char *encoder_draft_path(const Encoder *encoder); /* NULL when there is no file */
/* Puts the finished file in its place (file_draft_commit). True when there is none. */
bool encoder_publish(Encoder *encoder, GError **error);

#endif
