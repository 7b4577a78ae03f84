#include "web/call.h"

#include <string.h>
#include <unistd.h>

#define FIELDS_MOST 500

const char *web_header(const WebRequest *request, const char *name) {
  return g_hash_table_lookup(request->headers, name);
}

char *web_cookie(const WebRequest *request, const char *name) {
  const char *header = web_header(request, "cookie");
  g_auto(GStrv) pairs = g_strsplit(header ? header : "", ";", -1);
  for (char **pair = pairs; *pair; pair++) {
    char *equals = strchr(g_strstrip(*pair), '=');
    if (equals && (gsize)(equals - *pair) == strlen(name) && strncmp(*pair, name, strlen(name)) == 0)
      return g_strdup(equals + 1);
  }
  return NULL;
}

/* application/x-www-form-urlencoded (WHATWG URL, 5.1). NULL: no UTF-8, or a NUL in it. */
static char *decode(const char *text, gsize nbytes) {
  g_autofree char *spaced = g_strndup(text, nbytes);
  g_strdelimit(spaced, "+", ' ');
  return g_uri_unescape_string(spaced, NULL);
}

GHashTable *web_form(const char *text, gsize nbytes) {
  g_autoptr(GHashTable) form = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  const char *end = text + nbytes;
  for (const char *at = text; at < end;) {
    const char *stop = memchr(at, '&', (gsize)(end - at));
    stop = stop ? stop : end;
    const char *equals = memchr(at, '=', (gsize)(stop - at));
    const char *name_end = equals ? equals : stop, *value = equals ? equals + 1 : stop;
    g_autofree char *name = decode(at, (gsize)(name_end - at)), *its = decode(value, (gsize)(stop - value));
    if (!name || !its || !g_utf8_validate(name, -1, NULL) || !g_utf8_validate(its, -1, NULL) ||
        g_hash_table_size(form) >= FIELDS_MOST)
      return NULL;
    if (*name)
      g_hash_table_replace(form, g_steal_pointer(&name), g_steal_pointer(&its));
    at = stop + 1;
  }
  return g_steal_pointer(&form);
}

/* --- a reply ----------------------------------------------------------------------------------- */

void web_reply_bytes(WebReply *reply, unsigned status, const char *type, GBytes *bytes) {
  reply->status = status;
  g_free(reply->type);
  reply->type = g_strdup(type);
  g_clear_pointer(&reply->body, g_bytes_unref);
  reply->body = g_bytes_ref(bytes);
}

void web_reply_text(WebReply *reply, unsigned status, const char *type, const char *text) {
  g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
  web_reply_bytes(reply, status, type, bytes);
}

void web_reply_header(WebReply *reply, const char *name, const char *value) {
  if (!reply->headers)
    reply->headers = g_ptr_array_new_with_free_func(g_free);
  g_ptr_array_add(reply->headers, g_strdup(name));
  g_ptr_array_add(reply->headers, g_strdup(value));
}

void web_reply_see(WebReply *reply, const char *where) {
  reply->status = 303;
  web_reply_header(reply, "Location", where);
}

void web_reply_file(WebReply *reply, const char *path, const char *type) {
  reply->file = g_strdup(path);
  reply->file_type = g_strdup(type);
}

void web_reply_growing(WebReply *reply, WebGrowing *growing, int fd, gint64 from, const char *type) {
  reply->growing = growing;
  reply->growing_fd = fd;
  reply->growing_from = from;
  reply->file_type = g_strdup(type);
}

void web_reply_clear(WebReply *reply) {
  if (reply->growing && reply->growing_fd >= 0)
    close(reply->growing_fd);
  g_free(reply->type);
  g_free(reply->file);
  g_free(reply->file_type);
  g_clear_pointer(&reply->body, g_bytes_unref);
  if (reply->headers)
    g_ptr_array_unref(reply->headers);
  *reply = (WebReply){0};
}
