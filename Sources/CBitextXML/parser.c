#include "parser.h"

#include <libxml/xmlerror.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

void bxi_stop(bx_parser *p, int32_t code, const char *message) {
  if (p->fault == 0) {
    p->fault = code;
    long at = p->context ? xmlByteConsumed(p->context) : 0;
    p->fault_position = at < 0 ? 0 : (uint64_t)at;
    strncpy(p->fault_message, message ? message : "", sizeof p->fault_message - 1);
    for (char *c = p->fault_message; *c; c++)
      if (*c == '\n' || *c == '\r') *c = c[1] ? ' ' : 0;
  }
  if (p->context) xmlStopParser(p->context);
}

static int grow(void **memory, size_t *capacity, size_t needed, size_t size) {
  if (needed <= *capacity) return 1;
  size_t wanted = *capacity ? *capacity : 256;
  while (wanted < needed) {
    if (wanted > SIZE_MAX / 2 / size) return 0;
    wanted *= 2;
  }
  void *moved = realloc(*memory, wanted * size);
  if (!moved) return 0;
  *memory = moved;
  *capacity = wanted;
  return 1;
}

bx_event *bxi_append_event(bx_parser *p, uint32_t kind) {
  if (!grow((void **)&p->events, &p->event_capacity, p->event_count + 1, sizeof(bx_event))) {
    bxi_stop(p, BX_NO_MEMORY, "out of memory");
    return NULL;
  }
  bx_event *event = &p->events[p->event_count++];
  memset(event, 0, sizeof *event);
  event->kind = kind;
  return event;
}

int bxi_append_text(bx_parser *p, bx_event *event, const xmlChar *bytes, size_t count) {
  if (!grow((void **)&p->text, &p->text_capacity, p->text_count + count, 1)) {
    bxi_stop(p, BX_NO_MEMORY, "out of memory");
    return 0;
  }
  if (event) {
    event->text = p->text_count;
    event->length = (uint32_t)count;
  }
  if (count) memcpy(p->text + p->text_count, bytes, count);
  p->text_count += count;
  return 1;
}

static size_t mix(size_t value) {
  value ^= value >> 33;
  value *= (size_t)0xff51afd7ed558ccdULL;
  value ^= value >> 29;
  return value;
}

static size_t spelling_hash(const char *a, const char *b, const char *c) {
  size_t hash = 1469598103934665603ULL;
  for (int part = 0; part < 3; part++) {
    for (const char *s = part == 0 ? a : part == 1 ? b : c; *s; s++) hash = (hash ^ (uint8_t)*s) * 1099511628211ULL;
    hash = (hash ^ 0xFF) * 1099511628211ULL;
  }
  return mix(hash);
}

/* The number of a name by its spelling; made when it is new. -1 when there is no memory. */
int64_t bxi_name(bx_parser *p, const char *local, const char *prefix, const char *uri) {
  if ((p->name_count + 1) * 2 > p->name_table_capacity) {
    size_t capacity = p->name_table_capacity ? p->name_table_capacity * 2 : 256;
    uint32_t *table = calloc(capacity, sizeof *table);
    if (!table) return -1;
    for (size_t i = 0; i < p->name_count; i++) {
      size_t at = spelling_hash(p->names[i].local, p->names[i].prefix, p->names[i].uri) & (capacity - 1);
      while (table[at]) at = (at + 1) & (capacity - 1);
      table[at] = (uint32_t)i + 1;
    }
    free(p->name_table);
    p->name_table = table;
    p->name_table_capacity = capacity;
  }
  size_t at = spelling_hash(local, prefix, uri) & (p->name_table_capacity - 1);
  for (; p->name_table[at]; at = (at + 1) & (p->name_table_capacity - 1)) {
    const name_entry *entry = &p->names[p->name_table[at] - 1];
    if (!strcmp(entry->local, local) && !strcmp(entry->prefix, prefix) && !strcmp(entry->uri, uri))
      return (int64_t)p->name_table[at] - 1;
  }
  if (p->name_count >= 0x7FFFFFFE) return -1;
  if (!grow((void **)&p->names, &p->name_capacity, p->name_count + 1, sizeof(name_entry))) return -1;
  name_entry entry = {strdup(local), strdup(prefix), strdup(uri)};
  if (!entry.local || !entry.prefix || !entry.uri) {
    free(entry.local), free(entry.prefix), free(entry.uri);
    return -1;
  }
  p->names[p->name_count++] = entry;
  p->name_table[at] = (uint32_t)p->name_count;
  return (int64_t)p->name_count - 1;
}

static size_t address_hash(const xmlChar *a, const xmlChar *b, const xmlChar *c) {
  return mix((size_t)a ^ ((size_t)b << 7) ^ ((size_t)c << 17));
}

static uint32_t intern(bx_parser *p, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
  if ((p->slot_count + 1) * 2 > p->slot_capacity) {
    size_t capacity = p->slot_capacity ? p->slot_capacity * 2 : 256;
    name_slot *slots = calloc(capacity, sizeof *slots);
    if (!slots) goto no_memory;
    for (size_t i = 0; i < p->slot_capacity; i++)
      if (p->slots[i].name) {
        size_t at = address_hash(p->slots[i].local, p->slots[i].prefix, p->slots[i].uri) & (capacity - 1);
        while (slots[at].name) at = (at + 1) & (capacity - 1);
        slots[at] = p->slots[i];
      }
    free(p->slots);
    p->slots = slots;
    p->slot_capacity = capacity;
  }
  {
    size_t at = address_hash(local, prefix, uri) & (p->slot_capacity - 1);
    for (; p->slots[at].name; at = (at + 1) & (p->slot_capacity - 1))
      if (p->slots[at].local == local && p->slots[at].prefix == prefix && p->slots[at].uri == uri)
        return p->slots[at].name - 1;
    int64_t name = bxi_name(p, (const char *)local, prefix ? (const char *)prefix : "",
                                    uri ? (const char *)uri : "");
    if (name < 0) goto no_memory;
    p->slots[at] = (name_slot){local, prefix, uri, (uint32_t)name + 1};
    p->slot_count++;
    return (uint32_t)name;
  }
no_memory:
  bxi_stop(p, BX_NO_MEMORY, "out of memory");
  return 0;
}

static void on_start(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int namespaces,
                     const xmlChar **declared, int attributes, int defaulted, const xmlChar **values) {
  (void)defaulted;
  bx_parser *p = data;
  if (p->fault) return;
  long at = xmlByteConsumed(p->context);
  if (++p->depth > p->maximum_depth) {
    bxi_stop(p, BX_TOO_DEEP, "too deep");
    return;
  }
  uint32_t name = intern(p, local, prefix, uri);
  bx_event *event = bxi_append_event(p, BX_START);
  if (!event) return;
  event->name = name;
  event->attributes = (uint32_t)(namespaces + attributes);
  event->position = at < 0 ? 0 : (uint64_t)at;
  for (int i = 0; i < namespaces && !p->fault; i++) {
    const xmlChar *bound = declared[2 * i];
    const xmlChar *value = declared[2 * i + 1] ? declared[2 * i + 1] : (const xmlChar *)"";
    /* The names `xmlns` and `xmlns:p` are not in libxml2's dictionary: go by the spelling. */
    int64_t found = bxi_name(p, bound ? (const char *)bound : "xmlns", bound ? "xmlns" : "", "");
    if (found < 0) {
      bxi_stop(p, BX_NO_MEMORY, "out of memory");
      return;
    }
    bx_event *attribute = bxi_append_event(p, BX_ATTRIBUTE);
    if (!attribute) return;
    attribute->name = (uint32_t)found;
    bxi_append_text(p, attribute, value, strlen((const char *)value));
  }
  for (int i = 0; i < attributes && !p->fault; i++) {
    const xmlChar **part = values + 5 * i;
    uint32_t attribute_name = intern(p, part[0], part[1], part[2]);
    bx_event *attribute = bxi_append_event(p, BX_ATTRIBUTE);
    if (!attribute) return;
    attribute->name = attribute_name;
    bxi_append_text(p, attribute, part[3], (size_t)(part[4] - part[3]));
  }
}

static void on_end(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
  (void)local, (void)prefix, (void)uri; /* An end tag has the name of its start tag, or the parser stops. */
  bx_parser *p = data;
  if (p->fault) return;
  p->depth--;
  bx_event *event = bxi_append_event(p, BX_END);
  if (!event) return;
  if (p->depth == 0) { /* Only the end of the document is asked for its place. */
    long at = xmlByteConsumed(p->context);
    event->position = at < 0 ? 0 : (uint64_t)at;
  }
}

void bxi_text(bx_parser *p, const xmlChar *bytes, int count) {
  if (p->fault || count <= 0) return;
  bx_event *last = p->event_count ? &p->events[p->event_count - 1] : NULL;
  if (last && last->kind == BX_TEXT && last->length < 0x7FFFFFFF - (uint32_t)count) {
    if (bxi_append_text(p, NULL, bytes, (size_t)count)) last->length += (uint32_t)count;
    return;
  }
  bx_event *event = bxi_append_event(p, BX_TEXT);
  if (!event) return;
  bxi_append_text(p, event, bytes, (size_t)count);
  long at = xmlByteConsumed(p->context);
  event->position = at < 0 ? 0 : (uint64_t)at;
}

static void on_text(void *data, const xmlChar *bytes, int count) { bxi_text(data, bytes, count); }

#if LIBXML_VERSION >= 21200
static void on_error(void *data, const xmlError *error) {
#else
static void on_error(void *data, xmlErrorPtr error) {
#endif
  bx_parser *p = data;
  if (p->fault || !p->context) return;
  if (error->level == XML_ERR_FATAL) {
    int32_t code = error->code > 0 ? error->code : 1;
    /* "Extra content at the end" is also what an input is called that ends inside an element. */
    if (code == XML_ERR_DOCUMENT_END && p->depth > 0) code = XML_ERR_TAG_NOT_FINISHED;
    bxi_stop(p, code, error->message);
    return;
  }
  long at = xmlByteConsumed(p->context);
  bx_event *event = bxi_append_event(p, BX_WARNING);
  if (!event) return;
  event->name = (uint32_t)error->code;
  event->position = at < 0 ? 0 : (uint64_t)at;
}


static int open_context(bx_parser *p) {
  xmlSAXHandler sax;
  memset(&sax, 0, sizeof sax);
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = on_start;
  sax.endElementNs = on_end;
  sax.characters = on_text;
  sax.ignorableWhitespace = on_text;
  sax.cdataBlock = on_text;
  sax.serror = on_error;
  p->context = xmlCreatePushParserCtxt(&sax, p, NULL, 0, NULL);
  if (!p->context) return 0;
  /* NOENT: without it `&amp;` in an attribute arrives as `&#38;`. There is nothing else to expand: the gate lets
   * no DOCTYPE and no entity but the five pass, and there is no callback that could find one. */
  xmlCtxtUseOptions(p->context,
                    XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOWARNING);
  p->depth = 0;
  p->fault = 0;
  p->fault_position = 0;
  p->fault_message[0] = 0;
  return 1;
}

static void close_context(bx_parser *p) {
  if (!p->context) return;
  if (p->is_html) {
    bxi_close_html(p);
    return;
  }
  if (p->context->myDoc) xmlFreeDoc(p->context->myDoc);
  p->context->myDoc = NULL;
  xmlFreeParserCtxt(p->context);
  p->context = NULL;
}

static pthread_once_t library_is_ready = PTHREAD_ONCE_INIT;

static bx_parser *open_parser(int32_t maximum_depth, int is_html) {
  pthread_once(&library_is_ready, xmlInitParser);
  bx_parser *p = calloc(1, sizeof *p);
  if (!p) return NULL;
  p->maximum_depth = maximum_depth;
  p->is_html = is_html;
  if (!(is_html ? bxi_open_html(p) : open_context(p))) {
    bx_close(p);
    return NULL;
  }
  return p;
}

bx_parser *bx_open(int32_t maximum_depth) { return open_parser(maximum_depth, 0); }
bx_parser *bx_open_html(int32_t maximum_depth) { return open_parser(maximum_depth, 1); }

void bx_close(bx_parser *p) {
  if (!p) return;
  close_context(p);
  for (size_t i = 0; i < p->name_count; i++) free(p->names[i].local), free(p->names[i].prefix), free(p->names[i].uri);
  free(p->names), free(p->name_table), free(p->slots), free(p->events), free(p->text), free(p);
}

int32_t bx_reset(bx_parser *p) {
  close_context(p);
  /* The addresses belong to the old dictionary. */
  if (p->slots) memset(p->slots, 0, p->slot_capacity * sizeof *p->slots);
  p->slot_count = 0;
  p->event_count = p->text_count = 0;
  return (p->is_html ? bxi_open_html(p) : open_context(p)) ? 0 : BX_NO_MEMORY;
}

int32_t bx_feed(bx_parser *p, const uint8_t *bytes, int32_t count) {
  if (p->fault) return p->fault;
  if (p->is_html) return bxi_feed_html(p, bytes, count, 0);
  int code = xmlParseChunk(p->context, (const char *)bytes, count, 0);
  if (!p->fault && code != 0 && p->context->disableSAX) bxi_stop(p, code, "not well-formed");
  return p->fault;
}

int32_t bx_finish(bx_parser *p) {
  if (p->fault) return p->fault;
  if (p->is_html) return bxi_feed_html(p, NULL, 0, 1);
  int code = xmlParseChunk(p->context, NULL, 0, 1);
  if (!p->fault && code != 0 && !p->context->wellFormed) bxi_stop(p, code, "not well-formed");
  return p->fault;
}

const bx_event *bx_events(const bx_parser *p, int64_t *count) {
  *count = (int64_t)p->event_count;
  return p->events;
}

const uint8_t *bx_text(const bx_parser *p, int64_t *count) {
  *count = (int64_t)p->text_count;
  return p->text;
}

void bx_clear(bx_parser *p) { p->event_count = p->text_count = 0; }

uint64_t bx_fault_position(const bx_parser *p) { return p->fault_position; }
const char *bx_fault_message(const bx_parser *p) { return p->fault_message; }
int32_t bx_name_count(const bx_parser *p) { return (int32_t)p->name_count; }

static const name_entry *entry(const bx_parser *p, int32_t name) {
  static const name_entry none = {"", "", ""};
  return name >= 0 && (size_t)name < p->name_count ? &p->names[name] : &none;
}

const char *bx_name_local(const bx_parser *p, int32_t name) { return entry(p, name)->local; }
const char *bx_name_prefix(const bx_parser *p, int32_t name) { return entry(p, name)->prefix; }
const char *bx_name_uri(const bx_parser *p, int32_t name) { return entry(p, name)->uri; }
