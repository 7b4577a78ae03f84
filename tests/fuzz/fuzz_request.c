/* A request at the desk before anybody is asked who he is: its form, its cookies, its address. */
#include "fuzz.h"

#include "desk/routes.h"
#include "web/call.h"

static void check_texts(GHashTable *table) {
  GHashTableIter iter;
  gpointer name, value;
  g_hash_table_iter_init(&iter, table);
  while (g_hash_table_iter_next(&iter, &name, &value))
    promise(*(char *)name && g_utf8_validate(name, -1, NULL) && g_utf8_validate(value, -1, NULL));
}

static void fuzz_request(const guint8 *data, gsize nbytes) {
  g_autoptr(GHashTable) form = web_form((const char *)data, nbytes);
  if (form)
    check_texts(form);
  g_autofree char *text = g_strndup((const char *)data, nbytes);
  g_autoptr(GHashTable) headers = g_hash_table_new(g_str_hash, g_str_equal);
  g_hash_table_insert(headers, (char *)"cookie", text);
  const WebRequest request = {.method = "GET", .path = text, .headers = headers};
  g_autofree char *cookie = web_cookie(&request, "carnet");
  promise(!cookie || !strchr(cookie, ';'));
  g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  bool has_path = false;
  const Route *route = route_find("POST", text, values, &has_path);
  promise(!route || has_path);
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init(&iter, values);
  while (g_hash_table_iter_next(&iter, NULL, &value)) /* a part of an address is never more than one */
    promise(*(char *)value && !strchr(value, '/'));
}

FUZZ_TARGET(fuzz_request)
