#include "cbitextzlib.h"

#include <stdlib.h>
#include <zlib.h>

struct bz_inflater {
  z_stream stream;
};

bz_inflater *bz_open(void) {
  bz_inflater *inflater = calloc(1, sizeof *inflater);
  if (!inflater) return NULL;
  /* 15 bits of window, 16 for a gzip header and trailer. */
  if (inflateInit2(&inflater->stream, 15 + 16) != Z_OK) {
    free(inflater);
    return NULL;
  }
  return inflater;
}

void bz_close(bz_inflater *inflater) {
  if (!inflater) return;
  inflateEnd(&inflater->stream);
  free(inflater);
}

int32_t bz_reset(bz_inflater *inflater) { return inflateReset(&inflater->stream) == Z_OK ? BZ_MORE : BZ_DAMAGED; }

int32_t bz_inflate(bz_inflater *inflater, const uint8_t *in, int32_t in_count, int32_t *used, uint8_t *out,
                   int32_t capacity, int32_t *written) {
  z_stream *stream = &inflater->stream;
  stream->next_in = (Bytef *)in;
  stream->avail_in = (uInt)in_count;
  stream->next_out = out;
  stream->avail_out = (uInt)capacity;
  int code = inflate(stream, Z_NO_FLUSH);
  *used = in_count - (int32_t)stream->avail_in;
  *written = capacity - (int32_t)stream->avail_out;
  stream->next_in = NULL;
  stream->next_out = NULL;
  switch (code) {
    case Z_OK:
    case Z_BUF_ERROR: return BZ_MORE;
    case Z_STREAM_END: return BZ_MEMBER;
    case Z_MEM_ERROR: return BZ_NO_MEMORY;
    default: return BZ_DAMAGED;
  }
}
