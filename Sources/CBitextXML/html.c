#include "parser.h"

#include <libxml/HTMLparser.h>
#include <libxml/xmlerror.h>
#include <string.h>

/* HTML is fed as UTF-8, too; what the page says of its encoding is not obeyed. */

static void on_start(void *data, const xmlChar *local, const xmlChar **values) {
  bx_parser *p = data;
  if (p->fault) return;
  if (++p->depth > p->maximum_depth) {
    bxi_stop(p, BX_TOO_DEEP, "too deep");
    return;
  }
  int64_t name = bxi_name(p, (const char *)local, "", "");
  if (name < 0) {
    bxi_stop(p, BX_NO_MEMORY, "out of memory");
    return;
  }
  size_t start = p->event_count;
  bx_event *event = bxi_append_event(p, BX_START);
  if (!event) return;
  event->name = (uint32_t)name;
  long at = xmlByteConsumed(p->context);
  event->position = at < 0 ? 0 : (uint64_t)at;
  uint32_t count = 0;
  for (const xmlChar **pair = values; pair && pair[0]; pair += 2) {
    int64_t found = bxi_name(p, (const char *)pair[0], "", "");
    if (found < 0) {
      bxi_stop(p, BX_NO_MEMORY, "out of memory");
      return;
    }
    bx_event *attribute = bxi_append_event(p, BX_ATTRIBUTE);
    if (!attribute) return;
    attribute->name = (uint32_t)found;
    const xmlChar *value = pair[1] ? pair[1] : (const xmlChar *)"";
    bxi_append_text(p, attribute, value, strlen((const char *)value));
    count++;
  }
  p->events[start].attributes = count;
}

static void on_end(void *data, const xmlChar *local) {
  bx_parser *p = data;
  if (p->fault) return;
  if (p->depth > 0) p->depth--;
  int64_t name = bxi_name(p, (const char *)local, "", "");
  if (name < 0) {
    bxi_stop(p, BX_NO_MEMORY, "out of memory");
    return;
  }
  bx_event *event = bxi_append_event(p, BX_END);
  if (event) event->name = (uint32_t)name;
}

static void on_text(void *data, const xmlChar *bytes, int count) { bxi_text(data, bytes, count); }

/* The parser repairs; nobody needs to hear of it. */
#if LIBXML_VERSION >= 21200
static void on_error(void *data, const xmlError *error) {
#else
static void on_error(void *data, xmlErrorPtr error) {
#endif
  (void)data;
  (void)error;
}

int bxi_open_html(bx_parser *p) {
  xmlSAXHandler sax;
  memset(&sax, 0, sizeof sax);
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElement = on_start;
  sax.endElement = on_end;
  sax.characters = on_text;
  sax.ignorableWhitespace = on_text;
  sax.cdataBlock = on_text;
  sax.serror = on_error;
  p->context = htmlCreatePushParserCtxt(&sax, p, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
  if (!p->context) return 0;
  htmlCtxtUseOptions(p->context, HTML_PARSE_NONET | HTML_PARSE_NOWARNING | HTML_PARSE_NOERROR | HTML_PARSE_IGNORE_ENC);
  p->depth = 0;
  p->fault = 0;
  p->fault_position = 0;
  p->fault_message[0] = 0;
  return 1;
}

void bxi_close_html(bx_parser *p) {
  if (!p->context) return;
  if (p->context->myDoc) xmlFreeDoc(p->context->myDoc);
  p->context->myDoc = NULL;
  htmlFreeParserCtxt(p->context);
  p->context = NULL;
}

int32_t bxi_feed_html(bx_parser *p, const uint8_t *bytes, int32_t count, int is_last) {
  htmlParseChunk(p->context, (const char *)bytes, count, is_last);
  return p->fault;
}
