#include "web/files.h"

#include "web/descriptors.h"
#include "web/mhd.h"
#include "web/packed.h"

#include <fcntl.h>
#include <glib.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PACKED_LEAST = 1000 /* bytes: what fits into one packet stays as it is */ };

typedef struct {
  const char *ending, *type;
  bool is_for_ever; /* its name is its content's */
  bool is_text;     /* gzip makes it smaller */
} FileType;

static const FileType types[] = {
    {".html", "text/html; charset=utf-8", false, true},
    {".css", "text/css; charset=utf-8", false, true},
    {".js", "text/javascript; charset=utf-8", false, true},
    {".xml", "application/rss+xml; charset=utf-8", false, true},
    {".vtt", "text/vtt; charset=utf-8", false, true},
    {".srt", "application/x-subrip; charset=utf-8", false, true},
    {".txt", "text/plain; charset=utf-8", false, true},
    {".chapters.json", "application/json+chapters; charset=utf-8", false, true},
    {".json", "application/json; charset=utf-8", false, true},
    {".jpg", "image/jpeg", false, false},
    {".png", "image/png", false, false},
    {".mp3", "audio/mpeg", true, false},
    {".opus", "audio/ogg; codecs=opus", true, false},
};

static const FileType *type_of(const char *path) {
  for (guint i = 0; i < G_N_ELEMENTS(types); i++)
    if (g_str_has_suffix(path, types[i].ending))
      return &types[i];
  return NULL;
}

/* Of a kind that we publish, and below the folder. */
static bool may_be_served(const char *path) {
  return *path == '/' && !strstr(path, "/.") && !strstr(path, "//") && type_of(path) != NULL;
}

/* "Tue, 17 Mar 2020 11:00:00 GMT" (RFC 9110, 5.6.7). */
static char *http_date(time_t at) {
  static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(at);
  if (!date) /* no year of ours */
    return g_strdup("Thu, 01 Jan 1970 00:00:00 GMT");
  return g_strdup_printf("%s, %02d %s %d %02d:%02d:%02d GMT", days[g_date_time_get_day_of_week(date) - 1],
                         g_date_time_get_day_of_month(date), months[g_date_time_get_month(date) - 1],
                         g_date_time_get_year(date), g_date_time_get_hour(date), g_date_time_get_minute(date),
                         g_date_time_get_second(date));
}

/* One range of bytes (RFC 9110, 14.1.2). What is no range, or several of them, is answered as a whole: 200. */
typedef enum { RANGE_WHOLE, RANGE_PART, RANGE_NONE } RangeKind;

static bool parse_offset(const char **at, gint64 *value) {
  if (!g_ascii_isdigit(**at))
    return false;
  char *end;
  guint64 number = g_ascii_strtoull(*at, &end, 10);
  *value = number > G_MAXINT64 ? G_MAXINT64 : (gint64)number;
  *at = end;
  return true;
}

static RangeKind parse_range(const char *text, gint64 size, gint64 *from, gint64 *until) {
  const char *at = text && g_str_has_prefix(text, "bytes=") ? text + strlen("bytes=") : NULL;
  gint64 first = -1, last = -1;
  if (!at)
    return RANGE_WHOLE;
  bool has_first = parse_offset(&at, &first);
  if (*at++ != '-')
    return RANGE_WHOLE;
  bool has_last = parse_offset(&at, &last);
  if (*at != '\0' || (!has_first && !has_last) || (has_first && has_last && last < first))
    return RANGE_WHOLE;
  if (!has_first) { /* the last so many */
    if (last == 0 || size == 0)
      return RANGE_NONE;
    *from = size - MIN(last, size);
    *until = size;
    return RANGE_PART;
  }
  if (first >= size)
    return RANGE_NONE;
  *from = first;
  *until = has_last ? MIN(last, size - 1) + 1 : size;
  return RANGE_PART;
}

static const char *header_of(struct MHD_Connection *connection, const char *name) {
  return mhd.MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* Weak or strong, one of a list, or any. */
static bool names_tag(const char *list, const char *tag) {
  return list && (strcmp(list, "*") == 0 || strstr(list, tag) != NULL);
}

static struct MHD_Response *say(const char *text) {
  struct MHD_Response *response =
      mhd.MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_MUST_COPY);
  mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/plain; charset=utf-8");
  return response;
}

static void add_headers(struct MHD_Response *response, const FileType *type, const char *tag, const char *date) {
  mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_ETAG, tag);
  mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_LAST_MODIFIED, date);
  mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_ACCEPT_RANGES, "bytes");
  mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type->type);
  mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL,
                              type->is_for_ever ? "public, max-age=31536000, immutable" : "no-cache");
  if (type->is_text)
    mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_VARY, "Accept-Encoding");
  mhd.MHD_add_response_header(response, "Access-Control-Allow-Origin", "*");
  mhd.MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
}

/* The same file packed is another representation (RFC 9110, 8.8.1), and has a tag of its own. */
static char *make_tag(const struct stat *file, bool is_packed) {
  return g_strdup_printf("\"%" PRIx64 "-%" PRIx64 ".%" PRIx64 "%s\"", (guint64)file->st_size,
                         (guint64)file->st_mtim.tv_sec, (guint64)file->st_mtim.tv_nsec, is_packed ? "-gzip" : "");
}

/* What is answered of a file: all of it, a part, nothing. */
typedef struct {
  unsigned status;
  gint64 from, until;
} Share;

/* RFC 9110, 13.2.2. */
static Share share_of(struct MHD_Connection *connection, gint64 nbytes, const char *tag, const char *date,
                      bool is_get) {
  const char *match = header_of(connection, MHD_HTTP_HEADER_IF_NONE_MATCH);
  const char *since = header_of(connection, MHD_HTTP_HEADER_IF_MODIFIED_SINCE);
  const char *only_if = header_of(connection, MHD_HTTP_HEADER_IF_RANGE);
  const char *range = is_get ? header_of(connection, MHD_HTTP_HEADER_RANGE) : NULL; /* RFC 9110, 14.2 */
  Share share = {MHD_HTTP_OK, 0, nbytes};
  bool same = match ? names_tag(match, tag) : since && strcmp(since, date) == 0;
  bool is_whole = same || (only_if && strcmp(only_if, tag) != 0 && strcmp(only_if, date) != 0);
  RangeKind kind = is_whole ? RANGE_WHOLE : parse_range(range, nbytes, &share.from, &share.until);
  if (same) /* its length is the file's, and it has no body */
    share.status = MHD_HTTP_NOT_MODIFIED;
  else if (kind == RANGE_PART)
    share.status = MHD_HTTP_PARTIAL_CONTENT;
  else if (kind == RANGE_NONE)
    share.status = MHD_HTTP_RANGE_NOT_SATISFIABLE;
  return share;
}

static void add_content_range(struct MHD_Response *response, const Share *share, gint64 nbytes) {
  g_autofree char *part =
      share->status == MHD_HTTP_PARTIAL_CONTENT
          ? g_strdup_printf("bytes %" PRId64 "-%" PRId64 "/%" PRId64, share->from, share->until - 1, nbytes)
      : share->status == MHD_HTTP_RANGE_NOT_SATISFIABLE ? g_strdup_printf("bytes */%" PRId64, nbytes)
                                                        : NULL;
  if (part)
    mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_RANGE, part);
}

/* Takes `fd`. */
static struct MHD_Response *give(int fd, const struct stat *file, struct MHD_Connection *connection,
                                 const FileType *type, bool is_get, unsigned *status) {
  bool may_pack = type->is_text && file->st_size >= PACKED_LEAST &&
                  !(is_get && header_of(connection, MHD_HTTP_HEADER_RANGE)) &&
                  packed_is_accepted(header_of(connection, MHD_HTTP_HEADER_ACCEPT_ENCODING));
  struct MHD_Response *response = may_pack ? packed_response(fd) : NULL;
  bool is_packed = response != NULL;
  g_autofree char *tag = make_tag(file, is_packed), *date = http_date(file->st_mtim.tv_sec);
  Share share = share_of(connection, file->st_size, tag, date, is_get);
  if (is_packed &&
      (!is_get || share.status == MHD_HTTP_NOT_MODIFIED)) /* libmicrohttpd 0.9.75 ends even those by a last */
    mhd.MHD_set_response_options(response, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT,
                                 MHD_RO_END); /* chunk, on a line that lives on */
  bool is_none = share.status == MHD_HTTP_RANGE_NOT_SATISFIABLE;
  if (!is_packed && !is_none)
    response =
        mhd.MHD_create_response_from_fd_at_offset64((guint64)(share.until - share.from), fd, (guint64)share.from);
  if (!response) { /* else it closes the file */
    close(fd);
    response = mhd.MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);
  }
  add_headers(response, type, tag, date);
  add_content_range(response, &share, file->st_size);
  *status = share.status;
  return response;
}

struct MHD_Response *files_answer(int folder_fd, struct MHD_Connection *connection, const char *path, bool is_get,
                                  unsigned *status) {
  const char *wanted = strcmp(path, "/") == 0 ? "/index.html" : path;
  struct stat file;
  int fd = may_be_served(wanted) ? openat(folder_fd, wanted + 1, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) : -1;
  if (fd >= 0 && fstat(fd, &file) == 0 && S_ISREG(file.st_mode))
    return give(descriptor_move(fd), &file, connection, type_of(wanted), is_get, status);
  if (fd >= 0)
    close(fd);
  *status = MHD_HTTP_NOT_FOUND;
  return say("not found\n");
}

struct MHD_Response *files_give(int fd, struct MHD_Connection *connection, const char *type, bool is_get,
                                unsigned *status) {
  const FileType own = {.ending = "", .type = type, .is_text = g_str_has_prefix(type, "text/")};
  struct stat file;
  if (fd >= 0 && fstat(fd, &file) == 0 && S_ISREG(file.st_mode))
    return give(descriptor_move(fd), &file, connection, &own, is_get, status);
  if (fd >= 0)
    close(fd);
  *status = MHD_HTTP_NOT_FOUND;
  return say("not found\n");
}
