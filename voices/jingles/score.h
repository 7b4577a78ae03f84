/* The score, included by compose.c: what is played, when, how loud, where.
 * The motif is A D E F#, rising, the last note a little early: the opening
 * leaves it open (it ends on the fifth), the separator says it once, the closing brings
 * it home to D. */

/* clang-format off */
enum {
  D2 = 38, E2 = 40, FS2 = 42, G2 = 43, A2 = 45, B2 = 47,
  D3 = 50, E3 = 52, FS3 = 54, G3 = 55, A3 = 57, B3 = 59, CS4 = 61,
  D4 = 62, E4 = 64, FS4 = 66, G4 = 67, A4 = 69, B4 = 71,
  D5 = 74, E5 = 76, FS5 = 78, A5 = 81, B5 = 83, D6 = 86
};

#define SHAKE(beat, level) {SHAKER, beat, 0.12, 0, level, 0.3}

static const Note ouverture[] = {
  {PIANO, 0, 1.9, D3, 0.8, -0.2}, {PIANO, 0, 1.9, A3, 0.7, -0.1}, {PIANO, 0, 1.9, E4, 0.7, 0.1},
  {PIANO, 0, 1.9, FS4, 0.7, 0.2},
  {PIANO, 2, 1.9, B3, 0.7, -0.1}, {PIANO, 2, 1.9, D4, 0.7, 0}, {PIANO, 2, 1.9, FS4, 0.7, 0.1},
  {PIANO, 2, 1.9, A4, 0.5, 0.2},
  {PIANO, 4, 1.4, G3, 0.7, -0.1}, {PIANO, 4, 1.4, B3, 0.7, 0}, {PIANO, 4, 1.4, D4, 0.7, 0.1},
  {PIANO, 4, 1.4, E4, 0.7, 0.2},
  {PIANO, 5.5, 3.5, D3, 0.53, -0.2}, {PIANO, 5.5, 3.5, A3, 0.53, -0.1}, {PIANO, 5.5, 3.5, D4, 0.48, 0},
  {PIANO, 5.5, 3.5, FS4, 0.53, 0.1}, {PIANO, 5.5, 3.5, E5, 0.3, 0.2},
  {BASS, 0, 1.4, D2, 0.8, 0}, {BASS, 1.5, 0.4, A2, 0.6, 0}, {BASS, 2, 1.4, G2, 0.8, 0}, {BASS, 3.5, 0.4, G2, 0.5, 0},
  {BASS, 4, 0.9, A2, 0.8, 0}, {BASS, 5, 0.4, A2, 0.5, 0}, {BASS, 5.5, 3.5, D2, 0.53, 0},
  {MARIMBA, 0, 0.5, A4, 0.75, -0.15}, {MARIMBA, 0.5, 0.5, D5, 0.8, 0}, {MARIMBA, 1, 0.5, E5, 0.8, 0.1},
  {MARIMBA, 1.5, 1, FS5, 0.95, 0.15}, {MARIMBA, 2.5, 0.5, E5, 0.7, 0.1}, {MARIMBA, 3, 0.5, FS5, 0.8, 0.15},
  {MARIMBA, 3.5, 1, A5, 0.95, 0.2}, {MARIMBA, 4.5, 0.5, FS5, 0.75, 0.15}, {MARIMBA, 5, 0.5, B5, 0.85, 0.2},
  {MARIMBA, 5.5, 3, A5, 0.53, 0.15}, {MARIMBA, 5.5, 3, D5, 0.36, -0.1}, {MARIMBA, 5.5, 3, FS5, 0.36, 0},
  {BELL, 5.5, 3, A5, 0.21, 0.1},
  SHAKE(0.5, 0.4), SHAKE(1, 0.7), SHAKE(1.5, 0.4), SHAKE(1.75, 0.3), SHAKE(2, 0.4), SHAKE(2.5, 0.4), SHAKE(3, 0.7),
  SHAKE(3.5, 0.4), SHAKE(3.75, 0.3), SHAKE(4, 0.4), SHAKE(4.5, 0.4), SHAKE(5, 0.7), SHAKE(5.5, 0.6),
};

static const Note virgule[] = {
  {MARIMBA, 0, 0.5, A4, 0.75, -0.15}, {MARIMBA, 0.5, 0.5, D5, 0.8, 0}, {MARIMBA, 1, 0.5, E5, 0.8, 0.1},
  {MARIMBA, 1.5, 2, FS5, 0.95, 0.15}, {MARIMBA, 1.5, 2, A4, 0.5, -0.1},
  {PIANO, 0, 1.4, A3, 0.6, -0.1}, {PIANO, 0, 1.4, D4, 0.6, 0.1},
  {PIANO, 1.5, 2, D3, 0.8, -0.2}, {PIANO, 1.5, 2, A3, 0.8, -0.1}, {PIANO, 1.5, 2, E4, 0.7, 0.1},
  {PIANO, 1.5, 2, FS4, 0.7, 0.2},
  {BASS, 0, 0.9, A2, 0.6, 0}, {BASS, 1.5, 2, D2, 0.8, 0},
  SHAKE(0.5, 0.4), SHAKE(1, 0.7), SHAKE(1.5, 0.4),
};

static const Note fermeture[] = {
  {PIANO, 0, 1.9, B3, 0.7, -0.1}, {PIANO, 0, 1.9, D4, 0.7, 0}, {PIANO, 0, 1.9, FS4, 0.7, 0.1},
  {PIANO, 0, 1.9, A4, 0.5, 0.2},
  {PIANO, 2, 1.9, A3, 0.7, -0.1}, {PIANO, 2, 1.9, D4, 0.7, 0}, {PIANO, 2, 1.9, FS4, 0.7, 0.1},
  {PIANO, 4, 0.9, G3, 0.7, -0.1}, {PIANO, 4, 0.9, B3, 0.7, 0}, {PIANO, 4, 0.9, D4, 0.7, 0.1},
  {PIANO, 4, 0.9, FS4, 0.6, 0.2},
  {PIANO, 5, 0.9, G3, 0.7, -0.1}, {PIANO, 5, 0.9, CS4, 0.6, 0}, {PIANO, 5, 0.9, E4, 0.7, 0.1},
  {PIANO, 6, 4.5, D3, 0.65, -0.2}, {PIANO, 6, 4.5, A3, 0.65, -0.1}, {PIANO, 6, 4.5, D4, 0.58, 0},
  {PIANO, 6, 4.5, FS4, 0.65, 0.1},
  {PIANO, 6, 4.5, A4, 0.43, 0.2},
  {BASS, 0, 1.4, G2, 0.8, 0}, {BASS, 1.5, 0.4, G2, 0.5, 0}, {BASS, 2, 1.4, FS2, 0.8, 0}, {BASS, 3.5, 0.4, FS2, 0.5, 0},
  {BASS, 4, 0.9, E2, 0.8, 0}, {BASS, 5, 0.9, A2, 0.8, 0}, {BASS, 6, 4.5, D2, 0.65, 0},
  {MARIMBA, 0, 0.5, A4, 0.75, -0.15}, {MARIMBA, 0.5, 0.5, D5, 0.8, 0}, {MARIMBA, 1, 0.5, E5, 0.8, 0.1},
  {MARIMBA, 1.5, 1, FS5, 0.95, 0.15}, {MARIMBA, 2.5, 0.5, E5, 0.75, 0.1}, {MARIMBA, 3, 0.5, D5, 0.75, 0},
  {MARIMBA, 3.5, 1, A4, 0.8, -0.1}, {MARIMBA, 4.5, 0.5, B4, 0.75, -0.05}, {MARIMBA, 5, 0.5, D5, 0.75, 0},
  {MARIMBA, 5.5, 0.5, E5, 0.75, 0.1}, {MARIMBA, 6, 4, D5, 0.65, 0}, {MARIMBA, 6, 4, FS4, 0.4, -0.15},
  {BELL, 6.5, 3.5, A5, 0.22, 0.2}, {BELL, 7, 3.5, D6, 0.22, -0.2},
  SHAKE(0.5, 0.4), SHAKE(1, 0.7), SHAKE(1.5, 0.4), SHAKE(2, 0.4), SHAKE(2.5, 0.4), SHAKE(3, 0.7), SHAKE(3.5, 0.4),
  SHAKE(4, 0.4), SHAKE(4.5, 0.4), SHAKE(5, 0.6), SHAKE(5.5, 0.3),
};

static const Note alerte[] = {
  {BELL, 0, 0.5, A5, 0.8, -0.1}, {BELL, 0.5, 0.5, A5, 0.8, -0.1}, {BELL, 1, 1.7, D6, 0.9, 0.1},
  {BELL, 1, 1.7, FS5, 0.5, -0.1},
  {MARIMBA, 0, 0.5, A4, 0.8, 0}, {MARIMBA, 0.5, 0.5, A4, 0.8, 0}, {MARIMBA, 1, 1.7, D5, 0.9, 0},
  {PIANO, 1, 1.7, D4, 0.9, -0.1}, {PIANO, 1, 1.7, A4, 0.8, 0.1},
};

/* Two bars a chord: Dadd9, Bm7, Gmaj7, Em9, D/F#, Gmaj9, Asus, A9sus. Inner notes hardly move. */
#define CHORD(beat, root, low, middle, high, top)                                                                      \
  {PAD, beat, 8, root, 0.75, 0}, {PAD, beat, 8, low, 0.7, -0.2}, {PAD, beat, 8, middle, 0.6, 0.2},                     \
    {PAD, beat, 8, high, 0.5, -0.15}, {PAD, beat, 8, top, 0.4, 0.15}
#define PICK(beat, pitch, pan) {PLUCK, beat, 3, pitch, 0.5, pan}

static const Note nappe[] = {
  CHORD(0, D3, A3, D4, E4, FS4),   PICK(1, A3, -0.3),  PICK(3.5, D4, 0.3),  PICK(6, FS4, 0.1),
  CHORD(8, B2, A3, D4, E4, FS4),   PICK(9.5, B3, 0.3), PICK(13, D4, -0.2),
  CHORD(16, G2, B3, D4, E4, FS4),  PICK(17, G3, -0.3), PICK(19.5, D4, 0.25), PICK(22.5, B3, -0.1),
  CHORD(24, E3, G3, B3, D4, FS4),  PICK(25.5, B3, 0.3), PICK(29, G3, -0.25),
  CHORD(32, FS2, A3, D4, E4, FS4), PICK(33, A3, -0.3), PICK(35.5, D4, 0.3), PICK(38, E4, 0.1),
  CHORD(40, G2, B3, D4, FS4, A4),  PICK(41.5, D4, 0.25), PICK(45, B3, -0.25),
  CHORD(48, A2, A3, D4, E4, A4),   PICK(49, E3, -0.3), PICK(51.5, A3, 0.3), PICK(54.5, E4, -0.1),
  CHORD(56, A2, G3, B3, D4, E4),   PICK(57.5, B3, 0.3), PICK(61, G3, -0.25),
};

static const Piece pieces[] = {
  {"ouverture", 9.6, false, -3.2, 1.2, 1.3, ouverture, COUNT(ouverture)},
  {"virgule", 4, false, -2.8, 0.8, 1.1, virgule, COUNT(virgule)},
  {"fermeture", 11.2, false, -2.8, 1.6, 1.6, fermeture, COUNT(fermeture)},
  {"nappe", 64, true, -3.6, 0, 2.4, nappe, COUNT(nappe)},
  {"alerte", 3, false, -4.0, 0.5, 0.9, alerte, COUNT(alerte)},
};
