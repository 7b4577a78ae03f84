/* What each line of a pad is for: heading, list of participants, thought. */
#ifndef CARNET_SOURCES_OUTLINE_H
#define CARNET_SOURCES_OUTLINE_H

#include "sources/lines.h"
#include "sources/speaker.h"

typedef enum {
  ROLE_THOUGHT,
  ROLE_CONTINUES, /* goes on with the thought before it (wrapped line) */
  ROLE_HEADING,
  ROLE_PARTICIPANTS, /* heading of a list of participants, maybe with names after its colon */
  ROLE_PARTICIPANT,
  ROLE_ASIDE, /* an item of the agenda, a greeting, a signature: no thought */
} LineRole;

/* One role a line. Learns the participants' names into `people`. Returns (g_array_unref), LineRole elements. */
GArray *outline_read(const GPtrArray *lines, const char *today, People *people);
/* The next line is nested under line `i`. */
bool outline_has_children(const GPtrArray *lines, guint i);

#endif
