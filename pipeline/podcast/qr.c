#include "podcast/qr.h"

#include <glib.h>
#include <stdbool.h>
#include <qrencode.h>

#define QUIET 4 /* modules around it (ISO/IEC 18004, 6.3.8) */

char *qr_svg(const char *text, const char *label) {
  QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
  if (!code)
    return NULL;
  g_autofree char *name = g_markup_escape_text(label, -1);
  int side = code->width + 2 * QUIET;
  GString *svg = g_string_new(NULL);
  g_string_append_printf(svg, "<svg class=\"qr\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\"><path d=\"", side,
                         side, name);
  for (int y = 0; y < code->width; y++)
    for (int x = 0, run; x < code->width; x += run) { /* a row's dark runs, each a line of one module's width */
      bool dark = code->data[y * code->width + x] & 1;
      for (run = 1; x + run < code->width && (code->data[y * code->width + x + run] & 1) == dark; run++)
        ;
      if (dark)
        g_string_append_printf(svg, "M%d %d.5h%d", x + QUIET, y + QUIET, run);
    }
  g_string_append(svg, "\"/></svg>");
  QRcode_free(code);
  return g_string_free(svg, FALSE);
}
