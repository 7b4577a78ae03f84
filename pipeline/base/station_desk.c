#include "base/station_desk.h"

#include "base/i18n.h"

#include <string.h>

#define SWITCH(key, member) CYAML_FIELD_BOOL(key, CYAML_FLAG_OPTIONAL, StationDeskText, member)

const cyaml_schema_field_t station_desk_fields[] = {
    CYAML_FIELD_UINT("port", CYAML_FLAG_OPTIONAL, StationDeskText, port),
    CYAML_FIELD_STRING_PTR("url", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, StationDeskText, url, 0, 4096),
    SWITCH("everywhere", everywhere),
    SWITCH("proxy", proxy),
    SWITCH("contribute", contribute),
    CYAML_FIELD_END,
};

/* "https://desk.example": without a path. */
static bool is_origin(const char *url) {
  const char *host = g_str_has_prefix(url, "https://")  ? url + strlen("https://")
                     : g_str_has_prefix(url, "http://") ? url + strlen("http://")
                                                        : "";
  return *host && strcspn(host, "/?# @\"'<>") == strlen(host);
}

bool station_desk_take(StationDesk *desk, const StationDeskText *text, const YamlFile *file, GError **error) {
  *desk = (StationDesk){.port = text->port,
                        .is_everywhere = text->everywhere,
                        .has_proxy = text->proxy,
                        .takes_contributions = text->contribute};
  if (text->port > 65535) {
    yaml_error_at(error, file, "desk.port", _("%u is out of range (%u to %u)"), text->port, 0, 65535);
    return false;
  }
  g_autofree char *url = g_strdup(text->url ? text->url : "");
  if (g_str_has_suffix(url, "/"))
    url[strlen(url) - 1] = '\0';
  if (*url && !is_origin(url)) {
    yaml_error_at(error, file, "desk.url",
                  _("where the desk is found is https://NAME (or http://NAME), without a path"));
    return false;
  }
  if (text->everywhere && !*url) {
    yaml_error_at(error, file, "desk.everywhere",
                  _("a desk that others reach says where (url: https://NAME): else any page on the web could speak to "
                    "it by another name"));
    return false;
  }
  desk->url = *url ? g_steal_pointer(&url) : NULL;
  return true;
}

void station_desk_clear(StationDesk *desk) {
  g_free(desk->url);
}
