/* station.yaml: the station's name, place in time, server and mounts.
 * A station is a folder; every path below it is made with station_path. */
#ifndef CARNET_BASE_STATION_H
#define CARNET_BASE_STATION_H

#include <glib.h>
#include <stdbool.h>

typedef enum { FORMAT_MP3, FORMAT_OPUS, FORMAT_FLAC, FORMAT_AAC, FORMAT_WAV, FORMAT_COUNT } SoundFormat;
typedef enum { TLS_NONE, TLS_AUTO, TLS_REQUIRED, TLS_TRANSPORT } TlsMode; /* as libshout names them */

typedef struct {
  char *mount;        /* "/bulletin.mp3" */
  SoundFormat format; /* mp3 or opus on the air */
  unsigned bitrate_kbps;
  char *name;                      /* shown by the server; the station's name when NULL */
  char *genre, *url, *description; /* NULL: none */
  bool is_public;                  /* listed in directories */
  char *host;                      /* NULL: icecast.host */
  unsigned port;                   /* 0: icecast.port */
  bool is_continuous;              /* heard all day (mode: continuous), else during a bulletin alone (mode: insert) */
} StationMount;

typedef struct {
  char *host;
  unsigned port;
  char *user;
  char *password_file; /* relative to the station; the secret is never in the YAML */
  TlsMode tls;
  char *ca_file; /* NULL: the system's authorities */
} StationIcecast;

/* A calendar that is kept elsewhere. */
typedef struct {
  char *name;          /* of its copy here: schedules/remote-NAME.ics */
  char *url;           /* "https:", "http:" or "webcal:"; one that ends with a "/" is a CalDAV collection */
  char *user;          /* NULL: nobody is asked who we are */
  char *password_file; /* relative to the station; readable by its owner alone */
} StationCalendar;

/* How `carnet run` keeps the station (key "run"). */
typedef struct {
  gint64 ahead_us;        /* a slot's bulletin is made so long before it: 15 minutes */
  gint64 late_us;         /* it still begins so long after its time, then it is missed: 10 minutes */
  char **filler;          /* scripts heard in turn between the bulletins of continuous mounts; never NULL */
  guint recent;           /* so many of the last bulletins are heard again between them: 0 */
  char *urgent;           /* the script that urgent entries are heard in at once, NULL: they wait for a bulletin */
  gint64 urgent_every_us; /* and again: every 10 minutes */
  bool listens;           /* an own listener takes each mount from the server, and proves what is heard there: yes */
  gint64 silence_us;      /* a mount that is silent for longer is an alarm: 15 seconds */
  char **hook;            /* a program and its arguments, called when a state changes; NULL: none */
  unsigned metrics_port;  /* OpenMetrics on 127.0.0.1, 0: none */
  unsigned site_port;     /* public/ on every address of the machine, 0: it is not served */
  guint pige_days;        /* what went out is kept so long, 0: it is not */
  guint pige_megabytes;   /* and never more than this: 2000 */
} StationRun;

/* Somebody who makes the programme, and agreed to be named. */
typedef struct {
  char *name;
  char *role; /* of podcastindex.org's taxonomy, "host", "guest"; NULL: host */
} StationPerson;

/* What the podcast and its pages say of themselves (key "podcast"). */
typedef struct {
  char *url;                          /* where public/ is found, ends with "/"; "": nobody knows yet */
  char *title, *description, *author; /* the station's name when nothing is written */
  char *email;                        /* of the owner, for directories; NULL: none */
  char *category;                     /* one of Apple's; "News" */
  char *license, *license_url;        /* an SPDX name, and where it stands; NULL: none */
  char *hub;                          /* WebSub; NULL: none */
  char *stream;                       /* where the station is heard live; NULL: nowhere */
  char *guid;                         /* the podcast's own, for good; NULL: made of its first address */
  char *location, *geo;               /* where it is about: words, and "geo:48.39,-4.48" (RFC 5870); NULL: not told */
  char *log;                          /* the access log of the web server that gives public/ out, NULL: not told */
  char *trailer;                      /* a sound file of the station that introduces it, NULL: none */
  StationPerson *people;
  guint n_people;
  char **send; /* a program and its arguments that carries public/ elsewhere; NULL: none */
  bool is_explicit;
  bool is_automatic;              /* `carnet run` publishes what it has aired */
  guint keep_days, keep_episodes; /* what is older, and what is more, is taken out; 0: nothing is */
} StationPodcast;

/* The editors' desk (key "desk"). */
typedef struct {
  unsigned port;            /* 0: `carnet run` has none */
  char *url;                /* where a browser finds it, "https://desk.example"; NULL: this machine alone */
  bool is_everywhere;       /* on every address of the machine, else on 127.0.0.1 */
  bool has_proxy;           /* what a proxy in front of it says of a client is believed */
  bool takes_contributions; /* anybody may send an entry, which waits until an editor looks at it */
} StationDesk;

typedef struct {
  char *folder;                                    /* absolute */
  char *name, *language, *zone_name, *url, *cover; /* url, cover: NULL when not set */
  GTimeZone *zone;
  double loudness_lufs; /* programme target: -16 */
  double peak_dbtp;     /* ceiling of an encoded file: -1 */
  StationIcecast icecast;
  StationMount *mounts;
  guint n_mounts;
  SoundFormat *also; /* formats made on top of the mounts' (key "also") */
  guint n_also;
  StationRun run;
  StationCalendar *calendars;
  guint n_calendars;
  StationPodcast podcast;
  StationDesk desk;
} Station;

/* Reads and checks FOLDER/station.yaml. Returns (free with station_free), or NULL. */
Station *station_load(const char *folder, GError **error);
/* The same of what is to become that file; `path` is only for messages. */
Station *station_parse(const char *folder, const char *path, GBytes *text, GError **error);
void station_free(Station *station);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Station, station_free)

/* FOLDER/first/…; NULL ends the list. An absolute `first` (a file that
 * station.yaml names) stands as it is. Returns (g_free). */
char *station_path(const Station *station, const char *first, ...) G_GNUC_NULL_TERMINATED;
/* Where a listener finds `path` ("/bulletin.mp3") on the mount's server: over TLS when it speaks so from the door on, else
 * in the clear. Returns (g_free). */
char *station_url(const Station *station, const StationMount *mount, const char *path);
/* A name that may be that of one file: no "/", no leading dot, no control characters, else INPUT. */
bool station_name_check(const char *name, GError **error);
/* A name that people write in a file ("ouverture") and that must be one file
 * below `subfolder` of the station (station_name_check). Tries the name itself, then each of `extensions` (NULL
 * ended). Returns the path (g_free), or NULL with INPUT and what was looked for. */
char *station_find(const Station *station, const char *subfolder, const char *name, const char *const *extensions,
                   GError **error);
/* The password of the Icecast source: CARNET_ICECAST_PASSWORD, or the first
 * line of the password file, which must not be readable by others (INPUT).
 * Returns (g_free, after wiping), or NULL. */
char *station_password(const Station *station, GError **error);
/* The first line of a file that only its owner may read (INPUT); relative to the station. `what` opens the message of
 * one that is not there. Returns (g_free, after wiping), or NULL. */
char *station_secret(const Station *station, const char *file, const char *what, GError **error);
const char *sound_format_name(SoundFormat format);      /* "mp3" */
const char *sound_format_extension(SoundFormat format); /* "mp3", "m4a"… */
/* -1 when unknown. */
int sound_format_parse(const char *name);

#endif
