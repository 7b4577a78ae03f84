/* How many listen: what Icecast tells, whole and broken, and from servers that are not there. */
#include "base/clock.h"
#include "daemon/audience.h"
#include "web/server.h"

#include <string.h>

static GHashTable *told(const char *text, bool ok) {
  GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_assert_true(audience_read(text, "http://x:1", counts) == ok);
  return counts;
}

static int count(GHashTable *counts, const char *key) {
  gpointer n;
  return g_hash_table_lookup_extended(counts, key, NULL, &n) ? GPOINTER_TO_INT(n) : -1;
}

static void test_one(void) {
  g_autoptr(GHashTable) counts = told("{\"icestats\":{\"host\":\"h\",\"source\":{\"listeners\":7,\"listenurl\":"
                                      "\"http://elsewhere:8000/a.mp3\",\"dummy\":null}}}",
                                      true);
  g_assert_cmpint(count(counts, "http://x:1/a.mp3"), ==, 7);
  g_assert_cmpint(count(counts, "http://x:1"), ==, 0);
}

static void test_many(void) {
  g_autoptr(GHashTable) counts =
      told("{\"icestats\":{\"source\":[{\"listeners\":1,\"listenurl\":\"http://h:1/a\"},3,"
           "{\"listenurl\":\"http://h:1/b\"},{\"listeners\":-4,\"listenurl\":\"http://h:1/c\"},"
           "{\"listeners\":2,\"listenurl\":\"/d\"},{\"listeners\":99999999,\"listenurl\":\"http://h:1/"
           "f\"},{\"listeners\":9,\"listenurl\":\"http://h:1/e\"}]}}",
           true);
  g_assert_cmpint(count(counts, "http://x:1/a"), ==, 1);
  g_assert_cmpint(count(counts, "http://x:1/e"), ==, 9);
  g_assert_cmpint((int)g_hash_table_size(counts), ==, 3);
}

static void test_none(void) {
  g_autoptr(GHashTable) counts = told("{\"icestats\":{\"host\":\"h\"}}", true);
  g_assert_cmpint(count(counts, "http://x:1"), ==, 0);
}

static void test_broken(void) {
  static const char *const texts[] = {
      "", "[]", "{}", "{\"icestats\":3}", "{\"icestats\":{\"source\":", "<html>no</html>", "{\"icestats\":[1]}", "7",
  };
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GHashTable) counts = told(texts[i], false);
    g_assert_cmpint((int)g_hash_table_size(counts), ==, 0);
  }
}

/* A server that tells, one that is gone, one that tells of something else. */
static void test_servers(void) {
  g_autoptr(WebServer) server = web_server_new(0, false, NULL);
  g_assert_nonnull(server);
  web_server_put(server, "/status-json.xsl", "application/json",
                 g_strdup("{\"icestats\":{\"source\":{\"listeners\":5,\"listenurl\":\"http://h:1/a.mp3\"}}}"));
  StationMount mounts[] = {
      {.mount = "/a.mp3"}, {.mount = "/b.mp3"}, {.mount = "/c.mp3", .host = "127.0.0.1", .port = 1}};
  Station station = {
      .icecast = {.host = "127.0.0.1", .port = web_server_port(server)}, .mounts = mounts, .n_mounts = 3};
  g_autoptr(Audience) audience = audience_new();
  g_assert_cmpint(audience_count(audience, &station, &mounts[0]), ==, AUDIENCE_UNKNOWN);
  audience_set_station(audience, &station);
  for (int i = 0; i < 400 && audience_count(audience, &station, &mounts[0]) == AUDIENCE_UNKNOWN; i++)
    g_usleep(10000);
  g_assert_cmpint(audience_count(audience, &station, &mounts[0]), ==, 5);
  g_assert_cmpint(audience_count(audience, &station, &mounts[1]), ==, 0);
  g_assert_cmpint(audience_count(audience, &station, &mounts[2]), ==, AUDIENCE_UNKNOWN);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/daemon/audience/one", test_one);
  g_test_add_func("/daemon/audience/many", test_many);
  g_test_add_func("/daemon/audience/none", test_none);
  g_test_add_func("/daemon/audience/broken", test_broken);
  g_test_add_func("/daemon/audience/servers", test_servers);
  return g_test_run();
}
