#include "cbitexticu.h"

#include <unicode/unorm2.h>

const bt_normalizer *bt_normalizer_get(int32_t form, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  const UNormalizer2 *found = NULL;
  switch (form) {
    case BT_NORM_NFC: found = unorm2_getNFCInstance(&code); break;
    case BT_NORM_NFD: found = unorm2_getNFDInstance(&code); break;
    case BT_NORM_NFKC: found = unorm2_getNFKCInstance(&code); break;
    case BT_NORM_NFKD: found = unorm2_getNFKDInstance(&code); break;
    case BT_NORM_NFKC_CASEFOLD: found = unorm2_getNFKCCasefoldInstance(&code); break;
    default: code = U_ILLEGAL_ARGUMENT_ERROR;
  }
  *status = (int32_t)code;
  return U_FAILURE(code) ? NULL : (const bt_normalizer *)found;
}

int32_t bt_normalize(const bt_normalizer *form, const uint16_t *text, int32_t length, uint16_t *out,
                     int32_t capacity, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  int32_t needed = unorm2_normalize((const UNormalizer2 *)form, (const UChar *)text, length,
                                    (UChar *)out, capacity, &code);
  *status = (int32_t)code;
  return needed;
}

int32_t bt_normalizer_span_yes(const bt_normalizer *form, const uint16_t *text, int32_t length,
                               int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  int32_t span =
      unorm2_spanQuickCheckYes((const UNormalizer2 *)form, (const UChar *)text, length, &code);
  *status = (int32_t)code;
  return span;
}

int32_t bt_normalizer_has_boundary_before(const bt_normalizer *form, int32_t scalar) {
  return unorm2_hasBoundaryBefore((const UNormalizer2 *)form, scalar);
}
