/* Who may use the desk: people with a role, what they are known by for a while (a session, a token), invitations that are
 * good once, and what each did (the audit). Passwords and tokens come here as sums alone (base/secret.h), and are stored so.
 * Failures are the store's (store.h). */
#ifndef CARNET_LOGBOOK_USERS_H
#define CARNET_LOGBOOK_USERS_H

#include "logbook/store.h"

/* Each may what those before it may. */
typedef enum {
  ROLE_NOBODY,      /* who has not logged in */
  ROLE_CONTRIBUTOR, /* writes, and sees what he wrote */
  ROLE_EDITOR,      /* all content */
  ROLE_PRODUCER,    /* schedules, airs, publishes */
  ROLE_ADMIN,       /* people and the station */
  ROLE_COUNT
} Role;
const char *role_name(Role role); /* "editor"; marked for _() */
int role_parse(const char *name); /* -1: none of those four */

typedef struct {
  gint64 id;
  char *name;
  char *password; /* its hash; NULL: none was chosen yet, or since it was forgotten */
  Role role;
  bool is_active; /* one that is not may not log in */
  gint64 created_us, seen_us;
} User;
void user_free(User *user);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(User, user_free)

/* Names are told apart without case and accents; 1 to 60 characters, INPUT else and when there is one already.
 * Returns the id, or 0. */
gint64 users_add(Store *store, const char *name, Role role, gint64 now_us, GError **error);
/* NULL without an error when there is none. Returns (user_free). */
User *users_find(Store *store, const char *name, GError **error);
User *users_get(Store *store, gint64 id, GError **error);
/* By name. Returns an array of User*, or NULL. */
GPtrArray *users_list(Store *store, GError **error);
/* How many have a password or were seen before it was forgotten, -1 on failure: 0, and the first visit makes one. */
gint64 users_count(Store *store, GError **error);
/* The new one ends all sessions and tokens of the user but `except` (a digest, may be NULL): somebody may have had them. */
bool users_set_password(Store *store, gint64 id, const char *hash, const char *except, GError **error);
/* The last active admin stays one: INPUT. One that is no longer active has neither session nor invitation. */
bool users_set(Store *store, gint64 id, Role role, bool is_active, GError **error);

/* A session (a browser's) or a token (a program's: has a name, ends when it is taken back). */
typedef struct {
  char *digest;
  gint64 user;
  char *csrf;  /* what each change of this session must say */
  char *name;  /* of a token; NULL: a session */
  char *scope; /* all that a token is good for ("calendar"); NULL: all that its user may */
  gint64 created_us, seen_us, until_us;
} Login;
void login_free(Login *login);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Login, login_free)

bool logins_add(Store *store, const Login *login, GError **error);
/* The user that this digest stands for and who may log in, and the login; NULL without an error when it stands for
 * nobody (any more). What was last seen `idle_us` ago is over; a login that is used is seen (at most once a minute, and
 * not when the logbook is held by others). */
User *logins_user(Store *store, const char *digest, gint64 now_us, gint64 idle_us, Login **login, GError **error);
/* The digests that logins_user would know, but for tokens with a scope. Returns an array of char*, or NULL. */
GPtrArray *logins_good(Store *store, gint64 now_us, gint64 idle_us, GError **error);
/* Tokens of a user. Returns an array of Login*, or NULL. */
GPtrArray *logins_tokens(Store *store, gint64 user, GError **error);
bool logins_end(Store *store, const char *digest, GError **error);
bool logins_end_all(Store *store, gint64 user, GError **error); /* sessions; tokens stay */
bool logins_sweep(Store *store, gint64 now_us, gint64 idle_us, GError **error);

/* An invitation is good once, until `until_us`. `user` 0: for the first user, who says his name himself. One before for
 * the same user is good no more. */
bool invitations_add(Store *store, const char *digest, gint64 user, gint64 until_us, GError **error);
/* The same for a user whose password is forgotten: it and all his sessions and tokens are good no more, whoever has them. */
bool invitations_reset(Store *store, const char *digest, gint64 user, gint64 until_us, GError **error);
/* The user that it is for (0: the first one), -1: it is not good. It stays good. */
gint64 invitations_find(Store *store, const char *digest, gint64 now_us, GError **error);
bool invitations_end(Store *store, const char *digest, GError **error);

typedef struct {
  gint64 at_us;
  char *who, *what, *about; /* "admin", "entry.approve", "12" */
} Deed;
void deed_free(Deed *deed);
bool audit_add(Store *store, const char *who, const char *what, const char *about, gint64 now_us, GError **error);
/* The latest first. Returns an array of Deed*, or NULL. */
GPtrArray *audit_list(Store *store, guint limit, GError **error);

#endif
