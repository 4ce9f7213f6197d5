/* The wall between Swift and ICU: opaque handles and plain integers only.
 *
 * No <unicode/...> header may be visible to Swift, since Foundation carries its own copies of them
 * (docs/decisions/0001-modules.md). Status codes are ICU's UErrorCode as int32_t; a value above zero
 * is a failure. Lengths are UTF-16 code units unless they say bytes. */
#ifndef CBITEXTICU_H
#define CBITEXTICU_H

#include <stdint.h>

#include "cbitexticu_names.h"
#include "cbitexticu_regex.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- library ---- */
const char *bt_icu_version(void);
const char *bt_unicode_version(void);
const char *bt_error_name(int32_t status);

/* ---- break iterators (UAX #29) ---- */
typedef struct bt_break bt_break;
enum { BT_BREAK_CHARACTER = 0, BT_BREAK_WORD = 1, BT_BREAK_LINE = 2, BT_BREAK_SENTENCE = 3 };
bt_break *bt_break_open(int32_t kind, const char *locale, int32_t *status);
bt_break *bt_break_clone(const bt_break *iterator, int32_t *status);
void bt_break_close(bt_break *iterator);
/* The text must stay alive and unchanged while boundaries are asked for. */
void bt_break_set_text(bt_break *iterator, const uint16_t *text, int32_t length, int32_t *status);
/* The next boundary, or -1 at the end. */
int32_t bt_break_next(bt_break *iterator);
/* The rule status of the boundary found last: for words < 100 none, < 200 number, < 300 letter,
 * < 400 kana, < 500 ideographs. */
int32_t bt_break_rule_status(bt_break *iterator);

/* ---- normalization (UAX #15) ---- */
typedef struct bt_normalizer bt_normalizer; /* owned by ICU, never closed */
enum { BT_NORM_NFC = 0, BT_NORM_NFD = 1, BT_NORM_NFKC = 2, BT_NORM_NFKD = 3, BT_NORM_NFKC_CASEFOLD = 4 };
const bt_normalizer *bt_normalizer_get(int32_t form, int32_t *status);
/* Writes at most `capacity` units; returns the length that is needed. */
int32_t bt_normalize(const bt_normalizer *form, const uint16_t *text, int32_t length, uint16_t *out,
                     int32_t capacity, int32_t *status);
/* The length of the longest prefix that is certainly normalized. */
int32_t bt_normalizer_span_yes(const bt_normalizer *form, const uint16_t *text, int32_t length,
                               int32_t *status);
int32_t bt_normalizer_has_boundary_before(const bt_normalizer *form, int32_t scalar);

/* ---- characters ---- */
int32_t bt_char_type(int32_t scalar);            /* UCharCategory */
int32_t bt_char_digit_value(int32_t scalar);     /* 0..9, or -1 */
int32_t bt_char_script(int32_t scalar);          /* UScriptCode */
int32_t bt_char_has_binary_property(int32_t scalar, int32_t property); /* UProperty */
int32_t bt_char_to_lower(int32_t scalar);
int32_t bt_char_fold_case(int32_t scalar);       /* simple default folding */

/* ---- transliteration ---- */
typedef struct bt_transliterator bt_transliterator;
bt_transliterator *bt_transliterator_open(const uint16_t *id, int32_t id_length, int32_t *status);
void bt_transliterator_close(bt_transliterator *transliterator);
/* In place; returns the new length, which may exceed `capacity` (then status is an overflow). */
int32_t bt_transliterate(const bt_transliterator *transliterator, uint16_t *text, int32_t length,
                         int32_t capacity, int32_t *status);

/* ---- converters ---- */
typedef struct bt_converter bt_converter;
/* Malformed input stops the conversion with a failing status. */
bt_converter *bt_converter_open(const char *name, int32_t *status);
void bt_converter_close(bt_converter *converter);
/* The canonical name, or NULL when no such encoding is known. */
const char *bt_converter_canonical_name(const char *name);
/* Converts bytes to UTF-16. On return `*source_used` bytes were read and the units written are
 * returned; a full target is not an error (call again). With `flush` the input ends here. */
int32_t bt_converter_to_utf16(bt_converter *converter, const uint8_t *source, int32_t source_length,
                              int32_t *source_used, uint16_t *out, int32_t capacity, int32_t flush,
                              int32_t *status);
/* The bytes of the sequence that was malformed in the last failing call. */
int32_t bt_converter_invalid_bytes(bt_converter *converter, uint8_t *out, int32_t capacity);

/* ---- locales ---- */
/* 1 when the language subtag is one that ICU knows. */
int32_t bt_locale_language_is_known(const char *language);
/* Likely subtags: writes the maximized tag (`zh-TW` gives `zh_Hant_TW`); returns its length. */
int32_t bt_locale_maximize(const char *tag, char *out, int32_t capacity, int32_t *status);

#ifdef __cplusplus
}
#endif
#endif
