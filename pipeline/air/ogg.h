/* Opus packets as one continuous Ogg stream for each connection (RFC 3533,
 * RFC 7845). The pages are laid out here rather than by an ogg_stream_state,
 * which keeps some 28 KiB a stream: with hundreds of mounts what is needed is
 * a serial number, a page number and where the connection began. */
#ifndef CARNET_AIR_OGG_H
#define CARNET_AIR_OGG_H

#include "sound/packets.h"

typedef struct {
  guint32 serial, page; /* of the logical stream; the next page's number */
  gint64 origin_frame;  /* programme frame of this connection's first packet */
  gint64 granule;       /* of the last page: 48 kHz samples, pre-skip included */
  guint preskip_frames;
} OggStream;

/* Begins a stream and appends its two header pages to `out`: OpusHead as the
 * encoder gave it, OpusTags with `title` and `station` (either may be NULL).
 * `header` must be Opus's. */
void ogg_begin(OggStream *stream, guint32 serial, gint64 origin_frame, const StreamHeader *header, const char *title,
               const char *station, GByteArray *out);
/* Appends `n` packets as pages: all of them are out, none is kept back. The
 * granule position is that of the end of the last packet that ends on the page,
 * counted from the connection's first packet. With `n` 0 and `last`: an
 * empty page that ends the stream. */
void ogg_packets(OggStream *stream, const Packet *packets, guint n, bool last, GByteArray *out);

#endif
