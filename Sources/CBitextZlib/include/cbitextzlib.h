/* The wall between Swift and zlib: inflates gzip (RFC 1952) in pieces. */
#ifndef CBITEXTZLIB_H
#define CBITEXTZLIB_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bz_inflater bz_inflater;

enum {
  BZ_MORE = 0,     /* go on: give more input, or take more output */
  BZ_MEMBER = 1,   /* a member of the file has ended, and its checksum is right */
  BZ_DAMAGED = -1, /* the bytes are no gzip, or their checksum is wrong */
  BZ_NO_MEMORY = -2
};

/* NULL when there is no memory. */
bz_inflater *bz_open(void);
void bz_close(bz_inflater *inflater);
/* Begins the next member. */
int32_t bz_reset(bz_inflater *inflater);
/* Inflates from `in` to `out`. `*used` bytes were read and `*written` bytes were written. */
int32_t bz_inflate(bz_inflater *inflater, const uint8_t *in, int32_t in_count, int32_t *used, uint8_t *out,
                   int32_t capacity, int32_t *written);

#ifdef __cplusplus
}
#endif
#endif
