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

static void forget_nothing(Lanes *memory) {
  for (int lane = 0; lane < 2; lane++) {
    (*memory)[lane] = fabs((*memory)[lane]) < NOTHING ? 0.0 : (*memory)[lane];
  }
}

/* Direct form I: from one output to the next there is but a product and a difference, the longest wait in this loop;
 * all else is worked out before. One section's outputs are the next one's inputs, and are kept once. */
double k_weighting_add(KWeighting *filter, const float *samples, guint frames) {
  const KSection shelf = filter->shelf, high_pass = filter->high_pass;
  KMemory m = filter->memory; /* copies: they stay in registers */
  Lanes energy = {0.0, 0.0};
  const guint channels = filter->channels, right = channels - 1;
  for (guint i = 0; i < frames; i++) {
    const float *frame = samples + (gsize)i * channels;
    const Lanes x = {(double)frame[0], (double)frame[right]};
    const Lanes u = (shelf.b0 * x + shelf.b1 * m.x1 + shelf.b2 * m.x2 - shelf.a2 * m.u2) - shelf.a1 * m.u1;
    const Lanes y = (u - 2.0 * m.u1 + m.u2 - high_pass.a2 * m.y2) - high_pass.a1 * m.y1;
    energy += y * y;
    m = (KMemory){x, m.x1, u, m.u1, y, m.y1};
  }
  forget_nothing(&m.u1);
  forget_nothing(&m.u2);
  forget_nothing(&m.y1);
  forget_nothing(&m.y2);
  filter->memory = m;
  return energy[0] + energy[1];
}
