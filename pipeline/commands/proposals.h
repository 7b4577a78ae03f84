/* What a bulletin that stands could still take: the same script, entries and rules by which it is chosen
 * (editorial/amend.h), for one who changes it by hand. */
#ifndef CARNET_COMMANDS_PROPOSALS_H
#define CARNET_COMMANDS_PROPOSALS_H

#include "commands/slot.h"
#include "editorial/amend.h"

typedef struct {
  Script *script;
  GPtrArray *entries; /* Entry*, the best of its days */
  GHashTable *heard;
  ComposeInput input; /* of the above: as long as they are there */
} Proposals;

/* Reads the script and the store. Returns (proposals_free), or NULL. */
Proposals *proposals_open(Session *session, const Slot *slot, GError **error);
void proposals_free(Proposals *proposals);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Proposals, proposals_free)

#endif
