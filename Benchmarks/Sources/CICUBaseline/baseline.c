#include "baseline.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

int64_t baseline_boundaries(const char *utf8, int64_t length, const char *locale, int32_t is_word) {
  UErrorCode code = U_ZERO_ERROR;
  UBreakIterator *iterator = ubrk_open(is_word ? UBRK_WORD : UBRK_SENTENCE, locale, NULL, 0, &code);
  if (U_FAILURE(code)) return -1;
  UChar *line = malloc(sizeof(UChar) * (size_t)(length + 1));
  int64_t found = 0;
  volatile int64_t sink = 0;
  const char *position = utf8, *end = utf8 + length;
  while (line && position < end) {
    const char *stop = memchr(position, '\n', (size_t)(end - position));
    if (!stop) stop = end;
    int32_t units = 0, from = 0;
    int64_t offset = position - utf8;
    u_strFromUTF8(line, (int32_t)length + 1, &units, position, (int32_t)(stop - position), &code);
    ubrk_setText(iterator, line, units, &code);
    for (int32_t boundary; (boundary = ubrk_next(iterator)) != UBRK_DONE; found++) {
      for (; from < boundary; from++)
        offset += line[from] < 0x80 ? 1 : line[from] < 0x800 || U16_IS_SURROGATE(line[from]) ? 2 : 3;
      sink += offset;
    }
    position = stop + 1;
  }
  free(line);
  ubrk_close(iterator);
  return U_FAILURE(code) ? -1 : found;
}

struct baseline_text {
  UChar *units;
  int32_t count;
};

baseline_text *baseline_utf16(const char *utf8, int64_t length) {
  baseline_text *text = malloc(sizeof *text);
  if (!text) return NULL;
  text->units = malloc(sizeof(UChar) * (size_t)(length + 1));
  UErrorCode code = U_ZERO_ERROR;
  if (text->units)
    u_strFromUTF8(text->units, (int32_t)length + 1, &text->count, utf8, (int32_t)length, &code);
  if (text->units && U_SUCCESS(code)) return text;
  baseline_free(text);
  return NULL;
}

void baseline_free(baseline_text *text) {
  if (text) free(text->units);
  free(text);
}

int64_t baseline_normalized_prefix(const baseline_text *text) {
  UErrorCode code = U_ZERO_ERROR;
  const UNormalizer2 *form = unorm2_getNFCInstance(&code);
  int32_t prefix = unorm2_spanQuickCheckYes(form, text->units, text->count, &code);
  return U_FAILURE(code) ? -1 : prefix;
}

int64_t baseline_casefold(const baseline_text *text) {
  UErrorCode code = U_ZERO_ERROR;
  const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&code);
  int32_t capacity = 3 * text->count + 16;
  UChar *out = malloc(sizeof(UChar) * (size_t)capacity);
  int32_t count = out ? unorm2_normalize(form, text->units, text->count, out, capacity, &code) : -1;
  free(out);
  return U_FAILURE(code) ? -1 : count;
}
