#include "sound/gate.h"

#include "base/i18n.h"
#include "base/profile.h"
#include "base/wav.h"
#include "sound/decode.h"

#include <inttypes.h>
#include <math.h>

/* What the file holds, by its own words. */
typedef struct {
  guint32 crc;
  gint64 nbytes, frames;
} Held;

static bool read_packets(const char *path, Held *held, GError **error) {
  g_autoptr(SoundFile) file = sound_file_open(path, error);
  const AVPacket *packet = NULL;
  gint64 played = 0;
  while (file != NULL && sound_file_next_packet(file, &packet, &played, error)) {
    if (packet == NULL) {
      return true;
    }
    held->crc = monitor_crc(held->crc, packet->data, (gsize)packet->size);
    held->nbytes += packet->size;
    held->frames += played;
  }
  return false;
}

static bool check_held(const Held *held, const Heard *heard, GError **error) {
  if (held->nbytes == heard->nbytes && held->crc == heard->crc) {
    return true;
  }
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
              _("it does not hold the sound that was encoded (%" PRId64 " bytes of %" PRId64 "): damaged"),
              held->nbytes, heard->nbytes);
  return false;
}

static double seconds(gint64 frames) {
  return (double)frames / FRAME_RATE;
}

/* Adds one complaint after those that are there. */
static void G_GNUC_PRINTF(2, 3) complain(GString *complaints, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  if (complaints->len > 0) {
    g_string_append(complaints, "; ");
  }
  g_string_append_vprintf(complaints, format, arguments);
  va_end(arguments);
}

static void compare(const GateReport *report, const GateLimits *limits, GString *complaints) {
  if (ABS(report->frames - limits->frames) > limits->frames_tolerance) {
    complain(complaints, _("length %.3f s, %.3f s planned"), seconds(report->frames), seconds(limits->frames));
  }
  if (limits->tolerance_lu > 0.0 && fabs(report->integrated_lufs - limits->target_lufs) > limits->tolerance_lu) {
    complain(complaints, _("loudness %.1f LUFS, %.1f ±%.1f wanted"), report->integrated_lufs, limits->target_lufs,
             limits->tolerance_lu);
  }
  if (report->true_peak_dbtp > limits->peak_dbtp) {
    complain(complaints, _("true peak %.2f dBTP, at most %.1f allowed"), report->true_peak_dbtp, limits->peak_dbtp);
  }
  if (report->longest_silence_frames > limits->max_silence_frames) {
    complain(complaints, _("silence of %.1f s, at most %.1f s allowed"), seconds(report->longest_silence_frames),
             seconds(limits->max_silence_frames));
  }
}

bool gate_check(const char *path, const Heard *heard, const GateLimits *limits, GateReport *report, GError **error) {
  PROFILE_HERE(PROFILE_GATE);
  Held held = {0};
  bool ok = read_packets(path, &held, error) && check_held(&held, heard, error);
  *report = (GateReport){
      .frames = held.frames,
      .integrated_lufs = heard->integrated_lufs,
      .true_peak_dbtp = heard->true_peak_dbtp,
      .longest_silence_frames = MIN(heard->longest_silence_frames, held.frames), /* the padding is silent */
  };
  g_autofree char *name = g_path_get_basename(path);
  if (!ok) {
    g_prefix_error(error, "%s: ", name);
    return false;
  }
  g_autoptr(GString) complaints = g_string_new(NULL);
  compare(report, limits, complaints);
  if (complaints->len > 0) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s: %s", name, complaints->str);
    return false;
  }
  return true;
}
