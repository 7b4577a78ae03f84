#include "commands/user_print.h"

#include "logbook/users.h"

void users_json(JsonBuilder *builder, const GPtrArray *users) {
  json_builder_begin_array(builder);
  for (guint i = 0; i < users->len; i++) {
    const User *user = users->pdata[i];
    json_builder_begin_object(builder);
    json_add_int(builder, "id", user->id);
    json_add_string(builder, "name", user->name);
    json_add_string(builder, "role", role_name(user->role));
    json_add_bool(builder, "active", user->is_active);
    json_add_bool(builder, "joined", user->password != NULL);
    json_add_instant(builder, "seen", user->seen_us);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
}
