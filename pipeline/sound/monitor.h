/* Confidence monitoring: hears an encoding while it is made, as a receiver will.
 *
 *   encoder ── packets ──> queue (bounded) ──> decoder ──> loudness, true peak, silence
 *
 * In a thread of its own, so that nothing is left to decode when the last packet is
 * written: the gate (gate.h) then compares these measures with what was asked, and
 * asks the file for nothing but the same packets. */
#ifndef CARNET_SOUND_MONITOR_H
#define CARNET_SOUND_MONITOR_H

#include "sound/lavf.h"
#include "sound/packets.h"

typedef struct {
  guint32 crc;   /* of all packets' bytes, one after another: monitor_crc */
  gint64 nbytes; /* how many */
  gint64 frames; /* decoded, the encoder's delay taken off; its padding at the end is still there */
  double integrated_lufs, true_peak_dbtp;
  double range_lu, max_momentary_lufs, max_short_term_lufs;
  gint64 longest_silence_frames; /* under -60 dBFS */
} Heard;

/* `crc` carried on over `data`; begin with 0 (CRC-32 of ISO 3309, as in zip). */
guint32 monitor_crc(guint32 crc, const void *data, gsize nbytes);

typedef struct Monitor Monitor;
/* For the packets of a codec with these parameters (copied), of which the first
 * `delay_frames` decoded frames are not sound. Returns (monitor_free), or NULL. */
Monitor *monitor_new(const AVCodecParameters *parameters, gint64 delay_frames, GError **error);
/* Stops the thread, heard or not. NULL is fine. */
void monitor_free(Monitor *monitor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Monitor, monitor_free)

/* Takes a packet. Waits while 256 KiB are not decoded yet. From one thread. */
void monitor_hear(Monitor *monitor, GBytes *packet);
/* After the last packet: waits until all is heard. A packet that cannot be decoded is INPUT. Once. */
bool monitor_finish(Monitor *monitor, Heard *heard, GError **error);

#endif
