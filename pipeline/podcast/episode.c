#include "podcast/episode.h"

#include "base/digest.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "base/wav.h"
#include "podcast/timings.h"

#include <stdio.h>
#include <string.h>

#define ENTRIES_MOST 1000u                                          /* of one bulletin */
#define INSTANT_MOST_US (G_GINT64_CONSTANT(253402300800) * 1000000) /* the year 10000 */

static void media_free(gpointer data) {
  EpisodeMedia *media = data;
  g_free(media->type);
  g_free(media->file);
  g_free(media);
}

static void part_free(gpointer data) {
  EpisodePart *part = data;
  g_free(part->title);
  g_strfreev(part->links);
  g_free(part);
}

static void sentence_free(gpointer data) {
  EpisodeSentence *sentence = data;
  g_free(sentence->voice);
  g_free(sentence->text);
  g_free(sentence->timed);
  g_free(sentence);
}

Episode *episode_new(void) {
  Episode *episode = g_new0(Episode, 1);
  episode->media = g_ptr_array_new_with_free_func(media_free);
  episode->parts = g_ptr_array_new_with_free_func(part_free);
  episode->sentences = g_ptr_array_new_with_free_func(sentence_free);
  episode->entries = g_array_new(FALSE, FALSE, sizeof(gint64));
  return episode;
}

void episode_free(Episode *episode) {
  if (!episode)
    return;
  char *const strings[] = {episode->guid,  episode->edition, episode->script, episode->language,
                           episode->title, episode->note,    episode->words,  episode->source};
  for (guint i = 0; i < G_N_ELEMENTS(strings); i++)
    g_free(strings[i]);
  g_ptr_array_unref(episode->media);
  g_ptr_array_unref(episode->parts);
  g_ptr_array_unref(episode->sentences);
  g_array_unref(episode->entries);
  if (episode->waveform)
    g_byte_array_unref(episode->waveform);
  g_free(episode);
}

/* --- filling it ---------------------------------------------------------------------------- */

void episode_add_media(Episode *episode, char *type, char *file, gint64 nbytes) {
  EpisodeMedia *media = g_new(EpisodeMedia, 1);
  media->type = type;
  media->file = file;
  media->nbytes = nbytes;
  g_ptr_array_add(episode->media, media);
}

static void add_part(Episode *episode, gint64 start_ms, char *title, char **links) {
  EpisodePart *part = g_new(EpisodePart, 1);
  part->start_ms = start_ms;
  part->title = title;
  part->links = links;
  g_ptr_array_add(episode->parts, part);
}

/* The web addresses of the items between two frames, each once. Returns (g_strfreev). */
static char **links_between(const Rundown *cues, gint64 from_frame, gint64 until_frame) {
  GPtrArray *links = g_ptr_array_new();
  for (guint i = 0; i < cues->items->len; i++) {
    const RundownItem *item = cues->items->pdata[i];
    bool inside = item->start_frame >= from_frame && item->start_frame < until_frame;
    for (char **link = item->links; inside && link && *link; link++)
      if (chapter_link_is_shown(*link) && !g_ptr_array_find_with_equal_func(links, *link, g_str_equal, NULL))
        g_ptr_array_add(links, g_strdup(*link));
  }
  g_ptr_array_add(links, NULL);
  return (char **)g_ptr_array_free(links, FALSE);
}

void episode_set_parts(Episode *episode, const Rundown *cues) {
  g_autoptr(GArray) spans = chapter_spans(cues);
  g_ptr_array_set_size(episode->parts, 0);
  for (guint i = 0; i < spans->len; i++) {
    const ChapterSpan *span = &g_array_index(spans, ChapterSpan, i);
    if (g_strcmp0(span->title, cues->title) == 0)
      continue;
    add_part(episode, span->start_frame * 1000 / FRAME_RATE, g_strdup(span->title),
             links_between(cues, span->start_frame, span->end_frame));
  }
}

static void add_entry(Episode *episode, gint64 id) {
  for (guint i = 0; i < episode->entries->len; i++)
    if (g_array_index(episode->entries, gint64, i) == id)
      return;
  g_array_append_val(episode->entries, id);
}

void episode_set_entries(Episode *episode, const Rundown *cues) {
  g_array_set_size(episode->entries, 0);
  for (guint i = 0; i < cues->items->len; i++) {
    const RundownItem *item = cues->items->pdata[i];
    if (item->entry > 0)
      add_entry(episode, item->entry);
  }
}

static void add_sentence(Episode *episode, gint64 from_ms, gint64 until_ms, char *voice, char *text, char *timed) {
  EpisodeSentence *sentence = g_new(EpisodeSentence, 1);
  sentence->timed = timed;
  sentence->from_ms = from_ms;
  sentence->until_ms = until_ms;
  sentence->voice = voice;
  sentence->text = text;
  g_ptr_array_add(episode->sentences, sentence);
}

/* --- WebVTT as transcript_vtt writes it ------------------------------------------------------- */

/* "01:02:03.456". -1: it is none. */
static gint64 parse_time(const char *text) {
  int hours, minutes, seconds, ms;
  return sscanf(text, "%2d:%2d:%2d.%3d", &hours, &minutes, &seconds, &ms) == 4
             ? ((hours * 60 + minutes) * 60 + seconds) * (gint64)1000 + ms
             : -1;
}

static char *unescape(const char *text) {
  GString *out = g_string_new(text);
  g_string_replace(out, "&lt;", "<", 0);
  g_string_replace(out, "&gt;", ">", 0);
  g_string_replace(out, "&amp;", "&", 0);
  return g_string_free(out, FALSE);
}

/* A cue's text without the times of its words. Returns (g_free), or NULL: there is none in it. */
static char *without_times(const char *cue) {
  GString *out = g_string_new("");
  bool found = false;
  for (const char *p = cue; *p;) {
    const char *end = *p == '<' && parse_time(p + 1) >= 0 ? strchr(p, '>') : NULL;
    found = found || end;
    if (!end)
      g_string_append_c(out, *p);
    p = end ? end + 1 : p + 1;
  }
  return g_string_free(out, !found);
}

static bool parse_cue(Episode *episode, const char *timing, const char *text) {
  const char *arrow = strstr(timing, " --> ");
  gint64 from_ms = parse_time(timing), until_ms = arrow ? parse_time(arrow + strlen(" --> ")) : -1;
  if (from_ms < 0 || until_ms < from_ms)
    return false;
  const char *end = g_str_has_prefix(text, "<v ") ? strchr(text, '>') : NULL;
  g_autofree char *voice = end ? g_strndup(text + 3, (gsize)(end - text - 3)) : g_strdup("");
  const char *said = end ? end + 1 : text;
  g_autofree char *plain = without_times(said);
  add_sentence(episode, from_ms, until_ms, unescape(voice), unescape(plain ? plain : said),
               plain ? g_strdup(said) : NULL);
  return true;
}

bool episode_set_sentences(Episode *episode, const char *vtt) {
  g_auto(GStrv) lines = g_strsplit(vtt, "\n", -1);
  g_ptr_array_set_size(episode->sentences, 0);
  if (!lines[0] || strcmp(lines[0], "WEBVTT") != 0)
    return false;
  bool ok = true;
  for (guint i = 1; ok && lines[i]; i++)
    if (strstr(lines[i], " --> ")) {
      ok = lines[i + 1] && parse_cue(episode, lines[i], lines[i + 1]);
      i++;
    }
  return ok;
}

/* --- the record --------------------------------------------------------------------------------- */

/* Two letters a column: numbers would be half of the record. */
static void add_waveform(JsonBuilder *builder, const GByteArray *waveform) {
  g_autoptr(GString) digits = g_string_sized_new(2 * waveform->len);
  for (guint i = 0; i < waveform->len; i++)
    g_string_append_printf(digits, "%02x", waveform->data[i]);
  json_add_string(builder, "waveform", digits->str);
}

/* NULL: it is none. */
static GByteArray *read_waveform(const char *digits) {
  gsize n = digits ? strlen(digits) : 0;
  if (n == 0 || n % 2 != 0 || strspn(digits, "0123456789abcdef") != n)
    return NULL;
  GByteArray *waveform = g_byte_array_sized_new((guint)n / 2);
  for (gsize i = 0; i < n; i += 2) {
    int peak = g_ascii_xdigit_value(digits[i]) * 16 + g_ascii_xdigit_value(digits[i + 1]);
    guint8 byte = (guint8)MIN(peak, 127);
    g_byte_array_append(waveform, &byte, 1);
  }
  return waveform;
}

char *episode_json(const Episode *episode) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "guid", episode->guid);
  json_add_string(builder, "edition", episode->edition);
  json_add_string(builder, "script", episode->script);
  json_add_string(builder, "language", episode->language);
  json_add_string(builder, "title", episode->title);
  json_add_string(builder, "note", episode->note);
  json_add_string(builder, "words", episode->words);
  json_add_int(builder, "published_us", episode->published_us);
  json_add_int(builder, "changed_us", episode->changed_us);
  json_add_int(builder, "duration_ms", episode->duration_ms);
  json_add_bool(builder, "keep", episode->keep);
  if (episode->waveform)
    add_waveform(builder, episode->waveform);
  json_builder_set_member_name(builder, "entries");
  json_builder_begin_array(builder);
  for (guint i = 0; i < episode->entries->len; i++)
    json_builder_add_int_value(builder, g_array_index(episode->entries, gint64, i));
  json_builder_end_array(builder);
  json_builder_set_member_name(builder, "media");
  json_builder_begin_array(builder);
  for (guint i = 0; i < episode->media->len; i++) {
    const EpisodeMedia *media = episode->media->pdata[i];
    json_builder_begin_object(builder);
    json_add_string(builder, "type", media->type);
    json_add_string(builder, "file", media->file);
    json_add_int(builder, "bytes", media->nbytes);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
  json_builder_set_member_name(builder, "parts");
  json_builder_begin_array(builder);
  for (guint i = 0; i < episode->parts->len; i++) {
    const EpisodePart *part = episode->parts->pdata[i];
    json_builder_begin_object(builder);
    json_add_int(builder, "start_ms", part->start_ms);
    json_add_string(builder, "title", part->title);
    if (part->links[0])
      json_add_strv(builder, "links", part->links);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
  json_builder_end_object(builder);
  return json_text(builder, false); /* there may be thousands of them */
}

static char *read_string(JsonObject *object, const char *name) {
  return g_strdup(json_string_of(object, name));
}

static gint64 read_int(JsonObject *object, const char *name) {
  return MAX(json_int_of(object, name, 0), 0);
}

/* Calls `take` with each object of an array; false when there is none, or something else in it. */
static bool each_object(JsonObject *object, const char *name, bool (*take)(Episode *episode, JsonObject *element),
                        Episode *episode) {
  JsonNode *member = json_object_get_member(object, name);
  if (!member || !JSON_NODE_HOLDS_ARRAY(member))
    return false;
  JsonArray *array = json_node_get_array(member);
  bool ok = true;
  for (guint i = 0; ok && i < json_array_get_length(array); i++) {
    JsonNode *element = json_array_get_element(array, i);
    ok = JSON_NODE_HOLDS_OBJECT(element) && take(episode, json_node_get_object(element));
  }
  return ok;
}

/* A file of ours below public/, never above it. */
static bool take_media(Episode *episode, JsonObject *object) {
  g_autofree char *type = read_string(object, "type"), *file = read_string(object, "file");
  if (!type || !file || !g_str_has_prefix(file, "media/") || strstr(file, "..") || strchr(file + 6, '/'))
    return false;
  episode_add_media(episode, g_steal_pointer(&type), g_steal_pointer(&file), read_int(object, "bytes"));
  return true;
}

/* Becomes a file's name below public/: one, and not hidden. */
static bool is_plain_name(const char *name) {
  return name && *name != '\0' && *name != '.' && !strchr(name, '/');
}

static bool is_instant(gint64 us) {
  return us >= 0 && us < INSTANT_MOST_US;
}

static bool take_part(Episode *episode, JsonObject *object) {
  char *title = read_string(object, "title");
  JsonNode *member = json_object_get_member(object, "links");
  GPtrArray *links = g_ptr_array_new();
  JsonArray *array = member && JSON_NODE_HOLDS_ARRAY(member) ? json_node_get_array(member) : NULL;
  for (guint i = 0; array && i < json_array_get_length(array); i++) {
    JsonNode *element = json_array_get_element(array, i);
    bool is_text = JSON_NODE_HOLDS_VALUE(element) && json_node_get_value_type(element) == G_TYPE_STRING;
    const char *link = is_text ? json_node_get_string(element) : NULL;
    if (link && chapter_link_is_shown(link))
      g_ptr_array_add(links, g_strdup(link));
  }
  g_ptr_array_add(links, NULL);
  add_part(episode, read_int(object, "start_ms"), title ? title : g_strdup(""),
           (char **)g_ptr_array_free(links, FALSE));
  return true;
}

/* Records of old have none. */
static void read_entries(Episode *episode, JsonObject *object) {
  JsonNode *member = json_object_get_member(object, "entries");
  JsonArray *array = member && JSON_NODE_HOLDS_ARRAY(member) ? json_node_get_array(member) : NULL;
  for (guint i = 0; array && i < MIN(json_array_get_length(array), ENTRIES_MOST); i++) {
    JsonNode *element = json_array_get_element(array, i);
    bool is_number = JSON_NODE_HOLDS_VALUE(element) && json_node_get_value_type(element) == G_TYPE_INT64;
    if (is_number && json_node_get_int(element) > 0)
      add_entry(episode, json_node_get_int(element));
  }
}

Episode *episode_parse(const char *name, const char *text, gssize nbytes, GError **error) {
  g_autoptr(JsonNode) root = json_parse(name, text, nbytes, error);
  if (!root)
    return NULL;
  JsonObject *object = JSON_NODE_HOLDS_OBJECT(root) ? json_node_get_object(root) : NULL;
  g_autoptr(Episode) episode = episode_new();
  bool ok = object != NULL;
  if (ok) {
    episode->guid = read_string(object, "guid");
    episode->edition = read_string(object, "edition");
    episode->script = read_string(object, "script");
    episode->language = read_string(object, "language");
    episode->title = read_string(object, "title");
    episode->note = read_string(object, "note");
    episode->words = read_string(object, "words");
    episode->source = digest_make(text, nbytes);
    episode->published_us = read_int(object, "published_us");
    episode->changed_us = read_int(object, "changed_us");
    episode->duration_ms = read_int(object, "duration_ms");
    episode->keep = json_bool_of(object, "keep");
    read_entries(episode, object);
    episode->waveform = read_waveform(json_string_of(object, "waveform"));
    ok = episode->guid && g_uuid_string_is_valid(episode->guid) && is_plain_name(episode->edition) &&
         is_plain_name(episode->script) && is_instant(episode->published_us) && is_instant(episode->changed_us) &&
         episode->language && episode->title && each_object(object, "media", take_media, episode) &&
         each_object(object, "parts", take_part, episode) && episode->media->len > 0;
  }
  if (ok)
    return g_steal_pointer(&episode);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: not an episode's record"), name);
  return NULL;
}

/* --- the transcript in other forms ---------------------------------------------------------------- */

static char *escape(const char *text) {
  GString *out = g_string_new(text);
  g_string_replace(out, "&", "&amp;", 0);
  g_string_replace(out, "<", "&lt;", 0);
  g_string_replace(out, ">", "&gt;", 0);
  return g_string_free(out, FALSE);
}

/* "00:00:01.000 --> 00:00:02.500"; SubRip has a comma. */
static void append_timing(GString *out, const EpisodeSentence *sentence, char mark) {
  const gint64 times[] = {sentence->from_ms, sentence->until_ms};
  for (guint t = 0; t < 2; t++)
    g_string_append_printf(out, "%s%02d:%02d:%02d%c%03d", t ? " --> " : "", (int)(times[t] / 3600000),
                           (int)(times[t] / 60000 % 60), (int)(times[t] / 1000 % 60), mark, (int)(times[t] % 1000));
  g_string_append_c(out, '\n');
}

char *episode_vtt(const Episode *episode) {
  GString *out = g_string_new("WEBVTT\n\n");
  for (guint i = 0; i < episode->sentences->len; i++) {
    const EpisodeSentence *sentence = episode->sentences->pdata[i];
    g_autofree char *voice = escape(sentence->voice),
                    *text = sentence->timed ? g_strdup(sentence->timed) : escape(sentence->text);
    append_timing(out, sentence, '.');
    if (*voice)
      g_string_append_printf(out, "<v %s>", voice);
    g_string_append_printf(out, "%s\n\n", text);
  }
  return g_string_free(out, FALSE);
}

char *episode_srt(const Episode *episode) {
  GString *out = g_string_new("");
  for (guint i = 0; i < episode->sentences->len; i++) {
    const EpisodeSentence *sentence = episode->sentences->pdata[i];
    g_string_append_printf(out, "%u\n", i + 1);
    append_timing(out, sentence, ',');
    g_string_append_printf(out, "%s\n\n", sentence->text);
  }
  return g_string_free(out, FALSE);
}

/* A title before what it is the title of, an empty line between two. */
char *episode_text(const Episode *episode) {
  GString *out = g_string_new(episode->title);
  guint part = 0;
  g_string_append(out, "\n");
  for (guint i = 0; i < episode->sentences->len; i++) {
    const EpisodeSentence *sentence = episode->sentences->pdata[i];
    for (; part < episode->parts->len; part++) {
      const EpisodePart *next = episode->parts->pdata[part];
      if (next->start_ms > sentence->from_ms)
        break;
      g_string_append_printf(out, "\n%s\n", next->title);
      for (char **link = next->links; *link; link++)
        g_string_append_printf(out, "%s\n", *link);
    }
    g_string_append_printf(out, "%s\n", sentence->text);
  }
  return g_string_free(out, FALSE);
}

char *episode_segments(const Episode *episode) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "version", "1.0.0");
  json_builder_set_member_name(builder, "segments");
  json_builder_begin_array(builder);
  for (guint i = 0; i < episode->sentences->len; i++) {
    const EpisodeSentence *sentence = episode->sentences->pdata[i];
    json_builder_begin_object(builder);
    json_add_string(builder, "speaker", sentence->voice);
    json_add_double(builder, "startTime", (double)sentence->from_ms / 1000);
    json_add_double(builder, "endTime", (double)sentence->until_ms / 1000);
    json_add_string(builder, "body", sentence->text);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
  json_builder_end_object(builder);
  return json_text(builder, true);
}

char *episode_file(const Episode *episode, const char *ending) {
  return g_strconcat("episodes/", episode->edition, ending, NULL);
}

char *episode_address(const char *root, const char *file) {
  g_autofree char *escaped = g_uri_escape_string(file, "/@:", FALSE);
  return g_strconcat(root, escaped, NULL);
}

char *episode_said(const Episode *episode) {
  GString *said = g_string_new("");
  for (guint i = 0; i < episode->sentences->len; i++) {
    const EpisodeSentence *sentence = episode->sentences->pdata[i];
    g_string_append_printf(said, "%s%s", said->len ? " " : "", sentence->text);
  }
  return g_string_free(said, FALSE);
}

char *episode_summary(const Episode *episode, gsize most) {
  g_autoptr(GString) all = g_string_new("");
  for (guint i = 0; i < episode->parts->len; i++) {
    const EpisodePart *part = episode->parts->pdata[i];
    g_string_append_printf(all, "%s%s", all->len ? " · " : "", part->title);
  }
  if (all->len <= most)
    return g_string_free(g_steal_pointer(&all), FALSE);
  g_autofree char *head = text_head(all->str, most - strlen("…"));
  return g_strconcat(head, "…", NULL);
}
