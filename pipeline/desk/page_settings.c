/* What the station is set to: a form of station.yaml's settings, each with what it is for. */
#include "desk/answers.h"

#include "base/yaml_edit.h"
#include "commands/settings.h"
#include "desk/page.h"

#include <string.h>

#define ROWS 4

void answer_settings(Visit *visit) {
  g_autoptr(GError) error = NULL;
  const char *arguments[] = {"settings", "--json", NULL};
  char *text = visit_ask(visit, arguments, &error);
  visit_printed(visit, text, error);
}

/* --- the form ------------------------------------------------------------------------------------------- */

/* What holds when nothing is chosen: "as usual: yes". */
static char *usual(const Setting *setting) {
  return setting->otherwise ? g_strdup_printf(_("as usual: %s"), _(setting->otherwise)) : g_strdup(_("none"));
}

static void add_scripts(Xml *xml, const Visit *visit, const Setting *setting, const char *value) {
  g_autoptr(GPtrArray) scripts = page_files(visit, "scripts", ".yaml");
  g_autofree char *any = usual(setting);
  if (value && !g_ptr_array_find_with_equal_func(scripts, value, g_str_equal, NULL))
    g_ptr_array_add(scripts, g_strdup(value)); /* it is not there: seen, and not lost by saving something else */
  page_select(xml, setting->key, _(setting->label), (const char *const *)scripts->pdata,
              (const char *const *)scripts->pdata, scripts->len, value, any);
}

static void add_input(Xml *xml, const Visit *visit, const Setting *setting, const char *value) {
  static const char *const answers[] = {"yes", "no"};
  const char *hint = setting->hint ? _(setting->hint) : NULL;
  g_autofree char *any = usual(setting);
  g_autofree char *both =
      hint && setting->otherwise ? g_strdup_printf("%s (%s)", hint, any) : g_strdup(hint ? hint : any);
  if (setting->kind == SETTING_SWITCH)
    page_choice(xml, setting->key, _(setting->label), answers, G_N_ELEMENTS(answers), value, any);
  else if (setting->kind == SETTING_SCRIPT)
    add_scripts(xml, visit, setting, value);
  else if (setting->kind == SETTING_LINES)
    page_area(xml, setting->key, _(setting->label), value, ROWS);
  else
    page_field(xml, &(Field){.name = setting->key,
                             .label = _(setting->label),
                             .type = "text",
                             .value = value,
                             .is_required = setting->is_required,
                             .hint = hint || setting->otherwise ? both : NULL});
  if (hint && setting->kind >= SETTING_SWITCH)
    page_words(xml, "soft", hint);
}

static char *was_of(const Setting *setting) {
  return g_strconcat("was.", setting->key, NULL);
}

/* What somebody typed is shown again when it was refused; of what he left as it was, what stands there now. */
static const char *shown_of(const Visit *visit, const Setting *setting, const char *there) {
  g_autofree char *name = was_of(setting);
  const char *typed = visit_value(visit, setting->key), *was = visit_value(visit, name);
  return typed && g_strcmp0(typed, was) != 0 ? typed : there;
}

/* What the form goes by when it comes back: what stands there now, but for what was typed over something else that nobody
 * has told of yet. `told`: whose conflict was (NULL: none). */
static const char *was_shown(const Visit *visit, const Setting *setting, const Setting *told, const char *there) {
  g_autofree char *name = was_of(setting);
  const char *typed = visit_value(visit, setting->key), *was = visit_value(visit, name);
  return typed && was && strcmp(typed, was) != 0 && setting != told ? was : there;
}

static void add_settings(Xml *xml, const Visit *visit, const char *text, const Setting *told) {
  g_autoptr(GHashTable) values = yaml_values(text);
  const char *section = NULL;
  for (const Setting *setting = settings; setting->key; setting++) {
    if (!section || strcmp(section, setting->section) != 0) {
      if (section)
        xml_close(xml);
      section = setting->section;
      xml_open_class(xml, "fieldset", "card");
      xml_element(xml, "legend", _(section));
    }
    const char *there = settings_value(values, setting);
    add_input(xml, visit, setting, shown_of(visit, setting, there));
    g_autofree char *name = was_of(setting);
    const char *was = was_shown(visit, setting, told, there);
    page_hidden(xml, name, was ? was : "");
  }
  xml_close(xml);
}

static void show_settings(Visit *visit, const char *wrong, const Setting *told, unsigned status) {
  g_autoptr(GError) error = NULL;
  g_autofree char *text = settings_text(visit->session->station, &error);
  if (!text) {
    visit_fail(visit, 0, error);
    return;
  }
  Xml *xml = page_open(visit, &(DeskPage){.title = _("Settings"), .section = "station"});
  if (wrong)
    page_words(xml, "bad", wrong);
  page_form(xml, visit, "/api/settings", "keep");
  add_settings(xml, visit, text, told);
  xml_open_class(xml, "p", "row");
  page_button(xml, _("Save"), "main");
  page_link(xml, "button quiet", "/station", _("Back"));
  xml_close(xml);
  xml_close(xml);
  page_words(
      xml, "soft",
      _("What is left empty is as usual. Servers, mounts, ports, programs and files are written in station.yaml, "
        "on the machine."));
  page_close(visit, xml, status);
}

void page_settings(Visit *visit) {
  show_settings(visit, NULL, NULL, 200);
}

/* --- changing ---------------------------------------------------------------------------------------------- */

/* Is it neither a setting nor what a form says beside them ("csrf", "was.KEY")? It is refused by name. */
static bool is_odd(const char *name) {
  return strcmp(name, "csrf") != 0 && !g_str_has_prefix(name, "was.") && !settings_find(name);
}

/* What was given, setting by setting; the rest stays. */
static GArray *changes_of(const Visit *visit) {
  GArray *changes = g_array_new(FALSE, FALSE, sizeof(SettingChange));
  for (const Setting *setting = settings; setting->key; setting++) {
    g_autofree char *was = was_of(setting);
    const SettingChange change = {setting->key, visit_value(visit, setting->key), visit_value(visit, was)};
    if (change.value)
      g_array_append_val(changes, change);
  }
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init(&iter, visit->values);
  while (g_hash_table_iter_next(&iter, &name, NULL)) {
    const SettingChange change = {name, "", NULL};
    if (is_odd(name))
      g_array_append_val(changes, change);
  }
  return changes;
}

void answer_settings_change(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) changes = changes_of(visit);
  g_autofree char *changed = NULL;
  const Setting *wrong = NULL;
  if (settings_change(visit->session->station, (const SettingChange *)(gpointer)changes->data, changes->len, &changed,
                      &wrong, &error)) {
    if (*changed)
      visit_note(visit, "settings", changed);
    visit_done(visit, "/settings", *changed ? "saved" : "same", NULL);
    return;
  }
  unsigned status = g_error_matches(error, CARNET_ERROR, CARNET_ERROR_AGAIN) ? 409 : 422;
  if (wrong)
    g_prefix_error(&error, "%s: ", visit->wants_json ? wrong->key : _(wrong->label));
  if (visit->wants_json)
    visit_fail(visit, status, error);
  else
    show_settings(visit, error->message, status == 409 ? wrong : NULL, status);
}
