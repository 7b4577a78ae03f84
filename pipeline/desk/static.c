/* The style, the script and the icons: in the program, so that nothing is fetched from elsewhere. */
#include "desk/answers.h"

#include <gio/gio.h>
#include <string.h>

void carnet_desk_register_resource(void); /* made by glib-compile-resources out of static/ */

static GBytes *find(const char *file) {
  static gsize is_there;
  if (g_once_init_enter(&is_there)) {
    carnet_desk_register_resource();
    g_once_init_leave(&is_there, 1);
  }
  g_autofree char *path = g_strconcat("/carnet/desk/", file, NULL);
  return g_resources_lookup_data(path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

/* Gzipped (RFC 1952) for who takes it: a third of the bytes on a slow line. What is a user's own page is not: what is
 * secret in it is not to be guessed from its length. Returns (g_bytes_unref), or NULL: it does not become shorter. */
static GBytes *pack(GBytes *bytes) {
  gsize n = 0, read = 0, written = 0;
  const void *data = g_bytes_get_data(bytes, &n);
  g_autoptr(GZlibCompressor) compressor = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  gsize room = n + 1024;
  g_autofree guint8 *packed = g_malloc(room);
  GConverterResult result = g_converter_convert(G_CONVERTER(compressor), data, n, packed, room,
                                                G_CONVERTER_INPUT_AT_END, &read, &written, NULL);
  return result == G_CONVERTER_FINISHED && read == n ? g_bytes_new(packed, written) : NULL;
}

static void give(Visit *visit, const char *type, GBytes *bytes) {
  const char *accepted = web_header(visit->request, "accept-encoding");
  web_reply_header(visit->reply, "Vary", "Accept-Encoding");
  g_autoptr(GBytes) packed = accepted && strstr(accepted, "gzip") ? pack(bytes) : NULL;
  web_reply_bytes(visit->reply, 200, type, packed ? packed : bytes);
  if (packed)
    web_reply_header(visit->reply, "Content-Encoding", "gzip");
}

void answer_static(Visit *visit) {
  static const char *const types[][2] = {
      {".css", "text/css; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"}, {".svg", "image/svg+xml"}};
  const char *file = visit_text(visit, "file"), *type = NULL;
  g_autoptr(GBytes) bytes = find(file);
  for (guint i = 0; i < G_N_ELEMENTS(types); i++)
    type = g_str_has_suffix(file, types[i][0]) ? types[i][1] : type;
  if (!bytes || !type) {
    visit_refuse(visit, 404, _("there is nothing at this address"));
    return;
  }
  g_autofree char *sum = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
  sum[16] = '\0';
  g_autofree char *tag = g_strdup_printf("W/\"%s\"", sum) /* packed or not */;
  const char *there = web_header(visit->request, "if-none-match");
  web_reply_header(visit->reply, "ETag", tag);
  web_reply_header(visit->reply, "Cache-Control", "no-cache");
  if (there && strstr(there, tag))
    visit->reply->status = 304;
  else
    give(visit, type, bytes);
}
