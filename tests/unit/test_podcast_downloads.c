/* Downloads: which lines of a log are one, and which are none. */
#include "podcast/downloads.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Two minutes of 1,000 bytes a second: a minute is 60,000. */
static GPtrArray *episodes_new(void) {
  GPtrArray *episodes = g_ptr_array_new_with_free_func((GDestroyNotify)episode_free);
  for (int i = 0; i < 2; i++) {
    Episode *episode = episode_new();
    episode->edition = g_strdup(i == 0 ? "2026-11-29-midi" : "2026-11-28-court");
    episode->duration_ms = i == 0 ? 120000 : 20000;
    episode_add_media(episode, g_strdup("audio/mpeg"), g_strdup(i == 0 ? "media/midi-1f.mp3" : "media/court é-2a.mp3"),
                      i == 0 ? 120000 : 20000);
    if (i == 0)
      episode_add_media(episode, g_strdup("audio/ogg"), g_strdup("media/midi-1f.opus"), 60000);
    g_ptr_array_add(episodes, episode);
  }
  return episodes;
}

static guint count_of(const char *const *lines, guint which) {
  g_autoptr(GPtrArray) episodes = episodes_new();
  g_autoptr(Downloads) downloads = downloads_new(episodes);
  for (; *lines; lines++)
    downloads_add_line(downloads, *lines);
  return downloads_of(downloads, episodes->pdata[which]);
}

#define LINE(host, day, what, status, bytes, agent)                                                                    \
  host " - - [" day ":12:00:00 +0100] \"" what " HTTP/1.1\" " status " " bytes " \"-\" \"" agent "\""
#define GET "GET /carnet/media/midi-1f.mp3"

/* Each line alone: a download, or none. */
static void test_lines(void) {
  static const struct {
    const char *line;
    guint n;
  } rows[] = {
      {LINE("192.0.2.1", "29/Nov/2026", GET, "200", "120000", "AntennaPod/3.4"), 1},
      {LINE("2001:db8::7", "29/Nov/2026", GET "?from=feed", "206", "60000", "a \\\"quoted\\\" one"), 1},
      {LINE("192.0.2.1", "29/Nov/2026", "GET /midi-1f.opus", "200", "30000", "x"), 1}, /* half of 60,000 is a minute */
      {"192.0.2.1 - anne [29/Nov/2026:12:00:00 +0100] \"" GET " HTTP/1.0\" 200 120000", 1},
      {LINE("192.0.2.1", "29/Nov/2026", "GET /carnet/media/midi-0000.mp3", "200", "120000", "before it was corrected"),
       1},
      {LINE("radio.example:80 192.0.2.1", "29/Nov/2026", GET, "200", "120000", "vhost_combined"), 0},
      {LINE("192.0.2.1", "31/Feb/2026", GET, "200", "120000", "x"), 0},
      {"192.0.2.1 - - [29/Nov/2026:12:00:00 +0100] \"" GET " HTTP/1.1\" 200 120000 \"no end", 1},
      {"192.0.2.1 - - [29/Nov/2026:12:00:00 +0100] \"GET /no-end", 0},
      {"192.0.2.1 - - 29/Nov/2026] \"" GET " HTTP/1.1\" 200 120000", 0},
      {"192.0.2.1", 0},
      {"192.0.2.1 - a user [with] [29/Nov/2026:12:00:00 +0100] \"" GET " HTTP/1.0\" 200 120000", 1},
      {LINE("192.0.2.1", "29/Nov/2026", GET, "206", "59999", "AntennaPod/3.4"), 0}, /* not a minute */
      {LINE("192.0.2.1", "29/Nov/2026", GET, "304", "120000", "AntennaPod/3.4"), 0},
      {LINE("192.0.2.1", "29/Nov/2026", GET, "404", "120000", "AntennaPod/3.4"), 0},
      {LINE("192.0.2.1", "29/Nov/2026", "HEAD /media/midi-1f.mp3", "200", "120000", "AntennaPod/3.4"), 0},
      {LINE("192.0.2.1", "29/Nov/2026", "GET /media/other.mp3", "200", "120000", "AntennaPod/3.4"), 0},
      {LINE("192.0.2.1", "29/Nov/2026", GET, "200", "120000", "Googlebot/2.1"), 0},
      {LINE("192.0.2.1", "29/Nov/2026", GET, "200", "120000", "AppleCoreMedia (watchOS)"), 0},
      {LINE("192.0.2.1", "29/Nvo/2026", GET, "200", "120000", "x"), 0},
      {LINE("192.0.2.1", "29/anF/2026", GET, "200", "120000", "x"), 0},
      {LINE("192.0.2.1", "29/Nov/2026", GET, "200", "0", "x"), 0},
      {LINE("192.0.2.1", "29/Nov/2026", GET, "200", "99999999999999999999999", "x"), 1},
      {"", 0},
      {"- - -", 0},
      {"\xff\xfe\x01 no log", 0},
      {"{\"ts\":1795953600.5,\"request\":{\"remote_ip\":\"192.0.2.1\",\"method\":\"GET\",\"uri\":\"/media/"
       "midi-1f.mp3\","
       "\"headers\":{\"User-Agent\":[\"AntennaPod\"]}},\"status\":200,\"size\":120000}",
       1},
      {"{\"ts\":1795953600,\"request\":{\"remote_ip\":\"192.0.2.1\",\"method\":\"GET\",\"uri\":\"/media/midi-1f.mp3\"},"
       "\"status\":206,\"size\":60000}",
       1},
      {"{\"ts\":1e12,\"request\":{\"remote_ip\":\"1\",\"method\":\"GET\",\"uri\":\"/midi-1f.mp3\",\"headers\":{\"User-"
       "Agent\":[]}},\"status\":206,\"size\":60000}",
       1},
      {"{\"ts\":1,\"request\":{\"remote_ip\":\"1\",\"method\":\"GET\",\"uri\":\"/"
       "midi-1f.mp3\",\"headers\":{\"User-Agent\":"
       "[[]]}},\"status\":206,\"size\":60000}",
       1},
      {"{\"ts\":1,\"request\":{\"remote_ip\":\"1\",\"method\":\"GET\",\"uri\":\"/"
       "midi-1f.mp3\",\"headers\":{\"User-Agent\":"
       "\"x\"}},\"status\":206,\"size\":60000}",
       1},
      {"{\"ts\":1,\"request\":{\"remote_ip\":\"1\",\"method\":\"GET\",\"uri\":\"/midi-1f.mp3\",\"headers\":[]},"
       "\"status\":206,\"size\":60000}",
       1},
      {"{\"ts\":1,\"request\":{\"method\":\"GET\",\"uri\":\"/midi-1f.mp3\"},\"status\":206,\"size\":60000}", 0},
      {"{\"ts\":1,\"request\":{\"remote_ip\":\"1\",\"method\":\"GET\"},\"status\":206,\"size\":60000}", 0},
      {"{\"ts\":[],\"request\":{\"remote_ip\":\"1\",\"method\":\"GET\",\"uri\":\"/"
       "midi-1f.mp3\"},\"status\":206,\"size\":"
       "60000}",
       0},
      {"{\"request\":{\"remote_ip\":\"1\",\"method\":\"GET\",\"uri\":\"/midi-1f.mp3\"},\"status\":206,\"size\":60000}",
       0},
      {"{\"ts\":1,\"request\":{\"remote_ip\":\"1\",\"method\":\"POST\",\"uri\":\"/"
       "midi-1f.mp3\"},\"status\":200,\"size\":"
       "60000}",
       0},
      {"{\"ts\":1,\"request\":{\"remote_ip\":\"1\",\"method\":\"GET\",\"uri\":\"/"
       "midi-1f.mp3\"},\"status\":500,\"size\":"
       "60000}",
       0},
      {"{\"ts\":1,\"request\":[]}", 0},
      {"{\"ts\":1}", 0},
      {"{\"ts\":\"today\",\"request\":{\"remote_ip\":\"1\",\"method\":\"GET\",\"uri\":\"/midi-1f.mp3\"},\"status\":200,"
       "\"size\":60000}",
       0},
      {"{no json", 0},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    const char *lines[] = {rows[i].line, NULL};
    g_test_message("%s", rows[i].line);
    g_assert_cmpuint(count_of(lines, 0), ==, rows[i].n);
  }
}

/* One address and program, one day, one episode: one. Pieces add up. */
static void test_together(void) {
  static const char *const lines[] = {
      LINE("192.0.2.1", "29/Nov/2026", GET, "206", "30000", "A"),
      LINE("192.0.2.1", "29/Nov/2026", GET, "206", "30000", "A"), /* a minute: 1 */
      LINE("192.0.2.1", "29/Nov/2026", GET, "200", "120000", "A"),
      LINE("192.0.2.1", "29/Nov/2026", "GET /media/midi-1f.opus", "200", "60000", "A"), /* the same, otherwise */
      LINE("192.0.2.1", "30/Nov/2026", GET, "200", "120000", "A"),                      /* 2 */
      LINE("192.0.2.2", "29/Nov/2026", GET, "200", "120000", "A"),                      /* 3 */
      LINE("192.0.2.1", "29/Nov/2026", GET, "200", "120000", "B"),                      /* 4 */
      LINE("192.0.2.1", "29/Nov/2026", "GET /media/court%20%C3%A9-2a.mp3", "200", "20000", "A"),
      NULL};
  g_assert_cmpuint(count_of(lines, 0), ==, 4);
  g_assert_cmpuint(count_of(lines, 1), ==, 1); /* shorter than a minute: all of it */
  g_autoptr(GPtrArray) episodes = episodes_new();
  g_autoptr(Downloads) downloads = downloads_new(episodes);
  for (const char *const *line = lines; *line; line++)
    downloads_add_line(downloads, *line);
  g_autoptr(GPtrArray) days = downloads_days(downloads, episodes->pdata[0]);
  g_assert_cmpuint(days->len, ==, 2);
  g_assert_cmpstr(days->pdata[0], ==, "2026-11-29");
  g_assert_cmpuint(downloads_on(downloads, episodes->pdata[0], "2026-11-29"), ==, 3);
  g_assert_cmpuint(downloads_on(downloads, episodes->pdata[0], "2026-11-30"), ==, 1);
  g_assert_cmpuint(downloads_on(downloads, episodes->pdata[0], "2026-12-01"), ==, 0);
  g_autoptr(Episode) other = episode_new();
  g_assert_cmpuint(downloads_of(downloads, other), ==, 0);
  g_assert_cmpuint(downloads_on(downloads, other, "2026-11-29"), ==, 0);
}

/* A stranger chooses the path and the user: each line takes a moment, whatever they are. */
static void test_hostile(void) {
  g_autofree char *times = g_strnfill(16000, '[');
  g_autoptr(GString) user = g_string_new("192.0.2.1 - ");
  for (int i = 0; i < 900; i++)
    g_string_append(user, "[01/Jan/2024:");
  g_string_append(user, " [29/Nov/2026:12:00:00 +0100] \"" GET " HTTP/1.1\" 404 0");
  g_autofree char *path =
      g_strdup_printf("192.0.2.1 - - [29/Nov/2026:12:00:00 +0100] \"GET /%s HTTP/1.1\" 404 0", times);
  g_autofree char *back = g_strnfill(16000, '\\');
  g_autofree char *slashes = g_strdup_printf("192.0.2.1 - - [29/Nov/2026:12:00:00 +0100] \"GET /%s", back);
  const char *lines[] = {user->str, path, slashes, NULL};
  for (int i = 0; i < 200; i++)
    g_assert_cmpuint(count_of(lines, 0), ==, 0);
}

/* Lines of any length, a last one without an end, what is no log. */
static void test_logs(void) {
  g_autofree char *path = g_strdup("/tmp/carnet-downloads-XXXXXX");
  int fd = g_mkstemp(path);
  g_assert_cmpint(fd, >=, 0);
  g_autoptr(GString) log = g_string_new(NULL);
  for (int i = 0; i < 2000; i++)
    g_string_append_printf(
        log, "192.0.2.%d - - [29/Nov/2026:12:00:00 +0100] \"" GET " HTTP/1.1\" 200 120000 \"-\" \"%d\"\n", i % 250, i);
  for (int i = 0; i < 200000; i++) /* 1 MB without an end, which opens like a request */
    g_string_append(log, i == 0 ? "192.0.2.1 - - [29/Nov/2026:12:00:00 +0100] \"" GET
                                  " HTTP/1.1\" 200 120000 \"-\" \"long"
                                : "aaaaa");
  g_string_append(log, "\"\n");
  g_string_append(log, LINE("192.0.2.9", "29/Nov/2026", GET, "200", "120000", "last"));
  g_assert_true(g_file_set_contents(path, log->str, (gssize)log->len, NULL));
  g_autoptr(GPtrArray) episodes = episodes_new();
  g_autoptr(Downloads) downloads = downloads_new(episodes);
  g_autoptr(GError) error = NULL;
  g_assert_true(downloads_add_log(downloads, path, &error));
  g_assert_no_error(error);
  g_assert_cmpuint(downloads_of(downloads, episodes->pdata[0]), ==, 2001);
  g_unlink(path);
  g_assert_false(downloads_add_log(downloads, path, &error));
  g_assert_nonnull(error);
  close(fd);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/podcast/downloads/lines", test_lines);
  g_test_add_func("/podcast/downloads/together", test_together);
  g_test_add_func("/podcast/downloads/hostile", test_hostile);
  g_test_add_func("/podcast/downloads/logs", test_logs);
  return g_test_run();
}
