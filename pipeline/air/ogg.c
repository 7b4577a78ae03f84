#include "air/ogg.h"

#include <ogg/ogg.h>
#include <string.h>

#define PAGE_HEADER_BYTES 27 /* RFC 3533, section 6, before the segment table */
#define PAGE_MAX_SEGMENTS 255
#define SEGMENT_BYTES 255
#define VENDOR "carnet"

enum { PAGE_CONTINUED = 1, PAGE_FIRST = 2, PAGE_LAST = 4 };

typedef struct {
  guint8 flags;
  guint8 segments[PAGE_MAX_SEGMENTS];
  guint n_segments;
  GByteArray *body; /* borrowed */
} Page;

static void put_le(guint8 *at, guint64 value, guint nbytes) {
  for (guint i = 0; i < nbytes; i++)
    at[i] = (guint8)(value >> (8 * i));
}

static void append_le32(GByteArray *out, gsize value) {
  guint8 bytes[4];
  put_le(bytes, value, 4);
  g_byte_array_append(out, bytes, 4);
}

/* Appends the page to `out` and empties it. Granule -1: no packet ends on it. */
static void page_write(OggStream *stream, Page *page, gint64 granule, GByteArray *out) {
  guint8 header[PAGE_HEADER_BYTES + PAGE_MAX_SEGMENTS] = "OggS";
  header[5] = page->flags;
  put_le(header + 6, (guint64)granule, 8);
  put_le(header + 14, stream->serial, 4);
  put_le(header + 18, stream->page++, 4);
  header[26] = (guint8)page->n_segments;
  memcpy(header + PAGE_HEADER_BYTES, page->segments, page->n_segments);
  ogg_page sum = {.header = header,
                  .header_len = (long)(PAGE_HEADER_BYTES + page->n_segments),
                  .body = page->body->data,
                  .body_len = (long)page->body->len};
  ogg_page_checksum_set(&sum);
  g_byte_array_append(out, header, PAGE_HEADER_BYTES + page->n_segments);
  g_byte_array_append(out, page->body->data, page->body->len);
  page->flags = 0;
  page->n_segments = 0;
  g_byte_array_set_size(page->body, 0);
}

/* Lays one packet on the page, beginning new pages where 255 segments are full:
 * `granule` is that of the packets that ended before this one on this page. */
static void page_add(OggStream *stream, Page *page, const guint8 *data, gsize nbytes, gint64 granule, GByteArray *out) {
  bool begun = false;
  for (;;) {
    if (page->n_segments == PAGE_MAX_SEGMENTS) {
      page_write(stream, page, granule, out);
      page->flags = begun ? PAGE_CONTINUED : 0;
      granule = -1;
    }
    gsize part = MIN(nbytes, SEGMENT_BYTES);
    page->segments[page->n_segments++] = (guint8)part;
    g_byte_array_append(page->body, data, (guint)part);
    data += part;
    nbytes -= part;
    begun = true;
    if (part < SEGMENT_BYTES)
      return;
  }
}

static void append_comment(GByteArray *tags, guint *count, const char *key, const char *value) {
  if (!value || !*value)
    return;
  g_autofree char *comment = g_strdup_printf("%s=%s", key, value);
  append_le32(tags, strlen(comment));
  g_byte_array_append(tags, (const guint8 *)comment, (guint)strlen(comment));
  ++*count;
}

/* The comment header of RFC 7845, section 5.2. */
static GByteArray *opus_tags(const char *title, const char *station) {
  GByteArray *tags = g_byte_array_new();
  g_byte_array_append(tags, (const guint8 *)"OpusTags", 8);
  append_le32(tags, strlen(VENDOR));
  g_byte_array_append(tags, (const guint8 *)VENDOR, (guint)strlen(VENDOR));
  guint count_at = tags->len, count = 0;
  append_le32(tags, 0);
  append_comment(tags, &count, "TITLE", title);
  append_comment(tags, &count, "ARTIST", station);
  put_le(tags->data + count_at, count, 4);
  return tags;
}

void ogg_begin(OggStream *stream, guint32 serial, gint64 origin_frame, const StreamHeader *header, const char *title,
               const char *station, GByteArray *out) {
  *stream = (OggStream){.serial = serial, .origin_frame = origin_frame, .preskip_frames = header->preskip_frames};
  g_autoptr(GByteArray) body = g_byte_array_new();
  g_autoptr(GByteArray) tags = opus_tags(title, station);
  Page page = {.flags = PAGE_FIRST, .body = body};
  gsize nbytes;
  const guint8 *head = g_bytes_get_data(header->header, &nbytes);
  page_add(stream, &page, head, nbytes, -1, out);
  page_write(stream, &page, 0, out);
  page_add(stream, &page, tags->data, tags->len, -1, out);
  page_write(stream, &page, 0, out);
}

void ogg_packets(OggStream *stream, const Packet *packets, guint n, bool last, GByteArray *out) {
  if (n == 0 && !last)
    return;
  g_autoptr(GByteArray) body = g_byte_array_new();
  Page page = {.body = body};
  gint64 on_page = -1; /* granule of the packets that end on the page under way */
  for (guint i = 0; i < n; i++) {
    gsize nbytes;
    const guint8 *data = g_bytes_get_data(packets[i].data, &nbytes);
    page_add(stream, &page, data, nbytes, on_page, out);
    /* The decoder's first `preskip` samples are dropped, so a packet's end lies that much
     * further than the programme's frames (RFC 7845, section 4). */
    stream->granule = packets[i].start_frame - stream->origin_frame + packets[i].frames + stream->preskip_frames;
    on_page = stream->granule;
  }
  if (last)
    page.flags |= PAGE_LAST;
  page_write(stream, &page, stream->granule, out);
}
