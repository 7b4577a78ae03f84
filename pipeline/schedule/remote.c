#include "schedule/remote.h"

#include "base/error.h"
#include "base/http.h"
#include "base/i18n.h"
#include "schedule/calendar.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

static const char report_body[] = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
                                  "<C:calendar-query xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\">"
                                  "<D:prop><D:getetag/><C:calendar-data/></D:prop>"
                                  "<C:filter><C:comp-filter name=\"VCALENDAR\"><C:comp-filter name=\"VEVENT\"/>"
                                  "</C:comp-filter></C:filter></C:calendar-query>";

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

static bool refuse(const char *url, long status, GError **error) {
  if (status == 401 || status == 403)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                _("%s: refused (%ld): see user and password-file in station.yaml"), url, status);
  else
    g_set_error(error, CARNET_ERROR, status >= 500 ? CARNET_ERROR_AGAIN : CARNET_ERROR_INPUT,
                _("%s: the server answers %ld"), url, status);
  return false;
}

static bool ask(const RemoteCalendar *calendar, const char *url, const char *tag, HttpAnswer *answer, GError **error) {
  bool collection = is_collection(url), is_known = tag && *tag && !strpbrk(tag, "\r\n");
  g_autofree char *known = is_known ? g_strdup_printf("If-None-Match: %s", tag) : NULL;
  const char *const for_file[] = {"Accept: text/calendar, */*;q=0.1", known, NULL};
  const char *const for_collection[] = {"Content-Type: application/xml; charset=utf-8", "Depth: 1", known, NULL};
  const HttpRequest request = {.url = url,
                               .user = calendar->user,
                               .password = calendar->password,
                               .method = collection ? "REPORT" : NULL,
                               .headers = collection ? for_collection : for_file,
                               .body = collection ? report_body : NULL,
                               .most_bytes = CALENDAR_MAX_BYTES};
  if (!http_ask(&request, answer, error))
    return false;
  bool good = answer->status == 200 || answer->status == 207 || answer->status == 304;
  return good || refuse(url, answer->status, error);
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
  g_auto(HttpAnswer) answer = {0};
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
  return ok;
}
