/* What the XML and the HTML half of the wall share. Not visible to Swift. */
#ifndef BITEXT_PARSER_H
#define BITEXT_PARSER_H

#include "cbitextxml.h"

#include <libxml/parser.h>
#include <stddef.h>

/* A name is found by the addresses of its parts, which libxml2's dictionary makes unique within one
 * document, then by its spelling, so that numbers survive bx_reset. */
typedef struct {
  char *local, *prefix, *uri;
} name_entry;

typedef struct {
  const xmlChar *local, *prefix, *uri;
  uint32_t name; /* plus one; 0 is a free slot */
} name_slot;

struct bx_parser {
  int32_t is_html;
  xmlParserCtxtPtr context;
  int32_t maximum_depth, depth;
  int32_t fault;
  uint64_t fault_position;
  char fault_message[256];

  bx_event *events;
  size_t event_count, event_capacity;
  uint8_t *text;
  size_t text_count, text_capacity;

  name_slot *slots;
  size_t slot_capacity, slot_count; /* a power of two */
  name_entry *names;
  uint32_t *name_table; /* by spelling: name plus one */
  size_t name_count, name_capacity, name_table_capacity;
};

/* Stops the parser with a fault. */
void bxi_stop(bx_parser *p, int32_t code, const char *message);
/* A new event; NULL, and a fault, when there is no memory. */
bx_event *bxi_append_event(bx_parser *p, uint32_t kind);
/* Adds text, to the event or to the one before. 0, and a fault, when there is no memory. */
int bxi_append_text(bx_parser *p, bx_event *event, const xmlChar *bytes, size_t count);
/* The number of a name; -1 when there is no memory. */
int64_t bxi_name(bx_parser *p, const char *local, const char *prefix, const char *uri);
/* Adds text to the text event before, or makes one. */
void bxi_text(bx_parser *p, const xmlChar *bytes, int count);

int bxi_open_html(bx_parser *p);
void bxi_close_html(bx_parser *p);
int32_t bxi_feed_html(bx_parser *p, const uint8_t *bytes, int32_t count, int is_last);

#endif
