/* Loudness of 100 ms energies, K-weighted and of both channels together: what BS.1770-4 and EBU Tech 3342 do with them.
 * Pure. Energies are linear means; MEASURE_BLOCK_FRAMES each. */
#ifndef CARNET_SOUND_LOUDNESS_H
#define CARNET_SOUND_LOUDNESS_H

#include <glib.h>

/* What silence measures (BS.1770's absolute gate). */
#define MEASURE_SILENCE_LUFS (-70.0)

/* -0.691 + 10 log10(energy), and back. No energy is -inf. */
double loudness_of_energy(double energy);
double energy_of_loudness(double lufs);
/* Gated programme loudness (BS.1770-4: 400 ms blocks, 75 % overlap, gates at
 * -70 LUFS and -10 LU) of consecutive 100 ms energies; -70 when nothing passes. */
double loudness_of_blocks(const float *energies, guint n);
/* The same with another relative gate than -10 LU. */
double loudness_gated(const float *energies, guint n, double gate_lu);
/* Loudness range in LU (EBU Tech 3342: 3 s windows each 100 ms, gates at -70 LUFS and -20 LU, from the 10th to the 95th
 * hundredth); 0 when nothing passes. */
double loudness_range(const float *energies, guint n);

#endif
