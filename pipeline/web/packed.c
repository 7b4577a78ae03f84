#include "web/packed.h"

#include "web/mhd.h"

#include <gio/gio.h>
#include <glib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 16 * 1024 /* bytes, read and given at once */, LEVEL = 6, AT_ONCE = 64 };

static gint n_packing; /* atomic */

/* --- who takes it ------------------------------------------------------------------------------- */

/* "gzip;q=0.5": of `coding`, and its q is not 0. -1: of another one. */
static int accepts(const char *item, const char *coding) {
  g_auto(GStrv) parts = g_strsplit(item, ";", 2);
  if (!parts[0] || g_ascii_strcasecmp(g_strstrip(parts[0]), coding) != 0)
    return -1;
  const char *q = parts[1] ? g_strstrip(parts[1]) : "";
  return !g_str_has_prefix(q, "q=") || g_ascii_strtod(q + strlen("q="), NULL) > 0;
}

static int find_coding(char *const *items, const char *coding) {
  int found = -1;
  for (; *items && found < 0; items++)
    found = accepts(*items, coding);
  return found;
}

bool packed_is_accepted(const char *accept_encoding) {
  g_auto(GStrv) items = g_strsplit(accept_encoding ? accept_encoding : "", ",", -1);
  int named = find_coding(items, "gzip");
  return named >= 0 ? named : find_coding(items, "*") > 0;
}

/* --- packing: the server's thread ----------------------------------------------------------------- */

typedef struct {
  int fd;
  GConverter *gzip;
  gsize at, filled; /* in `piece`: what is not packed yet */
  bool is_read;     /* to its end */
  char piece[PIECE];
} Packed;

static void packed_free(void *user) {
  Packed *packed = user;
  close(packed->fd);
  g_object_unref(packed->gzip);
  g_free(packed);
  g_atomic_int_add(&n_packing, -1);
}

/* False when the file cannot be read. */
static bool fill(Packed *packed) {
  ssize_t got = read(packed->fd, packed->piece, PIECE);
  packed->at = 0;
  packed->filled = got > 0 ? (gsize)got : 0;
  packed->is_read = got == 0;
  return got >= 0;
}

/* MHD_ContentReaderCallback. */
static ssize_t give_piece(void *user, uint64_t position, char *room, size_t size) {
  (void)position;
  Packed *packed = user;
  gsize used = 0, made = 0;
  GConverterResult result = G_CONVERTER_CONVERTED;
  while (made == 0 && result == G_CONVERTER_CONVERTED) {
    if (packed->at == packed->filled && !packed->is_read && !fill(packed))
      return MHD_CONTENT_READER_END_WITH_ERROR;
    result = g_converter_convert(packed->gzip, packed->piece + packed->at, packed->filled - packed->at, room, size,
                                 packed->is_read ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS, &used, &made, NULL);
    packed->at += used;
  }
  if (made > 0)
    return (ssize_t)made;
  return result == G_CONVERTER_FINISHED ? MHD_CONTENT_READER_END_OF_STREAM : MHD_CONTENT_READER_END_WITH_ERROR;
}

struct MHD_Response *packed_response(int fd) {
  if (g_atomic_int_add(&n_packing, 1) >= AT_ONCE) {
    g_atomic_int_add(&n_packing, -1);
    return NULL;
  }
  Packed *packed = g_new0(Packed, 1);
  packed->fd = fd;
  packed->gzip = G_CONVERTER(g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, LEVEL));
  struct MHD_Response *response =
      mhd.MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, give_piece, packed, packed_free);
  if (!response) {
    packed->fd = -1;
    packed_free(packed);
    return NULL;
  }
  mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
  return response;
}
