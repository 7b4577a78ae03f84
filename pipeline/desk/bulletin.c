#include "desk/bulletin.h"

#include "base/files.h"
#include "base/text.h"
#include "desk/sounds.h"
#include "editorial/rundown_file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define RUNDOWN_MOST (4u << 20)
#define LOCK_WAIT_MS 5000

void bulletin_free(Bulletin *bulletin) {
  if (!bulletin)
    return;
  slot_clear(&bulletin->slot);
  g_free(bulletin->edition);
  g_free(bulletin->path);
  g_free(bulletin->made);
  rundown_free(bulletin->rundown);
  g_free(bulletin);
}

static bool read_slot(const Visit *visit, Slot *slot, GError **error) {
  const char *edition = visit_text(visit, "edition"), *script = visit_text(visit, "script"),
             *date = visit_text(visit, "date");
  return *edition ? slot_from_edition(edition, slot, error)
                  : slot_from_options(visit->session, *date ? date : NULL, *script ? script : NULL, slot, error);
}

/* It becomes a folder's name. */
static bool is_plain(const char *name) {
  return *name && *name != '.' && strlen(name) < 200 && !strchr(name, '/') && !strstr(name, "..");
}

/* What a person may change; not how long it lasts, which is measured by the way. Returns (g_free). */
static char *sum_of(const Rundown *rundown) {
  GString *all = g_string_new(rundown->locked ? "locked" : "");
  for (guint i = 0; i < rundown->items->len; i++) {
    const RundownItem *item = rundown->items->pdata[i];
    const char *const parts[] = {item->text, item->own_spoken ? item->spoken : NULL, item->voice, item->file};
    g_string_append_printf(all, "\n%s %" G_GINT64_FORMAT "%s", item_type_name(item->type), item->entry,
                           item->kept ? " kept" : "");
    for (guint k = 0; k < G_N_ELEMENTS(parts); k++)
      g_string_append_printf(all, "\t%s", parts[k] ? parts[k] : "");
  }
  char *sum = text_version(all->str);
  g_string_free(all, TRUE);
  return sum;
}

/* A rundown that is not there yet is none: no error. */
static bool read_rundown(Bulletin *bulletin, GError **error) {
  if (!g_file_test(bulletin->path, G_FILE_TEST_EXISTS))
    return true;
  g_autoptr(GBytes) bytes = file_read(bulletin->path, RUNDOWN_MOST, error);
  bulletin->rundown = bytes ? rundown_parse(bulletin->path, bytes, error) : NULL;
  if (!bulletin->rundown)
    return false;
  g_free(bulletin->made);
  bulletin->made = sum_of(bulletin->rundown);
  return true;
}

Bulletin *bulletin_open(const Visit *visit, GError **error) {
  g_autoptr(Bulletin) bulletin = g_new0(Bulletin, 1);
  if (!read_slot(visit, &bulletin->slot, error))
    return NULL;
  const Slot *slot = &bulletin->slot;
  bulletin->edition = slot->edition ? g_strdup(slot->edition) : g_strdup_printf("%s-%s", slot->date, slot->script);
  if (!is_plain(bulletin->edition)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("there is no such bulletin"));
    return NULL;
  }
  bulletin->path = station_path(visit->session->station, "editions", bulletin->edition, "rundown.yaml", NULL);
  return read_rundown(bulletin, error) ? g_steal_pointer(&bulletin) : NULL;
}

#define UNDO_PREFIX ".rundown.before-"

/* How the rundown was before the change at the desk that made it what it is (`made`); when it is another since, there is no
 * such file. Returns (g_free). */
static char *undo_path_of(const Bulletin *bulletin) {
  g_autofree char *folder = g_path_get_dirname(bulletin->path);
  g_autofree char *name = g_strdup_printf(UNDO_PREFIX "%s.yaml", bulletin->made ? bulletin->made : "");
  return g_build_filename(folder, name, NULL);
}

/* Of a rundown that is another by now. */
static void remove_old_undo(const Bulletin *bulletin) {
  g_autofree char *folder = g_path_get_dirname(bulletin->path);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));)
    if (g_str_has_prefix(name, UNDO_PREFIX)) {
      g_autofree char *path = g_build_filename(folder, name, NULL);
      g_unlink(path);
    }
}

bool bulletin_can_undo(const Bulletin *bulletin) {
  g_autofree char *path = undo_path_of(bulletin);
  return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

bool bulletin_take_back(const Visit *visit, Rundown *rundown, guint item, GError **error) {
  (void)item;
  g_autoptr(Bulletin) bulletin = bulletin_open(visit, error);
  g_autofree char *path = bulletin ? undo_path_of(bulletin) : NULL;
  if (path && !g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("there is nothing to take back"));
    return false;
  }
  g_autoptr(Rundown) before = path ? rundown_load(path, error) : NULL;
  if (!before)
    return false;
  GPtrArray *items = rundown->items;
  rundown->items = before->items; /* taken back once more, it is as it was */
  before->items = items;
  rundown->locked = before->locked;
  rundown->edited = before->edited;
  return true;
}

Bulletin *bulletin_change(const Visit *visit, BulletinChange change, bool needs_item, bool *conflict, GError **error) {
  g_autoptr(Bulletin) bulletin = bulletin_open(visit, error);
  *conflict = false;
  if (!bulletin)
    return NULL;
  g_autofree char *folder = g_path_get_dirname(bulletin->path);
  g_autofree char *lock_path = g_build_filename(folder, ".lock", NULL);
  bool is_made = bulletin->rundown != NULL;
  g_autoptr(FileLock) lock = is_made ? file_lock_take(lock_path, LOCK_WAIT_MS, error) : NULL;
  g_clear_pointer(&bulletin->rundown, rundown_free); /* once more, now that nobody else writes it */
  const char *made = visit_value(visit, "made");
  if (is_made && (!lock || !read_rundown(bulletin, error)))
    return NULL;
  if (!bulletin->rundown) { /* never made, or removed while it was waited for */
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                _("this bulletin has no rundown yet: choose its highlights first"));
    return NULL;
  }
  if (made && g_strcmp0(made, bulletin->made) != 0) {
    *conflict = true;
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN,
                _("somebody else has changed this rundown meanwhile: look at it, and do it again"));
    return NULL;
  }
  gint64 item = needs_item ? visit_number(visit, "item", error) : 0;
  if ((error && *error) || item >= bulletin->rundown->items->len) {
    if (error && !*error)
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("the rundown has no such item"));
    return NULL;
  }
  g_autofree char *before_text = rundown_format(bulletin->rundown);
  g_autoptr(Rundown) before = rundown_load(bulletin->path, error);
  if (!before || !change(visit, bulletin->rundown, (guint)item, error))
    return NULL;
  rundown_retime(bulletin->rundown);
  if (change != bulletin_take_back)
    bulletin->rundown->edited = before->edited || !rundown_sounds_like(bulletin->rundown, before);
  g_free(bulletin->made);
  bulletin->made = sum_of(bulletin->rundown);
  g_autofree char *undo_path = undo_path_of(bulletin);
  remove_old_undo(bulletin);
  if (!file_write(undo_path, before_text, -1, 0644, error) ||
      !rundown_save(bulletin->rundown, before, bulletin->path, error))
    return NULL;
  g_clear_pointer(&bulletin->rundown, rundown_free);
  return read_rundown(bulletin, error) ? g_steal_pointer(&bulletin) : NULL;
}

/* Where the sound begins behind an ID3 tag (ID3v2.4, 3.1): Chromium plays nothing of a stream with a picture in it before
 * all of it has come. -1: so little is there that nobody knows. */
static gint64 sound_from(int fd) {
  guint8 head[10];
  if (pread(fd, head, sizeof head, 0) != sizeof head)
    return -1;
  if (memcmp(head, "ID3", 3) != 0)
    return 0;
  return (gint64)sizeof head + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]);
}

int bulletin_making(const Visit *visit, const char *edition, const char **type, gint64 *from) {
  static const char *const files[] = {"bulletin.mp3", "bulletin.opus"};
  int fd = -1;
  for (guint i = 0; i < G_N_ELEMENTS(files) && fd < 0 && is_plain(edition); i++) {
    g_autofree char *path = station_path(visit->session->station, "editions", edition, files[i], NULL);
    fd = file_draft_open(path);
    *type = sound_type(files[i]);
    *from = fd >= 0 ? sound_from(fd) : -1;
    if (fd >= 0 && *from < 0)
      close(g_steal_fd(&fd));
  }
  return fd;
}

char *bulletin_file(const Visit *visit, const char *edition, const char *file) {
  static const char *const files[] = {"bulletin.mp3",
                                      "bulletin.opus",
                                      "bulletin.flac",
                                      "bulletin.wav",
                                      "bulletin.m4a",
                                      "transcript.vtt",
                                      "words.vtt",
                                      "waveform.json",
                                      "cues.json",
                                      "chapters.json",
                                      NULL};
  if (!is_plain(edition) || !g_strv_contains(files, file))
    return NULL;
  char *path = station_path(visit->session->station, "editions", edition, file, NULL);
  if (!g_file_test(path, G_FILE_TEST_IS_REGULAR))
    g_clear_pointer(&path, g_free);
  return path;
}
