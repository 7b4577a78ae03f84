#include "commands/entry_file.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/yaml.h"
#include "commands/entry_options.h"

#include <inttypes.h>
#include <string.h>

#define MOST_LINKS 1000

/* The same values as the options of the command line: one reading for both. */
typedef struct {
  EntryOptions options;
  char **links;
  unsigned links_count;
} EntryFile;

#define OPTIONAL (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)
#define TEXT_FIELD(key, member) CYAML_FIELD_STRING_PTR(key, OPTIONAL, EntryFile, options.member, 0, CYAML_UNLIMITED)

static const cyaml_schema_value_t link_schema = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, CYAML_UNLIMITED)};

static const cyaml_schema_field_t fields[] = {
    TEXT_FIELD("date", date),
    TEXT_FIELD("kind", kind),
    TEXT_FIELD("status", status),
    TEXT_FIELD("priority", priority),
    TEXT_FIELD("title", title),
    TEXT_FIELD("text", text),
    TEXT_FIELD("language", language),
    TEXT_FIELD("place", place),
    TEXT_FIELD("place-id", place_id),
    TEXT_FIELD("author", author),
    TEXT_FIELD("attribution", attribution),
    TEXT_FIELD("expires", expires),
    TEXT_FIELD("endorsements", endorsements),
    TEXT_FIELD("parent", parent),
    TEXT_FIELD("sound", sound),
    CYAML_FIELD_SEQUENCE("links", OPTIONAL, EntryFile, links, &link_schema, 0, MOST_LINKS),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t file_schema = {CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, EntryFile, fields)};

/* --- writing ---------------------------------------------------------------- */

static void add(GString *file, const char *key, const char *value) {
  g_autofree char *quoted = text_yaml_quote(value != NULL ? value : "");
  g_string_append_printf(file, "%s: %s\n", key, quoted);
}

static void add_number(GString *file, const char *key, gint64 value) {
  g_string_append_printf(file, "%s: %" PRId64 "\n", key, value);
}

/* Text that a literal block gives back unchanged (YAML 1.1 section 9.3): no
 * space at a line's start or at the end, nothing that cannot be printed. */
static bool fits_a_block(const char *text) {
  bool line_starts = true;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    if ((c != '\n' && !g_unichar_isprint(c)) || (line_starts && c == ' '))
      return false;
    line_starts = c == '\n';
  }
  return !line_starts && *text != '\n';
}

static void add_text(GString *file, const char *text) {
  if (!fits_a_block(text)) {
    add(file, "text", text);
    return;
  }
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  g_string_append(file, "text: |-\n");
  for (char **line = lines; *line != NULL; line++)
    g_string_append_printf(file, "%s%s\n", **line != '\0' ? "  " : "", *line);
}

static void add_links(GString *file, char **links) {
  if (links == NULL || links[0] == NULL) {
    g_string_append(file, "links: []\n");
    return;
  }
  g_string_append(file, "links:\n");
  for (char **link = links; *link != NULL; link++) {
    g_autofree char *quoted = text_yaml_quote(*link);
    g_string_append_printf(file, "  - %s\n", quoted);
  }
}

char *entry_file_format(const Entry *entry) {
  g_autoptr(GString) file = g_string_new(NULL);
  g_autofree char *expires = entry->expires_us != 0 ? instant_format(entry->expires_us) : NULL;
  g_string_append_printf(file,
                         _("# Entry %" PRId64 ". Change what you like, save and leave; "
                           "\"\" or 0 takes a value away.\n"),
                         entry->id);
  add(file, "date", entry->date);
  add(file, "kind", entry_kind_name(entry->kind));
  add(file, "status", entry_status_name(entry->status));
  add(file, "priority", entry_priority_name(entry->priority));
  add(file, "title", entry->title);
  add_text(file, entry->text);
  add(file, "language", entry->language);
  add(file, "place", entry->place);
  add(file, "place-id", entry->place_id);
  add(file, "author", entry->author);
  add(file, "attribution", attribution_name(entry->attribution));
  add(file, "expires", expires);
  add_number(file, "endorsements", entry->endorsements);
  add_number(file, "parent", entry->parent);
  add(file, "sound", entry->sound);
  add_links(file, entry->links);
  return g_strdup(file->str);
}

/* --- reading ---------------------------------------------------------------- */

/* A message opens with the field's name ("--kind: …", "place_id: …"): that is where to point. */
static void place_error(const YamlFile *file, GError *failure, GError **error) {
  const char *message = g_str_has_prefix(failure->message, "--") ? failure->message + 2 : failure->message;
  const char *colon = strstr(message, ": ");
  g_autofree char *field = colon != NULL ? g_strndup(message, (gsize)(colon - message)) : g_strdup("text");
  g_strdelimit(field, "_", '-');
  yaml_error_at(error, file, field, "%s", message);
}

static bool apply(Session *session, const YamlFile *file, Entry *entry, GError **error) {
  const EntryFile *content = file->data;
  EntryOptions options = content->options; /* borrows */
  g_autoptr(GPtrArray) links = g_ptr_array_new();
  for (unsigned i = 0; i < content->links_count; i++)
    g_ptr_array_add(links, content->links[i]);
  g_ptr_array_add(links, NULL);
  if (yaml_line_of(file, "links", NULL) != 0) /* an empty list takes them away, none leaves them */
    options.links = (char **)links->pdata;
  return entry_options_apply(session, &options, entry, error) && entry_check(entry, error);
}

YamlFile *entry_file_load(const char *path, GError **error) {
  return yaml_file_load(path, &file_schema, error);
}

bool entry_file_take(Session *session, const YamlFile *file, Entry *entry, GError **error) {
  g_autoptr(GError) failure = NULL;
  if (apply(session, file, entry, &failure))
    return true;
  place_error(file, failure, error);
  return false;
}

bool entry_file_apply(Session *session, const char *path, Entry *entry, GError **error) {
  g_autoptr(YamlFile) file = entry_file_load(path, error);
  return file != NULL && entry_file_take(session, file, entry, error);
}
