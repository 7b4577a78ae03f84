#include "logbook/users.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "logbook/sql.h"

#include <string.h>

#define NAME_MOST 60                 /* characters */
#define SEEN_US (60 * US_PER_SECOND) /* so often it is written that somebody was there */
#define USER_COLUMNS                                                                                                   \
  "users.id, users.name, users.password, users.role, users.is_active, users.created_us, users.seen_us"
#define LOGIN_COLUMNS                                                                                                  \
  "logins.digest, logins.user, logins.csrf, logins.name, logins.created_us, logins.seen_us, logins.until_us, "         \
  "logins.scope"
/* ?2: now; ?3: since when a session must have been seen */
#define LOGINS_GOOD                                                                                                    \
  " FROM logins JOIN users ON users.id = logins.user"                                                                  \
  " WHERE is_active AND until_us > ?2 AND (logins.name IS NOT NULL OR logins.seen_us > ?3)"
#define LOGIN_FIRST 7 /* column, after the user's */

static const char *const role_names[ROLE_COUNT] = {N_("nobody"), N_("contributor"), N_("editor"), N_("producer"),
                                                   N_("admin")};

const char *role_name(Role role) {
  return role_names[role];
}

/* As they are written, and as they are shown. */
int role_parse(const char *name) {
  static const char *const french[ROLE_COUNT] = {"", "contribution", "redaction", "realisation", "administration"};
  g_autofree char *folded = text_fold(name);
  for (int i = ROLE_CONTRIBUTOR; i < ROLE_COUNT; i++)
    if (strcmp(role_names[i], folded) == 0 || strcmp(french[i], folded) == 0)
      return i;
  return -1;
}

void user_free(User *user) {
  if (!user)
    return;
  g_free(user->name);
  g_free(user->password);
  g_free(user);
}

void login_free(Login *login) {
  if (!login)
    return;
  g_free(login->digest);
  g_free(login->csrf);
  g_free(login->name);
  g_free(login->scope);
  g_free(login);
}

void deed_free(Deed *deed) {
  if (!deed)
    return;
  g_free(deed->who);
  g_free(deed->what);
  g_free(deed->about);
  g_free(deed);
}

/* --- users ------------------------------------------------------------------------------------- */

static User *read_user(sqlite3_stmt *stmt) {
  User *user = g_new0(User, 1);
  g_autofree char *role = sql_text(stmt, 3);
  user->id = sqlite3_column_int64(stmt, 0);
  user->name = sql_text(stmt, 1);
  user->password = sql_text(stmt, 2);
  user->role = (Role)MAX(role_parse(role), ROLE_NOBODY);
  user->is_active = sqlite3_column_int64(stmt, 4) != 0;
  user->created_us = sqlite3_column_int64(stmt, 5);
  user->seen_us = sqlite3_column_int64(stmt, 6);
  return user;
}

/* The one that `stmt` finds, or NULL. */
static User *one_user(Store *store, sqlite3_stmt *stmt, GError **error) {
  bool row = false;
  return stmt && sql_step(store, stmt, &row, error) && row ? read_user(stmt) : NULL;
}

User *users_get(Store *store, gint64 id, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store, "SELECT " USER_COLUMNS " FROM users WHERE id = ?1", error);
  if (stmt)
    sql_bind_int(stmt, 1, id);
  return one_user(store, stmt, error);
}

User *users_find(Store *store, const char *name, GError **error) {
  g_autofree char *folded = text_fold(name);
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store, "SELECT " USER_COLUMNS " FROM users WHERE name_folded = ?1", error);
  if (stmt)
    sql_bind_text(stmt, 1, folded);
  return one_user(store, stmt, error);
}

GPtrArray *users_list(Store *store, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store, "SELECT " USER_COLUMNS " FROM users ORDER BY name_folded", error);
  g_autoptr(GPtrArray) users = g_ptr_array_new_with_free_func((GDestroyNotify)user_free);
  for (bool row = true; stmt && sql_step(store, stmt, &row, error);) {
    if (!row)
      return g_steal_pointer(&users);
    g_ptr_array_add(users, read_user(stmt));
  }
  return NULL;
}

gint64 users_count(Store *store, GError **error) {
  gint64 n = -1;
  return sql_number(store, "SELECT count(*) FROM users WHERE password IS NOT NULL OR seen_us > 0", &n, error) ? n : -1;
}

static bool check_name(Store *store, const char *name, GError **error) {
  g_autofree char *printable = text_printable(name), *folded = text_fold(name);
  if (strcmp(printable, name) != 0 || !*folded || g_utf8_strlen(name, -1) > NAME_MOST) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("a user's name has 1 to %d letters or digits"), NAME_MOST);
    return false;
  }
  g_autoptr(GError) why = NULL;
  g_autoptr(User) there = users_find(store, name, &why);
  if (why)
    g_propagate_error(error, g_steal_pointer(&why));
  else if (there)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("there is a user \"%s\" already"), there->name);
  return !there && !(error && *error);
}

gint64 users_add(Store *store, const char *name, Role role, gint64 now_us, GError **error) {
  g_autoptr(GError) why = NULL;
  if (!check_name(store, name, &why)) {
    g_propagate_error(error, g_steal_pointer(&why));
    return 0;
  }
  g_autofree char *folded = text_fold(name);
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store,
                                             "INSERT INTO users(name, name_folded, role, is_active, created_us)"
                                             " VALUES (?1, ?2, ?3, 1, ?4)",
                                             error);
  if (!stmt)
    return 0;
  sql_bind_text(stmt, 1, name);
  sql_bind_text(stmt, 2, folded);
  sql_bind_text(stmt, 3, role_name(role));
  sql_bind_int(stmt, 4, now_us);
  return sql_run(store, stmt, error) ? sqlite3_last_insert_rowid(store->db) : 0;
}

/* Runs `sql` with a number and up to two texts. */
static bool run(Store *store, const char *sql, gint64 number, const char *first, const char *second, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store, sql, error);
  if (!stmt)
    return false;
  if (strstr(sql, "?1"))
    sql_bind_int(stmt, 1, number);
  if (strstr(sql, "?2"))
    sql_bind_text(stmt, 2, first);
  if (strstr(sql, "?3"))
    sql_bind_text(stmt, 3, second);
  return sql_run(store, stmt, error);
}

bool users_set_password(Store *store, gint64 id, const char *hash, const char *except, GError **error) {
  Change change;
  if (!change_begin(&change, store, error))
    return false;
  bool ok = run(store, "UPDATE users SET password = ?2 WHERE id = ?1", id, hash, NULL, error) &&
            run(store, "DELETE FROM logins WHERE user = ?1 AND digest IS NOT ?2", id, except, NULL, error) &&
            run(store, "DELETE FROM invitations WHERE user = ?1", id, NULL, NULL, error);
  return change_end(&change, ok, error);
}

/* Somebody else who can mend everything. */
static bool has_other_admin(Store *store, gint64 id, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(
      store, "SELECT 1 FROM users WHERE role = 'admin' AND is_active AND password IS NOT NULL AND id <> ?1", error);
  bool row = false;
  if (!stmt)
    return false;
  sql_bind_int(stmt, 1, id);
  if (sql_step(store, stmt, &row, error) && !row)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("the last admin stays: make another one first"));
  return row;
}

bool users_set(Store *store, gint64 id, Role role, bool is_active, GError **error) {
  Change change;
  if (!change_begin(&change, store, error))
    return false;
  g_autoptr(User) user = users_get(store, id, error);
  bool was_admin = user && user->role == ROLE_ADMIN && user->is_active && user->password;
  bool ok = user && (!was_admin || (role == ROLE_ADMIN && is_active) || has_other_admin(store, id, error));
  if (!user && error && !*error)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("there is no such user"));
  ok = ok && run(store, "UPDATE users SET role = ?2, is_active = (?3 IS NOT NULL) WHERE id = ?1", id, role_name(role),
                 is_active ? "yes" : NULL, error);
  if (ok && !is_active)
    ok = run(store, "DELETE FROM logins WHERE user = ?1", id, NULL, NULL, error) &&
         run(store, "DELETE FROM invitations WHERE user = ?1", id, NULL, NULL, error);
  return change_end(&change, ok, error);
}

/* --- logins --------------------------------------------------------------------------------------- */

static Login *read_login(sqlite3_stmt *stmt, int first) {
  Login *login = g_new0(Login, 1);
  login->digest = sql_text(stmt, first);
  login->user = sqlite3_column_int64(stmt, first + 1);
  login->csrf = sql_text(stmt, first + 2);
  login->name = sql_text(stmt, first + 3);
  login->created_us = sqlite3_column_int64(stmt, first + 4);
  login->seen_us = sqlite3_column_int64(stmt, first + 5);
  login->until_us = sqlite3_column_int64(stmt, first + 6);
  login->scope = sql_text(stmt, first + 7);
  return login;
}

bool logins_add(Store *store, const Login *login, GError **error) {
  g_autoptr(sqlite3_stmt) stmt =
      sql_prepare(store,
                  "INSERT INTO logins(digest, user, csrf, name, created_us, seen_us, until_us, scope)"
                  " VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7)",
                  error);
  if (!stmt)
    return false;
  sql_bind_text(stmt, 1, login->digest);
  sql_bind_int(stmt, 2, login->user);
  sql_bind_text(stmt, 3, login->csrf);
  sql_bind_text(stmt, 4, login->name);
  sql_bind_int(stmt, 5, login->created_us);
  sql_bind_int(stmt, 6, login->until_us);
  sql_bind_text(stmt, 7, login->scope);
  return sql_run(store, stmt, error);
}

/* Nobody waits, and nobody is refused, because it cannot be written now. */
static void see(Store *store, const Login *login, gint64 now_us) {
  if (now_us - login->seen_us < SEEN_US && now_us >= login->seen_us)
    return;
  g_autoptr(GError) error = NULL;
  if (run(store, "UPDATE logins SET seen_us = ?1 WHERE digest = ?2", now_us, login->digest, NULL, &error))
    run(store, "UPDATE users SET seen_us = ?1 WHERE id = (SELECT user FROM logins WHERE digest = ?2)", now_us,
        login->digest, NULL, &error);
}

User *logins_user(Store *store, const char *digest, gint64 now_us, gint64 idle_us, Login **login, GError **error) {
  g_autoptr(KeptStatement) stmt =
      sql_keep(store, "SELECT " USER_COLUMNS ", " LOGIN_COLUMNS LOGINS_GOOD " AND digest = ?1", error);
  *login = NULL;
  if (!stmt)
    return NULL;
  sql_bind_text(stmt, 1, digest);
  sql_bind_int(stmt, 2, now_us);
  sql_bind_int(stmt, 3, now_us - idle_us);
  bool row = false;
  if (!sql_step(store, stmt, &row, error) || !row)
    return NULL;
  User *user = read_user(stmt);
  *login = read_login(stmt, LOGIN_FIRST);
  sql_lay_down(g_steal_pointer(&stmt));
  see(store, *login, now_us);
  return user;
}

GPtrArray *logins_good(Store *store, gint64 now_us, gint64 idle_us, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store, "SELECT digest" LOGINS_GOOD " AND scope IS NULL", error);
  g_autoptr(GPtrArray) digests = g_ptr_array_new_with_free_func(g_free);
  if (stmt) {
    sql_bind_int(stmt, 2, now_us);
    sql_bind_int(stmt, 3, now_us - idle_us);
  }
  for (bool row = true; stmt && sql_step(store, stmt, &row, error);) {
    if (!row)
      return g_steal_pointer(&digests);
    g_ptr_array_add(digests, sql_text(stmt, 0));
  }
  return NULL;
}

GPtrArray *logins_tokens(Store *store, gint64 user, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(
      store, "SELECT " LOGIN_COLUMNS " FROM logins WHERE user = ?1 AND name IS NOT NULL ORDER BY created_us", error);
  g_autoptr(GPtrArray) tokens = g_ptr_array_new_with_free_func((GDestroyNotify)login_free);
  if (stmt)
    sql_bind_int(stmt, 1, user);
  for (bool row = true; stmt && sql_step(store, stmt, &row, error);) {
    if (!row)
      return g_steal_pointer(&tokens);
    g_ptr_array_add(tokens, read_login(stmt, 0));
  }
  return NULL;
}

bool logins_end(Store *store, const char *digest, GError **error) {
  return run(store, "DELETE FROM logins WHERE digest = ?2", 0, digest, NULL, error);
}

bool logins_end_all(Store *store, gint64 user, GError **error) {
  return run(store, "DELETE FROM logins WHERE user = ?1 AND name IS NULL", user, NULL, NULL, error);
}

bool logins_sweep(Store *store, gint64 now_us, gint64 idle_us, GError **error) {
  return run(store, "DELETE FROM logins WHERE until_us <= ?1", now_us, NULL, NULL, error) &&
         run(store, "DELETE FROM logins WHERE name IS NULL AND seen_us <= ?1", now_us - idle_us, NULL, NULL, error) &&
         run(store, "DELETE FROM invitations WHERE until_us <= ?1", now_us, NULL, NULL, error);
}

/* --- invitations ------------------------------------------------------------------------------------ */

bool invitations_add(Store *store, const char *digest, gint64 user, gint64 until_us, GError **error) {
  Change change;
  if (!change_begin(&change, store, error))
    return false;
  bool ok = run(store, "DELETE FROM invitations WHERE user IS nullif(?1, 0)", user, NULL, NULL, error);
  g_autoptr(sqlite3_stmt) stmt =
      ok ? sql_prepare(store, "INSERT INTO invitations(digest, user, until_us) VALUES (?1, nullif(?2, 0), ?3)", error)
         : NULL;
  if (stmt) {
    sql_bind_text(stmt, 1, digest);
    sql_bind_int(stmt, 2, user);
    sql_bind_int(stmt, 3, until_us);
  }
  ok = stmt && sql_run(store, stmt, error);
  return change_end(&change, ok, error);
}

bool invitations_reset(Store *store, const char *digest, gint64 user, gint64 until_us, GError **error) {
  Change change;
  if (!change_begin(&change, store, error))
    return false;
  bool ok = run(store, "UPDATE users SET password = NULL WHERE id = ?1", user, NULL, NULL, error) &&
            run(store, "DELETE FROM logins WHERE user = ?1", user, NULL, NULL, error) &&
            invitations_add(store, digest, user, until_us, error);
  return change_end(&change, ok, error);
}

gint64 invitations_find(Store *store, const char *digest, gint64 now_us, GError **error) {
  g_autoptr(sqlite3_stmt) stmt =
      sql_prepare(store, "SELECT coalesce(user, 0) FROM invitations WHERE digest = ?1 AND until_us > ?2", error);
  bool row = false;
  if (!stmt)
    return -1;
  sql_bind_text(stmt, 1, digest);
  sql_bind_int(stmt, 2, now_us);
  return sql_step(store, stmt, &row, error) && row ? sqlite3_column_int64(stmt, 0) : -1;
}

bool invitations_end(Store *store, const char *digest, GError **error) {
  return run(store, "DELETE FROM invitations WHERE digest = ?2", 0, digest, NULL, error);
}

/* --- who did what ------------------------------------------------------------------------------------- */

bool audit_add(Store *store, const char *who, const char *what, const char *about, gint64 now_us, GError **error) {
  g_autoptr(sqlite3_stmt) stmt =
      sql_prepare(store, "INSERT INTO audit(at_us, who, what, about) VALUES (?1, ?2, ?3, ?4)", error);
  if (!stmt)
    return false;
  sql_bind_int(stmt, 1, now_us);
  sql_bind_text(stmt, 2, who);
  sql_bind_text(stmt, 3, what);
  sql_bind_text(stmt, 4, about);
  return sql_run(store, stmt, error);
}

GPtrArray *audit_list(Store *store, guint limit, GError **error) {
  g_autoptr(sqlite3_stmt) stmt =
      sql_prepare(store, "SELECT at_us, who, what, about FROM audit ORDER BY id DESC LIMIT ?1", error);
  g_autoptr(GPtrArray) deeds = g_ptr_array_new_with_free_func((GDestroyNotify)deed_free);
  if (stmt)
    sql_bind_int(stmt, 1, limit);
  for (bool row = true; stmt && sql_step(store, stmt, &row, error);) {
    if (!row)
      return g_steal_pointer(&deeds);
    Deed *deed = g_new0(Deed, 1);
    deed->at_us = sqlite3_column_int64(stmt, 0);
    deed->who = sql_text(stmt, 1);
    deed->what = sql_text(stmt, 2);
    deed->about = sql_text(stmt, 3);
    g_ptr_array_add(deeds, deed);
  }
  return NULL;
}
