/* What a person sets in station.yaml without writing YAML: which keys, what they are for, and how they are changed. What
 * names a program, a file of the machine, a server or a port is not among them: it is written where the machine is. */
#ifndef CARNET_COMMANDS_SETTINGS_H
#define CARNET_COMMANDS_SETTINGS_H

#include "base/station.h"

typedef enum {
  SETTING_LINE,   /* words */
  SETTING_LINES,  /* words on several lines */
  SETTING_NUMBER, /* as station.yaml takes it: -16, 30 */
  SETTING_LENGTH, /* minutes:seconds */
  SETTING_SWITCH, /* yes, no */
  SETTING_SCRIPT  /* a name of scripts/ */
} SettingKind;

typedef struct {
  const char *key;       /* "name", "run.late" */
  const char *section;   /* N_() under which it is shown; those of one section stand together */
  const char *label;     /* N_() */
  const char *hint;      /* N_(), NULL: the label says it */
  const char *otherwise; /* what holds when it is not written, as it would be written; NULL: nothing does */
  SettingKind kind;
  bool is_required; /* it cannot be taken out */
} Setting;

extern const Setting settings[]; /* ended by a NULL key */

/* station.yaml as it stands (g_free), or NULL. */
char *settings_text(const Station *station, GError **error);
/* What is written for a setting (yes or no for a switch) among the values of that text (yaml_values); NULL: nothing.
 * Borrowed. */
const char *settings_value(GHashTable *values, const Setting *setting);
/* NULL: there is none of that key. */
const Setting *settings_find(const char *key);

/* A value to be set; "": what is written is taken out. `was`: what it was decided by, as it was shown (NULL: whatever it
 * was): when another stands there, that is AGAIN. */
typedef struct {
  const char *key, *value, *was;
} SettingChange;

/* Changes `n` of them at once, or none: what the station would not load with, and a key that is no setting, is INPUT. What is
 * there already, or is as it was shown, is left alone. `changed`: the keys whose value is another now, ", " between (g_free;
 * "": none, and nothing was written). `wrong` (may be NULL): the one that was refused; NULL when no one of them was. */
bool settings_change(const Station *station, const SettingChange *changes, guint n, char **changed,
                     const Setting **wrong, GError **error);

#endif
