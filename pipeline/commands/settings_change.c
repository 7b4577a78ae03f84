/* The settings, and station.yaml with one of them changed. */
#include "commands/settings.h"

#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/yaml_edit.h"

#include <string.h>
#include <sys/stat.h>

#define LOCK_WAIT_MS 5000
#define STATION_MOST (4u << 20)

#define WHO N_("The station")
#define SOUND N_("Sound")
#define AIR N_("On the air")
#define PIGE N_("Keeping what went out")
#define PODCAST N_("Podcast")
#define DESK N_("The desk")

/* clang-format off */
const Setting settings[] = {
  {"name", WHO, N_("Name"), NULL, NULL, SETTING_LINE},
  {"language", WHO, N_("Language"), N_("Such as fr, en or es: of what is said and of what the station writes"), NULL, SETTING_LINE},
  {"zone", WHO, N_("Time zone"), N_("Such as Europe/Paris, Indian/Reunion or America/Guadeloupe"), NULL, SETTING_LINE},
  {"url", WHO, N_("Web site"), N_("Shown by players"), NULL, SETTING_LINE},
  {"loudness", SOUND, N_("Loudness (LUFS)"), N_("-16 for streams and podcasts, -23 for broadcast (EBU R 128)"), "-16", SETTING_NUMBER},
  {"peak", SOUND, N_("Highest peak (dBTP)"), N_("After encoding"), "-1", SETTING_NUMBER},
  {"run.ahead", AIR, N_("A bulletin is made so long before its time"), N_("Minutes and seconds: 15:00"), "15:00", SETTING_LENGTH},
  {"run.late", AIR, N_("It may begin so late"), N_("Later it is missed, and that is said"), "10:00", SETTING_LENGTH},
  {"run.urgent", AIR, N_("Script for what is urgent"), N_("It is heard at once on all mounts. Without one, what is urgent waits for a bulletin"), NULL, SETTING_SCRIPT},
  {"run.urgent-every", AIR, N_("What is urgent is heard again every"), NULL, "10:00", SETTING_LENGTH},
  {"run.recent", AIR, N_("Recent bulletins heard again in between"), N_("How many, where a mount plays all day"), "0", SETTING_NUMBER},
  {"run.listen", AIR, N_("Listen to what goes out"), N_("This proves what was heard, and raises the alarm when it is not"), "yes", SETTING_SWITCH},
  {"run.silence", AIR, N_("Silence that is an alarm (seconds)"), NULL, "15", SETTING_NUMBER},
  {"run.pige-days", PIGE, N_("Days it is kept"), N_("0: it is not recorded"), "0", SETTING_NUMBER},
  {"run.pige-megabytes", PIGE, N_("Megabytes at most"), NULL, "2000", SETTING_NUMBER},
  {"podcast.url", PODCAST, N_("Its address"), N_("Where the folder public/ is found on the web"), NULL, SETTING_LINE},
  {"podcast.title", PODCAST, N_("Title"), N_("The station's name when nothing is written"), NULL, SETTING_LINE},
  {"podcast.description", PODCAST, N_("Description"), NULL, NULL, SETTING_LINES},
  {"podcast.author", PODCAST, N_("Author"), N_("The station's name when nothing is written"), NULL, SETTING_LINE},
  {"podcast.email", PODCAST, N_("E-mail address"), N_("Directories ask for it; everybody can read it"), NULL, SETTING_LINE},
  {"podcast.category", PODCAST, N_("Category"), N_("One of Apple's, in English"), "News", SETTING_LINE},
  {"podcast.license", PODCAST, N_("Licence"), N_("Such as CC-BY-SA-4.0"), NULL, SETTING_LINE},
  {"podcast.license-url", PODCAST, N_("Where the licence stands"), NULL, NULL, SETTING_LINE},
  {"podcast.stream", PODCAST, N_("Where the station is heard live"), NULL, NULL, SETTING_LINE},
  {"podcast.location", PODCAST, N_("The place it is about"), NULL, NULL, SETTING_LINE},
  {"podcast.geo", PODCAST, N_("Where that is"), N_("geo:48.39,-4.48 (latitude, longitude)"), NULL, SETTING_LINE},
  {"podcast.explicit", PODCAST, N_("Not for children"), NULL, "no", SETTING_SWITCH},
  {"podcast.automatic", PODCAST, N_("Publish by itself what was aired"), NULL, "no", SETTING_SWITCH},
  {"podcast.keep-days", PODCAST, N_("Days an episode is kept"), N_("0: for good"), "0", SETTING_NUMBER},
  {"podcast.keep-episodes", PODCAST, N_("Episodes that are kept at most"), N_("0: all"), "0", SETTING_NUMBER},
  {"desk.contribute", DESK, N_("Anybody may send an entry"), N_("It waits until an editor looks at it"), "no", SETTING_SWITCH},
  {NULL, NULL, NULL, NULL, NULL, SETTING_LINE},
};
/* clang-format on */

static const Setting *find(const char *key, GError **error) {
  for (const Setting *setting = settings; setting->key; setting++)
    if (strcmp(setting->key, key) == 0)
      return setting;
  g_autofree char *shown = text_printable(key);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
              _("%s is no setting (\"carnet settings\" lists them; all else is written in station.yaml itself)"),
              shown);
  return NULL;
}

static char *path_of(const Station *station) {
  return station_path(station, "station.yaml", NULL);
}

char *settings_text(const Station *station, GError **error) {
  g_autofree char *path = path_of(station);
  return file_read_text(path, STATION_MOST, error);
}

char *settings_value(const char *text, const Setting *setting) {
  static const char *const yes[] = {"yes", "on", "true", NULL};
  g_autofree char *value = yaml_value(text, setting->key);
  if (!value || setting->kind != SETTING_SWITCH)
    return g_steal_pointer(&value);
  g_autofree char *plain = g_ascii_strdown(value, -1);
  return g_strdup(g_strv_contains(yes, plain) ? "yes" : "no");
}

/* As it is written: browsers end lines with CR LF, and what is on one line is no longer than it looks. */
static char *tidied(const Setting *setting, const char *value) {
  if (setting->kind != SETTING_LINES)
    return text_squeeze(value);
  g_autofree char *copy = g_strdup(value);
  g_autoptr(GString) text = g_string_new(g_strstrip(copy));
  g_string_replace(text, "\r\n", "\n", 0);
  return g_string_free(g_steal_pointer(&text), FALSE);
}

/* The text with one more change, its key among `changed` when it is one; what was asked for already is left alone. */
static char *apply(char *text, const SettingChange *change, GString *changed, GError **error) {
  g_autofree char *before = text;
  const Setting *setting = find(change->key, error);
  if (!setting)
    return NULL;
  g_autofree char *value = tidied(setting, change->value), *there = settings_value(before, setting);
  if (strcmp(there ? there : "", value) == 0)
    return g_steal_pointer(&before);
  g_string_append_printf(changed, "%s%s", changed->len ? ", " : "", change->key);
  return yaml_edit(before, change->key, *value ? value : NULL, error);
}

static bool is_that_version(const char *text, const char *version, GError **error) {
  g_autofree char *there = text_version(text);
  if (!version || strcmp(there, version) == 0)
    return true;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN, _("somebody else has changed the settings meanwhile"));
  return false;
}

static bool loads(const Station *station, const char *text, GError **error) {
  g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
  g_autoptr(Station) loaded = station_parse(station->folder, "station.yaml", bytes, error);
  return loaded != NULL;
}

/* Which one of them the station does not load with, when the rest is as it was. */
static const Setting *refused(const Station *station, const SettingChange *changes, guint n) {
  const Setting *wrong = NULL;
  g_autofree char *text = settings_text(station, NULL);
  g_autoptr(GString) keys = g_string_new(NULL);
  for (guint i = 0; i < n && text && !wrong; i++) {
    g_autofree char *changed = apply(g_strdup(text), &changes[i], keys, NULL);
    if (!changed || !loads(station, changed, NULL))
      wrong = find(changes[i].key, NULL);
  }
  return wrong;
}

static bool write_text(const Station *station, const char *text, GError **error) {
  g_autofree char *path = path_of(station);
  struct stat status = {.st_mode = 0644};
  stat(path, &status);
  return file_write(path, text, -1, status.st_mode & 0777, error);
}

bool settings_change(const Station *station, const SettingChange *changes, guint n, const char *version, char **changed,
                     const Setting **wrong, GError **error) {
  g_autofree char *lock_path = station_path(station, ".settings.lock", NULL);
  g_autoptr(FileLock) lock = file_lock_take(lock_path, LOCK_WAIT_MS, error);
  g_autofree char *text = lock ? settings_text(station, error) : NULL;
  g_autoptr(GString) keys = g_string_new(NULL);
  bool ok = text && is_that_version(text, version, error), is_sound = ok;
  for (guint i = 0; i < n && is_sound; i++)
    is_sound = (text = apply(text, &changes[i], keys, error)) != NULL;
  is_sound = is_sound && (keys->len == 0 || loads(station, text, error));
  if (wrong)
    *wrong = ok && !is_sound ? refused(station, changes, n) : NULL;
  ok = is_sound && (keys->len == 0 || write_text(station, text, error));
  if (ok && changed)
    *changed = g_strdup(keys->str);
  return ok;
}
