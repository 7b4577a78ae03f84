#include "base/station_podcast.h"

#include "base/i18n.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define KEEP_MOST 100000
#define NAMES_MOST 50

#define OPTIONAL CYAML_FLAG_OPTIONAL
#define TEXT(key, member)                                                                                              \
  CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | OPTIONAL, StationPodcastText, member, 1, 4096)

static const cyaml_schema_field_t person_fields[] = {
    CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, StationPerson, name, 1, 128),
    CYAML_FIELD_STRING_PTR("role", CYAML_FLAG_POINTER | OPTIONAL, StationPerson, role, 1, 128),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t person_value = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, StationPerson, person_fields)};
static const cyaml_schema_value_t argument_value = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, 4096)};

const cyaml_schema_field_t station_podcast_fields[] = {
    TEXT("url", url),
    TEXT("title", title),
    TEXT("description", description),
    TEXT("author", author),
    TEXT("email", email),
    TEXT("category", category),
    TEXT("license", license),
    TEXT("license-url", license_url),
    TEXT("hub", hub),
    TEXT("stream", stream),
    TEXT("guid", guid),
    TEXT("location", location),
    TEXT("geo", geo),
    TEXT("trailer", trailer),
    TEXT("log", log),
    CYAML_FIELD_SEQUENCE("people", CYAML_FLAG_POINTER | OPTIONAL, StationPodcastText, people, &person_value, 0,
                         NAMES_MOST),
    CYAML_FIELD_SEQUENCE("send", CYAML_FLAG_POINTER | OPTIONAL, StationPodcastText, send, &argument_value, 1,
                         NAMES_MOST),
    CYAML_FIELD_BOOL("explicit", OPTIONAL, StationPodcastText, is_explicit),
    CYAML_FIELD_BOOL("automatic", OPTIONAL, StationPodcastText, is_automatic),
    CYAML_FIELD_UINT("keep-days", OPTIONAL, StationPodcastText, keep_days),
    CYAML_FIELD_UINT("keep-episodes", OPTIONAL, StationPodcastText, keep_episodes),
    CYAML_FIELD_END,
};

/* An address that a listener's program can open: http or https, with a host, of plain ASCII without spaces. */
static bool is_web_address(const char *url) {
  const char *host = g_str_has_prefix(url, "https://")  ? url + strlen("https://")
                     : g_str_has_prefix(url, "http://") ? url + strlen("http://")
                                                        : "";
  bool ok = *host != '\0' && *host != '/';
  for (const char *at = url; *at && ok; at++)
    ok = g_ascii_isgraph(*at) && !strchr("\"<>\\^`{|}", *at);
  return ok;
}

/* "geo:48.39,-4.48", of which feeds know no more than this. */
static bool is_geo(const char *geo) {
  double latitude = 0, longitude = 0;
  char end = 0;
  return strspn(geo, "geo:0123456789.,-") == strlen(geo) &&
         sscanf(geo, "geo:%lf,%lf%c", &latitude, &longitude, &end) == 2 && fabs(latitude) <= 90 &&
         fabs(longitude) <= 180;
}

static bool check_place(const StationPodcastText *text, const YamlFile *file, GError **error) {
  const char *wrong = text->guid && !g_uuid_string_is_valid(text->guid) ? "podcast.guid"
                      : text->geo && !is_geo(text->geo)                 ? "podcast.geo"
                      : text->geo && !text->location                    ? "podcast.location"
                                                                        : NULL;
  if (!wrong)
    return true;
  yaml_error_at(error, file, wrong,
                strcmp(wrong, "podcast.guid") == 0 ? _("a guid is a UUID, such as 27be3919-0ffb-4482-9a99-a91481c79cfc")
                : strcmp(wrong, "podcast.geo") == 0 ? _("a point is written \"geo:48.39,-4.48\" (latitude, longitude)")
                                                    : _("\"geo\" needs \"location\": the words for it"));
  return false;
}

static bool check_addresses(const StationPodcastText *text, const YamlFile *file, GError **error) {
  const struct {
    const char *where, *url;
  } addresses[] = {{"podcast.url", text->url},
                   {"podcast.license-url", text->license_url},
                   {"podcast.hub", text->hub},
                   {"podcast.stream", text->stream}};
  for (guint i = 0; i < G_N_ELEMENTS(addresses); i++)
    if (addresses[i].url && !is_web_address(addresses[i].url)) {
      yaml_error_at(error, file, addresses[i].where, _("an address begins with https:// or http://"));
      return false;
    }
  if (!text->email || (strchr(text->email, '@') && !strchr(text->email, ' ')))
    return true;
  yaml_error_at(error, file, "podcast.email", _("this is no e-mail address"));
  return false;
}

static void take_people(StationPodcast *podcast, const StationPodcastText *text) {
  podcast->n_people = text->people_count;
  podcast->people = g_new0(StationPerson, text->people_count);
  for (guint i = 0; i < text->people_count; i++)
    podcast->people[i] = (StationPerson){g_strdup(text->people[i].name), g_strdup(text->people[i].role)};
  podcast->send = text->send_count ? yaml_strings(text->send, text->send_count) : NULL;
}

bool station_podcast_take(Station *station, const StationPodcastText *text, const YamlFile *file, GError **error) {
  StationPodcast *podcast = &station->podcast;
  *podcast = (StationPodcast){.title = g_strdup(text->title ? text->title : station->name),
                              .description = g_strdup(text->description ? text->description : station->name),
                              .author = g_strdup(text->author ? text->author : station->name),
                              .email = g_strdup(text->email),
                              .category = g_strdup(text->category ? text->category : "News"),
                              .license = g_strdup(text->license),
                              .license_url = g_strdup(text->license_url),
                              .hub = g_strdup(text->hub),
                              .stream = g_strdup(text->stream),
                              .guid = g_strdup(text->guid),
                              .location = g_strdup(text->location),
                              .geo = g_strdup(text->geo),
                              .trailer = g_strdup(text->trailer),
                              .log = g_strdup(text->log),
                              .is_explicit = text->is_explicit,
                              .is_automatic = text->is_automatic,
                              .keep_days = text->keep_days,
                              .keep_episodes = text->keep_episodes};
  take_people(podcast, text);
  if (!check_addresses(text, file, error) || !check_place(text, file, error))
    return false;
  if (text->keep_days > KEEP_MOST || text->keep_episodes > KEEP_MOST) {
    yaml_error_at(error, file, text->keep_days > KEEP_MOST ? "podcast.keep-days" : "podcast.keep-episodes",
                  _("%u is out of range (%u to %u)"), MAX(text->keep_days, text->keep_episodes), 0u,
                  (unsigned)KEEP_MOST);
    return false;
  }
  const char *url = text->url ? text->url : "";
  podcast->url = !*url || g_str_has_suffix(url, "/") ? g_strdup(url) : g_strconcat(url, "/", NULL);
  return true;
}

void station_podcast_clear(StationPodcast *podcast) {
  char *const strings[] = {podcast->url,   podcast->title,    podcast->description, podcast->author,
                           podcast->email, podcast->category, podcast->license,     podcast->license_url,
                           podcast->hub,   podcast->stream,   podcast->guid,        podcast->location,
                           podcast->geo,   podcast->trailer,  podcast->log};
  for (guint i = 0; i < G_N_ELEMENTS(strings); i++)
    g_free(strings[i]);
  for (guint i = 0; i < podcast->n_people; i++) {
    g_free(podcast->people[i].name);
    g_free(podcast->people[i].role);
  }
  g_free(podcast->people);
  g_strfreev(podcast->send);
}
