/* Messages are written in English and translated by gettext (po/). */
#ifndef CARNET_BASE_I18N_H
#define CARNET_BASE_I18N_H

#include <glib.h>
#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) (text) /* marks a string in a const table; translate it with _() when printed */

/* Sets the locale from the environment and binds the catalogue. Numbers in
 * files stay in the C locale (LC_NUMERIC). Call once, first in main. */
void i18n_start(void);
/* From now on messages are English whatever the locale: what programs read
 * (--json) is the same everywhere. Before any thread is started. */
void i18n_for_programs(void);
/* From now on this thread's messages are in `language` ("fr"), where the catalogue and the system's locale have it; NULL:
 * as the program's. */
void i18n_speak(const char *language);

#endif
