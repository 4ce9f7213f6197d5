#ifndef BASELINE_H
#define BASELINE_H

#include <stdint.h>

/* What a program has to do at least: UTF-8 in, UTF-16 scratch line by line, ICU's iterator, the
 * boundaries back as UTF-8 offsets. Returns how many boundaries there are; negative on failure. */
int64_t baseline_boundaries(const char *utf8, int64_t length, const char *locale, int32_t is_word);

#endif
