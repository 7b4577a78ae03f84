/* carnet settings: what the station is set to, and one thing changed without an editor. */
#include "commands/settings.h"

#include "base/json.h"
#include "base/text.h"
#include "base/yaml_edit.h"
#include "commands/output.h"
#include "commands/station_commands.h"

#include <stdio.h>
#include <string.h>

static bool run(Session *session, int argc, char **argv, GError **error);

const Command command_settings = {
    .name = "settings",
    .group = N_("The station"),
    .summary = N_("Show what the station is set to, or change one thing"),
    .usage = N_("[set KEY VALUE|unset KEY]"),
    .help =
        N_("Changes station.yaml in one place: your comments and your order stay, and nothing is written that the\n"
           "station would not start with. Servers, mounts, ports, programs and files are not among the settings:\n"
           "they are written in station.yaml itself. A station that runs takes a change up at once.\n\n"
           "  carnet settings                                what there is, and what holds where nothing is written\n"
           "  carnet settings set name \"Radio d'Aurelle\"\n"
           "  carnet settings set run.late 5:00              a bulletin may begin five minutes late\n"
           "  carnet settings unset run.late                 as usual again"),
    .run = run,
};

static void print_table(GHashTable *values) {
  const char *headings[] = {_("key"), _("value"), _("usually"), _("what"), NULL};
  g_autoptr(Table) table = table_new(headings);
  for (const Setting *setting = settings; setting->key; setting++) {
    const char *value = settings_value(values, setting);
    g_autofree char *shown = text_squeeze(value ? value : "");
    g_autofree char *what = g_strdup_printf(_("%s: %s"), _(setting->section), _(setting->label));
    const char *cells[] = {setting->key, shown, setting->otherwise ? setting->otherwise : "", what, NULL};
    table_add(table, cells);
  }
  table_print(table, stdout);
}

static void print_json(GHashTable *values) {
  static const char *const kinds[] = {
      [SETTING_LINE] = "line",     [SETTING_LINES] = "lines",   [SETTING_NUMBER] = "number",
      [SETTING_LENGTH] = "length", [SETTING_SWITCH] = "switch", [SETTING_SCRIPT] = "script"};
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_array(builder);
  for (const Setting *setting = settings; setting->key; setting++) {
    json_builder_begin_object(builder);
    json_add_string(builder, "key", setting->key);
    json_add_string(builder, "kind", kinds[setting->kind]);
    json_add_string(builder, "value", settings_value(values, setting));
    json_add_string(builder, "default", setting->otherwise);
    json_add_string(builder, "section", _(setting->section));
    json_add_string(builder, "label", _(setting->label));
    json_add_string(builder, "hint", setting->hint ? _(setting->hint) : NULL);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
  g_autofree char *all = json_text(builder, true);
  puts(all);
}

static bool show(const Station *station, bool as_json, GError **error) {
  g_autofree char *text = settings_text(station, error);
  g_autoptr(GHashTable) values = text ? yaml_values(text) : NULL;
  if (values && as_json)
    print_json(values);
  else if (values)
    print_table(values);
  return values != NULL;
}

static bool change(const Session *session, const char *key, const char *value, GError **error) {
  const SettingChange one = {key, value, NULL};
  const Setting *wrong = NULL;
  g_autofree char *changed = NULL;
  if (!settings_change(session->station, &one, 1, &changed, &wrong, error)) {
    if (wrong)
      g_prefix_error(error, "%s: ", key);
    return false;
  }
  if (session->quiet)
    return true;
  if (!*changed)
    printf(_("%s is so already\n"), key);
  else if (*value)
    printf("%s: %s\n", key, value);
  else
    printf(_("%s: as usual\n"), key);
  return true;
}

/* "set loudness -23": what is set is no option. Returns (g_free) argv with "--" before it. */
static char **value_apart(int *argc, char **argv) {
  char **all = g_new0(char *, (gsize)*argc + 2);
  int n = 0;
  for (int i = 0; i < *argc; i++) {
    bool is_value = i == 3 && strcmp(argv[1], "set") == 0 && argv[i][0] == '-' && strcmp(argv[i], "--") != 0;
    if (is_value)
      all[n++] = (char *)"--";
    all[n++] = argv[i];
  }
  *argc = n;
  return all;
}

static bool run(Session *session, int argc, char **argv, GError **error) {
  g_autofree char **given = value_apart(&argc, argv);
  gboolean as_json = FALSE;
  const GOptionEntry rows[] = {{"json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print JSON"), NULL},
                               G_OPTION_ENTRY_NULL};
  g_auto(GStrv) words = NULL;
  if (!command_parse(&command_settings, rows, argc, given, 0, 3, &words, error))
    return false;
  guint n = words ? g_strv_length(words) : 0;
  bool sets = n == 3 && strcmp(words[0], "set") == 0, unsets = n == 2 && strcmp(words[0], "unset") == 0;
  if (n > 0 && !sets && !unsets) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, "%s",
                _("carnet settings, carnet settings set KEY VALUE, or carnet settings unset KEY"));
    return false;
  }
  const Station *station = session_station(session, error);
  if (!station)
    return false;
  return n == 0 ? show(station, as_json, error) : change(session, words[1], sets ? words[2] : "", error);
}
