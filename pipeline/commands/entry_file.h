/* An entry as a small YAML file that an editor changes and that is read back. */
#ifndef CARNET_COMMANDS_ENTRY_FILE_H
#define CARNET_COMMANDS_ENTRY_FILE_H

#include "base/yaml.h"
#include "commands/command.h"
#include "logbook/entry.h"

/* The file's text, with a comment that says how. Returns (g_free). */
char *entry_file_format(const Entry *entry);
/* Reads `path`, and looks at no entry: who writes may take his time. Returns (yaml_file_free), or NULL. */
YamlFile *entry_file_load(const char *path, GError **error);
/* Sets the fields that the file names; the others stay. What cannot be taken is
 * INPUT at PATH:LINE:COLUMN, and `entry` is then half changed. */
bool entry_file_take(Session *session, const YamlFile *file, Entry *entry, GError **error);
/* Both at once. */
bool entry_file_apply(Session *session, const char *path, Entry *entry, GError **error);

#endif
