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

/* A byte order mark is no character for libyaml. */
static gsize byte_at(const Page *page, yaml_mark_t mark) {
  gsize start = g_str_has_prefix(page->text, "\xEF\xBB\xBF") ? 3 : 0;
  return (gsize)(g_utf8_offset_to_pointer(page->text + start, (glong)mark.index) - page->text);
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

/* The last that is in it: a block mapping or sequence ends, for libyaml, where the next thing begins, after comments. */
static const yaml_node_t *innermost(Page *page, const yaml_node_t *node) {
  for (;;) {
    bool is_mapping = node->type == YAML_MAPPING_NODE && node->data.mapping.style != YAML_FLOW_MAPPING_STYLE &&
                      node->data.mapping.pairs.top > node->data.mapping.pairs.start;
    bool is_sequence = node->type == YAML_SEQUENCE_NODE && node->data.sequence.style != YAML_FLOW_SEQUENCE_STYLE &&
                       node->data.sequence.items.top > node->data.sequence.items.start;
    if (!is_mapping && !is_sequence)
      return node;
    node = is_mapping ? value_of(page, node->data.mapping.pairs.top - 1)
                      : yaml_document_get_node(&page->document, node->data.sequence.items.top[-1]);
  }
}

static gsize end_of(Page *page, const yaml_node_t *node) {
  return byte_at(page, innermost(page, node)->end_mark);
}

/* Where the line after a value begins; a block scalar ends there already. */
static gsize line_after(Page *page, const yaml_node_t *value) {
  gsize end = end_of(page, value);
  if (end > 0 && page->text[end - 1] == '\n')
    return end;
  end += strcspn(page->text + end, "\n");
  return end + (page->text[end] == '\n');
}

/* "key: value" goes last in a mapping that is there: the comment above the first key is about that one. */
static char *put_last(Page *page, const yaml_node_t *mapping, const char *line) {
  bool is_flow = mapping->data.mapping.style == YAML_FLOW_MAPPING_STYLE;
  const yaml_node_pair_t *first = mapping->data.mapping.pairs.start, *top = mapping->data.mapping.pairs.top;
  if (first == top) { /* "{}" */
    gsize inside = byte_at(page, mapping->start_mark) + 1;
    return spliced(page->text, inside, inside, line);
  }
  const yaml_node_t *last = value_of(page, top - 1);
  gsize at = is_flow ? end_of(page, last) : line_after(page, last);
  g_autofree char *indent = g_strnfill(key_of(page, first)->start_mark.column, ' ');
  bool ends_line = at > 0 && page->text[at - 1] == '\n';
  g_autofree char *piece =
      is_flow ? g_strconcat(", ", line, NULL) : g_strconcat(ends_line ? "" : "\n", indent, line, "\n", NULL);
  return spliced(page->text, at, at, piece);
}

static char *append_line(const char *text, const char *line) {
  bool is_whole = *text == '\0' || g_str_has_suffix(text, "\n");
  return g_strconcat(text, is_whole ? "" : "\n", line, "\n", NULL);
}

/* NULL: the section is a list, or something else that holds no keys. */
static char *put_in_section(Page *page, const yaml_node_t *there, const char *line, const char *whole) {
  if (there->type == YAML_MAPPING_NODE)
    return put_last(page, there, line);
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
    return put_last(page, root, top);
  return append_line(page->text, top);
}

/* --- taking out ------------------------------------------------------------------------------ */

/* With the comma behind it; the last one of a line with the comma before it; else YAML allows the comma that is left. */
static char *cut_from_flow(Page *page, const yaml_node_t *mapping, const yaml_node_pair_t *pair) {
  gsize from = byte_at(page, key_of(page, pair)->start_mark), to = end_of(page, value_of(page, pair));
  gsize comma = to + strspn(page->text + to, " \t");
  if (page->text[comma] == ',') {
    to = comma + 1;
    to += strspn(page->text + to, " \t");
  } else if (pair > mapping->data.mapping.pairs.start) {
    gsize before = end_of(page, value_of(page, pair - 1));
    from = memchr(page->text + before, '\n', from - before) ? from : before;
  }
  return spliced(page->text, from, to, "");
}

/* Whole lines, with a comment behind the value. */
static char *cut_from_block(Page *page, const yaml_node_pair_t *pair) {
  gsize from = byte_at(page, key_of(page, pair)->start_mark);
  while (from > 0 && page->text[from - 1] != '\n')
    from--;
  return spliced(page->text, from, line_after(page, value_of(page, pair)), "");
}

static char *cut_from(Page *page, const yaml_node_t *mapping, const yaml_node_pair_t *pair) {
  return mapping->data.mapping.style == YAML_FLOW_MAPPING_STYLE ? cut_from_flow(page, mapping, pair)
                                                                : cut_from_block(page, pair);
}

static guint pairs_in(const yaml_node_t *mapping) {
  return (guint)(mapping->data.mapping.pairs.top - mapping->data.mapping.pairs.start);
}

/* A person wrote something in a section, besides its one value: before it, or in the lines after it that belong there. */
static bool has_comments(Page *page, const yaml_node_pair_t *outer, const yaml_node_pair_t *pair) {
  gsize from = byte_at(page, key_of(page, outer)->start_mark), to = byte_at(page, key_of(page, pair)->start_mark);
  const char *next = page->text + line_after(page, value_of(page, pair));
  return memchr(page->text + from, '#', to - from) || (*next == ' ' && next[strspn(next, " ")] == '#');
}

/* A section without its only value: it stays, empty, for the sake of its comments. */
static char *emptied(Page *page, const yaml_node_pair_t *outer, const yaml_node_pair_t *pair) {
  const yaml_node_t *inner = value_of(page, outer);
  g_autofree char *text = cut_from(page, inner, pair);
  if (inner->data.mapping.style == YAML_FLOW_MAPPING_STYLE)
    return g_steal_pointer(&text);
  gsize colon = byte_at(page, key_of(page, outer)->end_mark);
  colon += strcspn(text + colon, ":") + 1;
  return spliced(text, colon, colon, " {}");
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
  bool is_alone = inner && pairs_in(inner) == 1;
  if (is_alone && has_comments(page, outer, pair))
    return emptied(page, outer, pair);
  mapping = inner && !is_alone ? inner : mapping;
  return pairs_in(mapping) > 1 ? cut_from(page, mapping, is_alone ? outer : pair) : NULL;
}

/* --- nothing else is changed ------------------------------------------------------------------------ */

#define DEPTH_MOST 50 /* an anchor may hold itself */

/* Every value below a node as "where=value", but what stands at `but`. */
static void list_values(Page *page, const yaml_node_t *node, const char *where, const char *but, guint depth,
                        GString *all) {
  if (strcmp(where, but) == 0 || depth > DEPTH_MOST)
    return;
  bool is_empty_section = g_str_has_prefix(but, where) && but[strlen(where)] == '.'; /* "run:" with nothing in it */
  if (node->type == YAML_SCALAR_NODE && !is_empty_section)
    g_string_append_printf(all, "%s=%s\n", where, (const char *)node->data.scalar.value);
  for (guint i = 0;
       node->type == YAML_SEQUENCE_NODE && node->data.sequence.items.start + i < node->data.sequence.items.top; i++) {
    g_autofree char *at = g_strdup_printf("%s[%u]", where, i);
    list_values(page, yaml_document_get_node(&page->document, node->data.sequence.items.start[i]), at, but, depth + 1,
                all);
  }
  for (guint i = 0; node->type == YAML_MAPPING_NODE && i < pairs_in(node); i++) {
    const yaml_node_pair_t *pair = node->data.mapping.pairs.start + i;
    const yaml_node_t *key = key_of(page, pair);
    const char *name = key->type == YAML_SCALAR_NODE ? (const char *)key->data.scalar.value : "?";
    g_autofree char *at = *where ? g_strdup_printf("%s.%s", where, name) : g_strdup(name);
    list_values(page, value_of(page, pair), at, but, depth + 1, all);
  }
}

/* What all else in a text says (g_free), NULL: it cannot be read. */
static char *all_but(const char *text, const char *where) {
  Page page;
  if (!page_open(&page, text))
    return NULL;
  g_autoptr(GString) all = g_string_new(NULL);
  list_values(&page, yaml_document_get_root_node(&page.document), "", where, 0, all);
  yaml_document_delete(&page.document);
  return g_string_free(g_steal_pointer(&all), FALSE);
}

static bool changes_that_alone(const char *before, const char *after, const char *where, const char *value) {
  g_autofree char *was = all_but(before, where), *is = all_but(after, where), *reads = yaml_value(after, where);
  return g_strcmp0(reads, value) == 0 && is && g_strcmp0(was, is) == 0;
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

/* What the pairs of `mapping` hold, and those of its mappings (`section`: NULL). */
static void collect(Page *page, const yaml_node_t *mapping, const char *section, GHashTable *values) {
  for (guint i = 0; mapping->type == YAML_MAPPING_NODE && i < pairs_in(mapping); i++) {
    const yaml_node_pair_t *pair = mapping->data.mapping.pairs.start + i;
    const yaml_node_t *key = key_of(page, pair), *value = value_of(page, pair);
    if (key->type != YAML_SCALAR_NODE)
      continue;
    const char *name = (const char *)key->data.scalar.value;
    if (value->type == YAML_SCALAR_NODE)
      g_hash_table_insert(values, section ? g_strconcat(section, ".", name, NULL) : g_strdup(name),
                          g_strdup((const char *)value->data.scalar.value));
    else if (!section)
      collect(page, value, name, values);
  }
}

GHashTable *yaml_values(const char *text) {
  GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  Page page;
  if (page_open(&page, text)) {
    collect(&page, yaml_document_get_root_node(&page.document), NULL, values);
    yaml_document_delete(&page.document);
  }
  return values;
}

char *yaml_edit(const char *text, const char *where, const char *value, GError **error) {
  Page page;
  g_autofree char *changed = NULL;
  if (page_open(&page, text)) {
    g_autofree char *section = NULL, *name = split(where, &section);
    changed = value ? put(&page, section, name, value) : cut(&page, section, name);
    yaml_document_delete(&page.document);
  }
  if (changed && changes_that_alone(text, changed, where, value))
    return g_steal_pointer(&changed);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s stands in this file in a way that is changed by hand"),
              where);
  return NULL;
}
