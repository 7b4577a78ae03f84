#include "sound/loudness.h"

#include <math.h>

#define RELATIVE_GATE_LU (-10.0)
#define RANGE_GATE_LU (-20.0)
#define SHORT_TERM 30 /* blocks of 100 ms */

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

static int compare_floats(gconstpointer a, gconstpointer b) {
  const float x = *(const float *)a, y = *(const float *)b;
  return x < y ? -1 : x > y;
}

/* Mean energies of every 3 s that pass `gate`, rising. Returns (g_array_unref). */
static GArray *short_terms_above(const float *energies, guint n, double gate) {
  GArray *terms = g_array_new(FALSE, FALSE, sizeof(float));
  for (guint i = 0; i + SHORT_TERM <= n; i++) {
    double sum = 0.0;
    for (guint k = i; k < i + SHORT_TERM; k++) {
      sum += (double)energies[k];
    }
    float mean = (float)(sum / SHORT_TERM);
    if ((double)mean >= gate) {
      g_array_append_val(terms, mean);
    }
  }
  g_array_sort(terms, compare_floats);
  return terms;
}

static double hundredth(const GArray *terms, double share) {
  guint place = (guint)lround((double)(terms->len - 1) * share);
  return loudness_of_energy((double)g_array_index(terms, float, place));
}

double loudness_range(const float *energies, guint n) {
  const double absolute = energy_of_loudness(MEASURE_SILENCE_LUFS);
  g_autoptr(GArray) heard = short_terms_above(energies, n, absolute);
  double sum = 0.0;
  for (guint i = 0; i < heard->len; i++) {
    sum += (double)g_array_index(heard, float, i);
  }
  if (heard->len == 0) {
    return 0.0;
  }
  double gate = MAX(absolute, sum / heard->len * pow(10.0, RANGE_GATE_LU / 10.0));
  g_autoptr(GArray) counted = short_terms_above(energies, n, gate);
  return hundredth(counted, 0.95) - hundredth(counted, 0.10);
}
