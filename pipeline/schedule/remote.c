#include "schedule/remote.h"

#include "base/error.h"
#include "base/i18n.h"
#include "schedule/calendar.h"
#include "schedule/curl.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#define TIMEOUT_S 30L
#define CONNECT_S 10L
#define REDIRECTS_MOST 5L
#define TAG_MOST 1000

static const char report_body[] = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
                                  "<C:calendar-query xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\">"
                                  "<D:prop><D:getetag/><C:calendar-data/></D:prop>"
                                  "<C:filter><C:comp-filter name=\"VCALENDAR\"><C:comp-filter name=\"VEVENT\"/>"
                                  "</C:comp-filter></C:filter></C:calendar-query>";

typedef struct {
  GByteArray *body;
  char *tag;
  bool too_long;
  long status;
} Answer;

static size_t take_body(char *data, size_t size, size_t n, void *user) {
  Answer *answer = user;
  answer->too_long = answer->body->len + size * n > CALENDAR_MAX_BYTES;
  if (answer->too_long)
    return 0;
  g_byte_array_append(answer->body, (const guint8 *)data, (guint)(size * n));
  return size * n;
}

/* "ETag: …", of the last answer when there were redirections. */
static size_t take_header(char *data, size_t size, size_t n, void *user) {
  Answer *answer = user;
  g_autofree char *line = g_strndup(data, size * n);
  if (g_ascii_strncasecmp(line, "etag:", 5) == 0 && strlen(line) < TAG_MOST) {
    g_free(answer->tag);
    answer->tag = g_strdup(g_strstrip(line + 5));
  }
  return size * n;
}

static void answer_clear(Answer *answer) {
  g_byte_array_unref(answer->body);
  g_free(answer->tag);
}

/* --- asking ------------------------------------------------------------------------------------ */

/* "webcal:" is how calendars are linked to; what is meant is https. Returns (g_free). */
static char *plain_url(const char *url) {
  if (g_ascii_strncasecmp(url, "webcal:", 7) == 0)
    return g_strconcat("https:", url + 7, NULL);
  return g_strdup(url);
}

static bool is_collection(const char *url) {
  return g_str_has_suffix(url, "/");
}

static void set_options(const Curl *lib, CURL *curl, const RemoteCalendar *calendar, const char *url, Answer *answer,
                        char *message) {
  lib->easy_setopt(curl, CURLOPT_URL, url);
  lib->easy_setopt(curl, CURLOPT_ERRORBUFFER, message);
  lib->easy_setopt(curl, CURLOPT_TIMEOUT, TIMEOUT_S);
  lib->easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_S);
  lib->easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  lib->easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  lib->easy_setopt(curl, CURLOPT_MAXREDIRS, REDIRECTS_MOST);
  lib->easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  /* From https nobody is sent on in the clear. */
  lib->easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, g_str_has_prefix(url, "https:") ? "https" : "http,https");
  lib->easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
  lib->easy_setopt(curl, CURLOPT_USERAGENT, "carnet/" CARNET_VERSION);
  lib->easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
  lib->easy_setopt(curl, CURLOPT_WRITEDATA, answer);
  lib->easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
  lib->easy_setopt(curl, CURLOPT_HEADERDATA, answer);
  if (calendar->user) {
    lib->easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC | CURLAUTH_DIGEST);
    lib->easy_setopt(curl, CURLOPT_USERNAME, calendar->user);
    lib->easy_setopt(curl, CURLOPT_PASSWORD, calendar->password ? calendar->password : "");
  }
}

static struct curl_slist *headers_for(const Curl *lib, bool collection, const char *tag) {
  struct curl_slist *headers = NULL;
  if (collection) {
    headers = lib->slist_append(headers, "Content-Type: application/xml; charset=utf-8");
    headers = lib->slist_append(headers, "Depth: 1");
  } else {
    headers = lib->slist_append(headers, "Accept: text/calendar, */*;q=0.1");
  }
  if (tag && *tag && !strpbrk(tag, "\r\n")) {
    g_autofree char *known = g_strdup_printf("If-None-Match: %s", tag);
    headers = lib->slist_append(headers, known);
  }
  return headers;
}

static bool refuse(const char *url, CURLcode code, const Answer *answer, const char *message, GError **error) {
  if (answer->too_long)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: longer than 8 MiB"), url);
  else if (code != CURLE_OK)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN, "%s: %s", url, *message ? message : _("unreachable"));
  else if (answer->status == 401 || answer->status == 403)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                _("%s: refused (%ld): see user and password-file in station.yaml"), url, answer->status);
  else
    g_set_error(error, CARNET_ERROR, answer->status >= 500 ? CARNET_ERROR_AGAIN : CARNET_ERROR_INPUT,
                _("%s: the server answers %ld"), url, answer->status);
  return false;
}

static bool ask(const RemoteCalendar *calendar, const char *url, const char *tag, Answer *answer, GError **error) {
  const Curl *lib = curl_open(error);
  CURL *curl = lib ? lib->easy_init() : NULL;
  if (!curl)
    return false;
  char message[CURL_ERROR_SIZE] = "";
  bool collection = is_collection(url);
  struct curl_slist *headers = headers_for(lib, collection, tag);
  set_options(lib, curl, calendar, url, answer, message);
  lib->easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  if (collection) {
    lib->easy_setopt(curl, CURLOPT_CUSTOMREQUEST, "REPORT");
    lib->easy_setopt(curl, CURLOPT_POSTFIELDS, report_body);
  }
  CURLcode code = lib->easy_perform(curl);
  lib->easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer->status);
  lib->easy_cleanup(curl);
  lib->slist_free_all(headers);
  bool good = code == CURLE_OK && (answer->status == 200 || answer->status == 207 || answer->status == 304);
  return good || refuse(url, code, answer, message, error);
}

/* --- a collection's answer ----------------------------------------------------------------------------- */

static void add_objects(xmlNode *node, GByteArray *out) {
  for (; node; node = node->next) {
    bool is_data = node->type == XML_ELEMENT_NODE && node->ns && node->ns->href &&
                   strcmp((const char *)node->name, "calendar-data") == 0 &&
                   strcmp((const char *)node->ns->href, "urn:ietf:params:xml:ns:caldav") == 0;
    xmlChar *text = is_data ? xmlNodeGetContent(node) : NULL;
    if (text) {
      g_byte_array_append(out, (const guint8 *)text, (guint)strlen((const char *)text));
      g_byte_array_append(out, (const guint8 *)"\r\n", 2);
      xmlFree(text);
    } else {
      add_objects(node->children, out);
    }
  }
}

GBytes *remote_objects(const char *name, const char *xml, gsize nbytes, GError **error) {
  /* No network, no entity is replaced (libxml2 stops those that grow), nothing is printed. */
  xmlDoc *document = xmlReadMemory(xml, (int)MIN(nbytes, CALENDAR_MAX_BYTES), "answer.xml", NULL,
                                   XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
  if (!root || strcmp((const char *)root->name, "multistatus") != 0) {
    if (document)
      xmlFreeDoc(document);
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: this is no CalDAV collection"), name);
    return NULL;
  }
  GByteArray *out = g_byte_array_new();
  add_objects(root->children, out);
  xmlFreeDoc(document);
  static const char empty[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"; /* as a collection may be */
  if (out->len == 0)
    g_byte_array_append(out, (const guint8 *)empty, sizeof empty - 1);
  return g_byte_array_free_to_bytes(out);
}

bool remote_fetch(const RemoteCalendar *calendar, const char *tag, GBytes **text, char **new_tag, GError **error) {
  g_autofree char *url = plain_url(calendar->url);
  Answer answer = {.body = g_byte_array_new()};
  *text = NULL;
  *new_tag = NULL;
  bool ok = ask(calendar, url, tag, &answer, error);
  if (ok && answer.status != 304) {
    if (is_collection(url))
      *text = remote_objects(calendar->url, (const char *)answer.body->data, answer.body->len, error);
    else
      *text = g_bytes_new(answer.body->data, answer.body->len);
    ok = *text != NULL;
    *new_tag = is_collection(url) ? NULL : g_steal_pointer(&answer.tag);
  }
  answer_clear(&answer);
  return ok;
}
