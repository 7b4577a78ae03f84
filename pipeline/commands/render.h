/* Rendering an edition: rundown → timeline → encodings → gate → files in place. */
#ifndef CARNET_COMMANDS_RENDER_H
#define CARNET_COMMANDS_RENDER_H

#include "commands/edition.h"
#include "sound/packets.h"
#include "sound/programme.h"

#define RENDER_TOLERANCE_LU 0.5 /* a bulletin further from its loudness is refused */

/* What is made: one for each format and bit rate that a mount carries, and what
 * the station or the command line asks for besides. */
typedef struct {
  SoundFormat format;
  unsigned bitrate_kbps;
  char *path;         /* EDITION/bulletin.mp3, bulletin-64.mp3… */
  PacketQueue *queue; /* to the air, NULL when it only goes to a file */
} Output;

/* Returns an array of Output (g_array_unref frees all). `also` may be NULL. */
GArray *render_outputs(const Edition *edition, const SoundFormat *also, guint n_also);
/* The same of an edition's folder, whether it is open or not. */
GArray *render_outputs_in(const Station *station, const char *folder, const SoundFormat *also, guint n_also);
/* One alone, wherever it is. */
GArray *render_output_at(const char *path, SoundFormat format, unsigned bitrate_kbps);
/* Index in `outputs` of what a mount carries. */
guint render_output_of_mount(const GArray *outputs, const StationMount *mount);
/* True when every output's file is in place and none is older than the rundown. */
bool render_is_done(const Edition *edition, const GArray *outputs);

/* A rendering under way: started first, filled when the rundown is known. */
typedef struct Render Render;
typedef struct {
  double tolerance_lu;  /* how far from the station's loudness the gate lets it be */
  double extra_lu;      /* aimed so much higher: correction from an earlier try */
  double extra_bed_db;  /* the bed moved so much, ≤ 0 */
  double off_before_lu; /* how far the try before this one was off */
  double extra_room_db; /* more room under the ceiling, ≥ 0 */
  bool shows_progress;
  bool sound_only; /* the edition keeps its transcript, chapters and cues */
  bool for_air;    /* first packets at once, items at the head before the rest is known */
} RenderOptions;

/* Starts the mixer and the encoders on an empty timeline. `outputs` is borrowed.
 * Returns (free with render_free: cancels), or NULL. */
Render *render_start(Edition *edition, GArray *outputs, const RenderOptions *options, GError **error);
void render_free(Render *render);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Render, render_free)
/* Gives the leading sounds of the script, so that they are mixed already. */
bool render_lead(Render *render, GPtrArray *items, guint n, GError **error);
/* Gives the rundown (borrowed until render_finish). */
bool render_fill(Render *render, const Rundown *rundown, GError **error);
/* The rundown cannot be had: the mixer stops with this error. */
void render_abandon(Render *render, const GError *error);

/* What the gate found in one output. */
typedef struct {
  double integrated_lufs, true_peak_dbtp;
  gint64 frames;
  bool passed;
} OutputReport;

/* Waits, measures every file, and only if all are good puts them, the
 * transcript, the chapters and the cues in place. `reports` (may be NULL): one
 * for each output. On failure the edition keeps what it had. */
bool render_finish(Render *render, OutputReport *reports, GError **error);

/* The whole of it for `produce`: tries again with a correction when the gate
 * refuses for loudness or peak. */
bool render_edition(Edition *edition, const Rundown *rundown, GArray *outputs, bool shows_progress,
                    OutputReport *reports, GError **error);
/* The same for files that are not the edition's own: its texts stay as they are. */
bool render_sound(Edition *edition, const Rundown *rundown, GArray *outputs, bool shows_progress, OutputReport *reports,
                  GError **error);

#endif
