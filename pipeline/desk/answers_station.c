/* The station's people, and what each did; imports; the first page. */
#include "desk/answers.h"

#include "base/clock.h"
#include "base/secret.h"
#include "base/text.h"
#include "commands/user_print.h"
#include "desk/access.h"
#include "desk/page.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#define AUDIT_MOST 200

/* Where a visit begins: nobody logs in first, others see the logbook. */
void answer_home(Visit *visit) {
  if (visit->user)
    web_reply_see(visit->reply, "/logbook");
  else
    page_login(visit);
}

/* --- people -------------------------------------------------------------------------------------------- */

void answer_users(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) users = users_list(visit->session->store, &error);
  if (!users) {
    visit_fail(visit, 0, error);
    return;
  }
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_builder_set_member_name(builder, "users");
  users_json(builder, users);
  json_builder_end_object(builder);
  visit_json(visit, 200, builder);
}

static bool read_role(const Visit *visit, Role *role, GError **error) {
  int given = role_parse(visit_text(visit, "role"));
  if (given < 0)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("a role is contributor, editor, producer or admin"));
  else
    *role = (Role)given;
  return given >= 0;
}

/* A new code for a user: shown once, to be given to him by hand. */
static bool tell_code(Visit *visit, gint64 user, GError **error) {
  g_autofree char *code = secret_code(), *digest = secret_digest(code);
  if (!invitations_add(visit->session->store, digest, user, clock_now_us() + INVITATION_US, error))
    return false;
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_int(builder, "id", user);
  json_add_string(builder, "code", code);
  json_builder_end_object(builder);
  if (visit->wants_json)
    visit_json(visit, 201, builder);
  else
    show_station(visit, code);
  return true;
}

void answer_user_add(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autofree char *name = text_squeeze(visit_text(visit, "name"));
  Role role = ROLE_CONTRIBUTOR;
  gint64 user =
      read_role(visit, &role, &error) ? users_add(visit->session->store, name, role, clock_now_us(), &error) : 0;
  if (user > 0)
    visit_note(visit, "user.add", name);
  if (user == 0 || !tell_code(visit, user, &error))
    visit_fail(visit, 0, error);
}

/* The user that "id" names, or NULL with an error. */
static User *named_user(const Visit *visit, GError **error) {
  gint64 id = visit_number(visit, "id", error);
  User *user = error && *error ? NULL : users_get(visit->session->store, id, error);
  if (!user && error && !*error)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("there is no such user"));
  return user;
}

void answer_user_change(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(User) user = named_user(visit, &error);
  Role role = user ? user->role : ROLE_NOBODY;
  bool is_active = user && (visit_value(visit, "active") ? visit_is_set(visit, "active") : user->is_active);
  bool ok = user && (!visit_value(visit, "role") || read_role(visit, &role, &error)) &&
            users_set(visit->session->store, user->id, role, is_active, &error);
  if (!ok) {
    visit_fail(visit, 0, error);
    return;
  }
  web_events_end(visit->desk->events, user->id); /* he comes back as what he is now */
  g_autofree char *about = g_strdup_printf("%s: %s%s", user->name, role_name(role), is_active ? "" : ", locked out");
  visit_note(visit, "user.change", about);
  visit_done(visit, "/station", "user", NULL);
}

void answer_user_reset(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(User) user = named_user(visit, &error);
  if (user)
    visit_note(visit, "user.reset", user->name);
  if (!user || !tell_code(visit, user->id, &error))
    visit_fail(visit, 0, error);
}

void answer_audit(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) deeds = audit_list(visit->session->store, AUDIT_MOST, &error);
  if (!deeds) {
    visit_fail(visit, 0, error);
    return;
  }
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_builder_set_member_name(builder, "deeds");
  json_builder_begin_array(builder);
  for (guint i = 0; i < deeds->len; i++) {
    const Deed *deed = deeds->pdata[i];
    json_builder_begin_object(builder);
    json_add_instant(builder, "at", deed->at_us);
    json_add_string(builder, "who", deed->who);
    json_add_string(builder, "what", deed->what);
    json_add_string(builder, "about", deed->about);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
  json_builder_end_object(builder);
  visit_json(visit, 200, builder);
}

/* --- importing ------------------------------------------------------------------------------------------- */

/* What was pasted, in a file that the verb reads. Returns its path (g_free), or NULL. */
static char *spool(const Visit *visit, GError **error) {
  g_autofree char *path = station_path(visit->session->station, ".desk-import-XXXXXX.txt", NULL);
  int fd = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0) {
    carnet_error_set_errno(error, errno, "%s", path);
    return NULL;
  }
  close(fd);
  if (file_write(path, visit_text(visit, "text"), -1, 0600, error))
    return g_steal_pointer(&path);
  g_unlink(path);
  return NULL;
}

/* `carnet import`, shown or done: what it prints (g_free), or NULL. */
static char *import(const Visit *visit, bool writes, GError **error) {
  const char *format = strcmp(visit_text(visit, "format"), "csv") == 0 ? "csv" : "pad";
  g_autofree char *source = text_squeeze(visit_text(visit, "source"));
  g_autofree char *name = g_strconcat("--name=", *source ? source : format, NULL);
  g_autofree char *date = g_strconcat("--date=", visit_text(visit, "date"), NULL);
  g_autofree char *path = spool(visit, error);
  if (!path)
    return NULL;
  const char *arguments[9] = {"import", name, "--json"};
  guint n = 3;
  if (!writes)
    arguments[n++] = "--dry-run";
  if (*visit_text(visit, "date"))
    arguments[n++] = date;
  arguments[n++] = "--";
  arguments[n++] = format;
  arguments[n++] = path;
  char *text = visit_ask(visit, arguments, error);
  if (!text && error && *error) { /* the spool's name says nothing to who pasted it */
    GString *message = g_string_new((*error)->message);
    g_string_replace(message, path, format, 0);
    g_free((*error)->message);
    (*error)->message = g_string_free(message, FALSE);
  }
  g_unlink(path);
  return text;
}

void answer_import(Visit *visit) {
  g_autoptr(GError) error = NULL;
  bool writes = visit_is_set(visit, "write");
  if (text_is_blank(visit_text(visit, "text")))
    g_set_error(&error, CARNET_ERROR, CARNET_ERROR_INPUT, _("there is nothing to import: paste a pad or a table"));
  g_autofree char *text = error ? NULL : import(visit, writes, &error);
  if (text && writes)
    visit_note(visit, "import", visit_text(visit, "source"));
  if (visit->wants_json && text)
    web_reply_text(visit->reply, 200, "application/json; charset=utf-8", text);
  else if (visit->wants_json)
    visit_fail(visit, 0, error);
  else if (text && writes)
    visit_done(visit, "/logbook?status=pending", "imported", NULL);
  else
    show_import(visit, text, error ? error->message : NULL);
}
