#include "sound/tags.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/wav.h"

#include <math.h>
#include <string.h>

#define REPLAYGAIN_REFERENCE_LUFS (-18.0) /* ReplayGain 2.0 */
#define R128_REFERENCE_LUFS (-23.0)       /* RFC 7845, 5.2.1 */

/* --- ProgrammeTags ----------------------------------------------------------- */

static void clear_chapter(gpointer data) {
  Chapter *chapter = data;
  g_free(chapter->title);
  g_free(chapter->url);
}

ProgrammeTags *programme_tags_copy(const ProgrammeTags *tags) {
  ProgrammeTags *copy = g_new0(ProgrammeTags, 1);
  *copy = (ProgrammeTags){
      .title = g_strdup(tags->title),
      .artist = g_strdup(tags->artist),
      .album = g_strdup(tags->album),
      .date = g_strdup(tags->date),
      .language = g_strdup(tags->language),
      .comment = g_strdup(tags->comment),
      .genre = g_strdup(tags->genre),
      .url = g_strdup(tags->url),
      .cover = g_strdup(tags->cover),
      .originator = g_strdup(tags->originator),
      .loudness_lufs = tags->loudness_lufs,
  };
  if (tags->chapters != NULL) {
    copy->chapters = g_array_new(FALSE, FALSE, sizeof(Chapter));
    for (guint i = 0; i < tags->chapters->len; i++) {
      Chapter chapter = g_array_index(tags->chapters, Chapter, i);
      chapter.title = g_strdup(chapter.title);
      chapter.url = g_strdup(chapter.url);
      g_array_append_val(copy->chapters, chapter);
    }
  }
  return copy;
}

void programme_tags_free(ProgrammeTags *tags) {
  if (tags == NULL) {
    return;
  }
  char *const strings[] = {tags->title,   tags->artist, tags->album, tags->date,  tags->language,
                           tags->comment, tags->genre,  tags->url,   tags->cover, tags->originator};
  for (guint i = 0; i < G_N_ELEMENTS(strings); i++) {
    g_free(strings[i]);
  }
  if (tags->chapters != NULL) {
    g_array_set_clear_func(tags->chapters, clear_chapter);
    g_array_unref(tags->chapters);
  }
  g_free(tags);
}

/* --- metadata ---------------------------------------------------------------- */

static void set(AVDictionary **metadata, const char *key, const char *value) {
  if (value != NULL && *value != '\0') {
    lavf.av_dict_set(metadata, key, value, 0);
  }
}

/* ID3's TLAN and MP4 want ISO 639-2; other codes are passed on as they are. */
static const char *three_letters(const char *language) {
  static const char *const codes[][2] = {
      {"fr", "fra"}, {"en", "eng"}, {"es", "spa"}, {"br", "bre"}, {"oc", "oci"}, {"eu", "eus"}, {"ca", "cat"},
      {"co", "cos"}, {"de", "deu"}, {"it", "ita"}, {"pt", "por"}, {"nl", "nld"}, {"ar", "ara"}, {"gl", "glg"},
  };
  for (guint i = 0; language != NULL && i < G_N_ELEMENTS(codes); i++) {
    gsize length = strlen(codes[i][0]);
    if (strncmp(language, codes[i][0], length) == 0 && (language[length] == '\0' || language[length] == '-')) {
      return codes[i][1];
    }
  }
  return language;
}

static bool has_vorbis_comments(SoundFormat format) {
  return format == FORMAT_OPUS || format == FORMAT_FLAC;
}

static void set_loudness(AVDictionary **metadata, SoundFormat format, double loudness_lufs) {
  if (loudness_lufs >= 0.0) {
    return;
  }
  char value[G_ASCII_DTOSTR_BUF_SIZE];
  if (format == FORMAT_OPUS) { /* Q7.8; the REPLAYGAIN comments are not for Opus */
    lavf.av_dict_set_int(metadata, "R128_TRACK_GAIN", lrint((R128_REFERENCE_LUFS - loudness_lufs) * 256.0), 0);
  } else if (format != FORMAT_WAV) {
    g_ascii_formatd(value, sizeof value, "%.2f", REPLAYGAIN_REFERENCE_LUFS - loudness_lufs);
    g_autofree char *gain = g_strconcat(value, " dB", NULL);
    set(metadata, "REPLAYGAIN_TRACK_GAIN", gain);
  }
}

static void set_ascii(AVDictionary **metadata, const char *key, const char *value) {
  g_autofree char *ascii = value != NULL ? g_str_to_ascii(value, "C") : NULL;
  set(metadata, key, ascii);
}

/* EBU Tech 3285: fixed ASCII fields; the muxer pads and cuts them. */
static void set_bext(AVDictionary **metadata, const ProgrammeTags *tags) {
  set_ascii(metadata, "description", tags->title);
  set_ascii(metadata, "originator", tags->originator);
  if (tags->date != NULL && strlen(tags->date) >= 10) {
    g_autofree char *day = g_strndup(tags->date, 10);
    set(metadata, "origination_date", day);
    set(metadata, "origination_time", "00:00:00");
  }
  set(metadata, "time_reference", "0");
  set(metadata, "coding_history", "A=PCM,F=48000,W=24,M=stereo,T=carnet\r\n");
}

static void set_metadata(AVDictionary **metadata, SoundFormat format, const ProgrammeTags *tags) {
  set(metadata, "title", tags->title);
  set(metadata, "artist", tags->artist);
  set(metadata, "album", tags->album);
  set(metadata, "date", tags->date);
  set(metadata, "genre", tags->genre);
  set(metadata, has_vorbis_comments(format) ? "DESCRIPTION" : "comment", tags->comment);
  set(metadata, "language", has_vorbis_comments(format) ? tags->language : three_letters(tags->language));
  set(metadata, has_vorbis_comments(format) ? "CONTACT" : "WOAR", tags->url);
  set_loudness(metadata, format, tags->loudness_lufs);
  if (format == FORMAT_WAV) {
    set_bext(metadata, tags);
  }
}

/* --- chapters ---------------------------------------------------------------- */

/* The muxer writes them as CHAP and CTOC (ID3v2 chapter frames 1.0), a text track
 * and a chpl atom (MP4). */
static bool add_chapter(AVFormatContext *output, guint i, const Chapter *chapter) {
  AVChapter **chapters = lavf.av_realloc_array(output->chapters, i + 1, sizeof(AVChapter *));
  if (chapters == NULL) {
    return false;
  }
  output->chapters = chapters;
  chapters[i] = lavf.av_mallocz(sizeof *chapters[i]);
  if (chapters[i] == NULL) {
    return false;
  }
  output->nb_chapters = i + 1;
  chapters[i]->id = (int64_t)i;
  chapters[i]->time_base = (AVRational){1, FRAME_RATE};
  chapters[i]->start = chapter->start_frame;
  chapters[i]->end = chapter->end_frame;
  return lavf.av_dict_set(&chapters[i]->metadata, "title", chapter->title != NULL ? chapter->title : "", 0) >= 0;
}

/* CHAPTERxxx comments: the FLAC muxer leaves them out, and the Ogg muxer rounds
 * the seconds up (5.1: 46.678 becomes 47.678). */
static void set_chapter_comment(AVDictionary **metadata, guint i, const Chapter *chapter) {
  gint64 ms = frames_to_us(chapter->start_frame) / 1000;
  g_autofree char *key = g_strdup_printf("CHAPTER%03u", i);
  g_autofree char *name = g_strconcat(key, "NAME", NULL);
  g_autofree char *time = g_strdup_printf("%02d:%02d:%02d.%03d", (int)(ms / 3600000), (int)(ms / 60000 % 60),
                                          (int)(ms / 1000 % 60), (int)(ms % 1000));
  set(metadata, key, time);
  set(metadata, name, chapter->title);
}

bool tags_apply(AVFormatContext *output, SoundFormat format, const ProgrammeTags *tags, GError **error) {
  set_metadata(&output->metadata, format, tags);
  if (format == FORMAT_AAC) {
    set(&output->streams[0]->metadata, "language", three_letters(tags->language));
  }
  for (guint i = 0; tags->chapters != NULL && i < tags->chapters->len; i++) {
    const Chapter *chapter = &g_array_index(tags->chapters, Chapter, i);
    if (has_vorbis_comments(format)) {
      set_chapter_comment(&output->metadata, i, chapter);
    } else if (format != FORMAT_WAV && !add_chapter(output, i, chapter)) {
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, "%s", _("out of memory"));
      return false;
    }
  }
  return true;
}
