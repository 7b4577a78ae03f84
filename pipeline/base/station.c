#include "base/station.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "base/language.h"
#include "base/station_calendars.h"
#include "base/station_desk.h"
#include "base/station_podcast.h"
#include "base/station_run.h"
#include "base/text.h"
#include "base/yaml.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define PASSWORD_MAX_BYTES 4096
#define MOUNTS_MAX 900 /* libshout selects: 1023 descriptors at most, ours among them */

static const struct {
  const char *name, *extension;
} formats[FORMAT_COUNT] = {
    [FORMAT_MP3] = {"mp3", "mp3"}, [FORMAT_OPUS] = {"opus", "opus"}, [FORMAT_FLAC] = {"flac", "flac"},
    [FORMAT_AAC] = {"aac", "m4a"}, [FORMAT_WAV] = {"wav", "wav"},
};

/* --- the file as libcyaml reads it ------------------------------------------ */

typedef struct {
  char *mount;
  int format;
  unsigned *bitrate, *port; /* NULL: not written; 0 is refused */
  char *name, *genre, *url, *description, *host;
  int mode;
  bool is_public;
} MountText;

typedef struct {
  char *host;
  unsigned *port; /* NULL: not written; 0 is refused */
  char *user, *password_file;
  int tls;
  char *ca_file;
} IcecastText;

typedef struct {
  char *name, *language, *zone, *url, *cover;
  double *loudness, *peak;
  IcecastText icecast;
  MountText *mounts;
  unsigned mounts_count;
  int *also;
  unsigned also_count;
  StationRunText run;
  StationPodcastText podcast;
  StationDeskText desk;
  StationCalendarText *calendars;
  unsigned calendars_count;
} StationText;

static const cyaml_strval_t format_names[] = {
    {"mp3", FORMAT_MP3}, {"opus", FORMAT_OPUS}, {"flac", FORMAT_FLAC}, {"aac", FORMAT_AAC}, {"wav", FORMAT_WAV},
};

static const cyaml_strval_t tls_names[] = {
    {"none", TLS_NONE},
    {"auto", TLS_AUTO},
    {"required", TLS_REQUIRED},
    {"transport", TLS_TRANSPORT},
};

static const cyaml_strval_t mode_names[] = {{"insert", 0}, {"continuous", 1}};

#define OPTIONAL CYAML_FLAG_OPTIONAL
#define TEXT_FIELD(key, flags, type, member)                                                                           \
  CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (flags), type, member, 0, 4096)

static const cyaml_schema_field_t mount_fields[] = {
    TEXT_FIELD("mount", 0, MountText, mount),
    CYAML_FIELD_ENUM("format", CYAML_FLAG_STRICT, MountText, format, format_names, CYAML_ARRAY_LEN(format_names)),
    CYAML_FIELD_UINT_PTR("bitrate", CYAML_FLAG_POINTER | OPTIONAL, MountText, bitrate),
    TEXT_FIELD("name", OPTIONAL, MountText, name),
    TEXT_FIELD("genre", OPTIONAL, MountText, genre),
    TEXT_FIELD("url", OPTIONAL, MountText, url),
    TEXT_FIELD("description", OPTIONAL, MountText, description),
    CYAML_FIELD_BOOL("public", OPTIONAL, MountText, is_public),
    TEXT_FIELD("host", OPTIONAL, MountText, host),
    CYAML_FIELD_UINT_PTR("port", CYAML_FLAG_POINTER | OPTIONAL, MountText, port),
    CYAML_FIELD_ENUM("mode", CYAML_FLAG_STRICT | OPTIONAL, MountText, mode, mode_names, CYAML_ARRAY_LEN(mode_names)),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t mount_value = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, MountText, mount_fields)};

static const cyaml_schema_value_t also_value = {
    CYAML_VALUE_ENUM(CYAML_FLAG_STRICT, int, format_names, CYAML_ARRAY_LEN(format_names))};

static const cyaml_schema_field_t icecast_fields[] = {
    TEXT_FIELD("host", OPTIONAL, IcecastText, host),
    CYAML_FIELD_UINT_PTR("port", CYAML_FLAG_POINTER | OPTIONAL, IcecastText, port),
    TEXT_FIELD("user", OPTIONAL, IcecastText, user),
    TEXT_FIELD("password-file", OPTIONAL, IcecastText, password_file),
    CYAML_FIELD_ENUM("tls", CYAML_FLAG_STRICT | OPTIONAL, IcecastText, tls, tls_names, CYAML_ARRAY_LEN(tls_names)),
    TEXT_FIELD("ca-file", OPTIONAL, IcecastText, ca_file),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t station_fields[] = {
    TEXT_FIELD("name", 0, StationText, name),
    TEXT_FIELD("language", 0, StationText, language),
    TEXT_FIELD("zone", 0, StationText, zone),
    TEXT_FIELD("url", OPTIONAL, StationText, url),
    TEXT_FIELD("cover", OPTIONAL, StationText, cover),
    CYAML_FIELD_FLOAT_PTR("loudness", CYAML_FLAG_POINTER | OPTIONAL, StationText, loudness),
    CYAML_FIELD_FLOAT_PTR("peak", CYAML_FLAG_POINTER | OPTIONAL, StationText, peak),
    CYAML_FIELD_MAPPING("icecast", OPTIONAL, StationText, icecast, icecast_fields),
    CYAML_FIELD_SEQUENCE("mounts", CYAML_FLAG_POINTER | OPTIONAL, StationText, mounts, &mount_value, 0, MOUNTS_MAX),
    CYAML_FIELD_SEQUENCE("also", CYAML_FLAG_POINTER | OPTIONAL, StationText, also, &also_value, 0, FORMAT_COUNT),
    CYAML_FIELD_MAPPING("run", OPTIONAL, StationText, run, station_run_fields),
    CYAML_FIELD_MAPPING("podcast", OPTIONAL, StationText, podcast, station_podcast_fields),
    CYAML_FIELD_MAPPING("desk", OPTIONAL, StationText, desk, station_desk_fields),
    CYAML_FIELD_SEQUENCE("calendars", CYAML_FLAG_POINTER | OPTIONAL, StationText, calendars, &station_calendar_value, 0,
                         STATION_CALENDARS_MOST),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t station_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, StationText, station_fields)};

/* --- checks ---------------------------------------------------------------- */

static bool is_port(unsigned number) {
  return number > 0 && number <= 65535;
}

static bool check_numbers(const Station *station, const YamlFile *file, GError **error) {
  if (!(station->loudness_lufs >= -40 && station->loudness_lufs <= -8)) {
    yaml_error_at(error, file, "loudness", _("loudness %.1f is out of range (-40 to -8 LUFS)"), station->loudness_lufs);
    return false;
  }
  if (!(station->peak_dbtp >= -12 && station->peak_dbtp <= 0)) {
    yaml_error_at(error, file, "peak", _("peak %.1f is out of range (-12 to 0 dBTP)"), station->peak_dbtp);
    return false;
  }
  if (is_port(station->icecast.port))
    return true;
  yaml_error_at(error, file, "icecast.port", _("%u is not a port (1 to 65535)"), station->icecast.port);
  return false;
}

/* Text that goes into a server's headers and onto terminals: one line, no controls. */
static bool check_line(const char *text, const YamlFile *file, const char *where, GError **error) {
  g_autofree char *printable = text ? text_printable(text) : NULL;
  if (!text || strcmp(text, printable) == 0)
    return true;
  yaml_error_at(error, file, where, _("holds a line's end or a control character"));
  return false;
}

static bool check_mount_lines(const StationMount *mount, guint i, const YamlFile *file, GError **error) {
  const struct {
    const char *key, *text;
  } lines[] = {
      {"name", mount->name}, {"genre", mount->genre}, {"url", mount->url}, {"description", mount->description},
      {"host", mount->host},
  };
  for (gsize k = 0; k < G_N_ELEMENTS(lines); k++) {
    g_autofree char *where = g_strdup_printf("mounts[%u].%s", i, lines[k].key);
    if (!check_line(lines[k].text, file, where, error))
      return false;
  }
  return true;
}

static bool check_lines(const Station *station, const YamlFile *file, GError **error) {
  const struct {
    const char *where, *text;
  } lines[] = {
      {"name", station->name},
      {"url", station->url},
      {"cover", station->cover},
      {"icecast.host", station->icecast.host},
      {"icecast.user", station->icecast.user},
      {"icecast.password-file", station->icecast.password_file},
      {"icecast.ca-file", station->icecast.ca_file},
  };
  for (gsize k = 0; k < G_N_ELEMENTS(lines); k++)
    if (!check_line(lines[k].text, file, lines[k].where, error))
      return false;
  for (guint i = 0; i < station->n_mounts; i++)
    if (!check_mount_lines(&station->mounts[i], i, file, error))
      return false;
  return true;
}

static bool check_mount(const StationMount *mount, const MountText *text, guint i, const YamlFile *file,
                        GError **error) {
  g_autofree char *where = g_strdup_printf("mounts[%u].", i);
  g_autofree char *at_mount = g_strconcat(where, "mount", NULL);
  g_autofree char *printable = text_printable(mount->mount);
  if (mount->mount[0] != '/' || mount->mount[1] == '\0' || strcmp(printable, mount->mount) != 0 ||
      strpbrk(mount->mount, " \t\r\n?#\"<>") || strstr(mount->mount, "..")) {
    yaml_error_at(error, file, at_mount, _("a mount begins with \"/\" and holds no space, \"?\", \"#\" or \"..\""));
    return false;
  }
  g_autofree char *at_format = g_strconcat(where, "format", NULL);
  if (mount->format != FORMAT_MP3 && mount->format != FORMAT_OPUS) {
    yaml_error_at(error, file, at_format, _("a mount carries mp3 or opus"));
    return false;
  }
  g_autofree char *at_rate = g_strconcat(where, "bitrate", NULL);
  if (mount->bitrate_kbps < 8 || mount->bitrate_kbps > 320) {
    yaml_error_at(error, file, at_rate, _("%u is not a bit rate (8 to 320 kbit/s)"), mount->bitrate_kbps);
    return false;
  }
  g_autofree char *at_port = g_strconcat(where, "port", NULL);
  if (text->port && !is_port(*text->port)) {
    yaml_error_at(error, file, at_port, _("%u is not a port (1 to 65535)"), *text->port);
    return false;
  }
  return true;
}

static bool same_place(const Station *station, const StationMount *a, const StationMount *b) {
  const char *host_a = a->host ? a->host : station->icecast.host, *host_b = b->host ? b->host : station->icecast.host;
  unsigned port_a = a->port ? a->port : station->icecast.port, port_b = b->port ? b->port : station->icecast.port;
  return strcmp(a->mount, b->mount) == 0 && g_ascii_strcasecmp(host_a, host_b) == 0 && port_a == port_b;
}

static bool check_also(const Station *station, const YamlFile *file, GError **error) {
  for (guint i = 0; i < station->n_also; i++)
    for (guint j = 0; j < i; j++)
      if (station->also[i] == station->also[j]) {
        g_autofree char *where = g_strdup_printf("also[%u]", i);
        yaml_error_at(error, file, where, _("%s is there twice"), sound_format_name(station->also[i]));
        return false;
      }
  return true;
}

static bool check_mounts(const Station *station, const YamlFile *file, GError **error) {
  const StationText *text = file->data;
  for (guint i = 0; i < station->n_mounts; i++) {
    const StationMount *mount = &station->mounts[i];
    if (!check_mount(mount, &text->mounts[i], i, file, error))
      return false;
    for (guint j = 0; j < i; j++)
      if (same_place(station, &station->mounts[j], mount)) {
        g_autofree char *where = g_strdup_printf("mounts[%u].mount", i);
        yaml_error_at(error, file, where, _("the mount %s is there twice"), mount->mount);
        return false;
      }
  }
  return true;
}

/* --- loading --------------------------------------------------------------- */

static char *or_default(const char *text, const char *otherwise) {
  return g_strdup(text && *text ? text : otherwise);
}

static void take_mounts(Station *station, const StationText *text) {
  station->n_mounts = text->mounts_count;
  station->mounts = g_new0(StationMount, MAX(text->mounts_count, 1));
  for (guint i = 0; i < text->mounts_count; i++) {
    const MountText *from = &text->mounts[i];
    station->mounts[i] = (StationMount){
        .mount = g_strdup(from->mount),
        .format = (SoundFormat)from->format,
        .bitrate_kbps = from->bitrate                 ? *from->bitrate
                        : from->format == FORMAT_OPUS ? 64
                                                      : 128,
        .name = g_strdup(from->name),
        .genre = g_strdup(from->genre),
        .url = g_strdup(from->url),
        .description = g_strdup(from->description),
        .host = g_strdup(from->host),
        .port = from->port ? *from->port : 0,
        .is_public = from->is_public,
        .is_continuous = from->mode == 1,
    };
  }
}

static void take_also(Station *station, const StationText *text) {
  station->n_also = text->also_count;
  station->also = g_new0(SoundFormat, MAX(text->also_count, 1));
  for (guint i = 0; i < text->also_count; i++)
    station->also[i] = (SoundFormat)text->also[i];
}

static Station *station_of(const char *folder, const StationText *text) {
  Station *station = g_new0(Station, 1);
  station->folder = g_canonicalize_filename(folder, NULL);
  station->name = g_strdup(text->name);
  station->language = g_strdup(text->language);
  station->zone_name = g_strdup(text->zone);
  station->url = g_strdup(text->url);
  station->cover = g_strdup(text->cover);
  station->loudness_lufs = text->loudness ? *text->loudness : -16;
  station->peak_dbtp = text->peak ? *text->peak : -1;
  station->icecast = (StationIcecast){
      .host = or_default(text->icecast.host, "127.0.0.1"),
      .port = text->icecast.port ? *text->icecast.port : 8000,
      .user = or_default(text->icecast.user, "source"),
      .password_file = or_default(text->icecast.password_file, "icecast.password"),
      .tls = (TlsMode)text->icecast.tls,
      .ca_file = g_strdup(text->icecast.ca_file),
  };
  take_mounts(station, text);
  take_also(station, text);
  return station;
}

Station *station_load(const char *folder, GError **error) {
  g_autofree char *path = g_build_filename(folder, "station.yaml", NULL);
  g_autoptr(GBytes) text = file_read(path, YAML_MAX_BYTES, error);
  return text ? station_parse(folder, path, text, error) : NULL;
}

Station *station_parse(const char *folder, const char *path, GBytes *bytes, GError **error) {
  g_autoptr(YamlFile) file = yaml_file_parse(path, bytes, &station_schema, error);
  if (!file)
    return NULL;
  const StationText *text = file->data;
  g_autoptr(Station) station = station_of(folder, text);
  g_autoptr(GError) why = NULL;
  if (*station->name == '\0') {
    yaml_error_at(error, file, "name", _("a station has a name"));
    return NULL;
  }
  if (!language_is_known(station->language)) {
    yaml_error_at(error, file, "language", _("unknown language \"%s\" (one such as fr is meant)"), station->language);
    return NULL;
  }
  station->zone = zone_open(station->zone_name, &why);
  if (!station->zone) {
    yaml_error_at(error, file, "zone", "%s", why->message);
    return NULL;
  }
  if (!check_lines(station, file, error) || !check_numbers(station, file, error) ||
      !check_mounts(station, file, error) || !check_also(station, file, error) ||
      !station_run_take(&station->run, &text->run, file, error) ||
      !station_calendars_take(station, text->calendars, text->calendars_count, file, error) ||
      !station_podcast_take(station, &text->podcast, file, error) ||
      !station_desk_take(&station->desk, &text->desk, file, error))
    return NULL;
  return g_steal_pointer(&station);
}

static void mount_clear(StationMount *mount) {
  g_free(mount->mount);
  g_free(mount->name);
  g_free(mount->genre);
  g_free(mount->url);
  g_free(mount->description);
  g_free(mount->host);
}

void station_free(Station *station) {
  if (!station)
    return;
  for (guint i = 0; i < station->n_mounts; i++)
    mount_clear(&station->mounts[i]);
  g_free(station->mounts);
  g_free(station->also);
  g_free(station->icecast.host);
  g_free(station->icecast.user);
  g_free(station->icecast.password_file);
  g_free(station->icecast.ca_file);
  station_run_clear(&station->run);
  station_calendars_clear(station);
  station_desk_clear(&station->desk);
  station_podcast_clear(&station->podcast);
  g_clear_pointer(&station->zone, g_time_zone_unref);
  g_free(station->zone_name);
  g_free(station->name);
  g_free(station->language);
  g_free(station->url);
  g_free(station->cover);
  g_free(station->folder);
  g_free(station);
}

/* --- paths ----------------------------------------------------------------- */

char *station_path(const Station *station, const char *first, ...) {
  GString *path = g_string_new(g_path_is_absolute(first) ? "" : station->folder);
  va_list parts;
  va_start(parts, first);
  for (const char *part = first; part; part = va_arg(parts, const char *))
    g_string_append_printf(path, "%s%s", path->len ? "/" : "", part);
  va_end(parts);
  return g_string_free(path, FALSE);
}

char *station_url(const Station *station, const StationMount *mount, const char *path) {
  const char *host = mount->host ? mount->host : station->icecast.host;
  unsigned port = mount->port ? mount->port : station->icecast.port;
  bool is_ipv6 = strchr(host, ':') != NULL;
  return g_strdup_printf("%s://%s%s%s:%u%s", station->icecast.tls == TLS_TRANSPORT ? "https" : "http",
                         is_ipv6 ? "[" : "", host, is_ipv6 ? "]" : "", port, path);
}

static bool is_plain_name(const char *name) {
  if (*name == '\0' || *name == '.' || strlen(name) > 200 || !g_utf8_validate(name, -1, NULL))
    return false;
  for (const char *at = name; *at; at = g_utf8_next_char(at))
    if (*at == '/' || *at == '\\' || g_unichar_iscntrl(g_utf8_get_char(at)))
      return false;
  return true;
}

bool station_name_check(const char *name, GError **error) {
  if (is_plain_name(name))
    return true;
  g_autofree char *shown = text_printable(name);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("\"%s\" is not a file's name (no \"/\", no leading dot)"),
              shown);
  return false;
}

char *station_find(const Station *station, const char *subfolder, const char *name, const char *const *extensions,
                   GError **error) {
  if (!station_name_check(name, error))
    return NULL;
  g_autofree char *plain = station_path(station, subfolder, name, NULL);
  if (g_file_test(plain, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer(&plain);
  for (guint i = 0; extensions && extensions[i]; i++) {
    g_autofree char *path = g_strdup_printf("%s.%s", plain, extensions[i]);
    if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
      return g_steal_pointer(&path);
  }
  g_autofree char *tried = extensions && extensions[0] ? g_strjoinv(", .", (char **)extensions) : NULL;
  if (tried)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("no file \"%s\" (.%s) in %s/%s"), name, tried,
                station->folder, subfolder);
  else
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("no file \"%s\" in %s/%s"), name, station->folder,
                subfolder);
  return NULL;
}

char *station_secret(const Station *station, const char *file, const char *what, GError **error) {
  g_autofree char *path = station_path(station, file, NULL);
  struct stat status;
  if (stat(path, &status) != 0) {
    carnet_error_set_errno(error, errno, "%s", path);
    g_prefix_error(error, "%s", what);
    return NULL;
  }
  if (status.st_mode & (S_IRWXG | S_IRWXO)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: others can read the password; run: chmod 600 %s"), path,
                path);
    return NULL;
  }
  g_autoptr(GBytes) content = file_read(path, PASSWORD_MAX_BYTES, error);
  if (!content)
    return NULL;
  gsize nbytes;
  const char *data = g_bytes_get_data(content, &nbytes);
  g_autofree char *line = g_strndup(data ? data : "", nbytes);
  if (data)
    explicit_bzero((char *)data, nbytes); /* ours alone: file_read made it */
  line[strcspn(line, "\r\n")] = '\0';
  if (*line)
    return g_steal_pointer(&line);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: no password on its first line"), path);
  return NULL;
}

char *station_password(const Station *station, GError **error) {
  const char *given = g_getenv("CARNET_ICECAST_PASSWORD");
  if (given && *given)
    return g_strdup(given);
  return station_secret(station, station->icecast.password_file,
                        _("no Icecast password (put it on the first line of this file, readable by you alone): "),
                        error);
}

/* --- formats --------------------------------------------------------------- */

const char *sound_format_name(SoundFormat format) {
  return formats[format].name;
}

const char *sound_format_extension(SoundFormat format) {
  return formats[format].extension;
}

int sound_format_parse(const char *name) {
  for (int i = 0; i < FORMAT_COUNT; i++)
    if (g_ascii_strcasecmp(name, formats[i].name) == 0)
      return i;
  return -1;
}
