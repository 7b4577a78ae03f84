#include "sound/bext.h"

#include "base/error.h"
#include "base/i18n.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Places in the chunk's data (EBU Tech 3285, 2.3). */
#define VERSION_AT 346
#define LOUDNESS_AT 412
#define NOT_USED 0x7fff
#define QUIETEST_LUFS (-69.9) /* what is no louder was not measured */

static guint32 little(const guint8 *at) {
  return (guint32)at[0] | (guint32)at[1] << 8 | (guint32)at[2] << 16 | (guint32)at[3] << 24;
}

static void put(guint8 *at, int value) {
  at[0] = (guint8)(value & 0xff);
  at[1] = (guint8)(value >> 8 & 0xff);
}

/* Hundredths, rounded; what is out of the fields' range is not told. */
static int hundredths(double value) {
  double scaled = rint(value * 100.0);
  return fabs(scaled) < NOT_USED ? (int)scaled : NOT_USED;
}

static int lufs_field(double lufs) {
  return lufs > QUIETEST_LUFS ? hundredths(lufs) : NOT_USED;
}

/* Leaves `file` at the chunk's data. It stands before the samples: sizes of 4 GiB and more are never met. */
static bool seek_bext(FILE *file) {
  guint8 head[8];
  if (fseek(file, 12, SEEK_SET) != 0) {
    return false;
  }
  while (fread(head, sizeof head, 1, file) == 1 && memcmp(head, "data", 4) != 0) {
    guint32 size = little(head + 4);
    if (memcmp(head, "bext", 4) == 0) {
      return size >= LOUDNESS_AT + 10;
    }
    if (fseek(file, (long)size + size % 2, SEEK_CUR) != 0) {
      return false;
    }
  }
  return false;
}

static bool write_fields(FILE *file, long chunk, const BextLoudness *loudness) {
  guint8 version[2], fields[10];
  put(version, 2);
  put(fields, lufs_field(loudness->integrated_lufs));
  put(fields + 2, hundredths(loudness->range_lu));
  put(fields + 4, hundredths(loudness->true_peak_dbtp));
  put(fields + 6, lufs_field(loudness->max_momentary_lufs));
  put(fields + 8, lufs_field(loudness->max_short_term_lufs));
  return fseek(file, chunk + VERSION_AT, SEEK_SET) == 0 && fwrite(version, sizeof version, 1, file) == 1 &&
         fseek(file, chunk + LOUDNESS_AT, SEEK_SET) == 0 && fwrite(fields, sizeof fields, 1, file) == 1;
}

bool bext_set_loudness(const char *path, const BextLoudness *loudness, GError **error) {
  FILE *file = fopen(path, "r+be");
  if (file == NULL) {
    carnet_error_set_errno(error, errno, "%s", path);
    return false;
  }
  bool found = seek_bext(file);
  bool written = found && write_fields(file, ftell(file), loudness);
  int why = errno;
  if (fclose(file) != 0 && written) {
    why = errno;
    written = false;
  }
  if (!found) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_BUG, "%s: no bext chunk", path);
  } else if (!written) {
    carnet_error_set_errno(error, why, "%s", path);
  }
  return written;
}
