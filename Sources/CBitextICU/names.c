#include "cbitexticu_names.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucurr.h>
#include <unicode/udat.h>
#include <unicode/udisplaycontext.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/ures.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

/* Continents and other regions of UN M.49 that CLDR names. */
static const char *const areas[] = {"001", "002", "003", "005", "009", "011", "013", "014", "015",
                                    "017", "018", "019", "021", "029", "030", "034", "035", "039",
                                    "053", "054", "057", "061", "142", "143", "145", "150", "151",
                                    "154", "155", "202", "419", "EU"};
enum { AREA_COUNT = sizeof areas / sizeof areas[0] };

/* Units of everyday texts, as CLDR files them. */
static const char *const units[][2] = {
    {"length", "kilometer"},  {"length", "meter"},       {"length", "centimeter"},
    {"length", "millimeter"}, {"length", "mile"},        {"length", "foot"},
    {"length", "inch"},       {"length", "yard"},        {"length", "light-year"},
    {"area", "hectare"},      {"area", "acre"},          {"area", "square-meter"},
    {"area", "square-kilometer"},                        {"area", "square-mile"},
    {"mass", "ton"},          {"mass", "kilogram"},      {"mass", "gram"},
    {"mass", "milligram"},    {"mass", "pound"},         {"mass", "ounce"},
    {"mass", "tonne"},        {"mass", "metric-ton"},    {"volume", "liter"},
    {"volume", "milliliter"}, {"volume", "gallon"},      {"volume", "cubic-meter"},
    {"volume", "barrel"},     {"volume", "cup"},         {"volume", "tablespoon"},
    {"volume", "teaspoon"},   {"duration", "century"},   {"duration", "decade"},
    {"duration", "year"},     {"duration", "month"},     {"duration", "week"},
    {"duration", "day"},      {"duration", "hour"},      {"duration", "minute"},
    {"duration", "second"},   {"duration", "quarter"},   {"duration", "millisecond"},
    {"speed", "kilometer-per-hour"},                     {"speed", "mile-per-hour"},
    {"speed", "knot"},        {"digital", "byte"},       {"digital", "bit"},
    {"digital", "kilobyte"},  {"digital", "megabyte"},   {"digital", "gigabyte"},
    {"energy", "calorie"},    {"energy", "joule"},       {"energy", "kilowatt-hour"},
    {"power", "watt"},        {"power", "kilowatt"},     {"power", "megawatt"},
    {"power", "horsepower"},  {"electric", "volt"},      {"electric", "ampere"},
    {"temperature", "celsius"},                          {"temperature", "fahrenheit"},
    {"angle", "degree"},      {"concentr", "percent"},   {"concentr", "karat"},
    {"pressure", "pascal"},   {"pressure", "bar"},       {"frequency", "hertz"}};
enum { UNIT_COUNT = sizeof units / sizeof units[0] };

static const char *const unit_forms[] = {"other", "one", "dnam", "few"};
static const char *const currency_forms[] = {"", "other", "one"};
static const char *const number_rules[] = {"%spellout-cardinal", "%spellout-numbering",
                                           "%spellout-cardinal-masculine",
                                           "%spellout-cardinal-feminine"};
static const char *const ordinal_rules[] = {"%spellout-ordinal", "%spellout-ordinal-masculine",
                                            "%spellout-ordinal-feminine",
                                            "%spellout-ordinal-neuter"};
/* 0…100, the hundreds, and the powers of ten that have a name. */
enum { SMALL = 101, HUNDREDS = 8, NUMBER_COUNT = SMALL + HUNDREDS + 3, ORDINAL_COUNT = 31 };

struct bt_names {
  char locale[64];
  ULocaleDisplayNames *display;
  UDateFormat *dates;
  UNumberFormat *numbers;
  UResourceBundle *unit_bundle;
  UResourceBundle *unit_table;
  int32_t currency_count;
  char (*currency_codes)[4];
};

static void load_currencies(bt_names *names) {
  UErrorCode code = U_ZERO_ERROR;
  UEnumeration *list = ucurr_openISOCurrencies(UCURR_COMMON | UCURR_NON_DEPRECATED, &code);
  int32_t count = uenum_count(list, &code);
  if (U_SUCCESS(code) && count > 0) names->currency_codes = calloc((size_t)count, 4);
  while (names->currency_codes && names->currency_count < count) {
    int32_t length = 0;
    const char *next = uenum_next(list, &length, &code);
    if (next == NULL || U_FAILURE(code)) break;
    if (length == 3) memcpy(names->currency_codes[names->currency_count++], next, 4);
  }
  uenum_close(list);
}

bt_names *bt_names_open(const char *locale, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  *status = 0;
  bt_names *names = calloc(1, sizeof *names);
  if (names == NULL) {
    *status = U_MEMORY_ALLOCATION_ERROR;
    return NULL;
  }
  uloc_canonicalize(locale, names->locale, sizeof names->locale, &code);
  /* A language without data would get the names of the system's own language. */
  UResourceBundle *data = ures_open(NULL, names->locale, &code);
  ures_close(data);
  if (U_FAILURE(code) || code == U_USING_DEFAULT_WARNING) return names;
  UDisplayContext contexts[] = {UDISPCTX_STANDARD_NAMES, UDISPCTX_CAPITALIZATION_NONE,
                                UDISPCTX_LENGTH_FULL, UDISPCTX_NO_SUBSTITUTE};
  names->display = uldn_openForContext(names->locale, contexts, 4, &code);
  if (U_FAILURE(code)) {
    bt_names_close(names);
    *status = (int32_t)code;
    return NULL;
  }
  /* What follows may be missing for a language; then it has no such names. */
  code = U_ZERO_ERROR;
  names->dates = udat_open(UDAT_NONE, UDAT_FULL, names->locale, NULL, 0, NULL, 0, &code);
  if (U_FAILURE(code)) names->dates = NULL;
  code = U_ZERO_ERROR;
  names->numbers = unum_open(UNUM_SPELLOUT, NULL, 0, names->locale, NULL, &code);
  if (U_FAILURE(code)) names->numbers = NULL;
  /* Without words of its own, a language has only digits or another language's words. */
  if (names->numbers) {
    const char *actual = unum_getLocaleByType(names->numbers, ULOC_ACTUAL_LOCALE, &code);
    if (U_FAILURE(code) || strncmp(actual, names->locale, 2) != 0) {
      unum_close(names->numbers);
      names->numbers = NULL;
    }
  }
  code = U_ZERO_ERROR;
  names->unit_bundle = ures_open("ICUDATA-unit", names->locale, &code);
  if (U_SUCCESS(code) && code != U_USING_DEFAULT_WARNING) {
    names->unit_table = ures_getByKey(names->unit_bundle, "units", NULL, &code);
    if (U_FAILURE(code)) names->unit_table = NULL;
  }
  load_currencies(names);
  return names;
}

void bt_names_close(bt_names *names) {
  if (names == NULL) return;
  if (names->display) uldn_close(names->display);
  if (names->dates) udat_close(names->dates);
  if (names->numbers) unum_close(names->numbers);
  ures_close(names->unit_table);
  ures_close(names->unit_bundle);
  free(names->currency_codes);
  free(names);
}

static int32_t list_length(const char *const *list) {
  int32_t count = 0;
  while (list[count] != NULL) count++;
  return count;
}

int32_t bt_names_count(const bt_names *names, int32_t kind) {
  switch (kind) {
    case BT_NAME_REGION: return AREA_COUNT + list_length(uloc_getISOCountries());
    case BT_NAME_LANGUAGE: return list_length(uloc_getISOLanguages());
    case BT_NAME_SCRIPT: return USCRIPT_SIGN_WRITING;
    case BT_NAME_CURRENCY: return names->currency_count;
    case BT_NAME_MONTH: return 12;
    case BT_NAME_WEEKDAY: return 7;
    case BT_NAME_ERA: return 2;
    case BT_NAME_UNIT: return UNIT_COUNT;
    case BT_NAME_NUMBER: return NUMBER_COUNT;
    case BT_NAME_ORDINAL: return ORDINAL_COUNT;
    default: return 0;
  }
}

int32_t bt_names_forms(int32_t kind) {
  switch (kind) {
    case BT_NAME_CURRENCY: return 3;
    case BT_NAME_MONTH:
    case BT_NAME_WEEKDAY: return 2;
    case BT_NAME_UNIT:
    case BT_NAME_NUMBER:
    case BT_NAME_ORDINAL: return 4;
    default: return 1;
  }
}

int64_t bt_names_value(int32_t kind, int32_t index) {
  static const int64_t powers[] = {1000, 1000000, 1000000000};
  if (kind == BT_NAME_ORDINAL) return index + 1;
  if (index < SMALL) return index;
  if (index < SMALL + HUNDREDS) return 100 * (index - SMALL + 2);
  return powers[index - SMALL - HUNDREDS];
}

static int32_t copy(const UChar *text, int32_t length, uint16_t *out, int32_t capacity) {
  if (text == NULL || length <= 0 || length > capacity) return 0;
  memcpy(out, text, (size_t)length * sizeof *out);
  return length;
}

/* The pattern of a unit, "{0} metros", without its placeholder. */
static int32_t unit_name(const bt_names *names, const char *category, const char *unit,
                         const char *form, uint16_t *out, int32_t capacity) {
  UErrorCode code = U_ZERO_ERROR;
  if (names->unit_table == NULL) return 0;
  UResourceBundle *group = ures_getByKey(names->unit_table, category, NULL, &code);
  UResourceBundle *item = ures_getByKey(group, unit, NULL, &code);
  int32_t length = 0;
  const UChar *pattern = ures_getStringByKey(item, form, &length, &code);
  int32_t written = 0;
  if (U_SUCCESS(code)) {
    for (int32_t index = 0; index < length && written < capacity; index++) {
      if (pattern[index] == '{' && index + 2 < length && pattern[index + 2] == '}') {
        index += 2;
      } else {
        out[written++] = pattern[index];
      }
    }
  }
  ures_close(item);
  ures_close(group);
  return written;
}

static int32_t spelled(const bt_names *names, const char *rule, int64_t value, uint16_t *out,
                       int32_t capacity) {
  UErrorCode code = U_ZERO_ERROR;
  UChar name[48];
  if (names->numbers == NULL) return 0;
  u_uastrcpy(name, rule);
  unum_setTextAttribute(names->numbers, UNUM_DEFAULT_RULESET, name, -1, &code);
  int32_t length = unum_formatInt64(names->numbers, value, (UChar *)out, capacity, NULL, &code);
  return U_FAILURE(code) || length > capacity ? 0 : length;
}

static int32_t date_name(const bt_names *names, UDateFormatSymbolType type, int32_t index,
                         uint16_t *out, int32_t capacity) {
  UErrorCode code = U_ZERO_ERROR;
  if (names->dates == NULL) return 0;
  int32_t length = udat_getSymbols(names->dates, type, index, (UChar *)out, capacity, &code);
  return U_FAILURE(code) || length > capacity ? 0 : length;
}

static int32_t currency_name(const bt_names *names, int32_t index, int32_t form, uint16_t *out,
                             int32_t capacity) {
  UErrorCode code = U_ZERO_ERROR;
  UChar currency[4];
  UBool is_choice = 0;
  int32_t length = 0;
  u_charsToUChars(names->currency_codes[index], currency, 4);
  const UChar *name =
      form == 0
          ? ucurr_getName(currency, names->locale, UCURR_LONG_NAME, &is_choice, &length, &code)
          : ucurr_getPluralName(currency, names->locale, &is_choice, currency_forms[form], &length,
                                &code);
  /* Where there is no name the code itself comes back. */
  if (U_FAILURE(code) || code == U_USING_DEFAULT_WARNING) return 0;
  if (length == 3 && u_memcmp(name, currency, 3) == 0) return 0;
  return copy(name, length, out, capacity);
}

int32_t bt_names_get(bt_names *names, int32_t kind, int32_t index, int32_t form, uint16_t *out,
                     int32_t capacity) {
  UErrorCode code = U_ZERO_ERROR;
  int32_t length = 0;
  if (names->display == NULL) return 0;
  switch (kind) {
    case BT_NAME_REGION: {
      const char *region =
          index < AREA_COUNT ? areas[index] : uloc_getISOCountries()[index - AREA_COUNT];
      length = uldn_regionDisplayName(names->display, region, (UChar *)out, capacity, &code);
      break;
    }
    case BT_NAME_LANGUAGE:
      length = uldn_localeDisplayName(names->display, uloc_getISOLanguages()[index], (UChar *)out,
                                      capacity, &code);
      break;
    case BT_NAME_SCRIPT:
      length = uldn_scriptDisplayName(names->display, uscript_getShortName((UScriptCode)index),
                                      (UChar *)out, capacity, &code);
      break;
    case BT_NAME_CURRENCY: return currency_name(names, index, form, out, capacity);
    case BT_NAME_MONTH:
      return date_name(names, form == 0 ? UDAT_STANDALONE_MONTHS : UDAT_MONTHS, index, out,
                       capacity);
    case BT_NAME_WEEKDAY:
      return date_name(names, form == 0 ? UDAT_STANDALONE_WEEKDAYS : UDAT_SHORT_WEEKDAYS,
                       index + 1, out, capacity);
    case BT_NAME_ERA: return date_name(names, UDAT_ERA_NAMES, index, out, capacity);
    case BT_NAME_UNIT:
      return unit_name(names, units[index][0], units[index][1], unit_forms[form], out, capacity);
    case BT_NAME_NUMBER:
      return spelled(names, number_rules[form], bt_names_value(kind, index), out, capacity);
    case BT_NAME_ORDINAL:
      return spelled(names, ordinal_rules[form], bt_names_value(kind, index), out, capacity);
    default: return 0;
  }
  return U_FAILURE(code) || length > capacity ? 0 : length;
}
