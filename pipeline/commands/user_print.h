/* Users as programs read them. */
#ifndef CARNET_COMMANDS_USER_PRINT_H
#define CARNET_COMMANDS_USER_PRINT_H

#include "base/json.h"

/* Adds an array of objects to where `builder` is, of User* (logbook/users.h): no sum of any secret is in them. */
void users_json(JsonBuilder *builder, const GPtrArray *users);

#endif
