/* Who may use the desk, as the store keeps it: names, roles, sessions that end, invitations that are good once. */
#include "logbook_fixture.h"

#include "logbook/sql.h"
#include "logbook/users.h"

#include <string.h>

#define NOW_US G_GINT64_CONSTANT(1800000000000000)
#define MINUTE_US G_GINT64_CONSTANT(60000000)
#define IDLE_US (60 * MINUTE_US)

static gint64 add_user(const Logbook *logbook, const char *name, Role role) {
  g_autoptr(GError) error = NULL;
  gint64 id = users_add(logbook->store, name, role, NOW_US, &error);
  g_assert_no_error(error);
  g_assert_cmpint(id, >, 0);
  return id;
}

static void test_names(Logbook *logbook, gconstpointer data) {
  (void)data;
  gint64 id = add_user(logbook, "Maëlle Le Goff", ROLE_EDITOR);
  g_autoptr(User) user = users_find(logbook->store, "maelle  LE GOFF", NULL);
  g_assert_cmpint(user->id, ==, id);
  g_assert_cmpstr(user->name, ==, "Maëlle Le Goff");
  g_assert_cmpint(user->role, ==, ROLE_EDITOR);
  g_assert_true(user->is_active);
  g_assert_null(user->password);
  g_assert_null(users_find(logbook->store, "Nobody", NULL));
  g_assert_null(users_get(logbook->store, id + 1, NULL));
  g_autofree char *long_name = g_strnfill(61, 'a');
  const char *wrong[] = {"", " ", "...", "MAELLE LE GOFF", "a\nb", "\x1b[31mred", long_name};
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(users_add(logbook->store, wrong[i], ROLE_EDITOR, NOW_US, &error), ==, 0);
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  }
  add_user(logbook, "Alan", ROLE_CONTRIBUTOR);
  g_autoptr(GPtrArray) users = users_list(logbook->store, NULL);
  g_assert_cmpuint(users->len, ==, 2);
  g_assert_cmpstr(((const User *)users->pdata[0])->name, ==, "Alan");
  g_assert_cmpint(users_count(logbook->store, NULL), ==, 0); /* with a password */
}

static void test_roles(void) {
  for (int i = ROLE_CONTRIBUTOR; i < ROLE_COUNT; i++)
    g_assert_cmpint(role_parse(role_name((Role)i)), ==, i);
  g_assert_cmpint(role_parse("Rédaction"), ==, ROLE_EDITOR);
  g_assert_cmpint(role_parse("nobody"), ==, -1);
  g_assert_cmpint(role_parse(""), ==, -1);
  g_assert_cmpint(role_parse("root"), ==, -1);
}

static Login login_of(const char *digest, gint64 user, const char *name) {
  return (Login){.digest = (char *)digest,
                 .user = user,
                 .csrf = (char *)"c",
                 .name = (char *)name,
                 .created_us = NOW_US,
                 .until_us = NOW_US + 10 * IDLE_US};
}

/* The user's id that a digest stands for at a time, 0: nobody's. */
static gint64 who(const Logbook *logbook, const char *digest, gint64 now_us) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Login) login = NULL;
  g_autoptr(User) user = logins_user(logbook->store, digest, now_us, IDLE_US, &login, &error);
  g_assert_no_error(error);
  g_assert_true((user != NULL) == (login != NULL));
  return user ? user->id : 0;
}

static void test_logins(Logbook *logbook, gconstpointer data) {
  (void)data;
  gint64 id = add_user(logbook, "Alan", ROLE_EDITOR);
  const Login session = login_of("s", id, NULL), token = login_of("t", id, "script");
  g_assert_true(logins_add(logbook->store, &session, NULL) && logins_add(logbook->store, &token, NULL));
  g_assert_false(logins_add(logbook->store, &session, NULL)); /* one of a kind */
  g_assert_cmpint(who(logbook, "s", NOW_US), ==, id);
  g_assert_cmpint(who(logbook, "x", NOW_US), ==, 0);
  g_assert_cmpint(who(logbook, "s", NOW_US + 50 * MINUTE_US), ==, id);  /* seen */
  g_assert_cmpint(who(logbook, "s", NOW_US + 100 * MINUTE_US), ==, id); /* so it goes on */
  g_assert_cmpint(who(logbook, "s", NOW_US + 170 * MINUTE_US), ==, 0);  /* idle */
  g_assert_cmpint(who(logbook, "t", NOW_US + 170 * MINUTE_US), ==, id); /* a token is not */
  g_assert_cmpint(who(logbook, "t", NOW_US + 10 * IDLE_US), ==, 0);     /* nothing is for ever */
  g_autoptr(GPtrArray) tokens = logins_tokens(logbook->store, id, NULL);
  g_assert_cmpuint(tokens->len, ==, 1);
  g_assert_true(logins_end_all(logbook->store, id, NULL));
  g_assert_cmpint(who(logbook, "s", NOW_US), ==, 0);
  g_assert_cmpint(who(logbook, "t", NOW_US), ==, id);
  g_assert_true(logins_end(logbook->store, "t", NULL));
  g_assert_cmpint(who(logbook, "t", NOW_US), ==, 0);
}

static int by_name(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The digests that are good at a time, one after another. Returns (g_free). */
static char *good(const Logbook *logbook, gint64 now_us) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) digests = logins_good(logbook->store, now_us, IDLE_US, &error);
  g_assert_no_error(error);
  g_ptr_array_sort(digests, by_name);
  g_ptr_array_add(digests, NULL);
  return g_strjoinv(" ", (char **)digests->pdata);
}

/* Those that stand for somebody, without asking for each. */
static void test_good(Logbook *logbook, gconstpointer data) {
  (void)data;
  gint64 id = add_user(logbook, "Alan", ROLE_EDITOR), other = add_user(logbook, "Gwenn", ROLE_EDITOR);
  const Login session = login_of("s", id, NULL), token = login_of("t", id, "script"), its = login_of("u", other, "x");
  Login calendar = login_of("c", id, "agenda");
  calendar.scope = (char *)"calendar";
  g_autofree char *none = good(logbook, NOW_US);
  g_assert_cmpstr(none, ==, "");
  g_assert_true(logins_add(logbook->store, &session, NULL) && logins_add(logbook->store, &token, NULL) &&
                logins_add(logbook->store, &its, NULL) && logins_add(logbook->store, &calendar, NULL));
  g_autofree char *all = good(logbook, NOW_US);
  g_assert_cmpstr(all, ==, "s t u");
  g_autofree char *idle = good(logbook, NOW_US + 2 * IDLE_US);
  g_assert_cmpstr(idle, ==, "t u");
  g_autofree char *over = good(logbook, NOW_US + 10 * IDLE_US);
  g_assert_cmpstr(over, ==, "");
  g_assert_true(users_set(logbook->store, other, ROLE_EDITOR, false, NULL)); /* locked out */
  g_assert_true(logins_end(logbook->store, "s", NULL));
  g_autofree char *left = good(logbook, NOW_US);
  g_assert_cmpstr(left, ==, "t");
}

static void test_sweep(Logbook *logbook, gconstpointer data) {
  (void)data;
  gint64 id = add_user(logbook, "Alan", ROLE_EDITOR), n = 0;
  const Login session = login_of("s", id, NULL), token = login_of("t", id, "script");
  g_assert_true(logins_add(logbook->store, &session, NULL) && logins_add(logbook->store, &token, NULL));
  g_assert_true(logins_sweep(logbook->store, NOW_US + 2 * IDLE_US, IDLE_US, NULL));
  g_assert_true(sql_number(logbook->store, "SELECT count(*) FROM logins", &n, NULL));
  g_assert_cmpint(n, ==, 1);
  g_assert_true(logins_sweep(logbook->store, NOW_US + 20 * IDLE_US, IDLE_US, NULL));
  g_assert_true(sql_number(logbook->store, "SELECT count(*) FROM logins", &n, NULL));
  g_assert_cmpint(n, ==, 0);
}

/* Who is locked out is out at once; the last admin cannot be. */
static void test_locked(Logbook *logbook, gconstpointer data) {
  (void)data;
  gint64 admin = add_user(logbook, "Alan", ROLE_ADMIN), other = add_user(logbook, "Gwenn", ROLE_ADMIN);
  const Login session = login_of("s", admin, NULL);
  g_assert_true(users_set_password(logbook->store, admin, "hash", NULL, NULL));
  g_assert_true(logins_add(logbook->store, &session, NULL));
  g_autoptr(GError) error = NULL;
  g_assert_false(users_set(logbook->store, admin, ROLE_EDITOR, true, &error)); /* Gwenn has not come yet */
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_assert_true(users_set_password(logbook->store, other, "hash", NULL, NULL));
  g_assert_true(users_set(logbook->store, admin, ROLE_ADMIN, false, NULL));
  g_assert_cmpint(who(logbook, "s", NOW_US), ==, 0);
  g_assert_false(users_set(logbook->store, other, ROLE_ADMIN, false, NULL));
  g_assert_false(users_set(logbook->store, 99, ROLE_ADMIN, true, NULL));
  g_assert_cmpint(users_count(logbook->store, NULL), ==, 2);
}

static void test_password_ends_sessions(Logbook *logbook, gconstpointer data) {
  (void)data;
  gint64 id = add_user(logbook, "Alan", ROLE_EDITOR);
  const Login here = login_of("here", id, NULL), there = login_of("there", id, NULL), token = login_of("t", id, "x");
  g_assert_true(logins_add(logbook->store, &here, NULL) && logins_add(logbook->store, &there, NULL) &&
                logins_add(logbook->store, &token, NULL));
  g_assert_true(users_set_password(logbook->store, id, "hash", "here", NULL));
  g_assert_cmpint(who(logbook, "here", NOW_US), ==, id);
  g_assert_cmpint(who(logbook, "there", NOW_US), ==, 0);
  g_assert_cmpint(who(logbook, "t", NOW_US), ==, 0); /* a token too: somebody may have had it */
  g_assert_true(users_set_password(logbook->store, id, "hash", NULL, NULL));
  g_assert_cmpint(who(logbook, "here", NOW_US), ==, 0);
}

static void test_invitations(Logbook *logbook, gconstpointer data) {
  (void)data;
  Store *store = logbook->store;
  gint64 id = add_user(logbook, "Alan", ROLE_EDITOR);
  g_assert_true(invitations_add(store, "first", 0, NOW_US + MINUTE_US, NULL));
  g_assert_true(invitations_add(store, "a", id, NOW_US + MINUTE_US, NULL));
  g_assert_cmpint(invitations_find(store, "first", NOW_US, NULL), ==, 0);
  g_assert_cmpint(invitations_find(store, "a", NOW_US, NULL), ==, id);
  g_assert_cmpint(invitations_find(store, "b", NOW_US, NULL), ==, -1);
  g_assert_cmpint(invitations_find(store, "a", NOW_US + MINUTE_US, NULL), ==, -1);
  g_assert_true(invitations_add(store, "b", id, NOW_US + MINUTE_US, NULL)); /* the one before is good no more */
  g_assert_cmpint(invitations_find(store, "a", NOW_US, NULL), ==, -1);
  g_assert_true(invitations_add(store, "second", 0, NOW_US + MINUTE_US, NULL));
  g_assert_cmpint(invitations_find(store, "first", NOW_US, NULL), ==, -1);
  g_assert_true(invitations_end(store, "b", NULL));
  g_assert_cmpint(invitations_find(store, "b", NOW_US, NULL), ==, -1);
}

/* What was forgotten may be in other hands: it is good no more, though nobody has used the code yet. */
static void test_reset(Logbook *logbook, gconstpointer data) {
  (void)data;
  Store *store = logbook->store;
  gint64 id = add_user(logbook, "Alan", ROLE_ADMIN), other = add_user(logbook, "Gwenn", ROLE_EDITOR);
  const Login session = login_of("s", id, NULL), token = login_of("t", id, "script"), hers = login_of("h", other, NULL);
  g_assert_true(users_set_password(store, id, "hash", NULL, NULL) && logins_add(store, &session, NULL) &&
                logins_add(store, &token, NULL) && logins_add(store, &hers, NULL));
  g_assert_cmpint(who(logbook, "s", NOW_US + MINUTE_US), ==, id);
  g_assert_true(invitations_add(store, "a", id, NOW_US + MINUTE_US, NULL));
  g_assert_true(invitations_reset(store, "b", id, NOW_US + MINUTE_US, NULL));
  g_autoptr(User) user = users_get(store, id, NULL);
  g_assert_null(user->password);
  g_assert_true(user->role == ROLE_ADMIN && user->is_active);
  g_assert_cmpint(users_count(store, NULL), ==, 1); /* whoever comes now is not the first */
  g_assert_cmpint(who(logbook, "s", NOW_US), ==, 0);
  g_assert_cmpint(who(logbook, "t", NOW_US), ==, 0);
  g_assert_cmpint(who(logbook, "h", NOW_US), ==, other);
  g_assert_cmpint(invitations_find(store, "a", NOW_US, NULL), ==, -1);
  g_assert_cmpint(invitations_find(store, "b", NOW_US, NULL), ==, id);
  /* All of it, or nothing. */
  g_assert_true(users_set_password(store, id, "hash", NULL, NULL));
  g_assert_true(sql_exec(store, "ALTER TABLE invitations RENAME TO elsewhere", NULL));
  g_autoptr(GError) error = NULL;
  g_assert_false(invitations_reset(store, "c", id, NOW_US + MINUTE_US, &error));
  g_autoptr(User) same = users_get(store, id, NULL);
  g_assert_cmpstr(same->password, ==, "hash");
}

static void test_audit(Logbook *logbook, gconstpointer data) {
  (void)data;
  g_assert_true(audit_add(logbook->store, "Alan", "login", NULL, NOW_US, NULL));
  g_assert_true(audit_add(logbook->store, "Gwenn", "entry.approved", "12", NOW_US + 1, NULL));
  g_autoptr(GPtrArray) deeds = audit_list(logbook->store, 10, NULL);
  g_assert_cmpuint(deeds->len, ==, 2);
  const Deed *last = deeds->pdata[0];
  g_assert_cmpstr(last->who, ==, "Gwenn");
  g_assert_cmpstr(last->about, ==, "12");
  g_assert_null(((const Deed *)deeds->pdata[1])->about);
  g_autoptr(GError) error = NULL;
  g_assert_false(sql_exec(logbook->store, "DELETE FROM audit", &error));
  g_clear_error(&error);
  g_assert_false(sql_exec(logbook->store, "UPDATE audit SET who = 'x'", &error));
}

/* Without its tables every call says so. */
static void test_failures(Logbook *logbook, gconstpointer data) {
  (void)data;
  Store *store = logbook->store;
  gint64 id = add_user(logbook, "Alan", ROLE_EDITOR);
  static const char *const renames[] = {"users", "logins", "invitations", "audit"};
  for (guint i = 0; i < G_N_ELEMENTS(renames); i++) {
    g_autofree char *sql = g_strdup_printf("ALTER TABLE %s RENAME TO %s_elsewhere", renames[i], renames[i]);
    g_assert_true(sql_exec(store, sql, NULL));
  }
  const Login session = login_of("s", id, NULL);
  g_autoptr(Login) login = NULL;
  GError *errors[17] = {NULL};
  guint n = 0;
  g_assert_cmpint(users_add(store, "Gwenn", ROLE_EDITOR, NOW_US, &errors[n++]), ==, 0);
  g_assert_null(users_find(store, "Alan", &errors[n++]));
  g_assert_null(users_get(store, id, &errors[n++]));
  g_assert_null(users_list(store, &errors[n++]));
  g_assert_cmpint(users_count(store, &errors[n++]), ==, -1);
  g_assert_false(users_set_password(store, id, "h", NULL, &errors[n++]));
  g_assert_false(users_set(store, id, ROLE_ADMIN, true, &errors[n++]));
  g_assert_false(logins_add(store, &session, &errors[n++]));
  g_assert_null(logins_user(store, "s", NOW_US, IDLE_US, &login, &errors[n++]));
  g_assert_null(logins_tokens(store, id, &errors[n++]));
  g_assert_false(logins_end(store, "s", &errors[n++]));
  g_assert_false(logins_sweep(store, NOW_US, IDLE_US, &errors[n++]));
  g_assert_false(invitations_add(store, "a", id, NOW_US, &errors[n++]));
  g_assert_cmpint(invitations_find(store, "a", NOW_US, &errors[n++]), ==, -1);
  g_assert_false(invitations_end(store, "a", &errors[n++]));
  g_assert_false(audit_add(store, "a", "b", NULL, NOW_US, &errors[n++]));
  g_assert_null(audit_list(store, 1, &errors[n++]));
  for (guint i = 0; i < n; i++) {
    g_test_message("%u", i);
    g_assert_nonnull(errors[i]);
    g_error_free(errors[i]);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  logbook_test("/logbook/users/names", test_names);
  g_test_add_func("/logbook/users/roles", test_roles);
  logbook_test("/logbook/users/logins", test_logins);
  logbook_test("/logbook/users/good", test_good);
  logbook_test("/logbook/users/sweep", test_sweep);
  logbook_test("/logbook/users/locked", test_locked);
  logbook_test("/logbook/users/password-ends-sessions", test_password_ends_sessions);
  logbook_test("/logbook/users/invitations", test_invitations);
  logbook_test("/logbook/users/reset", test_reset);
  logbook_test("/logbook/users/audit", test_audit);
  logbook_test("/logbook/users/failures", test_failures);
  return g_test_run();
}
