#include "commands/publishing.h"

#include "base/files.h"
#include "base/http.h"
#include "commands/output.h"

#include <glib/gstdio.h>
#include <string.h>

#define LOOK_US 20000
#define ANSWER_MOST (1u << 20)

/* --- what is still to be done, also by a later run ------------------------------------------------ */

static char *mark_path(const Publishing *publishing, const char *mark) {
  return station_path(publishing->station, "podcast", mark, NULL);
}

static bool set_mark(const Publishing *publishing, const char *mark, GError **error) {
  g_autofree char *path = mark_path(publishing, mark);
  return file_write(path, "", 0, 0600, error);
}

static bool has_mark(const Publishing *publishing, const char *mark) {
  g_autofree char *path = mark_path(publishing, mark);
  return g_file_test(path, G_FILE_TEST_EXISTS);
}

static void clear_mark(const Publishing *publishing, const char *mark) {
  g_autofree char *path = mark_path(publishing, mark);
  g_unlink(path);
}

/* --- the hub (WebSub 1.0, 7: a publisher tells its hub, in the form that all hubs take) -------------- */

static bool tell_hub(const Publishing *publishing, GError **error) {
  const StationPodcast *podcast = &publishing->station->podcast;
  g_autofree char *feed = g_strconcat(podcast->url, "feed.xml", NULL);
  g_autofree char *escaped = g_uri_escape_string(feed, NULL, FALSE);
  g_autofree char *form = g_strconcat("hub.mode=publish&hub.url=", escaped, "&hub.topic=", escaped, NULL);
  const HttpRequest request = {.url = podcast->hub, .body = form, .most_bytes = ANSWER_MOST};
  g_auto(HttpAnswer) answer = {0};
  bool asked = http_ask(&request, &answer, error);
  if (asked && answer.status / 100 != 2)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN, _("%s: the server answers %ld"), podcast->hub, answer.status);
  return asked && answer.status / 100 == 2;
}

bool publish_wait(Background *background, char **why, GError **error) {
  *why = NULL;
  while (background && !background_ended(background, why)) {
    if (session_interrupted()) {
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN, _("interrupted"));
      return false;
    }
    g_usleep(LOOK_US);
  }
  return background != NULL;
}

/* --- elsewhere ------------------------------------------------------------------------------------------ */

/* "{public}" in an argument is the folder. Returns (g_strfreev). */
static char **arguments_of(const Publishing *publishing) {
  g_autofree char *folder = station_path(publishing->station, "public", NULL);
  char **arguments = g_strdupv(publishing->station->podcast.send);
  for (char **argument = arguments; *argument; argument++) {
    GString *given = g_string_new(*argument);
    g_string_replace(given, "{public}", folder, 0);
    g_free(*argument);
    *argument = g_string_free(given, FALSE);
  }
  return arguments;
}

static bool send_files(const Publishing *publishing, GError **error) {
  g_auto(GStrv) arguments = arguments_of(publishing);
  g_autofree char *why = NULL;
  const char *const environment[] = {NULL};
  g_autoptr(Background) sending = background_start_program((const char *const *)arguments, environment, error);
  if (!publish_wait(sending, &why, error))
    return false;
  if (why)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN,
                _("podcast.send: %s: %s (the next \"carnet publish\" tries again)"), arguments[0], why);
  return !why;
}

/* --- both: first the files are elsewhere, then the hub is told of them -------------------------------- */

static bool wants_sending(const StationPodcast *podcast) {
  return podcast->send != NULL;
}

static bool wants_telling(const StationPodcast *podcast) {
  return podcast->hub && *podcast->url;
}

static const struct {
  const char *mark;
  bool may_fail; /* a hub that is away keeps nobody from listening: apps look for themselves */
  bool (*is_wanted)(const StationPodcast *podcast);
  bool (*act)(const Publishing *publishing, GError **error);
} acts[] = {{".to-send", false, wants_sending, send_files}, {".to-tell", true, wants_telling, tell_hub}};

bool publish_expect_change(Publishing *publishing, GError **error) {
  for (guint i = 0; i < G_N_ELEMENTS(acts); i++) {
    if (!acts[i].is_wanted(&publishing->station->podcast) || has_mark(publishing, acts[i].mark))
      continue;
    if (!set_mark(publishing, acts[i].mark, error))
      return false;
    publishing->new_marks |= 1u << i;
  }
  return true;
}

void publish_nothing_changed(Publishing *publishing) {
  for (guint i = 0; i < G_N_ELEMENTS(acts); i++)
    if (publishing->new_marks & 1u << i)
      clear_mark(publishing, acts[i].mark);
  publishing->new_marks = 0;
}

bool publish_tell(const Publishing *publishing, GError **error) {
  bool ok = true;
  for (guint i = 0; ok && i < G_N_ELEMENTS(acts); i++) {
    if (!acts[i].is_wanted(&publishing->station->podcast) || !has_mark(publishing, acts[i].mark))
      continue;
    g_autoptr(GError) why = NULL;
    if (acts[i].act(publishing, &why)) {
      clear_mark(publishing, acts[i].mark);
    } else if (acts[i].may_fail) {
      print_warning(_("%s (the next \"carnet publish\" tells it again)"), why->message);
    } else {
      g_propagate_error(error, g_steal_pointer(&why));
      ok = false;
    }
  }
  return ok;
}
