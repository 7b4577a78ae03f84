#include "base/station_podcast.h"

#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

#define KEEP_MOST 100000

#define OPTIONAL CYAML_FLAG_OPTIONAL
#define TEXT(key, member)                                                                                              \
  CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | OPTIONAL, StationPodcastText, member, 1, 4096)

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
                              .is_explicit = text->is_explicit,
                              .is_automatic = text->is_automatic,
                              .keep_days = text->keep_days,
                              .keep_episodes = text->keep_episodes};
  if (!check_addresses(text, file, error))
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
  char *const strings[] = {podcast->url,      podcast->title,   podcast->description, podcast->author, podcast->email,
                           podcast->category, podcast->license, podcast->license_url, podcast->hub,    podcast->stream};
  for (guint i = 0; i < G_N_ELEMENTS(strings); i++)
    g_free(strings[i]);
}
