#include "desk/page.h"

#include "base/clock.h"
#include "base/wav.h"
#include "desk/routes.h"

#include <string.h>

typedef struct {
  const char *section, *href, *name, *icon;
  Role role;
} Place;

static const Place places[] = {
    {"logbook", "/logbook", N_("Logbook"), "book", ROLE_CONTRIBUTOR},
    {"rundown", "/rundown", N_("Bulletin"), "list", ROLE_EDITOR},
    {"air", "/air", N_("On air"), "mast", ROLE_EDITOR},
    {"schedule", "/schedule", N_("Schedule"), "calendar", ROLE_EDITOR},
    {"podcast", "/podcast", N_("Podcast"), "headphones", ROLE_EDITOR},
    {"station", "/station", N_("Station"), "gear", ROLE_ADMIN},
};

/* What was done, told on the page that is seen next. */
static const struct {
  const char *key, *text;
} words_done[] = {
    {"added", N_("Added.")},
    {"saved", N_("Saved.")},
    {"same", N_("Nothing has changed.")},
    {"approved", N_("Approved: it may be heard.")},
    {"rejected", N_("Rejected: it will not be heard.")},
    {"withdrawn", N_("Withdrawn: it will not be heard.")},
    {"pending", N_("It waits to be looked at.")},
    {"draft", N_("Kept apart as a draft.")},
    {"undone", N_("The last change was taken back.")},
    {"imported", N_("Imported: the entries wait to be looked at.")},
    {"moved", N_("Moved.")},
    {"dropped", N_("Taken out.")},
    {"locked", N_("Locked: it stays as it is.")},
    {"unlocked", N_("Unlocked.")},
    {"kept", N_("Locked: it stays when the rest is chosen anew.")},
    {"freed", N_("Unlocked: it may give way to others.")},
    {"planned", N_("Planned.")},
    {"ordered", N_("The station was told: this page shows what it does.")},
    {"cancelled", N_("Taken out of the calendar.")},
    {"merged", N_("Merged: the other one is withdrawn, and counts here.")},
    {"started", N_("Begun: this page tells when it is done.")},
    {"welcome", N_("Welcome.")},
    {"thanks", N_("Thank you: an editor will look at it.")},
    {"password", N_("Your password is changed; you are logged out everywhere else.")},
    {"out", N_("You are logged out.")},
    {"user", N_("The user is changed.")},
    {"revoked", N_("The token is taken back.")},
};

static void add_meta(Xml *xml, const char *key, const char *name, const char *content) {
  xml_open(xml, "meta");
  xml_attribute(xml, key, name);
  xml_attribute(xml, "content", content);
  xml_close(xml);
}

static void add_head(Xml *xml, const Visit *visit, const DeskPage *page) {
  g_autofree char *title = g_strdup_printf("%s – %s", page->title, visit->session->station->name);
  xml_open(xml, "head");
  xml_open(xml, "meta");
  xml_attribute(xml, "charset", "utf-8");
  xml_close(xml);
  add_meta(xml, "name", "viewport", "width=device-width, initial-scale=1");
  if (visit->login && !visit->login->name)
    add_meta(xml, "name", "csrf", visit->login->csrf);
  xml_element(xml, "title", title);
  xml_open(xml, "link");
  xml_attribute(xml, "rel", "icon");
  xml_attribute(xml, "href", "/static/icon.svg");
  xml_close(xml);
  xml_open(xml, "link");
  xml_attribute(xml, "rel", "stylesheet");
  xml_attribute(xml, "href", "/static/desk.css");
  xml_close(xml);
  if (page->refresh_s > 0) {
    g_autofree char *seconds = g_strdup_printf("%u", page->refresh_s);
    xml_open(xml, "noscript");
    add_meta(xml, "http-equiv", "refresh", seconds);
    xml_close(xml);
  }
  xml_open(xml, "script");
  xml_attribute(xml, "type", "module");
  xml_attribute(xml, "src", "/static/desk.js");
  xml_close(xml);
  xml_close(xml);
}

static void add_way(Xml *xml, const Visit *visit, const DeskPage *page) {
  xml_open(xml, "nav");
  xml_attribute(xml, "aria-label", _("The desk"));
  for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
    if (visit_role(visit) < places[i].role)
      continue;
    bool is_here = page->section && strcmp(page->section, places[i].section) == 0;
    xml_open(xml, "a");
    xml_attribute(xml, "href", places[i].href);
    xml_attribute(xml, "aria-current", is_here ? "page" : NULL);
    page_icon(xml, places[i].icon);
    xml_element(xml, "span", _(places[i].name));
    xml_close(xml);
  }
  xml_close(xml);
}

static void add_masthead(Xml *xml, const Visit *visit, const DeskPage *page) {
  page_link(xml, "skip", "#content", _("To the content"));
  xml_open(xml, "header");
  xml_open_class(xml, "p", "name");
  page_link(xml, NULL, "/", visit->session->station->name);
  xml_close(xml);
  if (!page->is_bare) {
    add_way(xml, visit, page);
    xml_open_class(xml, "p", "me");
    xml_open(xml, "a");
    xml_attribute(xml, "href", "/account");
    xml_text(xml, visit_who(visit));
    xml_close(xml);
    xml_close(xml);
  }
  xml_close(xml);
}

static void add_done(Xml *xml, const Visit *visit) {
  const char *done = g_hash_table_lookup(visit->request->query, "done"), *text = NULL;
  for (guint i = 0; done && i < G_N_ELEMENTS(words_done); i++)
    text = strcmp(words_done[i].key, done) == 0 ? _(words_done[i].text) : text;
  xml_open(xml, "p");
  xml_attribute(xml, "id", "said"); /* JavaScript tells what happens here as well */
  xml_attribute(xml, "role", "status");
  if (text)
    xml_text(xml, text);
  xml_close(xml);
}

Xml *page_open(Visit *visit, const DeskPage *page) {
  Xml *xml = xml_new(true);
  xml_open(xml, "html");
  xml_attribute(xml, "lang", visit->language);
  add_head(xml, visit, page);
  xml_open_class(xml, "body", page->is_bare ? "bare" : page->section);
  add_masthead(xml, visit, page);
  xml_open(xml, "main");
  xml_attribute(xml, "id", "content");
  xml_element(xml, "h1", page->title);
  add_done(xml, visit);
  return xml;
}

/* What the script says, in the page's language. */
static void add_words(Xml *xml) {
  static const char *const words[][2] = {
      {"offline", N_("The desk does not answer. What you typed is still here: try again in a moment.")},
      {"back", N_("The desk is there again.")},
      {"kept", N_("What you had typed here before is kept.")},
      {"added", N_("Added.")},
      {"done", N_("Done.")},
      {"started", N_("Begun: this page tells when it is done.")},
      {"moved", N_("It is item %d now.")},
      {"listen", N_("Listen to item")},
      {"hear", N_("Hear it")},
      {"record", N_("Record it yourself")},
      {"stop", N_("End the recording")},
      {"upload", N_("Put a sound file in its place")},
      {"recording", N_("Or a recorded sound, which becomes an entry")},
      {"nomike", N_("There is no microphone, or the browser may not use it.")},
      {"in", N_("in %s")},
  };
  xml_open(xml, "div");
  xml_attribute(xml, "id", "words");
  xml_attribute(xml, "hidden", "hidden");
  for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
    xml_open(xml, "p");
    xml_attribute(xml, "data-word", words[i][0]);
    xml_text(xml, _(words[i][1]));
    xml_close(xml);
  }
  xml_close(xml);
  xml_open(xml, "p");
  xml_attribute(xml, "id", "lost");
  xml_attribute(xml, "class", "bad");
  xml_attribute(xml, "role", "status");
  xml_attribute(xml, "hidden", "hidden");
  xml_text(xml, _("The connection to the desk is lost; it comes back by itself."));
  xml_close(xml);
}

static void add_keys(Xml *xml) {
  static const char *const keys[][2] = {
      {"?", N_("this help")},
      {"n", N_("a new entry")},
      {"/", N_("search")},
      {"j, k", N_("the next one, the one before")},
      {"a, r, e", N_("approve, reject, edit the entry that has the focus")},
      {"Alt + ↑, Alt + ↓", N_("move the item that has the focus")},
      {"p", N_("listen from the item that has the focus")},
  };
  xml_open(xml, "dialog");
  xml_attribute(xml, "id", "keys");
  xml_attribute(xml, "aria-label", _("Keys"));
  xml_element(xml, "h2", _("Keys"));
  xml_open(xml, "dl");
  for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
    xml_open(xml, "dt");
    xml_element(xml, "kbd", keys[i][0]);
    xml_close(xml);
    xml_element(xml, "dd", _(keys[i][1]));
  }
  xml_close(xml);
  xml_open(xml, "label");
  xml_open(xml, "input");
  xml_attribute(xml, "type", "checkbox");
  xml_attribute(xml, "id", "letters");
  xml_attribute(xml, "class", "inline");
  xml_close(xml);
  xml_text(xml, _(" keys of one letter"));
  xml_close(xml);
  xml_open(xml, "form");
  xml_attribute(xml, "method", "dialog");
  page_button(xml, _("Close"), "main");
  xml_close(xml);
  xml_close(xml);
}

void page_close(Visit *visit, Xml *xml, unsigned status) {
  xml_close(xml); /* main */
  add_words(xml);
  if (visit->user)
    add_keys(xml);
  g_autofree char *text = xml_end(xml);
  web_reply_text(visit->reply, status, "text/html; charset=utf-8", text);
}

/* --- forms --------------------------------------------------------------------------------------------- */

void page_hidden(Xml *xml, const char *name, const char *value) {
  if (!value)
    return;
  xml_open(xml, "input");
  xml_attribute(xml, "type", "hidden");
  xml_attribute(xml, "name", name);
  xml_attribute(xml, "value", value);
  xml_close(xml);
}

void page_form(Xml *xml, const Visit *visit, const char *action, const char *class) {
  xml_open(xml, "form");
  xml_attribute(xml, "method", "post");
  xml_attribute(xml, "action", action);
  xml_attribute(xml, "class", class);
  page_hidden(xml, "csrf", visit->login ? visit->login->csrf : NULL);
}

void page_field(Xml *xml, const Field *field) {
  xml_open(xml, "label");
  xml_element(xml, "span", field->label);
  xml_open(xml, "input");
  xml_attribute(xml, "type", field->type);
  xml_attribute(xml, "name", field->name);
  xml_attribute(xml, "value", field->value);
  xml_attribute(xml, "autocomplete", field->complete ? field->complete : "off");
  xml_attribute(xml, "required", field->is_required ? "required" : NULL);
  xml_close(xml);
  xml_element(xml, "small", field->hint);
  xml_close(xml);
}

void page_area(Xml *xml, const char *name, const char *label, const char *text, guint rows) {
  g_autofree char *height = g_strdup_printf("%u", rows);
  xml_open(xml, "label");
  xml_element(xml, "span", label);
  xml_open(xml, "textarea");
  xml_attribute(xml, "name", name);
  xml_attribute(xml, "rows", height);
  xml_attribute(xml, "spellcheck", "true");
  xml_lines(xml, text ? text : "");
  xml_close(xml);
  xml_close(xml);
}

static void add_option(Xml *xml, const char *value, const char *text, bool is_chosen) {
  xml_open(xml, "option");
  xml_attribute(xml, "value", value);
  xml_attribute(xml, "selected", is_chosen ? "selected" : NULL);
  xml_text(xml, text);
  xml_close(xml);
}

void page_select(Xml *xml, const char *name, const char *label, const char *const *names, const char *const *texts,
                 guint n, const char *chosen, const char *any) {
  xml_open(xml, "label");
  xml_element(xml, "span", label);
  xml_open(xml, "select");
  xml_attribute(xml, "name", name);
  if (any)
    add_option(xml, "", any, !chosen || !*chosen);
  for (guint i = 0; i < n; i++)
    add_option(xml, names[i], texts ? texts[i] : _(names[i]), chosen && strcmp(names[i], chosen) == 0);
  xml_close(xml);
  xml_close(xml);
}

void page_choice(Xml *xml, const char *name, const char *label, const char *const *names, guint n, const char *chosen,
                 const char *any) {
  page_select(xml, name, label, names, NULL, n, chosen, any);
}

void page_check(Xml *xml, const char *name, const char *label) {
  xml_open(xml, "label");
  xml_open(xml, "input");
  xml_attribute(xml, "type", "checkbox");
  xml_attribute(xml, "class", "inline");
  xml_attribute(xml, "name", name);
  xml_attribute(xml, "value", "yes");
  xml_close(xml);
  xml_text(xml, " ");
  xml_text(xml, label);
  xml_close(xml);
}

void page_audio(Xml *xml, const char *src, const char *label, const char *preload) {
  xml_open(xml, "audio");
  xml_attribute(xml, "controls", "controls");
  xml_attribute(xml, "preload", preload);
  xml_attribute(xml, "src", src);
  xml_attribute(xml, "aria-label", label);
  xml_close(xml);
}

void page_button_named(Xml *xml, const char *text, const char *class, const char *name, const char *value) {
  xml_open(xml, "button");
  xml_attribute(xml, "class", class);
  xml_attribute(xml, "name", name);
  xml_attribute(xml, "value", value);
  xml_text(xml, text);
  xml_close(xml);
}

void page_button(Xml *xml, const char *text, const char *class) {
  page_button_named(xml, text, class, NULL, NULL);
}

void page_button_labelled(Xml *xml, const char *text, const char *class, const char *label, const char *key) {
  xml_open(xml, "button");
  xml_attribute(xml, "class", class);
  xml_attribute(xml, "aria-label", label);
  xml_attribute(xml, "data-key", key);
  xml_text(xml, text);
  xml_close(xml);
}

void page_headings(Xml *xml, const char *const *headings, guint n) {
  xml_open(xml, "tr");
  for (guint i = 0; i < n; i++) {
    xml_open(xml, "th");
    xml_attribute(xml, "scope", "col");
    xml_text(xml, _(headings[i]));
    xml_close(xml);
  }
  xml_close(xml);
}

void page_link(Xml *xml, const char *class, const char *href, const char *text) {
  xml_open(xml, "a");
  xml_attribute(xml, "class", class);
  xml_attribute(xml, "href", href);
  xml_text(xml, text);
  xml_close(xml);
}

void page_icon(Xml *xml, const char *name) {
  g_autofree char *href = g_strconcat("/static/icons.svg#", name, NULL);
  xml_open_class(xml, "svg", "icon");
  xml_attribute(xml, "aria-hidden", "true");
  xml_open(xml, "use");
  xml_attribute(xml, "href", href);
  xml_close(xml);
  xml_close(xml);
}

void page_words(Xml *xml, const char *class, const char *text) {
  xml_open_class(xml, "p", class);
  xml_text(xml, text);
  xml_close(xml);
}

void page_empty(Xml *xml, const char *what, const char *href, const char *action) {
  xml_open_class(xml, "div", "empty");
  xml_element(xml, "p", what);
  if (href)
    page_link(xml, "button main", href, action);
  xml_close(xml);
}

/* --- times ---------------------------------------------------------------------------------------------- */

/* Names of ours: the day's own words are the synthesizer's business. */
static const char *const day_names[] = {N_("Monday"), N_("Tuesday"),  N_("Wednesday"), N_("Thursday"),
                                        N_("Friday"), N_("Saturday"), N_("Sunday")};
static const char *const month_names[] = {N_("January"),   N_("February"), N_("March"),    N_("April"),
                                          N_("May"),       N_("June"),     N_("July"),     N_("August"),
                                          N_("September"), N_("October"),  N_("November"), N_("December")};

char *page_day(const Visit *visit, const char *day) {
  (void)visit;
  int year = 0, month = 0, number = 0;
  if (!day_split(day, &year, &month, &number))
    return g_strdup(day);
  g_autoptr(GDateTime) at = g_date_time_new_utc(year, month, number, 0, 0, 0);
  /* TRANSLATORS: the day of the week, of the month, the month, the year. */
  return g_strdup_printf(_("%s %d %s %d"), _(day_names[g_date_time_get_day_of_week(at) - 1]), number,
                         _(month_names[month - 1]), year);
}

char *page_instant(const Visit *visit, gint64 at_us) {
  if (at_us == 0)
    return g_strdup("");
  g_autoptr(GDateTime) at = zone_time(visit->session->station->zone, at_us);
  g_autofree char *today = zone_day(visit->session->station->zone, clock_now_us());
  g_autofree char *day = g_date_time_format(at, "%Y-%m-%d"), *time = g_date_time_format(at, "%H:%M");
  if (strcmp(day, today) == 0)
    return g_steal_pointer(&time);
  /* TRANSLATORS: the day of the month, the month, the time. */
  return g_strdup_printf(_("%d %s, %s"), g_date_time_get_day_of_month(at),
                         _(month_names[g_date_time_get_month(at) - 1]), time);
}

char *page_length(gint64 frames) {
  return duration_format((gint64)((double)frames / FRAME_RATE * US_PER_SECOND), false);
}

static int by_name(gconstpointer a, gconstpointer b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *page_files(const Visit *visit, const char *subfolder, const char *ending) {
  g_autofree char *folder = station_path(visit->session->station, subfolder, NULL);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  for (const char *file; dir && (file = g_dir_read_name(dir));)
    if (*file != '.' && g_str_has_suffix(file, ending) && !g_str_has_prefix(file, "lexicon.") &&
        g_utf8_validate(file, -1, NULL))
      g_ptr_array_add(names, g_strndup(file, strlen(file) - strlen(ending)));
  g_ptr_array_sort(names, by_name);
  return names;
}

char *page_asked_day(const Visit *visit, GError **error) {
  const char *given = visit_text(visit, "date");
  return session_day(visit->session, *given ? given : NULL, error);
}
