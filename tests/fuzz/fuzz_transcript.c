/* What is said, as subtitles and chapters. The first line is the written text, the second how it is said, the rest
 * where the words are heard: four bytes a mark. */
#include "fuzz.h"

#include "podcast/timings.h"

#define ITEM_FRAMES 480000

static Rundown *rundown_of(char **lines) {
  Rundown *rundown = rundown_new();
  RundownItem *item = rundown_item_new(ITEM_SPEECH);
  item->title = text_head(lines[0], 60);
  item->text = g_strdup(lines[0]);
  item->spoken = lines[1] != NULL ? g_strdup(lines[1]) : NULL;
  item->language = g_strdup("fr");
  item->voice = g_strdup("claire");
  item->frames = ITEM_FRAMES;
  g_ptr_array_add(rundown->items, item);
  g_ptr_array_add(rundown->items, rundown_item_copy(item));
  rundown_retime(rundown);
  return rundown;
}

/* In order and inside the spoken text, as the voice gives them. */
static GArray *marks_of(const char *bytes, gsize spoken_bytes) {
  GArray *marks = g_array_new(FALSE, FALSE, sizeof(SpokenMark));
  SpokenMark mark = {0};
  for (gsize n = bytes != NULL ? strlen(bytes) : 0; n >= 4; n -= 4, bytes += 4) {
    mark.frame = MIN(mark.frame + (guchar)bytes[0] * 256 + (guchar)bytes[1], ITEM_FRAMES - 1);
    mark.offset = MIN(mark.offset + (guchar)bytes[2], (guint)spoken_bytes);
    mark.length = MIN((guchar)bytes[3], (guint)spoken_bytes - mark.offset);
    g_array_append_val(marks, mark);
  }
  return marks;
}

/* Every cue is longer than nothing, and none begins before the last one ended. */
static void check_transcript(const char *transcript) {
  g_auto(GStrv) lines = g_strsplit(transcript, "\n", -1);
  double last = 0;
  promise(g_str_has_prefix(transcript, "WEBVTT\n\n") && fuzz_is_printable(transcript, true));
  for (char **line = lines; *line != NULL; line++) {
    guint from[4], to[4];
    if (sscanf(*line, "%u:%u:%u.%u --> %u:%u:%u.%u", &from[0], &from[1], &from[2], &from[3], &to[0], &to[1], &to[2],
               &to[3]) != 8)
      continue;
    double begins = from[0] * 3600 + from[1] * 60 + from[2] + from[3] / 1e3;
    double ends = to[0] * 3600 + to[1] * 60 + to[2] + to[3] / 1e3;
    promise(begins >= last && ends > begins && ends <= 2.0 * ITEM_FRAMES / 48000);
    last = ends;
  }
}

static void fuzz_transcript(const guint8 *data, gsize nbytes) {
  g_autofree char *text = fuzz_clean_text(data, nbytes);
  g_auto(GStrv) lines = g_strsplit(text != NULL ? text : "", "\n", 3);
  if (lines[0] == NULL || *lines[0] == '\0')
    return;
  g_autoptr(Rundown) rundown = rundown_of(lines);
  bool has_words = lines[1] != NULL;
  GArray *heard = marks_of(has_words ? lines[2] : NULL, has_words ? strlen(lines[1]) : 0);
  g_autoptr(GPtrArray) marks = g_ptr_array_new();
  g_ptr_array_add(marks, heard);
  g_autofree char *transcript = transcript_vtt(rundown, marks);
  g_autofree char *chapters = chapters_json(rundown);
  g_array_unref(heard);
  if (fuzz_reads_only)
    return;
  check_transcript(transcript);
  promise(fuzz_is_printable(chapters, true));
}

FUZZ_TARGET(fuzz_transcript)
