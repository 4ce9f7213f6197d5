#include "cbitexticu_regex.h"

#include <unicode/uregex.h>

bt_regex *bt_regex_open(const uint16_t *pattern, int32_t length, int32_t flags,
                        int32_t *error_offset, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  UParseError place;
  place.line = -1;
  place.offset = -1;
  URegularExpression *opened =
      uregex_open((const UChar *)pattern, length, (uint32_t)flags, &place, &code);
  *status = (int32_t)code;
  *error_offset = place.offset;
  if (U_FAILURE(code)) {
    if (opened) uregex_close(opened);
    return NULL;
  }
  return (bt_regex *)opened;
}

bt_regex *bt_regex_clone(const bt_regex *regex, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  URegularExpression *copy = uregex_clone((const URegularExpression *)regex, &code);
  *status = (int32_t)code;
  return U_FAILURE(code) ? NULL : (bt_regex *)copy;
}

void bt_regex_close(bt_regex *regex) { uregex_close((URegularExpression *)regex); }

void bt_regex_set_limits(bt_regex *regex, int32_t time, int32_t stack, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  uregex_setTimeLimit((URegularExpression *)regex, time, &code);
  uregex_setStackLimit((URegularExpression *)regex, stack, &code);
  *status = (int32_t)code;
}

void bt_regex_set_text(bt_regex *regex, const uint16_t *text, int32_t length, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  uregex_setText((URegularExpression *)regex, (const UChar *)text, length, &code);
  *status = (int32_t)code;
}

int32_t bt_regex_find(bt_regex *regex, int32_t start, int32_t *match_start, int32_t *match_end,
                      int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  URegularExpression *matcher = (URegularExpression *)regex;
  int32_t found = uregex_find(matcher, start, &code);
  if (found && U_SUCCESS(code)) {
    *match_start = uregex_start(matcher, 0, &code);
    *match_end = uregex_end(matcher, 0, &code);
  }
  *status = (int32_t)code;
  return U_SUCCESS(code) && found ? 1 : 0;
}

int32_t bt_regex_matches(bt_regex *regex, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  int32_t found = uregex_matches((URegularExpression *)regex, 0, &code);
  *status = (int32_t)code;
  return U_SUCCESS(code) && found ? 1 : 0;
}
