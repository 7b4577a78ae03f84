#include "base/files.h"
#include "base/i18n.h"
#include "sound/tags.h"

#include <string.h>

#define COVER_MAX_BYTES (4u << 20)
#define FRONT_COVER 3 /* picture type, as ID3v2 APIC and FLAC number it */

typedef struct {
  enum AVCodecID codec;
  const char *mime;
  guint32 width, height;
  guint32 depth, colours; /* bits of a pixel; size of the palette, 0: none */
} Picture;

static guint32 big_endian(const guint8 *at, guint nbytes) {
  guint32 value = 0;
  for (guint i = 0; i < nbytes; i++) {
    value = value << 8 | at[i];
  }
  return value;
}

/* Size of a JPEG from its frame header (ITU-T T.81, B.2.2); 0 when there is none. */
static void read_jpeg_size(const guint8 *data, gsize nbytes, Picture *picture) {
  for (gsize at = 2; at + 9 <= nbytes && data[at] == 0xff;) {
    guint8 marker = data[at + 1];
    bool is_frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (is_frame) {
      picture->height = big_endian(data + at + 5, 2);
      picture->width = big_endian(data + at + 7, 2);
      picture->depth = (guint32)data[at + 4] * (at + 9 < nbytes ? data[at + 9] : 3);
      return;
    }
    at += 2 + big_endian(data + at + 2, 2);
  }
}

/* Size, depth and palette of a PNG (ISO/IEC 15948, 11.2). `nbytes` >= 33. */
static void read_png_header(const guint8 *data, gsize nbytes, Picture *picture) {
  static const guint8 channels[] = {[0] = 1, [2] = 3, [3] = 0, [4] = 2, [6] = 4};
  guint8 colour_type = data[25];
  picture->width = big_endian(data + 16, 4);
  picture->height = big_endian(data + 20, 4);
  picture->depth = colour_type == 3 ? 24 : (guint32)data[24] * (colour_type <= 6 ? channels[colour_type] : 3);
  for (gsize at = 33; colour_type == 3 && at + 8 <= nbytes;) {
    guint32 length = big_endian(data + at, 4);
    if (memcmp(data + at + 4, "PLTE", 4) == 0) {
      picture->colours = length / 3;
      return;
    }
    at += (gsize)length + 12;
  }
}

static bool recognise(GBytes *bytes, Picture *picture) {
  gsize nbytes = 0;
  const guint8 *data = g_bytes_get_data(bytes, &nbytes);
  if (nbytes >= 33 && memcmp(data, "\x89PNG\r\n\x1a\n", 8) == 0) {
    *picture = (Picture){.codec = AV_CODEC_ID_PNG, .mime = "image/png"};
    read_png_header(data, nbytes, picture);
    return true;
  }
  if (nbytes >= 4 && memcmp(data, "\xff\xd8\xff", 3) == 0) {
    *picture = (Picture){.codec = AV_CODEC_ID_MJPEG, .mime = "image/jpeg"};
    read_jpeg_size(data, nbytes, picture);
    return true;
  }
  return false;
}

static void append_u32(GByteArray *block, gsize value) {
  guint32 wire = GUINT32_TO_BE((guint32)value);
  g_byte_array_append(block, (const guint8 *)&wire, 4);
}

/* A FLAC PICTURE block in base64, as Ogg comments carry it. Returns (g_free). */
static char *picture_comment(GBytes *bytes, const Picture *picture) {
  gsize nbytes = 0;
  const guint8 *data = g_bytes_get_data(bytes, &nbytes);
  g_autoptr(GByteArray) block = g_byte_array_new();
  append_u32(block, FRONT_COVER);
  append_u32(block, strlen(picture->mime));
  g_byte_array_append(block, (const guint8 *)picture->mime, (guint)strlen(picture->mime));
  append_u32(block, 0); /* description */
  append_u32(block, picture->width);
  append_u32(block, picture->height);
  append_u32(block, picture->depth);
  append_u32(block, picture->colours);
  append_u32(block, nbytes);
  g_byte_array_append(block, data, (guint)nbytes);
  return g_base64_encode(block->data, block->len);
}

static AVPacket *attach(AVFormatContext *output, GBytes *bytes, const Picture *picture) {
  gsize nbytes = 0;
  const guint8 *data = g_bytes_get_data(bytes, &nbytes);
  AVStream *stream = lavf.avformat_new_stream(output, NULL);
  g_autoptr(AVPacket) packet = lavf.av_packet_alloc();
  if (stream == NULL || packet == NULL || lavf.av_new_packet(packet, (int)nbytes) < 0) {
    return NULL;
  }
  stream->codecpar->codec_type = AVMEDIA_TYPE_VIDEO;
  stream->codecpar->codec_id = picture->codec;
  stream->codecpar->width = (int)picture->width;
  stream->codecpar->height = (int)picture->height;
  stream->disposition = AV_DISPOSITION_ATTACHED_PIC;
  stream->time_base = (AVRational){1, 90000};
  lavf.av_dict_set(&stream->metadata, "comment", "Cover (front)", 0); /* the picture type's name in libavformat */
  memcpy(packet->data, data, nbytes);
  packet->stream_index = stream->index;
  packet->pts = packet->dts = 0;
  packet->flags |= AV_PKT_FLAG_KEY;
  return g_steal_pointer(&packet);
}

bool cover_apply(AVFormatContext *output, SoundFormat format, const char *path, AVPacket **packet, GError **error) {
  *packet = NULL;
  if (path == NULL || format == FORMAT_WAV) {
    return true;
  }
  g_autoptr(GBytes) bytes = file_read(path, COVER_MAX_BYTES, error);
  if (bytes == NULL) {
    return false;
  }
  Picture picture;
  if (!recognise(bytes, &picture)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: a cover is a PNG or a JPEG picture"), path);
    return false;
  }
  if (format == FORMAT_OPUS) {
    g_autofree char *comment = picture_comment(bytes, &picture);
    lavf.av_dict_set(&output->metadata, "METADATA_BLOCK_PICTURE", comment, 0);
    return true;
  }
  *packet = attach(output, bytes, &picture);
  if (*packet == NULL) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, "%s: %s", path, _("out of memory"));
  }
  return *packet != NULL;
}
