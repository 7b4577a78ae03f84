#include "base/http.h"

#include "base/curl.h"
#include "base/error.h"
#include "base/i18n.h"

#include <string.h>

#define TIMEOUT_S 30L
#define CONNECT_S 10L
#define REDIRECTS_MOST 5L
#define TAG_MOST 1000

typedef struct {
  HttpAnswer *answer;
  gsize most_bytes;
  bool too_long;
} Taking;

static size_t take_body(char *data, size_t size, size_t n, void *user) {
  Taking *taking = user;
  taking->too_long = taking->answer->body->len + size * n > taking->most_bytes;
  if (taking->too_long)
    return 0;
  g_byte_array_append(taking->answer->body, (const guint8 *)data, (guint)(size * n));
  return size * n;
}

/* "ETag: …", of the last answer when there were redirections. */
static size_t take_header(char *data, size_t size, size_t n, void *user) {
  Taking *taking = user;
  g_autofree char *line = g_strndup(data, size * n);
  if (g_ascii_strncasecmp(line, "etag:", 5) == 0 && strlen(line) < TAG_MOST) {
    g_free(taking->answer->tag);
    taking->answer->tag = g_strdup(g_strstrip(line + 5));
  }
  return size * n;
}

static void set_options(const Curl *lib, CURL *curl, const HttpRequest *request, Taking *taking, char *message) {
  bool is_safe = g_str_has_prefix(request->url, "https:");
  lib->easy_setopt(curl, CURLOPT_URL, request->url);
  lib->easy_setopt(curl, CURLOPT_ERRORBUFFER, message);
  lib->easy_setopt(curl, CURLOPT_TIMEOUT, TIMEOUT_S);
  lib->easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_S);
  lib->easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  lib->easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  lib->easy_setopt(curl, CURLOPT_MAXREDIRS, REDIRECTS_MOST);
  lib->easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  lib->easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, is_safe ? "https" : "http,https");
  lib->easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
  lib->easy_setopt(curl, CURLOPT_USERAGENT, "carnet/" CARNET_VERSION);
  lib->easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
  lib->easy_setopt(curl, CURLOPT_WRITEDATA, taking);
  lib->easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
  lib->easy_setopt(curl, CURLOPT_HEADERDATA, taking);
  if (request->method)
    lib->easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
  if (request->body)
    lib->easy_setopt(curl, CURLOPT_POSTFIELDS, request->body);
  if (request->user) {
    lib->easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC | CURLAUTH_DIGEST);
    lib->easy_setopt(curl, CURLOPT_USERNAME, request->user);
    lib->easy_setopt(curl, CURLOPT_PASSWORD, request->password ? request->password : "");
  }
}

bool http_ask(const HttpRequest *request, HttpAnswer *answer, GError **error) {
  *answer = (HttpAnswer){.body = g_byte_array_new()};
  const Curl *lib = curl_open(error);
  CURL *curl = lib ? lib->easy_init() : NULL;
  if (!curl)
    return false;
  char message[CURL_ERROR_SIZE] = "";
  struct curl_slist *headers = NULL;
  for (guint i = 0; request->headers && request->headers[i]; i++)
    headers = lib->slist_append(headers, request->headers[i]);
  Taking taking = {answer, request->most_bytes, false};
  set_options(lib, curl, request, &taking, message);
  lib->easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  CURLcode code = lib->easy_perform(curl);
  lib->easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer->status);
  lib->easy_cleanup(curl);
  lib->slist_free_all(headers);
  if (taking.too_long)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: longer than %u MiB"), request->url,
                (guint)(request->most_bytes >> 20));
  else if (code != CURLE_OK)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN, "%s: %s", request->url, *message ? message : _("unreachable"));
  return !taking.too_long && code == CURLE_OK;
}

void http_answer_clear(HttpAnswer *answer) {
  if (answer->body)
    g_byte_array_unref(answer->body);
  g_free(answer->tag);
  *answer = (HttpAnswer){0};
}
