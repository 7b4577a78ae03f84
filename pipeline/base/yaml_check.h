/* A YAML text against its schema, before libcyaml reads it: libcyaml 1.3.1
 * places an unknown key at the token before it and reads "maybe" as true and
 * 3.5 as 3; a person who edits a file by hand needs better. */
#ifndef CARNET_BASE_YAML_CHECK_H
#define CARNET_BASE_YAML_CHECK_H

#include <cyaml/cyaml.h>
#include <glib.h>
#include <stdbool.h>
#include <yaml.h>

/* Syntax, one document, no alias, then every key and value against `schema`.
 * A failure is INPUT, `PATH:LINE:COLUMN: what`. */
bool yaml_check(const char *path, GBytes *text, const cyaml_schema_value_t *schema, GError **error);

/* libyaml at the beginning of `text` (which stays the caller's). Freed with yaml_parser_delete. */
void yaml_start(yaml_parser_t *parser, GBytes *text);

/* The pair that a mapping has under `key` (the document's), or NULL: there is none, or `node` is no mapping or NULL. */
yaml_node_pair_t *yaml_pair(yaml_document_t *document, const yaml_node_t *node, const char *key);

#endif
