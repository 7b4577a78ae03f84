/* A CSV file. The first byte chooses the delimiter and whether a row's status is kept. */
#include "drafts.h"

#include "sources/csv.h"

static void fuzz_csv(const guint8 *data, gsize nbytes) {
  static const char delimiters[] = {'\0', ',', ';', '\t', '|'};
  if (nbytes == 0)
    return;
  SourceOptions options = {.source_name = "csv essai",
                           .today = "2020-04-20",
                           .language = "fr",
                           .delimiter = delimiters[data[0] % G_N_ELEMENTS(delimiters)],
                           .trust_status = data[0] >= 128};
  SourceReport report = {0};
  GError *error = NULL;
  g_autofree char *text = fuzz_clean_text(data + 1, nbytes - 1);
  g_autoptr(GPtrArray) drafts = text != NULL ? csv_read("essai.csv", text, &options, &report, &error) : NULL;
  if (text != NULL && drafts == NULL)
    fuzz_refused(error);
  if (drafts != NULL && !fuzz_reads_only)
    check_drafts(drafts, lines_of(text), false);
  check_notes(&report);
  source_report_clear(&report);
}

FUZZ_TARGET(fuzz_csv)
