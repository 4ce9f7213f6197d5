#include "cbitexticu.h"

#include <unicode/utrans.h>

bt_transliterator *bt_transliterator_open(const uint16_t *id, int32_t id_length, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  UTransliterator *opened = utrans_openU((const UChar *)id, id_length, UTRANS_FORWARD, NULL, 0, NULL, &code);
  *status = (int32_t)code;
  return U_FAILURE(code) ? NULL : (bt_transliterator *)opened;
}

void bt_transliterator_close(bt_transliterator *transliterator) {
  utrans_close((UTransliterator *)transliterator);
}

int32_t bt_transliterate(const bt_transliterator *transliterator, uint16_t *text, int32_t length,
                         int32_t capacity, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  int32_t limit = length;
  utrans_transUChars((const UTransliterator *)transliterator, (UChar *)text, &length, capacity, 0,
                     &limit, &code);
  *status = (int32_t)code;
  return length;
}
