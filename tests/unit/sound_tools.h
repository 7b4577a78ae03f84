/* Other people's tools look at what we made: ffmpeg, ffprobe, mp3val, opusinfo. */
#ifndef CARNET_TESTS_SOUND_TOOLS_H
#define CARNET_TESTS_SOUND_TOOLS_H

#include <gio/gio.h>

#include <glib.h>
#include <string.h>

/* What the program prints on its standard output; it must succeed. Returns (g_bytes_unref). */
static inline GBytes *tool_output(const char *const *argv) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) tool = g_subprocess_newv(argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error(error);
  GBytes *output = NULL;
  g_assert_true(g_subprocess_communicate(tool, NULL, NULL, &output, NULL, &error));
  g_assert_true(g_subprocess_get_successful(tool));
  return output;
}

static inline char *tool_text(const char *const *argv) {
  g_autoptr(GBytes) output = tool_output(argv);
  gsize nbytes = 0;
  const char *text = g_bytes_get_data(output, &nbytes);
  return g_strndup(text != NULL ? text : "", nbytes);
}

/* The file decoded by ffmpeg: float32, stereo, interleaved. Returns (g_bytes_unref). */
static inline GBytes *tool_decode(const char *path) {
  const char *argv[] = {"ffmpeg", "-v", "error", "-i", path, "-map", "0:a", "-f", "f32le", "-ac", "2", "-", NULL};
  return tool_output(argv);
}

static inline gint64 tool_decoded_frames(const char *path) {
  g_autoptr(GBytes) sound = tool_decode(path);
  return (gint64)(g_bytes_get_size(sound) / (2 * sizeof(float)));
}

/* ffprobe's view: "format", "streams" and "chapters" as flat lines. Returns (g_free). */
static inline char *tool_probe(const char *path) {
  const char *argv[] = {"ffprobe", "-v", "error", "-show_format", "-show_streams", "-show_chapters", "-print_format",
                        "flat",    path, NULL};
  return tool_text(argv);
}

static inline void tool_assert_says(const char *text, const char *what) {
  if (strstr(text, what) == NULL) {
    g_test_message("not found: %s\nin: %s", what, text);
    g_test_fail();
  }
}

/* FOLDER/NAME, made by ffmpeg with these arguments, a blank between each two. Returns (g_free). */
static inline char *tool_make(const char *folder, const char *arguments, const char *name) {
  g_autofree char *path = g_build_filename(folder, name, NULL);
  g_autofree char *line = g_strdup_printf("ffmpeg -nostdin -v error -y %s %s", arguments, path);
  g_auto(GStrv) argv = g_strsplit(line, " ", -1);
  g_autoptr(GError) error = NULL;
  gint status = 0;
  g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error(error);
  g_assert_cmpint(status, ==, 0);
  return g_steal_pointer(&path);
}

#endif
