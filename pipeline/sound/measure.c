#include "sound/measure.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/profile.h"
#include "sound/true_peak.h"

#include <ebur128.h>
#include <math.h>

#define RELATIVE_GATE_LU (-10.0)
/* In JSON a block is its loudness in hundredths of LUFS; silence is this. A peak is in thousandths of full scale. */
#define SILENT_BLOCK (-20000)
#define PEAK_UNIT 1000.0f

struct Meter {
  ebur128_state *state;
  TruePeak peak;
  GArray *blocks; /* float */
  GArray *peaks;  /* float */
  guint channels, block_frames;
  guint in_block; /* frames of the block under way */
  float peak_now; /* of the 20 ms under way */
  gint64 frames;
};

double loudness_of_energy(double energy) {
  return -0.691 + 10.0 * log10(energy);
}

double energy_of_loudness(double lufs) {
  return pow(10.0, (lufs + 0.691) / 10.0);
}

/* Mean of the gating blocks above `gate`; 0 when none is. */
static double mean_above(const float *energies, guint n, double gate) {
  double sum = 0.0;
  guint count = 0;
  for (guint i = 0; i + 4 <= n; i++) {
    double energy =
        ((double)energies[i] + (double)energies[i + 1] + (double)energies[i + 2] + (double)energies[i + 3]) / 4.0;
    if (energy >= gate) {
      sum += energy;
      count++;
    }
  }
  return count == 0 ? 0.0 : sum / count;
}

double loudness_of_blocks(const float *energies, guint n) {
  return loudness_gated(energies, n, RELATIVE_GATE_LU);
}

double loudness_gated(const float *energies, guint n, double gate_lu) {
  const double absolute = energy_of_loudness(MEASURE_SILENCE_LUFS);
  double relative = mean_above(energies, n, absolute) * pow(10.0, gate_lu / 10.0);
  double energy = mean_above(energies, n, MAX(absolute, relative));
  return energy < absolute ? MEASURE_SILENCE_LUFS : loudness_of_energy(energy);
}

Meter *meter_new(guint channels, guint rate_hz, GError **error) {
  g_autoptr(Meter) meter = g_new0(Meter, 1);
  if (channels < 1 || channels > 2 || rate_hz % 10 != 0) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_BUG, "cannot measure %u channels at %u Hz", channels, rate_hz);
    return NULL;
  }
  meter->channels = channels;
  meter->block_frames = rate_hz / 10;
  meter->blocks = g_array_new(FALSE, FALSE, sizeof(float));
  meter->peaks = g_array_new(FALSE, FALSE, sizeof(float));
  true_peak_init(&meter->peak, channels);
  /* The gates are applied here (loudness_of_blocks), so that a forecast and a measure cannot differ. */
  meter->state = ebur128_init(channels, rate_hz, EBUR128_MODE_M);
  if (meter->state == NULL) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("out of memory"));
    return NULL;
  }
  if (channels == 1) {
    ebur128_set_channel(meter->state, 0, EBUR128_DUAL_MONO);
  }
  return g_steal_pointer(&meter);
}

void meter_free(Meter *meter) {
  if (meter == NULL) {
    return;
  }
  if (meter->state != NULL) {
    ebur128_destroy(&meter->state);
  }
  if (meter->blocks != NULL) {
    g_array_unref(meter->blocks);
  }
  if (meter->peaks != NULL) {
    g_array_unref(meter->peaks);
  }
  g_free(meter);
}

/* `frames` lie in the block under way. */
static void add_peaks(Meter *meter, const float *samples, guint frames) {
  const guint peak_frames = meter->block_frames / MEASURE_BLOCK_PEAKS;
  for (guint at = 0; at < frames;) {
    guint left = peak_frames - (meter->in_block + at) % peak_frames, n = MIN(left, frames - at);
    float highest = magnitude_highest(samples + (gsize)at * meter->channels, n * meter->channels);
    meter->peak_now = MAX(meter->peak_now, highest);
    at += n;
    if (n == left) {
      g_array_append_val(meter->peaks, meter->peak_now);
      meter->peak_now = 0.0f;
    }
  }
}

static bool add_frames(Meter *meter, const float *samples, guint frames, GError **error) {
  add_peaks(meter, samples, frames);
  if (ebur128_add_frames_float(meter->state, samples, frames) != EBUR128_SUCCESS) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("out of memory"));
    return false;
  }
  meter->in_block += frames;
  if (meter->in_block < meter->block_frames) {
    return true;
  }
  double lufs = 0.0;
  if (ebur128_loudness_window(meter->state, 100, &lufs) != EBUR128_SUCCESS) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_BUG, "libebur128: no window of 100 ms");
    return false;
  }
  float energy = isfinite(lufs) ? (float)energy_of_loudness(lufs) : 0.0f;
  g_array_append_val(meter->blocks, energy);
  meter->in_block = 0;
  return true;
}

bool meter_add(Meter *meter, const float *samples, gint64 frames, GError **error) {
  PROFILE_HERE(PROFILE_MEASURE);
  true_peak_add(&meter->peak, samples, frames);
  meter->frames += frames;
  while (frames > 0) {
    guint n = (guint)MIN(frames, (gint64)(meter->block_frames - meter->in_block));
    if (!add_frames(meter, samples, n, error)) {
      return false;
    }
    samples += (gsize)n * meter->channels;
    frames -= n;
  }
  return true;
}

/* A clip too short for a gating block, or all of it under the gate: the mean of what there is. */
static double estimate(const Meter *meter) {
  double sum = 0.0;
  for (guint i = 0; i < meter->blocks->len; i++) {
    sum += (double)g_array_index(meter->blocks, float, i);
  }
  if (meter->frames == 0 || sum <= 0.0) {
    return MEASURE_SILENCE_LUFS;
  }
  return MAX(MEASURE_SILENCE_LUFS, loudness_of_energy(sum * meter->block_frames / (double)meter->frames));
}

bool meter_finish(Meter *meter, Measure *measure, GError **error) {
  PROFILE_HERE(PROFILE_MEASURE);
  guint whole = meter->blocks->len;
  if (meter->in_block > 0) {
    guint rest = meter->block_frames - meter->in_block;
    g_autofree float *silence = g_new0(float, (gsize)rest * meter->channels);
    if (!add_frames(meter, silence, rest, error)) {
      return false;
    }
  }
  true_peak_finish(&meter->peak);
  double lufs = loudness_of_blocks((const float *)(void *)meter->blocks->data, whole);
  *measure = (Measure){
      .integrated_lufs = lufs > MEASURE_SILENCE_LUFS ? lufs : estimate(meter),
      .sample_peak = meter->peak.sample_peak,
      .true_peak_dbtp = MAX(MEASURE_SILENCE_DBTP, 20.0 * log10(meter->peak.peak)),
      .n_blocks = meter->blocks->len,
  };
  measure->blocks = (float *)(void *)g_array_free(meter->blocks, FALSE);
  measure->peaks = (float *)(void *)g_array_free(meter->peaks, FALSE);
  meter->blocks = meter->peaks = NULL;
  return true;
}

void measure_clear(Measure *measure) {
  g_free(measure->blocks);
  g_free(measure->peaks);
  *measure = (Measure){0};
}

bool measure_sound(const float *samples, gint64 frames, guint channels, Measure *measure, GError **error) {
  g_autoptr(Meter) meter = meter_new(channels, MEASURE_BLOCK_FRAMES * 10, error);
  return meter != NULL && meter_add(meter, samples, frames, error) && meter_finish(meter, measure, error);
}

char *measure_format(const Measure *measure) {
  char lufs[G_ASCII_DTOSTR_BUF_SIZE], peak[G_ASCII_DTOSTR_BUF_SIZE], true_peak[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd(lufs, sizeof lufs, "%.2f", measure->integrated_lufs);
  g_ascii_formatd(peak, sizeof peak, "%.6f", measure->sample_peak);
  g_ascii_formatd(true_peak, sizeof true_peak, "%.2f", measure->true_peak_dbtp);
  GString *text = g_string_new(NULL);
  g_string_printf(text, "{\"lufs\":%s,\"sample_peak\":%s,\"true_peak_dbtp\":%s,\"blocks\":[", lufs, peak, true_peak);
  for (guint i = 0; i < measure->n_blocks; i++) {
    double energy = (double)measure->blocks[i];
    long hundredths = energy > 0.0 ? lround(100.0 * loudness_of_energy(energy)) : SILENT_BLOCK;
    g_string_append_printf(text, i == 0 ? "%ld" : ",%ld", MAX(hundredths, SILENT_BLOCK));
  }
  g_string_append(text, "],\"peaks\":[");
  for (guint i = 0; i < measure->n_blocks * MEASURE_BLOCK_PEAKS; i++) {
    g_string_append_printf(text, i == 0 ? "%ld" : ",%ld", lroundf(measure->peaks[i] * PEAK_UNIT));
  }
  g_string_append(text, "]}");
  return g_string_free(text, FALSE);
}

static JsonObject *member_object(JsonNode *node, const char *name) {
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT(node)) {
    return NULL;
  }
  JsonNode *member = json_object_get_member(json_node_get_object(node), name);
  return member != NULL && JSON_NODE_HOLDS_OBJECT(member) ? json_node_get_object(member) : NULL;
}

static bool number(JsonObject *object, const char *name, double *value) {
  JsonNode *node = json_object_get_member(object, name);
  if (node == NULL || !JSON_NODE_HOLDS_VALUE(node) ||
      (json_node_get_value_type(node) != G_TYPE_INT64 && json_node_get_value_type(node) != G_TYPE_DOUBLE)) {
    return false;
  }
  *value = json_node_get_double(node);
  return isfinite(*value);
}

/* The array of integers called `name`, or NULL. */
static JsonArray *integers(JsonObject *object, const char *name) {
  JsonNode *node = json_object_get_member(object, name);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY(node)) {
    return NULL;
  }
  JsonArray *array = json_node_get_array(node);
  for (guint i = 0; i < json_array_get_length(array); i++) {
    JsonNode *item = json_array_get_element(array, i);
    if (!JSON_NODE_HOLDS_VALUE(item) || json_node_get_value_type(item) != G_TYPE_INT64) {
      return NULL;
    }
  }
  return array;
}

static bool parse_blocks(JsonObject *object, Measure *measure) {
  JsonArray *blocks = integers(object, "blocks"), *peaks = integers(object, "peaks");
  if (blocks == NULL || peaks == NULL ||
      json_array_get_length(peaks) != MEASURE_BLOCK_PEAKS * json_array_get_length(blocks)) {
    return false;
  }
  measure->n_blocks = json_array_get_length(blocks);
  measure->blocks = g_new0(float, MAX(measure->n_blocks, 1));
  measure->peaks = g_new0(float, MAX(measure->n_blocks, 1) * MEASURE_BLOCK_PEAKS);
  for (guint i = 0; i < measure->n_blocks; i++) {
    gint64 hundredths = CLAMP(json_array_get_int_element(blocks, i), SILENT_BLOCK, 10000);
    measure->blocks[i] = hundredths == SILENT_BLOCK ? 0.0f : (float)energy_of_loudness((double)hundredths / 100.0);
  }
  for (guint i = 0; i < measure->n_blocks * MEASURE_BLOCK_PEAKS; i++) {
    measure->peaks[i] = (float)CLAMP(json_array_get_int_element(peaks, i), 0, 100000) / PEAK_UNIT;
  }
  return true;
}

bool measure_parse(const char *info_json, Measure *measure, GError **error) {
  *measure = (Measure){0};
  g_autoptr(JsonNode) root = json_parse("measure", info_json, -1, error);
  if (root == NULL) {
    return false;
  }
  JsonObject *object = member_object(root, "measure");
  if (object == NULL || !number(object, "lufs", &measure->integrated_lufs) ||
      !number(object, "sample_peak", &measure->sample_peak) ||
      !number(object, "true_peak_dbtp", &measure->true_peak_dbtp) || !parse_blocks(object, measure)) {
    measure_clear(measure);
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("the sound's info holds no measure"));
    return false;
  }
  return true;
}
