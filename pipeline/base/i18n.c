#include "base/i18n.h"

#include <locale.h>

void i18n_start(void) {
  setlocale(LC_ALL, "");
  /* Numbers in YAML, JSON and filter chains are written with a point. */
  setlocale(LC_NUMERIC, "C");
  const char *folder = g_getenv("CARNET_LOCALEDIR");
  bindtextdomain("carnet", folder ? folder : CARNET_LOCALEDIR);
  bind_textdomain_codeset("carnet", "UTF-8");
  textdomain("carnet");
}
