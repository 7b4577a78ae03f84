#include "desk/sounds.h"

#include "base/files.h"
#include "base/wav.h"
#include "desk/answers.h"
#include "desk/page.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

const char *sound_ending(GBytes *body, GError **error) {
  static const struct {
    const char *magic, *ending;
    gsize at;
  } kinds[] = {{"RIFF", "wav", 0}, {"fLaC", "flac", 0},    {"OggS", "ogg", 0},    {"ID3", "mp3", 0},
               {"ftyp", "m4a", 4}, {"\xff\xfb", "mp3", 0}, {"\xff\xf3", "mp3", 0}};
  gsize n = 0;
  const guint8 *data = g_bytes_get_data(body, &n);
  for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
    gsize length = strlen(kinds[i].magic);
    if (n >= kinds[i].at + length && memcmp(data + kinds[i].at, kinds[i].magic, length) == 0)
      return kinds[i].ending;
  }
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("this is no WAV, MP3, FLAC, Ogg or M4A file"));
  return NULL;
}

const char *sound_type(const char *file) {
  static const char *const types[][2] = {{".mp3", "audio/mpeg"},
                                         {".opus", "audio/ogg; codecs=opus"},
                                         {".ogg", "audio/ogg"},
                                         {".flac", "audio/flac"},
                                         {".wav", "audio/wav"},
                                         {".m4a", "audio/mp4"},
                                         {".vtt", "text/vtt; charset=utf-8"},
                                         {".json", "application/json; charset=utf-8"}};
  for (guint i = 0; i < G_N_ELEMENTS(types); i++)
    if (g_str_has_suffix(file, types[i][0]))
      return types[i][1];
  return "application/octet-stream";
}

static bool check(const Visit *visit, const char *path, GError **error) {
  const char *arguments[] = {"jingles", "check", path, NULL};
  g_autofree char *said = visit_ask(visit, arguments, error);
  return said != NULL;
}

char *sound_keep(const Visit *visit, GError **error) {
  const char *ending = sound_ending(visit->request->body, error);
  if (!ending)
    return NULL;
  gsize n = 0;
  const char *data = g_bytes_get_data(visit->request->body, &n);
  g_autofree char *sum = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, visit->request->body);
  g_autofree char *name = g_strdup_printf("desk-%.16s.%s", sum, ending);
  g_autofree char *folder = station_path(visit->session->station, "sounds", NULL);
  g_autofree char *path = g_build_filename(folder, name, NULL);
  if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer(&name);
  g_autofree char *draft =
      g_strdup_printf("%s/.%s-%" G_GUINT64_FORMAT ".%s", folder, name, (guint64)g_random_int(), ending);
  bool ok = folder_make(folder, error) && file_write(draft, data, (gssize)n, 0644, error) && check(visit, draft, error);
  if (ok && g_rename(draft, path) != 0) {
    ok = false;
    carnet_error_set_errno(error, errno, "%s", path);
  }
  g_unlink(draft);
  return ok ? g_steal_pointer(&name) : NULL;
}

/* --- recorded sounds --------------------------------------------------------------------------------------- */

void answer_sound_keep(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autofree char *name = sound_keep(visit, &error);
  if (!name) {
    visit_fail(visit, 0, error);
    return;
  }
  visit_note(visit, "sound", name);
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "file", name);
  json_builder_end_object(builder);
  visit_json(visit, 201, builder);
}

/* A file of a folder of sounds, which may hold others as well. */
static void give(Visit *visit, const char *folder) {
  const char *file = visit_text(visit, "file");
  g_autofree char *path = station_find(visit->session->station, folder, file, NULL, NULL);
  if (path && g_str_has_prefix(sound_type(file), "audio/"))
    web_reply_file(visit->reply, path, sound_type(file));
  else
    visit_refuse(visit, 404, _("there is nothing at this address"));
}

void answer_sound(Visit *visit) {
  give(visit, "sounds");
}

/* --- jingles -------------------------------------------------------------------------------------------- */

static char *ask_jingles(Visit *visit, GError **error) {
  const char *arguments[] = {"jingles", "--json", NULL};
  return visit_ask(visit, arguments, error);
}

void answer_jingles(Visit *visit) {
  g_autoptr(GError) error = NULL;
  char *text = ask_jingles(visit, &error);
  visit_printed(visit, text, error);
}

void answer_jingle(Visit *visit) {
  give(visit, "voices/jingles");
}

/* Through the verb, which decodes it in the limited child before it is there. */
static bool add_jingle(Visit *visit, GError **error) {
  const char *ending = sound_ending(visit->request->body, error);
  if (!ending)
    return false;
  gsize n = 0;
  const char *data = g_bytes_get_data(visit->request->body, &n);
  g_autofree char *file = g_strconcat("jingle.", ending, NULL);
  g_autofree char *folder = station_path(visit->session->station, ".desk-jingle-XXXXXX", NULL);
  if (!g_mkdtemp_full(folder, 0700)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN, _("no room for a copy"));
    return false;
  }
  g_autofree char *path = g_build_filename(folder, file, NULL);
  g_autofree char *name = g_strconcat("--name=", visit_text(visit, "name"), NULL);
  const char *arguments[] = {"jingles", name, "add", path, visit_is_set(visit, "replace") ? "--replace" : NULL, NULL};
  g_autofree char *said = file_write(path, data, (gssize)n, 0600, error) ? visit_ask(visit, arguments, error) : NULL;
  g_unlink(path);
  g_rmdir(folder);
  return said != NULL;
}

void answer_jingle_add(Visit *visit) {
  g_autoptr(GError) error = NULL;
  if (!add_jingle(visit, &error)) {
    visit_fail(visit, 0, error);
    return;
  }
  visit_note(visit, "jingle", visit_text(visit, "name"));
  visit_done(visit, "/jingles", "added", NULL);
}

/* --- their page ------------------------------------------------------------------------------------------- */

static void add_jingle_row(Xml *xml, JsonObject *jingle) {
  const char *file = json_string_of(jingle, "file"), *why = json_string_of(jingle, "error");
  g_autofree char *escaped = g_uri_escape_string(file, NULL, FALSE);
  g_autofree char *src = g_strconcat("/api/jingles/", escaped, NULL);
  xml_open_class(xml, "li", "card");
  xml_element(xml, "h2", json_string_of(jingle, "name"));
  if (why) {
    page_words(xml, "bad", why);
  } else {
    g_autofree char *length = page_length((gint64)(json_object_get_double_member(jingle, "length") * FRAME_RATE));
    g_autofree char *level = g_strdup_printf("%.1f LUFS", json_object_get_double_member(jingle, "loudness_lufs"));
    double peak_dbtp = json_object_get_double_member(jingle, "peak_dbtp");
    g_autofree char *peak = g_strdup_printf(_("peak %.1f dBTP"), peak_dbtp);
    xml_open_class(xml, "p", "marks");
    xml_element(xml, "strong", length);
    xml_element(xml, "span", level);
    xml_element(xml, "span", peak);
    if (peak_dbtp > 0)
      xml_element(xml, "span", _("clipped: take a softer copy if there is one"));
    xml_element(xml, "span", file);
    xml_close(xml);
  }
  page_audio(xml, src, json_string_of(jingle, "name"), "none");
  xml_close(xml);
}

static void add_upload(Xml *xml, const Visit *visit) {
  page_form(xml, visit, "/api/jingles", "card upload");
  xml_element(xml, "h2", _("Add a jingle or a bed"));
  page_field(xml, &(Field){.name = "file",
                           .label = _("Sound file (WAV, MP3, FLAC, Ogg or M4A)"),
                           .type = "file",
                           .is_required = true});
  page_field(
      xml, &(Field){.name = "name", .label = _("Name, by which scripts call it"), .type = "text", .is_required = true});
  page_check(xml, "replace", _("in the place of what has that name"));
  page_button(xml, _("Add"), "main");
  page_words(xml, "soft",
             _("The mix sets each to the level that it needs. Without JavaScript, copy the file into voices/jingles/ "
               "on the machine, or say \"carnet jingles add FILE\" there."));
  xml_close(xml);
}

void page_jingles(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autofree char *text = ask_jingles(visit, &error);
  g_autoptr(JsonNode) node = text ? json_parse("jingles", text, -1, &error) : NULL;
  JsonArray *jingles = node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
  Xml *xml = page_open(visit, &(DeskPage){.title = _("Jingles"), .section = "station"});
  xml_open(xml, "section");
  xml_attribute(xml, "id", "list");
  xml_attribute(xml, "aria-label", _("Jingles"));
  if (error)
    page_words(xml, "bad", error->message);
  else if (!jingles || json_array_get_length(jingles) == 0)
    page_empty(xml, _("There is none yet."), NULL, NULL);
  xml_open_class(xml, "ul", "mounts");
  for (guint i = 0; jingles && i < json_array_get_length(jingles); i++)
    add_jingle_row(xml, json_array_get_object_element(jingles, i));
  xml_close(xml);
  xml_close(xml);
  add_upload(xml, visit);
  page_close(visit, xml, 200);
}
