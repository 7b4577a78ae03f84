/* The settings, and station.yaml with one of them changed. */
#include "commands/settings.h"

#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/yaml_edit.h"

#include <stdlib.h>
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
  {"name", WHO, N_("Name"), NULL, NULL, SETTING_LINE, true},
  {"language", WHO, N_("Language"), N_("Such as fr, en or es: of what is said and of what the station writes"), NULL, SETTING_LINE, true},
  {"zone", WHO, N_("Time zone"), N_("Such as Europe/Paris, Indian/Reunion or America/Guadeloupe"), NULL, SETTING_LINE, true},
  {"url", WHO, N_("Web site"), N_("Written into the sound files"), NULL, SETTING_LINE, false},
  {"loudness", SOUND, N_("Loudness (LUFS)"), N_("-16 for streams and podcasts, -23 for broadcast (EBU R 128)"), "-16", SETTING_NUMBER, false},
  {"peak", SOUND, N_("Highest peak (dBTP)"), N_("After encoding"), "-1", SETTING_NUMBER, false},
  {"run.ahead", AIR, N_("How long before its time a bulletin is made"), N_("Minutes and seconds"), "15:00", SETTING_LENGTH, false},
  {"run.late", AIR, N_("How late it may still begin"), N_("Minutes and seconds; later it is missed, and that is said"), "10:00", SETTING_LENGTH, false},
  {"run.urgent", AIR, N_("Script for what is urgent"), N_("It is heard at once on all mounts. Without one, what is urgent waits for a bulletin"), NULL, SETTING_SCRIPT, false},
  {"run.urgent-every", AIR, N_("How long until what is urgent is heard again"), N_("Minutes and seconds"), "10:00", SETTING_LENGTH, false},
  {"run.recent", AIR, N_("Recent bulletins heard again in between"), N_("How many, where a mount plays all day"), "0", SETTING_NUMBER, false},
  {"run.listen", AIR, N_("Listen to what goes out"), N_("This proves what was heard, and raises the alarm when it is not"), "yes", SETTING_SWITCH, false},
  {"run.silence", AIR, N_("Silence that is an alarm (seconds)"), NULL, "15", SETTING_NUMBER, false},
  {"run.pige-days", PIGE, N_("Days it is kept"), N_("0: it is not recorded"), "0", SETTING_NUMBER, false},
  {"run.pige-megabytes", PIGE, N_("Megabytes at most"), NULL, "2000", SETTING_NUMBER, false},
  {"podcast.url", PODCAST, N_("Its address"), N_("Where the folder public/ is found on the web"), NULL, SETTING_LINE, false},
  {"podcast.title", PODCAST, N_("Title"), N_("The station's name when nothing is written"), NULL, SETTING_LINE, false},
  {"podcast.description", PODCAST, N_("Description"), NULL, NULL, SETTING_LINES, false},
  {"podcast.author", PODCAST, N_("Author"), N_("The station's name when nothing is written"), NULL, SETTING_LINE, false},
  {"podcast.email", PODCAST, N_("E-mail address"), N_("Directories ask for it; everybody can read it"), NULL, SETTING_LINE, false},
  {"podcast.category", PODCAST, N_("Category"), N_("One of Apple's, in English"), "News", SETTING_LINE, false},
  {"podcast.license", PODCAST, N_("Licence"), N_("Such as CC-BY-SA-4.0"), NULL, SETTING_LINE, false},
  {"podcast.license-url", PODCAST, N_("Where the licence stands"), NULL, NULL, SETTING_LINE, false},
  {"podcast.stream", PODCAST, N_("Where the station is heard live"), NULL, NULL, SETTING_LINE, false},
  {"podcast.location", PODCAST, N_("The place it is about"), NULL, NULL, SETTING_LINE, false},
  {"podcast.geo", PODCAST, N_("Where that is"), N_("geo:48.39,-4.48 (latitude, longitude)"), NULL, SETTING_LINE, false},
  {"podcast.explicit", PODCAST, N_("Not for children"), NULL, "no", SETTING_SWITCH, false},
  {"podcast.automatic", PODCAST, N_("Publish by itself what was aired"), NULL, "no", SETTING_SWITCH, false},
  {"podcast.keep-days", PODCAST, N_("Days an episode is kept"), N_("0: for good"), "0", SETTING_NUMBER, false},
  {"podcast.keep-episodes", PODCAST, N_("Episodes that are kept at most"), N_("0: all"), "0", SETTING_NUMBER, false},
  {"desk.contribute", DESK, N_("Anybody may send an entry"), N_("It waits until an editor looks at it"), "no", SETTING_SWITCH, false},
  {NULL, NULL, NULL, NULL, NULL, SETTING_LINE, false},
};
/* clang-format on */

const Setting *settings_find(const char *key) {
  const Setting *setting = settings;
  while (setting->key && strcmp(setting->key, key) != 0)
    setting++;
  return setting->key ? setting : NULL;
}

static const Setting *find(const char *key, GError **error) {
  const Setting *setting = settings_find(key);
  if (setting)
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

const char *settings_value(GHashTable *values, const Setting *setting) {
  static const char *const yes[] = {"yes", "on", "true", "1", NULL};
  const char *value = g_hash_table_lookup(values, setting->key);
  if (!value || setting->kind != SETTING_SWITCH)
    return value;
  g_autofree char *plain = g_ascii_strdown(value, -1);
  return g_strv_contains(yes, plain) ? "yes" : "no";
}

/* A value as it is written: what is on one line is no longer than it looks; "oui" is a yes, and a comma a point. */
static char *tidied(const Setting *setting, const char *value) {
  char *text = setting->kind == SETTING_LINES ? g_strstrip(text_with_lf(value)) : text_squeeze(value);
  if (setting->kind == SETTING_NUMBER)
    g_strdelimit(text, ",", '.');
  if (setting->kind != SETTING_SWITCH ||
      !(g_ascii_strcasecmp(text, "oui") == 0 || g_ascii_strcasecmp(text, "non") == 0))
    return text;
  bool is_yes = g_ascii_strcasecmp(text, "oui") == 0;
  g_free(text);
  return g_strdup(is_yes ? "yes" : "no");
}

static bool is_printable(const char *value) {
  g_autofree char *line = g_strdelimit(g_strdup(value), "\n", ' '), *printable = text_printable(line);
  return strcmp(line, printable) == 0;
}

/* What the station's file itself does not tell. */
static bool check(const Station *station, const Setting *setting, const char *value, GError **error) {
  static const char *const endings[] = {"yaml", NULL};
  if (!*value && setting->is_required)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("a station has one: it cannot be taken out"));
  else if (!is_printable(value))
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("holds a line's end or a control character"));
  else if (*value && setting->kind == SETTING_SCRIPT)
    g_free(station_find(station, "scripts", value, endings, error));
  return !error || !*error;
}

/* --- changing ------------------------------------------------------------------------------------ */

static bool is_same(const Setting *setting, const char *one, const char *other) {
  g_autofree char *a = tidied(setting, one ? one : ""), *b = tidied(setting, other ? other : "");
  return strcmp(a, b) == 0;
}

static bool meanwhile(const char *there, GError **error) {
  g_autofree char *shown = there ? text_squeeze(there) : NULL;
  if (shown)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN,
                _("somebody else has set it to \"%s\" meanwhile: look again, and save what is to hold"), shown);
  else
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN,
                _("somebody else has taken it out meanwhile: look again, and save what is to hold"));
  return false;
}

/* `*text` with one more change, its key among `changed` when it is one. `values`: what was written before any of them, each
 * of which changes its own alone. */
static bool apply(const Station *station, const Setting *setting, const SettingChange *change, GHashTable *values,
                  char **text, GString *changed, GError **error) {
  const char *there = settings_value(values, setting);
  g_autofree char *value = tidied(setting, change->value);
  if (is_same(setting, there, value) || (change->was && is_same(setting, change->was, value)))
    return true;
  if (change->was && !is_same(setting, there, change->was))
    return meanwhile(there, error);
  char *next =
      check(station, setting, value, error) ? yaml_edit(*text, setting->key, *value ? value : NULL, error) : NULL;
  if (!next)
    return false;
  g_string_append_printf(changed, "%s%s", changed->len ? ", " : "", setting->key);
  g_free(*text);
  *text = next;
  return true;
}

/* All of them but the one numbered `but`. `*wrong`: the one that stopped it. */
static bool apply_all(const Station *station, const SettingChange *changes, guint n, guint but, char **text,
                      GString *changed, const Setting **wrong, GError **error) {
  g_autoptr(GHashTable) values = yaml_values(*text);
  bool ok = true;
  for (guint i = 0; i < n && ok; i++) {
    const Setting *setting = find(changes[i].key, error);
    ok = setting && (i == but || apply(station, setting, &changes[i], values, text, changed, error));
    *wrong = ok ? NULL : setting;
  }
  return ok;
}

static bool loads(const Station *station, const char *text, GError **error) {
  g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
  g_autoptr(Station) loaded = station_parse(station->folder, "station.yaml", bytes, error);
  return loaded != NULL;
}

/* Without which one would the station load? NULL: more than one is wrong. */
static const Setting *culprit(const Station *station, const SettingChange *changes, guint n) {
  const Setting *found = NULL, *wrong = NULL;
  for (guint i = 0; i < n && !found; i++) {
    g_autofree char *text = settings_text(station, NULL);
    g_autoptr(GString) keys = g_string_new(NULL);
    if (text && apply_all(station, changes, n, i, &text, keys, &wrong, NULL) && loads(station, text, NULL))
      found = settings_find(changes[i].key);
  }
  return found;
}

/* "station.yaml:4:13: " is a place in a text that nobody has seen. */
static void forget_place(GError *error) {
  const char *words = g_str_has_prefix(error->message, "station.yaml:") ? strstr(error->message, ": ") : NULL;
  if (!words)
    return;
  char *message = g_strdup(words + 2);
  g_free(error->message);
  error->message = message;
}

/* Behind a link: the file itself. */
static bool write_text(const Station *station, const char *text, GError **error) {
  g_autofree char *path = path_of(station);
  char *real = realpath(path, NULL);
  struct stat status = {.st_mode = 0644};
  stat(path, &status);
  bool ok = file_write(real ? real : path, text, -1, status.st_mode & 0777, error);
  free(real);
  return ok;
}

bool settings_change(const Station *station, const SettingChange *changes, guint n, char **changed,
                     const Setting **wrong, GError **error) {
  g_autofree char *lock_path = station_path(station, ".settings.lock", NULL);
  g_autoptr(FileLock) lock = file_lock_take(lock_path, LOCK_WAIT_MS, error);
  g_autofree char *text = lock ? settings_text(station, error) : NULL;
  g_autoptr(GString) keys = g_string_new(NULL);
  g_autoptr(GError) why = NULL;
  const Setting *stopped = NULL;
  bool ok = text && apply_all(station, changes, n, n, &text, keys, &stopped, &why);
  if (ok && keys->len > 0 && !loads(station, text, &why)) {
    ok = false;
    stopped = culprit(station, changes, n);
    if (stopped)
      forget_place(why);
  }
  if (why)
    g_propagate_error(error, g_steal_pointer(&why));
  if (wrong)
    *wrong = stopped;
  ok = ok && (keys->len == 0 || write_text(station, text, error));
  if (ok && changed)
    *changed = g_strdup(keys->str);
  return ok;
}
