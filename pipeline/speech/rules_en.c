/* English, as it is read on the air by a British voice: tables, and nothing else.
 *
 * To teach the station something, add a row to one of these tables, then a line
 * to tests/spoken/en.tsv (what is written, a tab, what is said), and run
 *
 *     make && build/tests/test_speech_normalise
 *
 *   en_first         what the rules of every language would take for their own, in rules_en_first.c; rows as below
 *   en_short_forms   an abbreviation ("dept"), in rules_en_words.c; no pattern
 *   en_notes         the same, of hurried notes ("tkts"), in rules_en_notes.c
 *   en_units         what follows a number ("km/h"), in rules_en_words.c
 *   rules            all else. A row has a name, the bytes of which the text must hold one (the rest of the row then
 *                    costs nothing), a pattern of PCRE2 (https://www.pcre.org; a backslash is written twice; {unit} is
 *                    any of the units), and either what is said in its place (\\1 is the first parenthesis) or a
 *                    function of say_en.h.
 *   A word, a sigle or a name needs no row here: it goes in voices/lexicon.en.yaml.
 *
 * The order: en_first, then the rules of every language (rules_common.c), then short_forms (the longest that fits), then
 * rules, from the first row to the last, each on what the rows above have left. Then the lexicon, and sigles letter by
 * letter (tidy.c).
 *
 * Where good readers differ, it is said thus: the day before the month in figures ("3/11" is the third of November: the
 * stations are in Europe), "one hundred and one", dots and colons in hours. */
#include "speech/say_en.h"

/* clang-format off */
/* --- patterns ------------------------------------------------------------------------- */

#define NUMBER "(\\d{1,3}(?:[," NBSP "]\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)"
#define WHOLE "(\\d{1,3}(?:,\\d{3})+|\\d{1,9})"
#define DAY "(\\d{1,2})(?:st|nd|rd|th)?"
#define DAY_NAME "(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
#define NO_DAY_BEFORE "(?<!th of )(?<!st of )(?<!nd of )(?<!rd of )(?<!\\d )(?<!\\dst )(?<!\\dnd )(?<!\\drd )(?<!\\dth )"
#define AM_PM "([AaPp])\\.?[Mm]" NO_WORD_AFTER "\\.?(?!\\s*$|\\s+\\p{Lu})"
#define COIN "(£|US\\$|\\$|€|¥|GBP|USD|EUR|CHF)"
#define SCALE "( ?(?:[kK]|[mM]|[mM]n|[bB]n|[tT]n| million| billion)" NO_WORD_AFTER ")?"
/* What is counted in years, and what leads to one. */
#define YEAR_LEADS                                                                                                     \
  "((?:[Ii]n|[Ss]ince|[Bb]y|[Ff]rom|[Uu]ntil|[Tt]ill|[Tt]o|[Oo]f|[Bb]efore|[Aa]fter|[Dd]uring|[Yy]ear|[Cc]irca|"       \
  "[Aa]bout|[Ee]stablished|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|[Tt]he|[Oo]ur|[Tt]his|[Ee]arly|[Ll]ate|[Mm]id|"    \
  "[Jj]anuary|[Ff]ebruary|[Mm]arch|[Aa]pril|[Mm]ay|[Jj]une|[Jj]uly|[Aa]ugust|[Ss]eptember|[Oo]ctober|[Nn]ovember|"     \
  "[Dd]ecember|[Cc]hristmas|[Ee]aster)[ -])"
/* Rulers, whose Roman numeral is an ordinal. */
#define RULER                                                                                                          \
  "((?:Elizabeth|Henry|Charles|George|Edward|James|William|Richard|Louis|Napoleon|Philip|Francis|Pius|Benedict|"       \
  "Alexander|Catherine|Frederick|Nicholas|Peter|Leo|John Paul|Mary|(?:Pope|King|Queen|Emperor|Tsar) \\p{Lu}\\p{Ll}+) )"
#define PART "((?:[Ww]ar|[Pp]art|[Cc]hapter|[Aa]ct|[Ss]cene|[Vv]olume|[Ss]ection|[Aa]rticle|[Pp]hase|[Tt]ype|[Cc]lass|[Bb]ook|[Ss]tage|[Tt]itle|[Aa]ppendix|[Aa]nnex|[Ll]evel) )"

/* {what it is about, characters of which a line must hold one, pattern, said, or function}:
 * each is tried on what those above it have left. */
static const Rule rules[] = {
    /* Blood, ages: before the signs. */
    {"blood", "+", "(?<=\\s|^|\\()(A|B|AB|O)\\+(?=[\\s.,;)]|$)(?! ?\\d)", "\\1 positive", NULL},
    {"blood, negative", "-", "(?<=\\s|^|\\()(A|B|AB|O)-(?=[\\s.,;)]|$)", "\\1 negative", NULL},
    {"under an age", "U", NO_WORD_BEFORE "U-?(?=[1-9]\\d?s" NO_WORD_AFTER ")", "under-", NULL},
    {"under that age", "U", NO_WORD_BEFORE "U-?((?:[5-9]|1\\d|2[0-3]))" NO_WORD_AFTER, "under \\1", NULL},
    {"people of an age", "s", "(?<=[Oo]ver|[Uu]nder|\\d to)([- ])(\\d{1,2})'?s" NO_WORD_AFTER, NULL, en_ages},
    /* Signs. */
    {"number sign", "#", "(?<![\\p{L}\\d])#\\s?(?=\\d)", "number ", NULL},
    {"section sign", "§", "§+\\s*", "section ", NULL},
    {"at a place", "@", "(?<=\\s|^)@\\s*(?=[\\p{L}\\d])", "at ", NULL},
    {"and", "&", "\\s*&\\s*", " and ", NULL},
    {"plus and minus", "±", "±\\s?", "plus or minus ", NULL},
    {"speed and more", "+", "(?<=\\d)\\+ ?mph", " plus miles per hour", NULL},
    {"years old and more", "+", "(?<=\\d)\\+(?=[\\s.,;:!?)]|$)(?!\\s?\\d)", " plus", NULL},
    {"plus one alone", "+", "(?<![\\p{L}\\d])\\+\\s?(\\d{1,3})(?=[\\s.,;:!?)]*$|\\s+\\p{Lu}|[.,;!?)])", " plus \\1", NULL},
    {"price and its tax", "+", "(?<=\\d)\\s?\\+\\s?(?=VAT\\b|p&p\\b|P&P\\b)", " plus ", NULL},
    {"street and street", "/", "(?<=Road|Street|Lane|Avenue|Rd|St)\\s?/\\s?(?=\\p{Lu})", " and ", NULL},
    {"or, after a sigle", "/", "(?<=\\p{Lu}{2})/(?=\\p{Ll}{3})", " or ", NULL},
    {"ages and sizes from to", "/", "(?<=[Aa]ge |[Aa]ges |[Aa]ged |[Ss]ize |[Ss]izes )(\\d{1,2})/(\\d{1,2})" NUMBER_AFTER, "\\1 to \\2", NULL},
    {"odds", "/", "(?<=dds |dds of |dds are )(\\d{1,3})/(\\d{1,3})" NUMBER_AFTER, "\\1 to \\2", NULL},
    {"parts of a reference", "/", "(?<=eference number \\d{3}|eference number \\d{4}|eference number \\d{5})/(?=\\d)", ", ", NULL},
    {"digits of a reference", DIGITS, "(?<=eference number )\\d{4,8}" NUMBER_AFTER, NULL, rule_phone_digits},
    {"short number after a word", "1", "(?<=[Oo]n )1(?:01|05|11|19)" NUMBER_AFTER "(?! \\p{Ll})", NULL, rule_phone_digits},
    {"time that a thing lasts", "h", "(?<=\\()([1-9])h([0-5]\\d)(?=\\))", "\\1 hr \\2", NULL},
    {"hour or hour of half a day", "/", NUMBER_BEFORE "([01]?\\d)(?:[.:]([0-5]\\d))? ?/ ?(?=\\d{1,2}(?:[.:][0-5]\\d)? ?[ap]\\.?m)", NULL, en_hour_or},
    {"four figures of an hour", "0", NUMBER_BEFORE "(?<![+-])(?<!\\d )(?<!\\d{4}, )(?<![Cc]ode |PIN |[Nn]umber |No |no |[Rr]ef |xtension )(0[1-9])([0-5]\\d)" NUMBER_AFTER "(?! \\d)", "\\1:\\2", NULL},
    {"hour by a dot before how it is meant", ".", NUMBER_BEFORE "(?<![£€$])([01]?\\d|2[0-3])\\.([0-5]\\d)(?=: | for 1?\\d\\b| (?:sharp|prompt|onwards|start|start\\.|kick-off|till|until)" NO_WORD_AFTER ")", "\\1:\\2", NULL},
    {"time of a race", ":", NUMBER_BEFORE "([1-9]):0?([1-5]?\\d):0?([1-5]?\\d)" NUMBER_AFTER, "\\1 hr \\2 mins \\3 secs", NULL},
    {"hour by a dot before its name", ".", NUMBER_BEFORE "([01]?\\d|2[0-3])\\.([0-5]\\d)(?= ?hrs?\\b| to [012]?\\d\\.[0-5]\\d ?hrs?\\b)", "\\1:\\2", NULL},
    {"hour by a dot after what begins", ".", "(?<=[Ss]tart |[Ss]tarts |[Dd]oors |[Gg]ates |kick-off |[Kk]ickoff |[Oo]ffice |eeting |intment |ervice |Mass |[Tt]rain |[Bb]us |[Ll]eaves |eparts |rrives |[Cc]loses |[Oo]pens |[Ee]nds |[Ff]inish |[Ff]inishes |[Ll]esson |[Rr]ehearsal )([01]?\\d|2[0-3])\\.([0-5]\\d)(?!\\d|[ap]m| ?[ap]m)", "\\1:\\2", NULL},
    {"plus", "+", "(?<=\\s|^|\\()\\+\\s?(?=\\p{L})|(?<=\\p{L})\\s?\\+\\s?(?=\\p{L})|(?<=\\d)\\s?\\+\\s?(?=\\d)|(?<=\\p{L}) \\+ (?=\\d)|(?<=\\d) \\+ (?=\\p{L})", " plus ", NULL},
    {"equals", "=", "\\s*=+>?\\s*", " equals ", NULL},
    {"about", "≈~", "≈\\s*|(?<=\\s|^)~\\s?(?=\\d)", "about ", NULL},
    {"more than", ">", "(?<=\\s|^|\\()>\\s?(?=\\d)", "more than ", NULL},
    {"less than", "<", "(?<=\\s|^|\\()<\\s?(?=\\d)", "less than ", NULL},
    {"versus", "v", "(?<=\\p{Ll}|\\d|\\p{Lu}{2}| eleven) v\\.? (?=\\p{Lu}|the )", " versus ", NULL},

    {"per", "/", "(?<=[\\p{L}\\d€£$])\\s?/\\s?(hour|hr|day|week|wk|month|year|yr|person|head|night|kilo|kg|mile|litre|minute|min|second|child|adult|ticket|session|household|family|group|team|pupil|student|class|table|car|room|plot|stall|pitch|term|lesson|game|match|visit|dog|pair|box|bag|item|unit|seat|member|hectare|acre|tonne|metre|pint|portion|meal|lunch|dinner|breakfast|slice|cup|bunch|jar|tin|can|bottle|punnet|tray|tub|bale|bundle|crate|sheet|plant|stem|sack|load|loaf|half-day|half day|half-hour|half hour|square metre)" NO_WORD_AFTER, " per \\1", NULL},
    {"per h", "/", "(?<=[\\d€£$])\\s?/\\s?h" NO_WORD_AFTER, " per hour", NULL},
    {"per hour", "p", " per (?:hr|h)" NO_WORD_AFTER, " per hour", NULL},
    {"per kilo", "p", " per kg" NO_WORD_AFTER, " per kilo", NULL},
    {"per square metre", "/", "(?<=[\\d€£$])\\s?/\\s?(?:m[²2]|sqm)" NO_WORD_AFTER, " per square metre", NULL},
    {"per cubic metre", "/", "(?<=[\\d€£$])\\s?/\\s?m[³3]" NO_WORD_AFTER, " per cubic metre", NULL},
    {"price beside a price", "/", "\\s?/\\s?(?=(?:\\p{L}{2,15} ){0,2}[£$€]\\d)", ", ", NULL},
    {"blood pressure", "/", "(?<=ressure |ressure of |ressure is |ressure: |\\bBP |\\bBP of |\\bBP is |\\bBP: )(\\d{2,3})/(\\d{2,3})" NUMBER_AFTER, "\\1 over \\2", NULL},
    {"per hectare", "/", "(?<=[\\p{L}\\d€£$])\\s?/\\s?ha" NO_WORD_AFTER, " per hectare", NULL},
    {"per half dozen", "/", "(?<=[\\d€£$]) ?/ ?half doz(?:en)?" NO_WORD_AFTER, " per half dozen", NULL},
    {"per dozen", "/", "(?<=[\\d€£$])\\s?/\\s?doz(?:en)?" NO_WORD_AFTER, " per dozen", NULL},
    {"or", "/", "(?<=\\p{Ll}{2})\\s?/\\s?(?=\\p{Ll}{2})", " or ", NULL},

    {"between", "-–", "([Bb]etween (?:[£$€]" GAP ")?\\d[\\d,]{0,9}(?:[.:]\\d\\d?)?(?: ?[ap]\\.?m\\.?)?)" DASH "(?=[£$€]?\\d)", "\\1 and ", NULL},

    /* Numbers that are no amounts. */
    {"book number", "IS", "(?<=ISBN |ISBN: |ISBN is )[\\d-]{10,17}" NUMBER_AFTER, NULL, rule_phone_digits},
    {"flight", "Ff", "([Ff]light \\p{Lu}{2})(?=\\d)", "\\1 ", NULL},
    {"number of a flight", "Ff", "([Ff]light \\p{Lu}{2} )(\\d{2,4})" NUMBER_AFTER, NULL, en_dialled},
    {"fifty-fifty", "5", NUMBER_BEFORE "50[/-]50" NUMBER_AFTER, "fifty-fifty", NULL},
    {"shares of a hundred", "0", NUMBER_BEFORE "([1-9]0)/([1-9]0)(?= (?:split|mix|chance|blend|share|ratio)\\b)", "\\1 \\2", NULL},
    {"verse", ":", "(?<=Psalm |Psalms |John |Luke |Mark |Matthew |Genesis |Exodus |Romans |Isaiah |Acts |Proverbs |Corinthians )(\\d{1,3}):(\\d{1,3})" NUMBER_AFTER, "\\1, verse \\2", NULL},
    {"ratio after a word", ":", "(?<=atio |atio of |atio is |cale |cale of |dds of |dds are )(\\d{1,4}):(\\d{1,6})" NUMBER_AFTER, "\\1 to \\2", NULL},
    {"ratio", ":", NUMBER_BEFORE "(\\d{1,2}):(\\d)" NUMBER_AFTER "(?!:)", "\\1 to \\2", NULL},
    {"day and night", "7", NUMBER_BEFORE "24/7" NUMBER_AFTER, "twenty-four seven", NULL},
    {"telephone", DIGITS, NUMBER_BEFORE "\\(?0\\d{2,4}\\)?[ " NBSP "-]\\d{3,4}[ " NBSP "-]?\\d{3,4}" NUMBER_AFTER, NULL, rule_phone_digits},
    {"telephone, free", "0", NUMBER_BEFORE "0(?:800|808|300|345)[ -]\\d{3,4}" NUMBER_AFTER "(?! \\d)", NULL, rule_phone_digits},
    {"sort code", "-", "(?<=[Ss]ort code |[Ss]ort code: )\\d\\d-\\d\\d-\\d\\d" NUMBER_AFTER, NULL, rule_phone_digits},
    {"junctions", "J", "(?<=[MA]\\d |[MA]\\d\\d |\\(M\\) )J(\\d{1,2})" DASH "J?(\\d{1,2})" NUMBER_AFTER, "junctions \\1 to \\2", NULL},
    {"junction", "J", "(?<=[MA]\\d |[MA]\\d\\d |\\(M\\) )J(?=\\d{1,2}[A-Z]?\\b)", "junction ", NULL},
    {"version", "v", NO_WORD_BEFORE "v\\.?(\\d{1,3}(?:\\.\\d{1,3}){1,3})" NUMBER_AFTER, "version \\1", NULL},
    {"telephone by pairs", DIGITS, NUMBER_BEFORE "0\\d(?:[ ." NBSP "-]?\\d\\d){4}" NUMBER_AFTER, NULL, rule_phone_digits},
    {"telephone, American", "-", NUMBER_BEFORE "(?:1-)?(?:\\d{3}-)?\\d{3}-\\d{4}" NUMBER_AFTER, NULL, rule_phone_digits},
    {"telephone abroad", "+", "(?<!\\d)\\+\\d{1,3}(?:\\s?\\(0\\))?(?:[ ." NBSP "-]?\\d{1,4}){2,6}(?!\\d)", NULL, rule_phone_digits},
    {"number of a charity", DIGITS, "(?<=harity number |harity no\\. |harity no |harity )\\d{6,8}" NUMBER_AFTER, NULL, rule_phone_digits},
    {"number of the health service", "1", "(?<=NHS )111" NUMBER_AFTER, "one one one", NULL},
    {"point of a list, a", "(", "(?<=\\d)\\(a\\)", " eigh", NULL},
    {"point of a list", "(", "(?<=\\d)\\(([b-z])\\)", " \\U\\1\\E", NULL},
    {"floor", "fF", "(?<=\\dst |\\dnd |\\drd |\\dth )[Ff]l\\b(?:\\.(?=[,;:)]|\\s\\p{Ll}))?", "floor", NULL},
    {"school year and the next", "Y", NO_WORD_BEFORE "Y(\\d{1,2})/(\\d{1,2})" NUMBER_AFTER, "year \\1 and \\2", NULL},
    {"school years", "Y", NO_WORD_BEFORE "Y(\\d{1,2})" DASH "Y?(\\d{1,2})" NUMBER_AFTER, "year \\1 to year \\2", NULL},
    {"school year", "Y", NO_WORD_BEFORE "Y(?=\\d{1,2}" NUMBER_AFTER ")", "year ", NULL},
    {"emergency number", "9", "(?<![\\p{L}\\d£$€#.,/+-])999(?![\\p{L}\\d%]|[.,:/-]\\d| \\p{Ll}+s\\b| (?:people|children|million)\\b| ?(?:{unit})" NO_WORD_AFTER ")", "nine nine nine", NULL},
    {"emergency numbers", "1", "(?<=[Cc]all |[Dd]ial |[Rr]ing )(?:911|112|101|111)(?=(?: or |, | and |/)(?:911|112|101|111|999)" NUMBER_AFTER ")", NULL, rule_phone_digits},
    {"emergency number behind another", "1", "(?<=nine one one or |one one two or |one zero one or |one one one or |nine one one and |one one two and |nine one one, |one one two, )(?:911|112|101|111)" NUMBER_AFTER, NULL, rule_phone_digits},
    {"emergency number beside another", "1", "(?<=nine nine nine or |nine nine nine, |nine nine nine/|nine nine nine and )1(?:12|01|11)" NUMBER_AFTER, NULL, rule_phone_digits},
    {"number for what is not urgent", "1", "(?<=urgent |urgent: |emergency |emergencies |emergencies: |olice |olice: )1(?:01|11|12)" NUMBER_AFTER "(?! \\p{Ll}+s\\b)", NULL, rule_phone_digits},
    {"road", "ABM", NO_WORD_BEFORE "([ABM])(\\d{3,4})" NUMBER_AFTER, NULL, en_road},
    {"dialled", DIGITS, NO_WORD_BEFORE "((?:[Cc]all|[Dd]ial|[Rr]ing|[Pp]hone|[Tt]elephone|[Tt]ext|[Ee]mergency)(?: on| to| the)?:? )(\\d{3,6})" NUMBER_AFTER "(?! \\d)", NULL, en_dialled},

    /* Days of the week and months by their first letters. */
    {"day of the week", "MTWFS", NO_WORD_BEFORE "(Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\\b\\.?(?=\\s?[-\\x{2013}/&,]\\s?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)|,?\\s+\\d|\\s+(?:and|to|or)\\s+(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\\b)", NULL, en_day_name},
    {"day of the week after a word", "MTWFS", "(?<=[Oo]n |[Tt]his |[Nn]ext |[Ll]ast |[Ee]very )(Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat)\\b(?:\\.(?!\\s*$|\\s+\\p{Lu}))?", NULL, en_day_name},
    {"last day of the week", "MTWFS", "(?<=day[-\\x{2013}/&]|day [-\\x{2013}/&] |day, |day and |day to |day or )(Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\\b(?:\\.(?!\\s*$|\\s+\\p{Lu}))?", NULL, en_day_name},
    {"day of the week with a stop", ".", NO_WORD_BEFORE "(Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat)\\.(?=\\s\\p{Ll})", NULL, en_day_name},
    /* Of these no other word is written with a capital; "Sat" and "Sun" are words at the beginning of a sentence. */
    {"day of the week anywhere", "MTWF", NO_WORD_BEFORE "(Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Mon(?! \\p{Lu}))\\b(?!'|-\\p{Ll})(?:\\.(?=\\s[\\p{Ll}\\d(]|[,;:)]))?", NULL, en_day_name},
    {"Saturday within a sentence", "S", "(?<=[\\p{Ll},;(\\d] |[(/])(Sat)\\b(?!')(?:\\.(?=\\s[\\p{Ll}\\d(]|[,;:)]))?", NULL, en_day_name},
    {"Saturday or Sunday with its colon", "S", "(?:^|(?<=[.;!?] ))(Sat|Sun)(?=: )", NULL, en_day_name},
    {"Sunday within a sentence", "S", "(?<=[Oo]n |losed |pen |[Ee]very |[Tt]his |[Nn]ext |[Ll]ast |[Ee]ach |\\dst |\\dnd |\\drd |\\dth |[Uu]ntil |[Bb]y |[Ff]rom |[Tt]o |or |, )(Sun)\\b(?!'| \\p{Lu})(?:\\.(?=\\s[\\p{Ll}\\d(]|[,;:)]))?", NULL, en_day_name},
    {"days of the week", "MWFS", "(?<=[Oo]n |[Oo]f |and |or )(Mon|Wed|Fri|Sat|Sun)(?=s\\b)", NULL, en_day_name},
    {"three days", "/", "(" DAY_NAME ")/(" DAY_NAME ")/(?=" DAY_NAME ")", "\\1, \\2 and ", NULL},
    {"day and day", "/", "(?<=day)\\s?/\\s?(?=" DAY_NAME ")", " and ", NULL},
    {"day to day", "-–", "(" DAY_NAME ")" DASH "(?=" DAY_NAME ")", "\\1 to ", NULL},
    {"month", "JFAMSOND", "(?<![\\p{L}])(?<!\\d |\\d\\. )(?!Jan\\b\\.?\\s\\p{Ll})(Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\\b\\.?(?!\\s\\d{1,2}\\b)(?=\\s?[-\\x{2013}/]\\s?\\p{Lu}|\\s\\d{3}|\\s'\\d\\d|\\s*$|[,;:)]|\\s\\p{Ll})", NULL, en_month_name},
    {"month before a year or a month", "MAJ", "(?<![\\p{L}])(?<!\\d |\\d\\. )(Mar|Apr|Jun|Jul)\\b\\.?(?=\\s?[-\\x{2013}/]\\s?\\p{Lu}\\p{Ll}{2}|\\s\\d{3})", NULL, en_month_name},
    {"month with a stop", ".", "(?<=and |or |, |in |In |to |since |until |by |of |from )(Mar|Apr|Jun|Jul)\\.(?=\\s\\p{Ll}|[,;:)])", NULL, en_month_name},
    {"last month", "JFMASOND", "(?<=(?:ary|rch|ril|une|uly|ust|ber)(?:[-\\x{2013}/]))(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\b(?:\\.(?!\\s*$|\\s+\\p{Lu}))?", NULL, en_month_name},
    {"month to month", "-–", "(?<=ary|rch|ril|May|une|uly|ust|ber)[-\\x{2013}](?=(?:January|February|March|April|May|June|July|August|September|October|November|December)\\b)", " to ", NULL},

    /* Days: before the hours, since a dot stands in both. */
    {"day in figures to a day", "/", NUMBER_BEFORE "(\\d{1,2})/(1[0-2]|0?[1-9])()(?=(?: to | until | till |" DASH ")(?:the )?\\d{1,2}/(?:1[0-2]|0?[1-9])(?:/(?:20)?\\d\\d)?" NUMBER_AFTER ")", NULL, en_date},
    {"date", DIGITS, NUMBER_BEFORE "(?:the )?(\\d{1,2})(?|/(\\d{1,2})/|\\.(\\d{1,2})\\.|-(\\d{1,2})-)(\\d{4}|\\d{2})" NUMBER_AFTER, NULL, en_date},
    {"days of a month in figures", "-–", NUMBER_BEFORE "(?:the )?(\\d{1,2})" DASH "(\\d{1,2})/(1[0-2]|0?[1-9])" NUMBER_AFTER, NULL, en_days_in_figures},
    {"month and year", "/", NUMBER_BEFORE "(0[1-9]|1[0-2])/((?:19|20)\\d\\d)" NUMBER_AFTER, NULL, en_month_year},
    {"day and month that no share can be", "/", NUMBER_BEFORE "(?<!dds )(?<!dds of )(?!16/9)(?:the )?(1[3-9]|2\\d|3[01])/(1[0-2]|[1-9])()" NUMBER_AFTER "(?! (?:split|odds|odds-on|on)\\b)", NULL, en_date},
    {"day in figures behind its hour", "/", "(?<=\\dam |\\dpm |\\d am |\\d pm |\\dam, |\\dpm, )(\\d{1,2})/(1[0-2]|0?[1-9])()" NUMBER_AFTER, NULL, en_date},
    {"day in figures with its hour", "/", NUMBER_BEFORE "(\\d{1,2})/(1[0-2]|0?[1-9])()(?=,? (?:at|from) \\d|,? \\d{1,2}(?:[.:][0-5]\\d)? ?[ap]m" NO_WORD_AFTER "|,? [01]?\\d[.:][0-5]\\d" NUMBER_AFTER ")", NULL, en_date},
    {"day in figures after what begins or ends", "/", "(?<=[Bb]ack |[Ss]tart |[Ss]tarts |[Ss]tarting |[Bb]egins |[Ee]nds |[Ee]nding |[Dd]ue |[Rr]eopens |mmencing |ginning |eadline |eadline: |[Cc]loses |[Oo]pens |[Rr]eturns |[Dd]ated |[Ss]ince |pproved |[Hh]eld |[Ss]een |eported |eceived |[Ss]ent |[Ss]igned |[Ii]ssued |[Pp]osted |xpires |bmitted |ranted |efused |dopted |nstalled |[Ff]itted |\\bout |Day, |day, )(\\d{1,2})/(1[0-2]|0?[1-9])()" NUMBER_AFTER, NULL, en_date},
    {"day in figures of an event", "/", "(?<=trip |outing |match |event |visit |party |meeting |fair |fete |fête |concert |show |sale |walk |quiz |AGM |lunch |practice |training |closed |rally |service |disco |bazaar )(\\d{1,2})/(1[0-2]|0?[1-9])()" NUMBER_AFTER "(?! (?:of|full|done)\\b)", NULL, en_date},
    {"by a day, not by a share", "/", "(?<!rose by |fell by |cut by |up by |own by |grew by |uced by |ased by |pped by |ised by |ttle by |hink by |ered by |alls by |ises by )(?<=[Bb]y )([1-4])/(1[0-2]|[15-9])()" NUMBER_AFTER "(?! (?:of|cup|more|less)\\b)", NULL, en_date},
    {"date, American", "/", NUMBER_BEFORE "(1[0-2]|0?[1-9])/(1[3-9]|2\\d|3[01])/(\\d{4}|\\d{2})" NUMBER_AFTER, NULL, en_date_american},
    {"day in figures, American", "/", "(?<=[Oo]n |[Bb]y |[Uu]ntil |[Ff]rom |[Tt]ill |fore |fter )(1[0-2]|0?[1-9])/(1[3-9]|2\\d|3[01])()" NUMBER_AFTER, NULL, en_date_american},
    {"ISO date and hour", "-", NUMBER_BEFORE "(\\d{4}-\\d{2}-\\d{2})T(?=\\d{2}:\\d{2})", "\\1, ", NULL},
    {"ISO date", "-", NUMBER_BEFORE "(?:the )?(\\d{4})-(\\d{2})-(\\d{2})(?!\\d)", NULL, en_date_iso},
    {"days of a month", "-–", NUMBER_BEFORE "(?:[Tt]he )?" DAY DASH DAY "(?: of)? " MONTH "(?:,? (\\d{4}))?" NO_WORD_AFTER, NULL, en_days_of_month},
    {"month and days", "-–", NO_DAY_BEFORE NO_WORD_BEFORE MONTH " " DAY DASH DAY "(?:,? (\\d{4}))?" NUMBER_AFTER, NULL, en_month_days},
    {"day and month, and", DIGITS, NUMBER_BEFORE "(?:[Tt]he )?" DAY "( (?:and|or|to) )(?=(?:the )?\\d{1,2}(?:st|nd|rd|th)? (?:of )?" MONTH NO_WORD_AFTER ")", "the \\1th\\2", NULL},
    {"day and month", DIGITS, NUMBER_BEFORE "(?:[Tt]he )?" DAY "(?: of)? " MONTH "(?:,? (\\d{4}))?" NO_WORD_AFTER, NULL, en_day_month},
    {"month and day", DIGITS, NO_DAY_BEFORE NO_WORD_BEFORE MONTH " (?:the )?" DAY "(?!\\.[0-5]\\d)(?:,? (\\d{4}))?" NO_WORD_AFTER, NULL, en_month_day},
    {"on a day in figures", "/", "(?<=[Oo]n )(\\d{1,2})/(1[0-2]|0?[1-9])()" NUMBER_AFTER, NULL, en_date},
    {"day and month after its name", "/", "(?<=day )(\\d{1,2})/(1[0-2]|0?[1-9])()" NUMBER_AFTER, NULL, en_date},
    {"by a day in figures", "/", "(?<=[Bb]y |[Uu]ntil |[Ff]rom |[Tt]ill |fore |fter )([5-9]|1\\d|2\\d|3[01])/(1[0-2]|0?[1-9])()" NUMBER_AFTER, NULL, en_date},
    {"day and month in figures", "/", NUMBER_BEFORE "(?<=[Oo]n |[Bb]y |[Uu]ntil |[Ff]rom |[Tt]ill |day |fore |fter |[Tt]o )(?:the )?(\\d{1,2})/(0[1-9]|1[0-2])()" NUMBER_AFTER, NULL, en_date},
    {"day and month in two figures", "/", NUMBER_BEFORE "(0[1-9]|[12]\\d|3[01])/(0[1-9]|1[0-2])()" NUMBER_AFTER, NULL, en_date},
    {"day in figures after a day", "/", "(?:uary|arch|pril|May|June|July|gust|mber|ober)(?: to | until | and | or | - |-)\\K(\\d{1,2})/(1[0-2]|0?[1-9])()" NUMBER_AFTER, NULL, en_date},

    /* Hours. */
    {"hours from to", ":", NUMBER_BEFORE "(\\d{1,2}:\\d\\d)" GAP "h?" DASH "(?=\\d{1,2}:\\d\\d)", "\\1 to ", NULL},
    {"hours from to, French", "h", NUMBER_BEFORE "(\\d{1,2}h(?:\\d\\d)?)" DASH "(?=\\d{1,2}h)", "\\1 to ", NULL},
    {"short hours from to", "aApP", NUMBER_BEFORE "(\\d{1,2}(?:[:.]\\d\\d)?\\s?(?:[ap]\\.?m\\.?)?)" DASH "(?=\\d{1,2}(?:[:.]\\d\\d)?\\s?[ap]\\.?m)", "\\1 to ", NULL},
    {"first hour of two", "aApP", NUMBER_BEFORE "([01]?\\d)[:.]([0-5]\\d)(?= (?:to|and|for) \\d{1,2}(?:[:.]\\d\\d)?\\s?[ap]\\.?m)", "\\1:\\2", NULL},
    {"hour from to a whole hour", ":", NUMBER_BEFORE "((?:[01]?\\d|2[0-3]):[0-5]\\d)" DASH "(?=\\d{1,2}" NUMBER_AFTER "(?! ?(?:{unit})" NO_WORD_AFTER "))", "\\1 to ", NULL},
    {"hour to noon", "m", "(?<=\\d[ap]m|\\d [ap]m|\\s\\d|\\s\\d\\d|[.:]\\d\\d)" DASH "(?=12 ?noon|noon|12 ?midnight|midnight|midday|late)", " to ", NULL},
    {"half of a day of the week", "m", "(?<=day |day, )([ap])m" NO_WORD_AFTER, "\\1.m.", NULL},
    {"noon", "n", NUMBER_BEFORE "12(?:[:.]00)? ?(noon|midnight)", "twelve \\1", NULL},
    {"hour of half a day", "mM", NUMBER_BEFORE "([01]?\\d|2[0-4])[:.]([0-5]\\d)(?::\\d\\d)?\\s?" AM_PM, NULL, en_hour},
    {"hour of half a day, last", "mM", NUMBER_BEFORE "([01]?\\d|2[0-4])[:.]([0-5]\\d)(?::\\d\\d)?\\s?([AaPp])\\.?[Mm]" NO_WORD_AFTER, NULL, en_hour},
    {"whole hour of half a day", "mM", NUMBER_BEFORE "(1?\\d|2[0-4])()\\s?" AM_PM, NULL, en_hour},
    {"whole hour of half a day, last", "mM", NUMBER_BEFORE "(1?\\d|2[0-4])()\\s?([AaPp])\\.?[Mm]" NO_WORD_AFTER, NULL, en_hour},
    {"hour to an hour by a dot", ".", NUMBER_BEFORE "(?<![£€$])(1?\\d)" DASH "(1?\\d)\\.(00|15|30|45)(?![\\d%€p]|\\.\\d|" GAP "(?:{unit})" NO_WORD_AFTER ")", "\\1 to \\2:\\3", NULL},
    {"hour by a dot to an hour", ".", NUMBER_BEFORE "(?<![£€$])(1?\\d)\\.(00|15|30|45)" DASH "(?=1?\\d" NUMBER_AFTER ")(?!\\S+" GAP "(?:{unit})" NO_WORD_AFTER ")", "\\1:\\2 to ", NULL},
    {"hours by dots, from to", ".", NUMBER_BEFORE "([01]?\\d|2[0-3])\\.([0-5][05])" DASH "([01]?\\d|2[0-3])\\.([0-5][05])(?![\\d%€]|\\.\\d|" GAP "{unit}" NO_WORD_AFTER ")", "\\1:\\2 to \\3:\\4", NULL},
    {"hour of two figures by a dot", ".", NUMBER_BEFORE "(0\\d)\\.([0-5]\\d)(?![\\d%€]|\\.\\d|" GAP "{unit}" NO_WORD_AFTER ")", "\\1:\\2", NULL},
    {"seven for half past", ".", "(?<=\\d for )([01]?\\d)\\.([0-5]\\d)" NUMBER_AFTER, "\\1:\\2", NULL},
    {"hour by a colon", ":", NUMBER_BEFORE "([01]?\\d|2[0-4]):([0-5]\\d)()(?::\\d\\d)?" "(?:" GAP "(?:hrs|hours|h)" NO_WORD_AFTER ")?(?![\\d:])", NULL, en_hour},
    {"hour by a dot", ".", "(?<!is about |was about |are about |of about )(?<=[Aa]t |[Ff]rom |[Uu]ntil |[Tt]ill |[Bb]y |fore |fter |[Aa]round |[Aa]bout |day |ween |hour |rom \\d to |rom \\d\\d to |rom \\d-|rom \\d\\d-|\\d\\.\\d\\d to |\\d\\.\\d\\d and )([01]?\\d|2[0-3])\\.([0-5]\\d)()(?! (?:points?|pts|percent|per cent|times|marks?|degrees)\\b)(?![\\d%€]|\\.\\d|" GAP "{unit}" NO_WORD_AFTER ")", NULL, en_hour},
    {"hour of a bus to a town", ".", "(?<=[Tt]he )([01]?\\d|2[0-3])\\.([0-5]\\d)()(?= (?:to|from|for) \\p{Lu})", NULL, en_hour},
    /* Nobody writes the last nought of a decimal: "eyes down 7.30". */
    {"hour by a dot, full or half", ".", NUMBER_BEFORE "(?<![£€$])([1-9]|1[0-2])\\.(00|30)()(?=\\s*$|[.,;)](?:\\s|$)| (?:and|or|to|\\x{2013}|-) )(?! (?:and|or|to) [£€$])", NULL, en_hour},
    {"hour for an hour", ".", "(?<= M for |clock for )(\\d{1,2})[.:]([0-5]\\d)()" NUMBER_AFTER, NULL, en_hour},
    {"hour of a bus", ".", "(?<=[Tt]he )([01]?\\d|2[0-3])\\.([0-5]\\d)()(?= (?:\\p{Ll}{2,12} ){0,2}(?:bus|train|boat|ferry|tram|coach|show|news|service|performance|screening))", NULL, en_hour},
    {"hour, French", "h", NUMBER_BEFORE "([01]?\\d|2[0-4])h([0-5]\\d)()" NO_WORD_AFTER, NULL, en_hour},
    {"whole hour, French", "h", NUMBER_BEFORE "(?<!in |for |thin |very |last |next |past |over |of |bout |than )(1[3-9]|2[0-4])" GAP "h()()" NO_WORD_AFTER, NULL, en_hour},
    {"whole hour after a word", "h", "(?<=[Aa]t |[Uu]ntil |[Ff]rom |[Tt]ill )(\\d{1,2})" GAP "h()()" NO_WORD_AFTER, NULL, en_hour},
    {"military hour", "h", NUMBER_BEFORE "([01]\\d|2[0-4])([0-5]\\d)()" GAP "(?:hrs|h)" NO_WORD_AFTER, NULL, en_hour},
    /* Two figures behind a dot, nothing measured, nothing compared: in a diary that is an hour. */
    {"hour by a dot, of a diary", ".", NUMBER_BEFORE "(?<![£€$]|\\d, )(?<!of |is |was |are |were |[Aa]verage |mean |rate |ratio |score |scored |index |ersion |factor |[Bb]y |pH |than |rose |fell |times |equals |only |[Pp]i |grade |mark |over |under |out |at least |PS |ection |aragraph |[Pp]ara |[Rr]ule |[Cc]lause |[Ii]tem |[Pp]olicy |hapter |igure |able |ppendix |umber |[Pp]art |[Ll]evel |[Cc]lass |GPA |[Dd]ose |[Vv]alue |gnitude |buntu |[Bb]uild |elease |ndows |droid |Perl |ython |PHP |GSM |TLS |USB |HTML |Linux |ebian |ersion: |[Pp]age |[Pp]oint |[Rr]egulation )([1-9]|1\\d|2[0-3])\\.([0-5]\\d)()(?![\\d%€p°]|\\.\\d|,\\d|[-\\x{2013}/]\\d|" GAP "(?:{unit})" NO_WORD_AFTER "| ?(?:million|billion|per|times|mile|metre|point|second|inch|feet|foot|tonne|litre|pound|kilo|euro|dollar|out of|in 10|x|×|each|yard|acre|hectare|degree|star|goal|hour|day|week|month|year|minute|bar|volt|amp|ton|gallon|pint|cup|household|person|people|child|car|vehicle|or so|on average|on the)\\p{Ll}{0,2}\\b)", NULL, en_hour},
    {"hours before their days", "-–", NUMBER_BEFORE "(1?\\d)" DASH "(1?\\d)(?=,? (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|daily|every|weekdays|weekends|most days))", "\\1 to \\2", NULL},
    {"opening hours", "-–", "(?<=[Oo]pen |[Oo]ff |[Ss]hut |osed |hours |hours: |from |days |day |day: )(\\d{1,2})" DASH "(\\d{1,2})" NUMBER_AFTER "(?![-/])", "\\1 to \\2", NULL},

    /* Money: before the years. */
    {"pence to", "p", NUMBER_BEFORE "(\\d{1,3}p)" DASH "(?=[£\\d])", "\\1 to ", NULL},
    {"money from to", "£$€¥", COIN GAP WHOLE DASH WHOLE NUMBER_AFTER "(?! ?(?:k|m|bn|million|billion)" NO_WORD_AFTER ")", NULL, en_money_range},
    {"money to money", "-–", "(" COIN GAP "\\d[\\d,.]{0,12})" DASH "(?=" COIN GAP "\\d)", "\\1 to ", NULL},
    {"money of a fine", "£$€", "(?<!\\d )" COIN "(\\d{1,3}(?:,\\d{3})+|\\d{1,9})()" SCALE "(?= (?:note|voucher|deposit|prize|grant|charge|fee|donation|coin|fare|bill|loan|reward|bonus|refund|cheque|gift)\\b)", NULL, en_money_of_noun},
    {"money of a noun", "£$€", "(?<=\\b[Aa] |\\b[Aa]n )" COIN "(\\d{1,3}(?:,\\d{3})+|\\d{1,9}(?:\\.\\d)?)()" SCALE "(?= \\p{Ll}{3,})(?! (?:for|from|was|has|and|per|each|with|will|that|but|the|when|this)\\b)", NULL, en_money_of_noun},
    {"money", "£$€¥GUEC", "(?<![\\p{L}])" COIN GAP WHOLE "(?:\\.(\\d\\d)(?!\\d))?" SCALE "(?![\\d]|\\.\\d)", NULL, en_money},
    {"money with a decimal", "£$€¥UGC", COIN GAP "(\\d+\\.\\d+)()" SCALE "(?!\\d)", NULL, en_money},
    {"money, sign last", "£$€GUEC", NUMBER_BEFORE "(\\d{1,3}(?:[, " NBSP "]\\d{3})+|\\d{1,9})(?:[.,](\\d\\d))?" GAP "([kM]?)" "(€|£|\\$|GBP|USD|EUR|CHF)" NO_WORD_AFTER, NULL, en_money_after},
    {"money in words", DIGITS, NUMBER_BEFORE "(\\d{1,9})[.,](\\d\\d)() (euros|pounds|dollars)" NO_WORD_AFTER, NULL, en_money_after},
    {"pence", "p", NUMBER_BEFORE "(\\d{1,3})p" NO_WORD_AFTER, NULL, en_pence},
    {"cents", "c", NUMBER_BEFORE "(\\d\\d)c" NO_WORD_AFTER, "\\1 cents", NULL},
    {"pence with a decimal", "p", NUMBER_BEFORE "(\\d{1,3}\\.\\d)p" NO_WORD_AFTER, "\\1 pence", NULL},

    /* Years. */
    {"years from to", DIGITS, NUMBER_BEFORE "((?:1[4-9]|20)\\d\\d)\\s?[-\\x{2013}/]\\s?((?:1[4-9]|20)\\d\\d|\\d\\d)" NUMBER_AFTER, NULL, en_years},
    {"decade", "s", NUMBER_BEFORE "(1[1-9]|20)(\\d0)(?:s|(?<=[Tt]he \\d{4})'s)" NO_WORD_AFTER, NULL, en_decade},
    {"short decade", "s", "(?<![\\p{L}\\d.,])'?()([2-9]0)'?s" NO_WORD_AFTER, NULL, en_decade},
    {"year after a word", DIGITS, NO_WORD_BEFORE YEAR_LEADS "((?:1[0-9]|2[01])\\d\\d)" NUMBER_AFTER "(?!" GAP "(?:{unit})" NO_WORD_AFTER "|,\\d)", NULL, en_year},
    {"year", DIGITS, NUMBER_BEFORE "()(19\\d\\d|20[0-4]\\d)" NUMBER_AFTER "(?!\\s?%|[ " NBSP "](?:(?:{unit})" NO_WORD_AFTER "|(?!(?:was|is|has|as|its|this|plus|does)\\b)\\p{Ll}+(?:s|people|children)" NO_WORD_AFTER "|million|billion|thousand|\\d))", NULL, en_year},

    /* Ordinals and Roman numerals. */
    {"day and its ordinal", DIGITS, "(?<=day )(?=\\d{1,2}(?:st|nd|rd|th)\\b)", "the ", NULL},
    {"century by a letter", "Cc", NO_WORD_BEFORE "[Cc](?=\\d{1,2}(?:st|nd|rd|th)" NO_WORD_AFTER ")(\\d{1,2}(?:st|nd|rd|th))", "\\1 century", NULL},
    {"weight in stone", "s", NUMBER_BEFORE "(1[0-9]|2[02-9]|[4-9]) ?st" NO_WORD_AFTER "(?!\\.? \\p{Lu})", "\\1 stone", NULL},
    {"day of no month", "snrt", "(?<=[Oo]n |[Bb]y |[Uu]ntil |[Ff]rom |[Tt]ill )(\\d{1,2}(?:st|nd|rd|th))(?=[.,;:!?)]|\\s*$| (?:to|at|and|until|till|from|for)\\b)", "the \\1", NULL},
    {"tens of", "s", NUMBER_BEFORE "10s(?= of )", "tens", NULL},
    {"hundreds of", "s", NUMBER_BEFORE "100s(?= of )", "hundreds", NULL},
    {"thousands of", "s", NUMBER_BEFORE "1,?000s(?= of )", "thousands", NULL},
    {"section of an act", "s", "(?<![\\p{L}\\d'.])[sS]\\. ?(?=\\d{1,3}" NO_WORD_AFTER ")|(?<![\\p{L}\\d'.])s(?=\\d{2,3} (?:agreement|notice|money|funding|order))", "section ", NULL},
    {"ordinal", DIGITS, NO_WORD_BEFORE "(\\d{1,3}(?:,\\d{3})+|\\d{1,6})(?:st|nd|rd|th)" NO_WORD_AFTER, NULL, en_ordinal},
    {"Roman ordinal", "IVX", NO_WORD_BEFORE "([IVX]{1,6})(?:st|nd|rd|th)" NO_WORD_AFTER, NULL, en_roman_ordinal},
    {"Roman century", "IVX", NO_WORD_BEFORE "([IVX]{1,6})(?= [Cc]entur)", NULL, en_roman_ordinal},
    {"Roman numeral of a ruler", "IVX", NO_WORD_BEFORE RULER "([IVX]{1,5})" NO_WORD_AFTER "(?!'(?!s\\b))", NULL, en_roman_ruler},
    {"Roman numeral of a part", "IVX", NO_WORD_BEFORE PART "([IVX]{1,6})" NO_WORD_AFTER "(?!')", NULL, en_roman_cardinal},

    {"Roman numeral after a name", "IVX", "((?<=\\p{Ll}{2})(?<! and| or) )([IVX]{2,5})" NO_WORD_AFTER "(?!')(?! [IVX])", NULL, en_roman_cardinal},

    /* Amounts. */
    {"feet by feet", "'", NUMBER_BEFORE "(\\d{1,3})' ?[x×] ?(\\d{1,3})'", "\\1 foot by \\2 foot", NULL},
    {"feet and inches by marks", "'", NUMBER_BEFORE "(\\d{1,2})' ?(\\d{1,2})(?:''|(?=\\s|$|[.,;)]))", NULL, en_feet_inches},
    {"feet and inches", "f", NUMBER_BEFORE "(\\d{1,2})" GAP "ft" GAP "(\\d{1,2})" GAP "(?:ins?|inches)?" NO_WORD_AFTER, NULL, en_feet_inches},
    {"three quarter inch", "'", NUMBER_BEFORE "3/4''[ -](?=\\p{Ll})", "three quarter inch ", NULL},
    {"half inch", "'", NUMBER_BEFORE "1/2''[ -](?=\\p{Ll})", "half inch ", NULL},
    {"quarter inch", "'", NUMBER_BEFORE "1/4''[ -](?=\\p{Ll})", "quarter inch ", NULL},
    {"inches by inches", "'", "(?<=\\d|[½¼¾])'' ?[xX×] ?(?=\\d)", " inches by ", NULL},
    {"inch of a thing", "'", "(?<![\\p{L}.,])" NUMBER " ?([½¼¾]?)''[ -](?=\\p{Ll})(?!(?:of|by|wide|deep|long|high|tall|thick|across|and|or|to|from|in|on|at|is|was|below|above|too|off|apart|away)\\b)", "\\1\\2 inch ", NULL},
    {"one inch", "'", NUMBER_BEFORE "1''", "1 inch", NULL},
    {"inches", "'", "(?<=\\d|[½¼¾])''", " inches", NULL},
    {"unit from to", "-–", NUMBER_BEFORE "(\\d[\\d,]{0,9}(?:\\.\\d{1,4})?)" GAP "(?:{unit})?" DASH "(?=\\d[\\d,]{0,9}(?:\\.\\d{1,4})?" GAP "(?:{unit})" NO_WORD_AFTER ")", "\\1 to ", NULL},
    {"half of one", "½/", NUMBER_BEFORE "(?<![Aa] |\\d )(?:½|1/2)" GAP "(?=an? \\p{Ll})", "half ", NULL},
    {"litres and a part", "½¼¾", "(?<=\\d[½¼¾]|\\d [½¼¾]) ?[lL]" NO_WORD_AFTER, " litres", NULL},
    {"quarter of a litre", "¼", NUMBER_BEFORE "(?<!\\d )¼ ?[lL]" NO_WORD_AFTER, "a quarter of a litre", NULL},
    {"three quarters of a litre", "¾", NUMBER_BEFORE "(?<!\\d )¾ ?[lL]" NO_WORD_AFTER, "three quarters of a litre", NULL},
    {"quarter of a kilo", "¼", NUMBER_BEFORE "(?<!\\d )¼ ?kg" NO_WORD_AFTER, "a quarter of a kilo", NULL},
    {"three quarters of a kilo", "¾", NUMBER_BEFORE "(?<!\\d )¾ ?kg" NO_WORD_AFTER, "three quarters of a kilo", NULL},
    {"half a pound", "½/", NUMBER_BEFORE "(?<![Aa] |\\d )(?:½|1/2)" GAP "lbs?" NO_WORD_AFTER, "half a pound", NULL},
    {"half a kilo", "½/", NUMBER_BEFORE "(?<![Aa] |\\d )(?:½|1/2)" GAP "kg" NO_WORD_AFTER, "half a kilo", NULL},
    {"half a measure", "½/", NUMBER_BEFORE "(?<![Aa] |\\d )(?:½|1/2) (pint|mile|dozen|kilo|litre|pound|cup|teaspoon|tablespoon|metre|pint)" NO_WORD_AFTER, "half a \\1", NULL},
    {"half an hour", "½/", NUMBER_BEFORE "(?<![Aa] |\\d )(?:½|1/2) (hour|ounce|inch|acre)" NO_WORD_AFTER, "half an \\1", NULL},
    {"half an hour, short", "½/", NUMBER_BEFORE "(?<![Aa] |\\d )(?:½|1/2) hr" NO_WORD_AFTER "\\.?(?!\\s\\p{Lu})", "half an hour", NULL},
    {"half a teaspoon", "½/", NUMBER_BEFORE "(?<![Aa] |\\d )(?:½|1/2) ?tsps?" NO_WORD_AFTER, "half a teaspoon", NULL},
    {"half a tablespoon", "½/", NUMBER_BEFORE "(?<![Aa] |\\d )(?:½|1/2) ?tbsps?" NO_WORD_AFTER, "half a tablespoon", NULL},
    {"half an ounce", "½/", NUMBER_BEFORE "(?<![Aa] |\\d )(?:½|1/2) ?oz" NO_WORD_AFTER, "half an ounce", NULL},
    {"half a price", "½/", NUMBER_BEFORE "(?:½|1/2)[- ](?=(?:price|term|time|day|way|board|fare)\\b)", "half ", NULL},
    {"fraction of a unit", "/½¼¾", NUMBER_BEFORE "(?<!\\d )(\\d)/([2348])" GAP "({unit})" NO_WORD_AFTER, NULL, en_part_of_unit},
    {"part of a measure", "/", NUMBER_BEFORE "(?<!\\d )([2-7])/([348]) (pint|mile|dozen|kilo|litre|pound|cup|teaspoon|tablespoon|metre|hour|ounce|inch|acre|gallon|yard)" NO_WORD_AFTER, NULL, en_part_of_unit},
    {"weight of a person", "s", "(?<=eighs |eighing |eighed |ost |ained )(\\d{1,2}) ?st\\b(?:\\.(?=\\s\\p{Ll}|[,;:)]))?", "\\1 stone", NULL},
    {"inch joined to its number", "i", "(?<![\\p{L}\\d.,])" NUMBER "-in\\b\\.?(?=\\s\\p{Ll})", "\\1 inch", NULL},
    {"inches by their letters", "i", "(?<![\\p{L}\\d.,])" NUMBER " ?in\\b\\.?(?= (?:long|wide|deep|tall|high|thick|across|of rain|of snow|x|by)\\b)", "\\1 inches", NULL},
    {"inches of a thing", "i", "(?<![\\p{L}\\d.,])" NUMBER " in\\b\\.?(?= (?:bracket|ruler|pipe|pizza|screen|monitor|telly|TV|tyre|wheel|pot|blade|nail|screw|bolt|board|plank|frame|record|speaker|hose|cable|gap|step|drop|layer|slab|tile|shelf|pan|main|saw|brush)s?\\b)", "\\1 inch", NULL},
    {"unit of a thing", DIGITS, "(?<![\\p{L}\\d.,])()" NUMBER GAP "({unit})" NO_WORD_AFTER "(?= (?:session|slot|class|lesson|course|talk|extension|lead|cord|pump|hose|wave|rope|fence|wall|gap|strip|screw|nail|board|plank|speaker|screen|gate|path|track|tent|flag|pole|post|poster|mast|pitch|lane|descent|climb|detour|swell|solar|panel|array|boiler|heater|drum|bag|sack|box|parcel|charger|motor|generator|oven|bulb|battery|cable|disk|drive|phone|field|paddock|meadow|orchard|wood|site|farm|walk|run|race|radius|zone|limit|bag|bottle|jar|tin|pipe|ladder|pool|tank|plan|swim|hike|ride|trip|speed limit)s?\\b)", NULL, en_unit_of_noun},
    {"per kilo", "p", "(?<=per |Per )kg" NO_WORD_AFTER, "kilo", NULL},
    {"unit alone", "p", "(?<=per |Per )({unit})" NO_WORD_AFTER, NULL, en_one_unit},
    {"unit by unit", "xX×", "(?<=\\d)(" GAP "(?:{unit})) ?[xX×] ?(?=\\d)", "\\1 by ", NULL},
    {"half and more", "½⅓⅔¼¾⅛", "(?<=\\d)\\s?(?=[½⅓⅔¼¾⅛])", " and ", NULL},
    {"half", "½", "½", "a half", NULL},
    {"and a half of a kilogram", "k", "(?<=and a half |and ½ )kgs?" NO_WORD_AFTER, "kilograms", NULL},
    {"and a half of a kilometre", "k", "(?<=and a half |and ½ )kms?" NO_WORD_AFTER, "kilometres", NULL},
    {"and a half of an hour", "h", "(?<=and a half |and ½ )hrs?" NO_WORD_AFTER, "hours", NULL},
    {"quarter", "¼", "¼", "a quarter", NULL},
    {"three quarters", "¾", "¾", "three quarters", NULL},
    {"unit before a noun", DIGITS, "(?<=\\b[Aa] |\\b[Aa]n )()" NUMBER GAP "({unit})" NO_WORD_AFTER "(?= \\p{Ll})", NULL, en_unit_of_noun},
    {"so many years old", "y", "(?<=\\d) ?yrs old" NO_WORD_AFTER, " years old", NULL},
    {"years old", "y", "(?<=\\d)[ -]?yrs?[ -](olds?)" NO_WORD_AFTER, " year \\1", NULL},
    {"hours and minutes", "h", NUMBER_BEFORE "(\\d{1,2}) ?h(?:rs?)? ?(\\d{1,2}) ?m" NO_WORD_AFTER, "\\1 hr \\2 min", NULL},
    {"unit without a number, area", "m", "(?<=per |each )m[²2]" NO_WORD_AFTER, "square metre", NULL},
    {"unit without a number, volume", "m", "(?<=per |each )m[³3]" NO_WORD_AFTER, "cubic metre", NULL},
    {"unit joined to its number", "-", "(?<![\\p{L}\\d.,])()" NUMBER "-({unit})" NO_WORD_AFTER "(?:\\.(?=\\s\\p{Ll}))?", NULL, en_unit_of_noun},
    {"below zero", "C", "(?<=\\s-|\\+|low |ows of |igh |ighs of |round |elow |bove )(-?\\d{1,2}) ?C(?=[\\s.,;)]|$)", "\\1°C", NULL},
    {"long row of digits", DIGITS, NUMBER_BEFORE "\\d{12,40}" NUMBER_AFTER, NULL, rule_phone_digits},
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
    {"votes", "-–", "(?<=[Vv]oted |[Vv]ote of |[Vv]otes of |[Vv]ote was |[Pp]assed |pproved |arried |greed |efeated |ejected )(\\d{1,3})" DASH "(\\d{1,3})" NUMBER_AFTER, "\\1 to \\2", NULL},
    {"from to", "-–", NUMBER_BEFORE "(\\d{1,6}(?:\\.\\d{1,3})?|\\d{1,3}(?:,\\d{3}){1,2})" DASH "(\\d{1,6}(?:\\.\\d{1,3})?|\\d{1,3}(?:,\\d{3}){1,2})" NUMBER_AFTER, NULL, en_range},
    {"version number", ".", "(?<=\\d)\\.(?=\\d+\\.\\d)|(?<=\\d\\.\\d|\\d\\.\\d\\d)\\.(?=\\d)", " point ", NULL},
    {"number", DIGITS, "(?<![\\p{L}\\d])(?<![\\p{L}][.:/'_-])((?<=\\s|^|\\()[-+])?" NUMBER "(?![\\p{L}\\d]|-\\p{L})", NULL, rule_number},
    {"about a number", "i", NUMBER_BEFORE "()(\\d{1,4})-?ish" NO_WORD_AFTER, NULL, en_ish},
    {"number before a hyphen", DIGITS, NUMBER_BEFORE "()(\\d{1,9})(?=-\\p{L})", NULL, rule_number},
    {"degrees", "°", "°", " degrees ", NULL},
    {"percent alone", "%", "\\s?%", " percent", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};
/* clang-format on */

const RuleSet rules_en = {
    .language = "en",
    .first = en_first,
    .short_forms = en_short_forms,
    .notes = en_notes,
    .rules = rules,
    .units = en_units,
    .letters = en_letters,
    .address = "the address is on our page",
    .online = "online",
    .dot = "dot",
    .hyphen = "dash",
    .underscore = "underscore",
    .at = "at",
    .minus = "minus",
    .plus = "plus",
    .decimal_mark = '.',
    .decimal_word = "point",
    .plural = "'s",
    .agree = en_agree,
};
