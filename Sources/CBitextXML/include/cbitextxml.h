/* The wall between Swift and libxml2: opaque handles and plain integers only.
 *
 * libxml2's headers pull in ICU's, which must never be visible to Swift (docs/decisions/0001-modules.md).
 * The parser is fed UTF-8 in pieces and records what it sees as events, which the caller takes after
 * each piece: no callback crosses the wall. It opens nothing, reports nothing to stderr, and knows no
 * entity but XML's own five. */
#ifndef CBITEXTXML_H
#define CBITEXTXML_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

const char *bx_libxml2_version(void);

typedef struct bx_parser bx_parser;

enum {
  BX_START = 1,     /* an element opens; `attributes` events of kind BX_ATTRIBUTE follow */
  BX_END = 2,       /* an element closes; of XML without its name, which is that of its start */
  BX_TEXT = 3,      /* text; adjacent pieces are joined */
  BX_ATTRIBUTE = 4, /* an attribute of the element before; namespace declarations come first */
  BX_WARNING = 5    /* parsing goes on; `name` is libxml2's code */
};

typedef struct {
  uint32_t kind;
  uint32_t name;       /* an interned name, see bx_name */
  uint32_t attributes; /* how many attribute events follow */
  uint32_t length;     /* of the text, in bytes */
  uint64_t text;       /* where the text begins in bx_text */
  uint64_t position;   /* bytes of the input consumed when the event was seen */
} bx_event;

/* Codes of our own, beside libxml2's (all above zero). */
enum { BX_TOO_DEEP = -1, BX_NO_MEMORY = -2 };

/* NULL when there is no memory. */
bx_parser *bx_open(int32_t maximum_depth);
/* A parser of HTML: it repairs what it meets and has no faults but depth and memory. */
bx_parser *bx_open_html(int32_t maximum_depth);
void bx_close(bx_parser *parser);

/* Reads a piece and appends its events. Returns 0, or the code of the fault that stopped the parser; after
 * that, pieces are ignored until bx_reset. */
int32_t bx_feed(bx_parser *parser, const uint8_t *bytes, int32_t count);
/* Says that the input ends here. */
int32_t bx_finish(bx_parser *parser);
/* Starts a new document; names keep their numbers, positions begin at zero. Returns 0 or BX_NO_MEMORY. */
int32_t bx_reset(bx_parser *parser);

/* The events since bx_clear, and the bytes that their text lies in. Valid until the next call. */
const bx_event *bx_events(const bx_parser *parser, int64_t *count);
const uint8_t *bx_text(const bx_parser *parser, int64_t *count);
/* Forgets the events; keeps the memory. */
void bx_clear(bx_parser *parser);

/* Where the fault is, in bytes of the input, and libxml2's words for it (one line). */
uint64_t bx_fault_position(const bx_parser *parser);
const char *bx_fault_message(const bx_parser *parser);

/* Interned names: 0 ..< bx_name_count. `prefix` is empty when there is none, `uri` when it is unbound. */
int32_t bx_name_count(const bx_parser *parser);
const char *bx_name_local(const bx_parser *parser, int32_t name);
const char *bx_name_prefix(const bx_parser *parser, int32_t name);
const char *bx_name_uri(const bx_parser *parser, int32_t name);

#ifdef __cplusplus
}
#endif
#endif
