#include "commands/entry_print.h"

#include "base/clock.h"
#include "base/text.h"

#define SUMMARY_COLUMNS 200

static void add_source(JsonBuilder *builder, const Entry *entry) {
  json_builder_set_member_name(builder, "source");
  if (entry->source_name == NULL) {
    json_builder_add_null_value(builder);
    return;
  }
  json_builder_begin_object(builder);
  json_add_string(builder, "name", entry->source_name);
  json_add_string(builder, "url", entry->source_url);
  json_add_string(builder, "key", entry->source_key);
  json_builder_end_object(builder);
}

static void add_parent(JsonBuilder *builder, gint64 parent) {
  json_builder_set_member_name(builder, "parent");
  if (parent != 0)
    json_builder_add_int_value(builder, parent);
  else
    json_builder_add_null_value(builder);
}

void entry_json_members(JsonBuilder *builder, const Entry *entry) {
  json_add_int(builder, "id", entry->id);
  json_add_string(builder, "date", entry->date);
  json_add_string(builder, "kind", entry_kind_name(entry->kind));
  json_add_string(builder, "title", entry->title);
  json_add_string(builder, "text", entry->text);
  json_add_string(builder, "language", entry->language);
  json_add_string(builder, "place", entry->place);
  json_add_string(builder, "place_id", entry->place_id);
  json_add_string(builder, "author", entry->author);
  json_add_string(builder, "attribution", attribution_name(entry->attribution));
  json_add_string(builder, "status", entry_status_name(entry->status));
  json_add_string(builder, "priority", entry_priority_name(entry->priority));
  json_add_instant(builder, "expires", entry->expires_us);
  json_add_int(builder, "endorsements", entry->endorsements);
  add_source(builder, entry);
  json_add_strv(builder, "links", entry->links);
  add_parent(builder, entry->parent);
  json_add_string(builder, "sound", entry->sound);
  json_add_instant(builder, "created", entry->created_us);
  json_add_instant(builder, "changed", entry->changed_us);
}

char *entry_json(const Entry *entry, bool pretty) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  entry_json_members(builder, entry);
  json_builder_end_object(builder);
  return json_text(builder, pretty);
}

char *instant_local(const Station *station, gint64 instant_us) {
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(instant_us / US_PER_SECOND);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_timezone(utc, station->zone) : NULL;
  return local != NULL ? g_date_time_format(local, "%Y-%m-%d %H:%M") : g_strdup("");
}

char *entry_summary(const Entry *entry) {
  g_autofree char *joined = entry->title != NULL ? g_strconcat(entry->title, " — ", entry->text, NULL) : NULL;
  g_autofree char *squeezed = text_squeeze(joined != NULL ? joined : entry->text);
  return text_ellipsize(squeezed, SUMMARY_COLUMNS);
}
