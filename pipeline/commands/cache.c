/* carnet cache: what spoken clips take on the disk, and making room. */
#include "commands/speech_commands.h"

#include "base/json.h"
#include "commands/output.h"
#include "speech/clips.h"

#include <string.h>

#define USUAL_DAYS 30

/* "500k", "200M", "1G", or bytes. -1 and USAGE on failure. */
static gint64 parse_size(const char *text, GError **error) {
  static const struct {
    char letter;
    int shift;
  } scales[] = {{'k', 10}, {'m', 20}, {'g', 30}, {'\0', 0}};
  char *end;
  guint64 size = g_ascii_strtoull(text, &end, 10);
  for (guint i = 0; end != text && g_ascii_isdigit(*text) && i < G_N_ELEMENTS(scales); i++) {
    bool is_last = *end == '\0' || end[1] == '\0';
    if (is_last && g_ascii_tolower(*end) == scales[i].letter && size <= (guint64)G_MAXINT64 >> scales[i].shift) {
      return (gint64)(size << scales[i].shift);
    }
  }
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("--max \"%s\" is no size: write 200M or 1G"), text);
  return -1;
}

static void print_size(gint64 nbytes, guint count, gint64 freed, guint removed, bool json) {
  if (json) {
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    json_add_int(builder, "clips", count);
    json_add_int(builder, "bytes", nbytes);
    json_add_int(builder, "removed", removed);
    json_add_int(builder, "freed", freed);
    json_builder_end_object(builder);
    g_autofree char *text = json_text(builder, true);
    printf("%s\n", text);
    return;
  }
  g_autofree char *size = g_format_size_full((guint64)nbytes, G_FORMAT_SIZE_IEC_UNITS);
  if (removed > 0) {
    g_autofree char *gone = g_format_size_full((guint64)freed, G_FORMAT_SIZE_IEC_UNITS);
    printf(_("%u clips removed, %s freed\n"), removed, gone);
  }
  printf(_("%u clips, %s\n"), count, size);
}

static bool run(Session *session, int argc, char **argv, GError **error) {
  gboolean prune = FALSE, json = FALSE;
  int days = USUAL_DAYS;
  g_autofree char *max = NULL;
  const GOptionEntry entries[] = {
      {"prune", 0, 0, G_OPTION_ARG_NONE, &prune, N_("Remove clips that were not used lately"), NULL},
      {"older-than", 0, 0, G_OPTION_ARG_INT, &days, N_("With --prune: not used for so many days (30)"), N_("DAYS")},
      {"max", 0, 0, G_OPTION_ARG_STRING, &max, N_("With --prune: then the oldest, until SIZE remains"), N_("SIZE")},
      {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL},
      {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
  };
  if (!command_parse(&command_cache, entries, argc, argv, 0, 0, NULL, error)) {
    return false;
  }
  gint64 max_bytes = max ? parse_size(max, error) : 0;
  if (max_bytes < 0) {
    return false;
  }
  if (max && max_bytes == 0) {
    max_bytes = 1; /* 0 is no limit to clips_prune; no clip is so small */
  }
  if (days < 0) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("--older-than %d: from 0 days on"), days);
    return false;
  }
  const Station *station = session_station(session, error);
  if (!station) {
    return false;
  }
  g_autofree char *cache = station_path(station, "cache", NULL);
  guint removed = 0, count = 0;
  gint64 freed = prune ? clips_prune(cache, (gint64)days * 86400 * G_USEC_PER_SEC, max_bytes, &removed, error) : 0;
  gint64 nbytes = freed >= 0 ? clips_size(cache, &count, error) : -1;
  if (nbytes < 0) {
    return false;
  }
  print_size(nbytes, count, freed, removed, json);
  return true;
}

const Command command_cache = {
    .name = "cache",
    .group = N_("The voice"),
    .summary = N_("Show or prune the cache of spoken clips"),
    .usage = "",
    .help = N_("A clip is made once for each text and voice, then found here. Nothing is lost by pruning:\n"
               "what is needed again is spoken again.\n\n"
               "  carnet cache --prune --older-than 7 --max 200M"),
    .run = run,
};
