#ifndef BASELINE_H
#define BASELINE_H

#include <stdint.h>

/* What a program has to do at least: UTF-8 in, UTF-16 scratch line by line, ICU's iterator, the
 * boundaries back as UTF-8 offsets. Returns how many boundaries there are; negative on failure. */
int64_t baseline_boundaries(const char *utf8, int64_t length, const char *locale, int32_t is_word);

/* A text in UTF-16, for what ICU does without any conversion: the fastest reference that there can be. */
typedef struct baseline_text baseline_text;
baseline_text *baseline_utf16(const char *utf8, int64_t length);
void baseline_free(baseline_text *text);
/* How many units are certainly in NFC; negative on failure. */
int64_t baseline_normalized_prefix(const baseline_text *text);
/* Folds by NFKC_Casefold; returns how many units that gives, negative on failure. */
int64_t baseline_casefold(const baseline_text *text);

#endif
