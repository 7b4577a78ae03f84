#include "commands/station_commands.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/secret.h"
#include "base/text.h"
#include "commands/entry_print.h"
#include "commands/output.h"
#include "commands/user_print.h"
#include "logbook/users.h"

#include <stdio.h>
#include <string.h>

static bool run_user(Session *session, int argc, char **argv, GError **error);

const Command command_user = {
    .name = "user",
    .group = N_("The station"),
    .summary = N_("Say who may use the desk"),
    .usage = N_("list|add|reset|role|lock|unlock [NAME] [ROLE]"),
    .help = N_("Each role may what those before it may: contributor (writes), editor (all content),\n"
               "producer (schedules, airs, publishes), admin (people and the station). \"add\" and\n"
               "\"reset\" print a one-time code, good for three days, with which one chooses a password\n"
               "at the desk. After \"reset\" the old one, sessions and tokens are good no more.\n\n"
               "Examples:\n"
               "  carnet user list\n"
               "  carnet user add Maëlle editor\n"
               "  carnet user reset Maëlle      the password is forgotten\n"
               "  carnet user role Maëlle producer\n"
               "  carnet user lock Maëlle       may not log in any more"),
    .run = run_user,
};

#define GOOD_US (3 * 24 * 3600 * US_PER_SECOND)

/* --- printing -------------------------------------------------------------------------------------- */

static void print_json(const GPtrArray *users) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  users_json(builder, users);
  g_autofree char *text = json_text(builder, true);
  puts(text);
}

static bool list(Session *session, bool as_json, GError **error) {
  g_autoptr(GPtrArray) users = users_list(session->store, error);
  if (!users)
    return false;
  if (as_json) {
    print_json(users);
    return true;
  }
  const char *headings[] = {_("name"), _("role"), _("state"), _("seen"), NULL};
  g_autoptr(Table) table = table_new(headings);
  for (guint i = 0; i < users->len; i++) {
    const User *user = users->pdata[i];
    g_autofree char *seen = user->seen_us ? instant_local(session->station, user->seen_us) : NULL;
    const char *state = !user->is_active ? _("locked out") : user->password ? "" : _("has not come yet");
    const char *cells[] = {user->name, _(role_name(user->role)), state, seen, NULL};
    table_add(table, cells);
  }
  table_print(table, stdout);
  return true;
}

typedef bool (*Invite)(Store *store, const char *digest, gint64 user, gint64 until_us, GError **error);

static bool print_code(Session *session, gint64 user, Invite invite, GError **error) {
  g_autofree char *code = secret_start(error) ? secret_code() : NULL;
  g_autofree char *digest = code ? secret_digest(code) : NULL;
  if (!digest || !invite(session->store, digest, user, clock_now_us() + GOOD_US, error))
    return false;
  printf(_("one-time code, good for three days: %s\n"), code);
  return true;
}

/* --- the verbs --------------------------------------------------------------------------------------- */

static User *named(Session *session, const char *name, GError **error) {
  g_autoptr(GError) why = NULL;
  User *user = users_find(session->store, name, &why);
  if (why)
    g_propagate_error(error, g_steal_pointer(&why));
  else if (!user)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("there is no user \"%s\" (\"carnet user list\")"), name);
  return user;
}

static bool take_role(const char *name, Role *role, GError **error) {
  int given = role_parse(name);
  if (given < 0)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("a role is contributor, editor, producer or admin"));
  else
    *role = (Role)given;
  return given >= 0;
}

static bool add(Session *session, char **words, GError **error) {
  Role role = ROLE_CONTRIBUTOR;
  if (!take_role(words[2], &role, error))
    return false;
  gint64 user = users_add(session->store, words[1], role, clock_now_us(), error);
  return user > 0 && print_code(session, user, invitations_add, error);
}

static bool reset(Session *session, char **words, GError **error) {
  g_autoptr(User) user = named(session, words[1], error);
  return user && print_code(session, user->id, invitations_reset, error);
}

static bool set_role(Session *session, char **words, GError **error) {
  Role role = ROLE_CONTRIBUTOR;
  g_autoptr(User) user = take_role(words[2], &role, error) ? named(session, words[1], error) : NULL;
  return user && users_set(session->store, user->id, role, user->is_active, error);
}

static bool set_active(Session *session, const char *name, bool is_active, GError **error) {
  g_autoptr(User) user = named(session, name, error);
  return user && users_set(session->store, user->id, user->role, is_active, error);
}

static bool lock(Session *session, char **words, GError **error) {
  return set_active(session, words[1], false, error);
}

static bool unlock(Session *session, char **words, GError **error) {
  return set_active(session, words[1], true, error);
}

typedef struct {
  const char *name, *past;
  guint n_words; /* itself among them */
  bool (*run)(Session *session, char **words, GError **error);
} UserVerb;

static const UserVerb verbs[] = {
    {"add", "user.add", 3, add},      {"reset", "user.reset", 2, reset},    {"role", "user.change", 3, set_role},
    {"lock", "user.change", 2, lock}, {"unlock", "user.change", 2, unlock},
};

static bool run_user(Session *session, int argc, char **argv, GError **error) {
  g_auto(GStrv) words = NULL;
  gboolean as_json = FALSE;
  const GOptionEntry options[] = {{"json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print JSON"), NULL},
                                  G_OPTION_ENTRY_NULL};
  if (!command_parse(&command_user, options, argc, argv, 1, 3, &words, error) || !session_store(session, error))
    return false;
  guint n = g_strv_length(words);
  if (strcmp(words[0], "list") == 0 && n == 1)
    return list(session, as_json, error);
  for (guint i = 0; i < G_N_ELEMENTS(verbs); i++)
    if (strcmp(verbs[i].name, words[0]) == 0 && verbs[i].n_words == n)
      return verbs[i].run(session, words, error) &&
             audit_add(session->store, session_who(), verbs[i].past, words[1], clock_now_us(), error);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("usage: carnet user %s"), _(command_user.usage));
  return false;
}
