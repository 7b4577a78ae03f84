/* Who one is: log-in and log-out, invitations, one's password, tokens for programs. */
#include "desk/answers.h"

#include "base/clock.h"
#include "base/secret.h"
#include "base/text.h"
#include "desk/access.h"
#include "desk/page.h"

#include <string.h>

#define NAME_BYTES 60
#define GUESSES_MOST 2
#define WRONG _("that name and that password do not go together")

/* --- log-in --------------------------------------------------------------------------------------- */

/* What tries of a log-in are counted by: few of this name from here, more of this name, or from here, altogether. So
 * nobody who knows a name can lock it out elsewhere. */
typedef struct {
  char *both, *name, *place;
} LoginKeys;

static void keys_clear(LoginKeys *keys) {
  g_free(keys->both);
  g_free(keys->name);
  g_free(keys->place);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LoginKeys, keys_clear)

static LoginKeys keys_of(const Visit *visit, const char *name) {
  g_autofree char *folded = text_fold(name), *short_name = text_head(folded, NAME_BYTES), *place = access_place(visit);
  return (LoginKeys){g_strdup_printf("%s from %s", short_name, place), g_strconcat("name ", short_name, NULL),
                     g_strconcat("from ", place, NULL)};
}

static guint must_wait(const Desk *desk, const LoginKeys *keys) {
  gint64 now_us = clock_monotonic_us();
  guint wait = throttle_wait(desk->throttle, keys->both, now_us);
  wait = MAX(wait, throttle_wait(desk->loose, keys->name, now_us));
  return MAX(wait, throttle_wait(desk->loose, keys->place, now_us));
}

static void count_failure(const Desk *desk, const LoginKeys *keys) {
  gint64 now_us = clock_monotonic_us();
  throttle_failed(desk->throttle, keys->both, now_us);
  throttle_failed(desk->loose, keys->name, now_us);
  throttle_failed(desk->loose, keys->place, now_us);
}

static void refuse_for(Visit *visit, guint seconds) {
  g_autofree char *text = g_strdup_printf("%u", seconds);
  g_autofree char *why =
      g_strdup_printf(ngettext("too many tries: wait %u second", "too many tries: wait %u seconds", seconds), seconds);
  web_reply_header(visit->reply, "Retry-After", text);
  visit_refuse(visit, 429, why);
}

static void refuse_login(Visit *visit) {
  if (visit->wants_json)
    visit_refuse(visit, 401, WRONG);
  else
    show_login(visit, WRONG, 401);
}

/* A password costs a processor for a while: two at a time, and who comes then comes again. */
static bool begin_guess(Desk *desk) {
  if (g_atomic_int_add(&desk->n_guessing, 1) < GUESSES_MOST)
    return true;
  g_atomic_int_add(&desk->n_guessing, -1);
  return false;
}

static void end_guess(Desk *desk) {
  g_atomic_int_add(&desk->n_guessing, -1);
}

static bool fits(const User *user, const char *password) {
  bool is_short = strlen(password) <= PASSWORD_MOST;
  /* nobody's password is compared too: what it takes tells not who is known */
  return is_short && password_matches(user ? user->password : NULL, password) && user && user->is_active;
}

static void log_in(Visit *visit, const char *name, const LoginKeys *keys) {
  g_autoptr(GError) error = NULL;
  g_autofree char *folded = text_fold(name);
  g_autoptr(User) user = *folded ? users_find(visit->session->store, name, &error) : NULL;
  bool is_right = !error && fits(user, visit_text(visit, "password"));
  if (error) {
    visit_fail(visit, 0, error);
  } else if (!is_right) {
    count_failure(visit->desk, keys);
    visit_note(visit, "login.refused", user ? user->name : NULL); /* what else was typed may be a password */
    refuse_login(visit);
  } else if (!access_begin(visit, user->id, &error)) {
    visit_fail(visit, 0, error);
  } else {
    throttle_forget(visit->desk->throttle, keys->both);
    visit_note(visit, "login", NULL);
    answer_me_at(visit, visit_own_path(visit, "next", "/"));
  }
}

void answer_login(Visit *visit) {
  const char *name = visit_text(visit, "name");
  g_auto(LoginKeys) keys = keys_of(visit, name);
  guint seconds = must_wait(visit->desk, &keys);
  if (seconds == 0 && !begin_guess(visit->desk))
    seconds = 1;
  if (seconds > 0) {
    refuse_for(visit, seconds);
    return;
  }
  log_in(visit, name, &keys);
  end_guess(visit->desk);
}

/* The cookie stays when it could not be done: a browser that thinks it is logged out is not. */
static void leave(Visit *visit) {
  g_autoptr(GError) error = NULL;
  if (access_end(visit, &error))
    visit_done(visit, "/login", "out", NULL);
  else
    visit_fail(visit, 0, error);
}

void answer_logout(Visit *visit) {
  visit_note(visit, "logout", NULL);
  web_events_end(visit->desk->events, visit->user->id);
  leave(visit);
}

void answer_logout_all(Visit *visit) {
  g_autoptr(GError) error = NULL;
  visit_note(visit, "logout.everywhere", NULL);
  web_events_end(visit->desk->events, visit->user->id);
  if (logins_end_all(visit->session->store, visit->user->id, &error))
    leave(visit);
  else
    visit_fail(visit, 0, error);
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
  g_autoptr(User) there = is_good && invited > 0 ? users_get(store, invited, error) : NULL;
  if (there && !there->is_active) {
    is_good = false;
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("this code is not good, or not any more"));
  }
  gint64 user = is_good ? invited_user(visit, invited, error) : 0;
  bool ok = user > 0 && users_set_password(store, user, hash, NULL, error) && invitations_end(store, digest, error);
  if (ok && store_commit(store, error))
    return user;
  store_rollback(store);
  return 0;
}

void answer_join(Visit *visit) {
  const char *password = visit_text(visit, "password");
  g_autofree char *digest = secret_digest(visit_text(visit, "code")), *place = access_place(visit);
  g_autofree char *key = g_strconcat("join ", place, NULL);
  guint seconds = throttle_wait(visit->desk->throttle, key, clock_monotonic_us());
  if (seconds > 0 || !begin_guess(visit->desk)) {
    refuse_for(visit, MAX(seconds, 1));
    return;
  }
  g_autoptr(GError) error = NULL;
  g_autofree char *hash = password_check(password, &error) ? password_hash(password, &error) : NULL;
  end_guess(visit->desk);
  gint64 user = hash ? take_up(visit, digest, hash, &error) : 0;
  if (user > 0 && access_begin(visit, user, &error)) {
    visit_note(visit, "join", NULL);
    answer_me_at(visit, "/logbook?done=welcome");
    return;
  }
  if (hash) {
    throttle_failed(visit->desk->throttle, key, clock_monotonic_us());
    visit_note(visit, "join.refused", NULL);
  }
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
    visit_note(visit, "password.refused", NULL);
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
  web_events_end(visit->desk->events, user->id);
  visit_done(visit, "/account", "password", NULL);
}

/* It is shown once. */
void answer_token(Visit *visit) {
  g_autofree char *name = text_squeeze(visit_text(visit, "name"));
  bool is_for_calendar = strcmp(visit_text(visit, "scope"), "calendar") == 0;
  if (visit->login->name) {
    visit_refuse(visit, 403, _("a token makes no other: log in"));
    return;
  }
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
                       .scope = is_for_calendar ? (char *)"calendar" : NULL,
                       .created_us = now_us,
                       .until_us = now_us + TOKEN_MOST_US};
  g_autoptr(GError) error = NULL;
  if (!logins_add(visit->session->store, &login, &error)) {
    visit_fail(visit, 0, error);
    return;
  }
  if (!is_for_calendar)
    access_know(visit->desk, digest);
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
