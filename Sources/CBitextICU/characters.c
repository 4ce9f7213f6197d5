#include "cbitexticu.h"

#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>
#include <unicode/uversion.h>

const char *bt_icu_version(void) { return U_ICU_VERSION; }

const char *bt_unicode_version(void) { return U_UNICODE_VERSION; }

const char *bt_error_name(int32_t status) { return u_errorName((UErrorCode)status); }

int32_t bt_char_type(int32_t scalar) { return u_charType(scalar); }

int32_t bt_char_digit_value(int32_t scalar) { return u_charDigitValue(scalar); }

int32_t bt_char_script(int32_t scalar) {
  UErrorCode code = U_ZERO_ERROR;
  return (int32_t)uscript_getScript(scalar, &code);
}

int32_t bt_char_has_binary_property(int32_t scalar, int32_t property) {
  return u_hasBinaryProperty(scalar, (UProperty)property);
}

int32_t bt_char_to_lower(int32_t scalar) { return u_tolower(scalar); }

int32_t bt_char_fold_case(int32_t scalar) { return u_foldCase(scalar, U_FOLD_CASE_DEFAULT); }

int32_t bt_locale_language_is_known(const char *language) {
  const char *code = uloc_getISO3Language(language);
  return code != NULL && code[0] != 0;
}

int32_t bt_locale_maximize(const char *tag, char *out, int32_t capacity, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  int32_t length = uloc_addLikelySubtags(tag, out, capacity, &code);
  *status = (int32_t)code;
  return length;
}
