/* The same timeline makes the same sound with every compiler, optimisation and processor: the digest of what mixer and
 * limiter make, rounded to 16 bits, stands here. A change of the mix that is meant changes it too. */
#include "base/wav.h"
#include "sound/limiter.h"
#include "sound/mix.h"
#include "sound_material.h"

#define DIGEST "51371e14fa802545d2362768bdb42f6fab963cc6ba4b0633c24ec325e6891eda"
#define BLOCK 4096

/* Noise and a slow square, from integers alone. */
static float noise(gint64 frame) {
  guint32 bits = (guint32)frame * 2654435761u;
  bits ^= bits >> 15;
  bits *= 2246822519u;
  bits ^= bits >> 13;
  return (float)(gint16)(bits & 0xffff) / 65536.0f;
}

static float hum(gint64 frame) {
  return (frame / 109) % 2 == 0 ? 0.25f : -0.25f;
}

static float loud(gint64 frame) {
  return 2.0f * noise(frame / 3);
}

static Timeline *make_programme(const char *folder) {
  g_autofree char *jingle = material_wav(folder, "jingle.wav", 2, 30001, loud);
  g_autofree char *voice = material_wav(folder, "voice.wav", 1, 70007, noise);
  g_autofree char *music = material_wav(folder, "music.wav", 2, 60013, hum);
  const TimelineEvent events[] = {
      {.path = jingle, .start_frame = 0, .frames = 30001, .gain_db = 3.5},
      {.path = voice, .start_frame = 33333, .frames = 70007, .gain_db = 1.25, .is_speech = true},
      {.path = jingle, .start_frame = 150001, .frames = 29000, .gain_db = 6.0, .fade_in_frames = 1000},
  };
  const TimelineBed bed = {.path = music,
                           .gain_db = -7.5,
                           .duck_db = -9.0,
                           .attack_frames = 9000,
                           .release_frames = 20000,
                           .fade_in_frames = 4800,
                           .fade_out_frames = 24000,
                           .from_frame = 20001};
  Timeline *timeline = timeline_new();
  timeline_set_bed(timeline, &bed);
  for (gsize i = 0; i < G_N_ELEMENTS(events); i++) {
    timeline_append(timeline, &events[i]);
  }
  timeline_close(timeline, 190000, 170000);
  return timeline;
}

static void digest_add(GChecksum *sum, const float *samples, gint64 frames) {
  for (gint64 i = 0; i < 2 * frames; i++) {
    gint16 sample = (gint16)GINT16_TO_LE((gint16)lrintf(CLAMP(samples[i], -1.0f, 1.0f) * 32767.0f));
    g_checksum_update(sum, (const guchar *)&sample, sizeof sample);
  }
}

static void test_digest(void) {
  char *folder = material_folder();
  gint stop = 0;
  g_autoptr(GError) error = NULL;
  g_autoptr(Timeline) timeline = make_programme(folder);
  g_autoptr(Mixer) mixer = mixer_new(timeline, &stop);
  g_autoptr(Limiter) limiter = limiter_new(-2.5);
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
  float mix[2 * BLOCK], limited[2 * (BLOCK + LIMITER_EXTRA_FRAMES)];
  for (gint64 n; (n = mixer_read(mixer, mix, BLOCK, &error)) > 0;) {
    digest_add(sum, limited, limiter_process(limiter, mix, n, limited));
  }
  g_assert_no_error(error);
  digest_add(sum, limited, limiter_finish(limiter, limited));
  g_assert_cmpstr(g_checksum_get_string(sum), ==, DIGEST);
  material_remove(folder);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sound/bytes/digest", test_digest);
  return g_test_run();
}
