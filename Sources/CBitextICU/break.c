#include "cbitexticu.h"

#include <unicode/ubrk.h>

bt_break *bt_break_open(int32_t kind, const char *locale, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  UBreakIterator *iterator = ubrk_open((UBreakIteratorType)kind, locale, NULL, 0, &code);
  *status = (int32_t)code;
  if (U_FAILURE(code)) {
    if (iterator) ubrk_close(iterator);
    return NULL;
  }
  return (bt_break *)iterator;
}

bt_break *bt_break_clone(const bt_break *iterator, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  UBreakIterator *copy = ubrk_clone((const UBreakIterator *)iterator, &code);
  *status = (int32_t)code;
  return U_FAILURE(code) ? NULL : (bt_break *)copy;
}

void bt_break_close(bt_break *iterator) { ubrk_close((UBreakIterator *)iterator); }

void bt_break_set_text(bt_break *iterator, const uint16_t *text, int32_t length, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  ubrk_setText((UBreakIterator *)iterator, (const UChar *)text, length, &code);
  *status = (int32_t)code;
}

int32_t bt_break_next(bt_break *iterator) { return ubrk_next((UBreakIterator *)iterator); }

int32_t bt_break_rule_status(bt_break *iterator) {
  return ubrk_getRuleStatus((UBreakIterator *)iterator);
}
