/* A QR code (ISO/IEC 18004) as SVG; the only caller of libqrencode. */
#ifndef CARNET_PODCAST_QR_H
#define CARNET_PODCAST_QR_H

/* Of a text, with the quiet zone that it needs; `label` says to who does not see it what it is for. Returns (g_free), or
 * NULL: too long for one. */
char *qr_svg(const char *text, const char *label);

#endif
