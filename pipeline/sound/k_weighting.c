#include "sound/k_weighting.h"

#include <math.h>

/* Below this a section's memory is silence: denormal numbers would cost a hundred times as much. */
#define NOTHING 1e-25

/* The analogue filters behind the Recommendation's tables: frequency, quality, and the shelf's gain. */
#define SHELF_HZ 1681.974450955533
#define SHELF_DB 3.999843853973347
#define SHELF_Q 0.7071752369554196
#define SHELF_SLOPE 0.4996667741545416
#define HIGH_PASS_HZ 38.13547087602444
#define HIGH_PASS_Q 0.5003270373238773

static KSection make_shelf(double rate_hz) {
  double k = tan(G_PI * SHELF_HZ / rate_hz), high = pow(10.0, SHELF_DB / 20.0), band = pow(high, SHELF_SLOPE);
  double a0 = 1.0 + k / SHELF_Q + k * k;
  return (KSection){
      .b0 = (high + band * k / SHELF_Q + k * k) / a0,
      .b1 = 2.0 * (k * k - high) / a0,
      .b2 = (high - band * k / SHELF_Q + k * k) / a0,
      .a1 = 2.0 * (k * k - 1.0) / a0,
      .a2 = (1.0 - k / SHELF_Q + k * k) / a0,
  };
}

static KSection make_high_pass(double rate_hz) {
  double k = tan(G_PI * HIGH_PASS_HZ / rate_hz), a0 = 1.0 + k / HIGH_PASS_Q + k * k;
  return (KSection){
      .b0 = 1.0,
      .b1 = -2.0,
      .b2 = 1.0,
      .a1 = 2.0 * (k * k - 1.0) / a0,
      .a2 = (1.0 - k / HIGH_PASS_Q + k * k) / a0,
  };
}

void k_weighting_init(KWeighting *filter, guint channels, guint rate_hz) {
  g_assert(channels == 1 || channels == 2);
  *filter = (KWeighting){
      .shelf = make_shelf(rate_hz),
      .high_pass = make_high_pass(rate_hz),
      .channels = channels,
  };
}

/* Transposed direct form II: the shortest way from one sample to the next. */
static inline Lanes pass(KSection *section, Lanes x) {
  Lanes y = section->b0 * x + section->z1;
  section->z1 = section->b1 * x - section->a1 * y + section->z2;
  section->z2 = section->b2 * x - section->a2 * y;
  return y;
}

static void forget_nothing(Lanes *memory) {
  for (int lane = 0; lane < 2; lane++) {
    (*memory)[lane] = fabs((*memory)[lane]) < NOTHING ? 0.0 : (*memory)[lane];
  }
}

double k_weighting_add(KWeighting *filter, const float *samples, guint frames) {
  KSection shelf = filter->shelf, high_pass = filter->high_pass; /* copies: they stay in registers */
  Lanes energy = {0.0, 0.0};
  const guint channels = filter->channels, right = channels - 1;
  for (guint i = 0; i < frames; i++) {
    const float *frame = samples + (gsize)i * channels;
    Lanes y = pass(&high_pass, pass(&shelf, (Lanes){(double)frame[0], (double)frame[right]}));
    energy += y * y;
  }
  forget_nothing(&shelf.z1);
  forget_nothing(&shelf.z2);
  forget_nothing(&high_pass.z1);
  forget_nothing(&high_pass.z2);
  filter->shelf = shelf;
  filter->high_pass = high_pass;
  return energy[0] + energy[1];
}
