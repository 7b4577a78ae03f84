/* Writing rundown.yaml, and the sums by which an edit is noticed. */
#include "base/clock.h"
#include "base/language.h"
#include "base/text.h"
#include "base/wav.h"
#include "editorial/rundown_sums.h"

#include <string.h>

#define SUM_DIGITS 8

/* A short sum of one text. Returns (g_free). */
char *rundown_short_sum(const char *text) {
  char *digest = text_digest(text == NULL ? "" : text, NULL);
  digest[SUM_DIGITS] = '\0';
  return digest;
}

char *kept_sum_of(const Entry *entry) {
  const char *const parts[] = {entry->text,   entry->title, entry->place,
                               entry->author, entry->sound, attribution_name(entry->attribution)};
  g_autoptr(GString) all = g_string_new(NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
    g_string_append_printf(all, "%s\n", parts[i] == NULL ? "" : parts[i]);
  return rundown_short_sum(all->str);
}

/* As libyaml can read it back: without the two code points that are no characters. Returns (g_free). */
static char *quoted(const char *text) {
  g_autoptr(GString) clean = g_string_sized_new(strlen(text));
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    if (c != 0xFFFE && c != 0xFFFF)
      g_string_append_unichar(clean, c);
  }
  return text_yaml_quote(clean->str);
}

static char *decibels(double db) {
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  return g_strdup(g_ascii_formatd(buffer, sizeof buffer, "%.6g", db));
}

const char *rundown_fit_name(RundownFit fit) {
  return fit == FIT_EXACT ? "exact" : "at-most";
}

static void digest_string(GString *out, const char *text) {
  if (text == NULL)
    g_string_append(out, "-;");
  else {
    g_autofree char *clean = quoted(text);
    g_string_append_printf(out, "%zu:%s;", strlen(clean), clean);
  }
}

static void digest_number(GString *out, gint64 number) {
  g_string_append_printf(out, "%" G_GINT64_FORMAT ";", number);
}

static void digest_item(GString *out, const RundownItem *item) {
  digest_number(out, item->type);
  const char *const strings[] = {item->title, item->text, item->spoken, item->language, item->voice, item->file};
  for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
    digest_string(out, strings[i]);
  digest_number(out, item->entry);
  if (item->headline != 0)
    digest_number(out, -item->headline);
  for (guint i = 0; item->links != NULL && item->links[i] != NULL; i++)
    digest_string(out, item->links[i]);
  digest_number(out, item->frames);
  if (item->type == ITEM_PAUSE) {
    digest_number(out, item->least_frames);
    digest_number(out, item->most_frames);
  }
}

char *rundown_digest_of(const Rundown *rundown) {
  g_autoptr(GString) out = g_string_new(NULL);
  const char *const strings[] = {rundown->title, rundown->script, rundown->language, rundown->date, rundown->bed.file};
  for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
    digest_string(out, strings[i]);
  digest_number(out, rundown->fit);
  digest_number(out, rundown->slot_frames);
  if (rundown->bed.file != NULL) {
    g_autofree char *gain = decibels(rundown->bed.gain_db), *duck = decibels(rundown->bed.duck_db);
    digest_string(out, gain);
    digest_string(out, duck);
    digest_number(out, rundown->bed.attack_frames);
    digest_number(out, rundown->bed.release_frames);
  }
  for (guint i = 0; i < rundown->items->len; i++)
    digest_item(out, rundown->items->pdata[i]);
  return text_digest(out->str, NULL);
}

bool rundown_sounds_like(const Rundown *a, const Rundown *b) {
  g_autofree char *one = rundown_digest_of(a), *other = rundown_digest_of(b);
  return strcmp(one, other) == 0;
}

/* The file's opening, in the bulletin's own language: whoever makes it, under
 * whichever locale, the same bulletin is the same file. */
static const char HELP_EN[] = "# A rundown: what will be heard, in this order. You may edit it.\n"
                              "#\n"
                              "# - Change `text` to change what is said; how it is pronounced (`spoken`) then\n"
                              "#   follows by itself. To say it otherwise than it is written, change `spoken`.\n"
                              "# - Move or delete whole items (from one \"- type\" to the next), or add some:\n"
                              "#   speech needs text and voice; jingle and sound need file; pause needs frames.\n"
                              "# - frames are 1/48000 of a second. Lengths of speech and sounds, and every\n"
                              "#   start_frame, are computed again: leave them. A pause moves between its\n"
                              "#   least_frames and most_frames to meet the length; delete both to fix it.\n"
                              "# - `keep: true` in an entry's item: it stays, as it is, when the rest is chosen anew.\n"
                              "# - An edited rundown is kept and rendered as written. `locked: true` keeps it\n"
                              "#   even when it was not edited. Delete the file to have it made anew.\n";

static const char HELP_FR[] = "# Un conducteur : ce qui sera entendu, dans cet ordre. Vous pouvez le modifier.\n"
                              "#\n"
                              "# - Changez `text` pour changer ce qui est dit ; sa prononciation (`spoken`) suit\n"
                              "#   toute seule. Pour le dire autrement que c’est écrit, changez `spoken`.\n"
                              "# - Déplacez ou supprimez des éléments entiers (d’un « - type » au suivant), ou\n"
                              "#   ajoutez-en : speech (parole) veut text et voice ; jingle et sound (son) veulent\n"
                              "#   file ; pause veut frames.\n"
                              "# - frames se comptent en 1/48000 de seconde. La durée des paroles et des sons, et\n"
                              "#   chaque start_frame, sont recalculées : laissez-les. Une pause varie entre son\n"
                              "#   least_frames et son most_frames pour tomber juste ; ôtez les deux pour la fixer.\n"
                              "# - `keep: true` dans l’élément d’une note : il reste, tel quel, quand on\n"
                              "#   choisit le reste de nouveau.\n"
                              "# - Un conducteur modifié est gardé, et rendu tel qu’il est écrit. `locked: true`\n"
                              "#   le garde même s’il n’a pas été modifié. Supprimez le fichier pour le refaire.\n";

static const char HELP_ES[] = "# Una escaleta: lo que se oirá, en este orden. Puede modificarla.\n"
                              "#\n"
                              "# - Cambie `text` para cambiar lo que se dice; su pronunciación (`spoken`) lo sigue\n"
                              "#   por sí sola. Para decirlo de otra manera que como está escrito, cambie `spoken`.\n"
                              "# - Mueva o borre elementos enteros (de un \"- type\" al siguiente), o añada otros:\n"
                              "#   speech (voz) pide text y voice; jingle y sound (sonido) piden file; pause pide\n"
                              "#   frames.\n"
                              "# - frames son 1/48000 de segundo. Las duraciones de las voces y de los sonidos, y\n"
                              "#   cada start_frame, se calculan de nuevo: déjelas. Una pausa varía entre su\n"
                              "#   least_frames y su most_frames para cuadrar; borre los dos para fijarla.\n"
                              "# - `keep: true` en el elemento de una entrada: se queda, tal cual, cuando se elige lo\n"
                              "#   demás de nuevo.\n"
                              "# - Una escaleta modificada se guarda, y se emite como está escrita. `locked: true`\n"
                              "#   la guarda aunque no se haya modificado. Borre el archivo para rehacerla.\n";

static const char *help_in(const char *language) {
  return language_same(language, "fr") ? HELP_FR : language_same(language, "es") ? HELP_ES : HELP_EN;
}

static void put_string(GString *out, const char *indent, const char *key, const char *value) {
  if (value == NULL)
    return;
  g_autofree char *text = quoted(value);
  g_string_append_printf(out, "%s%s: %s\n", indent, key, text);
}

static void put_number(GString *out, const char *indent, const char *key, gint64 value) {
  g_string_append_printf(out, "%s%s: %" G_GINT64_FORMAT "\n", indent, key, value);
}

static void put_length(GString *out, const char *key, gint64 frames) {
  g_autofree char *time = duration_format(frames_to_us(frames), true);
  g_string_append_printf(out, "%s: %" G_GINT64_FORMAT " # %s\n", key, frames, time);
}

static void put_list(GString *out, const char *indent, const char *key, char *const *values) {
  if (values == NULL || values[0] == NULL)
    return;
  g_string_append_printf(out, "%s%s:\n", indent, key);
  for (guint i = 0; values[i] != NULL; i++) {
    g_autofree char *text = quoted(values[i]);
    g_string_append_printf(out, "%s  - %s\n", indent, text);
  }
}

static void put_as_made(GString *out, const RundownItem *item) {
  g_autofree char *text = rundown_short_sum(item->text);
  g_autofree char *spoken = item->own_spoken ? g_strdup(RUNDOWN_OWN) : rundown_short_sum(item->spoken);
  g_string_append_printf(out, "    as_made: \"%s %s\"\n", text, spoken);
}

static void put_item(GString *out, const RundownItem *item) {
  g_autofree char *start = duration_format(frames_to_us(item->start_frame), false);
  g_autofree char *length = duration_format(frames_to_us(item->frames), true);
  g_string_append_printf(out, "\n  - type: %s # %s, %s\n", item_type_name(item->type), start, length);
  put_string(out, "    ", "title", item->title);
  put_string(out, "    ", "text", item->text);
  put_string(out, "    ", "spoken", item->spoken);
  if (item->type == ITEM_SPEECH)
    put_as_made(out, item);
  put_string(out, "    ", "language", item->language);
  put_string(out, "    ", "voice", item->voice);
  put_string(out, "    ", "file", item->file);
  if (item->entry != 0)
    put_number(out, "    ", "entry", item->entry);
  if (item->headline != 0)
    put_number(out, "    ", "headline", item->headline);
  put_list(out, "    ", "links", item->links);
  if (item->kept)
    g_string_append(out, "    keep: true\n");
  if (item->kept)
    put_string(out, "    ", "keep_sum", item->kept_sum);
  put_number(out, "    ", "start_frame", item->start_frame);
  put_number(out, "    ", "frames", item->frames);
  if (item->type == ITEM_PAUSE && item->least_frames != item->most_frames) {
    put_number(out, "    ", "least_frames", item->least_frames);
    put_number(out, "    ", "most_frames", item->most_frames);
  }
}

static void put_bed(GString *out, const RundownBed *bed) {
  if (bed->file == NULL)
    return;
  g_autofree char *file = quoted(bed->file), *gain = decibels(bed->gain_db), *duck = decibels(bed->duck_db);
  g_string_append_printf(out,
                         "bed: {file: %s, gain: %s, duck: %s, attack_frames: %" G_GINT64_FORMAT
                         ", release_frames: %" G_GINT64_FORMAT "}\n",
                         file, gain, duck, bed->attack_frames, bed->release_frames);
}

char *rundown_format(const Rundown *rundown) {
  GString *out = g_string_new(help_in(rundown->language));
  g_string_append_c(out, '\n');
  put_string(out, "", "title", rundown->title);
  put_string(out, "", "script", rundown->script);
  put_string(out, "", "date", rundown->date);
  put_string(out, "", "language", rundown->language);
  g_string_append_printf(out, "fit: %s\n", rundown_fit_name(rundown->fit));
  put_length(out, "slot_frames", rundown->slot_frames);
  put_length(out, "frames", rundown->frames);
  put_bed(out, &rundown->bed);
  g_string_append_printf(out, "locked: %s\n", rundown->locked ? "true" : "false");
  if (rundown->edited)
    g_string_append(out, "edited: true\n");
  g_autofree char *digest = rundown_digest_of(rundown);
  g_string_append_printf(out, "made: \"%s\"\n", digest);
  put_list(out, "", "warnings", rundown->warnings);
  g_string_append(out, rundown->items->len == 0 ? "items: []\n" : "items:\n");
  for (guint i = 0; i < rundown->items->len; i++)
    put_item(out, rundown->items->pdata[i]);
  return g_string_free(out, FALSE);
}
