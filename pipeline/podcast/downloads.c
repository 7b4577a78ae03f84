#include "podcast/downloads.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#define LINE_MOST (16u << 10) /* a longer one is no request of a listener */
#define MINUTE_MS 60000

/* A sound file, and what of it is a download. */
typedef struct {
  const Episode *episode;
  gint64 enough_bytes;
} Sound;

typedef struct {
  char *day, *address, *agent, *path;
  gint64 nbytes;
} Request;

struct Downloads {
  GHashTable *sounds; /* a file's name without its sum → Sound */
  GHashTable *got;    /* a digest of day, address, program and episode → gint64: bytes, G_MININT64: counted */
  GHashTable *days;   /* Episode → GHashTable: day → guint */
};

static void request_clear(Request *request) {
  g_free(request->day);
  g_free(request->address);
  g_free(request->agent);
  g_free(request->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Request, request_clear)

/* "2020-03-17-midi-1f2e3d4c5b6a.mp3" → "2020-03-17-midi.mp3": a sound that was corrected has another sum. Returns (g_free). */
static char *without_sum(const char *file) {
  g_autofree char *name = g_path_get_basename(file);
  char *sum = strrchr(name, '-'), *ending = strrchr(name, '.');
  bool has_sum = sum && ending && sum < ending;
  return has_sum ? g_strdup_printf("%.*s%s", (int)(sum - name), name, ending) : g_steal_pointer(&name);
}

static char *name_of(const char *path) {
  g_autofree char *plain = g_strndup(path, strcspn(path, "?#"));
  g_autofree char *unescaped = g_uri_unescape_string(plain, NULL);
  return without_sum(unescaped ? unescaped : plain);
}

Downloads *downloads_new(const GPtrArray *episodes) {
  Downloads *downloads = g_new0(Downloads, 1);
  downloads->sounds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  downloads->got = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  downloads->days = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);
  for (guint i = 0; i < episodes->len; i++) {
    const Episode *episode = episodes->pdata[i];
    g_hash_table_insert(downloads->days, (gpointer)episode,
                        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL));
    for (guint k = 0; k < episode->media->len; k++) {
      const EpisodeMedia *media = episode->media->pdata[k];
      Sound *sound = g_new0(Sound, 1);
      gint64 minute = media->nbytes * MINUTE_MS / MAX(episode->duration_ms, 1);
      *sound = (Sound){episode, MIN(minute, media->nbytes)};
      g_hash_table_insert(downloads->sounds, without_sum(media->file), sound);
    }
  }
  return downloads;
}

void downloads_free(Downloads *downloads) {
  g_hash_table_unref(downloads->sounds);
  g_hash_table_unref(downloads->got);
  g_hash_table_unref(downloads->days);
  g_free(downloads);
}

/* --- a line ---------------------------------------------------------------------------------- */

/* What stands from `*at` to the first of `ends`, which is passed over. NULL: it does not come. Returns (g_free). */
static char *take_until(const char **at, const char *ends) {
  gsize n = strcspn(*at, ends);
  if ((*at)[n] == '\0')
    return NULL;
  char *taken = g_strndup(*at, n);
  *at += n + 1;
  return taken;
}

/* From behind the opening quotation mark to the closing one: within, it is "\"". */
static char *take_quoted(const char **at) {
  const char *end = *at;
  while (*end != '\0' && *end != '"')
    end += *end == '\\' && end[1] != '\0' ? 2 : 1;
  if (*end == '\0')
    return NULL;
  char *taken = g_strndup(*at, (gsize)(end - *at));
  *at = end + 1;
  return taken;
}

/* "29/Nov/2026:12:00:00 +0100" → "2026-11-29". NULL: it is no such time. Returns (g_free). */
static char *day_of(const char *time) {
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  int number = 0, year = 0;
  char name[4] = "";
  if (!time || sscanf(time, "%2d/%3[A-Za-z]/%4d:", &number, name, &year) != 3)
    return NULL;
  const char *month = strlen(name) == 3 ? strstr(months, name) : NULL;
  g_autofree char *day =
      month ? g_strdup_printf("%04d-%02d-%02d", year, (int)((month - months) / 3 + 1), number) : NULL;
  return day && (month - months) % 3 == 0 && day_check(day, NULL) ? g_steal_pointer(&day) : NULL;
}

/* ADDRESS - USER [TIME] "GET PATH HTTP/1.1" STATUS BYTES "REFERRER" "PROGRAM", the last two of which may be missing. A user
 * may be called anything: what follows is found from the last "] \"" on. */
static bool read_combined(const char *line, Request *request) {
  const char *at = line, *what = g_strrstr(line, "] \"GET ");
  gsize n = strspn(line, "0123456789abcdefABCDEF:.");
  if (!what || n == 0 || line[n] != ' ')
    return false;
  request->address = take_until(&at, " ");
  const char *time = what;
  while (time > line && *time != '[')
    time--;
  request->day = *time == '[' ? day_of(time + 1) : NULL;
  at = what + strlen("] \"GET ");
  g_autofree char *asked = take_quoted(&at);
  if (!request->day || !asked || (!g_str_has_prefix(at, " 200 ") && !g_str_has_prefix(at, " 206 ")))
    return false;
  request->path = g_strndup(asked, strcspn(asked, " "));
  char *rest = NULL;
  request->nbytes = g_ascii_strtoll(at + strlen(" 200 "), &rest, 10);
  at = rest;
  g_autofree char *referrer = g_str_has_prefix(at, " \"") ? (at += 2, take_quoted(&at)) : NULL;
  request->agent = referrer && g_str_has_prefix(at, " \"") ? (at += 2, take_quoted(&at)) : NULL;
  return true;
}

/* Caddy's: "ts" is seconds since 1970, "size" the bytes that were sent. */
static bool read_json(const char *line, Request *request) {
  g_autoptr(JsonNode) node = json_parse("log", line, -1, NULL);
  JsonObject *object = node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
  JsonNode *asked = object ? json_object_get_member(object, "request") : NULL;
  JsonObject *asks = asked && JSON_NODE_HOLDS_OBJECT(asked) ? json_node_get_object(asked) : NULL;
  if (!asks)
    return false;
  gint64 status = json_int_of(object, "status", 0);
  JsonNode *ts = json_object_get_member(object, "ts"), *heads = json_object_get_member(asks, "headers");
  JsonNode *agent =
      heads && JSON_NODE_HOLDS_OBJECT(heads) ? json_object_get_member(json_node_get_object(heads), "User-Agent") : NULL;
  JsonArray *agents = agent && JSON_NODE_HOLDS_ARRAY(agent) ? json_node_get_array(agent) : NULL;
  if (g_strcmp0(json_string_of(asks, "method"), "GET") != 0 || (status != 200 && status != 206) || !ts ||
      !JSON_NODE_HOLDS_VALUE(ts) || json_node_get_double(ts) <= 0)
    return false;
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
  double seconds = json_node_get_double(ts);
  request->day = zone_day(utc, (gint64)CLAMP(seconds, 0, 1e11) * US_PER_SECOND);
  request->address = g_strdup(json_string_of(asks, "remote_ip"));
  request->path = g_strdup(json_string_of(asks, "uri"));
  request->agent =
      agents && json_array_get_length(agents) > 0 && JSON_NODE_HOLDS_VALUE(json_array_get_element(agents, 0))
          ? g_strdup(json_node_get_string(json_array_get_element(agents, 0)))
          : NULL;
  request->nbytes = json_int_of(object, "size", 0);
  return request->address && request->path;
}

/* Programs that look around by themselves; and a watch asks for what the telephone beside it has got already. */
static bool is_machine(const char *agent) {
  static const char *const words[] = {"bot",     "crawl",    "spider", "slurp",   "preview",  "scrap",
                                      "monitor", "headless", "uptime", "watchos", "validator"};
  g_autofree char *low = g_ascii_strdown(agent ? agent : "", -1);
  for (guint i = 0; i < G_N_ELEMENTS(words); i++)
    if (strstr(low, words[i]))
      return true;
  return false;
}

static void count(const Downloads *downloads, const Episode *episode, const char *day) {
  GHashTable *days = g_hash_table_lookup(downloads->days, episode);
  guint n = GPOINTER_TO_UINT(g_hash_table_lookup(days, day));
  g_hash_table_replace(days, g_strdup(day), GUINT_TO_POINTER(n + 1));
}

/* Whose bytes they are is known by a digest alone. */
static void add_bytes(Downloads *downloads, const Sound *sound, const Request *request) {
  g_autofree char *who = g_strjoin("\n", request->day, request->address, request->agent ? request->agent : "",
                                   sound->episode->edition, NULL);
  g_autofree char *digest = text_digest(who, NULL);
  gint64 *got = g_hash_table_lookup(downloads->got, digest);
  if (!got) {
    got = g_new0(gint64, 1);
    g_hash_table_insert(downloads->got, g_steal_pointer(&digest), got);
  }
  if (*got == G_MININT64)
    return;
  *got += MIN(request->nbytes, sound->enough_bytes);
  if (*got < sound->enough_bytes)
    return;
  *got = G_MININT64;
  count(downloads, sound->episode, request->day);
}

void downloads_add_line(Downloads *downloads, const char *line) {
  g_auto(Request) request = {0};
  bool is_request = *line == '{' ? read_json(line, &request) : read_combined(line, &request);
  if (!is_request || request.nbytes <= 0 || is_machine(request.agent))
    return;
  g_autofree char *name = name_of(request.path);
  const Sound *sound = g_hash_table_lookup(downloads->sounds, name);
  if (sound)
    add_bytes(downloads, sound, &request);
}

/* --- a log -------------------------------------------------------------------------------------- */

/* Whole lines out of what was read; of one that has no end `*rest` keeps the beginning. */
static void add_lines(Downloads *downloads, GString *rest, const char *data, gsize n, bool *is_long) {
  while (n > 0) {
    const char *end = memchr(data, '\n', n);
    gsize length = end ? (gsize)(end - data) : n;
    *is_long = *is_long || rest->len + length > LINE_MOST;
    if (!*is_long)
      g_string_append_len(rest, data, (gssize)length);
    if (end && !*is_long)
      downloads_add_line(downloads, rest->str);
    if (end) {
      g_string_truncate(rest, 0);
      *is_long = false;
      length++;
    }
    data += length;
    n -= length;
  }
}

static GInputStream *open_log(const char *path, GError **error) {
  g_autoptr(GFile) file = g_file_new_for_path(strcmp(path, "-") == 0 ? "/dev/stdin" : path);
  g_autoptr(GFileInputStream) plain = g_file_read(file, NULL, error);
  if (!plain || !g_str_has_suffix(path, ".gz"))
    return (GInputStream *)g_steal_pointer(&plain);
  g_autoptr(GZlibDecompressor) unpack = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  return g_converter_input_stream_new(G_INPUT_STREAM(plain), G_CONVERTER(unpack));
}

bool downloads_add_log(Downloads *downloads, const char *path, GError **error) {
  g_autoptr(GError) why = NULL;
  g_autoptr(GInputStream) stream = open_log(path, &why);
  g_autoptr(GString) rest = g_string_new(NULL);
  g_autofree char *block = g_malloc(LINE_MOST);
  bool is_long = false;
  gssize n = stream ? 1 : -1;
  while (n > 0) {
    n = g_input_stream_read(stream, block, LINE_MOST, NULL, &why);
    if (n > 0)
      add_lines(downloads, rest, block, (gsize)n, &is_long);
  }
  if (n == 0 && rest->len > 0 && !is_long)
    downloads_add_line(downloads, rest->str);
  if (n < 0)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s", why->message);
  return n == 0;
}

/* --- what came out ------------------------------------------------------------------------------ */

guint downloads_on(const Downloads *downloads, const Episode *episode, const char *day) {
  GHashTable *days = g_hash_table_lookup(downloads->days, episode);
  return days ? GPOINTER_TO_UINT(g_hash_table_lookup(days, day)) : 0;
}

static gint compare_days(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *downloads_days(const Downloads *downloads, const Episode *episode) {
  GHashTable *days = g_hash_table_lookup(downloads->days, episode);
  GPtrArray *names = g_ptr_array_new();
  GHashTableIter iter;
  gpointer day;
  if (days)
    g_hash_table_iter_init(&iter, days);
  while (days && g_hash_table_iter_next(&iter, &day, NULL))
    g_ptr_array_add(names, day);
  g_ptr_array_sort(names, compare_days);
  return names;
}

guint downloads_of(const Downloads *downloads, const Episode *episode) {
  g_autoptr(GPtrArray) days = downloads_days(downloads, episode);
  guint n = 0;
  for (guint i = 0; i < days->len; i++)
    n += downloads_on(downloads, episode, days->pdata[i]);
  return n;
}
