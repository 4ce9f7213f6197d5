#include "cbitexticu.h"

#include <unicode/ucnv.h>

bt_converter *bt_converter_open(const char *name, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  UConverter *opened = ucnv_open(name, &code);
  if (U_SUCCESS(code)) {
    ucnv_setToUCallBack(opened, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
    ucnv_setFromUCallBack(opened, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
  }
  *status = (int32_t)code;
  if (U_FAILURE(code)) {
    if (opened) ucnv_close(opened);
    return NULL;
  }
  return (bt_converter *)opened;
}

void bt_converter_close(bt_converter *converter) { ucnv_close((UConverter *)converter); }

const char *bt_converter_canonical_name(const char *name) {
  UErrorCode code = U_ZERO_ERROR;
  const char *found = ucnv_getAlias(name, 0, &code);
  return U_FAILURE(code) ? NULL : found;
}

int32_t bt_converter_to_utf16(bt_converter *converter, const uint8_t *source, int32_t source_length,
                              int32_t *source_used, uint16_t *out, int32_t capacity, int32_t flush,
                              int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  const char *from = (const char *)source;
  UChar *to = (UChar *)out;
  ucnv_toUnicode((UConverter *)converter, &to, (UChar *)out + capacity, &from,
                 (const char *)source + source_length, NULL, (UBool)(flush != 0), &code);
  *source_used = (int32_t)(from - (const char *)source);
  *status = code == U_BUFFER_OVERFLOW_ERROR ? 0 : (int32_t)code;
  return (int32_t)(to - (UChar *)out);
}

int32_t bt_converter_invalid_bytes(bt_converter *converter, uint8_t *out, int32_t capacity) {
  UErrorCode code = U_ZERO_ERROR;
  int8_t length = (int8_t)(capacity > 32 ? 32 : capacity);
  ucnv_getInvalidChars((const UConverter *)converter, (char *)out, &length, &code);
  return U_FAILURE(code) ? 0 : length;
}
