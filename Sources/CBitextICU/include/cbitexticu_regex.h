/* Regular expressions: the part of the wall that is for patterns that users write. */
#ifndef CBITEXTICU_REGEX_H
#define CBITEXTICU_REGEX_H

#include <stdint.h>

typedef struct bt_regex bt_regex;
enum { BT_REGEX_CASE_INSENSITIVE = 2 };

/* Compiles a pattern. On failure returns NULL, and `*error_offset` is where in the pattern, or -1. */
bt_regex *bt_regex_open(const uint16_t *pattern, int32_t length, int32_t flags,
                        int32_t *error_offset, int32_t *status);
/* A matcher of its own over the same compiled pattern; may be called from any thread. */
bt_regex *bt_regex_clone(const bt_regex *regex, int32_t *status);
void bt_regex_close(bt_regex *regex);
/* Bounds of one match: about `time` thousand steps of the matcher, `stack` bytes of memory. */
void bt_regex_set_limits(bt_regex *regex, int32_t time, int32_t stack, int32_t *status);
/* The text must stay alive and unchanged while matches are asked for. */
void bt_regex_set_text(bt_regex *regex, const uint16_t *text, int32_t length, int32_t *status);
/* Finds the first match that begins at `start` or later; 1 when there is one. */
int32_t bt_regex_find(bt_regex *regex, int32_t start, int32_t *match_start, int32_t *match_end,
                      int32_t *status);
/* 1 when the whole text matches. */
int32_t bt_regex_matches(bt_regex *regex, int32_t *status);

#endif
