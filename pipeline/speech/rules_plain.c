/* A language without rules of its own: clean text, addresses, markup, and the
 * common rules; its letters and figures are eSpeak's to read. */
#include "speech/rules.h"

static const Rule no_rules[] = {{"mark of a measure", "'", "(?<=\\d)''", " ", NULL}, {NULL, NULL, NULL, NULL, NULL}};
static const Unit no_units[] = {{NULL, NULL, NULL, false}};
static const char *const plain_letters[] = {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M",
                                            "N", "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z"};

const RuleSet rules_plain = {
    .language = "en",
    .rules = no_rules,
    .units = no_units,
    .letters = plain_letters,
    .address = "",
    .online = "",
    .minus = "-",
    .plus = "+",
    .decimal_mark = '.',
};
