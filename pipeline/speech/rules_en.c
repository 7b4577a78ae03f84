/* English, as it is read on the air by a British voice: the day before the
 * month in figures ("3/11" is the third of November: the stations are in Europe),
 * "one hundred and one", dots and colons in hours.
 *
 * Tables only: what a row cannot say by itself is said by a function of
 * say_en_time.c or say_en_count.c. Their order, and what comes before and after
 * them: normalise.c. To add an abbreviation, add a row to `short_forms`; a unit, to
 * `units`; its example to tests/spoken/en.tsv. */
#include "speech/say_en.h"

/* eSpeak's own reading of single letters is right, but for "A", an article. */
static const char *const letters[] = {"eigh", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M",
                                      "N",    "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z"};

/* {symbol, one, many, feminine}; in a pattern, {unit} is any of the symbols. */
/* clang-format off */
static const Unit units[] = {
    /* lengths, speeds, areas */
    {"km/h", "kilometre per hour", "kilometres per hour", false},
    {"kph", "kilometre per hour", "kilometres per hour", false},
    {"mph", "mile per hour", "miles per hour", false},
    {"m/s", "metre per second", "metres per second", false},
    {"km²", "square kilometre", "square kilometres", false},
    {"km2", "square kilometre", "square kilometres", false},
    {"m²", "square metre", "square metres", false},
    {"m2", "square metre", "square metres", false},
    {"m³", "cubic metre", "cubic metres", false},
    {"m3", "cubic metre", "cubic metres", false},
    {"sqm", "square metre", "square metres", false},
    {"km", "kilometre", "kilometres", false},
    {"m", "metre", "metres", false},
    {"cm", "centimetre", "centimetres", false},
    {"mm", "millimetre", "millimetres", false},
    {"ft", "foot", "feet", false},
    {"yd", "yard", "yards", false},
    {"yds", "yard", "yards", false},
    {"mi", "mile", "miles", false},
    {"ha", "hectare", "hectares", false},
    /* weights */
    {"kg", "kilo", "kilos", false},
    {"kgs", "kilo", "kilos", false},
    {"g", "gram", "grams", false},
    {"mg", "milligram", "milligrams", false},
    {"µg", "microgram", "micrograms", false},
    {"lb", "pound", "pounds", false},
    {"lbs", "pound", "pounds", false},
    {"oz", "ounce", "ounces", false},
    {"t", "tonne", "tonnes", false},
    /* volumes */
    {"l", "litre", "litres", false},
    {"L", "litre", "litres", false},
    {"dl", "decilitre", "decilitres", false},
    {"cl", "centilitre", "centilitres", false},
    {"ml", "millilitre", "millilitres", false},
    {"mL", "millilitre", "millilitres", false},
    {"tsp", "teaspoon", "teaspoons", false},
    {"tbsp", "tablespoon", "tablespoons", false},
    /* heat, shares, angles */
    {"°C", "degree Celsius", "degrees Celsius", false},
    {"ºC", "degree Celsius", "degrees Celsius", false},
    {"°F", "degree Fahrenheit", "degrees Fahrenheit", false},
    {"°", "degree", "degrees", false},
    {"%", "percent", "percent", false},
    {"‰", "per thousand", "per thousand", false},
    /* data, energy, sound */
    {"TB", "terabyte", "terabytes", false},
    {"GB", "gigabyte", "gigabytes", false},
    {"MB", "megabyte", "megabytes", false},
    {"kB", "kilobyte", "kilobytes", false},
    {"KB", "kilobyte", "kilobytes", false},
    {"Mb/s", "megabit per second", "megabits per second", false},
    {"Mbps", "megabit per second", "megabits per second", false},
    {"kWh", "kilowatt-hour", "kilowatt-hours", false},
    {"MWh", "megawatt-hour", "megawatt-hours", false},
    {"kW", "kilowatt", "kilowatts", false},
    {"MW", "megawatt", "megawatts", false},
    {"W", "watt", "watts", false},
    {"V", "volt", "volts", false},
    {"dB", "decibel", "decibels", false},
    {"Hz", "hertz", "hertz", false},
    {"kHz", "kilohertz", "kilohertz", false},
    {"MHz", "megahertz", "megahertz", false},
    {"GHz", "gigahertz", "gigahertz", false},
    {"hPa", "hectopascal", "hectopascals", false},
    /* time */
    {"yrs", "year", "years", false},
    {"yr", "year", "years", false},
    {"mths", "month", "months", false},
    {"wks", "week", "weeks", false},
    {"wk", "week", "weeks", false},
    {"hrs", "hour", "hours", false},
    {"hr", "hour", "hours", false},
    {"h", "hour", "hours", false},
    {"mins", "minute", "minutes", false},
    {"min", "minute", "minutes", false},
    {"secs", "second", "seconds", false},
    {"sec", "second", "seconds", false},
    {"s", "second", "seconds", false},
    {"ms", "millisecond", "milliseconds", false},
    {"€", "euro", "euros", false},
    {NULL, NULL, NULL, false},
};

/* {written, said, where, example}: rules.h says what each place is. Of two rows that
 * are written alike the upper one is tried first. */
static const ShortForm short_forms[] = {
    /* Titles. */
    {"Mr", "Mister", BEFORE_WORD, "Mr Smith"},
    {"Mrs", "Missis", BEFORE_WORD, "Mrs Jones"},
    {"Ms", "Miz", BEFORE_NAME, "Ms Park"},
    {"Mx", "Mix", BEFORE_NAME, "Mx Green"},
    {"Messrs", "Messers", BEFORE_NAME, "Messrs Hill and Wood"},
    {"Dr", "Doctor", BEFORE_NAME, "Dr. Ali"},
    {"Prof", "Professor", BEFORE_NAME, "Prof. Reed"},
    {"Cllr", "Councillor", ANYWHERE, "Cllr Webb"},
    {"Rev", "Reverend", BEFORE_NAME, "the Rev. Moss"},
    {"Revd", "Reverend", BEFORE_NAME, "the Revd Moss"},
    {"Fr.", "Father", BEFORE_NAME, "Fr. Brown"},
    {"Sgt", "Sergeant", BEFORE_NAME, "Sgt Cole"},
    {"Capt", "Captain", BEFORE_NAME, "Capt. Ross"},
    {"Lt", "Lieutenant", BEFORE_NAME, "Lt. Shaw"},
    {"Col.", "Colonel", BEFORE_NAME, "Col. Grey"},
    {"Gen.", "General", BEFORE_NAME, "Gen. Marsh"},
    {"Gov.", "Governor", BEFORE_NAME, "Gov. Lane"},
    {"Sen.", "Senator", BEFORE_NAME, "Sen. West"},
    {"Pres.", "President", BEFORE_NAME, "Pres. Stone"},
    {"Hon.", "Honourable", BEFORE_NAME, "the Hon. Anne Le Goff"},
    {"Jr", "Junior", ANYWHERE, "Sam Hill Jr."},
    {"Snr", "Senior", ANYWHERE, "Sam Hill Snr"},
    {"Sr", "Senior", AT_THE_END, "Sam Hill Sr."},
    {"PhD", "P H D", ANYWHERE, "a PhD"},
    {"Ph.D.", "P H D", ANYWHERE, "a Ph.D."},
    {"BSc", "B S C", ANYWHERE, "a BSc"},
    {"MSc", "M S C", ANYWHERE, "an MSc"},

    /* Addresses. */
    {"St", "Saint", BEFORE_NAME, "St Mary's"},
    {"Rd", "Road", ANYWHERE, "Mill Rd"},
    {"Ave", "Avenue", ANYWHERE, "Park Ave."},
    {"Blvd", "Boulevard", ANYWHERE, "Ocean Blvd"},
    {"Sq", "Square", ANYWHERE, "Market Sq."},
    {"Ln", "Lane", ANYWHERE, "Penny Ln"},
    {"Cres", "Crescent", ANYWHERE, "Hill Cres."},
    {"Hwy", "Highway", ANYWHERE, "Coast Hwy"},
    {"Gdns", "Gardens", ANYWHERE, "Abbey Gdns"},
    {"Pl", "Place", AT_THE_END, "5 Elm Pl."},
    {"Ct", "Court", AT_THE_END, "5 Elm Ct."},
    {"Bldg", "Building", ANYWHERE, "Bldg 4"},
    {"Stn", "Station", ANYWHERE, "Kervalan Stn"},
    {"Mt", "Mount", BEFORE_NAME, "Mt Snow"},
    {"Mts", "Mountains", ANYWHERE, "the Black Mts"},
    {"Ft", "Fort", BEFORE_NAME, "Ft. William"},
    {"apt", "apartment", BEFORE_NUMBER, "Apt 3"},
    {"c/o", "care of", ANYWHERE, "c/o the library"},

    /* Numbers. */
    {"no.", "number", BEFORE_NUMBER, "no. 5"},
    {"No", "Number", BEFORE_NUMBER, "No 5"},
    {"nos.", "numbers", BEFORE_NUMBER, "nos. 5 and 6"},
    {"n°", "number", BEFORE_NUMBER, "n° 5"},
    {"nº", "number", BEFORE_NUMBER, "nº 5"},
    {"p.", "page", BEFORE_NUMBER, "p. 12"},
    {"pp.", "pages", BEFORE_NUMBER, "pp. 12-15"},
    {"para.", "paragraph", BEFORE_NUMBER, "para. 3"},
    {"ch.", "chapter", BEFORE_NUMBER, "ch. 3"},
    {"chap.", "chapter", BEFORE_NUMBER, "chap. 3"},
    {"vol.", "volume", BEFORE_NUMBER, "vol. 2"},
    {"fig.", "figure", BEFORE_NUMBER, "fig. 2"},
    {"art.", "article", BEFORE_NUMBER, "art. 5"},
    {"sect.", "section", BEFORE_NUMBER, "sect. 5"},
    {"ext.", "extension", BEFORE_NUMBER, "ext. 12"},
    {"ext", "extension", BEFORE_NUMBER, "ext 12"},
    {"tel.", "telephone", ANYWHERE, "tel. 999"},
    {"tel", "telephone", BEFORE_NUMBER, "tel 999"},
    {"mob.", "mobile", ANYWHERE, "mob. 07700 900123"},
    {"approx", "approximately", ANYWHERE, "approx. 30"},
    {"c.", "about", BEFORE_NUMBER, "c. 1850"},
    {"ca.", "about", BEFORE_NUMBER, "ca. 1850"},
    {"est.", "established", BEFORE_NUMBER, "est. 1998"},
    {"max", "maximum", BEFORE_NUMBER, "max 10"},
    {"max.", "maximum", ANYWHERE, "max. age"},
    {"max", "maximum", AT_THE_END, "10 people max"},
    {"min.", "min", AFTER_NUMBER, "10 min. on foot"},
    {"min.", "minimum", ANYWHERE, "min. age"},
    {"min", "minimum", BEFORE_NUMBER, "min 3"},

    /* Words. */
    {"e.g.", "for example", ANYWHERE, "e.g. tea"},
    {"eg.", "for example", ANYWHERE, "eg. tea"},
    {"eg", "for example", INSIDE, "eg tea"},
    {"i.e.", "that is", ANYWHERE, "i.e. tea"},
    {"ie.", "that is", ANYWHERE, "ie. tea"},
    {"ie", "that is", INSIDE, "ie tea"},
    {"etc", "et cetera", ANYWHERE, "tea, etc."},
    {"vs", "versus", ANYWHERE, "tea vs. coffee"},
    {"cf.", "see", ANYWHERE, "cf. page 3"},
    {"viz.", "namely", ANYWHERE, "viz. tea"},
    {"incl.", "including", ANYWHERE, "incl. tea"},
    {"inc.", "including", INSIDE, "inc. tea"},
    {"excl.", "excluding", ANYWHERE, "excl. tea"},
    {"esp.", "especially", ANYWHERE, "esp. tea"},
    {"misc.", "miscellaneous", ANYWHERE, "misc. news"},
    {"dept", "department", ANYWHERE, "the health dept."},
    {"Dept", "Department", ANYWHERE, "the Dept. of Health"},
    {"govts", "governments", ANYWHERE, "both govts"},
    {"govt", "government", ANYWHERE, "the govt"},
    {"assoc.", "association", ANYWHERE, "a tenants' assoc."},
    {"Assn", "Association", ANYWHERE, "the Tenants' Assn"},
    {"univ.", "university", ANYWHERE, "Univ. of Port-Aurelle"},
    {"intl", "international", ANYWHERE, "intl news"},
    {"Ltd", "Limited", ANYWHERE, "Boats Ltd."},
    {"Co.", "Company", ANYWHERE, "Boats & Co."},
    {"Bros", "Brothers", ANYWHERE, "Hill Bros."},
    {"plc", "P L C", ANYWHERE, "Boats plc"},
    {"ref.", "reference", ANYWHERE, "ref. 12"},
    {"temp.", "temperature", ANYWHERE, "temp. below zero"},
    {"attn", "attention", ANYWHERE, "attn all"},
    {"cont.", "continued", ANYWHERE, "cont. on page 3"},
    {"cont'd", "continued", ANYWHERE, "cont'd on page 3"},
    {"poss.", "possibly", ANYWHERE, "poss. closed"},
    {"prob.", "probably", ANYWHERE, "prob. closed"},
    {"qty", "quantity", ANYWHERE, "qty 3"},
    {"mtg", "meeting", ANYWHERE, "a mtg on Monday"},
    {"appt", "appointment", ANYWHERE, "by appt only"},
    {"wkend", "weekend", ANYWHERE, "next wkend"},
    {"w/e", "weekend", ANYWHERE, "this w/e"},
    {"w/o", "without", ANYWHERE, "w/o charge"},
    {"w/", "with ", BEFORE_WORD, "w/ tea"},
    {"a/c", "account", ANYWHERE, "the a/c"},
    {"n/a", "not applicable", ANYWHERE, "fee: n/a"},
    {"N/A", "not applicable", ANYWHERE, "fee: N/A"},
    {"b/c", "because", ANYWHERE, "b/c of rain"},
    {"Q&A", "Q and eigh", ANYWHERE, "a Q&A"},
    {"aka", "also known as", ANYWHERE, "Port, aka the Harbour"},
    {"a.k.a.", "also known as", ANYWHERE, "Port, a.k.a. the Harbour"},
    {"Xmas", "Christmas", ANYWHERE, "Xmas party"},
    {"thx", "thanks", ANYWHERE, "thx to all"},
    {"pls", "please", ANYWHERE, "pls come"},
    {"plz", "please", ANYWHERE, "plz come"},
    {"ppl", "people", ANYWHERE, "10 ppl"},
    {"b'day", "birthday", ANYWHERE, "a b'day party"},
    {"'n'", "and", ANYWHERE, "rock 'n' roll"},
    {"a.m.", "eigh M", ANYWHERE, "in the a.m."},
    {"p.m.", "P M", ANYWHERE, "in the p.m."},
    {"and/or", "and or", ANYWHERE, "tea and/or coffee"},
    {"he/she", "he or she", ANYWHERE, "he/she comes"},
    {"she/he", "she or he", ANYWHERE, "she/he comes"},
    {"s/he", "she or he", ANYWHERE, "s/he comes"},
    {"his/her", "his or her", ANYWHERE, "his/her bike"},
    {"him/her", "him or her", ANYWHERE, "call him/her"},
    {NULL, NULL, ANYWHERE, NULL},
};

/* --- patterns ------------------------------------------------------------------------- */

#define GAP "[ " NBSP "]?"
#define TO "\\s?[-\\x{2013}]\\s?"
#define DIGITS "0123456789"
#define NUMBER "(\\d{1,3}(?:[," NBSP "]\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)"
#define WHOLE "(\\d{1,3}(?:,\\d{3})+|\\d{1,9})"
#define DAY "(\\d{1,2})(?:st|nd|rd|th)?"
#define DAY_NAME "(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
#define MONTH                                                                                                          \
  "(January|February|March|April|May|June|July|August|September|October|November|December|Jan\\.?|Feb\\.?|Mar\\.?|"    \
  "Apr\\.?|Jun\\.?|Jul\\.?|Aug\\.?|Sept?\\.?|Oct\\.?|Nov\\.?|Dec\\.?)"
#define AM_PM "([AaPp])\\.?[Mm]" NO_WORD_AFTER "\\.?(?!\\s*$|\\s+\\p{Lu})"
#define COIN "(£|US\\$|\\$|€|¥|GBP|USD|EUR|CHF)"
#define SCALE "( ?(?:[kK]|[mM]|[mM]n|[bB]n|[tT]n| million| billion)" NO_WORD_AFTER ")?"
/* What is counted in years, and what leads to one. */
#define YEAR_LEADS                                                                                                     \
  "((?:[Ii]n|[Ss]ince|[Bb]y|[Ff]rom|[Uu]ntil|[Tt]ill|[Tt]o|[Oo]f|[Bb]efore|[Aa]fter|[Dd]uring|[Yy]ear|[Cc]irca|"       \
  "[Aa]bout|[Ee]stablished|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|[Tt]he|[Oo]ur|[Tt]his|[Ee]arly|[Ll]ate|[Mm]id|"    \
  "[Jj]anuary|[Ff]ebruary|[Mm]arch|[Aa]pril|[Mm]ay|[Jj]une|[Jj]uly|[Aa]ugust|[Ss]eptember|[Oo]ctober|[Nn]ovember|"     \
  "[Dd]ecember|[Cc]hristmas|[Ee]aster)[ -])"
/* What opens a sentence, and no saint's name. */
#define SENTENCE                                                                                                       \
  "(?:The|A|An|It|We|He|She|They|There|This|In|On|At|For|Come|Please|No|Then|But|And|You|I|Our|All|From|To|Next|New)\\b"
/* Rulers, whose Roman numeral is an ordinal. */
#define RULER                                                                                                          \
  "((?:Elizabeth|Henry|Charles|George|Edward|James|William|Richard|Louis|Napoleon|Philip|Francis|Pius|Benedict|"       \
  "Alexander|Catherine|Frederick|Nicholas|Peter|Leo|John Paul|Mary) )"
#define PART "((?:[Ww]ar|[Pp]art|[Cc]hapter|[Aa]ct|[Ss]cene|[Vv]olume|[Ss]ection|[Aa]rticle|[Pp]hase|[Tt]ype|[Cc]lass|[Bb]ook|[Ss]tage|[Tt]itle|[Aa]ppendix|[Aa]nnex|[Ll]evel) )"

/* Before the common rules, which would take something of it for their own. */
static const Rule first[] = {
    {"street of a house", "S", "(?<!\\d)(\\d{1,4}[A-Za-z]? (?:\\p{Lu}[\\p{L}']+ ){1,3})St\\b\\.?(?=\\s\\p{Lu})", "\\1Street", NULL},
    {"street", "S", "(?<=\\p{Ll} )St\\b(?:\\.(?=[,;:)!?]|\\s+\\p{Ll})|(?=\\s+\\p{Ll}|[,;:)!?]|\\.?\\s*$|\\.\\s+" SENTENCE "))", "Street", NULL},
    {"drive", "D", "(\\p{Lu}\\p{Ll}+ )Dr\\b(?:\\.(?=[,;:)!?]|\\s+\\p{Ll})|(?=\\s+\\p{Ll}|[,;:)!?]|\\.?\\s*$|\\.\\s+" SENTENCE "))", "\\1Drive", NULL},
    {"half of the day by dots", "mM", "(?<=\\d|\\d\\s)([AaPp])\\.\\s?[Mm]\\b", "\\1m", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

/* {what it is about, characters of which a line must hold one, pattern, said, or function}:
 * each is tried on what those above it have left. */
static const Rule rules[] = {
    /* Signs. */
    {"number sign", "#", "(?<![\\p{L}\\d])#\\s?(?=\\d)", "number ", NULL},
    {"section sign", "§", "§+\\s*", "section ", NULL},
    {"at a place", "@", "(?<=\\s|^)@\\s*(?=[\\p{L}\\d])", "at ", NULL},
    {"and", "&", "\\s*&\\s*", " and ", NULL},
    {"plus and minus", "±", "±\\s?", "plus or minus ", NULL},
    {"years old and more", "+", "(?<=\\d)\\+(?=[\\s.,;:!?)]|$)(?!\\s?\\d)", " plus", NULL},
    {"plus one alone", "+", "(?<![\\p{L}\\d])\\+\\s?(\\d{1,3})(?=[\\s.,;:!?)]*$|\\s+\\p{Lu}|[.,;!?)])", " plus \\1", NULL},
    {"plus", "+", "(?<=\\s|^|\\()\\+\\s?(?=\\p{L})|(?<=\\p{L})\\s?\\+\\s?(?=\\p{L})|(?<=\\d)\\s?\\+\\s?(?=\\d)", " plus ", NULL},
    {"equals", "=", "\\s*=+>?\\s*", " equals ", NULL},
    {"about", "≈~", "≈\\s*|(?<=\\s|^)~\\s?(?=\\d)", "about ", NULL},
    {"more than", ">", "(?<=\\s|^|\\()>\\s?(?=\\d)", "more than ", NULL},
    {"less than", "<", "(?<=\\s|^|\\()<\\s?(?=\\d)", "less than ", NULL},
    {"versus", "v", "(?<=\\p{Ll}) v\\.? (?=\\p{Lu})", " versus ", NULL},

    {"per", "/", "(?<=[\\p{L}\\d€£$])\\s?/\\s?(hour|hr|day|week|wk|month|year|yr|person|head|night|kilo|kg|mile|litre|minute|min|second|child|adult|ticket|session)" NO_WORD_AFTER, " per \\1", NULL},
    {"per h", "/", "(?<=[\\d€£$])\\s?/\\s?h" NO_WORD_AFTER, " per hour", NULL},
    {"per hour", "p", " per (?:hr|h)" NO_WORD_AFTER, " per hour", NULL},
    {"per kilo", "p", " per kg" NO_WORD_AFTER, " per kilo", NULL},
    {"or", "/", "(?<=\\p{Ll}{2})\\s?/\\s?(?=\\p{Ll}{2})", " or ", NULL},

    /* Numbers that are no amounts. */
    {"day and night", "7", NUMBER_BEFORE "24/7" NUMBER_AFTER, "twenty-four seven", NULL},
    {"telephone", DIGITS, NUMBER_BEFORE "\\(?0\\d{2,4}\\)?[ " NBSP "-]\\d{3,4}[ " NBSP "-]?\\d{3,4}" NUMBER_AFTER, NULL, rule_phone_digits},
    {"telephone by pairs", DIGITS, NUMBER_BEFORE "0\\d(?:[ ." NBSP "-]?\\d\\d){4}" NUMBER_AFTER, NULL, rule_phone_digits},
    {"telephone, American", "-", NUMBER_BEFORE "(?:1-)?(?:\\d{3}-)?\\d{3}-\\d{4}" NUMBER_AFTER, NULL, rule_phone_digits},
    {"telephone abroad", "+", "(?<!\\d)\\+\\d{1,3}(?:\\s?\\(0\\))?(?:[ ." NBSP "-]?\\d{1,4}){2,6}(?!\\d)", NULL, rule_phone_digits},
    {"dialled", DIGITS, NO_WORD_BEFORE "((?:[Cc]all|[Dd]ial|[Rr]ing|[Pp]hone|[Tt]elephone|[Tt]ext|[Ee]mergency)(?: on| to| the)?:? )(\\d{3,6})" NUMBER_AFTER "(?! \\d)", NULL, en_dialled},

    /* Days of the week and months by their first letters. */
    {"day of the week", "MTWFS", NO_WORD_BEFORE "(Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\\b\\.?(?=\\s?[-\\x{2013}/&,]\\s?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)|,?\\s+\\d|\\s+(?:and|to|or)\\s+(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,3}\\b)", NULL, en_day_name},
    {"last day of the week", "MTWFS", "(?<=day[-\\x{2013}/&]|day [-\\x{2013}/&] |day, |day and |day to |day or )(Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\\b(?:\\.(?!\\s*$|\\s+\\p{Lu}))?", NULL, en_day_name},
    {"day of the week with a stop", ".", NO_WORD_BEFORE "(Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat)\\.(?=\\s\\p{Ll})", NULL, en_day_name},
    {"day to day", "-–", "(" DAY_NAME ")" TO "(?=" DAY_NAME ")", "\\1 to ", NULL},
    {"month", "JFAMSOND", "(?<![\\p{L}])(?<!\\d |\\d\\. )(?!Jan\\b\\.?\\s\\p{Ll})(Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\\b\\.?(?!\\s\\d{1,2}\\b)(?=\\s?[-\\x{2013}/]\\s?\\p{Lu}|\\s\\d{4}|\\s*$|[,;:)]|\\s\\p{Ll})", NULL, en_month_name},
    {"month before a year or a month", "MAJ", "(?<![\\p{L}])(?<!\\d |\\d\\. )(Mar|Apr|Jun|Jul)\\b\\.?(?=\\s?[-\\x{2013}/]\\s?\\p{Lu}\\p{Ll}{2}|\\s\\d{4})", NULL, en_month_name},
    {"last month", "JFMASOND", "(?<=(?:ary|rch|ril|une|uly|ust|ber)(?:[-\\x{2013}/]))(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\b(?:\\.(?!\\s*$|\\s+\\p{Lu}))?", NULL, en_month_name},
    {"month to month", "-–", "(?<=ary|rch|ril|May|une|uly|ust|ber)[-\\x{2013}](?=(?:January|February|March|April|May|June|July|August|September|October|November|December)\\b)", " to ", NULL},

    /* Days: before the hours, since a dot stands in both. */
    {"date", DIGITS, NUMBER_BEFORE "(?:the )?(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4}|\\d{2})" NUMBER_AFTER, NULL, en_date},
    {"ISO date and hour", "-", NUMBER_BEFORE "(\\d{4}-\\d{2}-\\d{2})T(?=\\d{2}:\\d{2})", "\\1, ", NULL},
    {"ISO date", "-", NUMBER_BEFORE "(?:the )?(\\d{4})-(\\d{2})-(\\d{2})(?!\\d)", NULL, en_date_iso},
    {"days of a month", "-–", NUMBER_BEFORE "(?:[Tt]he )?" DAY TO DAY "(?: of)? " MONTH "(?:,? (\\d{4}))?" NO_WORD_AFTER, NULL, en_days_of_month},
    {"month and days", "-–", NO_WORD_BEFORE MONTH " " DAY TO DAY "(?:,? (\\d{4}))?" NUMBER_AFTER, NULL, en_month_days},
    {"day and month, and", DIGITS, NUMBER_BEFORE "(?:[Tt]he )?" DAY "( (?:and|or|to) )(?=(?:the )?\\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:January|February|March|April|May|June|July|August|September|October|November|December)\\b)", "the \\1th\\2", NULL},
    {"day and month", DIGITS, NUMBER_BEFORE "(?:[Tt]he )?" DAY "(?: of)? " MONTH "(?:,? (\\d{4}))?" NO_WORD_AFTER, NULL, en_day_month},
    {"month and day", DIGITS, NO_WORD_BEFORE MONTH " (?:the )?" DAY "(?:,? (\\d{4}))?" NO_WORD_AFTER, NULL, en_month_day},
    {"on a day in figures", "/", "(?<=[Oo]n )(\\d{1,2})/(1[0-2]|0?[1-9])()" NUMBER_AFTER, NULL, en_date},
    {"day and month in figures", "/", NUMBER_BEFORE "(?<=[Oo]n |[Bb]y |[Uu]ntil |[Ff]rom |[Tt]ill |day |fore |fter |[Tt]o )(?:the )?(\\d{1,2})/(0[1-9]|1[0-2])()" NUMBER_AFTER, NULL, en_date},
    {"day and month in two figures", "/", NUMBER_BEFORE "(0[1-9]|[12]\\d|3[01])/(0[1-9]|1[0-2])()" NUMBER_AFTER, NULL, en_date},

    /* Hours. */
    {"hours from to", ":", NUMBER_BEFORE "(\\d{1,2}:\\d\\d)" GAP "h?" TO "(?=\\d{1,2}:\\d\\d)", "\\1 to ", NULL},
    {"hours from to, French", "h", NUMBER_BEFORE "(\\d{1,2}h(?:\\d\\d)?)" TO "(?=\\d{1,2}h)", "\\1 to ", NULL},
    {"short hours from to", "aApP", NUMBER_BEFORE "(\\d{1,2}(?:[:.]\\d\\d)?\\s?(?:[ap]\\.?m\\.?)?)" TO "(?=\\d{1,2}(?:[:.]\\d\\d)?\\s?[ap]\\.?m)", "\\1 to ", NULL},
    {"first hour of two", "aApP", NUMBER_BEFORE "([01]?\\d)[:.]([0-5]\\d)(?= (?:to|and) \\d{1,2}(?:[:.]\\d\\d)?\\s?[ap]\\.?m)", "\\1:\\2", NULL},
    {"noon", "n", NUMBER_BEFORE "12(?:[:.]00)? ?(noon|midnight)", "twelve \\1", NULL},
    {"hour of half a day", "mM", NUMBER_BEFORE "([01]?\\d|2[0-4])[:.]([0-5]\\d)(?::\\d\\d)?\\s?" AM_PM, NULL, en_hour},
    {"hour of half a day, last", "mM", NUMBER_BEFORE "([01]?\\d|2[0-4])[:.]([0-5]\\d)(?::\\d\\d)?\\s?([AaPp])\\.?[Mm]" NO_WORD_AFTER, NULL, en_hour},
    {"whole hour of half a day", "mM", NUMBER_BEFORE "(1?\\d|2[0-4])()\\s?" AM_PM, NULL, en_hour},
    {"whole hour of half a day, last", "mM", NUMBER_BEFORE "(1?\\d|2[0-4])()\\s?([AaPp])\\.?[Mm]" NO_WORD_AFTER, NULL, en_hour},
    {"hour by a colon", ":", NUMBER_BEFORE "([01]?\\d|2[0-4]):([0-5]\\d)()(?::\\d\\d)?" "(?:" GAP "(?:hrs|hours|h)" NO_WORD_AFTER ")?(?![\\d:])", NULL, en_hour},
    {"hour by a dot", ".", "(?<=[Aa]t |[Ff]rom |[Uu]ntil |[Tt]ill |[Bb]y |fore |fter |day |ween |hour |\\d\\.\\d\\d to |\\d\\.\\d\\d and )([01]?\\d|2[0-3])\\.([0-5]\\d)()(?![\\d%€]|\\.\\d|" GAP "{unit}" NO_WORD_AFTER ")", NULL, en_hour},
    {"hour of a bus", ".", "(?<=[Tt]he )([01]?\\d|2[0-3])\\.([0-5]\\d)()(?= (?:bus|train|boat|ferry|tram|coach|show|news|service|performance|screening))", NULL, en_hour},
    {"hour, French", "h", NUMBER_BEFORE "([01]?\\d|2[0-4])h([0-5]\\d)()" NO_WORD_AFTER, NULL, en_hour},
    {"whole hour, French", "h", NUMBER_BEFORE "(1[3-9]|2[0-4])" GAP "h()()" NO_WORD_AFTER, NULL, en_hour},
    {"whole hour after a word", "h", "(?<=[Aa]t |[Uu]ntil |[Ff]rom |[Tt]ill )(\\d{1,2})" GAP "h()()" NO_WORD_AFTER, NULL, en_hour},
    {"military hour", "h", NUMBER_BEFORE "([01]\\d|2[0-4])([0-5]\\d)()" GAP "(?:hrs|h)" NO_WORD_AFTER, NULL, en_hour},
    {"opening hours", "-–", "(?<=[Oo]pen |hours |hours: |from |days |day |day: )(\\d{1,2})" TO "(\\d{1,2})" NUMBER_AFTER "(?![-/])", "\\1 to \\2", NULL},

    /* Money: before the years. */
    {"money from to", "£$€¥", COIN GAP WHOLE TO WHOLE NUMBER_AFTER "(?! ?(?:k|m|bn|million|billion)" NO_WORD_AFTER ")", NULL, en_money_range},
    {"money to money", "-–", "(" COIN GAP "\\d[\\d,.]{0,12})" TO "(?=" COIN GAP "\\d)", "\\1 to ", NULL},
    {"money", "£$€¥GUEC", "(?<![\\p{L}])" COIN GAP WHOLE "(?:\\.(\\d\\d)(?!\\d))?" SCALE "(?![\\d]|\\.\\d)", NULL, en_money},
    {"money with a decimal", "£$€¥", "(£|\\$|€|¥)" GAP "(\\d+\\.\\d+)()" SCALE "(?!\\d)", NULL, en_money},
    {"money, sign last", "£$€GUEC", NUMBER_BEFORE "(\\d{1,3}(?:[, " NBSP "]\\d{3})+|\\d{1,9})(?:[.,](\\d\\d))?" GAP "([kM]?)" "(€|£|\\$|GBP|USD|EUR|CHF)" NO_WORD_AFTER, NULL, en_money_after},
    {"money in words", DIGITS, NUMBER_BEFORE "(\\d{1,9})[.,](\\d\\d)() (euros|pounds|dollars)" NO_WORD_AFTER, NULL, en_money_after},
    {"pence", "p", NUMBER_BEFORE "(\\d{1,3})p" NO_WORD_AFTER, NULL, en_pence},

    /* Years. */
    {"years from to", DIGITS, NUMBER_BEFORE "((?:1[4-9]|20)\\d\\d)\\s?[-\\x{2013}/]\\s?((?:1[4-9]|20)\\d\\d|\\d\\d)" NUMBER_AFTER, NULL, en_years},
    {"decade", "s", NUMBER_BEFORE "(1[1-9]|20)(\\d0)(?:s|(?<=[Tt]he \\d{4})'s)" NO_WORD_AFTER, NULL, en_decade},
    {"short decade", "s", "(?<![\\p{L}\\d.,])'?()([2-9]0)'?s" NO_WORD_AFTER, NULL, en_decade},
    {"year after a word", DIGITS, NO_WORD_BEFORE YEAR_LEADS "((?:1[0-9]|2[01])\\d\\d)" NUMBER_AFTER "(?!" GAP "(?:{unit})" NO_WORD_AFTER "|,\\d)", NULL, en_year},
    {"year", DIGITS, NUMBER_BEFORE "()(19\\d\\d|20[0-4]\\d)" NUMBER_AFTER "(?!\\s?%|[ " NBSP "](?:(?:{unit})" NO_WORD_AFTER "|(?!(?:was|is|has|as|its|this|plus|does)\\b)\\p{Ll}+(?:s|people|children)" NO_WORD_AFTER "|million|billion|thousand|\\d))", NULL, en_year},

    /* Ordinals and Roman numerals. */
    {"ordinal", DIGITS, NO_WORD_BEFORE "(\\d{1,3}(?:,\\d{3})+|\\d{1,6})(?:st|nd|rd|th)" NO_WORD_AFTER, NULL, en_ordinal},
    {"Roman ordinal", "IVX", NO_WORD_BEFORE "([IVX]{1,6})(?:st|nd|rd|th)" NO_WORD_AFTER, NULL, en_roman_ordinal},
    {"Roman century", "IVX", NO_WORD_BEFORE "([IVX]{1,6})(?= [Cc]entur)", NULL, en_roman_ordinal},
    {"Roman numeral of a ruler", "IVX", NO_WORD_BEFORE RULER "([IVX]{1,5})" NO_WORD_AFTER "(?!')", NULL, en_roman_ruler},
    {"Roman numeral of a part", "IVX", NO_WORD_BEFORE PART "([IVX]{1,6})" NO_WORD_AFTER "(?!')", NULL, en_roman_cardinal},

    /* Amounts. */
    {"feet and inches by marks", "'", NUMBER_BEFORE "(\\d)' ?(\\d{1,2})(?:''|(?=\\s|$|[.,;)]))", NULL, en_feet_inches},
    {"feet and inches", "f", NUMBER_BEFORE "(\\d{1,2})" GAP "ft" GAP "(\\d{1,2})" GAP "(?:ins?|inches)?" NO_WORD_AFTER, NULL, en_feet_inches},
    {"unit from to", "-–", NUMBER_BEFORE "(\\d[\\d,]{0,9}(?:\\.\\d{1,4})?)" GAP "(?:{unit})?" TO "(?=\\d[\\d,]{0,9}(?:\\.\\d{1,4})?" GAP "(?:{unit})" NO_WORD_AFTER ")", "\\1 to ", NULL},
    {"half and more", "½⅓⅔¼¾⅛", "(?<=\\d)\\s?(?=[½⅓⅔¼¾⅛])", " and ", NULL},
    {"half", "½", "½", "a half", NULL},
    {"quarter", "¼", "¼", "a quarter", NULL},
    {"three quarters", "¾", "¾", "three quarters", NULL},
    {"unit before a noun", DIGITS, "(?<=\\b[Aa] |\\b[Aa]n )()" NUMBER GAP "({unit})" NO_WORD_AFTER "(?= \\p{Ll})", NULL, en_unit_of_noun},
    {"number and unit", DIGITS, "(?<![\\p{L}\\d])(?<![\\d\\p{L}][.,:/'_])([-+]?)" NUMBER GAP "({unit})" NO_WORD_AFTER "(?:\\.(?=\\s\\p{Ll}))?", NULL, rule_unit},
    {"by", "xX×", NUMBER_BEFORE "(\\d{1,6})\\s?[xX×]\\s?(?=\\d)", "\\1 by ", NULL},
    {"times", "xX×", NUMBER_BEFORE "(\\d{1,6})\\s?[xX×]" NO_WORD_AFTER, "\\1 times", NULL},
    {"divided by", "÷", "\\s*÷\\s*", " divided by ", NULL},
    {"page of pages", "/", "(?<=[Pp]age |[Pp]art |[Ss]tep )(\\d{1,4})/(\\d{1,4})" NUMBER_AFTER, "\\1 of \\2", NULL},
    {"number and fraction", "/", NUMBER_BEFORE "(\\d{1,3}) (\\d)/(\\d)" NUMBER_AFTER, NULL, en_fraction},
    {"fraction of", "/", NUMBER_BEFORE "()(\\d)/(\\d{1,2})(?= of )", NULL, en_fraction},
    {"one part", "/", NUMBER_BEFORE "()(1)/(\\d|10)" NUMBER_AFTER, NULL, en_fraction},
    {"fraction", "/", NUMBER_BEFORE "()(\\d)/([23468])" NUMBER_AFTER, NULL, en_fraction},
    {"out of", "/", NUMBER_BEFORE "(\\d{1,4})/(\\d{1,4})" NUMBER_AFTER, "\\1 out of \\2", NULL},
    {"from to", "-–", NUMBER_BEFORE "(\\d{1,6}(?:\\.\\d{1,3})?|\\d{1,3}(?:,\\d{3}){1,2})" TO "(\\d{1,6}(?:\\.\\d{1,3})?|\\d{1,3}(?:,\\d{3}){1,2})" NUMBER_AFTER, NULL, en_range},
    {"version number", ".", "(?<=\\d)\\.(?=\\d+\\.\\d)|(?<=\\d\\.\\d|\\d\\.\\d\\d)\\.(?=\\d)", " point ", NULL},
    {"number", DIGITS, "(?<![\\p{L}\\d])(?<![\\p{L}][.:/'_-])((?<=\\s|^|\\()[-+])?" NUMBER "(?![\\p{L}\\d]|-\\p{L})", NULL, rule_number},
    {"number before a hyphen", DIGITS, NUMBER_BEFORE "()(\\d{1,9})(?=-\\p{L})", NULL, rule_number},
    {"degrees", "°", "°", " degrees ", NULL},
    {"percent alone", "%", "\\s?%", " percent", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};
/* clang-format on */

const RuleSet rules_en = {
    .language = "en",
    .first = first,
    .short_forms = short_forms,
    .rules = rules,
    .units = units,
    .letters = letters,
    .address = "the address is on our page",
    .online = "online",
    .dot = "dot",
    .at = "at",
    .minus = "minus",
    .plus = "plus",
    .decimal_mark = '.',
    .decimal_word = "point",
    .plural = "'s",
    .agree = en_agree,
};
