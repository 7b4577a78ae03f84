#include "desk/access.h"

#include "base/clock.h"
#include "base/secret.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <string.h>

/* --- who asks -------------------------------------------------------------------------------------- */

static GHashTable *known_new(void) {
  return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

static void know(GHashTable *known, const char *digest, gint64 at_us) {
  g_hash_table_replace(known, g_strdup(digest), g_memdup2(&at_us, sizeof at_us));
}

void access_know(Desk *desk, const char *digest) {
  g_mutex_lock(&desk->lock);
  know(desk->known, digest, clock_monotonic_us());
  g_mutex_unlock(&desk->lock);
}

bool access_know_all(Desk *desk, Store *store, GError **error) {
  gint64 began_us = clock_monotonic_us();
  g_autoptr(GPtrArray) good = logins_good(store, clock_now_us(), SESSION_IDLE_US, error);
  g_autoptr(GHashTable) known = known_new();
  GHashTableIter iter;
  gpointer digest, at_us;
  if (!good)
    return false;
  for (guint i = 0; i < good->len; i++)
    know(known, good->pdata[i], began_us);
  g_mutex_lock(&desk->lock);
  g_hash_table_iter_init(&iter, desk->known);
  while (g_hash_table_iter_next(&iter, &digest, &at_us))
    if (*(const gint64 *)at_us >= began_us) /* made while the logbook was read */
      know(known, digest, *(const gint64 *)at_us);
  GHashTable *old = desk->known;
  desk->known = g_steal_pointer(&known);
  g_mutex_unlock(&desk->lock);
  g_hash_table_unref(old);
  return true;
}

/* The word that a request shows, NULL: none. `*is_token`: a program's. Returns (g_free). */
static char *word_of(const WebRequest *request, bool *is_token, bool *is_for_calendar) {
  const char *header = web_header(request, "authorization");
  /* A calendar program can send nothing but an address; a token in one is good for nothing else. */
  const char *said =
      strcmp(request->path, "/api/calendar.ics") == 0 ? g_hash_table_lookup(request->query, "token") : NULL;
  *is_for_calendar = said != NULL;
  *is_token = said || (header && g_ascii_strncasecmp(header, "Bearer ", strlen("Bearer ")) == 0);
  return said ? g_strdup(said) : *is_token ? g_strdup(header + strlen("Bearer ")) : web_cookie(request, SESSION_COOKIE);
}

bool access_read(Visit *visit, GError **error) {
  bool is_token, is_for_calendar;
  g_autofree char *word = word_of(visit->request, &is_token, &is_for_calendar);
  g_autofree char *digest = word ? secret_digest(word) : NULL;
  g_autoptr(GError) why = NULL;
  g_autoptr(Login) login = NULL;
  g_autoptr(User) user =
      digest ? logins_user(visit->session->store, digest, clock_now_us(), SESSION_IDLE_US, &login, &why) : NULL;
  if (why) {
    g_propagate_error(error, g_steal_pointer(&why));
    return false;
  }
  if (!user || is_token != (login->name != NULL) || is_for_calendar != (login->scope != NULL))
    return true; /* a cookie is no token, a token for the calendar no other, and the other way round */
  access_know(visit->desk, digest);
  visit->user = g_steal_pointer(&user);
  visit->login = g_steal_pointer(&login);
  return true;
}

bool access_is_known(Desk *desk, const WebRequest *request) {
  bool is_token, is_for_calendar;
  g_autofree char *word = word_of(request, &is_token, &is_for_calendar);
  g_autofree char *digest = word ? secret_digest(word) : NULL;
  g_mutex_lock(&desk->lock);
  bool known = digest && g_hash_table_contains(desk->known, digest);
  g_mutex_unlock(&desk->lock);
  return known;
}

const char *access_address(const Visit *visit) {
  const char *said = visit->desk->settings.has_proxy ? web_header(visit->request, "x-forwarded-for") : NULL;
  const char *last = said ? strrchr(said, ',') : NULL; /* the proxy adds it at the end */
  return !said ? visit->request->address : last ? last + 1 + strspn(last + 1, " ") : said;
}

char *access_place(const Visit *visit) {
  const char *address = access_address(visit);
  struct in6_addr bytes;
  if (inet_pton(AF_INET6, address, &bytes) != 1)
    return text_head(address, 60);
  GString *place = g_string_new(NULL);
  for (guint i = 0; i < 8; i++)
    g_string_append_printf(place, "%02x", bytes.s6_addr[i]);
  return g_string_free(place, FALSE);
}

/* --- where from ------------------------------------------------------------------------------------ */

static bool is_this_machine(const char *host) {
  static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    gsize n = strlen(names[i]);
    bool is_it = g_ascii_strncasecmp(host, names[i], n) == 0;
    if (is_it && (host[n] == '\0' || (host[n] == ':' && strspn(host + n + 1, "0123456789") == strlen(host + n + 1))))
      return true;
  }
  return false;
}

/* What stands after "https://". */
static const char *host_of(const char *origin) {
  const char *at = strstr(origin, "://");
  return at ? at + 3 : "";
}

/* A page elsewhere may have a name of its own that leads here (DNS rebinding): only ours are answered. */
static bool is_our_host(const Visit *visit, const char *host) {
  const char *url = visit->desk->settings.url;
  return is_this_machine(host) || (url && g_ascii_strcasecmp(host, host_of(url)) == 0);
}

bool access_same_origin(const Visit *visit, const char **why) {
  const char *host = web_header(visit->request, "host"), *origin = web_header(visit->request, "origin");
  const char *site = web_header(visit->request, "sec-fetch-site");
  bool is_change = strcmp(visit->request->method, "GET") != 0;
  *why = NULL;
  if (!host || !is_our_host(visit, host))
    *why = _("this desk is not known by that name (station.yaml, desk.url)");
  else if (is_change && origin && g_ascii_strcasecmp(host_of(origin), host) != 0)
    *why = _("a page elsewhere asked for this change");
  else if (is_change && site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
    *why = _("a page elsewhere asked for this change");
  return *why == NULL;
}

bool access_has_csrf(const Visit *visit) {
  const char *header = web_header(visit->request, "x-csrf-token");
  const char *said = header ? header : visit_text(visit, "csrf");
  return visit->login && (visit->login->name || secret_equal(said, visit->login->csrf));
}

/* --- sessions ---------------------------------------------------------------------------------------- */

static bool is_secure(const Visit *visit) {
  const char *url = visit->desk->settings.url;
  return url && g_str_has_prefix(url, "https://") && !is_this_machine(web_header(visit->request, "host"));
}

static void set_cookie(Visit *visit, const char *value, gint64 seconds) {
  g_autofree char *text = g_strdup_printf("%s=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%" G_GINT64_FORMAT "%s",
                                          SESSION_COOKIE, value, seconds, is_secure(visit) ? "; Secure" : "");
  web_reply_header(visit->reply, "Set-Cookie", text);
}

bool access_end(Visit *visit, GError **error) {
  if (visit->login && !visit->login->name && !logins_end(visit->session->store, visit->login->digest, error))
    return false;
  g_clear_pointer(&visit->login, login_free);
  g_clear_pointer(&visit->user, user_free);
  set_cookie(visit, "", 0);
  web_reply_header(visit->reply, "Clear-Site-Data",
                   "\"storage\""); /* what was typed and not sent: others sit here next */
  return true;
}

bool access_begin(Visit *visit, gint64 user, GError **error) {
  g_autofree char *token = secret_token(), *digest = secret_digest(token), *csrf = secret_token();
  gint64 now_us = clock_now_us();
  const Login login = {
      .digest = digest, .user = user, .csrf = csrf, .created_us = now_us, .until_us = now_us + SESSION_MOST_US};
  if (visit->login && !visit->login->name && !logins_end(visit->session->store, visit->login->digest, error))
    return false;
  if (!logins_sweep(visit->session->store, now_us, SESSION_IDLE_US, error) ||
      !logins_add(visit->session->store, &login, error))
    return false;
  access_know(visit->desk, digest);
  g_clear_pointer(&visit->login, login_free);
  g_clear_pointer(&visit->user, user_free);
  visit->user = users_get(visit->session->store, user, error);
  visit->login = g_new0(Login, 1);
  visit->login->digest = g_steal_pointer(&digest);
  visit->login->csrf = g_steal_pointer(&csrf);
  set_cookie(visit, token, SESSION_MOST_US / US_PER_SECOND);
  return visit->user != NULL;
}
