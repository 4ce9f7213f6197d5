/* Names of countries, languages, months, numbers … in a language, from ICU's locale data (CLDR).
 *
 * The same index of the same kind means the same thing in every language, so two lists make a
 * dictionary. See cbitexticu.h for the conventions. */
#ifndef CBITEXTICU_NAMES_H
#define CBITEXTICU_NAMES_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  BT_NAME_REGION = 0,
  BT_NAME_LANGUAGE = 1,
  BT_NAME_SCRIPT = 2,
  BT_NAME_CURRENCY = 3,
  BT_NAME_MONTH = 4,
  BT_NAME_WEEKDAY = 5,
  BT_NAME_ERA = 6,
  BT_NAME_UNIT = 7,
  BT_NAME_NUMBER = 8, /* spelled out; the index is the number's place in bt_name_number */
  BT_NAME_ORDINAL = 9
};

typedef struct bt_names bt_names;
bt_names *bt_names_open(const char *locale, int32_t *status);
void bt_names_close(bt_names *names);
/* The number of things of a kind; the same for every language. */
int32_t bt_names_count(const bt_names *names, int32_t kind);
/* The number of forms that a thing of a kind may have (singular, plural, gender). */
int32_t bt_names_forms(int32_t kind);
/* The value of a number or ordinal. */
int64_t bt_names_value(int32_t kind, int32_t index);
/* Writes a name and returns its length; 0 where the language has none. */
int32_t bt_names_get(bt_names *names, int32_t kind, int32_t index, int32_t form, uint16_t *out,
                     int32_t capacity);

#ifdef __cplusplus
}
#endif
#endif
