/* Who one is: log-in and log-out, invitations, one's password, tokens for programs. */
#include "desk/answers.h"

#include "base/clock.h"
#include "base/secret.h"
#include "base/text.h"
#include "desk/access.h"
#include "desk/page.h"

#include <string.h>

#define WRONG _("that name and that password do not go together")

/* --- log-in --------------------------------------------------------------------------------------- */

/* How long the name, or the address, must wait: neither tells which of the two was wrong. */
static guint must_wait(const Visit *visit, const char *name_key, const char *address_key) {
  gint64 now_us = clock_monotonic_us();
  return MAX(throttle_wait(visit->desk->throttle, name_key, now_us),
             throttle_wait(visit->desk->throttle, address_key, now_us));
}

static void refuse_for(Visit *visit, guint seconds) {
  g_autofree char *text = g_strdup_printf("%u", seconds);
  g_autofree char *why =
      g_strdup_printf(ngettext("too many tries: wait %u second", "too many tries: wait %u seconds", seconds), seconds);
  web_reply_header(visit->reply, "Retry-After", text);
  visit_refuse(visit, 429, why);
}

/* A path of ours, or the first page. */
static const char *next_page(const Visit *visit) {
  const char *next = visit_text(visit, "next");
  return next[0] == '/' && next[1] != '/' && next[1] != '\\' && strcspn(next, "\r\n") == strlen(next) ? next : "/";
}

static void refuse_login(Visit *visit) {
  if (visit->wants_json)
    visit_refuse(visit, 401, WRONG);
  else
    show_login(visit, WRONG, 401);
}

void answer_login(Visit *visit) {
  const char *name = visit_text(visit, "name"), *password = visit_text(visit, "password");
  g_autofree char *folded = text_fold(name);
  g_autofree char *name_key = g_strconcat("name ", folded, NULL);
  g_autofree char *address_key = g_strconcat("address ", access_address(visit), NULL);
  guint seconds = must_wait(visit, name_key, address_key);
  if (seconds > 0) {
    refuse_for(visit, seconds);
    return;
  }
  g_autoptr(GError) error = NULL;
  g_autoptr(User) user = *folded ? users_find(visit->session->store, name, &error) : NULL;
  bool fits = strlen(password) <= PASSWORD_MOST && password_matches(user ? user->password : NULL, password);
  if (error) {
    visit_fail(visit, 0, error);
  } else if (!fits || !user->is_active) {
    throttle_failed(visit->desk->throttle, name_key, clock_monotonic_us());
    throttle_failed(visit->desk->throttle, address_key, clock_monotonic_us());
    visit_note(visit, "login.refused", name);
    refuse_login(visit);
  } else if (!access_begin(visit, user->id, &error)) {
    visit_fail(visit, 0, error);
  } else {
    throttle_forget(visit->desk->throttle, name_key);
    throttle_forget(visit->desk->throttle, address_key);
    visit_note(visit, "login", NULL);
    answer_me_at(visit, next_page(visit));
  }
}

void answer_logout(Visit *visit) {
  visit_note(visit, "logout", NULL);
  access_end(visit);
  visit_done(visit, "/login", "out", NULL);
}

void answer_logout_all(Visit *visit) {
  g_autoptr(GError) error = NULL;
  visit_note(visit, "logout.everywhere", NULL);
  if (!logins_end_all(visit->session->store, visit->user->id, &error)) {
    visit_fail(visit, 0, error);
    return;
  }
  access_end(visit);
  visit_done(visit, "/login", "out", NULL);
}

/* --- an invitation ---------------------------------------------------------------------------------- */

/* The user that the invitation is for; the first one is made. 0 with an error. */
static gint64 invited_user(Visit *visit, gint64 invited, GError **error) {
  return invited > 0 ? invited
                     : users_add(visit->session->store, visit_text(visit, "name"), ROLE_ADMIN, clock_now_us(), error);
}

/* All of it, or nothing: an invitation is good once. */
static gint64 take_up(Visit *visit, const char *digest, const char *hash, GError **error) {
  Store *store = visit->session->store;
  if (!store_begin(store, error))
    return 0;
  gint64 invited = invitations_find(store, digest, clock_now_us(), error);
  bool is_good = invited > 0 || (invited == 0 && users_count(store, error) == 0);
  if (!is_good && !(error && *error))
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("this code is not good, or not any more"));
  gint64 user = is_good ? invited_user(visit, invited, error) : 0;
  bool ok = user > 0 && users_set_password(store, user, hash, NULL, error) && invitations_end(store, digest, error);
  if (ok && store_commit(store, error))
    return user;
  store_rollback(store);
  return 0;
}

void answer_join(Visit *visit) {
  const char *password = visit_text(visit, "password");
  g_autofree char *digest = secret_digest(visit_text(visit, "code"));
  g_autofree char *key = g_strconcat("join ", access_address(visit), NULL);
  guint seconds = throttle_wait(visit->desk->throttle, key, clock_monotonic_us());
  if (seconds > 0) {
    refuse_for(visit, seconds);
    return;
  }
  g_autoptr(GError) error = NULL;
  g_autofree char *hash = password_check(password, &error) ? password_hash(password, &error) : NULL;
  gint64 user = hash ? take_up(visit, digest, hash, &error) : 0;
  if (user > 0 && access_begin(visit, user, &error)) {
    visit_note(visit, "join", NULL);
    answer_me_at(visit, "/logbook?done=welcome");
    return;
  }
  if (hash)
    throttle_failed(visit->desk->throttle, key, clock_monotonic_us());
  if (visit->wants_json)
    visit_fail(visit, 0, error);
  else
    show_join(visit, error->message, 422);
}

/* --- one's own ------------------------------------------------------------------------------------------ */

void answer_password(Visit *visit) {
  const User *user = visit->user;
  g_autofree char *key = g_strdup_printf("password %" G_GINT64_FORMAT, user->id);
  guint seconds = throttle_wait(visit->desk->throttle, key, clock_monotonic_us());
  if (seconds > 0) {
    refuse_for(visit, seconds);
    return;
  }
  if (!password_matches(user->password, visit_text(visit, "password"))) {
    throttle_failed(visit->desk->throttle, key, clock_monotonic_us());
    visit_refuse(visit, 422, _("that is not your password"));
    return;
  }
  g_autoptr(GError) error = NULL;
  const char *chosen = visit_text(visit, "new");
  g_autofree char *hash = password_check(chosen, &error) ? password_hash(chosen, &error) : NULL;
  if (!hash || !users_set_password(visit->session->store, user->id, hash, visit->login->digest, &error)) {
    visit_fail(visit, 0, error);
    return;
  }
  visit_note(visit, "password", NULL);
  visit_done(visit, "/account", "password", NULL);
}

/* It is shown once. */
void answer_token(Visit *visit) {
  g_autofree char *name = text_squeeze(visit_text(visit, "name"));
  if (!*name || g_utf8_strlen(name, -1) > 60) {
    visit_refuse(visit, 422, _("say in a few words what the token is for"));
    return;
  }
  g_autofree char *token = secret_token(), *digest = secret_digest(token), *csrf = secret_token();
  gint64 now_us = clock_now_us();
  const Login login = {.digest = digest,
                       .user = visit->user->id,
                       .csrf = csrf,
                       .name = name,
                       .created_us = now_us,
                       .until_us = now_us + TOKEN_MOST_US};
  g_autoptr(GError) error = NULL;
  if (!logins_add(visit->session->store, &login, &error)) {
    visit_fail(visit, 0, error);
    return;
  }
  visit_note(visit, "token.add", name);
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "token", token);
  json_add_string(builder, "digest", digest);
  json_builder_end_object(builder);
  if (visit->wants_json)
    visit_json(visit, 200, builder);
  else
    show_account(visit, token);
}

void answer_token_revoke(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) tokens = logins_tokens(visit->session->store, visit->user->id, &error);
  bool is_own = false;
  for (guint i = 0; tokens && i < tokens->len; i++)
    is_own = is_own || strcmp(((const Login *)tokens->pdata[i])->digest, visit_text(visit, "digest")) == 0;
  if (!error && !is_own)
    g_set_error(&error, CARNET_ERROR, CARNET_ERROR_INPUT, _("there is no such token"));
  if (error || !logins_end(visit->session->store, visit_text(visit, "digest"), &error)) {
    visit_fail(visit, 0, error);
    return;
  }
  visit_note(visit, "token.revoke", NULL);
  visit_done(visit, "/account", "revoked", NULL);
}

void answer_me_at(Visit *visit, const char *where) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "name", visit->user->name);
  json_add_string(builder, "role", role_name(visit->user->role));
  json_add_string(builder, "csrf", visit->login && !visit->login->name ? visit->login->csrf : NULL);
  json_builder_end_object(builder);
  if (visit->wants_json)
    visit_json(visit, 200, builder);
  else
    web_reply_see(visit->reply, where);
}

void answer_me(Visit *visit) {
  answer_me_at(visit, "/");
}
