#include "desk/serve.h"

#include "base/clock.h"
#include "desk/access.h"
#include "desk/page.h"
#include "desk/routes.h"

#include <glib/gstdio.h>
#include <string.h>

#define BODY_MOST (64u << 10)
#define PATIENCE_MS 3000 /* with others who hold the logbook */

/* A thread's own. */
typedef struct {
  Desk *desk;
  Session session;
  GStatBuf read; /* station.yaml, as it was read */
} Own;

/* --- the station and the store ------------------------------------------------------------------------ */

/* A station.yaml that is wrong leaves the station as it was: `carnet doctor` tells. */
static bool refresh(Own *own, GError **error) {
  g_autofree char *path = g_build_filename(own->desk->folder, "station.yaml", NULL);
  GStatBuf now = {0};
  g_stat(path, &now);
  bool changed = now.st_mtim.tv_sec != own->read.st_mtim.tv_sec || now.st_mtim.tv_nsec != own->read.st_mtim.tv_nsec;
  if (changed || !own->session.station) {
    g_autoptr(GError) why = NULL;
    Station *station = station_load(own->desk->folder, &why);
    if (station) {
      station_free(own->session.station);
      own->session.station = station;
      own->read = now;
    } else if (!own->session.station) {
      g_propagate_error(error, g_steal_pointer(&why));
      return false;
    }
  }
  bool is_new = own->session.store == NULL;
  Store *store = session_store(&own->session, error);
  if (store && is_new)
    store_set_patience(store, PATIENCE_MS);
  return store != NULL;
}

gpointer serve_begin(gpointer user) {
  Own *own = g_new0(Own, 1);
  own->desk = user;
  own->session.folder = g_strdup(own->desk->folder);
  own->session.quiet = true;
  return own;
}

void serve_end(gpointer data) {
  Own *own = data;
  store_free(own->session.store);
  station_free(own->session.station);
  g_free(own->session.folder);
  g_free(own);
}

/* --- what is asked --------------------------------------------------------------------------------------- */

/* What is long is taken of who is somebody (and of nobody, where anybody may send). */
gsize serve_body_most(const WebRequest *request, gpointer user) {
  bool has_path;
  const Route *route = route_find(request->method, request->path, NULL, &has_path);
  bool may = route && (route->role == ROLE_NOBODY || access_is_known(user, request));
  return may && route->body_most ? route->body_most : BODY_MOST;
}

static bool is_json(const WebRequest *request) {
  const char *type = web_header(request, "content-type");
  return type && g_ascii_strncasecmp(type, "application/json", strlen("application/json")) == 0;
}

/* A recording is its body as it is; what is said of it stands in the address. */
static bool is_sound(const WebRequest *request) {
  const char *type = web_header(request, "content-type");
  return type && g_ascii_strncasecmp(type, "audio/", strlen("audio/")) == 0;
}

/* A list of strings is lines; one of anything else is none. */
static char *json_lines(JsonArray *array) {
  g_autoptr(GString) lines = g_string_new(NULL);
  for (guint i = 0; i < json_array_get_length(array); i++) {
    JsonNode *line = json_array_get_element(array, i);
    if (!JSON_NODE_HOLDS_VALUE(line) || json_node_get_value_type(line) != G_TYPE_STRING)
      return NULL;
    g_string_append_printf(lines, "%s%s", i > 0 ? "\n" : "", json_node_get_string(line));
  }
  return g_strdup(lines->str);
}

/* Strings, numbers, yes and no; a list of strings. */
static char *json_value(JsonNode *node) {
  if (JSON_NODE_HOLDS_ARRAY(node))
    return json_lines(json_node_get_array(node));
  if (!JSON_NODE_HOLDS_VALUE(node))
    return JSON_NODE_HOLDS_NULL(node) ? g_strdup("") : NULL;
  switch (json_node_get_value_type(node)) {
    case G_TYPE_STRING:
      return g_strdup(json_node_get_string(node));
    case G_TYPE_INT64:
      return g_strdup_printf("%" G_GINT64_FORMAT, json_node_get_int(node));
    case G_TYPE_BOOLEAN:
      return g_strdup(json_node_get_boolean(node) ? "yes" : "no");
    default:
      return NULL;
  }
}

static bool read_json(Visit *visit, const char *text, gsize n, GError **error) {
  g_autoptr(JsonNode) node = json_parse("body", text, (gssize)n, error);
  if (!node)
    return false;
  JsonObject *object = JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  if (object)
    json_object_iter_init(&iter, object);
  while (object && json_object_iter_next(&iter, &name, &member)) {
    char *value = json_value(member);
    if (!value) {
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("%s: a text, a number, yes or no, or a list of texts"),
                  name);
      return false;
    }
    if (!g_hash_table_contains(visit->values, name)) /* what the path says stands */
      g_hash_table_replace(visit->values, g_strdup(name), value);
    else
      g_free(value);
  }
  if (!object)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("the body is an object (JSON)"));
  return object != NULL;
}

static void add_all(GHashTable *values, GHashTable *more) {
  GHashTableIter iter;
  gpointer name, value;
  g_hash_table_iter_init(&iter, more);
  while (g_hash_table_iter_next(&iter, &name, &value))
    if (!g_hash_table_contains(values, name))
      g_hash_table_replace(values, g_strdup(name), g_strdup(value));
}

static bool read_values(Visit *visit, GError **error) {
  gsize n = 0;
  const char *text = g_bytes_get_data(visit->request->body, &n);
  if (n > 0 && is_json(visit->request) && !read_json(visit, text, n, error))
    return false;
  if (n > 0 && !is_json(visit->request) && !is_sound(visit->request)) {
    g_autoptr(GHashTable) form = web_form(text, n);
    if (!form) {
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("the body is neither a form nor JSON"));
      return false;
    }
    add_all(visit->values, form);
  }
  add_all(visit->values, visit->request->query);
  return true;
}

/* RFC 9110, 12.5.4, as far as two languages need it: the first of ours in the list. */
static const char *language_of(const Visit *visit) {
  g_autofree char *chosen = web_cookie(visit->request, "language");
  const char *header = web_header(visit->request, "accept-language");
  g_auto(GStrv) wanted = g_strsplit(header ? header : "", ",", 20);
  if (chosen && (strcmp(chosen, "fr") == 0 || strcmp(chosen, "en") == 0))
    return strcmp(chosen, "fr") == 0 ? "fr" : "en";
  for (char **each = wanted; *each; each++) {
    const char *tag = g_strstrip(*each);
    if (g_ascii_strncasecmp(tag, "fr", 2) == 0 || g_ascii_strncasecmp(tag, "en", 2) == 0)
      return g_ascii_strncasecmp(tag, "fr", 2) == 0 ? "fr" : "en";
  }
  return strncmp(visit->session->station->language, "fr", 2) == 0 ? "fr" : "en";
}

static bool wants_json(const WebRequest *request) {
  const char *accept = web_header(request, "accept");
  return g_str_has_prefix(request->path, "/api/") && !(accept && strstr(accept, "text/html"));
}

/* --- the answer -------------------------------------------------------------------------------------------- */

/* Nothing but what is ours runs, is framed or is sent elsewhere; what an editor sees is kept nowhere. */
static void add_heads(WebReply *reply) {
  web_reply_header(reply, "Content-Security-Policy",
                   "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; "
                   "media-src 'self' blob:; "
                   "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
  web_reply_header(reply, "X-Content-Type-Options", "nosniff");
  web_reply_header(reply, "Referrer-Policy", "same-origin");
  web_reply_header(reply, "Cross-Origin-Opener-Policy", "same-origin");
  web_reply_header(reply, "Cross-Origin-Resource-Policy", "same-origin");
}

static bool has_header(const WebReply *reply, const char *name) {
  for (guint i = 0; reply->headers && i < reply->headers->len; i += 2)
    if (strcmp(reply->headers->pdata[i], name) == 0)
      return true;
  return false;
}

static void ask_to_log_in(Visit *visit) {
  if (visit->wants_json || strcmp(visit->request->method, "GET") != 0) {
    visit_refuse(visit, 401, _("log in first"));
    return;
  }
  g_autofree char *next = g_uri_escape_string(visit->request->path, "/", FALSE);
  g_autofree char *where = g_strconcat("/login?next=", next, NULL);
  web_reply_see(visit->reply, where);
}

static void answer(Visit *visit, bool has_path) {
  const Route *route = visit->route;
  const char *why = NULL;
  g_autoptr(GError) error = NULL;
  bool is_change = strcmp(visit->request->method, "GET") != 0;
  if (!access_same_origin(visit, &why))
    visit_refuse(visit, 403, why);
  else if (!route)
    visit_refuse(visit, has_path ? 405 : 404,
                 has_path ? _("not by this method") : _("there is nothing at this address"));
  else if (route->role > ROLE_NOBODY && !visit->user)
    ask_to_log_in(visit);
  else if (visit_role(visit) < route->role)
    visit_refuse(visit, 403, _("your role does not reach so far: ask an admin of the station"));
  else if (!read_values(visit, &error)) /* only now: it costs */
    visit_fail(visit, 400, error);
  else if (is_change && !route->is_open && !access_has_csrf(visit))
    visit_refuse(visit, 403, _("this form is too old: load the page again"));
  else
    route->answer(visit);
}

/* What is wrong with the station is not a stranger's business: it is told where it runs. */
static void refuse_plainly(WebReply *reply, const GError *error) {
  g_message("desk: %s", error->message);
  web_reply_text(reply, 503, "text/plain; charset=utf-8",
                 _("The station does not answer now. Try again in a moment.\n"));
  web_reply_header(reply, "Retry-After", "5");
}

void serve_answer(const WebRequest *request, WebReply *reply, gpointer data) {
  Own *own = data;
  g_autoptr(GError) error = NULL;
  bool has_path = false;
  if (!refresh(own, &error)) {
    refuse_plainly(reply, error);
    return;
  }
  Visit visit = {.desk = own->desk,
                 .session = &own->session,
                 .request = request,
                 .reply = reply,
                 .wants_json = wants_json(request),
                 .values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
  visit.route = route_find(request->method, request->path, visit.values, &has_path);
  visit.language = language_of(&visit);
  i18n_speak(visit.language);
  bool is_static = g_str_has_prefix(request->path, "/static/"); /* the same for all */
  if (is_static || access_read(&visit, &error))
    answer(&visit, has_path);
  else
    refuse_plainly(reply, error);
  add_heads(reply);
  if (!has_header(reply, "Cache-Control"))
    web_reply_header(reply, "Cache-Control", "no-store");
  g_hash_table_unref(visit.values);
  user_free(visit.user);
  login_free(visit.login);
}
