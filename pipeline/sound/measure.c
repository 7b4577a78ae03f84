#include "sound/measure.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/profile.h"
#include "sound/k_weighting.h"
#include "sound/true_peak.h"

#include <math.h>

/* In JSON a block is its loudness in hundredths of LUFS; silence is this. A peak is in thousandths of full scale. */
#define SILENT_BLOCK (-20000)
#define PEAK_UNIT 1000.0f

/* Energies of the last 3 s, 10 ms each, and the highest mean of a window of them. */
#define STEPS_A_BLOCK 10
#define MOMENTARY_STEPS 40
#define SHORT_TERM_STEPS 300
typedef struct {
  double ring[SHORT_TERM_STEPS];
  double momentary, short_term; /* sums of the windows that end now */
  double max_momentary, max_short_term;
  gint64 n;
} Sliding;

struct Meter {
  KWeighting weighting;
  TruePeak peak;
  GArray *blocks; /* float */
  GArray *peaks;  /* float */
  guint channels, block_frames, step_frames;
  guint in_step;    /* frames of the 10 ms under way */
  guint steps;      /* whole ones of the block under way */
  double in_energy; /* of the step under way, summed */
  double energy;    /* of the whole steps, summed */
  float peak_now;   /* of the 20 ms under way */
  Sliding sliding;
  gint64 frames;
};

Meter *meter_new(guint channels, guint rate_hz, GError **error) {
  g_autoptr(Meter) meter = g_new0(Meter, 1);
  if (channels < 1 || channels > 2 || rate_hz % 100 != 0) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_BUG, "cannot measure %u channels at %u Hz", channels, rate_hz);
    return NULL;
  }
  meter->channels = channels;
  meter->block_frames = rate_hz / 10;
  meter->step_frames = rate_hz / 100;
  meter->blocks = g_array_new(FALSE, FALSE, sizeof(float));
  meter->peaks = g_array_new(FALSE, FALSE, sizeof(float));
  true_peak_init(&meter->peak, channels);
  k_weighting_init(&meter->weighting, channels, rate_hz);
  return g_steal_pointer(&meter);
}

void meter_free(Meter *meter) {
  if (meter == NULL) {
    return;
  }
  if (meter->blocks != NULL) {
    g_array_unref(meter->blocks);
  }
  if (meter->peaks != NULL) {
    g_array_unref(meter->peaks);
  }
  g_free(meter);
}

static void slide(Sliding *sliding, double energy) {
  double *ring = sliding->ring;
  gint64 n = sliding->n;
  sliding->momentary += energy - (n >= MOMENTARY_STEPS ? ring[(n - MOMENTARY_STEPS) % SHORT_TERM_STEPS] : 0.0);
  sliding->short_term += energy - (n >= SHORT_TERM_STEPS ? ring[n % SHORT_TERM_STEPS] : 0.0);
  ring[n % SHORT_TERM_STEPS] = energy;
  sliding->n = ++n;
  if (n >= MOMENTARY_STEPS) {
    sliding->max_momentary = MAX(sliding->max_momentary, sliding->momentary / MOMENTARY_STEPS);
  }
  if (n >= SHORT_TERM_STEPS) {
    sliding->max_short_term = MAX(sliding->max_short_term, sliding->short_term / SHORT_TERM_STEPS);
  }
}

/* Ten milliseconds are whole; two make an entry of the peaks, ten a block. */
static void end_step(Meter *meter) {
  double energy = meter->in_energy / meter->step_frames;
  meter->in_energy = 0.0;
  slide(&meter->sliding, energy);
  meter->energy += energy;
  meter->in_step = 0;
  meter->steps++;
  if (meter->steps % (STEPS_A_BLOCK / MEASURE_BLOCK_PEAKS) == 0) {
    g_array_append_val(meter->peaks, meter->peak_now);
    meter->peak_now = 0.0f;
  }
  if (meter->steps == STEPS_A_BLOCK) {
    float mean = (float)(meter->energy / STEPS_A_BLOCK);
    g_array_append_val(meter->blocks, mean);
    meter->steps = 0;
    meter->energy = 0.0;
  }
}

/* `frames` lie in the 10 ms under way. */
static void add_frames(Meter *meter, const float *samples, guint frames) {
  meter->in_energy += k_weighting_add(&meter->weighting, samples, frames);
  float highest = magnitude_highest(samples, frames * meter->channels);
  meter->peak_now = MAX(meter->peak_now, highest);
  meter->in_step += frames;
  if (meter->in_step == meter->step_frames) {
    end_step(meter);
  }
}

void meter_add(Meter *meter, const float *samples, gint64 frames) {
  PROFILE_HERE(PROFILE_MEASURE);
  true_peak_add(&meter->peak, samples, frames);
  meter->frames += frames;
  while (frames > 0) {
    guint n = (guint)MIN(frames, (gint64)(meter->step_frames - meter->in_step));
    add_frames(meter, samples, n);
    samples += (gsize)n * meter->channels;
    frames -= n;
  }
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

static double highest_loudness(double energy) {
  return energy > 0.0 ? MAX(MEASURE_SILENCE_LUFS, loudness_of_energy(energy)) : MEASURE_SILENCE_LUFS;
}

void meter_finish(Meter *meter, Measure *measure) {
  PROFILE_HERE(PROFILE_MEASURE);
  guint whole = meter->blocks->len;
  g_autofree float *silence = g_new0(float, (gsize)meter->step_frames * meter->channels);
  while (meter->in_step > 0 || meter->steps > 0) {
    add_frames(meter, silence, meter->step_frames - meter->in_step);
  }
  true_peak_finish(&meter->peak);
  double lufs = loudness_of_blocks((const float *)(void *)meter->blocks->data, whole);
  *measure = (Measure){
      .integrated_lufs = lufs > MEASURE_SILENCE_LUFS ? lufs : estimate(meter),
      .sample_peak = meter->peak.sample_peak,
      .true_peak_dbtp = MAX(MEASURE_SILENCE_DBTP, 20.0 * log10(meter->peak.peak)),
      .max_momentary_lufs = highest_loudness(meter->sliding.max_momentary),
      .max_short_term_lufs = highest_loudness(meter->sliding.max_short_term),
      .n_blocks = meter->blocks->len,
  };
  measure->blocks = (float *)(void *)g_array_free(meter->blocks, FALSE);
  measure->peaks = (float *)(void *)g_array_free(meter->peaks, FALSE);
  meter->blocks = meter->peaks = NULL;
}

void measure_clear(Measure *measure) {
  g_free(measure->blocks);
  g_free(measure->peaks);
  *measure = (Measure){0};
}

bool measure_sound(const float *samples, gint64 frames, guint channels, Measure *measure, GError **error) {
  g_autoptr(Meter) meter = meter_new(channels, MEASURE_BLOCK_FRAMES * 10, error);
  if (meter == NULL) {
    return false;
  }
  meter_add(meter, samples, frames);
  meter_finish(meter, measure);
  return true;
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
