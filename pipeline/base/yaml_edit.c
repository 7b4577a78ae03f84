#include "base/yaml_edit.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/yaml_check.h"

#include <string.h>
#include <yaml.h>

/* A text with its document: marks of libyaml count characters. */
typedef struct {
  const char *text;
  yaml_document_t document;
} Page;

static bool page_open(Page *page, const char *text) {
  g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
  yaml_parser_t parser;
  page->text = text;
  yaml_start(&parser, bytes);
  bool ok = g_utf8_validate(text, -1, NULL) && yaml_parser_load(&parser, &page->document);
  yaml_parser_delete(&parser);
  if (ok && yaml_document_get_root_node(&page->document))
    return true;
  if (ok)
    yaml_document_delete(&page->document);
  return false;
}

static gsize byte_at(const Page *page, yaml_mark_t mark) {
  return (gsize)(g_utf8_offset_to_pointer(page->text, (glong)mark.index) - page->text);
}

static yaml_node_t *key_of(Page *page, const yaml_node_pair_t *pair) {
  return yaml_document_get_node(&page->document, pair->key);
}

static yaml_node_t *value_of(Page *page, const yaml_node_pair_t *pair) {
  return yaml_document_get_node(&page->document, pair->value);
}

/* Its section (NULL: a top key) and its own name. Freed by the caller. */
static char *split(const char *where, char **section) {
  const char *dot = strchr(where, '.');
  *section = dot ? g_strndup(where, (gsize)(dot - where)) : NULL;
  return g_strdup(dot ? dot + 1 : where);
}

/* --- writing ----------------------------------------------------------------------------- */

/* Numbers, words and lengths as people write them; anything that could be more stands in quotes. */
static bool is_plain(const char *value) {
  static const char *const odd[] = {"null", "Null", "NULL", "~", NULL};
  const char *at = value;
  if (*value == '-' && g_ascii_isdigit(value[1]))
    at++;
  if (!g_unichar_isalnum(g_utf8_get_char(at)) || g_strv_contains(odd, value) || strchr(value, ':'))
    return false;
  for (; *at; at = g_utf8_next_char(at))
    if (!g_unichar_isalnum(g_utf8_get_char(at)) && !strchr(" '._/@+-", *at))
      return false;
  return at[-1] != ' ';
}

static char *written(const char *value) {
  return is_plain(value) ? g_strdup(value) : text_yaml_quote(value);
}

/* What stands from `from` to `to` (bytes) gives way to `piece`. */
static char *spliced(const char *text, gsize from, gsize to, const char *piece) {
  g_autoptr(GString) all = g_string_new_len(text, (gssize)from);
  g_string_append(all, piece);
  g_string_append(all, text + to);
  return g_string_free(g_steal_pointer(&all), FALSE);
}

/* A block scalar ends where the next line begins, and so must what takes its place. */
static char *replace_value(const Page *page, const yaml_node_t *value, const char *piece) {
  gsize from = byte_at(page, value->start_mark), to = byte_at(page, value->end_mark);
  bool ends_line = to > from && page->text[to - 1] == '\n';
  bool touches = from == to && from > 0 && page->text[from - 1] == ':'; /* "key:" with nothing after it */
  g_autofree char *line = g_strconcat(touches ? " " : "", piece, ends_line ? "\n" : "", NULL);
  return spliced(page->text, from, to, line);
}

/* "key: value" goes first in a mapping that is there: its indentation, or its commas, are known from the first key. */
static char *put_first(Page *page, const yaml_node_t *mapping, const char *line) {
  bool is_flow = mapping->data.mapping.style == YAML_FLOW_MAPPING_STYLE;
  const yaml_node_pair_t *first = mapping->data.mapping.pairs.start;
  if (first == mapping->data.mapping.pairs.top) { /* "{}" */
    gsize inside = byte_at(page, mapping->start_mark) + 1;
    return spliced(page->text, inside, inside, line);
  }
  const yaml_node_t *key = key_of(page, first);
  gsize at = byte_at(page, key->start_mark);
  g_autofree char *indent = g_strnfill(key->start_mark.column, ' ');
  g_autofree char *piece = is_flow ? g_strconcat(line, ", ", NULL) : g_strconcat(line, "\n", indent, NULL);
  return spliced(page->text, at, at, piece);
}

static char *append_line(const char *text, const char *line) {
  bool is_whole = *text == '\0' || g_str_has_suffix(text, "\n");
  return g_strconcat(text, is_whole ? "" : "\n", line, "\n", NULL);
}

/* NULL: the section is a list, or something else that holds no keys. */
static char *put_in_section(Page *page, const yaml_node_t *there, const char *line, const char *whole) {
  if (there->type == YAML_MAPPING_NODE)
    return put_first(page, there, line);
  bool is_empty = there->type == YAML_SCALAR_NODE && there->data.scalar.length == 0; /* "run:" with nothing in it */
  return is_empty ? replace_value(page, there, whole) : NULL;
}

/* NULL: the value, or its section, is not what one value can be put into. */
static char *put(Page *page, const char *section, const char *name, const char *value) {
  yaml_node_t *root = yaml_document_get_root_node(&page->document);
  g_autofree char *piece = written(value), *line = g_strconcat(name, ": ", piece, NULL);
  yaml_node_pair_t *outer = section ? yaml_pair(&page->document, root, section) : NULL;
  yaml_node_t *mapping = section ? (outer ? value_of(page, outer) : NULL) : root;
  yaml_node_pair_t *pair = mapping ? yaml_pair(&page->document, mapping, name) : NULL;
  if (pair) {
    const yaml_node_t *there = value_of(page, pair);
    return there->type == YAML_SCALAR_NODE ? replace_value(page, there, piece) : NULL;
  }
  g_autofree char *whole = section ? g_strdup_printf("{%s}", line) : NULL;
  g_autofree char *top = section ? g_strconcat(section, ": ", whole, NULL) : g_strdup(line);
  if (outer && mapping)
    return put_in_section(page, mapping, line, whole);
  if (root && root->type == YAML_MAPPING_NODE && root->data.mapping.style == YAML_FLOW_MAPPING_STYLE)
    return put_first(page, root, top);
  return append_line(page->text, top);
}

/* --- taking out ------------------------------------------------------------------------------ */

/* A block mapping ends, for libyaml, where the next thing begins, after its comments: what it holds last ends it. */
static gsize end_of(Page *page, const yaml_node_t *node) {
  while (node->type == YAML_MAPPING_NODE && node->data.mapping.style != YAML_FLOW_MAPPING_STYLE &&
         node->data.mapping.pairs.top > node->data.mapping.pairs.start)
    node = value_of(page, node->data.mapping.pairs.top - 1);
  return byte_at(page, node->end_mark);
}

static char *cut_from_flow(Page *page, const yaml_node_t *mapping, const yaml_node_pair_t *pair) {
  const yaml_node_pair_t *next = pair + 1;
  if (next < mapping->data.mapping.pairs.top)
    return spliced(page->text, byte_at(page, key_of(page, pair)->start_mark),
                   byte_at(page, key_of(page, next)->start_mark), "");
  return spliced(page->text, byte_at(page, value_of(page, pair - 1)->end_mark), end_of(page, value_of(page, pair)), "");
}

/* Whole lines, with a comment behind the value. */
static char *cut_from_block(Page *page, const yaml_node_pair_t *pair) {
  gsize from = byte_at(page, key_of(page, pair)->start_mark), to = end_of(page, value_of(page, pair));
  while (from > 0 && page->text[from - 1] != '\n')
    from--;
  if (to == 0 || page->text[to - 1] != '\n')
    to += strcspn(page->text + to, "\n");
  return spliced(page->text, from, to + (page->text[to] == '\n'), "");
}

static guint pairs_in(const yaml_node_t *mapping) {
  return (guint)(mapping->data.mapping.pairs.top - mapping->data.mapping.pairs.start);
}

static char *cut(Page *page, const char *section, const char *name) {
  yaml_node_t *mapping = yaml_document_get_root_node(&page->document);
  yaml_node_pair_t *outer = section ? yaml_pair(&page->document, mapping, section) : NULL;
  yaml_node_t *inner = outer ? value_of(page, outer) : NULL;
  yaml_node_pair_t *pair = yaml_pair(&page->document, section ? inner : mapping, name);
  if (!pair)
    return g_strdup(page->text);
  if (value_of(page, pair)->type != YAML_SCALAR_NODE)
    return NULL;
  bool goes_whole = inner && pairs_in(inner) == 1;
  mapping = inner && !goes_whole ? inner : mapping;
  pair = goes_whole ? outer : pair;
  if (pairs_in(mapping) == 1)
    return NULL;
  return mapping->data.mapping.style == YAML_FLOW_MAPPING_STYLE ? cut_from_flow(page, mapping, pair)
                                                                : cut_from_block(page, pair);
}

/* --- all of it ----------------------------------------------------------------------------------- */

char *yaml_value(const char *text, const char *where) {
  Page page;
  if (!page_open(&page, text))
    return NULL;
  g_autofree char *section = NULL, *name = split(where, &section);
  yaml_node_t *mapping = yaml_document_get_root_node(&page.document);
  yaml_node_pair_t *outer = section ? yaml_pair(&page.document, mapping, section) : NULL;
  if (section)
    mapping = outer ? value_of(&page, outer) : NULL;
  yaml_node_pair_t *pair = yaml_pair(&page.document, mapping, name);
  const yaml_node_t *value = pair ? value_of(&page, pair) : NULL;
  char *found = value && value->type == YAML_SCALAR_NODE ? g_strdup((const char *)value->data.scalar.value) : NULL;
  yaml_document_delete(&page.document);
  return found;
}

char *yaml_edit(const char *text, const char *where, const char *value, GError **error) {
  Page page;
  g_autofree char *changed = NULL;
  if (page_open(&page, text)) {
    g_autofree char *section = NULL, *name = split(where, &section);
    changed = value ? put(&page, section, name, value) : cut(&page, section, name);
    yaml_document_delete(&page.document);
  }
  g_autofree char *reads = changed ? yaml_value(changed, where) : NULL;
  if (changed && g_strcmp0(reads, value) == 0)
    return g_steal_pointer(&changed);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s stands in this file in a way that is changed by hand"),
              where);
  return NULL;
}
