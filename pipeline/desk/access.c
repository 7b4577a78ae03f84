#include "desk/access.h"

#include "base/clock.h"
#include "base/secret.h"

#include <string.h>

/* --- who asks -------------------------------------------------------------------------------------- */

static void know(Visit *visit, const char *word, bool is_token) {
  g_autofree char *digest = secret_digest(word);
  g_autoptr(GError) error = NULL;
  g_autoptr(Login) login = NULL;
  g_autoptr(User) user = logins_user(visit->session->store, digest, clock_now_us(), SESSION_IDLE_US, &login, &error);
  if (!user || is_token != (login->name != NULL)) /* a cookie is no token, and the other way round */
    return;
  visit->user = g_steal_pointer(&user);
  visit->login = g_steal_pointer(&login);
}

void access_read(Visit *visit) {
  const char *header = web_header(visit->request, "authorization");
  g_autofree char *cookie = web_cookie(visit->request, SESSION_COOKIE);
  /* A calendar program can send nothing but an address. */
  const char *said = strcmp(visit->request->path, "/api/calendar.ics") == 0
                         ? g_hash_table_lookup(visit->request->query, "token")
                         : NULL;
  if (said)
    know(visit, said, true);
  else if (header && g_ascii_strncasecmp(header, "Bearer ", strlen("Bearer ")) == 0)
    know(visit, header + strlen("Bearer "), true);
  else if (cookie)
    know(visit, cookie, false);
}

const char *access_address(const Visit *visit) {
  const char *said = visit->desk->settings.has_proxy ? web_header(visit->request, "x-forwarded-for") : NULL;
  const char *last = said ? strrchr(said, ',') : NULL; /* the proxy adds it at the end */
  return !said ? visit->request->address : last ? last + 1 + strspn(last + 1, " ") : said;
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
  else if (is_change && origin && !is_our_host(visit, host_of(origin)))
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

void access_end(Visit *visit) {
  g_autoptr(GError) error = NULL;
  if (visit->login && !visit->login->name)
    logins_end(visit->session->store, visit->login->digest, &error);
  g_clear_pointer(&visit->login, login_free);
  g_clear_pointer(&visit->user, user_free);
  set_cookie(visit, "", 0);
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
  g_clear_pointer(&visit->login, login_free);
  g_clear_pointer(&visit->user, user_free);
  visit->user = users_get(visit->session->store, user, error);
  visit->login = g_new0(Login, 1);
  visit->login->digest = g_steal_pointer(&digest);
  visit->login->csrf = g_steal_pointer(&csrf);
  set_cookie(visit, token, SESSION_MOST_US / US_PER_SECOND);
  return visit->user != NULL;
}
