#include "daemon/audience.h"

#include "base/clock.h"
#include "base/json.h"
#include "sound/fetch.h"

#include <string.h>

#define EVERY_US (10 * US_PER_SECOND)
#define TIMEOUT_US (3 * US_PER_SECOND)
#define MOST_BYTES (1u << 20)
#define STATUS_PATH "/status-json.xsl"
#define COUNT_MOST 10000000

struct Audience {
  GThread *thread;
  gint closing; /* atomic */
  GMutex lock;  /* guards what follows */
  GCond changed;
  GPtrArray *doors;   /* char: "http://127.0.0.1:8000" */
  GHashTable *counts; /* door + mount → listeners; a door alone → 0 when it has told */
};

static void add_source(JsonArray *array, guint index, JsonNode *node, gpointer user) {
  (void)array;
  (void)index;
  gpointer *into = user; /* prefix, counts */
  if (!JSON_NODE_HOLDS_OBJECT(node))
    return;
  JsonObject *source = json_node_get_object(node);
  const char *url = json_string_of(source, "listenurl");
  gint64 n = json_int_of(source, "listeners", -1);
  const char *host = url ? strstr(url, "://") : NULL, *mount = host ? strchr(host + 3, '/') : NULL;
  if (mount && n >= 0 && n <= COUNT_MOST)
    g_hash_table_replace(into[1], g_strconcat(into[0], mount, NULL), GINT_TO_POINTER((int)n));
}

/* One source is an object, several are an array of them, none is nothing (Icecast 2.4). */
bool audience_read(const char *text, const char *prefix, GHashTable *counts) {
  g_autoptr(JsonNode) node = json_parse("status", text, -1, NULL);
  JsonNode *stats =
      node && JSON_NODE_HOLDS_OBJECT(node) ? json_object_get_member(json_node_get_object(node), "icestats") : NULL;
  if (!stats || !JSON_NODE_HOLDS_OBJECT(stats))
    return false;
  JsonNode *sources = json_object_get_member(json_node_get_object(stats), "source");
  gpointer into[] = {(gpointer)prefix, counts};
  if (sources && JSON_NODE_HOLDS_ARRAY(sources))
    json_array_foreach_element(json_node_get_array(sources), add_source, into);
  else if (sources)
    add_source(NULL, 0, sources, into);
  g_hash_table_replace(counts, g_strdup(prefix), GINT_TO_POINTER(0));
  return true;
}

static int is_closing(void *user) {
  Audience *audience = user;
  return g_atomic_int_get(&audience->closing);
}

static void ask_all(Audience *audience, const GPtrArray *doors, GHashTable *counts) {
  for (guint i = 0; i < doors->len && !is_closing(audience); i++) {
    g_autofree char *url = g_strconcat(doors->pdata[i], STATUS_PATH, NULL);
    g_autofree char *text = fetch_text(url, MOST_BYTES, TIMEOUT_US, is_closing, audience, NULL);
    if (text)
      audience_read(text, doors->pdata[i], counts);
  }
}

static gpointer copy_text(gconstpointer text, gpointer user) {
  (void)user;
  return g_strdup(text);
}

static gpointer ask(gpointer data) {
  Audience *audience = data;
  g_mutex_lock(&audience->lock);
  while (!is_closing(audience)) {
    g_autoptr(GPtrArray) doors = g_ptr_array_copy(audience->doors, copy_text, NULL);
    g_ptr_array_set_free_func(doors, g_free);
    g_mutex_unlock(&audience->lock);
    GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    ask_all(audience, doors, counts);
    g_mutex_lock(&audience->lock);
    g_hash_table_unref(audience->counts);
    audience->counts = counts;
    if (!is_closing(audience))
      g_cond_wait_until(&audience->changed, &audience->lock, g_get_monotonic_time() + EVERY_US);
  }
  g_mutex_unlock(&audience->lock);
  return NULL;
}

Audience *audience_new(void) {
  Audience *audience = g_new0(Audience, 1);
  g_mutex_init(&audience->lock);
  g_cond_init(&audience->changed);
  audience->doors = g_ptr_array_new_with_free_func(g_free);
  audience->counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  audience->thread = g_thread_new("audience", ask, audience);
  return audience;
}

void audience_free(Audience *audience) {
  if (!audience)
    return;
  g_mutex_lock(&audience->lock);
  g_atomic_int_set(&audience->closing, 1);
  g_cond_signal(&audience->changed);
  g_mutex_unlock(&audience->lock);
  g_thread_join(audience->thread);
  g_ptr_array_unref(audience->doors);
  g_hash_table_unref(audience->counts);
  g_mutex_clear(&audience->lock);
  g_cond_clear(&audience->changed);
  g_free(audience);
}

void audience_set_station(Audience *audience, const Station *station) {
  g_mutex_lock(&audience->lock);
  g_ptr_array_set_size(audience->doors, 0);
  for (guint i = 0; i < station->n_mounts; i++) {
    char *door = station_url(station, &station->mounts[i], "");
    if (g_ptr_array_find_with_equal_func(audience->doors, door, g_str_equal, NULL))
      g_free(door);
    else
      g_ptr_array_add(audience->doors, door);
  }
  g_cond_signal(&audience->changed);
  g_mutex_unlock(&audience->lock);
}

int audience_count(Audience *audience, const Station *station, const StationMount *mount) {
  g_autofree char *door = station_url(station, mount, ""), *key = g_strconcat(door, mount->mount, NULL);
  g_mutex_lock(&audience->lock);
  bool tells = g_hash_table_contains(audience->counts, door);
  int n = tells ? GPOINTER_TO_INT(g_hash_table_lookup(audience->counts, key)) : AUDIENCE_UNKNOWN;
  g_mutex_unlock(&audience->lock);
  return n;
}
